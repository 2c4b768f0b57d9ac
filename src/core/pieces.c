/* Copying a body whose pieces change places: small pieces leave together, large ones in blocks. */
#include "core/pieces.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)128 << 10)

struct copy {
    char *block;
    size_t len;
    uint64_t copied;
    const volatile sig_atomic_t *cancel;
    har_write_fn *write;
    void *user;
};

static enum har_status flush(struct copy *copy, struct har_error *error)
{
    if (copy->cancel && *copy->cancel)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
    const enum har_status status = copy->len ? copy->write(copy->user, copy->block, copy->len, error) : HAR_OK;
    copy->len = 0;
    return status;
}

/* `bytes`, or what stands at `offset` of `from`. */
static enum har_status put(struct copy *copy, const struct spool *from, uint64_t offset, const char *bytes, uint64_t len,
                           struct har_error *error)
{
    while (len) {
        enum har_status status = copy->len == BLOCK ? flush(copy, error) : HAR_OK;
        const size_t room = BLOCK - copy->len, part = len < room ? (size_t)len : room;
        if (status == HAR_OK && bytes)
            memcpy(copy->block + copy->len, bytes, part);
        else if (status == HAR_OK)
            status = spool_read(from, offset, copy->block + copy->len, part, error);
        if (status != HAR_OK)
            return status;
        copy->len += part;
        copy->copied += part;
        offset += part;
        bytes = bytes ? bytes + part : NULL;
        len -= part;
    }
    return HAR_OK;
}

static enum har_status refuse(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the pieces of the output do not make up its body");
}

/* What would lose or double a piece has another length than the body. */
static enum har_status put_all(struct copy *copy, const struct pieces *pieces, const struct spool *from, uint64_t base,
                               uint64_t len, struct har_error *error)
{
    uint64_t offset = 0, piece_len = 0;
    enum har_status status;
    for (bool first = true; (status = pieces->next(pieces->user, &offset, &piece_len, error)) == HAR_OK; first = false) {
        if (offset > len || piece_len > len - offset || copy->copied > len)
            return refuse(error);
        if (!first)
            status = put(copy, from, 0, pieces->separator, pieces->separator_len, error);
        if (status == HAR_OK)
            status = put(copy, from, base + offset, NULL, piece_len, error);
        if (status != HAR_OK)
            return status;
    }
    if (status != HAR_EOF)
        return status;
    return copy->copied == len ? flush(copy, error) : refuse(error);
}

enum har_status pieces_copy(const struct pieces *pieces, const struct spool *from, uint64_t base, uint64_t len, har_write_fn *write,
                            void *user, struct har_error *error)
{
    struct copy copy = {.block = malloc(BLOCK), .cancel = pieces->cancel, .write = write, .user = user};
    if (!copy.block)
        return har_error_memory(error);
    const enum har_status status = put_all(&copy, pieces, from, base, len, error);
    free(copy.block);
    return status;
}
