/* Where bytes come from: a plug-in. */
#ifndef HARMILL_READER_H
#define HARMILL_READER_H

#include <harmill/buffer.h>
#include <harmill/option.h>
#include <harmill/place.h>
#include <harmill/settings.h>

HAR_BEGIN_DECLS

struct har_reader_args {
    size_t size;
    const char *input; /* what the user named: a path, "-" */
    const struct har_option *options;
    const struct har_settings *settings;
    void *user; /* for the reader, as its own header says; may be NULL. From here on looked at only where `size` says that it is
                   there */
};

enum {
    HAR_READER_REMOTE = 1, /* its inputs are not on this machine: no file is looked for, nothing is replaced in place */
};

/* Sees a capture in a container. `input` is what har_reader_args.input takes for it, together with the reader that told it; `name`
 * is what it is called there: data, never a path. False ends the list. */
typedef bool har_contained_fn(void *user, const char *input, struct har_text name);

/* One plug-in is one file that ends in one constant of this type. The core allocates the context (zeroed), checks the order of
 * calls, and calls close exactly once after open, also when open failed. */
struct har_reader {
    size_t size; /* sizeof(struct har_reader) of who made it */
    const char *name;
    const char *summary;
    const struct har_option_row *options; /* may be NULL */
    size_t ctx_size;
    bool (*accepts)(const char *input); /* by its form alone, nothing is opened; the first reader of the registry wins */
    enum har_status (*open)(void *ctx, const struct har_reader_args *args, struct har_error *error);
    /* Up to `cap` bytes to `bytes`; *got is at least 1 with HAR_OK and 0 with HAR_EOF. */
    enum har_status (*read)(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error);
    /* Back to the first byte; NULL, or HAR_FAILED, when this input cannot. */
    enum har_status (*rewind)(void *ctx, struct har_error *error);
    void (*close)(void *ctx);
    /* A file of that name beside the capture, in the container that it was read from: see har_input_attachment(). NULL: there are
     * none. What follows from here on is looked at only where `size` says that it is there. */
    enum har_status (*attachment)(void *ctx, struct har_text name, struct har_buffer *out, struct har_error *error);
    /* Tells the captures in the container at `path`, in its order. HAR_EOF: it is no container, or holds none. NULL: no containers
     * are read. */
    enum har_status (*list)(const char *path, har_contained_fn *each, void *user, struct har_error *error);
    unsigned flags; /* HAR_READER_... */
};

HAR_END_DECLS
#endif
