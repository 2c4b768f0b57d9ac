/* Normalize: queryString. */
#include "derive/query.h"
#include "normalize/message.h"
#include "util/percent.h"
#include "util/url.h"

static struct har_text decode(struct normalize *n, struct har_text text, unsigned which)
{
    har_buffer_clear(&n->scratch[which]);
    n->no_memory |= !percent_decode(text.bytes, text.len, true, &n->scratch[which]);
    return message_scratch(n, which);
}

/* har-to-k6 decodes the parameters once more, so where a capture is written for it they stay as they are. */
static bool is_for_k6(const struct normalize *n)
{
    return har_settings_level(n->args.settings, HAR_RULE_K6_REFUSES) > HAR_LEVEL_INFO;
}

/* Where the list is missing or empty. */
void message_query(struct normalize *n, uint32_t request)
{
    const uint32_t old = message_member(n, request, REQUEST_queryString);
    const uint32_t address = message_member_of(n, request, REQUEST_url, HAR_KIND_STRING);
    struct message_list list = {JSON_NONE, JSON_NONE, HAR_OBJECT_NONE};
    struct derive_parameter parameter;
    struct url url;
    if (address == JSON_NONE)
        return;
    if (old != JSON_NONE && (normalize_node(n, old)->kind != HAR_KIND_ARRAY || normalize_node(n, old)->child != JSON_NONE))
        return;
    if (text_find(normalize_text(n, address, 0), '?') == normalize_text(n, address, 0).len)
        return;
    const struct har_text text = message_text(n, address, 0);
    url_split(text.bytes, text.len, &url);
    if (url.kind == URL_OTHER)
        return;
    while (!n->edit.fault && derive_parameter_next(&url.query, false, &parameter)) {
        if (!n->derive) {
            normalize_leave_missing(n, request, REQUEST_queryString);
            return;
        }
        if (list.list == JSON_NONE)
            list = message_list(n, request, REQUEST_queryString);
        if (is_for_k6(n))
            message_add(n, &list, parameter.name, parameter.value);
        else
            message_add(n, &list, decode(n, parameter.name, 1), decode(n, parameter.value, 2));
    }
    if (list.list != JSON_NONE)
        normalize_derived(n, request, old == JSON_NONE ? HAR_MEND_QUERY_STRING : HAR_MEND_QUERY_OMITTED);
}
