/* gzip (RFC 1952) and zlib (RFC 1950), both by zlib. Packed output holds no time, no name and no operating system. */
#define ZLIB_CONST
#include <zlib.h>

#include <limits.h>

#include "coding/coding.h"

#define WINDOW_BITS 15
#define GZIP_BITS   (WINDOW_BITS + 16) /* zlib's way to ask for the gzip wrapper */
#define MEMORY      8
#define OS_UNKNOWN  255

struct decode_ctx {
    z_stream stream;
    bool begun;
};

struct encode_ctx {
    z_stream stream;
    gz_header header; /* zlib keeps a pointer to it */
    bool begun;
};

/* zlib counts in unsigned int. */
static uInt part(size_t len)
{
    return len > UINT_MAX ? UINT_MAX : (uInt)len;
}

/* One call of inflate() or deflate() with `io` moved on by what it took and gave. */
static int step(z_stream *stream, int (*work)(z_stream *, int), int flush, struct har_coding_io *io)
{
    uInt in = part(io->in_len), out = part(io->out_len);
    stream->next_in = io->in;
    stream->avail_in = in;
    stream->next_out = io->out;
    stream->avail_out = out;
    int result = work(stream, flush);
    io->in += in - stream->avail_in;
    io->in_len -= in - stream->avail_in;
    io->out += out - stream->avail_out;
    io->out_len -= out - stream->avail_out;
    return result;
}

static enum har_status decode_begin(struct decode_ctx *ctx, int bits, struct har_error *error)
{
    if (inflateInit2(&ctx->stream, bits) != Z_OK)
        return har_error_memory(error);
    ctx->begun = true;
    return HAR_OK;
}

static enum har_status gzip_decode_begin(void *ctx, struct har_error *error)
{
    return decode_begin(ctx, GZIP_BITS, error);
}

static enum har_status zlib_decode_begin(void *ctx, struct har_error *error)
{
    return decode_begin(ctx, WINDOW_BITS, error);
}

static enum har_status decode(void *ctx, struct har_coding_io *io, struct har_error *error)
{
    struct decode_ctx *c = ctx;
    switch (step(&c->stream, inflate, Z_NO_FLUSH, io)) {
    case Z_OK:
    case Z_BUF_ERROR: /* nothing could be done without more input or room */
        return HAR_OK;
    case Z_STREAM_END:
        inflateReset(&c->stream);
        return HAR_EOF;
    case Z_MEM_ERROR:
        return har_error_memory(error);
    default:
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "the packed data is damaged");
    }
}

static void decode_end(void *ctx)
{
    struct decode_ctx *c = ctx;
    if (c->begun)
        inflateEnd(&c->stream);
}

static enum har_status encode_begin(struct encode_ctx *ctx, int bits, struct har_error *error)
{
    if (deflateInit2(&ctx->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, bits, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return har_error_memory(error);
    ctx->begun = true;
    ctx->header.os = OS_UNKNOWN;
    if (bits == GZIP_BITS)
        deflateSetHeader(&ctx->stream, &ctx->header);
    return HAR_OK;
}

static enum har_status gzip_encode_begin(void *ctx, struct har_error *error)
{
    return encode_begin(ctx, GZIP_BITS, error);
}

static enum har_status zlib_encode_begin(void *ctx, struct har_error *error)
{
    return encode_begin(ctx, WINDOW_BITS, error);
}

static enum har_status encode(void *ctx, struct har_coding_io *io, bool last, struct har_error *error)
{
    struct encode_ctx *c = ctx;
    /* Finishing is asked for only with the whole rest in sight. */
    int flush = last && io->in_len <= UINT_MAX ? Z_FINISH : Z_NO_FLUSH;
    switch (step(&c->stream, deflate, flush, io)) {
    case Z_OK:
    case Z_BUF_ERROR:
        return HAR_OK;
    case Z_STREAM_END:
        return HAR_EOF;
    default:
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 0, "packing failed");
    }
}

static void encode_end(void *ctx)
{
    struct encode_ctx *c = ctx;
    if (c->begun)
        deflateEnd(&c->stream);
}

static bool gzip_accepts(const unsigned char *bytes, size_t len)
{
    return len >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

/* Deflate with the usual window of 32 KiB, a right header check and no preset dictionary: 78 and one of 01, 5e, 9c, da. Of
 * these only "x^" is text, and no JSON or JSONP begins with that. */
static bool zlib_accepts(const unsigned char *bytes, size_t len)
{
    return len >= 2 && bytes[0] == 0x78 && (bytes[0] << 8 | bytes[1]) % 31 == 0 && !(bytes[1] & 0x20);
}

const struct har_coding har_coding_gzip = {
    .size = sizeof(struct har_coding),
    .name = "gzip",
    .summary = "gzip, one or more members",
    .suffixes = ".gz",
    .accepts = gzip_accepts,
    .decode_ctx_size = sizeof(struct decode_ctx),
    .decode_begin = gzip_decode_begin,
    .decode = decode,
    .decode_end = decode_end,
    .encode_ctx_size = sizeof(struct encode_ctx),
    .encode_begin = gzip_encode_begin,
    .encode = encode,
    .encode_end = encode_end,
};

const struct har_coding har_coding_zlib = {
    .size = sizeof(struct har_coding),
    .name = "zlib",
    .summary = "zlib stream, as in .zhar files",
    .suffixes = ".zhar",
    .accepts = zlib_accepts,
    .decode_ctx_size = sizeof(struct decode_ctx),
    .decode_begin = zlib_decode_begin,
    .decode = decode,
    .decode_end = decode_end,
    .encode_ctx_size = sizeof(struct encode_ctx),
    .encode_begin = zlib_encode_begin,
    .encode = encode,
    .encode_end = encode_end,
};
