/* Names that are values: {"name": "password", "value": "x"}, ["password", "x"], f("password", "x"). */
#include <string.h>
#include <strings.h>

#include "redact/text.h"

enum {
    DOTTED_LEAST = 8,
    LOOK_AGAIN = 512, /* bytes before a name that are looked at when another name follows */
    DEPTH_MOST = 16,  /* of what is between a name and its value */
};

static const char *const name_keys[] = {"n",         "name",      "key",       "k",        "id",
                                        "field",     "param",     "parameter", "header",   "headername",
                                        "paramname", "fieldname", "attribute", "variable", "var"};
static const char *const value_keys[] = {"value", "v", "val", "content", "values", "defaultvalue", "data", "text"};

static bool is_one_of(const struct text_scan *scan, size_t start, size_t end, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (end - start == strlen(words[i]) && !strncasecmp(scan->text.bytes + start, words[i], end - start))
            return true;
    return false;
}

static bool is_name_key(const struct text_scan *scan, size_t start, size_t end)
{
    return is_one_of(scan, start, end, name_keys, sizeof name_keys / sizeof *name_keys);
}

static bool is_value_key(const struct text_scan *scan, size_t start, size_t end)
{
    return is_one_of(scan, start, end, value_keys, sizeof value_keys / sizeof *value_keys);
}

/* The key before a colon that ends at `at`, with quotes or without. */
static bool key_before(const struct text_scan *scan, size_t at, size_t *start, size_t *end)
{
    struct text_quote quote;
    at = text_skip_blanks_back(scan, at);
    if (text_quote_before(scan, at, &quote))
        at -= quote.len;
    *end = at;
    while (at > scan->begin && *end - at < TEXT_NAME_MOST && text_is_name_byte(text_at(scan, at - 1)))
        at--;
    *start = at;
    return *end > at;
}

/* A place in an object: brackets are counted, strings are passed over. */
struct walk {
    size_t at, depth;
};

/* The next string or bare key at depth 0 in front of `most`; false at the object's end. */
static bool next_key(const struct text_scan *scan, struct walk *walk, size_t most, size_t *start, size_t *end)
{
    while (walk->at < most) {
        const unsigned char c = text_at(scan, walk->at);
        struct text_quote quote;
        if ((c == '"' || c == '\'' || c == '\\' || c == '&') && text_quote_at(scan, walk->at, &quote)) {
            *start = walk->at + quote.len;
            struct text_scan part = *scan;
            part.text.len = most;
            *end = text_quote_end(&part, *start, &quote, &walk->at);
        } else if (text_is_name_byte(c) && c != '[' && c != ']') {
            *start = walk->at;
            while (walk->at < most && text_is_name_byte(text_at(scan, walk->at)) && !strchr("[]", text_at(scan, walk->at)))
                walk->at++;
            *end = walk->at;
        } else {
            walk->at++;
            if ((c == '{' || c == '[') && ++walk->depth > DEPTH_MOST)
                return false;
            if ((c == '}' || c == ']') && walk->depth-- == 0)
                return false;
            continue;
        }
        const size_t colon = text_skip_blanks(scan, walk->at);
        if (walk->depth == 0 && text_at(scan, colon) == ':') {
            walk->at = colon + 1;
            return true;
        }
    }
    return false;
}

/* The value behind a key's colon. 0: none that could be a secret. */
static size_t take_value(struct text_scan *scan, struct text_name *name, size_t at)
{
    struct text_quote quote;
    at = text_skip_blanks(scan, at);
    if (!text_quote_at(scan, at, &quote)) {
        size_t end = at;
        while (end < scan->text.len && strchr("0123456789.-", text_at(scan, end)) && text_at(scan, end))
            end++;
        if (name->verdict.tier == REDACT_ANY && end > at && strchr(",} \r\n", text_at(scan, end)))
            redact_secret_as(scan->engine, scan->text, at, end, name->verdict.rule, REDACT_SECRET_NUMBER, scan->edits);
        return end;
    }
    size_t next;
    const size_t start = at + quote.len, end = text_value_end(scan, start, &quote, &next);
    return text_take_quoted(scan, name, TEXT_JSON, start, end) ? next : start;
}

/* From `from` on, up to another name or the object's end. */
static bool find_value(struct text_scan *scan, struct text_name *name, size_t from, size_t most, size_t *next, bool *other)
{
    struct walk walk = {.at = from};
    size_t start, end;
    most = most < scan->text.len ? most : scan->text.len;
    while (next_key(scan, &walk, most, &start, &end)) {
        if (is_value_key(scan, start, end)) {
            *next = take_value(scan, name, walk.at);
            return true;
        }
        *other = is_name_key(scan, start, end);
        if (*other)
            return false;
    }
    return false;
}

/* Where the object begins in which `at` stands; SIZE_MAX: too far away. */
static size_t object_start(const struct text_scan *scan, size_t at, size_t look)
{
    const size_t least = at > scan->begin + look ? at - look : scan->begin;
    size_t depth = 0;
    while (at > least) {
        struct text_quote quote;
        const unsigned char c = text_at(scan, at - 1);
        if (text_quote_before(scan, at, &quote)) {
            at = text_quote_start(scan, at - quote.len, &quote);
            if (at == SIZE_MAX || at < quote.len)
                return SIZE_MAX;
            at -= quote.len;
            continue;
        }
        if (c == '}' || c == ']')
            depth++;
        else if ((c == '{' || c == '[') && depth-- == 0)
            return at;
        at--;
    }
    return SIZE_MAX;
}

/* `at` is behind a key's colon: is that a key of names? Then its value is in the same object. */
static size_t find_in_object(struct text_scan *scan, struct text_name *name, size_t colon, size_t open, size_t behind)
{
    size_t start, end, next = 0;
    if (!key_before(scan, colon, &start, &end) || !is_name_key(scan, start, end) || !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    bool other = false;
    if (find_value(scan, name, behind, behind + TEXT_LOOK_MOST, &next, &other))
        return next > behind ? next : behind;
    const size_t object = object_start(scan, open, other ? LOOK_AGAIN : TEXT_LOOK_MOST);
    if (object != SIZE_MAX)
        find_value(scan, name, object, start, &next, &other);
    return behind;
}

/* setItem("name", "value"): the function whose parenthesis is at `at` puts a value under a name, so words may be values, too. */
static bool is_setter(const struct text_scan *scan, size_t at)
{
    static const char *const setters[] = {"setItem", "setRequestHeader", "setHeader", "addHeader"};
    for (size_t i = 0; i < sizeof setters / sizeof *setters; i++) {
        const size_t len = strlen(setters[i]);
        if (at >= scan->begin + len && !memcmp(scan->text.bytes + at - len, setters[i], len))
            return true;
    }
    return false;
}

/* ["name", "value"] and f("name", "value"): the second is the last, and no name itself. Names with dots may be
 * those of modules, and what follows their versions. */
static size_t find_in_list(struct text_scan *scan, struct text_name *name, size_t open, size_t behind)
{
    struct text_quote quote;
    const unsigned char close = text_at(scan, open) == '(' ? ')' : ']';
    size_t at = text_skip_blanks(scan, behind), next;
    if (text_at(scan, at) != ',')
        return 0;
    at = text_skip_blanks(scan, at + 1);
    if (!text_quote_at(scan, at, &quote))
        return 0;
    const size_t start = at + quote.len;
    struct text_scan part = *scan;
    part.text.len = scan->text.len - start > TEXT_LOOK_MOST ? start + TEXT_LOOK_MOST : scan->text.len;
    const size_t end = text_quote_end(&part, start, &quote, &next);
    if (text_at(scan, text_skip_blanks(scan, next)) != close || !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    struct text_name other = {.start = start, .end = end};
    if (end - start <= TEXT_NAME_MOST && text_looks_word((struct har_text){scan->text.bytes + start, end - start}) &&
        text_know(scan, &other, REDACT_NAME_TEXT))
        return 0;
    const struct har_text value = {scan->text.bytes + start, end - start};
    const bool code = close == ')' || text_looks_word(value);
    const bool dotted = memchr(scan->text.bytes + name->start, '.', name->end - name->start);
    if ((close == ')' && !text_has_digit(value) && !text_looks_padded(value) && !is_setter(scan, open)) ||
        (dotted && value.len < DOTTED_LEAST))
        return 0;
    return text_take_quoted(scan, name, code ? TEXT_CODE : TEXT_JSON, start, end) ? next : 0;
}

/* Where the string begins before whose quotes "s:8:" stands, as PHP writes the length of strings; 0: nothing of the kind is there.
 */
static size_t counted(const struct text_scan *scan, size_t at)
{
    if (text_at(scan, at) != 's' || text_at(scan, at + 1) != ':')
        return 0;
    for (at += 2; text_at(scan, at) >= '0' && text_at(scan, at) <= '9';)
        at++;
    return text_at(scan, at) == ':' ? at + 1 : 0;
}

/* s:8:"password";s:5:"value"; */
static size_t find_counted(struct text_scan *scan, struct text_name *name, size_t behind)
{
    struct text_quote quote;
    size_t next;
    const size_t at = text_at(scan, behind) == ';' ? counted(scan, behind + 1) : 0;
    if (!at || !text_quote_at(scan, at, &quote) || !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    const size_t start = at + quote.len, end = text_quote_end(scan, start, &quote, &next);
    return text_take_quoted(scan, name, TEXT_JSON, start, end) ? next : 0;
}

size_t text_find_pair(struct text_scan *scan, struct text_name *name)
{
    struct text_quote open, close;
    if (!text_quote_at(scan, name->end, &close) || !text_quote_before(scan, name->start, &open) || !text_quote_same(&open, &close))
        return 0;
    const size_t key = name->start - open.len, before = text_skip_blanks_back(scan, key), behind = name->end + close.len;
    if (text_at(scan, behind) == ';')
        return find_counted(scan, name, behind);
    switch (text_at(scan, before - 1)) {
    case ':':
        return find_in_object(scan, name, before - 1, key, behind);
    case '[':
    case '(':
        return find_in_list(scan, name, before - 1, behind);
    default:
        return 0;
    }
}
