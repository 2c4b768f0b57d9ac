/* From items to bytes: a plug-in. README, "Adding a writer", shows a whole one. */
#ifndef HARMILL_WRITER_H
#define HARMILL_WRITER_H

#include <harmill/item.h>
#include <harmill/option.h>
#include <harmill/sink.h>
#include <harmill/spec.h>

HAR_BEGIN_DECLS

struct har_writer_args {
    size_t size;
    struct har_sink *sink;
    const struct har_option *options;
    const struct har_settings *settings;
    void *user; /* the caller's, as its struct har_output says */
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
};

HAR_END_DECLS
#endif
