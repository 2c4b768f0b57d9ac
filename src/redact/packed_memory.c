/* Memory for libraries that unpack: it holds windows of texts, and is overwritten when it is given back. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "redact/packed_own.h"
#include "util/wipe.h"

union block {
    size_t size;
    max_align_t align;
};

void *packed_take(size_t size)
{
    union block *const block = size < SIZE_MAX - sizeof *block ? malloc(sizeof *block + size) : NULL;
    if (!block)
        return NULL;
    block->size = size;
    return block + 1;
}

void packed_give(void *memory)
{
    union block *const block = memory ? (union block *)memory - 1 : NULL;
    if (block)
        wipe_bytes(memory, block->size);
    free(block);
}
