/* Normalize: headersSize and bodySize. */
#include "normalize/measure.h"

enum { PLAIN_DIGITS = 15 };

/* Digits and nothing else, the common case. */
static bool is_plain(const struct normalize *n, const struct har_node *node)
{
    const char *text = json_text(n->edit.tree, node);
    if (node->kind != HAR_KIND_NUMBER || node->text_len > PLAIN_DIGITS)
        return false;
    for (uint32_t i = 0; i < node->text_len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

enum size_form normalize_size(const struct normalize *n, uint32_t member, int64_t *size)
{
    static const double most = 9007199254740992.0;
    double number;
    *size = -1;
    if (member == JSON_NONE || normalize_node(n, member)->kind == HAR_KIND_NULL)
        return SIZE_MISSING;
    if (!normalize_number(n, member, &number) || number > most || number < -most)
        return SIZE_UNREADABLE;
    if ((double)(int64_t)number != number || number < -1)
        return number < 0 && (double)(int64_t)number == number ? SIZE_NEGATIVE : SIZE_FRACTION;
    *size = (int64_t)number;
    return number < 0 ? SIZE_UNKNOWN : SIZE_KNOWN;
}

static void mend_size(struct normalize *n, uint32_t message, uint8_t row, bool response_body)
{
    int64_t size;
    const uint32_t member = normalize_member(n, message, row);
    if (member == JSON_NONE || is_plain(n, normalize_node(n, member)))
        return;
    const enum size_form form = normalize_size(n, member, &size);
    if (form != SIZE_NEGATIVE && form != SIZE_FRACTION)
        return;
    normalize_keep_as_custom(n, member);
    normalize_set_number(n, message, row, -1);
    normalize_mended(n, form == SIZE_NEGATIVE && response_body ? HAR_MEND_NEGATIVE_BODY_SIZE : HAR_MEND_MALFORMED_SIZE);
}

bool normalize_is_bodiless(const struct normalize *n, uint32_t response)
{
    double status;
    return normalize_number(n, normalize_member(n, response, RESPONSE_status), &status) &&
           (status == 304 || status == 204 || (status >= 100 && status < 200));
}

void normalize_sizes(struct normalize *n, uint32_t request, uint32_t response)
{
    int64_t size;
    mend_size(n, request, REQUEST_headersSize, false);
    mend_size(n, request, REQUEST_bodySize, false);
    mend_size(n, response, RESPONSE_headersSize, false);
    mend_size(n, response, RESPONSE_bodySize, true);
    if (response == JSON_NONE || !n->derive ||
        normalize_size(n, normalize_member(n, response, RESPONSE_bodySize), &size) != SIZE_MISSING ||
        !normalize_is_bodiless(n, response))
        return;
    normalize_set_number(n, response, RESPONSE_bodySize, 0);
    normalize_derived(n, response, HAR_MEND_BODILESS_SIZE);
}
