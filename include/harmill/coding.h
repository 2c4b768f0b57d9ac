/* How bytes are packed: gzip, zlib, zstd. One row packs and unpacks. */
#ifndef HARMILL_CODING_H
#define HARMILL_CODING_H

#include <harmill/status.h>

HAR_BEGIN_DECLS

/* A step's input and output, advanced by the step. */
struct har_coding_io {
    const unsigned char *in;
    size_t in_len;
    unsigned char *out;
    size_t out_len;
};

/* A coding is one constant. A build without its library has the row with NULL functions, so that its data is named. The caller
 * allocates the contexts (zeroed) and calls end exactly once after begin, also when begin failed. */
struct har_coding {
    size_t size;
    const char *name;
    const char *summary;
    const char *suffixes; /* file name endings, blank-separated: ".gz .zhar" */
    bool (*accepts)(const unsigned char *bytes, size_t len); /* by the first bytes; 4 are enough for every coding */
    size_t decode_ctx_size;
    enum har_status (*decode_begin)(void *ctx, struct har_error *error);
    /* HAR_OK: call again; HAR_EOF: a whole stream ended (another may follow); HAR_FATAL: damaged. */
    enum har_status (*decode)(void *ctx, struct har_coding_io *io, struct har_error *error);
    void (*decode_end)(void *ctx);
    size_t encode_ctx_size;
    enum har_status (*encode_begin)(void *ctx, struct har_error *error);
    /* With `last`, call until HAR_EOF. The same input gives the same bytes: no time stamps, no names. */
    enum har_status (*encode)(void *ctx, struct har_coding_io *io, bool last, struct har_error *error);
    void (*encode_end)(void *ctx);
};

HAR_END_DECLS
#endif
