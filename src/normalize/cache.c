/* Normalize: dates in the entries of a cache. A zone is not demanded there: the specification's own examples have none. */
#include "normalize/measure.h"

#include <string.h>

#include "util/any_date.h"
#include "util/iso8601.h"
#include "util/text.h"

enum { DATE_MOST = 256, SECONDS_LEAST = 9, SECONDS_MOST = 10, TIME_AT = 10, SECOND_COLON_AT = 16 };

/* The largest number of 32 bits: never. */
static const char never[] = "4294967295";

/* Seconds since 1970, as Firefox writes them: from 1973 on, or 0. */
static bool append_seconds(struct har_text text, struct har_buffer *out)
{
    int64_t seconds = 0;
    if ((text.len < SECONDS_LEAST || text.len > SECONDS_MOST) && !text_is_exactly(text, "0"))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!text_is_digit(text.bytes[i]))
            return false;
        seconds = seconds * 10 + (text.bytes[i] - '0');
    }
    return iso8601_append_utc(seconds, (struct har_text){"", 0}, out);
}

/* Whether T and the seconds are where strict readers look for them. */
static bool is_usual(enum iso8601_form form, struct har_text text)
{
    return form != ISO8601_NOT && form != ISO8601_OTHER && text.len > SECOND_COLON_AT && text.bytes[TIME_AT] == 'T' &&
           text.bytes[SECOND_COLON_AT] == ':';
}

/* HAR_MEND_CACHE_DATE_KEPT when it is no date. */
static enum har_mend respell(enum iso8601_form form, struct har_text text, struct har_buffer *out, bool *words)
{
    if (form >= ISO8601_NO_ZONE)
        return iso8601_append(text.bytes, text.len, out) ? HAR_MEND_CACHE_DATE_FORM : HAR_MEND_CACHE_DATE_KEPT;
    if (form == ISO8601_NOT && append_seconds(text, out))
        return HAR_MEND_CACHE_SECONDS;
    har_buffer_clear(out);
    if (form == ISO8601_NOT && any_date_append_epoch(text.bytes, text.len, out))
        return HAR_MEND_CACHE_DATE;
    har_buffer_clear(out);
    return form == ISO8601_NOT && any_date_append(text.bytes, text.len, out, words) ? HAR_MEND_CACHE_DATE
                                                                                    : HAR_MEND_CACHE_DATE_KEPT;
}

static void mend_date(struct normalize *n, uint32_t state, uint8_t row)
{
    bool words = false;
    const uint32_t member = normalize_member(n, state, row);
    if (member == JSON_NONE || normalize_node(n, member)->kind != HAR_KIND_STRING)
        return;
    if (normalize_node(n, member)->text_len > DATE_MOST) {
        normalize_keep_as_custom(n, member);
        normalize_mended(n, HAR_MEND_CACHE_DATE_KEPT);
        return;
    }
    const struct har_text text = normalize_text(n, member, 0);
    if (!text.len) {
        json_edit_remove(&n->edit, member);
        normalize_mended(n, HAR_MEND_EMPTY_CACHE_DATE);
        return;
    }
    const enum iso8601_form form = text.len > DATE_MOST ? ISO8601_NOT : iso8601_parse(text.bytes, text.len, NULL);
    if (is_usual(form, text))
        return;
    if (row == CACHE_ENTRY_expires && text_is_exactly(text, never)) {
        normalize_keep_as_custom(n, member);
        normalize_mended(n, HAR_MEND_NEVER_EXPIRES);
        return;
    }
    struct har_buffer *out = &n->scratch[1];
    har_buffer_clear(out);
    const enum har_mend mend = respell(form, text, out, &words);
    n->no_memory |= out->failed;
    if (out->failed)
        return;
    if (words || mend == HAR_MEND_CACHE_DATE_KEPT)
        normalize_keep_as_custom(n, member);
    if (mend != HAR_MEND_CACHE_DATE_KEPT)
        normalize_set_text(n, state, row, out->data, out->len);
    normalize_mended(n, mend);
}

void normalize_cache(struct normalize *n)
{
    static const uint8_t states[] = {CACHE_beforeRequest, CACHE_afterRequest};
    const uint32_t cache = normalize_member(n, 0, ENTRY_cache);
    if (cache == JSON_NONE || normalize_node(n, cache)->object != HAR_OBJECT_CACHE)
        return;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const uint32_t state = normalize_member(n, cache, states[i]);
        if (state == JSON_NONE || normalize_node(n, state)->object != HAR_OBJECT_CACHE_ENTRY)
            continue;
        mend_date(n, state, CACHE_ENTRY_expires);
        mend_date(n, state, CACHE_ENTRY_lastAccess);
    }
}
