/* What the files of the HTML report share. docs/html.md tells how the file is built and what its data blocks hold. */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <harmill/writer.h>

#include "html/index.h"
#include "html/pack.h"

enum html_bodies { HTML_BODIES_NONE, HTML_BODIES_TEXT, HTML_BODIES_ALL };

/* What was asked for. */
struct html_options {
    enum html_bodies bodies;
    bool all_custom;      /* keep all members whose names start with an underscore, not only those that the report shows */
    bool links;           /* addresses can be clicked */
    bool sort;            /* rows by start */
    uint64_t static_rows; /* rows that are there without JavaScript; UINT64_MAX: all */
    const char *title;    /* NULL: from the input; borrowed from the options */
};

/* What is not in the report although it was in the capture. */
struct html_left {
    uint64_t bodies, body_bytes; /* texts of bodies, form fields and WebSocket messages, and their bytes */
    uint64_t custom;             /* members */
    uint64_t rows;               /* entries behind the bound on memory */
};

/* Members of the log by rows of its table: they come in the input's order, and are put in the specification's. */
enum { HTML_LOG_ROWS = 8 };

/* The context of the writer. */
struct html {
    struct html_options options;
    struct har_sink *sink;
    const struct har_settings *settings;
    struct har_report_to *findings;  /* may be NULL */
    struct har_redaction *redaction; /* NULL: items come as they are */
    struct har_buffer clean;         /* redacted texts: of a finding, then the title */
    uint64_t part;                   /* of a split; 0: of none */
    struct html_left left;
    struct html_index index; /* rows, pages, findings, sources: all that the head and the index block need */
    struct html_pack chunk;  /* entries that are not written yet */
    uint64_t chunks;         /* that were written */
    struct html_pack log;    /* pages, and what the members of the log share with them */
    /* These members, by row: with a comma behind each key, before each value. */
    struct har_buffer log_keys[HTML_LOG_ROWS], log_values[HTML_LOG_ROWS];
    struct json_out body; /* chunks, as they come */
    bool begun;           /* the head is closed for now */
};

/* html.c: the plug-in. options.c reads options. */
enum har_status html_read_options(struct html_options *options, const struct har_option *given, struct har_error *error);

/* leave.c: whether the text of a response's content, which may be NULL, is in the report. */
bool html_keeps_body(const struct har_tree *tree, const struct har_node *content, const struct html_options *options);

/* chunk.c: an entry that has a row in the index, with its findings there; and what is left at the end. */
enum har_status html_chunk_entry(struct html *html, const struct har_tree *tree, struct har_error *error);
enum har_status html_chunk_end(struct html *html, struct har_error *error);

/* log.c: a page or a member of the log. */
enum har_status html_log_page(struct html *html, const struct har_tree *tree, struct har_error *error);
enum har_status html_log_member(struct html *html, const struct har_tree *tree, struct har_error *error);

/* log.c: nothing more comes for the log. False when memory is short. Then the block har-log, its element and all. */
bool html_log_end(struct html *html);
void html_put_log(const struct html *html, struct json_out *out);

/* page.c: everything above the data blocks (HEAD: doctype to the static rows and the skeleton of the application), and everything
 * below the chunks (TAIL: blocks har-log, har-index, har-found, the script). Called by finish, in this order. */
enum har_status html_put_head(struct html *html, struct har_error *error);
enum har_status html_put_tail(struct html *html, struct har_error *error);

#endif
