/* See packed.h. */
#include "redact/packed_own.h"

#include <limits.h>
#include <string.h>

#include <zlib.h>

enum {
    WINDOW = 15,
    AS_GZIP = 16,
    LEVEL = 6,
    MEMORY = 8,
    ROOM = 1 << 16,
    FIRST_ROOM = 512, /* for what turns out to be none at once */
};

enum packed_form packed_form(struct har_text bytes)
{
    const unsigned char *const byte = (const unsigned char *)bytes.bytes;
    if (bytes.len < 3)
        return PACKED_NOT;
    if (byte[0] == 0x1f && byte[1] == 0x8b && byte[2] == Z_DEFLATED)
        return PACKED_GZIP;
    if ((byte[0] & 0xf) == Z_DEFLATED && byte[0] >> 4 <= 7 && ((unsigned)byte[0] << 8 | byte[1]) % 31 == 0 && !(byte[1] & 0x20))
        return PACKED_ZLIB;
    return packed_is_zstd(bytes) ? PACKED_ZSTD : packed_is_utf16(bytes);
}

bool packed_may_be_raw(struct har_text bytes)
{
    const unsigned front = bytes.len ? (unsigned char)bytes.bytes[0] & 7 : 0;
    return front == 3 || front == 5;
}

static voidpf take(voidpf user, uInt items, uInt size)
{
    (void)user;
    return size && items > SIZE_MAX / size ? NULL : packed_take((size_t)items * size);
}

static void give(voidpf user, voidpf memory)
{
    (void)user;
    packed_give(memory);
}

static int bits_of(enum packed_form form)
{
    return form == PACKED_GZIP ? WINDOW + AS_GZIP : form == PACKED_ZLIB ? WINDOW : -WINDOW;
}

/* Takes as much of the input as one call may. */
static void give_input(z_stream *zlib, const char **next, size_t *left)
{
    if (zlib->avail_in || !*left)
        return;
    const size_t len = *left < UINT_MAX ? *left : UINT_MAX;
    zlib->next_in = (Bytef *)(uintptr_t)*next;
    zlib->avail_in = (uInt)len;
    *next += len;
    *left -= len;
}

/* One stream; *rest is what follows it. */
static enum packed_result open_one(z_stream *zlib, struct har_text *rest, size_t most, struct har_buffer *out)
{
    const char *next = rest->bytes;
    size_t left = rest->len, room = FIRST_ROOM;
    const size_t begin = out->len;
    for (int code = Z_OK; code != Z_STREAM_END;) {
        give_input(zlib, &next, &left);
        const size_t allowed = most - (out->len - begin);
        if (room > allowed)
            room = allowed ? allowed : 1; /* it may end here */
        char *const to = har_buffer_reserve(out, room);
        if (!to)
            return PACKED_NO_MEMORY;
        zlib->next_out = (Bytef *)to;
        zlib->avail_out = (uInt)room;
        code = inflate(zlib, Z_NO_FLUSH);
        const size_t made = room - zlib->avail_out;
        if (made && !allowed)
            return PACKED_TOO_BIG;
        out->len += made;
        if (code == Z_MEM_ERROR)
            return PACKED_NO_MEMORY;
        if (code != Z_OK && code != Z_STREAM_END)
            return PACKED_BROKEN;
        if (room < ROOM)
            room *= 2;
    }
    *rest = (struct har_text){(const char *)zlib->next_in, zlib->avail_in + left};
    return PACKED_WHOLE;
}

static enum packed_result open_deflate(struct har_text bytes, enum packed_form form, size_t most, struct har_buffer *out)
{
    z_stream zlib = {.zalloc = take, .zfree = give};
    enum packed_result result;
    const size_t begin = out->len;
    if (inflateInit2(&zlib, bits_of(form)) != Z_OK)
        return PACKED_NO_MEMORY;
    for (;;) {
        result = open_one(&zlib, &bytes, most - (out->len - begin), out);
        if (result != PACKED_WHOLE || form != PACKED_GZIP || packed_form(bytes) != PACKED_GZIP)
            break;
        zlib.next_in = (Bytef *)(uintptr_t)bytes.bytes;
        zlib.avail_in = 0;
        if (inflateReset(&zlib) != Z_OK)
            break;
    }
    inflateEnd(&zlib);
    return result == PACKED_WHOLE && bytes.len ? PACKED_BROKEN : result;
}

static bool close_deflate(struct har_text bytes, enum packed_form form, struct har_buffer *out)
{
    z_stream zlib = {.zalloc = take, .zfree = give};
    const char *next = bytes.bytes;
    size_t left = bytes.len;
    int code = deflateInit2(&zlib, LEVEL, Z_DEFLATED, bits_of(form), MEMORY, Z_DEFAULT_STRATEGY);
    if (code != Z_OK)
        return false;
    while (code == Z_OK) {
        give_input(&zlib, &next, &left);
        char *const to = har_buffer_reserve(out, ROOM);
        if (!to)
            break;
        zlib.next_out = (Bytef *)to;
        zlib.avail_out = ROOM;
        code = deflate(&zlib, left ? Z_NO_FLUSH : Z_FINISH);
        out->len += ROOM - zlib.avail_out;
    }
    deflateEnd(&zlib);
    return code == Z_STREAM_END;
}

enum packed_result packed_open(struct har_text bytes, enum packed_form form, size_t most, struct har_buffer *out)
{
    switch (form) {
    case PACKED_ZSTD:
        return packed_open_zstd(bytes, most, out);
    case PACKED_BROTLI:
        return packed_open_brotli(bytes, most, out);
    case PACKED_UTF16_LITTLE:
    case PACKED_UTF16_BIG:
        return packed_open_utf16(bytes, form == PACKED_UTF16_BIG, out);
    default:
        return open_deflate(bytes, form, most, out);
    }
}

bool packed_close(struct har_text bytes, enum packed_form form, struct har_buffer *out)
{
    switch (form) {
    case PACKED_ZSTD:
        return packed_close_zstd(bytes, out);
    case PACKED_BROTLI:
        return packed_close_brotli(bytes, out);
    case PACKED_UTF16_LITTLE:
    case PACKED_UTF16_BIG:
        return packed_close_utf16(bytes, form == PACKED_UTF16_BIG, out);
    default:
        return close_deflate(bytes, form, out);
    }
}
