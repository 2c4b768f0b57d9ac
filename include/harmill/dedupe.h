/* Entries that were met before, over one input or several. */
#ifndef HARMILL_DEDUPE_H
#define HARMILL_DEDUPE_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

struct har_dedupe;

/* Remembers 16 bytes for each entry; one run at a time. Two entries are the same when all that would be written of them is. NULL
 * when memory is short. Free with har_dedupe_free(); NULL is fine there. */
HAR_API struct har_dedupe *har_dedupe_new(void);
HAR_API void har_dedupe_free(struct har_dedupe *dedupe);

/* Entries that were dropped so far. */
HAR_API uint64_t har_dedupe_dropped(const struct har_dedupe *dedupe);

HAR_END_DECLS
#endif
