/* zstd (RFC 8878): one frame or several. A build without the library knows none. */
#include "redact/packed_own.h"

#ifdef HARMILL_WITHOUT_ZSTD

bool packed_is_zstd(struct har_text bytes)
{
    (void)bytes;
    return false;
}

enum packed_result packed_open_zstd(struct har_text bytes, size_t most, struct har_buffer *out)
{
    (void)bytes;
    (void)most;
    (void)out;
    return PACKED_BROKEN;
}

bool packed_close_zstd(struct har_text bytes, struct har_buffer *out)
{
    (void)bytes;
    (void)out;
    return false;
}

#else

#include <string.h>

#include <zstd.h>
#include <zstd_errors.h>

enum { WINDOW_MOST = 26 /* bits: what asks for more would be too big when unpacked */ };

bool packed_is_zstd(struct har_text bytes)
{
    return bytes.len > 4 && !memcmp(bytes.bytes, "\x28\xb5\x2f\xfd", 4);
}

static enum packed_result result_of(size_t code)
{
    return ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation ? PACKED_NO_MEMORY : PACKED_BROKEN;
}

static enum packed_result open_frames(ZSTD_DCtx *zstd, struct har_text bytes, size_t most, struct har_buffer *out)
{
    ZSTD_inBuffer in = {bytes.bytes, bytes.len, 0};
    const size_t begin = out->len;
    for (size_t code = 1;;) {
        const size_t allowed = most - (out->len - begin);
        ZSTD_outBuffer to = {har_buffer_reserve(out, PACKED_ROOM), PACKED_ROOM, 0};
        const size_t before = in.pos;
        if (!to.dst)
            return PACKED_NO_MEMORY;
        code = ZSTD_decompressStream(zstd, &to, &in);
        out->len += to.pos < allowed ? to.pos : allowed;
        if (to.pos > allowed)
            return PACKED_TOO_BIG;
        if (ZSTD_isError(code))
            return result_of(code);
        if (code == 0 && in.pos == in.size)
            return PACKED_WHOLE;
        if (code == 0 && !packed_is_zstd((struct har_text){bytes.bytes + in.pos, bytes.len - in.pos}))
            return PACKED_BROKEN;
        if (in.pos == before && !to.pos)
            return PACKED_BROKEN;
    }
}

enum packed_result packed_open_zstd(struct har_text bytes, size_t most, struct har_buffer *out)
{
    ZSTD_DCtx *const zstd = ZSTD_createDCtx();
    if (!zstd)
        return PACKED_NO_MEMORY;
    const size_t code = ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, WINDOW_MOST);
    const enum packed_result result = ZSTD_isError(code) ? result_of(code) : open_frames(zstd, bytes, most, out);
    ZSTD_freeDCtx(zstd);
    return result;
}

bool packed_close_zstd(struct har_text bytes, struct har_buffer *out)
{
    ZSTD_CCtx *const zstd = ZSTD_createCCtx();
    ZSTD_inBuffer in = {bytes.bytes, bytes.len, 0};
    size_t code = 1;
    while (zstd && code) {
        ZSTD_outBuffer to = {har_buffer_reserve(out, PACKED_ROOM), PACKED_ROOM, 0};
        if (!to.dst)
            break;
        code = ZSTD_compressStream2(zstd, &to, &in, ZSTD_e_end);
        if (ZSTD_isError(code))
            break;
        out->len += to.pos;
    }
    ZSTD_freeCCtx(zstd);
    return zstd && !code;
}

#endif
