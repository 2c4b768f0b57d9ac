/* What all writers of whole documents share: which member comes when, what is held back until its turn, when the head can be
 * written. How things look is a table of functions of the writer's own. */
#ifndef HARMILL_WRITER_DOCUMENT_H
#define HARMILL_WRITER_DOCUMENT_H

#include <harmill/writer.h>

#include "json/write.h"
#include "writer/sorted.h"

enum document_list {
    DOCUMENT_PAGES,
    DOCUMENT_OTHER_PAGES, /* whose list has another name: the log has a member "pages" already */
    DOCUMENT_ENTRIES,
};

/* How a document is spelled. The document is at level 0, members of it at level 1, those of the log at 2, pages and entries at 3;
 * each function begins its own line. */
struct document_syntax {
    const char *between;                                              /* what separates members and elements: "," or "" */
    void (*whole)(struct json_out *out, const struct har_tree *tree); /* a document that is no object */
    void (*open_document)(struct json_out *out);
    void (*close_document)(struct json_out *out, bool empty);
    void (*open_log)(struct json_out *out);
    void (*close_log)(struct json_out *out, bool empty);
    void (*open_pages)(struct json_out *out,
                       const struct har_tree *tree); /* the root has their key and, if they are the log's, its row */
    void (*open_entries)(struct json_out *out);
    void (*close_list)(struct json_out *out, enum document_list list, bool empty);
    void (*element)(struct json_out *out, enum document_list list, const struct har_tree *tree);
    void (*member)(struct json_out *out, enum har_object of, const struct har_tree *tree); /* of the document or the log */
};

/* Members of the log are held back by rows of its table until their turn comes; entries are not held. */
enum { DOCUMENT_ROWS = 8 };

/* The context of a writer. */
struct document {
    const struct document_syntax *syntax;
    struct har_sink *sink;
    const struct har_settings *settings;
    struct json_out body;               /* entries, and whatever is to be written at once */
    struct json_out log[DOCUMENT_ROWS]; /* each holds members with what separates them */
    struct json_out root, root_custom;  /* members beside the log; those of them that start with an underscore */
    struct json_out document;           /* one that is no object */
    int entries_row;
    unsigned seen;          /* rows of the log that came */
    bool has_log;           /* an object that was streamed */
    bool envelope;          /* and that lay in another object */
    struct json_out *pages; /* where pages that come as items go, while their list is open */
    enum document_list pages_list;
    uint64_t page_count;
    bool entries; /* come as items */
    uint64_t entry_count;
    bool sorts;
    struct sorted sorted;
    bool head_written;
    size_t head_held; /* bytes of the log's members that it was written with */
};

/* Reads the options "indent" and "sort", and prepares all parts; `like` holds what else they have in common. */
enum har_status document_open(struct document *doc, const struct document_syntax *syntax, const struct har_writer_args *args,
                              struct json_out like, struct har_error *error);

/* The rest of struct har_writer; the context is a struct document. */
enum har_status document_item(void *ctx, const struct har_item *item, struct har_error *error);
enum har_status document_finish(void *ctx, struct har_error *error);
void document_close(void *ctx);

#endif
