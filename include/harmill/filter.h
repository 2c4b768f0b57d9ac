/* Expressions that choose entries: the language of --filter, see docs/filter.md. */
#ifndef HARMILL_FILTER_H
#define HARMILL_FILTER_H

#include <harmill/item.h>
#include <harmill/status.h>

HAR_BEGIN_DECLS

/* Bytes of an expression, tests and connections in it, parentheses and "not" inside each other. */
enum { HAR_FILTER_TEXT_MOST = 16384, HAR_FILTER_STEPS_MOST = 2048, HAR_FILTER_DEPTH_MOST = 64 };

struct har_filter;

/* Reads the expression `text`, NUL-terminated, which may be freed afterwards. HAR_OK: *filter is to be freed with
 * har_filter_free(). HAR_FATAL: *filter is NULL; with HAR_DOMAIN_USAGE the expression is wrong, the text says in which column and
 * what was expected, and *column (which may be NULL) is that column, in code points from 1. */
HAR_API enum har_status har_filter_new(const char *text, struct har_filter **filter, size_t *column, struct har_error *error);

/* NULL is fine. */
HAR_API void har_filter_free(struct har_filter *filter);

/* Whether the expression holds for an entry (for other items it does), to *holds. HAR_FATAL: memory is short, or a regular
 * expression takes more steps than it may; nothing is known then. One call at a time for a filter. */
HAR_API enum har_status har_filter_test(struct har_filter *filter, const struct har_item *item, bool *holds,
                                        struct har_error *error);

HAR_END_DECLS
#endif
