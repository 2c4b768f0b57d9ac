/* What somebody probably meant who wrote a word that is none. */
#ifndef HARMILL_SUGGEST_H
#define HARMILL_SUGGEST_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

/* Start with `best` NULL; both texts are borrowed. */
struct har_suggestion {
    const char *word;
    const char *best; /* the nearest candidate so far; NULL when none is near */
    size_t distance;
};

/* Takes `candidate` when it is near enough to the word, and nearer than the best so far. */
HAR_API void har_suggestion_try(struct har_suggestion *suggestion, const char *candidate);

HAR_END_DECLS
#endif
