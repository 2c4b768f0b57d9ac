/* Learned secrets are found again: through all escapes and encodings, in linear time, and in an output that comes in pieces. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "learned.h"
#include "redact/learned.h"
#include "util/base64.h"

Suite *suite_redact_search(void);

static uint64_t proven(struct redact_dictionary *dictionary, struct har_text text, size_t piece)
{
    struct redact_proof *proof = redact_proof_new(dictionary);
    ck_assert_ptr_nonnull(proof);
    bool good = true;
    for (size_t at = 0; at < text.len; at += piece)
        good &= redact_proof_feed(proof, text.bytes + at, text.len - at < piece ? text.len - at : piece);
    ck_assert(good);
    ck_assert_uint_eq(redact_proof_bytes(proof), text.len);
    const uint64_t places = redact_proof_end(proof);
    redact_proof_free(proof);
    return places;
}

/* ---- the view */

START_TEST(escapes_are_decoded_to_any_depth)
{
    static const struct {
        const char *text, *view;
        bool quoted;
    } cases[] = {
        {"plain", "plain", false},
        {"A+B C/d_", "a-b-c_d_", false},
        {"%41%2b", "a-", false},
        {"%252525%32%35" "41", "a", false},
        {"%u0041%u00E9", "a\xc3\xa9", false},
        {"\\u0041\\x42\\u{43}\\n\\\"\\/", "abc\n\"_", false},
        {"\\\\\\\\u0041", "a", false},
        {"\\%75%30041", "a", false},
        {"&amp;lt;&#65;&#x42;&plus;&amp;amp;#67;", "<ab-c", false},
        {"ab=\r\nc=3Dd=\ne", "abc=de", true},
        {"ab=\r\nc=3Dd=\ne", "abc=3dde", false},
        {"ab=\\r\\nc=3Dd", "abc=d", true},
        {"c=3Dd", "c=3dd", true},
        {"c=3d=\n", "c=3d", true},
        {"\\ud83d\\ude00%F0%9F%98%80", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", false},
        {"100% & more \\d", "100%-&-more-\\d", false},
        {"%2", "%2", false},
        {"%%34%31", "a", false},
        {"\\u00e9%C3%A9", "\xc3\xa9\xc3\xa9", false},
        {"&unknown;&#x110000;&;", "&unknown;&#x110000;&;", false},
        {"a && b % c \\ d = e", "a-&&-b-%-c-\\-d-=-e", false},
        {"a long text without any of them and then one %41", "a-long-text-without-any-of-them-and-then-one-a", false},
    };
    struct canon canon = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(canon_make(&canon, text_of(cases[i].text), cases[i].quoted));
        ck_assert_msg(canon.len == strlen(cases[i].view) && !memcmp(canon.bytes, cases[i].view, canon.len), "%s: %.*s",
                      cases[i].text, (int)canon.len, (const char *)canon.bytes);
    }
    canon_release(&canon);
}
END_TEST

START_TEST(escaped_escapes_take_one_pass)
{
    enum { DEPTH = 20000 };
    struct har_buffer text;
    struct canon canon = {0};
    har_buffer_init(&text, 1 << 20);
    bool good = har_buffer_append_char(&text, '%');
    for (unsigned i = 0; i < DEPTH; i++)
        good &= har_buffer_append_text(&text, "25");
    good &= har_buffer_append_text(&text, "41");
    for (unsigned i = 0; i < DEPTH; i++)
        good &= har_buffer_append_char(&text, '\\');
    good &= har_buffer_append_text(&text, "\"x");
    ck_assert(good && canon_make(&canon, (struct har_text){text.data, text.len}, false));
    ck_assert_uint_eq(canon.len, 3);
    ck_assert_mem_eq(canon.bytes, "a\"x", 3);
    ck_assert_uint_eq(canon_source(&canon, 0, text.len), 0);
    ck_assert_uint_eq(canon_source(&canon, 1, text.len), 3 + 2 * DEPTH);
    ck_assert_uint_eq(canon_source(&canon, 2, text.len), text.len - 1);
    ck_assert_uint_eq(canon_source(&canon, 3, text.len), text.len);
    canon_release(&canon);
    har_buffer_release(&text);
}
END_TEST

/* ---- the search */

START_TEST(found_in_any_encoding)
{
    static const char *const secrets[] = {"s3cr3t/Pa+ss w0rd", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    SEARCHED(d, "s3cr3t/Pa+ss w0rd", "redacted-token-1");
    SEARCHED(d, "<S3CR3T/pa+ss w0rd>", "<redacted-token-1>");
    SEARCHED(d, "xs3cr3t/Pa+ss w0rdx", "xredacted-token-1x");
    SEARCHED(d, "q=s3cr3t%2FPa%2Bss+w0rd&x", "q=redacted-token-1&x");
    SEARCHED(d, "q=s3cr3t%252fPa%252bss%2520w0rd&x", "q=redacted-token-1&x");
    SEARCHED(d, "\\\"s3cr3t\\/Pa\\u002bss w0rd\\\"", "\\\"redacted-token-1\\\"");
    SEARCHED(d, "\\\\\\\"s3cr3t\\\\\\/Pa\\\\u002bss w0rd\\\\\\\"", "\\\\\\\"redacted-token-1\\\\\\\"");
    SEARCHED(d, "s3cr3t&#x2f;Pa&#43;ss&nbsp;w0rd;", "redacted-token-1;");
    SEARCHED(d, "s3cr3t%26%23x2f;Pa\\u0026plus;ss w0rd", "redacted-token-1");
    SEARCHED(d, "s3cr3t/P=\r\na+ss w0rd.", "redacted-token-1.");
    SEARCHED(d, "s3cr3t=2FPa=2Bss=\n w0rd.", "redacted-token-1.");
    SEARCHED(d, "7333637233742f50612b73732077307264", "redacted-token-1");
    SEARCHED(d, "x7333637233742F50612B73732077307264x", "xredacted-token-1x");
    SEARCHED(d, "dr0w ss+aP/t3rc3s", "redacted-token-1");
    SEARCHED(d, "nothing at all is here", "nothing at all is here");
    SEARCHED(d, "s3cr3t/Pa+ss w0r", "s3cr3t/Pa+ss w0r");
    SEARCHED(d, "", "");
    redact_dictionary_free(d);
}
END_TEST

/* At each offset, with each neighbour, once and twice encoded, whole and without padding, in both alphabets. */
START_TEST(found_in_base64)
{
    static const char *const secrets[] = {"Xk9mP2qR", "p\xc3\xa4ss>w?rd~~", NULL};
    static const char *const fronts[] = {"", "a", "ab", "user:", "{\"k\":\"", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    struct har_buffer plain, once, twice;
    har_buffer_init(&plain, 1 << 16);
    har_buffer_init(&once, 1 << 16);
    har_buffer_init(&twice, 1 << 16);
    for (size_t i = 0; secrets[i]; i++)
        for (size_t j = 0; fronts[j]; j++)
            for (unsigned form = 0; form < 4; form++) {
                char expected[64];
                har_buffer_clear(&plain);
                har_buffer_clear(&once);
                har_buffer_clear(&twice);
                bool good = har_buffer_append_text(&plain, fronts[j]) && har_buffer_append_text(&plain, secrets[i]) &&
                            har_buffer_append_text(&plain, j % 2 ? "!" : "");
                good &= base64_encode((struct har_text){plain.data, plain.len}, &once);
                good &= form & 1 && !*fronts[j] ? base64_encode((struct har_text){once.data, once.len}, &twice)
                                                : har_buffer_append(&twice, once.data, once.len);
                for (size_t k = 0; k < twice.len && form & 2; k++)
                    twice.data[k] = twice.data[k] == '+' ? '-' : twice.data[k] == '/' ? '_' : twice.data[k];
                while (form & 2 && twice.len && twice.data[twice.len - 1] == '=')
                    twice.len--;
                har_buffer_clear(&plain);
                good &= har_buffer_printf(&plain, "v=%.*s;", (int)twice.len, twice.data);
                snprintf(expected, sizeof expected, "v=redacted-token-%zu;", i + 1);
                ck_assert(good);
                ck_assert_str_eq(searched(d, (struct har_text){plain.data, plain.len}), expected);
            }
    SEARCHED(d, "https://a.example/p/q/WGs5bVAycVI=/r", "https://a.example/p/q/redacted-token-1/r");
    har_buffer_release(&plain);
    har_buffer_release(&once);
    har_buffer_release(&twice);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(the_longest_wins_and_nothing_of_others_stays)
{
    static const char *const secrets[] = {"abcd1234", "abcd12345678", "5678efghij", "abcd123456789xyz", "zz12abcd1234zz", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    SEARCHED(d, "abcd1234", "redacted-token-1");
    SEARCHED(d, "abcd1234567", "redacted-token-1567");
    SEARCHED(d, "abcd12345678", "redacted-token-2");
    SEARCHED(d, "abcd123456789xy", "redacted-token-29xy");
    SEARCHED(d, "abcd123456789xyz", "redacted-token-4");
    SEARCHED(d, "abcd12345678efghij.", "redacted-token-2.");
    SEARCHED(d, "zz12abcd1234zz", "redacted-token-5");
    SEARCHED(d, "abcd1234abcd1234", "redacted-token-1redacted-token-1");
    redact_dictionary_free(d);
}
END_TEST

START_TEST(letters_must_be_a_word)
{
    static const char *const secrets[] = {"qzxkvbnt", "qzxkvbntwpl", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    SEARCHED(d, "qzxkvbnt", "redacted-token-1");
    SEARCHED(d, "a qzxkvbnt.", "a redacted-token-1.");
    SEARCHED(d, "7qzxkvbnt8", "7redacted-token-18");
    SEARCHED(d, "aqzxkvbnt", "aqzxkvbnt");
    SEARCHED(d, "qzxkvbnta", "qzxkvbnta");
    SEARCHED(d, "qzxkvbntwpl", "redacted-token-2");
    SEARCHED(d, "%20qzxkvbnt%61", "%20redacted-token-1%61");
    SEARCHED(d, "\\nqzxkvbnt\\n", "\\nredacted-token-1\\n");
    ck_assert_uint_eq(proven(d, text_of("aqzxkvbnt qzxkvbnta"), 7), 0);
    ck_assert_uint_eq(proven(d, text_of("\\nqzxkvbnt qzxkvbnta"), 7), 1);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(tokens_are_left)
{
    static const char *const secrets[] = {"sess1on-1", "edacted-tok", "redacted", "redacted-token", "-token-3&q=1", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    SEARCHED(d, "redacted-sess-1", "redacted-sess-1");
    SEARCHED(d, "a=redacted-token-3&q=1", "a=redacted-token-3&q=1");
    SEARCHED(d, "xredacted-token-3", "xredacted-token-3");
    SEARCHED(d, "a sess1on-1", "a redacted-token-1");
    ck_assert_uint_eq(proven(d, text_of("a=redacted-token-3&q=1 redacted-session-1 redacted-token-0a1b2c3d4e"), 5), 0);
    ck_assert_uint_eq(proven(d, text_of("redacted sess1on-1"), 5), 1);
    redact_dictionary_free(d);
}
END_TEST

/* What is no secret in the text is none in its spelling. */
START_TEST(an_output_is_searched_as_it_is_spelled)
{
    static const char *const secrets[] = {"nabcdefg1", "0aqwertz77", "aq7zk\",\"k3f9w\":98", "x7k\"z9q-5t12", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    ck_assert_uint_eq(proven(d, text_of("[\"a\\nabcdefg1\"]"), 5), 0);
    ck_assert_uint_eq(proven(d, text_of("[\"a\\\\nabcdefg1\"]"), 5), 1);
    ck_assert_uint_eq(proven(d, text_of("[\"a\\u000aqwertz77\"]"), 5), 0);
    ck_assert_uint_eq(proven(d, text_of("[\"a0aqwertz77\"]"), 5), 1);
    ck_assert_uint_eq(proven(d, text_of("{\"x\":\"aq7zk\",\"k3f9w\":98}"), 5), 0);
    ck_assert_uint_eq(proven(d, text_of("[\"aq7zk\\\",\\\"k3f9w\\\":98\"]"), 5), 1);
    ck_assert_uint_eq(proven(d, text_of("x7k\"z9q-5t12"), 5), 1);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(ends_that_are_cut_and_escapes_of_the_secret)
{
    static const char *const secrets[] = {"ab%2Fcd%2Bef%2", "g\\u0031h\\u0032\\u0033ijkl\\u00", "C:\\new\\tok3n", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    SEARCHED(d, "ab%2Fcd%2Bef%2", "redacted-token-1");
    SEARCHED(d, "ab/cd+ef%2Fgh", "redacted-token-1%2Fgh");
    SEARCHED(d, "g1h23ijkl", "redacted-token-2");
    SEARCHED(d, "C:\\new\\tok3n", "redacted-token-3");
    SEARCHED(d, "C:\\\\new\\\\tok3n", "redacted-token-3");
    SEARCHED(d, "C%3A%5Cnew%5Ctok3n", "redacted-token-3");
    redact_dictionary_free(d);
}
END_TEST

/* Random secrets at random places of random texts, escaped at random: found where they are, and nowhere else. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static bool append_escaped(struct har_buffer *out, const char *text, uint32_t *state)
{
    bool good = true;
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        switch (next_random(state) % 8) {
        case 0:
            good &= har_buffer_printf(out, "%%%02X", c);
            break;
        case 1:
            good &= har_buffer_printf(out, "%%25%02x", c);
            break;
        case 2:
            good &= har_buffer_printf(out, "\\u%04x", c);
            break;
        case 3:
            good &= har_buffer_printf(out, "&#%u;", c);
            break;
        default:
            good &= har_buffer_append_char(out, *text);
        }
    }
    return good;
}

START_TEST(found_wherever_it_is)
{
    enum { SECRETS = 300, TEXTS = 2000, LEN = 12 };
    static char value[SECRETS][LEN + 8];
    struct redact_dictionary *d = unsealed("");
    struct har_buffer text;
    uint32_t state = 8;
    har_buffer_init(&text, 1 << 16);
    for (unsigned i = 0; i < SECRETS; i++) {
        for (unsigned j = 0; j < LEN; j++)
            value[i][j] = "0123456789Gg"[next_random(&state) % (i % 2 ? 12 : 10)];
        snprintf(value[i] + LEN, 8, "w%u", i);
        learn(d, value[i], "token");
    }
    seal(d);
    bool good = true;
    for (unsigned i = 0; i < TEXTS && good; i++) {
        const unsigned which = next_random(&state) % SECRETS;
        const bool escaped = i % 2;
        char front[64], expected[200];
        const size_t len = next_random(&state) % 48;
        for (size_t j = 0; j < len; j++)
            front[j] = "xyz<> .,"[next_random(&state) % 8];
        front[len] = 0;
        har_buffer_clear(&text);
        good = har_buffer_append_text(&text, front);
        good &= escaped ? append_escaped(&text, value[which], &state) : har_buffer_append_text(&text, value[which]);
        good &= har_buffer_append_text(&text, "!...");
        snprintf(expected, sizeof expected, "%sredacted-token-%u!...", front, which + 1);
        good &= strcmp(searched(d, (struct har_text){text.data, text.len}), expected) == 0;
        good &= proven(d, (struct har_text){text.data, text.len}, 1 + i % 31) == 1 && proven(d, text_of(expected), 1 + i % 31) == 0;
    }
    ck_assert_msg(good, "%.*s", (int)text.len, text.data);
    har_buffer_release(&text);
    redact_dictionary_free(d);
}
END_TEST

/* ---- the work is linear: bytes compared, for each byte of the text */

static void count_hits(void *user, const struct hit *hit)
{
    (void)hit;
    ++*(uint64_t *)user;
}

/* Seals, searches a text that repeats `unit`, and returns how many bytes were compared for each of its bytes. */
static double compared(struct redact_dictionary *d, const char *unit, uint64_t *hits)
{
    enum { LEN = 300000 };
    char *text = malloc(LEN);
    const size_t len = strlen(unit);
    for (size_t i = 0; i < LEN; i++)
        text[i] = unit[i % len];
    seal(d);
    struct search search = {.dictionary = d, .text = {text, LEN}, .to = LEN, .hit = count_hits, .user = hits};
    search_run(&search);
    ck_assert(!search.failed);
    free(text);
    redact_dictionary_free(d);
    return (double)search.compared / LEN;
}

enum { WORK = 300 }; /* for each byte at most: a row of 32 bytes compared in each step down a list of 10^3 */

START_TEST(work_is_linear_for_secrets_in_each_other)
{
    struct redact_dictionary *d = unsealed("");
    char value[2100];
    uint64_t hits = 0;
    memset(value, 'a', sizeof value);
    memcpy(value, "a1b2c3", 6);
    for (size_t len = 8; len <= 2000; len += 2)
        ck_assert_int_eq(redact_learn(d, (struct har_text){value, len}, "token", 0, NULL), HAR_OK);
    value[200] = 0;
    ck_assert(compared(d, value, &hits) < WORK);
    ck_assert_uint_gt(hits, 0);
}
END_TEST

START_TEST(work_is_linear_for_a_long_secret_that_nearly_stands_there)
{
    struct redact_dictionary *d = unsealed("");
    const size_t len = 200000;
    char *value = malloc(len);
    uint64_t hits = 0;
    for (size_t i = 0; i < len; i++)
        value[i] = "a1b2"[i % 4];
    value[len - 1] = 'x';
    ck_assert_int_eq(redact_learn(d, (struct har_text){value, len}, "token", 0, NULL), HAR_OK);
    free(value);
    ck_assert(compared(d, "a1b2", &hits) < WORK);
}
END_TEST

START_TEST(work_is_linear_for_secrets_with_one_beginning)
{
    struct redact_dictionary *d = unsealed("");
    char value[80];
    uint64_t hits = 0;
    for (unsigned i = 0; i < 3000; i++) {
        snprintf(value, sizeof value, "0123456789abcdefghijklmnopqrstuvwxyzABCD%05u", i);
        learn(d, value, "token");
    }
    ck_assert(compared(d, "0123456789abcdefghijklmnopqrstuvwxyzABCDx", &hits) < WORK);
    ck_assert_uint_eq(hits, 0);
}
END_TEST

START_TEST(a_long_secret_is_found_whole)
{
    const size_t len = 1 << 20;
    char *text = malloc(len + 20);
    uint32_t state = 5;
    memset(text, '.', len + 20);
    for (size_t i = 10; i < len + 10; i++)
        text[i] = (char)('0' + next_random(&state) % 64);
    struct redact_dictionary *d = unsealed("");
    ck_assert_int_eq(redact_learn(d, (struct har_text){text + 10, len}, "token", 0, NULL), HAR_OK);
    seal(d);
    ck_assert_str_eq(searched(d, (struct har_text){text, len + 20}), "..........redacted-token-1..........");
    ck_assert_uint_eq(proven(d, (struct har_text){text, len + 20}, 65536), 1);
    text[len + 9] = '!'; /* all but its last byte: too much of it */
    ck_assert_uint_eq(proven(d, (struct har_text){text, len + 20}, 65536), 1);
    free(text);
    redact_dictionary_free(d);
}
END_TEST

/* ---- the proof over pieces */

START_TEST(proof_of_pieces)
{
    static const char *const secrets[] = {"Xk9mP2qR", "v3ry-l0ng-s3cret-value-with-many-bytes", NULL};
    struct redact_dictionary *d = dictionary_of(secrets);
    struct har_text text = text_of("{\"a\":\"Xk9mP2qR\",\"b\":\"Xk9m\\u00502qR\",\"c\":"
                                   "\"v3ry%2Dl0ng-s3cret-value-with-many-bytes\"}");
    for (size_t piece = 1; piece <= text.len; piece++)
        ck_assert_uint_eq(proven(d, text, piece), 3);
    ck_assert_uint_eq(proven(d, text_of(""), 1), 0);
    redact_dictionary_free(d);
}
END_TEST

/* A secret at each place around the border of two windows is counted once. */
START_TEST(proof_across_windows)
{
    static const char *const secrets[] = {"Xk9mP2qR", NULL};
    enum { LEN = 600000 };
    struct redact_dictionary *d = dictionary_of(secrets);
    char *text = malloc(LEN);
    unsigned wrong = 0;
    for (size_t at = 523900; at < 526100; at += 50) {
        memset(text, '.', LEN);
        memcpy(text + at, "\\u0058k9mP2qR", 13);
        wrong += proven(d, (struct har_text){text, LEN}, 100000) != 1;
    }
    ck_assert_uint_eq(wrong, 0);
    free(text);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(nothing_learned_is_nothing_found)
{
    struct redact_dictionary *d = unsealed("");
    seal(d);
    SEARCHED(d, "anything at all", "anything at all");
    ck_assert_uint_eq(proven(d, text_of("anything at all"), 3), 0);
    redact_dictionary_free(d);
    redact_dictionary_free(NULL);
    redact_proof_free(NULL);
}
END_TEST

Suite *suite_redact_search(void)
{
    Suite *suite = suite_create("redact_search");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, escapes_are_decoded_to_any_depth);
    tcase_add_test(tcase, escaped_escapes_take_one_pass);
    tcase_add_test(tcase, found_in_any_encoding);
    tcase_add_test(tcase, found_in_base64);
    tcase_add_test(tcase, the_longest_wins_and_nothing_of_others_stays);
    tcase_add_test(tcase, letters_must_be_a_word);
    tcase_add_test(tcase, tokens_are_left);
    tcase_add_test(tcase, an_output_is_searched_as_it_is_spelled);
    tcase_add_test(tcase, ends_that_are_cut_and_escapes_of_the_secret);
    tcase_add_test(tcase, found_wherever_it_is);
    tcase_add_test(tcase, work_is_linear_for_secrets_in_each_other);
    tcase_add_test(tcase, work_is_linear_for_a_long_secret_that_nearly_stands_there);
    tcase_add_test(tcase, work_is_linear_for_secrets_with_one_beginning);
    tcase_add_test(tcase, a_long_secret_is_found_whole);
    tcase_add_test(tcase, proof_of_pieces);
    tcase_add_test(tcase, proof_across_windows);
    tcase_add_test(tcase, nothing_learned_is_nothing_found);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
