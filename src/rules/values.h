/* Views of values that rules of several groups need: whole numbers, headers by name, words without regard to case. */
#ifndef HARMILL_RULES_VALUES_H
#define HARMILL_RULES_VALUES_H

#include "check/semantic.h"

enum count_form {
    COUNT_NONE, /* no number, or one beyond 2^53 */
    COUNT_WHOLE,
    COUNT_FRACTION,
};

/* What kind of number `node` is, NULL too. *count is set with COUNT_WHOLE. */
enum count_form value_count(const struct check *check, const struct har_node *node, int64_t *count);

/* The same for a size: -1 when it is not known, or cannot be. */
int64_t value_size(const struct check *check, const struct har_node *node);

/* The value of the next header of this name, from the element *header on, which is then behind it; NULL when there is none.
 * `name` is in lower case. Begin with semantic_first(). */
const struct har_node *value_header(struct check *check, const struct har_node **header, const char *name, size_t len);

/* Whether `text` is `word`, which is in lower case, but for the case of ASCII letters. */
bool value_is_word(struct har_text text, const char *word, size_t len);

/* The same text without blanks at both ends. */
struct har_text value_trim(struct har_text text);

static inline unsigned char value_lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

#endif
