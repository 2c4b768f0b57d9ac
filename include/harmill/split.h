/* One capture becomes several: by page, by host, or a number of entries each. */
#ifndef HARMILL_SPLIT_H
#define HARMILL_SPLIT_H

#include <harmill/convert.h>

HAR_BEGIN_DECLS

struct har_split;

enum { HAR_SPLIT_PARTS_MOST = 65536, HAR_SPLIT_OPEN_MOST = 80 };

enum har_split_by {
    HAR_SPLIT_BY_PAGE,  /* a part for each page, in the order of the pages, then one for the entries without */
    HAR_SPLIT_BY_HOST,  /* of request.url, in lower case; parts in the order in which hosts first appear */
    HAR_SPLIT_BY_COUNT, /* so many entries each, in the order in which they are read */
};

/* Makes the sink for part number `part`, from 0: new, taken over, committed when the part is whole. */
typedef enum har_status har_split_open_fn(void *user, uint64_t part, struct har_sink **sink, struct har_error *error);

/* Everything is borrowed until har_split_free(). */
struct har_split_args {
    size_t size;
    enum har_split_by by;
    uint64_t entries; /* with HAR_SPLIT_BY_COUNT: at least 1 */
    const struct har_writer *writer;
    const struct har_option *options;    /* of the writer; may be NULL */
    const struct har_settings *settings; /* NULL: defaults */
    har_split_open_fn *open;
    void *user;
    struct har_redaction *redaction; /* that of the runs: the parts are proven, too; NULL: none */
};

struct har_split_part {
    bool named;           /* it is of a page or a host; false for numbers, and for the entries without page */
    struct har_text name; /* the page's id or the host, as the inside of a JSON string; "" for urls without host */
    uint64_t entries;
    const char *first; /* the earliest startedDateTime in it, as read; "" when none can be understood */
};

/* The same run is made several times. The first one counts, and nothing is written: parts, their entries, what all of them repeat
 * (the log's members, the pages that their entries refer to). Then, while har_split_left() is not 0, each run writes parts, at
 * most HAR_SPLIT_OPEN_MOST at a time; a part is closed and put in place as soon as its last entry is written. Every entry comes
 * into one part; pages that no entry refers to are in the first, and an input without entries gives one part.
 *
 * A writer that has `finding` is told, in each part, what was found in the entries of that part; not what was found in the capture
 * as a whole, and not what is known only behind the entry. One that has `source` is told of the input in each part.
 *
 * A run ends with HAR_FATAL when there are more than HAR_SPLIT_PARTS_MOST parts, or when the input is not the one that was counted.
 * After a failure *split is NULL. */
HAR_API enum har_status har_split_new(struct har_split **split, const struct har_split_args *args, struct har_error *error);
HAR_API void har_split_free(struct har_split *split);

/* The output for the next run of har_convert(). */
HAR_API struct har_output har_split_output(struct har_split *split);

/* Parts altogether, known after the first run; those that are not in place yet. */
HAR_API uint64_t har_split_parts(const struct har_split *split);
HAR_API uint64_t har_split_left(const struct har_split *split);

/* One of them; its texts are borrowed from `split`. False when there is none. */
HAR_API bool har_split_part(const struct har_split *split, uint64_t part, struct har_split_part *info);

HAR_END_DECLS
#endif
