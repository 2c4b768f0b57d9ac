/* brotli (RFC 7932). Unpacking is the library's, which a build may be without. What is packed again is stored as it is, in blocks
 * that are not compressed: that needs no encoder, and its bytes depend on no library's version. */
#include "redact/packed_own.h"

#include <string.h>

#ifdef HARMILL_WITHOUT_BROTLI

enum packed_result packed_open_brotli(struct har_text bytes, size_t most, struct har_buffer *out)
{
    (void)bytes;
    (void)most;
    (void)out;
    return PACKED_BROKEN;
}

#else

#include <brotli/decode.h>

enum { SURELY = 1 << 12 /* bytes that are not made of what is something else */ };

static void *take(void *user, size_t size)
{
    (void)user;
    return packed_take(size);
}

static void give(void *user, void *memory)
{
    (void)user;
    packed_give(memory);
}

static enum packed_result open_stream(BrotliDecoderState *brotli, struct har_text bytes, size_t most, struct har_buffer *out)
{
    const uint8_t *next = (const uint8_t *)bytes.bytes;
    size_t left = bytes.len;
    const size_t begin = out->len;
    for (;;) {
        const size_t allowed = most - (out->len - begin);
        uint8_t *to = (uint8_t *)har_buffer_reserve(out, PACKED_ROOM);
        size_t room = PACKED_ROOM;
        if (!to)
            return PACKED_NO_MEMORY;
        const BrotliDecoderResult result = BrotliDecoderDecompressStream(brotli, &left, &next, &room, &to, NULL);
        const size_t made = PACKED_ROOM - room;
        out->len += made < allowed ? made : allowed;
        if (made > allowed)
            return PACKED_TOO_BIG;
        if (result == BROTLI_DECODER_RESULT_SUCCESS && !left)
            return PACKED_WHOLE;
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            continue;
        const BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(brotli);
        if (result == BROTLI_DECODER_RESULT_ERROR && code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
            code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES)
            return PACKED_NO_MEMORY;
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            return PACKED_CUT;
        if (out->len - begin < SURELY)
            out->len = begin;
        return PACKED_BROKEN;
    }
}

enum packed_result packed_open_brotli(struct har_text bytes, size_t most, struct har_buffer *out)
{
    BrotliDecoderState *const brotli = BrotliDecoderCreateInstance(take, give, NULL);
    const enum packed_result result = brotli ? open_stream(brotli, bytes, most, out) : PACKED_NO_MEMORY;
    BrotliDecoderDestroyInstance(brotli);
    return result;
}

#endif

/* A window of 16 bits is one bit, 0. Then blocks: not the last one, four digits of four bits for their length less one, not
 * compressed, up to the end of a byte. At the end a block that is the last and empty. */
bool packed_close_brotli(struct har_text bytes, struct har_buffer *out)
{
    enum { BLOCK = 1 << 16, ISLAST = 1, NIBBLES = 2, LENGTH = 16, UNCOMPRESSED = 1 };
    bool good = true;
    for (size_t at = 0; at < bytes.len && good; at += BLOCK) {
        const size_t len = bytes.len - at < BLOCK ? bytes.len - at : BLOCK;
        uint32_t bits = (uint32_t)(len - 1) << (ISLAST + NIBBLES) | (uint32_t)UNCOMPRESSED << (ISLAST + NIBBLES + LENGTH);
        if (at == 0)
            bits <<= 1;
        const char head[] = {(char)(bits & 0xff), (char)(bits >> 8 & 0xff), (char)(bits >> 16 & 0xff)};
        good = har_buffer_append(out, head, sizeof head) && har_buffer_append(out, bytes.bytes + at, len);
    }
    return good && har_buffer_append_char(out, bytes.len ? 3 : 6);
}
