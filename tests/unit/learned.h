/* Dictionaries for the tests of redaction. */
#ifndef TESTS_UNIT_LEARNED_H
#define TESTS_UNIT_LEARNED_H

#include <check.h>
#include <string.h>

#include "redact/dictionary.h"

static inline struct har_text text_of(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

/* Without secrets so far; key "": none. */
struct redact_dictionary *unsealed(const char *key);
void learn(struct redact_dictionary *dictionary, const char *value, const char *kind);
void seal(struct redact_dictionary *dictionary);

/* Sealed, with these as tokens of the kind "token". */
struct redact_dictionary *dictionary_of(const char *const *secrets);

/* What becomes of `text`; holds until the next call. */
const char *searched(struct redact_dictionary *dictionary, struct har_text text);

#define SEARCHED(dictionary, text, expected) ck_assert_str_eq(searched(dictionary, text_of(text)), expected)

#endif
