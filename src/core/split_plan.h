/* Which entries and pages belong to which part: counted in a first reading. */
#ifndef CORE_SPLIT_PLAN_H
#define CORE_SPLIT_PLAN_H

#include <harmill/split.h>

#include "core/kept.h"
#include "util/iso8601.h"
#include "util/keyset.h"

enum { SPLIT_DATE_MOST = 40 };

/* Entries that go into one part: of one host, one pageref (number 0: of none), or so many. */
struct split_row {
    uint64_t entries;
    char first[SPLIT_DATE_MOST]; /* startedDateTime, the earliest */
    struct iso8601 first_at;
    uint32_t part; /* by page: once planned */
};

/* An id of pages, as pages and pagerefs have it. */
struct split_id {
    bool used;      /* by an entry */
    uint32_t pages; /* the first page that has it, plus one; once planned */
};

/* A part, once planned. Texts are in the set of names. */
struct split_part {
    bool named;
    uint32_t id; /* by page: of its page */
    size_t name_at, name_len;
    uint64_t entries;
    const char *first;
};

struct split_plan {
    enum har_split_by by;
    uint64_t each;    /* entries of a part */
    uint64_t most;    /* bytes */
    uint64_t bytes;   /* of what is kept and of rows and pairs */
    uint64_t entries; /* so far, in the current reading */

    struct kept_list members, pages;
    struct keyset hosts, ids;
    struct split_row *row; /* by host: of the set's keys; by page: row i + 1 of those of ids */
    size_t rows, row_cap;
    struct split_id *id;
    size_t id_cap;
    uint64_t *pair; /* an id that entries of a row refer to: row << 32 | id; sorted once planned. Not by page */
    size_t pairs, pair_cap;
    uint32_t *page_id;   /* of each page; UINT32_MAX for one without; once planned */
    uint32_t *next_page; /* the next one of the same id, plus one */

    struct split_part *part;
    size_t parts;
    struct har_buffer scratch;
};

/* Zeroed but for `by`, `each` and `most` it may be begun. */
void split_plan_begin(struct split_plan *plan);
void split_plan_release(struct split_plan *plan);

/* In the first reading: counts an entry, keeps a member or page. */
enum har_status split_plan_item(struct split_plan *plan, const struct har_item *item, struct har_error *error);

/* Behind its end. */
enum har_status split_plan_make(struct split_plan *plan, struct har_error *error);

/* In a later reading, entry by entry: its part. HAR_FATAL for one that was not counted. */
enum har_status split_plan_part(struct split_plan *plan, const struct har_item *item, uint32_t *part, struct har_error *error);

/* The pages of a part: indices, ascending, to be freed. */
enum har_status split_plan_pages(const struct split_plan *plan, uint32_t part, size_t **pages, size_t *count,
                                 struct har_error *error);

#endif
