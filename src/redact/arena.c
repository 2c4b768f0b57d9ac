/* Memory for what is secret: never moved, wiped when it is freed. */
#include <stdlib.h>
#include <string.h>

#include "redact/learned.h"

enum { BLOCK = 64 << 10 };

struct arena {
    struct arena *next;
    size_t used, size;
    char bytes[];
};

void *arena_take(struct arena **arena, size_t len)
{
    struct arena *block = *arena;
    if (!block || block->size - block->used < len) {
        const size_t size = len > BLOCK / 4 ? len : BLOCK;
        if (size > SIZE_MAX - sizeof *block || !(block = malloc(sizeof *block + size)))
            return NULL;
        block->used = 0;
        block->size = size;
        block->next = *arena;
        *arena = block;
    }
    void *taken = block->bytes + block->used;
    block->used += len;
    return taken;
}

void arena_free(struct arena **arena)
{
    while (*arena) {
        struct arena *block = *arena;
        *arena = block->next;
        explicit_bzero(block->bytes, block->used);
        free(block);
    }
}
