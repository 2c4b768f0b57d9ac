/* See names.h. */
#include "normalize/names.h"

#include <stdlib.h>

#include "json/tree.h"

struct names_row *names_row(struct names *names, const char *name, size_t len)
{
    uint32_t index;
    const enum keyset_result result = keyset_put(&names->keys, name, len, (size_t)names->max_bytes, &index);
    if (result == KEYSET_FULL)
        return NULL;
    if (index >= names->cap) {
        const size_t cap = names->cap ? names->cap * 2 : 64;
        struct names_row *row = realloc(names->row, cap * sizeof *row);
        if (!row)
            return NULL;
        names->row = row;
        names->cap = cap;
    }
    if (result == KEYSET_NEW)
        names->row[index] = (struct names_row){JSON_NONE, 2};
    return &names->row[index];
}

bool names_choose(struct names *names, struct har_buffer *name)
{
    const size_t len = name->len;
    uint32_t base, index;
    bool taken = keyset_find(&names->keys, name->data, name->len, &base);
    while (taken) {
        name->len = len;
        if (!har_buffer_printf(name, "_%u", (unsigned)names->row[base].next++))
            return false;
        taken = keyset_find(&names->keys, name->data, name->len, &index);
    }
    return names_row(names, name->data, name->len) != NULL;
}

void names_clear(struct names *names)
{
    keyset_clear(&names->keys);
    if (!names->keys.cap) { /* what a giant object needed is given back */
        free(names->row);
        names->row = NULL;
        names->cap = 0;
    }
}

void names_release(struct names *names)
{
    keyset_release(&names->keys);
    free(names->row);
    *names = (struct names){0};
}
