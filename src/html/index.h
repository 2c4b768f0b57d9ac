/* What is kept of each entry: the row of the table, and what the head needs to know of all of them. */
#ifndef HTML_INDEX_H
#define HTML_INDEX_H

#include <harmill/finding.h>
#include <harmill/writer.h>

#include "json/tree.h"
#include "util/keyset.h"

enum html_phase { HTML_BLOCKED, HTML_DNS, HTML_CONNECT, HTML_SSL, HTML_SEND, HTML_WAIT, HTML_RECEIVE, HTML_PHASES };

/* What an entry is, a closed set: the words of the filter and of the chips. */
#define HTML_TYPES(X) X(document) X(script) X(style) X(image) X(font) X(media) X(data) X(fetch) X(websocket) X(other)

enum html_type {
#define HTML_TYPE_SYMBOL(name) HTML_TYPE_##name,
    HTML_TYPES(HTML_TYPE_SYMBOL)
#undef HTML_TYPE_SYMBOL
        HTML_TYPE_COUNT
};

enum { HTML_NONE = -1 };

/* Flags of a row. */
enum {
    HTML_ROW_FAILED = 1,   /* no answer came (status 0, _error), or status 400 and above */
    HTML_ROW_REDIRECT = 2, /* 3xx with a Location or redirectURL */
    HTML_ROW_CACHED = 4,   /* from a cache */
    HTML_ROW_MESSAGES = 8, /* WebSocket messages */
    HTML_ROW_BODY = 16,    /* the body of the response is in the report */
    HTML_ROW_POSTED = 32,  /* the request had a body */
};

/* Times in tenths of a millisecond. Words by their number in a table of the index. Rows stand in the order in which entries came,
 * so that a row's number is that of its packed value too. */
struct html_row {
    int64_t at;      /* start, since 1970-01-01T00:00Z; HTML_UNDATED: not known */
    int64_t wire;    /* bytes received, headers and body; -1: not known */
    int64_t size;    /* bytes of the body, unpacked; -1 */
    uint64_t origin; /* index in its input */
    uint64_t path;   /* where its path and query begin in `paths` */
    uint32_t path_len;
    uint32_t time;                                       /* HTML_UNTIMED: not known */
    uint32_t phase[HTML_PHASES];                         /* 0: none or not known; connect without ssl */
    int32_t method, host, mime, protocol, address, page; /* HTML_NONE; `host` is an origin: https://cdn.example:8443 */
    uint32_t set;                                        /* of rules that found something here */
    uint32_t source;
    int16_t status; /* -1: not known */
    uint8_t type, flags;
};

#define HTML_UNDATED INT64_MIN
#define HTML_UNTIMED UINT32_MAX

/* A table of words, each there once. */
struct html_words {
    struct keyset set;
    struct har_text *word; /* by number; made by html_index_finish() */
};

enum html_table { HTML_METHODS, HTML_HOSTS, HTML_MIMES, HTML_PROTOCOLS, HTML_ADDRESSES, HTML_TABLES };

/* A text in `texts`. */
struct html_span {
    uint64_t at;
    uint32_t len;
};

struct html_page {
    struct html_span id, title, timings; /* timings as JSON: ["onLoad",12.5],... */
    int64_t at;                          /* as that of a row */
    double content_load, load;           /* milliseconds; -1 */
    uint32_t source;
    int32_t id_number;    /* in page_ids */
    uint64_t rows, bytes; /* of its entries; html_index_finish() */
};

struct html_source {
    struct html_span name;
    unsigned char sha256[32];
    uint64_t bytes, rows, findings;
    int64_t next; /* one more than the largest index of an entry that came */
    bool ended;   /* its bytes and their hash are known */
};

/* Places of one rule that the head shows, the first that came. */
enum { HTML_PLACES = 10 };

struct html_place {
    uint32_t row; /* UINT32_MAX: none */
    struct html_span pointer, message;
};

/* A rule that found something. Its number is the order in which rules did so first. */
struct html_rule {
    enum har_rule rule;
    enum har_level level;
    uint64_t count;
    size_t places;
    struct html_place place[HTML_PLACES];
};

/* A finding about an entry, in the terms of a chunk. */
struct html_note {
    uint32_t source, rule;
    enum har_level level;
    int64_t entry;                 /* index in its input */
    struct har_text pointer;       /* below the entry: "/request/url" */
    struct har_text message;       /* values in it are hidden unless they may be shown */
    const char *done;              /* static; NULL */
    size_t pointer_at, message_at; /* in note_text */
};

/* A finding that is in no chunk. */
struct html_late {
    uint32_t source, rule;
    enum har_level level;
    int64_t entry;
    uint32_t row; /* UINT32_MAX: none; html_index_finish() finds it */
    struct html_span pointer, message;
    const char *done;
};

/* A stretch of time in which nothing was under way. */
struct html_gap {
    int64_t end;  /* in tenths since 1970 */
    uint64_t cut; /* how much of it and of those before bars leave out */
};

/* Only those are shortened that take a twentieth of what is there without the longer ones. */
enum { HTML_GAPS = 20 };

struct html_maker {
    struct html_span name, version;
};

struct html_index {
    struct html_row *row;
    size_t count, cap;
    uint32_t *order;         /* rows as they are shown; made by html_index_finish() */
    uint32_t *number;        /* and back: the place of each row in it */
    struct har_buffer paths; /* decoded, UTF-8 as far as the input is */
    struct har_buffer texts; /* all other texts but words */
    struct html_words table[HTML_TABLES];
    struct keyset page_ids; /* of pages and of entries that name one */
    int32_t *page_of_id;    /* html_index_finish() */
    size_t page_of_ids;
    struct html_page *page;
    size_t pages, pages_cap;
    struct html_source *source;
    size_t sources, sources_cap, last_source;
    size_t common; /* bytes of the folders that all names begin with: nobody's business but who made the report */
    struct html_rule *rule;
    size_t rules, rules_cap;
    uint16_t rule_of[HAR_RULE_COUNT]; /* number plus one; 0: it found nothing */
    struct keyset sets;               /* of rules, as uint16_t; number 0 is the empty one */
    struct html_span *set;            /* in the bytes of `sets`, by number */
    size_t set_count, set_cap;
    struct html_late *late;
    size_t lates, lates_cap;
    uint64_t *chunk; /* the first row of each */
    size_t chunks, chunks_cap;
    struct html_maker creator, browser;
    size_t most;                    /* bytes of all this together */
    uint64_t cut;                   /* entries for which there was no room; once one was cut all behind it are */
    uint64_t unkept;                /* findings that are only counted */
    uint64_t level[4];              /* findings, by enum har_level */
    int64_t start;                  /* the earliest; HTML_UNDATED when nothing has a date */
    uint64_t duration;              /* from there to the latest end */
    struct html_gap gap[HTML_GAPS]; /* ascending */
    size_t gaps;
    uint64_t axis;          /* the duration without what bars leave out of the gaps */
    bool show_values;       /* of strings, in messages */
    struct har_buffer text; /* scratch */
    /* Findings that came for the row that was added last; void with the next call. */
    struct html_note *note;
    size_t notes;
    /* All that wait, those of the last row in front. */
    size_t waiting, waiting_cap;
    struct har_buffer note_text;
};

/* An empty index that holds about `most` bytes. */
void html_index_init(struct html_index *index, uint64_t most, bool show_values);
void html_index_release(struct html_index *index);

/* All of these: false when memory is short. */

/* A MEMBER: what it says about who made the capture. Others are passed over. */
bool html_index_member(struct html_index *index, const struct har_item *item);
bool html_index_page(struct html_index *index, const struct har_item *item);

/* Adds an entry. *row becomes its row, to which the caller adds HTML_ROW_BODY, and index->note its findings; or NULL, when there
 * is no room and the entry shall be in no chunk either. */
bool html_index_entry(struct html_index *index, const struct har_item *item, struct html_row **row);

/* A finding: it waits for its entry, or goes to those that are in no chunk. */
bool html_index_note(struct html_index *index, const struct har_finding *finding);
bool html_index_source(struct html_index *index, const struct har_source *source);

/* A chunk begins with row `first`. */
bool html_index_chunk(struct html_index *index, uint64_t first);

/* Names of inputs may hold what was learned: to be called once, before html_index_finish(). */
bool html_index_redact(struct html_index *index, struct har_redaction *redaction);

/* Nothing more will come: order, numbers, pages of entries, sets. `sort`: by start, rows without one last. */
bool html_index_finish(struct html_index *index, bool sort);

/* Where on the axis of the bars a time stands. */
uint64_t html_index_place(const struct html_index *index, int64_t at);

/* index_notes.c, for index.c: the findings that waited for an entry become index->note, and *set their rules; or nothing comes of
 * them. Then: places and numbers of findings that came late. */
bool html_index_take_notes(struct html_index *index, uint32_t source, int64_t entry, uint32_t *set);
bool html_index_drop_notes(struct html_index *index, uint32_t source, int64_t entry);
bool html_index_finish_notes(struct html_index *index);

/* The rules of a set as uint16_t, in the order of their numbers. */
struct har_text html_index_set(const struct html_index *index, uint32_t set);

/* For them: bytes in use are few enough for `more`; room for one more element of an array, whose address `array` points at; a text,
 * cut when it is long; the number of an input, a new one where none of this name is open (`any`: or one that has ended). */
bool html_index_has_room(const struct html_index *index, size_t more);
bool html_index_grow(void *array, size_t count, size_t *cap, size_t size);
bool html_index_keep(struct html_index *index, struct har_text text, struct html_span *span);
bool html_index_find_source(struct html_index *index, const char *name, bool any, uint32_t *number);

/* The name of an input, without what all have in common. */
struct har_text html_index_source_name(const struct html_index *index, size_t source);

/* The words of a table, once it is finished. "" for HTML_NONE. */
struct har_text html_index_word(const struct html_index *index, enum html_table table, int32_t number);
struct har_text html_index_text(const struct html_index *index, struct html_span span);

/* row.c: fills a row from an entry, but for page, set, source and origin. False when memory is short. */
bool html_row_fill(struct html_index *index, struct html_row *row, const struct har_tree *tree);

/* The start in `text`, in tenths of a millisecond since 1970; HTML_UNDATED. */
int64_t html_row_date(struct har_text text);

/* "document", ... */
const char *html_type_name(enum html_type type);

#endif
