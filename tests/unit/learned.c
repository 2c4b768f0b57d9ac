/* Dictionaries for the tests of redaction. */
#include "learned.h"

struct redact_dictionary *unsealed(const char *key)
{
    struct redact_dictionary *dictionary = redact_dictionary_new(NULL, text_of(key));
    ck_assert_ptr_nonnull(dictionary);
    return dictionary;
}

void learn(struct redact_dictionary *dictionary, const char *value, const char *kind)
{
    ck_assert_int_eq(redact_learn(dictionary, text_of(value), kind, 0, NULL), HAR_OK);
}

void seal(struct redact_dictionary *dictionary)
{
    ck_assert(!redact_sealed(dictionary));
    ck_assert_int_eq(redact_seal(dictionary, NULL), HAR_OK);
    ck_assert(redact_sealed(dictionary));
}

struct redact_dictionary *dictionary_of(const char *const *secrets)
{
    struct redact_dictionary *dictionary = unsealed("");
    for (size_t i = 0; secrets[i]; i++)
        learn(dictionary, secrets[i], "token");
    seal(dictionary);
    return dictionary;
}

const char *searched(struct redact_dictionary *dictionary, struct har_text text)
{
    static struct har_buffer out;
    struct redact_edits edits = {.count = 0};
    out.max = 1 << 26;
    har_buffer_clear(&out);
    redact_search(dictionary, text, &edits);
    redact_edits_settle(&edits, text);
    bool good = !edits.failed && redact_edits_apply(&edits, text, &out);
    for (size_t i = 0; i < edits.count; i++)
        good &= edits.edit[i].propagated && edits.edit[i].rule == REDACT_RULE_PROPAGATED;
    ck_assert(good);
    redact_edits_release(&edits);
    return har_buffer_string(&out);
}
