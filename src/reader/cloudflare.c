/* Reader `cloudflare`: the HAR of a scan of the Cloudflare URL Scanner. */
#include "cloudflare/cloudflare.h"
#include "reader/reader.h"

#include <stddef.h>

struct cloudflare_ctx {
    struct cloudflare_har *har;
    uint64_t at;
};

static struct har_cloudflare *client_of(const struct har_reader_args *args)
{
    const size_t least = offsetof(struct har_reader_args, user) + sizeof args->user;
    return args->size >= least ? args->user : NULL;
}

static enum har_status open_cloudflare(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct cloudflare_ctx *c = ctx;
    struct har_cloudflare_scan scan;
    const bool exact = har_option_value(args->options, HAR_CLOUDFLARE_EXACT, "") == NULL;
    const enum har_status status = har_cloudflare_parse(args->input, &scan, error);
    if (status != HAR_OK)
        return status;
    struct har_cloudflare *client = client_of(args);
    if (!client)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "needs a client: see har_cloudflare_new()");
    return cloudflare_fetch(client, &scan, exact, args->settings, &c->har, error);
}

static enum har_status read_cloudflare(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct cloudflare_ctx *c = ctx;
    const uint64_t left = spool_length(&c->har->bytes) - c->at;
    const size_t part = left < cap ? (size_t)left : cap;
    *got = 0;
    if (!part)
        return HAR_EOF;
    const enum har_status status = spool_read(&c->har->bytes, c->at, bytes, part, error);
    if (status == HAR_OK) {
        c->at += part;
        *got = part;
    }
    return status;
}

static enum har_status rewind_cloudflare(void *ctx, struct har_error *error)
{
    struct cloudflare_ctx *c = ctx;
    (void)error;
    c->at = 0;
    return HAR_OK;
}

static void close_cloudflare(void *ctx)
{
    struct cloudflare_ctx *c = ctx;
    cloudflare_har_drop(c->har);
}

static const struct har_option_row options[] = {
    {HAR_CLOUDFLARE_EXACT, NULL, "deliver the exact bytes of the answer, and ask for one that is not compressed", NULL},
    {NULL, NULL, NULL, NULL},
};

const struct har_reader har_reader_cloudflare = {
    .size = sizeof(struct har_reader),
    .name = "cloudflare",
    .summary = "a scan of the Cloudflare URL Scanner: cloudflare:SCAN_ID, or the address of its page",
    .options = options,
    .ctx_size = sizeof(struct cloudflare_ctx),
    .accepts = har_cloudflare_accepts,
    .open = open_cloudflare,
    .read = read_cloudflare,
    .rewind = rewind_cloudflare,
    .close = close_cloudflare,
    .flags = HAR_READER_REMOTE,
};
