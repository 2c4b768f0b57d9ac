/* What makes npm har-validator 5 reject a capture: the demands of har-schema 2.0.0 as ajv 6 checks them, formats in its mode
 * "fast". The schema has no type for cache and timings and says nothing that ajv knows about the elements of params. */
#include <string.h>

#include "consumer/ecma.h"
#include "consumer/importer.h"
#include "util/text.h"

enum type {
    TYPE_ANY,
    TYPE_STRING,
    TYPE_NUMBER,
    TYPE_INTEGER,
    TYPE_BOOLEAN,
    TYPE_ARRAY,
    TYPE_STRING_OR_NULL,
    TYPE_PART, /* an object that has a table of its own */
    TYPE_PART_OR_NULL,
};

enum form { FORM_ANY, FORM_STARTED, FORM_EXPIRES, FORM_CACHED, FORM_URI, FORM_ADDRESS };

struct demand {
    uint8_t type, form;
    bool required;
};

#define NEEDED(type)                                                                                                               \
    {                                                                                                                              \
        TYPE_##type, FORM_ANY, true                                                                                                \
    }
#define MAY_BE(type)                                                                                                               \
    {                                                                                                                              \
        TYPE_##type, FORM_ANY, false                                                                                               \
    }

#define PAIR                                                                                                                       \
    {                                                                                                                              \
        [NAME_VALUE_name] = NEEDED(STRING), [NAME_VALUE_value] = NEEDED(STRING), [NAME_VALUE_comment] = MAY_BE(STRING)             \
    }

static const struct demand demands[HAR_OBJECT_COUNT][CHECK_ROWS] = {
    [HAR_OBJECT_LOG] = {[LOG_version] = NEEDED(STRING),
                        [LOG_creator] = NEEDED(PART),
                        [LOG_browser] = MAY_BE(PART),
                        [LOG_pages] = MAY_BE(ARRAY),
                        [LOG_entries] = NEEDED(ARRAY),
                        [LOG_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_CREATOR] =
        {[CREATOR_name] = NEEDED(STRING), [CREATOR_version] = NEEDED(STRING), [CREATOR_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_PAGE] = {[PAGE_startedDateTime] = {TYPE_STRING, FORM_STARTED, true},
                         [PAGE_id] = NEEDED(STRING),
                         [PAGE_title] = NEEDED(STRING),
                         [PAGE_pageTimings] = NEEDED(PART),
                         [PAGE_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_PAGE_TIMINGS] = {[PAGE_TIMINGS_onContentLoad] = MAY_BE(NUMBER),
                                 [PAGE_TIMINGS_onLoad] = MAY_BE(NUMBER),
                                 [PAGE_TIMINGS_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_ENTRY] = {[ENTRY_pageref] = MAY_BE(STRING),
                          [ENTRY_startedDateTime] = {TYPE_STRING, FORM_STARTED, true},
                          [ENTRY_time] = NEEDED(NUMBER),
                          [ENTRY_request] = NEEDED(PART),
                          [ENTRY_response] = NEEDED(PART),
                          [ENTRY_cache] = NEEDED(PART),
                          [ENTRY_timings] = NEEDED(PART),
                          [ENTRY_serverIPAddress] = {TYPE_STRING, FORM_ADDRESS, false},
                          [ENTRY_connection] = MAY_BE(STRING),
                          [ENTRY_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_REQUEST] = {[REQUEST_method] = NEEDED(STRING),
                            [REQUEST_url] = {TYPE_STRING, FORM_URI, true},
                            [REQUEST_httpVersion] = NEEDED(STRING),
                            [REQUEST_cookies] = NEEDED(ARRAY),
                            [REQUEST_headers] = NEEDED(ARRAY),
                            [REQUEST_queryString] = NEEDED(ARRAY),
                            [REQUEST_postData] = MAY_BE(PART),
                            [REQUEST_headersSize] = NEEDED(INTEGER),
                            [REQUEST_bodySize] = NEEDED(INTEGER),
                            [REQUEST_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_RESPONSE] = {[RESPONSE_status] = NEEDED(INTEGER),
                             [RESPONSE_statusText] = NEEDED(STRING),
                             [RESPONSE_httpVersion] = NEEDED(STRING),
                             [RESPONSE_cookies] = NEEDED(ARRAY),
                             [RESPONSE_headers] = NEEDED(ARRAY),
                             [RESPONSE_content] = NEEDED(PART),
                             [RESPONSE_redirectURL] = NEEDED(STRING),
                             [RESPONSE_headersSize] = NEEDED(INTEGER),
                             [RESPONSE_bodySize] = NEEDED(INTEGER),
                             [RESPONSE_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_COOKIE] = {[COOKIE_name] = NEEDED(STRING),
                           [COOKIE_value] = NEEDED(STRING),
                           [COOKIE_path] = MAY_BE(STRING),
                           [COOKIE_domain] = MAY_BE(STRING),
                           [COOKIE_expires] = {TYPE_STRING_OR_NULL, FORM_EXPIRES, false},
                           [COOKIE_httpOnly] = MAY_BE(BOOLEAN),
                           [COOKIE_secure] = MAY_BE(BOOLEAN),
                           [COOKIE_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_HEADER] = PAIR,
    [HAR_OBJECT_QUERY] = PAIR,
    [HAR_OBJECT_POST_DATA] = {[POST_DATA_mimeType] = NEEDED(STRING),
                              [POST_DATA_params] = MAY_BE(ARRAY),
                              [POST_DATA_text] = MAY_BE(STRING),
                              [POST_DATA_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_CONTENT] = {[CONTENT_size] = NEEDED(INTEGER),
                            [CONTENT_compression] = MAY_BE(INTEGER),
                            [CONTENT_mimeType] = NEEDED(STRING),
                            [CONTENT_text] = MAY_BE(STRING),
                            [CONTENT_encoding] = MAY_BE(STRING),
                            [CONTENT_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_CACHE] = {[CACHE_beforeRequest] = MAY_BE(PART_OR_NULL),
                          [CACHE_afterRequest] = MAY_BE(PART_OR_NULL),
                          [CACHE_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_CACHE_ENTRY] = {[CACHE_ENTRY_expires] = {TYPE_STRING, FORM_CACHED, false},
                                [CACHE_ENTRY_lastAccess] = {TYPE_STRING, FORM_CACHED, true},
                                [CACHE_ENTRY_eTag] = NEEDED(STRING),
                                [CACHE_ENTRY_hitCount] = NEEDED(INTEGER),
                                [CACHE_ENTRY_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_TIMINGS] = {[TIMINGS_blocked] = MAY_BE(NUMBER),
                            [TIMINGS_dns] = MAY_BE(NUMBER),
                            [TIMINGS_connect] = MAY_BE(NUMBER),
                            [TIMINGS_send] = NEEDED(NUMBER),
                            [TIMINGS_wait] = NEEDED(NUMBER),
                            [TIMINGS_receive] = NEEDED(NUMBER),
                            [TIMINGS_ssl] = MAY_BE(NUMBER),
                            [TIMINGS_comment] = MAY_BE(STRING)},
};

/* Of the types that a JSON type alone decides. */
static const struct {
    unsigned kinds;
    const char *message;
} types[] = {
    [TYPE_ANY] = {~0u, NULL},
    [TYPE_STRING] = {1u << HAR_KIND_STRING, "har-validator: %1.%2 is %3, it should be a string"},
    [TYPE_NUMBER] = {1u << HAR_KIND_NUMBER, "har-validator: %1.%2 is %3, it should be a number"},
    [TYPE_INTEGER] = {1u << HAR_KIND_NUMBER, "har-validator: %1.%2 is %3, it should be an integer"},
    [TYPE_BOOLEAN] = {1u << HAR_KIND_FALSE | 1u << HAR_KIND_TRUE, "har-validator: %1.%2 is %3, it should be true or false"},
    [TYPE_ARRAY] = {1u << HAR_KIND_ARRAY, "har-validator: %1.%2 is %3, it should be an array"},
    [TYPE_STRING_OR_NULL] = {1u << HAR_KIND_STRING | 1u << HAR_KIND_NULL,
                             "har-validator: %1.%2 is %3, it should be a string or null"},
    [TYPE_PART] = {~0u, NULL},
    [TYPE_PART_OR_NULL] = {~0u, NULL},
};

/* Texts are looked at through this: the rest of a text. */
struct rest {
    const char *at;
    size_t len;
};

static char ahead(const struct rest *rest)
{
    return rest->len ? *rest->at : '\0';
}

static bool skip(struct rest *rest, char c)
{
    if (!rest->len || *rest->at != c)
        return false;
    rest->at++;
    rest->len--;
    return true;
}

static bool skip_digits(struct rest *rest, size_t count)
{
    for (; count; count--) {
        if (!text_is_digit(ahead(rest)))
            return false;
        skip(rest, ahead(rest));
    }
    return true;
}

/* A digit from `least` to `most`, then another one. */
static bool skip_pair(struct rest *rest, char least, char most)
{
    const char c = ahead(rest);
    return c >= least && c <= most && skip(rest, c) && skip_digits(rest, 1);
}

/* A point and digits, or nothing. */
static bool skip_fraction(struct rest *rest)
{
    if (!skip(rest, '.'))
        return true;
    if (!skip_digits(rest, 1))
        return false;
    while (skip_digits(rest, 1))
        continue;
    return true;
}

/* hh:mm:ss, hours up to 29, 23:59:60. */
static bool skip_time(struct rest *rest)
{
    static const char leap[] = "23:59:60";
    if (rest->len >= sizeof leap - 1 && !memcmp(rest->at, leap, sizeof leap - 1)) {
        rest->at += sizeof leap - 1;
        rest->len -= sizeof leap - 1;
        return true;
    }
    return skip_pair(rest, '0', '2') && skip(rest, ':') && skip_pair(rest, '0', '5') && skip(rest, ':') &&
           skip_pair(rest, '0', '5');
}

/* The format date-time of ajv. `strict`: T and Z in capitals and zones with minutes only, as the schema's own pattern demands. */
static bool is_date_time(struct rest rest, bool strict)
{
    if (!skip_digits(&rest, 4) || !skip(&rest, '-') || !skip_pair(&rest, '0', '1') || !skip(&rest, '-') ||
        !skip_pair(&rest, '0', '3') || !rest.len)
        return false;
    const uint32_t between = ecma_take(&rest.at, &rest.len);
    if (between != 'T' && (strict || (between != 't' && !ecma_space(between))))
        return false;
    if (!skip_time(&rest) || !skip_fraction(&rest))
        return false;
    if (skip(&rest, 'Z') || (!strict && skip(&rest, 'z')))
        return !rest.len;
    if ((!skip(&rest, '+') && !skip(&rest, '-')) || !skip_digits(&rest, 2))
        return false;
    if (!rest.len)
        return !strict;
    skip(&rest, ':');
    return skip_digits(&rest, 2) && !rest.len;
}

/* The schema's pattern for dates in caches: digits in this order, all between them optional, anything behind. */
static bool is_cached(struct rest rest)
{
    static const char between[] = {'-', '-', 'T', ':', ':'};
    bool fits = skip_digits(&rest, 4);
    for (size_t i = 0; fits && i < sizeof between; i++) {
        skip(&rest, between[i]);
        fits = skip_digits(&rest, 2);
    }
    return fits;
}

/* A scheme, a colon and no white space. */
static bool is_uri(struct rest rest)
{
    if (!text_is_letter(ahead(&rest)))
        return false;
    while (text_is_letter(ahead(&rest)) || text_is_digit(ahead(&rest)) || ahead(&rest) == '+' || ahead(&rest) == '-' ||
           ahead(&rest) == '.')
        skip(&rest, ahead(&rest));
    if (!skip(&rest, ':'))
        return false;
    while (rest.len)
        if (ecma_space(ecma_take(&rest.at, &rest.len)))
            return false;
    return true;
}

/* Four numbers up to 255. Leading zeros pass outside IPv6 addresses. */
static bool skip_ipv4(struct rest *rest, bool zeros)
{
    for (int part = 0; part < 4; part++) {
        int value = 0, count = 0;
        if (part && !skip(rest, '.'))
            return false;
        const char first = ahead(rest);
        for (; count < 3 && text_is_digit(ahead(rest)); count++) {
            value = value * 10 + (ahead(rest) - '0');
            skip(rest, ahead(rest));
        }
        if (!count || value > 255 || (!zeros && count > 1 && first == '0'))
            return false;
    }
    return true;
}

/* Up to four hexadecimal digits. */
static bool skip_group(struct rest *rest)
{
    int count = 0;
    for (char c; count < 4; count++, skip(rest, c)) {
        c = ahead(rest);
        if (!text_is_digit(c) && (!text_is_letter(c) || (c | 0x20) > 'f'))
            break;
    }
    return count > 0;
}

/* What stands behind the groups that have a colon behind them: `groups` of them, or the first colon of "::". */
static bool skip_tail(struct rest *rest, int groups)
{
    struct rest last = *rest;
    if (groups == 7)
        return skip_group(rest) || skip(rest, ':');
    if (groups == 6 && ahead(rest) != ':')
        return skip_ipv4(rest, false);
    int behind = 0;
    for (; skip(&last, ':'); behind++) {
        const struct rest from = last;
        struct rest address = last;
        if (!skip_group(&last)) {
            *rest = from;
            return !behind; /* "::" at the end */
        }
        if (ahead(&last) == '.') {
            const bool fits = behind <= 5 - groups && skip_ipv4(&address, false);
            *rest = address;
            return fits;
        }
        if (behind == 7 - groups)
            return false;
        *rest = last;
    }
    return behind > 0;
}

static void skip_spaces(struct rest *rest)
{
    while (rest->len) {
        struct rest behind = *rest;
        if (!ecma_space(ecma_take(&behind.at, &behind.len)))
            return;
        *rest = behind;
    }
}

/* %zone: anything but line ends, and white space behind it. */
static bool skip_zone(struct rest *rest)
{
    const size_t whole = rest->len;
    while (rest->len) {
        struct rest behind = *rest;
        if (ecma_line_end(ecma_take(&behind.at, &behind.len)))
            break;
        *rest = behind;
    }
    return rest->len < whole;
}

static bool is_ipv6(struct rest rest)
{
    int groups = 0;
    skip_spaces(&rest);
    for (struct rest group = rest; groups < 7 && skip_group(&group) && skip(&group, ':'); groups++)
        rest = group;
    if (!groups && !skip(&rest, ':'))
        return false;
    if (!groups && ahead(&rest) != ':')
        return false;
    if (!skip_tail(&rest, groups))
        return false;
    if (skip(&rest, '%') && !skip_zone(&rest))
        return false;
    skip_spaces(&rest);
    return !rest.len;
}

static bool is_address(struct rest rest)
{
    struct rest ipv4 = rest;
    return (skip_ipv4(&ipv4, true) && !ipv4.len) || is_ipv6(rest);
}

/* What is wrong with a text; NULL: nothing. */
static const char *judge_form(struct rest text, enum form form)
{
    switch (form) {
    case FORM_STARTED:
        return is_date_time(text, true) ? NULL : "har-validator: %1.%2 is no date and time with a zone as it knows them";
    case FORM_EXPIRES:
        return is_date_time(text, false) ? NULL : "har-validator: %1.%2 does not match the format \"date-time\"";
    case FORM_CACHED:
        return is_cached(text) ? NULL : "har-validator: %1.%2 does not begin like a date and time";
    case FORM_URI:
        return is_uri(text) ? NULL : "har-validator: %1.%2 does not match the format \"uri\": a scheme and no white space";
    case FORM_ADDRESS:
        return is_address(text) ? NULL : "har-validator: %1.%2 is no IPv4 or IPv6 address";
    case FORM_ANY:
        break;
    }
    return NULL;
}

/* Numbers too large for a double are integers to ajv. */
static bool is_integer(const struct check *check, const struct har_node *node)
{
    static const double exact = 9007199254740992; /* from 2^53 on there are no fractions */
    double number;
    return !semantic_number(check, node, &number) || number >= exact || number <= -exact || (double)(int64_t)number == number;
}

static bool judge_member(struct check *check, enum har_object kind, unsigned row, const struct har_node *node)
{
    const struct demand *demand = &demands[kind][row];
    if (!(types[demand->type].kinds >> node->kind & 1)) {
        importer_tell(check, HAR_RULE_HAR_VALIDATOR_REFUSES, kind, row, node, types[demand->type].message);
        return false;
    }
    if (demand->type == TYPE_INTEGER && !is_integer(check, node))
        importer_tell(check, HAR_RULE_HAR_VALIDATOR_REFUSES, kind, row, node,
                      "har-validator: %1.%2 has a fraction, it should be an integer");
    if (demand->form != FORM_ANY && node->kind == HAR_KIND_STRING) {
        const struct har_text text = semantic_text(check, node, &check->decoded);
        const char *message = judge_form((struct rest){text.bytes, text.len}, (enum form)demand->form);
        if (message)
            importer_tell(check, HAR_RULE_HAR_VALIDATOR_REFUSES, kind, row, node, message);
    }
    if (demand->type == TYPE_PART_OR_NULL && node->kind == HAR_KIND_NULL)
        return false;
    return kind != HAR_OBJECT_POST_DATA; /* the schema does not look at the elements of params */
}

static bool judge_object(struct check *check, enum har_object kind, const struct har_node *node)
{
    if (node->kind == HAR_KIND_OBJECT)
        return true;
    if (kind != HAR_OBJECT_CACHE && kind != HAR_OBJECT_TIMINGS)
        importer_tell_object(check, HAR_RULE_HAR_VALIDATOR_REFUSES, kind, node, "har-validator: %1 is %2, it should be an object");
    return false;
}

static uint32_t required(enum har_object kind)
{
    uint32_t rows = 0;
    for (unsigned row = 0; row < spec_objects[kind].count; row++)
        rows |= (uint32_t)demands[kind][row].required << row;
    return rows;
}

static const char *missing(enum har_object kind, unsigned row)
{
    (void)kind;
    (void)row;
    return "har-validator: %1 should have the member %2";
}

static const struct importer har_validator = {HAR_RULE_HAR_VALIDATOR_REFUSES,
                                              required,
                                              missing,
                                              judge_object,
                                              judge_member,
                                              "har-validator: the document is %1, it should be an object",
                                              "har-validator: the document should have the member log",
                                              "har-validator: the document should have the member log, which lies at %1 here"};

static void run(struct check *check, const struct facts *facts, void *ctx)
{
    (void)facts;
    importer_item(check, &har_validator, ctx);
}

static const struct semantic_row rows[] = {
    {run, IMPORTER_ITEMS, {HAR_RULE_HAR_VALIDATOR_REFUSES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_har_validator = {rows, sizeof(struct importer_seen), NULL};
