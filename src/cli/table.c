/* Reading the option table for people. */
#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/table.h"

void table_append_size(struct har_buffer *out, uint64_t number)
{
    static const char units[] = "GMK";
    for (unsigned i = 0; i < 3; i++) {
        uint64_t unit = UINT64_C(1) << (30 - 10 * i);
        if (number > 0 && number % unit == 0) {
            har_buffer_printf(out, "%" PRIu64 "%c", number / unit, units[i]);
            return;
        }
    }
    har_buffer_printf(out, "%" PRIu64, number);
}

void table_append_sentence(struct har_buffer *out, const struct option_row *row)
{
    har_buffer_append_text(out, row->summary);
    const struct har_bound_info *info = row->group == GROUP_BOUNDS ? har_bound_info((enum har_bound)row->field) : NULL;
    if (info) {
        har_buffer_append_text(out, strcmp(info->unit, "bytes") == 0 ? ", in bytes (default " : " (default ");
        table_append_size(out, info->value);
        har_buffer_append_char(out, ')');
    }
}

void table_append_wrapped(struct har_buffer *out, const char *text, size_t width, size_t indent)
{
    size_t column = indent;
    bool first = true;
    while (*text) {
        size_t len = strcspn(text, " \n");
        if (!first && column + 1 + len > width) {
            har_buffer_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            har_buffer_append_char(out, ' ');
            column++;
        }
        har_buffer_append(out, text, len);
        column += len;
        first = false;
        text += len;
        if (*text == '\n') {
            har_buffer_printf(out, "\n%*s", text[1] == '\n' ? 0 : (int)indent, "");
            column = indent;
            first = true;
        }
        text += *text != '\0';
    }
    har_buffer_append_char(out, '\n');
}

/* Up to and with the next comma outside strings, or to the end. */
static size_t json_stretch(const char *json)
{
    bool string = false;
    size_t len = 0;
    while (json[len]) {
        const char c = json[len++];
        if (c == '"')
            string = !string;
        else if (c == '\\' && string && json[len])
            len++;
        else if (c == ',' && !string)
            break;
    }
    return len;
}

void table_append_json(struct har_buffer *out, const char *json, size_t width, size_t indent)
{
    size_t column = indent;
    while (*json) {
        const size_t len = json_stretch(json);
        if (column > indent && column + len > width) {
            har_buffer_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        }
        har_buffer_append(out, json, len);
        column += len;
        json += len;
    }
    har_buffer_append_char(out, '\n');
}

void table_append_summary(struct har_buffer *out, const struct option_row *row, size_t width, size_t indent)
{
    struct har_buffer sentence;
    har_buffer_init(&sentence, 4 * HAR_KIB);
    table_append_sentence(&sentence, row);
    const char *text = har_buffer_string(&sentence);
    if (text)
        table_append_wrapped(out, text, width, indent);
    else
        out->failed = true;
    har_buffer_release(&sentence);
}
