/* Normalize: queryString. Names and values are written percent-decoded, as most producers do. har-to-k6 decodes them once more: for
 * it the whole list is written as it stands in url. */
#include <string.h>

#include "derive/query.h"
#include "normalize/message.h"
#include "util/percent.h"
#include "util/url.h"

static struct har_text decode(struct normalize *n, struct har_text text, bool plus, unsigned which)
{
    har_buffer_clear(&n->scratch[which]);
    n->no_memory |= !percent_decode(text.bytes, text.len, plus, &n->scratch[which]);
    return message_scratch(n, which);
}

static bool same(struct har_text a, struct har_text b)
{
    return a.len == b.len && (!a.len || memcmp(a.bytes, b.bytes, a.len) == 0);
}

/* Whether a program that decodes it (again) can, and finds no variable in it. har-to-k6 is one. */
static bool plain(struct har_text text)
{
    const char *at = text.bytes, *const end = text.bytes + text.len;
    while (at < end && (at = memchr(at, '$', (size_t)(end - at))) && ++at < end)
        if (*at == '{')
            return false;
    return percent_is_sound(text.bytes, text.len);
}

/* The query of the request's url, which lies in scratch buffer 0; false when it has none. */
static bool find_query(struct normalize *n, uint32_t request, struct har_text *query)
{
    const uint32_t address = message_member_of(n, request, REQUEST_url, HAR_KIND_STRING);
    struct url url;
    if (address == JSON_NONE || text_find(normalize_text(n, address, 0), '?') == normalize_text(n, address, 0).len)
        return false;
    const struct har_text text = message_text(n, address, 0);
    url_split(text.bytes, text.len, &url);
    *query = url.query;
    return url.kind != URL_OTHER;
}

/* Whether the list is better written as it stands: for har-to-k6, where it can be decoded. */
static bool better_undecoded(const struct normalize *n, struct har_text query)
{
    struct derive_parameter parameter;
    if (!n->for_k6)
        return false;
    while (derive_parameter_next(&query, false, &parameter))
        if (!plain(parameter.name) || !plain(parameter.value))
            return false;
    return true;
}

static void derive(struct normalize *n, uint32_t request, bool missing)
{
    struct message_list list = {JSON_NONE, JSON_NONE, HAR_OBJECT_NONE};
    struct derive_parameter parameter;
    struct har_text query;
    if (!find_query(n, request, &query))
        return;
    const bool undecoded = better_undecoded(n, query);
    while (!n->edit.fault && derive_parameter_next(&query, false, &parameter)) {
        if (!n->derive) {
            normalize_leave_missing(n, request, REQUEST_queryString);
            return;
        }
        if (list.list == JSON_NONE)
            list = message_list(n, request, REQUEST_queryString);
        if (undecoded)
            message_add(n, &list, parameter.name, parameter.value);
        else
            message_add(n, &list, decode(n, parameter.name, true, 1), decode(n, parameter.value, true, 2));
    }
    if (list.list != JSON_NONE)
        normalize_derived(n, request,
                          undecoded ? HAR_MEND_QUERY_UNDECODED
                          : missing ? HAR_MEND_QUERY_STRING
                                    : HAR_MEND_QUERY_OMITTED);
}

/* ---- a list that the producer gave */

static bool all_plain(struct normalize *n, uint32_t list)
{
    for (uint32_t i = normalize_node(n, list)->child; i != JSON_NONE; i = normalize_node(n, i)->next)
        for (uint32_t k = normalize_node(n, i)->child; k != JSON_NONE; k = normalize_node(n, k)->next)
            if (normalize_node(n, k)->member <= NAME_VALUE_value && !plain(normalize_text(n, k, 3)))
                return false;
    return true;
}

/* Whether a string says the same as a piece of the query. */
static bool says(struct normalize *n, uint32_t string, struct har_text piece)
{
    if (string == JSON_NONE)
        return false;
    const struct har_text given = normalize_text(n, string, 3);
    return same(given, piece) || same(given, decode(n, piece, true, 1)) || same(given, decode(n, piece, false, 1));
}

static bool says_all(struct normalize *n, uint32_t list, struct har_text query)
{
    struct derive_parameter parameter;
    uint32_t i = normalize_node(n, list)->child;
    for (; i != JSON_NONE && derive_parameter_next(&query, false, &parameter); i = normalize_node(n, i)->next)
        if (!plain(parameter.name) || !plain(parameter.value) ||
            !says(n, message_member_of(n, i, NAME_VALUE_name, HAR_KIND_STRING), parameter.name) ||
            !says(n, message_member_of(n, i, NAME_VALUE_value, HAR_KIND_STRING), parameter.value))
            return false;
    return i == JSON_NONE && !derive_parameter_next(&query, false, &parameter);
}

/* The same names and values, as they stand in url, where the list holds one that cannot be decoded. */
static void respell(struct normalize *n, uint32_t request, uint32_t list)
{
    struct derive_parameter parameter;
    struct har_text query;
    if (all_plain(n, list) || !find_query(n, request, &query) || !says_all(n, list, query))
        return;
    for (uint32_t i = normalize_node(n, list)->child; i != JSON_NONE && !n->edit.fault; i = normalize_node(n, i)->next) {
        derive_parameter_next(&query, false, &parameter);
        normalize_set_text(n, i, NAME_VALUE_name, parameter.name.bytes, parameter.name.len);
        normalize_set_text(n, i, NAME_VALUE_value, parameter.value.bytes, parameter.value.len);
    }
    normalize_mended(n, HAR_MEND_QUERY_PERCENT);
}

void message_query(struct normalize *n, uint32_t request)
{
    const uint32_t old = message_member(n, request, REQUEST_queryString);
    const bool list = old != JSON_NONE && normalize_node(n, old)->kind == HAR_KIND_ARRAY;
    if (list && normalize_node(n, old)->child != JSON_NONE) {
        if (n->for_k6)
            respell(n, request, old);
    } else if (list || old == JSON_NONE)
        derive(n, request, old == JSON_NONE);
}
