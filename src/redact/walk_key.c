/* Keys with a meaning, by their letters alone. */
#include <string.h>

#include "json/text.h"
#include "redact/walk_own.h"
#include "util/text.h"

#define ROW(text, key, strict)                                                                                                     \
    {                                                                                                                              \
        text, sizeof(text) - 1, KEY_##key, STRICT_##strict                                                                         \
    }

static const struct walk_key_row rows[] = {
    ROW("request", REQUEST, TEXT),
    ROW("response", RESPONSE, TEXT),
    ROW("headers", HEADERS, TEXT),
    ROW("requestheaders", HEADERS, TEXT),
    ROW("responseheaders", HEADERS, TEXT),
    ROW("rawheaders", HEADERS, TEXT),
    ROW("pseudoheaders", HEADERS, TEXT),
    ROW("trailers", HEADERS, TEXT),
    ROW("cookies", COOKIES, TEXT),
    ROW("requestcookies", COOKIES, TEXT),
    ROW("responsecookies", COOKIES, TEXT),
    ROW("querystring", QUERY, FORM),
    ROW("query", QUERY, FORM),
    ROW("params", PARAMS, FORM),
    ROW("formdata", PARAMS, FORM),
    ROW("postdata", POST_DATA, BODY),
    ROW("content", CONTENT, BODY),
    ROW("websocketmessages", MESSAGES, BODY),
    ROW("eventsourcemessages", MESSAGES, BODY),
    ROW("cache", CACHE, TEXT),
    ROW("initiator", INITIATOR, WORD),
    ROW("name", NAME, TEXT),
    ROW("value", VALUE, VALUE),
    ROW("url", URL, URL),
    ROW("uri", URL, URL),
    ROW("href", URL, URL),
    ROW("documenturl", URL, URL),
    ROW("baseurl", URL, URL),
    ROW("initiatorurl", URL, URL),
    ROW("referrer", URL, URL),
    ROW("referer", URL, URL),
    ROW("location", URL, URL),
    ROW("redirecturl", REDIRECT, URL),
    ROW("redirectionurl", REDIRECT, URL),
    ROW("title", TITLE, TITLE),
    ROW("text", TEXT, BODY),
    ROW("data", DATA, BODY),
    ROW("path", ATTRIBUTE, PATH),
    ROW("domain", ATTRIBUTE, HOST),
    ROW("expires", ATTRIBUTE, DATE),
    ROW("httponly", ATTRIBUTE, WORD),
    ROW("secure", ATTRIBUTE, WORD),
    ROW("samesite", ATTRIBUTE, WORD),
    ROW("maxage", ATTRIBUTE, WORD),
    ROW("lastfetched", ATTRIBUTE, DATE),
    ROW("fetchcount", ATTRIBUTE, WORD),
    ROW("filename", ATTRIBUTE, FILE),
    ROW("contenttype", ATTRIBUTE, MIME),
    ROW("encoding", ATTRIBUTE, WORD),
    ROW("comment", ATTRIBUTE, TEXT),
    ROW("priority", ATTRIBUTE, WORD),
    ROW("method", PLAIN, METHOD),
    ROW("httpversion", PLAIN, HTTP_VERSION),
    ROW("protocol", PLAIN, HTTP_VERSION),
    ROW("statustext", PLAIN, STATUS_TEXT),
    ROW("mimetype", PLAIN, MIME),
    ROW("starteddatetime", PLAIN, DATE),
    ROW("lastaccess", PLAIN, DATE),
    ROW("etag", PLAIN, VALUE),
    ROW("pageref", PLAIN, ID),
    ROW("id", PLAIN, ID),
    ROW("connection", PLAIN, ID),
    ROW("connectionid", PLAIN, ID),
    ROW("serveripaddress", PLAIN, IP),
    ROW("version", PLAIN, VERSION),
    ROW("type", PLAIN, WORD),
    ROW("resourcetype", PLAIN, WORD),
    ROW("initialpriority", PLAIN, WORD),
    ROW("fetchtype", PLAIN, WORD),
    ROW("fromcache", PLAIN, WORD),
    ROW("opcode", PLAIN, WORD),
    ROW("file", PLAIN, FILE),
    ROW("error", PLAIN, TEXT),
    ROW("pagetimings", PLAIN, TEXT),
    ROW("timings", PLAIN, TEXT),
};

enum { COUNT = sizeof rows / sizeof *rows, KEY_MOST = 64 };

/* The letters of a key, without a number behind them (_text_2, as normalizing makes them); 0 when it is none of the rows. */
static size_t letters_of(struct har_text key, char letters[WALK_LETTERS])
{
    size_t len = 0;
    if (key.len > KEY_MOST)
        return 0;
    for (size_t i = 0; i < key.len; i++) {
        const char c = text_lower(key.bytes[i]);
        if (!text_is_letter(c) && !text_is_digit(c))
            continue;
        if (len == WALK_LETTERS)
            return 0;
        letters[len++] = c;
    }
    while (len && text_is_digit(letters[len - 1]))
        len--;
    return len;
}

void walk_keys_begin(struct walk_scratch *scratch)
{
    for (size_t i = 0; i < COUNT; i++)
        scratch->begins[rows[i].len] |= 1u << (rows[i].letters[0] & 31);
}

/* The row, from 1; 0: none. */
static uint8_t find_row(const uint32_t *begins, struct har_text key)
{
    char letters[WALK_LETTERS];
    const size_t len = letters_of(key, letters);
    if (!len || !(begins[len] & 1u << (letters[0] & 31)))
        return 0;
    for (size_t i = 0; i < COUNT; i++)
        if (rows[i].len == len && rows[i].letters[0] == letters[0] && memcmp(rows[i].letters, letters, len) == 0)
            return (uint8_t)(i + 1);
    return 0;
}

const struct walk_key_row *walk_key_of(struct redact_walk *walk, const struct har_node *node)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    uint8_t none, *known = &none;
    if (!node->key_len)
        return NULL;
    const struct har_node *const parent = json_node(tree, node->parent);
    if (parent && node->member < WALK_MEMBERS && parent->object < HAR_OBJECT_COUNT) /* its key is known */
        known = &walk->scratch->bound[parent->object][node->member];
    if (known == &none || !*known)
        *known = (uint8_t)(find_row(walk->scratch->begins, walk_text(walk, node, true, &walk->scratch->key)) + 1);
    return *known > 1 ? &rows[*known - 2] : NULL;
}

bool walk_is_attribute(const struct walk_key_row *row, enum walk_role role)
{
    if (!row)
        return false;
    if (row->key == KEY_NAME)
        return true;
    if (role == ROLE_HEADERS || role == ROLE_QUERY)
        return row->key == KEY_ATTRIBUTE && row->strict == STRICT_TEXT; /* a comment */
    return row->key == KEY_ATTRIBUTE;
}
