/* The last bytes of a text are looked at place by place, all others first by tables: both ways find the same places. */
#include <check.h>
#include <string.h>

#include "redact/rules_in.h"

Suite *suite_redact_trigger(void);

enum { TEXTS = 100000, BY_PLACE = 11 /* bytes at the end that are looked at place by place */, TEXT_MOST = 64 };

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static const char *const betweens[] = {"", "", "", "", "_", "-", ".", " ", "[", "]", ":", "$", "\"", "=", "/", "x", "7",
                                       "\xc3\xa9"};

/* A word, a header or a literal; wild cards are made some digit. */
static const char *some_name(const struct har_redact_rules *rules, uint32_t *state)
{
    const uint32_t random = next_random(state);
    if (random % 8 < 5) {
        const struct word *word = &rules->word[next_random(state) % rules->words];
        return word->spelled && random & 0x100 ? word->spelled : word->text;
    }
    return random % 8 < 6 ? rules->header[next_random(state) % rules->headers].text
                          : rules->pattern[next_random(state) % rules->patterns].literals;
}

static size_t put_between(char *text, uint32_t *state)
{
    const char *between = betweens[next_random(state) % (sizeof betweens / sizeof *betweens)];
    memcpy(text, between, strlen(between));
    return strlen(between);
}

/* A name, with capitals, something in it and around it; cut. */
static size_t make_text(const struct har_redact_rules *rules, char *text, uint32_t *state)
{
    const char *name = some_name(rules, state);
    const unsigned cut = next_random(state) % 12;
    size_t len = put_between(text, state);
    for (size_t i = 0; name[i] && len < BY_PLACE; i++) {
        if (i && i == cut)
            len += put_between(text + len, state);
        char c = name[i] <= '\2' && name[i] > '\0' ? "0123456789"[next_random(state) % 10] : name[i];
        if (c >= 'a' && c <= 'z' && next_random(state) % 8 == 0)
            c -= 'a' - 'A';
        text[len++] = c;
    }
    len += put_between(text + len, state);
    return len < BY_PLACE ? len : BY_PLACE;
}

static uint64_t places(const struct har_redact_rules *rules, struct har_text text, size_t end)
{
    uint64_t found = 0;
    for (size_t at = 0; (at = redact_trigger(rules, text, at)) < end; at++)
        found |= UINT64_C(1) << at;
    return found;
}

START_TEST(both_ways_find_the_same_places)
{
    struct har_redact_rules *rules = NULL;
    struct har_error error;
    uint32_t state = 2463534242u;
    unsigned some = 0;
    ck_assert_int_eq(har_redact_rules_new(&rules, &error), HAR_OK);
    for (unsigned i = 0; i < TEXTS; i++) {
        char text[TEXT_MOST];
        const size_t len = make_text(rules, text, &state);
        const uint64_t by_place = places(rules, (struct har_text){text, len}, len);
        memcpy(text + len, "~~~~~~~~~~~~~~~~~~~~", 20);
        const uint64_t by_table = places(rules, (struct har_text){text, len + 20}, len);
        ck_assert_msg(by_place == by_table, "<%.*s>: %llx, not %llx", (int)len, text, (unsigned long long)by_table,
                      (unsigned long long)by_place);
        some += by_place != 0;
    }
    ck_assert_uint_gt(some, TEXTS / 4);
    har_redact_rules_free(rules);
}
END_TEST

Suite *suite_redact_trigger(void)
{
    Suite *suite = suite_create("redact_trigger");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, both_ways_find_the_same_places);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
