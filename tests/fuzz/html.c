/* Fuzz target: two bytes of options, then a HAR, as a report. Whatever the capture holds, the page is made of elements and
 * attributes of closed sets, one script of ours, and data blocks that are JSON without a byte that means something to HTML. The
 * size of blocks must not matter. */
#include "fed.h"

#include "json/parse.h"

enum { OPTIONS = 2 }; /* bytes before the input */

/* Of the first: the size of blocks in its lowest bits, then which bodies. */
enum { BLOCKS = 7, NO_REDACT = 8, ALL_CUSTOM = 16, LINKS = 32, BODIES = 6 };

/* Of the second. */
enum { SORTED = 1, FEW_ROWS = 2, RAW = 4, HOSTILE_TITLE = 8, SMALL_REPORT = 16 };

static const char *const elements[] = {
    "!doctype", "a",       "aside",   "b",     "bdi",  "body",   "button", "caption", "code", "col",     "colgroup",
    "dd",       "defs",    "details", "div",   "dl",   "dt",     "footer", "h1",      "h2",   "head",    "header",
    "html",     "input",   "kbd",     "label", "li",   "main",   "meta",   "option",  "p",    "pattern", "rect",
    "script",   "section", "select",  "small", "span", "strong", "style",  "summary", "svg",  "table",   "tbody",
    "td",       "th",      "thead",   "title", "tr",   "ul",     "wbr",    "dialog",  "time",
};

static const char *const attributes[] = {
    "align",
    "autocapitalize",
    "autocomplete",
    "cellpadding",
    "charset",
    "class",
    "colspan",
    "content",
    "datetime",
    "dir",
    "fill",
    "height",
    "hidden",
    "href",
    "html",
    "http-equiv",
    "id",
    "lang",
    "name",
    "nowrap",
    "patternTransform",
    "patternUnits",
    "placeholder",
    "referrerpolicy",
    "rel",
    "role",
    "scope",
    "span",
    "spellcheck",
    "tabindex",
    "target",
    "title",
    "type",
    "value",
    "viewBox",
    "width",
    "x",
    "y",
    "preserveAspectRatio",
};

static bool is_one_of(const char *text, size_t len, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
            return true;
    fprintf(stderr, "unknown: %.*s\n", (int)len, text);
    return false;
}

/* What stands between two quotes, or an unquoted word; what follows it. */
static const char *skip_value(const char *at)
{
    if (*at != '"') {
        const size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-%");
        require(len > 0);
        return at + len;
    }
    for (at++; *at != '"'; at++)
        require(*at && *at != '<' && *at != '>' && ((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t') && *at != 0x7f);
    return at + 1;
}

/* The attributes of a tag: what follows its end. *data when it has the type of a data block. */
static const char *skip_attributes(const char *at, bool *data)
{
    static const char json[] = "type=\"application/json\"";
    for (at += strspn(at, " \n"); *at != '>'; at += strspn(at, " \n")) {
        const size_t len = strcspn(at, " \n=>/\"'<");
        if (*at == '/' && at[1] == '>')
            return at + 2;
        require(len > 0);
        if (!(len > 5 && (memcmp(at, "aria-", 5) == 0 || memcmp(at, "data-", 5) == 0)))
            require(is_one_of(at, len, attributes, sizeof attributes / sizeof *attributes));
        *data |= strncmp(at, json, sizeof json - 1) == 0;
        at += len;
        if (*at == '=')
            at = skip_value(at + 1);
    }
    return at + 1;
}

static bool opens_nothing(void *user, const struct har_tree *tree)
{
    (void)user, (void)tree;
    return false;
}

/* One value and nothing else, by our own parser. */
static void require_json(const char *text, size_t len)
{
    static const struct json_limits limits = {64 * HAR_MIB, 256 * HAR_MIB, 1024};
    struct json_parser parser;
    size_t room;
    require(json_parser_init(&parser, &limits, opens_nothing, NULL));
    for (size_t i = 0; i < len; i++)
        require(((unsigned char)text[i] >= ' ' || text[i] == '\n') && text[i] != '>' && text[i] != '&' && text[i] != 0x7f);
    while (len) {
        unsigned char *space = json_parser_space(&parser, &room);
        require(space != NULL);
        room = room < len ? room : len;
        memcpy(space, text, room);
        json_parser_fed(&parser, room);
        text += room;
        len -= room;
    }
    json_parser_end(&parser);
    require(json_parser_next(&parser) == JSON_VALUE);
    for (uint32_t i = 0; i < parser.tree.mark_count; i++)
        require(parser.tree.mark[i].kind != JSON_MARK_CONTROL && parser.tree.mark[i].kind != JSON_MARK_ESCAPE &&
                parser.tree.mark[i].kind != JSON_MARK_UTF8 && parser.tree.mark[i].kind != JSON_MARK_NAN);
    require(json_parser_next(&parser) == JSON_END);
    json_parser_release(&parser);
}

/* Text between tags: the next tag. */
static const char *skip_text(const char *at)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&ldquo;", "&rdquo;"};
    for (; *at && *at != '<'; at++) {
        bool known = *at != '&';
        for (size_t i = 0; !known && i < sizeof entities / sizeof *entities; i++)
            known = strncmp(at, entities[i], strlen(entities[i])) == 0;
        require(known && ((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t') && *at != 0x7f);
    }
    return at;
}

static void check_page(const char *at)
{
    static const char begin[] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=";
    unsigned scripts = 0, styles = 0, blocks = 0;
    require(strncmp(at, begin, sizeof begin - 1) == 0);
    for (at = skip_text(at); *at; at = skip_text(at)) {
        const char *const name = at + 1 + (at[1] == '/');
        const size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789!");
        bool data = false;
        require(is_one_of(name, len, elements, sizeof elements / sizeof *elements));
        at = skip_attributes(name + len, &data);
        const bool script = name[-1] == '<' && len == 6 && memcmp(name, "script", 6) == 0;
        const bool style = name[-1] == '<' && len == 5 && memcmp(name, "style", 5) == 0;
        if (!script && !style)
            continue;
        const char *const end = data ? strchr(at, '<') : strstr(at, script ? "</script>" : "</style>");
        require(end && strncmp(end, script ? "</script>" : "</style>", 8) == 0);
        if (data)
            require_json(at, (size_t)(end - at));
        *(data ? &blocks : script ? &scripts : &styles) += 1;
        at = end;
    }
    require(scripts == 1 && styles == 1 && blocks >= 3);
}

static enum har_status make(const unsigned char *options, const struct har_settings *settings, const unsigned char *bytes,
                            size_t len, struct har_buffer *out)
{
    static const char *const bodies[] = {"none", "text", "all", "all"};
    struct har_error error = {0};
    struct har_option asked[8] = {{"bodies", bodies[options[0] >> BODIES]}};
    size_t count = 1;
    if (options[0] & NO_REDACT)
        asked[count++] = (struct har_option){"no-redact", NULL};
    if (options[0] & ALL_CUSTOM)
        asked[count++] = (struct har_option){"custom", "all"};
    if (options[0] & LINKS)
        asked[count++] = (struct har_option){"links", NULL};
    if (options[1] & SORTED)
        asked[count++] = (struct har_option){"sort", NULL};
    if (options[1] & FEW_ROWS)
        asked[count++] = (struct har_option){"static-rows", "2"};
    if (options[1] & HOSTILE_TITLE)
        asked[count++] = (struct har_option){"title", "</title><script>\"'&\x01\xff"};
    struct har_output output = {.writer = har_writer_find("html"), .options = asked};
    struct har_job job = {.size = sizeof job,
                          .settings = settings,
                          .input = "fuzz.har",
                          .reader = &reader,
                          .format = har_format_find("har"),
                          .transforms = options[1] & RAW ? NULL : har_transforms(),
                          .outputs = &output,
                          .output_count = 1};
    struct har_summary summary;
    source = (struct source){bytes, len, 0};
    har_buffer_clear(out);
    require(har_sink_function(&output.sink, append, out, settings, &error) == HAR_OK);
    const enum har_status status = har_convert(&job, &summary, &error);
    har_sink_free(output.sink);
    require(status != HAR_FATAL || (error.text[0] && (error.domain == HAR_DOMAIN_BOUND || error.domain == HAR_DOMAIN_USAGE)));
    return status;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 64, 100, 4096};
    if (size < OPTIONS)
        return 0;
    struct har_settings *settings = har_settings_new();
    struct har_buffer first, second;
    require(settings != NULL);
    har_settings_set_now(settings, 1798761600);
    har_settings_set_bound(settings, HAR_BOUND_DEPTH, 64, NULL);
    if (data[1] & SMALL_REPORT)
        har_settings_set_bound(settings, HAR_BOUND_REPORT_BYTES, 8 * HAR_KIB, NULL);
    har_buffer_init(&first, 64 * HAR_MIB);
    har_buffer_init(&second, 64 * HAR_MIB);
    const enum har_status status = make(data, settings, data + OPTIONS, size - OPTIONS, &first);
    har_settings_set_block_size(settings, blocks[data[0] & BLOCKS], NULL);
    require(make(data, settings, data + OPTIONS, size - OPTIONS, &second) == status);
    if (status != HAR_FATAL && first.len) {
        require(same_bytes(&first, &second) && !memchr(first.data, 0, first.len));
        check_page(har_buffer_string(&first));
    }
    har_buffer_release(&first);
    har_buffer_release(&second);
    har_settings_free(settings);
    return 0;
}
