/* What is in a capture, counted item by item. */
#include <harmill/overview.h>

#include <stdlib.h>
#include <string.h>

#include "json/tree.h"
#include "util/iso8601.h"
#include "util/media.h"
#include "util/tally.h"
#include "util/text.h"
#include "util/url.h"

/* Text of a member that is longer is not of interest here. */
enum { TEXT_MOST = 64 * 1024 };

struct har_overview {
    struct har_overview_facts facts;
    struct tally tally[HAR_TALLY_COUNT];
    struct har_tally_row *row; /* what har_overview_tally() gave last */
    struct har_buffer text;
    bool no_memory;
};

struct har_overview *har_overview_new(void)
{
    struct har_overview *overview = calloc(1, sizeof *overview);
    if (!overview)
        return NULL;
    overview->facts.size = sizeof overview->facts;
    har_buffer_init(&overview->text, SIZE_MAX / 2);
    return overview;
}

void har_overview_free(struct har_overview *overview)
{
    if (!overview)
        return;
    for (size_t i = 0; i < HAR_TALLY_COUNT; i++)
        tally_release(&overview->tally[i]);
    free(overview->row);
    har_buffer_release(&overview->text);
    free(overview);
}

/* The decoded string of a member, its beginning when it is long; empty where there is none. Borrowed until the next call. */
static struct har_text member_text(struct har_overview *overview, const struct har_tree *tree, const struct har_node *object,
                                   const char *name)
{
    const struct har_node *node = har_node_member(tree, object, name);
    if (!node || node->kind != HAR_KIND_STRING)
        return (struct har_text){"", 0};
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return har_node_text(tree, node);
    if (node->text_len > TEXT_MOST)
        return (struct har_text){"", 0};
    har_buffer_clear(&overview->text);
    overview->no_memory |= !har_node_decode(tree, node, &overview->text);
    return (struct har_text){overview->text.data ? overview->text.data : "", overview->text.len};
}

/* A number of bytes; 0 where it is unknown. */
static uint64_t member_bytes(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    double number = 0;
    if (!har_node_number(tree, har_node_member(tree, object, name), &number) || !(number > 0))
        return 0;
    return number < 9e18 ? (uint64_t)number : 0;
}

static void count(struct har_overview *overview, enum har_tally tally, struct har_text name, uint64_t bytes)
{
    if (!tally_add(&overview->tally[tally], name.bytes, name.len, bytes, HAR_TALLY_MOST))
        overview->no_memory = true;
}

static void count_host(struct har_overview *overview, struct har_text url, uint64_t bytes)
{
    char lower[TALLY_NAME_MOST];
    struct har_text host = url_named_host(url);
    const size_t colon = text_find(url, ':');
    size_t len = 0;
    if (!host.len && colon < url.len) /* data:, blob:, about: have a scheme only */
        host = (struct har_text){url.bytes, colon + 1};
    for (; len < host.len && len < sizeof lower; len++)
        lower[len] = text_lower(host.bytes[len]);
    count(overview, HAR_TALLY_HOST, (struct har_text){lower, len}, bytes);
}

static bool is_before(struct har_instant a, struct har_instant b)
{
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.nanoseconds < b.nanoseconds;
}

static void add_span(struct har_overview *overview, const struct har_tree *tree, const struct har_node *entry)
{
    enum { LONGEST = 1000000000 }; /* milliseconds; what lasts longer is a mistake */
    struct har_overview_facts *facts = &overview->facts;
    struct iso8601 started;
    double time = 0;
    const struct har_text text = member_text(overview, tree, entry, "startedDateTime");
    if (iso8601_parse(text.bytes, text.len, &started) < ISO8601_OTHER)
        return;
    const struct har_instant first = {started.seconds, started.nanoseconds};
    struct har_instant last = first;
    if (har_node_number(tree, har_node_member(tree, entry, "time"), &time) && time > 0 && time < LONGEST) {
        const uint64_t nanoseconds = last.nanoseconds + (uint64_t)(time * 1e6);
        last.seconds += (int64_t)(nanoseconds / 1000000000);
        last.nanoseconds = (uint32_t)(nanoseconds % 1000000000);
    }
    if (!facts->dated || is_before(first, facts->first))
        facts->first = first;
    if (!facts->dated || is_before(facts->last, last))
        facts->last = last;
    facts->dated = true;
}

/* Whether an array has elements. */
static bool has_elements(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    const struct har_node *node = har_node_member(tree, object, name);
    return node && node->kind == HAR_KIND_ARRAY && node->child != JSON_NONE;
}

/* Bits of the `names` that some header has. */
static unsigned headers_named(struct har_overview *overview, const struct har_tree *tree, const struct har_node *message,
                              const char *const *names)
{
    unsigned found = 0;
    const struct har_node *headers = har_node_member(tree, message, "headers");
    for (const struct har_node *header = headers ? har_node_first(tree, headers) : NULL; header;
         header = har_node_next(tree, header)) {
        const struct har_text name = member_text(overview, tree, header, "name");
        for (unsigned i = 0; names[i]; i++)
            if (text_is(name, names[i]))
                found |= 1u << i;
    }
    return found;
}

static void add_secrets(struct har_overview *overview, const struct har_tree *tree, const struct har_node *request,
                        const struct har_node *response)
{
    enum { COOKIE = 1 };
    static const char *const sent[] = {"cookie", "authorization", "proxy-authorization", NULL};
    static const char *const received[] = {"set-cookie", NULL};
    const unsigned found = headers_named(overview, tree, request, sent);
    overview->facts.authorized += found > COOKIE;
    overview->facts.cookies += found & COOKIE || headers_named(overview, tree, response, received) ||
                               has_elements(tree, request, "cookies") || has_elements(tree, response, "cookies");
}

static void add_bodies(struct har_overview_facts *facts, const struct har_tree *tree, const struct har_node *request,
                       const struct har_node *content)
{
    const struct har_node *post = har_node_member(tree, request, "postData");
    const struct har_node *text = har_node_member(tree, content, "text"), *posted = har_node_member(tree, post, "text");
    const bool kept = text && text->kind == HAR_KIND_STRING && text->text_len;
    const uint64_t size = member_bytes(tree, content, "size");
    facts->content += size;
    facts->with_body += size || kept;
    facts->kept += kept;
    if (!post || post->kind != HAR_KIND_OBJECT)
        return;
    facts->posts++;
    facts->posts_kept += (posted && posted->kind == HAR_KIND_STRING && posted->text_len) || has_elements(tree, post, "params");
}

/* Bytes of a response on the wire; Chrome puts what HTTP/2 took into a member of its own. */
static uint64_t received_bytes(const struct har_tree *tree, const struct har_node *response)
{
    const uint64_t body = member_bytes(tree, response, "bodySize");
    const uint64_t all = member_bytes(tree, response, "headersSize") + body;
    const uint64_t transferred = member_bytes(tree, response, "_transferSize");
    return transferred > all ? transferred : all;
}

static void add_entry(struct har_overview *overview, const struct har_tree *tree, const struct har_node *entry)
{
    struct har_overview_facts *facts = &overview->facts;
    const struct har_node *request = har_node_member(tree, entry, "request");
    const struct har_node *response = har_node_member(tree, entry, "response");
    const struct har_node *content = har_node_member(tree, response, "content");
    const struct har_node *status = har_node_member(tree, response, "status");
    const uint64_t received = received_bytes(tree, response);
    facts->entries++;
    if (entry->kind != HAR_KIND_OBJECT)
        return;
    facts->sent += member_bytes(tree, request, "headersSize") + member_bytes(tree, request, "bodySize");
    facts->received += received;
    add_span(overview, tree, entry);
    add_bodies(facts, tree, request, content);
    add_secrets(overview, tree, request, response);
    facts->web_sockets += has_elements(tree, entry, "_webSocketMessages");
    count_host(overview, member_text(overview, tree, request, "url"), received);
    count(overview, HAR_TALLY_METHOD, member_text(overview, tree, request, "method"), received);
    if (status && status->kind == HAR_KIND_NUMBER)
        count(overview, HAR_TALLY_STATUS, har_node_text(tree, status), received);
    const char *type = media_class(member_text(overview, tree, content, "mimeType"));
    count(overview, HAR_TALLY_TYPE, (struct har_text){type, strlen(type)}, received);
}

static void keep_text(char *to, size_t size, struct har_text text)
{
    const size_t len = text.len < size ? text.len : size - 1;
    memcpy(to, text.bytes, len);
    to[len] = '\0';
}

static void add_maker(struct har_overview *overview, struct har_overview_maker *maker, const struct har_tree *tree)
{
    const struct har_node *object = tree->node;
    keep_text(maker->name, sizeof maker->name, member_text(overview, tree, object, "name"));
    keep_text(maker->version, sizeof maker->version, member_text(overview, tree, object, "version"));
}

bool har_overview_add(struct har_overview *overview, const struct har_item *item)
{
    const struct har_tree *tree = item->tree;
    const bool member = item->kind == HAR_ITEM_MEMBER && item->scope == HAR_SCOPE_LOG;
    if (item->kind == HAR_ITEM_PAGE)
        overview->facts.pages++;
    else if (item->kind == HAR_ITEM_ENTRY)
        add_entry(overview, tree, tree->node);
    else if (member && json_key_is(tree, tree->node, "creator", 7))
        add_maker(overview, &overview->facts.creator, tree);
    else if (member && json_key_is(tree, tree->node, "browser", 7))
        add_maker(overview, &overview->facts.browser, tree);
    return !overview->no_memory;
}

const struct har_overview_facts *har_overview_facts(const struct har_overview *overview)
{
    return &overview->facts;
}

const struct har_tally_row *har_overview_tally(struct har_overview *overview, enum har_tally tally, size_t *rows, uint64_t *others)
{
    struct tally *of = &overview->tally[tally];
    struct har_tally_row *row = realloc(overview->row, (of->count + 1) * sizeof *row);
    *rows = 0;
    if (others)
        *others = of->others;
    if (!row)
        return NULL;
    overview->row = row;
    tally_sort(of);
    for (; *rows < of->count; ++*rows) {
        const struct tally_row *from = &of->row[*rows];
        row[*rows] = (struct har_tally_row){{from->name, from->len}, from->times, from->sum};
    }
    return row;
}
