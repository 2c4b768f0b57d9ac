/* What is in a capture, counted item by item: who wrote it, when, hosts, methods, statuses, types, bytes, bodies. */
#ifndef HARMILL_OVERVIEW_H
#define HARMILL_OVERVIEW_H

#include <harmill/item.h>

HAR_BEGIN_DECLS

struct har_overview;

/* By what entries are counted. */
enum har_tally {
    HAR_TALLY_HOST,   /* of request.url, lower case, without port */
    HAR_TALLY_METHOD, /* request.method as written */
    HAR_TALLY_STATUS, /* response.status as written: "200", "0" */
    HAR_TALLY_TYPE,   /* of content.mimeType: "document", "script", "style", "image", "font", "media", "data", "other", "unknown" */
    HAR_TALLY_COUNT
};

/* Different names of a tally that are told apart; entries of further ones are counted together. */
#define HAR_TALLY_MOST 4096

struct har_tally_row {
    struct har_text name; /* UTF-8 as far as the input is; borrowed from the overview, cut at 255 bytes */
    uint64_t entries;
    uint64_t bytes; /* received bodies, as far as known */
};

/* An instant or a length of time. */
struct har_instant {
    int64_t seconds; /* since 1970-01-01T00:00:00Z */
    uint32_t nanoseconds;
};

/* Who wrote it; texts are UTF-8, NUL-terminated, cut at 127 bytes, "" where there is none. */
struct har_overview_maker {
    char name[128], version[128];
};

struct har_overview_facts {
    size_t size;
    struct har_overview_maker creator, browser;
    bool dated;                     /* some entry has a date: the two below count */
    struct har_instant first, last; /* the earliest start; the latest end, as start plus time */
    uint64_t pages, entries;
    uint64_t sent, received;        /* bytes on the wire: headers and bodies, where the sizes are known */
    uint64_t content;               /* bytes of response bodies, decoded */
    uint64_t with_body, kept;       /* responses whose size is not 0; those of them whose text is there */
    uint64_t posts, posts_kept;     /* requests with postData; with text or params in it */
    uint64_t cookies;               /* entries with cookies, as members or headers */
    uint64_t authorized;            /* entries with an Authorization or Proxy-Authorization header */
    uint64_t web_sockets;           /* entries with messages of a WebSocket */
};

/* An empty overview, to be freed with har_overview_free(). NULL when memory is short. */
HAR_API struct har_overview *har_overview_new(void);

/* NULL is fine. */
HAR_API void har_overview_free(struct har_overview *overview);

/* Counts an item that the rules have seen (har_job.on_item). False when memory is short. */
HAR_API bool har_overview_add(struct har_overview *overview, const struct har_item *item);

/* What was counted so far; borrowed until the next call. */
HAR_API const struct har_overview_facts *har_overview_facts(const struct har_overview *overview);

/* The rows of a tally, most entries first, equal ones by name; *count says how many. *others (which may be NULL) becomes the number
 * of entries whose name had no room. Borrowed until the next call for this overview; NULL when memory is short. */
HAR_API const struct har_tally_row *har_overview_tally(struct har_overview *overview, enum har_tally tally, size_t *count,
                                                       uint64_t *others);

HAR_END_DECLS
#endif
