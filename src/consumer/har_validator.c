/* What makes npm har-validator 5 reject a capture: the demands of har-schema 2.0.0 as ajv 6 checks them, formats in its mode
 * "fast". The schema has no type for cache and timings and says nothing that ajv knows about the elements of params. */
#include <string.h>

#include "consumer/ajv_form.h"
#include "consumer/importer.h"

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

struct demand {
    uint8_t type, form;
    bool required;
};

#define NEEDED(type)                                                                                                               \
    {                                                                                                                              \
        TYPE_##type, AJV_ANY, true                                                                                                 \
    }
#define MAY_BE(type)                                                                                                               \
    {                                                                                                                              \
        TYPE_##type, AJV_ANY, false                                                                                                \
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
    [HAR_OBJECT_PAGE] = {[PAGE_startedDateTime] = {TYPE_STRING, AJV_STARTED, true},
                         [PAGE_id] = NEEDED(STRING),
                         [PAGE_title] = NEEDED(STRING),
                         [PAGE_pageTimings] = NEEDED(PART),
                         [PAGE_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_PAGE_TIMINGS] = {[PAGE_TIMINGS_onContentLoad] = MAY_BE(NUMBER),
                                 [PAGE_TIMINGS_onLoad] = MAY_BE(NUMBER),
                                 [PAGE_TIMINGS_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_ENTRY] = {[ENTRY_pageref] = MAY_BE(STRING),
                          [ENTRY_startedDateTime] = {TYPE_STRING, AJV_STARTED, true},
                          [ENTRY_time] = NEEDED(NUMBER),
                          [ENTRY_request] = NEEDED(PART),
                          [ENTRY_response] = NEEDED(PART),
                          [ENTRY_cache] = NEEDED(PART),
                          [ENTRY_timings] = NEEDED(PART),
                          [ENTRY_serverIPAddress] = {TYPE_STRING, AJV_ADDRESS, false},
                          [ENTRY_connection] = MAY_BE(STRING),
                          [ENTRY_comment] = MAY_BE(STRING)},
    [HAR_OBJECT_REQUEST] = {[REQUEST_method] = NEEDED(STRING),
                            [REQUEST_url] = {TYPE_STRING, AJV_URI, true},
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
                           [COOKIE_expires] = {TYPE_STRING_OR_NULL, AJV_EXPIRES, false},
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
    [HAR_OBJECT_CACHE_ENTRY] = {[CACHE_ENTRY_expires] = {TYPE_STRING, AJV_CACHED, false},
                                [CACHE_ENTRY_lastAccess] = {TYPE_STRING, AJV_CACHED, true},
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
    if (demand->form != AJV_ANY && node->kind == HAR_KIND_STRING) {
        const struct har_text text = semantic_text(check, node, &check->decoded);
        const char *message = ajv_judge(text, (enum ajv_form)demand->form);
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
