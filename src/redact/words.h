/* Whether a text is nothing but words: what programs and people call things. */
#ifndef REDACT_WORDS_H
#define REDACT_WORDS_H

#include <harmill/place.h>

enum { WORDS_TRAILING = 2, WORDS_DIGITS = 4 }; /* digits at the end of a word; of a number by itself */

struct words {
    size_t parts; /* words, those of camelCase one by one */
    size_t letters, numbers, digits;
    size_t longest; /* digits of a number, if it is no year */
    size_t tiny;    /* parts of one or two letters that are no words */
};

/* Counts; false: some of the text is no word and no short number. */
bool words_read(struct har_text text, struct words *words);

#endif
