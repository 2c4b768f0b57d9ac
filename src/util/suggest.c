/* The distance between words, bounded, for suggestions. */
#include <harmill/suggest.h>

#include <string.h>

enum { WORD_MOST = 40 }; /* longer words are not compared */

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Changes, insertions, deletions and swaps of neighbours that lead from `a` to `b`. */
static size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][WORD_MOST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_len; j++) {
        before[j] = 0;
        above[j] = j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            row[j] = least_of(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_len];
}

void har_suggestion_try(struct har_suggestion *suggestion, const char *candidate)
{
    size_t len = strlen(suggestion->word), candidate_len = strlen(candidate);
    if (len == 0 || len > WORD_MOST || candidate_len > WORD_MOST)
        return;
    size_t distance = edit_distance(suggestion->word, len, candidate, candidate_len);
    bool beginning = len >= 2 && len < candidate_len && memcmp(suggestion->word, candidate, len) == 0;
    size_t limit = candidate_len / 3 > 1 ? candidate_len / 3 : 1;
    if (beginning)
        distance = 1;
    if (distance > limit || (suggestion->best && distance >= suggestion->distance))
        return;
    suggestion->best = candidate;
    suggestion->distance = distance;
}
