/* Words that are JSON values, words that people take for some, and what is said about all other bytes. */
#include "json/literal.h"

#include <string.h>

#include <harmill/node.h>

/* What is said about a byte that no token starts with. */
const char *json_odd_byte(const unsigned char *at, size_t len)
{
    switch (*at) {
    case '\'':
        return "strings need double quotes";
    case '/':
        return "JSON has no comments";
    case '+':
    case '.':
        return "a number cannot start like this";
    case '\\':
        return "a backslash outside a string";
    case '\0':
        return "a NUL byte";
    case '#':
        return "JSON has no comments";
    default:
        if (*at < 0x20 || *at == 0x7f)
            return "a control character";
        if (len >= 9 && memcmp(at, "undefined", 9) == 0)
            return "undefined is no JSON value";
        if (len >= 4 && (memcmp(at, "None", 4) == 0 || memcmp(at, "True", 4) == 0))
            return "JSON writes null, true and false in lower case";
        return *at >= 0x80 ? "a character outside ASCII" : "no JSON value starts like this";
    }
}

static const struct json_literal literals[] = {
    {"true", 4, HAR_KIND_TRUE, false},       {"false", 5, HAR_KIND_FALSE, false}, {"null", 4, HAR_KIND_NULL, false},
    {"NaN", 3, HAR_KIND_NUMBER, true},       {"-NaN", 4, HAR_KIND_NUMBER, true},  {"Infinity", 8, HAR_KIND_NUMBER, true},
    {"-Infinity", 9, HAR_KIND_NUMBER, true},
};

const struct json_literal *json_find_literal(const unsigned char *at, size_t len)
{
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++)
        if (len >= literals[i].len && memcmp(at, literals[i].text, literals[i].len) == 0)
            return &literals[i];
    return NULL;
}

bool json_begins_literal(const unsigned char *at, size_t len)
{
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++)
        if (!literals[i].odd && len && len < literals[i].len && memcmp(at, literals[i].text, len) == 0)
            return true;
    return false;
}
