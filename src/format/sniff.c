/* Telling JSON from what people take for it. */
#include "format/sniff.h"

#include <string.h>

struct kind {
    const char *magic;
    size_t len;
    enum har_rule rule;
    const char *message;
};

#define ZIP     "this is a zip archive without a HAR in it, as Fiddler's .saz are: export a HAR from its tool"
#define CAPTURE "this is a packet capture: export a HAR from a browser or proxy instead"
#define CHARLES "this is a Charles session: in Charles, export it as HTTP Archive (.har)"
#define UTF16   "the text is UTF-16, a HAR is UTF-8: convert it, for instance with iconv"
#define UTF32   "the text is UTF-32, a HAR is UTF-8: convert it, for instance with iconv"

/* The first row that fits wins. */
static const struct kind kinds[] = {
    {"PK\003\004", 4, HAR_RULE_NOT_A_HAR, ZIP},
    {"PK\005\006", 4, HAR_RULE_NOT_A_HAR, ZIP}, /* an empty one */
    {"\xd4\xc3\xb2\xa1", 4, HAR_RULE_NOT_A_HAR, CAPTURE},
    {"\xa1\xb2\xc3\xd4", 4, HAR_RULE_NOT_A_HAR, CAPTURE},
    {"\x4d\x3c\xb2\xa1", 4, HAR_RULE_NOT_A_HAR, CAPTURE},
    {"\n\r\r\n", 4, HAR_RULE_NOT_A_HAR, CAPTURE},
    {"\xac\xed\0\5", 4, HAR_RULE_NOT_A_HAR, CHARLES}, /* serialized by Java */
    {"%PDF", 4, HAR_RULE_NOT_A_HAR, "this is a PDF document, not a HAR"},
    {"\x89PNG", 4, HAR_RULE_NOT_A_HAR, "this is a picture, not a HAR"},
    {"\xff\xfe\0\0", 4, HAR_RULE_NOT_UTF_8, UTF32},
    {"\0\0\xfe\xff", 4, HAR_RULE_NOT_UTF_8, UTF32},
    {"{\0\0\0", 4, HAR_RULE_NOT_UTF_8, UTF32},
    {"\0\0\0{", 4, HAR_RULE_NOT_UTF_8, UTF32},
    {"\xff\xfe", 2, HAR_RULE_NOT_UTF_8, UTF16},
    {"\xfe\xff", 2, HAR_RULE_NOT_UTF_8, UTF16},
    {"{\0", 2, HAR_RULE_NOT_UTF_8, UTF16},
    {"\0{", 2, HAR_RULE_NOT_UTF_8, UTF16},
};

/* What stands somewhere at the beginning of markup; the first row that fits wins. */
static const struct {
    const char *text, *message;
} markups[] = {
    {"urn:harmill:har:", "this is a HAR as XML: give -f xml, or call it .xml"},
    {"<charles-session", CHARLES},
    {"<items burpVersion", "these are items saved by Burp Suite, not a HAR: record the traffic again in a tool that exports HAR"},
    {"<!DOCTYPE html", "this is a web page, not a HAR: it may be an error page that was saved in its place"},
    {"<!doctype html", "this is a web page, not a HAR: it may be an error page that was saved in its place"},
    {"<html", "this is a web page, not a HAR: it may be an error page that was saved in its place"},
};

static const char *markup_message(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof markups / sizeof *markups; i++)
        if (memmem(bytes, len, markups[i].text, strlen(markups[i].text)))
            return markups[i].message;
    return "this is an XML document or a web page, not a HAR";
}

static size_t blanks(const unsigned char *bytes, size_t from, size_t len)
{
    while (from < len && bytes[from] && strchr(" \t\r\n", bytes[from]))
        from++;
    return from;
}

static bool name_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '.';
}

/* Length of "name(" at the beginning, blanks included; 0 when it is none. */
static size_t wrapper_length(const unsigned char *bytes, size_t from, size_t len)
{
    size_t at = blanks(bytes, from, len);
    const size_t name = at;
    if (at < len && bytes[at] >= '0' && bytes[at] <= '9')
        return 0;
    while (at < len && name_char(bytes[at]))
        at++;
    if (at == name)
        return 0;
    at = blanks(bytes, at, len);
    return at < len && bytes[at] == '(' ? at + 1 - from : 0;
}

struct sniff sniff_json(const unsigned char *bytes, size_t len)
{
    struct sniff found = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (len >= kinds[i].len && memcmp(bytes, kinds[i].magic, kinds[i].len) == 0) {
            found.rule = kinds[i].rule;
            found.message = kinds[i].message;
            return found;
        }
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        found.mark = true;
        found.skip = 3;
    }
    const size_t first = blanks(bytes, found.skip, len);
    if (first < len && bytes[first] == '<') {
        found.rule = HAR_RULE_NOT_A_HAR;
        found.message = markup_message(bytes + first, len - first);
    } else if (first == len && len < SNIFF_BYTES) {
        found.rule = HAR_RULE_JSON_TRUNCATED;
        found.message = len ? "the input holds nothing but white space" : "the input is empty";
    } else {
        const size_t wrapper = wrapper_length(bytes, found.skip, len);
        found.wrapper = wrapper != 0;
        found.skip += wrapper;
    }
    return found;
}
