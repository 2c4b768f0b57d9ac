/* Normalize: dates that name an instant, in the form that every reader takes. */
#include "normalize/measure.h"

#include "util/any_date.h"
#include "util/iso8601.h"

enum { COLON_AT = 16 /* before the seconds */, SHORTEST = 19 /* YYYY-MM-DDThh:mm:ss */, DATE_MOST = 256 };

/* What a date needs: HAR_MEND_COUNT when nothing. */
struct date_change {
    enum har_mend mend;
    bool keep; /* the original says more than the form can */
};

static bool is_usual(enum iso8601_form form, struct har_text text, const struct iso8601 *instant)
{
    return form == ISO8601_W3C && text.len > SHORTEST && text.bytes[COLON_AT] == ':' && !instant->leap;
}

/* Writes the instant of `text` to `out`; HAR_MEND_COUNT when it names none. */
static struct date_change respell(enum iso8601_form form, struct har_text text, bool leap, struct har_buffer *out)
{
    static const struct date_change none = {HAR_MEND_COUNT, false};
    bool words = false;
    if (form == ISO8601_OTHER || form == ISO8601_W3C) {
        const struct date_change change = {form == ISO8601_OTHER ? HAR_MEND_DATE_FORM
                                           : leap                ? HAR_MEND_LEAP_SECOND
                                                                 : HAR_MEND_DATE_WITHOUT_SECONDS,
                                           leap};
        return iso8601_append(text.bytes, text.len, out) ? change : none;
    }
    if (form != ISO8601_NOT)
        return none;
    if (any_date_append_epoch(text.bytes, text.len, out))
        return (struct date_change){HAR_MEND_EPOCH_DATE, false};
    har_buffer_clear(out);
    if (any_date_append(text.bytes, text.len, out, &words))
        return (struct date_change){HAR_MEND_WORDED_DATE, words};
    return none;
}

bool normalize_date(struct normalize *n, uint32_t object, uint8_t row)
{
    const uint32_t member = normalize_member(n, object, row);
    if (member == JSON_NONE || normalize_node(n, member)->text_len > DATE_MOST)
        return false;
    const struct har_node *node = normalize_node(n, member);
    const bool number = node->kind == HAR_KIND_NUMBER;
    if (!number && node->kind != HAR_KIND_STRING)
        return false;
    const struct har_text text =
        number ? (struct har_text){json_text(n->edit.tree, node), node->text_len} : normalize_text(n, member, 0);
    struct iso8601 instant = {0};
    const enum iso8601_form form = number ? ISO8601_NOT : iso8601_parse(text.bytes, text.len, &instant);
    if (is_usual(form, text, &instant))
        return true;
    struct har_buffer *out = &n->scratch[1];
    har_buffer_clear(out);
    const struct date_change change = respell(form, text, instant.leap, out);
    n->no_memory |= out->failed;
    if (change.mend == HAR_MEND_COUNT || out->failed)
        return form == ISO8601_W3C;
    if (change.keep)
        normalize_keep_as_custom(n, member);
    normalize_set_text(n, object, row, out->data, out->len);
    normalize_mended(n, change.mend);
    return true;
}
