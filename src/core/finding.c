/* Findings to text. */
#include <harmill/finding.h>

#include <inttypes.h>
#include <string.h>

enum { NAME_MOST = 64, VALUE_MOST = 80 }; /* code points shown of names and values */

/* -1500 is "-1.5". */
static bool append_thousandths(struct har_buffer *out, int64_t number)
{
    const uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    unsigned rest = (unsigned)(size % 1000), digits = 3;
    if (!har_buffer_printf(out, "%s%" PRIu64, number < 0 ? "-" : "", size / 1000))
        return false;
    for (; digits && rest % 10 == 0; digits--)
        rest /= 10;
    return !digits || har_buffer_printf(out, ".%0*u", (int)digits, rest);
}

static bool append_arg(struct har_buffer *out, const struct har_arg *arg, bool show_values)
{
    switch (arg->kind) {
    case HAR_ARG_NONE:
        return true;
    case HAR_ARG_NUMBER:
        return har_buffer_printf(out, "%" PRId64, arg->number);
    case HAR_ARG_THOUSANDTHS:
        return append_thousandths(out, arg->number);
    case HAR_ARG_WORD:
        return har_buffer_append(out, arg->text.bytes, arg->text.len);
    case HAR_ARG_NAME:
        return har_buffer_append_char(out, '"') && har_buffer_append_visible(out, arg->text.bytes, arg->text.len, NAME_MOST) &&
               har_buffer_append_char(out, '"');
    case HAR_ARG_SECRET:
        return har_buffer_append_text(out, "a hidden value");
    case HAR_ARG_VALUE:
        if (!show_values)
            return har_buffer_printf(out, "a string of %zu byte%s", arg->text.len, arg->text.len == 1 ? "" : "s");
        return har_buffer_append_char(out, '"') && har_buffer_append_visible(out, arg->text.bytes, arg->text.len, VALUE_MOST) &&
               har_buffer_append_char(out, '"');
    }
    return true;
}

bool har_finding_message(const struct har_finding *finding, bool show_values, struct har_buffer *out)
{
    const char *text = finding->message;
    for (const char *percent = strchr(text, '%'); percent; percent = strchr(text, '%')) {
        const int which = percent[1] - '1';
        if (!har_buffer_append(out, text, (size_t)(percent - text)))
            return false;
        if (which >= 0 && which < HAR_FINDING_ARGS) {
            if (!append_arg(out, &finding->arg[which], show_values))
                return false;
            text = percent + 2;
        } else {
            if (!har_buffer_append_char(out, '%'))
                return false;
            text = percent + 1;
        }
    }
    return har_buffer_append_text(out, text);
}
