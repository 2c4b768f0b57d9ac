/* Counting line ends and code points, sixteen bytes at a time where the machine can. */
#include "util/position.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#if defined(__SSE2__)
/* Sum of a vector whose bytes are 0 or 255, counted as 0 or 1; up to 255 of them may be added up before. */
static uint64_t sum(__m128i counts)
{
    const __m128i halves = _mm_sad_epu8(counts, _mm_setzero_si128());
    return (uint64_t)_mm_cvtsi128_si64(halves) + (uint64_t)_mm_cvtsi128_si64(_mm_srli_si128(halves, 8));
}
#endif

/* Line ends, or with `points` code points: the bytes that do not continue a sequence, which as signed bytes are those from -64. */
static inline uint64_t count(const char *bytes, size_t len, bool points)
{
    uint64_t total = 0;
    size_t i = 0;
#if defined(__SSE2__)
    while (len - i >= 16) {
        __m128i counts = _mm_setzero_si128();
        for (int round = 0; round < 255 && len - i >= 16; round++, i += 16) {
            const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
            counts = _mm_sub_epi8(counts, points ? _mm_cmpgt_epi8(v, _mm_set1_epi8(-65)) : _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
        }
        total += sum(counts);
    }
#endif
    for (; i < len; i++)
        total += points ? ((unsigned char)bytes[i] & 0xc0) != 0x80 : bytes[i] == '\n';
    return total;
}

void position_advance(struct har_place *place, const char *bytes, size_t len)
{
    const char *line_end = len ? memrchr(bytes, '\n', len) : NULL;
    const size_t before = line_end ? (size_t)(line_end - bytes) + 1 : 0;
    if (line_end) {
        place->line += count(bytes, before, false);
        place->column = 1;
    }
    place->offset += len;
    place->column += count(bytes + before, len - before, true);
}

struct har_text position_excerpt(const char *bytes, size_t len, size_t at, size_t *excerpt_at)
{
    enum { MOST = 200 }; /* bytes on either side */
    size_t from = at, to = at;
    while (from > 0 && at - from < MOST && bytes[from - 1] != '\n')
        from--;
    while (to < len && to - at < MOST && bytes[to] != '\n')
        to++;
    *excerpt_at = at - from;
    return (struct har_text){bytes + from, to - from};
}
