/* From item to item: a plug-in between the rules and the writers. */
#ifndef HARMILL_TRANSFORM_H
#define HARMILL_TRANSFORM_H

#include <harmill/format.h>
#include <harmill/mend.h>

HAR_BEGIN_DECLS

struct har_summary;
struct har_redaction;

struct har_transform_args {
    size_t size;
    const struct har_option *options;
    const struct har_settings *settings;
    struct har_input *input;         /* for what lies beside the capture: har_input_attachment() */
    struct har_report_to *findings;  /* for har_report_finding() */
    /* Counts what was changed: summary->mend_count. */
    void (*mended)(void *core, enum har_mend mend);
    /* Hands an item of the transform's own to what comes behind it, in front of the one that it was called with: a member that
     * was missing, at DOC_END. HAR_FATAL ends the run. */
    enum har_status (*pass)(void *core, struct har_item *item, struct har_error *error);
    /* Counts a page or entry with an id that was asked for: summary->found. */
    void (*found)(void *core);
    void *core; /* for these functions */
    struct har_redaction *redaction; /* of the run; NULL: nothing is redacted */
};

/* See struct har_reader for contexts and the order of calls. */
struct har_transform {
    size_t size;
    const char *name;
    const char *summary;
    const struct har_option_row *options;
    size_t ctx_size;
    enum har_status (*open)(void *ctx, const struct har_transform_args *args, struct har_error *error);
    /* HAR_OK: the item goes on, changed or not. HAR_FAILED: it is dropped, on purpose; only PAGE, ENTRY and MEMBER may be. */
    enum har_status (*item)(void *ctx, struct har_item *item, struct har_error *error);
    void (*close)(void *ctx);
    /* Judges options before any input is opened: HAR_FATAL with HAR_DOMAIN_USAGE when one is wrong. May be NULL. */
    enum har_status (*check)(const struct har_option *options, struct har_error *error);
};

HAR_END_DECLS
#endif
