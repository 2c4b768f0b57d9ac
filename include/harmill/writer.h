/* From items to bytes: a plug-in. README, "Adding a writer", shows a whole one. */
#ifndef HARMILL_WRITER_H
#define HARMILL_WRITER_H

#include <harmill/finding.h>
#include <harmill/item.h>
#include <harmill/option.h>
#include <harmill/sink.h>
#include <harmill/spec.h>

HAR_BEGIN_DECLS

struct har_report_to;
struct har_redaction;

struct har_writer_args {
    size_t size;
    struct har_sink *sink;
    const struct har_option *options;
    const struct har_settings *settings;
    void *user; /* the caller's, as its struct har_output says */
    /* For har_report_finding() of <harmill/format.h>, from open to finish; may be NULL. HAR_RULE_TOO_LARGE with HAR_REPAIR_LOSS
     * says that something is left out for want of room: the output is written, summary->dropped counts it and the program ends
     * with 1; without a repair nothing would be written. What a writer tells comes to its own `finding`, too, before
     * har_report_finding() returns; not what it tells in open or in `finding`. In a merge only item, finding and source can tell
     * something. */
    struct har_report_to *findings;
    uint64_t part; /* of a split, from 1; 0: the output is a whole */
    /* What was taken out of the items, see <harmill/redact.h>; its totals are final when `finish` is called. NULL: nothing was. */
    struct har_redaction *redaction;
};

/* An input that was read to its end. Borrowed until the callback that received it returns. */
struct har_source {
    size_t size;
    const char *name;         /* the input's display name, as findings and items have it */
    uint64_t bytes;           /* of the input, unpacked */
    unsigned char sha256[32]; /* of these bytes (FIPS 180-4) */
};

/* See struct har_reader for contexts and the order of calls. Items have been checked before they come here, so that
 * har_node_spec() and har_node_object() know them. */
struct har_writer {
    size_t size;
    const char *name;
    const char *summary;
    const char *extensions; /* blank-separated; the first is what -o DIR/ gives its files */
    const struct har_option_row *options;
    size_t ctx_size;
    enum har_status (*open)(void *ctx, const struct har_writer_args *args, struct har_error *error);
    enum har_status (*item)(void *ctx, const struct har_item *item, struct har_error *error);
    enum har_status (*finish)(void *ctx, struct har_error *error); /* after the last item, when nothing failed */
    void (*close)(void *ctx);
    /* Both may be NULL. Every finding comes here that is not off and not in a baseline, wanted by others or not, until one makes
     * the output impossible. It comes before the item that it is about, or later, when it had to wait for other items; the first
     * may come before DOC_BEGIN. Its `source` and `entry` are the `source` and `origin` of that item, which may never come
     * (filters leave entries out). HAR_FATAL ends the run, as it does in item. */
    enum har_status (*finding)(void *ctx, const struct har_finding *finding, struct har_error *error);
    /* Once for each input, behind its last item and before finish. Hashing costs time: it is done for writers only that ask. */
    enum har_status (*source)(void *ctx, const struct har_source *source, struct har_error *error);
};

HAR_END_DECLS
#endif
