/* Cookies beside the headers that carry them. Names and values are secret: findings count them, no more. */
#include <string.h>

#include "check/semantic.h"
#include "rules/pairs.h"

struct cookie_ctx {
    struct har_buffer key, header, name, value; /* decoded texts */
    struct pairs pairs;
};

/* One side of an entry. */
struct side {
    const struct har_node *cookies, *headers;
    const char *header, *lower; /* its name, in lower case */
    char separator;             /* several Set-Cookie are often joined with line feeds, never at commas */
};

/* The cookies that the headers of one name carry, one after the other. */
struct carried {
    const struct side *side;
    const struct har_node *next; /* header to look at */
    struct har_text rest;        /* of the one looked at last */
    bool found, ill;             /* a header of this name; one without a value */
    struct har_text name, value, attributes;
    bool pair; /* the cookie has an equals sign */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

/* Whether `text` is `word`, which is in lower case. */
static bool is_word(struct har_text text, const char *word, size_t len)
{
    if (text.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(text.bytes[i]) != word[i])
            return false;
    return true;
}

static struct carried carried_by(const struct check *check, const struct side *side)
{
    return (struct carried){.side = side, .next = semantic_first(check, side->headers)};
}

/* The name of a header, at once where it is the first of two members, as nearly everywhere. */
static const struct har_node *header_name(const struct check *check, const struct har_node *header)
{
    const struct har_node *first = semantic_first(check, header);
    const struct har_node *second = first ? semantic_next(check, first) : NULL;
    const bool usual = second && second->next == JSON_NONE && first->member == NAME_VALUE_name && first->kind == HAR_KIND_STRING &&
                       second->member != NAME_VALUE_name;
    return usual ? first : semantic_member(check, header, NAME_VALUE_name);
}

/* The value of the next header of that name; NULL behind the last one. */
static const struct har_node *next_header(struct check *check, struct cookie_ctx *ctx, struct carried *carried)
{
    const size_t len = strlen(carried->side->lower);
    while (carried->next) {
        const struct har_node *header = carried->next;
        carried->next = semantic_next(check, header);
        if (header->object != HAR_OBJECT_HEADER)
            continue;
        const struct har_node *name = header_name(check, header);
        if (!name || (name->text_len != len && !(name->flags & JSON_TEXT_ESCAPED)) ||
            !is_word(semantic_text(check, name, &ctx->key), carried->side->lower, len))
            continue;
        const struct har_node *value = semantic_member(check, header, NAME_VALUE_value);
        carried->found = true;
        carried->ill |= !value;
        if (value)
            return value;
    }
    return NULL;
}

/* The next cookie; false behind the last one. */
static bool next_carried(struct check *check, struct cookie_ctx *ctx, struct carried *carried)
{
    for (;;) {
        struct har_text part;
        while (pairs_part(&carried->rest, carried->side->separator, &part)) {
            carried->attributes = part;
            if (carried->side->separator == '\n' && !pairs_part(&carried->attributes, ';', &part))
                continue;
            carried->pair = part.len && memchr(part.bytes, '=', part.len);
            pairs_split(part, &carried->name, &carried->value);
            if (carried->name.len || carried->value.len)
                return true;
        }
        const struct har_node *header = next_header(check, ctx, carried);
        if (!header)
            return false;
        carried->rest = semantic_text(check, header, &ctx->header);
    }
}

struct attributes {
    struct har_text domain, path;
    bool secure, http_only;
};

/* The last one of a name counts (RFC 6265 section 5.3). */
static struct attributes read_attributes(struct har_text text)
{
    struct attributes read = {{"", 0}, {"", 0}, false, false};
    struct har_text part, name, value;
    while (pairs_part(&text, ';', &part)) {
        pairs_split(part, &name, &value);
        if (is_word(name, "domain", 6))
            read.domain = value;
        else if (is_word(name, "path", 4))
            read.path = value;
        read.secure |= is_word(name, "secure", 6);
        read.http_only |= is_word(name, "httponly", 8);
    }
    return read;
}

static struct har_text without_dot(struct har_text domain)
{
    const bool dot = domain.len && domain.bytes[0] == '.';
    return (struct har_text){domain.bytes + dot, domain.len - dot};
}

static bool same_domain(struct har_text a, struct har_text b)
{
    a = without_dot(a);
    b = without_dot(b);
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.bytes[i]) != lower(b.bytes[i]))
            return false;
    return true;
}

static void tell_attribute(struct check *check, const struct har_node *node, const char *word, const char *message)
{
    const struct har_arg args[] = {check_word(word)};
    semantic_tell(check, HAR_RULE_COOKIE_ATTRIBUTES, node, message, args, 1);
}

static void judge_flag(struct check *check, const struct har_node *cookie, unsigned row, const char *word, bool set)
{
    const struct har_node *node = semantic_member(check, cookie, row);
    if (node && (node->kind == HAR_KIND_TRUE) != set)
        tell_attribute(check, node, word, set ? "%1 is false, but Set-Cookie has it" : "%1 is true, but Set-Cookie lacks it");
}

/* What the server left out has defaults, which both sides may show or not. */
static void judge_attributes(struct check *check, struct cookie_ctx *ctx, const struct har_node *cookie, struct har_text text)
{
    const struct attributes set = read_attributes(text);
    const struct har_node *domain = semantic_member(check, cookie, COOKIE_domain);
    const struct har_node *path = semantic_member(check, cookie, COOKIE_path);
    struct har_text said = semantic_text(check, domain, &ctx->value);
    if (said.len && set.domain.len && !same_domain(said, set.domain))
        tell_attribute(check, domain, "domain", "%1 is not the one of Set-Cookie");
    said = semantic_text(check, path, &ctx->value);
    if (said.len && set.path.len && set.path.bytes[0] == '/' &&
        (said.len != set.path.len || memcmp(said.bytes, set.path.bytes, said.len) != 0))
        tell_attribute(check, path, "path", "%1 is not the one of Set-Cookie");
    judge_flag(check, cookie, COOKIE_secure, "secure", set.secure);
    judge_flag(check, cookie, COOKIE_httpOnly, "httpOnly", set.http_only);
}

static bool same(struct har_text a, struct har_text b)
{
    a = pairs_trim(a);
    return a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

/* Name and value of a cookie of the list; false when it lacks one. */
static bool read_cookie(struct check *check, struct cookie_ctx *ctx, const struct har_node *cookie, struct har_text *name,
                        struct har_text *value)
{
    if (cookie->object != HAR_OBJECT_COOKIE)
        return false;
    const struct har_node *name_node = semantic_member(check, cookie, COOKIE_name);
    const struct har_node *value_node = semantic_member(check, cookie, COOKIE_value);
    *name = semantic_text(check, name_node, &ctx->name);
    *value = semantic_text(check, value_node, &ctx->value);
    return name_node && value_node;
}

/* Compares the two lists as they stand, which settles nearly every entry. Tells about attributes on the way. */
static bool same_in_order(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct carried carried = carried_by(check, side);
    const bool attributes = side->separator == '\n' && semantic_on(check, HAR_RULE_COOKIE_ATTRIBUTES);
    bool equal = true;
    for (const struct har_node *cookie = semantic_first(check, side->cookies); cookie; cookie = semantic_next(check, cookie)) {
        struct har_text name, value;
        if (!next_carried(check, ctx, &carried) || !read_cookie(check, ctx, cookie, &name, &value) || !same(name, carried.name))
            return false;
        equal &= same(value, carried.value);
        if (attributes)
            judge_attributes(check, ctx, cookie, carried.attributes);
    }
    return !next_carried(check, ctx, &carried) && equal;
}

/* Fills the pairs: the list, the headers. False when there is nothing to compare: a cookie without name or value, no such header
 * (browsers block cookies and leave headers out), a header that is redacted as a whole. */
static bool fill_pairs(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct carried carried = carried_by(check, side);
    struct har_text name, value;
    bool pair = false;
    pairs_clear(&ctx->pairs);
    while (next_carried(check, ctx, &carried)) {
        pair |= carried.pair;
        pairs_add(&ctx->pairs, 1, carried.name, carried.value, false);
    }
    if (!carried.found || carried.ill || !pair)
        return false;
    for (const struct har_node *cookie = semantic_first(check, side->cookies); cookie; cookie = semantic_next(check, cookie)) {
        if (!read_cookie(check, ctx, cookie, &name, &value))
            return false;
        pairs_add(&ctx->pairs, 0, name, value, false);
    }
    return true;
}

static void compare(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct pairs_difference difference;
    if (!fill_pairs(check, ctx, side))
        return;
    if (!pairs_compare(&ctx->pairs, &difference)) {
        check->no_memory = true;
        return;
    }
    if (!pairs_differ(&difference))
        return;
    const struct har_arg args[] = {check_word(side->header), check_number(difference.values), check_number(difference.only[0]),
                                   check_number(difference.only[1])};
    /* Producers that ask the browser what it stored leave out what it blocked. */
    if (side->separator == '\n' && !difference.values && !difference.only[0])
        semantic_tell(check, HAR_RULE_COOKIES_OMITTED, side->cookies, "cookies lacks %2 that the %1 header carries",
                      (struct har_arg[]){args[0], args[3]}, 2);
    else
        semantic_tell(check, HAR_RULE_COOKIES_MISMATCH, side->cookies,
                      "cookies and the %1 header disagree: %2 with another value, %3 only in cookies, %4 only in the header", args,
                      4);
}

static void look_for_omitted(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct carried carried = carried_by(check, side);
    size_t count = 0;
    while (next_carried(check, ctx, &carried))
        count += carried.pair;
    const struct har_arg args[] = {check_word(side->header), check_number(count)};
    if (count)
        semantic_tell(check, HAR_RULE_COOKIES_OMITTED, side->cookies, "cookies is empty, but the %1 header carries %2", args, 2);
}

static void check_side(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    if (!side->cookies || !side->headers)
        return;
    if (!semantic_first(check, side->cookies))
        look_for_omitted(check, ctx, side);
    else if (!same_in_order(check, ctx, side))
        compare(check, ctx, side);
}

static void check_cookies(struct check *check, const struct facts *facts, void *memory)
{
    struct cookie_ctx *ctx = memory;
    const struct side request = {facts->request[REQUEST_cookies], facts->request[REQUEST_headers], "Cookie", "cookie", ';'};
    const struct side response = {facts->response[RESPONSE_cookies], facts->response[RESPONSE_headers], "Set-Cookie", "set-cookie",
                                  '\n'};
    if (!ctx->key.max) {
        har_buffer_init(&ctx->key, SIZE_MAX / 2);
        har_buffer_init(&ctx->header, SIZE_MAX / 2);
        har_buffer_init(&ctx->name, SIZE_MAX / 2);
        har_buffer_init(&ctx->value, SIZE_MAX / 2);
    }
    check_side(check, ctx, &request);
    check_side(check, ctx, &response);
}

static void release(void *memory)
{
    struct cookie_ctx *ctx = memory;
    har_buffer_release(&ctx->key);
    har_buffer_release(&ctx->header);
    har_buffer_release(&ctx->name);
    har_buffer_release(&ctx->value);
    pairs_release(&ctx->pairs);
}

static const struct semantic_row rows[] = {
    {check_cookies, IN(ENTRY), {HAR_RULE_COOKIES_MISMATCH, HAR_RULE_COOKIES_OMITTED, HAR_RULE_COOKIE_ATTRIBUTES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_cookie = {rows, sizeof(struct cookie_ctx), release};
