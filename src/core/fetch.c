/* The bytes of an input as they are. */
#include <harmill/fetch.h>

#include <stddef.h>
#include <stdlib.h>

#include <harmill/registry.h>

enum { CODING_BYTES = 4 }; /* enough for every coding */

struct fetching {
    const struct har_fetch_args *args;
    const struct har_reader *reader;
    void *ctx;
    unsigned char first[CODING_BYTES];
    size_t first_len;
    uint64_t bytes;
};

static bool is_cancelled(const struct har_fetch_args *args)
{
    return args->cancel && *args->cancel;
}

static void note(struct fetching *fetching, const unsigned char *bytes, size_t len)
{
    fetching->bytes += len;
    for (size_t i = 0; i < len && fetching->first_len < CODING_BYTES; i++)
        fetching->first[fetching->first_len++] = bytes[i];
}

static enum har_status copy_all(struct fetching *fetching, struct har_error *error)
{
    const size_t cap = har_settings_block_size(fetching->args->settings);
    unsigned char *block = malloc(cap);
    enum har_status status = block ? HAR_OK : har_error_memory(error);
    while (status == HAR_OK) {
        size_t got = 0;
        status = fetching->reader->read(fetching->ctx, block, cap, &got, error);
        if (is_cancelled(fetching->args))
            status = har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
        if (status != HAR_OK)
            break;
        note(fetching, block, got);
        status = har_sink_write(fetching->args->sink, HAR_SECTION_HEAD, block, got, error);
    }
    free(block);
    return status == HAR_EOF ? HAR_OK : HAR_FATAL;
}

static enum har_status open_and_copy(struct fetching *fetching, struct har_error *error)
{
    const struct har_fetch_args *args = fetching->args;
    const struct har_reader_args reading = {sizeof reading, args->input, args->options, args->settings, args->reader_user};
    const size_t size = fetching->reader->ctx_size;
    if (!(fetching->ctx = calloc(1, size ? size : 1)))
        return har_error_memory(error);
    enum har_status status = fetching->reader->open(fetching->ctx, &reading, error);
    if (status == HAR_OK)
        status = copy_all(fetching, error);
    fetching->reader->close(fetching->ctx);
    free(fetching->ctx);
    return status == HAR_OK ? har_sink_commit(args->sink, error) : HAR_FATAL;
}

static const struct har_coding *coding_of(const struct fetching *fetching)
{
    for (const struct har_coding *const *coding = har_codings(); *coding; coding++)
        if ((*coding)->accepts(fetching->first, fetching->first_len))
            return *coding;
    return NULL;
}

enum har_status har_fetch(const struct har_fetch_args *args, struct har_fetched *fetched, struct har_error *error)
{
    struct fetching fetching = {.args = args, .reader = args->reader ? args->reader : har_reader_for_input(args->input)};
    struct har_error own = {0};
    enum har_status status = HAR_FATAL;
    if (fetching.reader)
        status = open_and_copy(&fetching, &own);
    else
        har_error_set(&own, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "nothing reads inputs of this form");
    fetched->bytes = fetching.bytes;
    fetched->coding = coding_of(&fetching);
    if (status == HAR_OK)
        return HAR_OK;
    if (error)
        *error = own;
    return HAR_FATAL;
}
