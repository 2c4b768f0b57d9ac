/* Copies of findings. */
#include "core/held.h"

#include <stdlib.h>
#include <string.h>

#include "core/kept.h"

/* The same text behind what was copied before. */
static struct har_text copy(char **to, struct har_text text)
{
    const struct har_text copied = {*to, text.len};
    if (text.len)
        memcpy(*to, text.bytes, text.len);
    *to += text.len;
    return copied;
}

enum har_status held_add(struct held_list *list, const struct har_finding *finding, uint64_t most, struct har_error *error)
{
    size_t size = sizeof(struct held) + finding->pointer.len + finding->excerpt.len;
    for (size_t i = 0; i < HAR_FINDING_ARGS; i++)
        size += finding->arg[i].text.len;
    list->bytes += size;
    if (list->bytes > most)
        return kept_too_large(error);
    if (list->count == list->cap) {
        const size_t cap = list->cap ? list->cap * 2 : 16;
        struct held **grown = reallocarray(list->item, cap, sizeof *grown);
        if (!grown)
            return har_error_memory(error);
        list->item = grown;
        list->cap = cap;
    }
    struct held *held = malloc(size);
    if (!held)
        return har_error_memory(error);
    char *to = held->text;
    held->finding = *finding;
    held->finding.pointer = copy(&to, finding->pointer);
    held->finding.excerpt = copy(&to, finding->excerpt);
    for (size_t i = 0; i < HAR_FINDING_ARGS; i++)
        held->finding.arg[i].text = copy(&to, finding->arg[i].text);
    list->item[list->count++] = held;
    return HAR_OK;
}

void held_clear(struct held_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i]);
    list->count = 0;
    list->bytes = 0;
}

void held_release(struct held_list *list)
{
    held_clear(list);
    free(list->item);
    *list = (struct held_list){0};
}
