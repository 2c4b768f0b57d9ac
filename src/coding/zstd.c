/* zstd (RFC 8878), by libzstd. A build without the library still knows the data by its first bytes, to name it. */
#include "coding/coding.h"

/* A frame, or one that decoders skip: programs that pack with several threads begin with such a one. */
static bool accepts(const unsigned char *bytes, size_t len)
{
    if (len < 4)
        return false;
    if (bytes[0] == 0x28 && bytes[1] == 0xb5 && bytes[2] == 0x2f && bytes[3] == 0xfd)
        return true;
    return (bytes[0] & 0xf0) == 0x50 && bytes[1] == 0x2a && bytes[2] == 0x4d && bytes[3] == 0x18;
}

#ifndef HARMILL_WITHOUT_ZSTD

#include <zstd.h>
#include <zstd_errors.h>

struct decode_ctx {
    ZSTD_DStream *stream;
};

struct encode_ctx {
    ZSTD_CStream *stream;
};

static void advance(struct har_coding_io *io, const ZSTD_inBuffer *in, const ZSTD_outBuffer *out)
{
    io->in += in->pos;
    io->in_len -= in->pos;
    io->out += out->pos;
    io->out_len -= out->pos;
}

static enum har_status decode_begin(void *ctx, struct har_error *error)
{
    struct decode_ctx *c = ctx;
    c->stream = ZSTD_createDStream();
    return c->stream ? HAR_OK : har_error_memory(error);
}

static enum har_status decode(void *ctx, struct har_coding_io *io, struct har_error *error)
{
    struct decode_ctx *c = ctx;
    ZSTD_inBuffer in = {io->in, io->in_len, 0};
    ZSTD_outBuffer out = {io->out, io->out_len, 0};
    size_t result = ZSTD_decompressStream(c->stream, &out, &in);
    advance(io, &in, &out);
    if (!ZSTD_isError(result))
        return result ? HAR_OK : HAR_EOF;
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        return har_error_memory(error);
    case ZSTD_error_noForwardProgress_destFull:
    case ZSTD_error_noForwardProgress_inputEmpty:
        return HAR_OK;
    default:
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "the packed data is damaged");
    }
}

static void decode_end(void *ctx)
{
    struct decode_ctx *c = ctx;
    ZSTD_freeDStream(c->stream);
}

/* The content's size stays out of the frame because it is known only when all came in one piece: the bytes must not depend on
 * the pieces. */
static enum har_status encode_begin(void *ctx, struct har_error *error)
{
    struct encode_ctx *c = ctx;
    c->stream = ZSTD_createCStream();
    if (!c->stream || ZSTD_isError(ZSTD_CCtx_setParameter(c->stream, ZSTD_c_checksumFlag, 1)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(c->stream, ZSTD_c_contentSizeFlag, 0)))
        return har_error_memory(error);
    return HAR_OK;
}

static enum har_status encode(void *ctx, struct har_coding_io *io, bool last, struct har_error *error)
{
    struct encode_ctx *c = ctx;
    ZSTD_inBuffer in = {io->in, io->in_len, 0};
    ZSTD_outBuffer out = {io->out, io->out_len, 0};
    /* The end is a call of its own for the same reason. */
    ZSTD_EndDirective directive = last && !io->in_len ? ZSTD_e_end : ZSTD_e_continue;
    size_t result = ZSTD_compressStream2(c->stream, &out, &in, directive);
    advance(io, &in, &out);
    if (!ZSTD_isError(result))
        return directive == ZSTD_e_end && !result ? HAR_EOF : HAR_OK;
    if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
        return har_error_memory(error);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 0, "packing failed");
}

static void encode_end(void *ctx)
{
    struct encode_ctx *c = ctx;
    ZSTD_freeCStream(c->stream);
}

#endif

const struct har_coding har_coding_zstd = {
    .size = sizeof(struct har_coding),
    .name = "zstd",
    .summary = "zstd, one or more frames",
    .suffixes = ".zst",
    .accepts = accepts,
#ifndef HARMILL_WITHOUT_ZSTD
    .decode_ctx_size = sizeof(struct decode_ctx),
    .decode_begin = decode_begin,
    .decode = decode,
    .decode_end = decode_end,
    .encode_ctx_size = sizeof(struct encode_ctx),
    .encode_begin = encode_begin,
    .encode = encode,
    .encode_end = encode_end,
#endif
};
