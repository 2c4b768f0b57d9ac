/* What was derived is told in the comments of the objects that hold it. */
#include <string.h>

#include "normalize/normalize.h"

static const char lead[] = "derived by harmill: ";

static void tell(struct normalize *n, size_t from)
{
    const uint32_t object = n->note[from].object;
    const struct har_object_spec *spec = har_spec_object((enum har_object)normalize_node(n, object)->object);
    uint8_t row = 0;
    while (spec && row < spec->count && strcmp(spec->members[row].name, "comment") != 0)
        row++;
    if (!spec || row == spec->count)
        return;
    struct har_buffer text;
    har_buffer_init(&text, n->scratch[0].max);
    const struct har_text old = normalize_text(n, normalize_member(n, object, row), 0);
    har_buffer_append(&text, old.bytes, old.len);
    har_buffer_append_text(&text, old.len ? "; " : "");
    har_buffer_append_text(&text, lead);
    const char *separator = "";
    for (size_t i = from; i < n->notes; i++) {
        if (n->note[i].object != object)
            continue;
        har_buffer_printf(&text, "%s%s", separator, har_mend_info(n->note[i].mend)->comment);
        separator = ", ";
    }
    if (text.failed)
        n->no_memory = true;
    else
        normalize_set_text(n, object, row, text.data, text.len);
    har_buffer_release(&text);
}

/* One comment an object, in the order in which the objects were first noted. */
void normalize_comments(struct normalize *n)
{
    for (size_t i = 0; i < n->notes && !n->edit.fault; i++) {
        size_t first = 0;
        while (n->note[first].object != n->note[i].object)
            first++;
        if (first == i)
            tell(n, i);
    }
}
