/* A secret is found wherever it stands: at each place around the ends of blocks and windows, at each distance from an escape, in
 * each spelling, with few secrets and with many. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "learned.h"
#include "redact/learned.h"

Suite *suite_redact_planted(void);

/* Of "Xk9mP2/qRt5". Base64 is widened, so that it ends the stretch of "." around it. */
static const char *const spellings[] = {
    "Xk9mP2/qRt5",         "xK9MP2/QRT5",
    "Xk9mP2%2FqRt5",       "Xk9mP2\\/qRt5",
    "%58k9mP2/qRt5",       "Xk9mP2/qRt%35",
    "\\u0058k9mP2\\/qRt5", "Xk9mP2%25252FqRt5",
    "Xk9mP2&#x2f;qRt5",    "Xk9m=\r\nP2/qRt5",
    "5tRq/2Pm9kX",         "586b396d50322f71527435",
    "WGs5bVAyL3FSdDU=",    "V0dzNWJWQXlMM0ZTZERVPQ==",
    "\\u0058\\u005c\\u0075\\u0030\\u0030\\u0036\\u00629mP2/qRt5", /* "k" twice, character by character */
};
enum { SPELLINGS = sizeof spellings / sizeof *spellings, LONGEST = 51 };

/* How many others are learned decides how long grams are. */
static struct redact_dictionary *with_others(unsigned others, unsigned gram)
{
    struct redact_dictionary *d = unsealed("");
    char other[32];
    learn(d, "Xk9mP2/qRt5", "token");
    for (unsigned i = 0; i < others; i++) {
        snprintf(other, sizeof other, "%08xZ%u", i * 2654435761U, i);
        learn(d, other, "token");
    }
    seal(d);
    ck_assert_uint_eq(d->index.gram, gram);
    return d;
}

/* Where hits are, together. */
struct covered {
    size_t start, end;
};

static void cover(void *user, const struct hit *hit)
{
    struct covered *covered = user;
    covered->start = hit->start < covered->start ? hit->start : covered->start;
    covered->end = hit->end > covered->end ? hit->end : covered->end;
}

/* Whether the search replaces just what stands from `at` on. */
static bool found_at(struct redact_dictionary *d, struct har_text text, size_t at, size_t len)
{
    struct covered covered = {SIZE_MAX, 0};
    struct search search = {.dictionary = d, .text = text, .to = text.len, .quoted = true, .hit = cover, .user = &covered};
    search_run(&search);
    return !search.failed && covered.start <= at && covered.end >= at + len && covered.start + 2 > at && covered.end < at + len + 3;
}

static uint64_t proven(struct redact_dictionary *d, struct har_text text)
{
    struct redact_proof *proof = redact_proof_new(d);
    ck_assert(proof && redact_proof_feed(proof, text.bytes, text.len));
    const uint64_t places = redact_proof_end(proof);
    redact_proof_free(proof);
    return places;
}

/* `escape`, when there is one, stands `distance` bytes before or behind the secret. */
static unsigned missed(struct redact_dictionary *d, size_t len, size_t at, const char *escape, long distance)
{
    char *text = malloc(len);
    unsigned wrong = 0;
    for (unsigned i = 0; i < SPELLINGS; i++) {
        const size_t used = strlen(spellings[i]);
        memset(text, '.', len);
        memcpy(text + at, spellings[i], used);
        if (distance < 0)
            memcpy(text + at - (size_t)-distance - strlen(escape), escape, strlen(escape));
        else
            memcpy(text + at + used + (size_t)distance, escape, strlen(escape));
        const struct har_text whole = {text, len};
        if (!found_at(d, whole, at, used) || !proven(d, whole)) {
            printf("%s at %zu, %s at %ld\n", spellings[i], at, escape, distance);
            wrong++;
        }
    }
    free(text);
    return wrong;
}

static const struct {
    unsigned others, gram;
} sizes[] = {{1, GRAM_LEAST}, {800, GRAM_LEAST + 1}, {30000, GRAM_MOST}};

START_TEST(around_the_ends_of_blocks)
{
    enum { BLOCK = 10080, LEN = 2 * BLOCK + 200 };
    struct redact_dictionary *d = with_others(sizes[_i].others, sizes[_i].gram);
    unsigned wrong = 0;
    for (size_t at = BLOCK - 70; at < BLOCK + 20; at++)
        wrong += missed(d, LEN, at, "", 0) + missed(d, LEN, at, "%41.", -100);
    for (size_t at = 2 * BLOCK - 70; at < 2 * BLOCK + 20; at += 7)
        wrong += missed(d, LEN, at, ".\\n.", 20);
    ck_assert_uint_eq(wrong, 0);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(at_each_distance_from_an_escape)
{
    static const char *const escapes[] = {".%2e.", ".\\n.", ".&amp;.", ".=\n.", ".%.", ".\\u00e9."};
    struct redact_dictionary *d = with_others(sizes[_i].others, sizes[_i].gram);
    const long reach = (long)d->index.farthest + 3 * HEAD;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        for (long distance = 1 - reach; distance < reach; distance++)
            wrong += missed(d, 1000, 400, escapes[i], distance);
    ck_assert_uint_eq(wrong, 0);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(at_each_place_of_short_texts)
{
    struct redact_dictionary *d = with_others(sizes[_i].others, sizes[_i].gram);
    unsigned wrong = 0;
    for (size_t len = LONGEST; len < 120; len++)
        for (size_t at = 0; at + LONGEST <= len; at++)
            wrong += missed(d, len, at, "", 0);
    ck_assert_uint_eq(wrong, 0);
    redact_dictionary_free(d);
}
END_TEST

/* The first window ends there, and what is looked at in it. */
START_TEST(around_the_ends_of_windows)
{
    enum { LEN = 600000, PIECE = 512 << 10, BEFORE = 180 };
    struct redact_dictionary *d = with_others(sizes[_i].others, sizes[_i].gram);
    const size_t carry = d->index.longest * 6 + 1024, ends[] = {BEFORE + PIECE, BEFORE + PIECE + carry};
    char *text = malloc(LEN);
    unsigned wrong = 0;
    for (size_t end = 0; end < 2; end++)
        for (size_t i = 0; i < SPELLINGS; i++)
            for (size_t at = ends[end] - 30 + i % 2; at < ends[end] + 6; at += 2) {
                memset(text, '.', LEN);
                memcpy(text + at, spellings[i], strlen(spellings[i]));
                wrong += proven(d, (struct har_text){text, LEN}) == 0;
            }
    ck_assert_uint_eq(wrong, 0);
    free(text);
    redact_dictionary_free(d);
}
END_TEST

/* All bytes that are kept of secrets count: those with escapes are kept in their canonical form, too. */
START_TEST(canonical_forms_count_as_bytes)
{
    struct redact_dictionary *d = unsealed("");
    learn(d, "Xk9mP2%2FqRt5", "token");
    const uint64_t learned = d->bytes;
    ck_assert_uint_eq(learned, strlen("Xk9mP2%2FqRt5") + strlen("Xk9mP2/qRt5"));
    d->most_bytes = learned + strlen("Xk9mP2/qRt5") - 1;
    struct har_error error = {.text = ""};
    ck_assert_int_eq(redact_seal(d, &error), HAR_FATAL);
    ck_assert_ptr_nonnull(strstr(error.text, "--max-secret-bytes "));
    redact_dictionary_free(d);
}
END_TEST

Suite *suite_redact_planted(void)
{
    Suite *suite = suite_create("redact_planted");
    TCase *tcase = tcase_create("all");
    const int count = sizeof sizes / sizeof *sizes;
    tcase_add_loop_test(tcase, around_the_ends_of_blocks, 0, count);
    tcase_add_loop_test(tcase, at_each_distance_from_an_escape, 0, count);
    tcase_add_loop_test(tcase, at_each_place_of_short_texts, 0, count);
    tcase_add_loop_test(tcase, around_the_ends_of_windows, 0, count);
    tcase_add_test(tcase, canonical_forms_count_as_bytes);
    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    return suite;
}
