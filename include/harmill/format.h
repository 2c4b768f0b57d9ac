/* From bytes to items: a plug-in. */
#ifndef HARMILL_FORMAT_H
#define HARMILL_FORMAT_H

#include <harmill/finding.h>
#include <harmill/input.h>
#include <harmill/item.h>

HAR_BEGIN_DECLS

/* Where a format and the rules report to. */
struct har_report_to;

/* Counts a finding and hands it to the caller's function, unless its rule is off. Size, level and source are filled in on the way;
 * all else is the caller's, zeroed where unknown (`entry`: -1), and only borrowed. Some rules (not JSON, too large ...) also mean
 * that no output can be made of the input. */
HAR_API void har_report_finding(struct har_report_to *to, const struct har_finding *finding);

struct har_format_args {
    size_t size;
    struct har_input *input;
    struct har_report_to *findings;
    const struct har_option *options;
    const struct har_settings *settings;
};

/* See struct har_reader for contexts and the order of calls. A build without a format's library has its row with NULL functions. */
struct har_format {
    size_t size;
    const char *name;
    const char *summary;
    const char *extensions; /* endings that it is inferred from, blank-separated: ".har .json" */
    const struct har_option_row *options;
    size_t ctx_size;
    enum har_status (*open)(void *ctx, const struct har_format_args *args, struct har_error *error);
    /* The next item, which holds until the next call: HAR_OK. HAR_FAILED: an item was broken, a finding told it, call again.
     * HAR_EOF: all documents ended. HAR_FATAL with HAR_DOMAIN_DATA: a finding told why nothing more can be read. */
    enum har_status (*item)(void *ctx, struct har_item *item, struct har_error *error);
    void (*close)(void *ctx);
};

HAR_END_DECLS
#endif
