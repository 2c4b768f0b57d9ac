/* An opened input: a reader's bytes, unpacked when they are packed. Plain bytes go straight into the caller's memory. */
#include <harmill/input.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/registry.h>

#include "check/diag.h"
#include "core/repaired.h"
#include "repair/repair.h"

#define PEEK        4 /* enough for every coding */
#define PACKED_SIZE ((size_t)64 << 10)
#define RATIO_FROM  ((uint64_t)16 * HAR_MIB) /* unpacked bytes before the ratio counts */

struct har_input {
    const struct har_reader *reader;
    void *reader_ctx;
    bool reader_opened; /* its open was called */
    const struct har_settings *settings;
    char *name;
    har_bytes_fn *watch;
    void *watch_user;
    enum har_status ended; /* HAR_EOF or HAR_FATAL once that was given */
    struct har_error error;

    unsigned char peek[PEEK];
    size_t peek_at, peek_len;

    const struct har_coding *coding; /* NULL: plain */
    void *decode_ctx;
    bool decode_begun;
    bool between; /* a whole stream ended */
    unsigned char *packed;
    size_t packed_at, packed_len;
    bool packed_end;   /* the reader has no more */
    uint64_t consumed; /* packed bytes that the coding took */
    uint64_t unpacked;

    struct repair *repair; /* NULL: the bytes are read as they are */
};

/* From the reader, in pieces of at most the block size. Sticks at its end. */
static enum har_status read_raw(struct har_input *input, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    size_t block = har_settings_block_size(input->settings);
    return input->reader->read(input->reader_ctx, bytes, cap < block ? cap : block, got, error);
}

static enum har_status fill_peek(struct har_input *input, struct har_error *error)
{
    while (input->peek_len < PEEK && !input->packed_end) {
        size_t got = 0;
        enum har_status status = read_raw(input, input->peek + input->peek_len, PEEK - input->peek_len, &got, error);
        if (status < HAR_OK)
            return status;
        if (status == HAR_EOF)
            input->packed_end = true;
        else
            input->peek_len += got;
    }
    return HAR_OK;
}

/* The peeked bytes become the first packed ones. */
static enum har_status begin_decoding(struct har_input *input, struct har_error *error)
{
    const struct har_coding *coding = input->coding;
    if (!coding->decode)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                             "is packed with %s, which this build leaves out; unpack it first", coding->name);
    input->packed = malloc(PACKED_SIZE);
    input->decode_ctx = calloc(1, coding->decode_ctx_size ? coding->decode_ctx_size : 1);
    if (!input->packed || !input->decode_ctx)
        return har_error_memory(error);
    memcpy(input->packed, input->peek, input->peek_len);
    input->packed_len = input->peek_len;
    input->peek_len = 0;
    input->decode_begun = true;
    return coding->decode_begin(input->decode_ctx, error);
}

static const struct har_coding *find_coding(const unsigned char *bytes, size_t len)
{
    for (const struct har_coding *const *coding = har_codings(); *coding; coding++)
        if ((*coding)->accepts(bytes, len))
            return *coding;
    return NULL;
}

enum har_status har_input_open(struct har_input **input, const struct har_reader *reader, const struct har_reader_args *args,
                               const char *display, struct har_error *error)
{
    enum har_status status;
    *input = NULL;
    struct har_input *in = calloc(1, sizeof *in);
    if (!in)
        return har_error_memory(error);
    in->reader = reader;
    in->settings = args->settings;
    in->name = strdup(display ? display : args->input);
    in->reader_ctx = calloc(1, reader->ctx_size ? reader->ctx_size : 1);
    if (!in->name || !in->reader_ctx) {
        status = har_error_memory(error);
        goto out;
    }
    in->reader_opened = true;
    status = reader->open(in->reader_ctx, args, error);
    if (status < HAR_OK)
        goto out;
    status = fill_peek(in, error);
    if (status < HAR_OK)
        goto out;
    in->coding = find_coding(in->peek, in->peek_len);
    if (in->coding)
        status = begin_decoding(in, error);
out:
    if (status < HAR_OK)
        har_input_close(in);
    else
        *input = in;
    return status;
}

void har_input_close(struct har_input *input)
{
    if (!input)
        return;
    repair_free(input->repair);
    if (input->decode_begun)
        input->coding->decode_end(input->decode_ctx);
    if (input->reader_opened)
        input->reader->close(input->reader_ctx);
    free(input->decode_ctx);
    free(input->packed);
    free(input->reader_ctx);
    free(input->name);
    free(input);
}

static enum har_status read_plain(struct har_input *input, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    size_t peeked = input->peek_len - input->peek_at;
    if (peeked) {
        size_t block = har_settings_block_size(input->settings);
        *got = peeked < cap ? peeked : cap;
        *got = *got < block ? *got : block;
        memcpy(bytes, input->peek + input->peek_at, *got);
        input->peek_at += *got;
        return HAR_OK;
    }
    return input->packed_end ? HAR_EOF : read_raw(input, bytes, cap, got, error);
}

/* Adds packed bytes behind those that are left, which move to the front. */
static enum har_status refill(struct har_input *input, struct har_error *error)
{
    size_t got = 0, left = input->packed_len - input->packed_at;
    if (input->packed_at)
        memmove(input->packed, input->packed + input->packed_at, left);
    input->packed_at = 0;
    input->packed_len = left;
    enum har_status status = read_raw(input, input->packed + left, PACKED_SIZE - left, &got, error);
    if (status < HAR_OK)
        return status;
    input->packed_end = status == HAR_EOF;
    input->packed_len += got;
    return HAR_OK;
}

/* Behind a whole stream: another one (HAR_OK), nothing or zeros that fill a block up (HAR_EOF), or bytes that do not belong. */
static enum har_status next_stream(struct har_input *input, struct har_error *error)
{
    while (!input->packed_end && input->packed_len - input->packed_at < PEEK) {
        enum har_status status = refill(input, error);
        if (status < HAR_OK)
            return status;
    }
    size_t len = input->packed_len - input->packed_at;
    if (len && input->coding->accepts(input->packed + input->packed_at, len)) {
        input->between = false;
        return HAR_OK;
    }
    for (;;) {
        for (; input->packed_at < input->packed_len; input->packed_at++, input->consumed++)
            if (input->packed[input->packed_at])
                return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0,
                                     "bytes that are no %s follow the %s data at byte %" PRIu64, input->coding->name,
                                     input->coding->name, input->consumed);
        if (input->packed_end)
            return HAR_EOF;
        enum har_status status = refill(input, error);
        if (status < HAR_OK)
            return status;
    }
}

static enum har_status check_bounds(const struct har_input *input, struct har_error *error)
{
    uint64_t most = har_settings_bound(input->settings, HAR_BOUND_DECODED_BYTES);
    uint64_t ratio = har_settings_bound(input->settings, HAR_BOUND_DECODED_RATIO);
    if (input->unpacked > most)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_BYTES,
                             "the %s data unpacks to more than %" PRIu64 " bytes (--%s)", input->coding->name, most,
                             har_bound_info(HAR_BOUND_DECODED_BYTES)->name);
    if (input->unpacked > RATIO_FROM && input->unpacked / ratio > input->consumed)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_RATIO,
                             "the %s data unpacks to more than %" PRIu64 " times its size (--%s)", input->coding->name, ratio,
                             har_bound_info(HAR_BOUND_DECODED_RATIO)->name);
    return HAR_OK;
}

/* One call of the coding; *got says what came out. */
static enum har_status decode_step(struct har_input *input, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    size_t len = input->packed_len - input->packed_at;
    struct har_coding_io io = {input->packed + input->packed_at, len, bytes, cap};
    enum har_status status = input->coding->decode(input->decode_ctx, &io, error);
    *got = cap - io.out_len;
    input->packed_at += len - io.in_len;
    input->consumed += len - io.in_len;
    input->unpacked += *got;
    if (status < HAR_OK && (!error || error->domain == HAR_DOMAIN_DATA))
        return har_error_set(error, status, HAR_DOMAIN_DATA, 0, "the %s data is damaged at byte %" PRIu64, input->coding->name,
                             input->consumed);
    if (status < HAR_OK)
        return status;
    input->between = status == HAR_EOF;
    if (!*got && !input->between && io.in_len == len && input->packed_end && !len)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "the %s data ends too early", input->coding->name);
    return check_bounds(input, error);
}

static enum har_status read_packed(struct har_input *input, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    size_t block = har_settings_block_size(input->settings);
    uint64_t rest = har_settings_bound(input->settings, HAR_BOUND_DECODED_BYTES) - input->unpacked;
    cap = cap < block ? cap : block;
    /* One byte past the bound is asked for, so that an input of just that size passes. */
    cap = rest < cap ? (size_t)rest + 1 : cap;
    while (!*got) {
        enum har_status status;
        if (input->between) {
            status = next_stream(input, error);
            if (status != HAR_OK)
                return status;
        }
        if (input->packed_at == input->packed_len && !input->packed_end) {
            status = refill(input, error);
            if (status < HAR_OK)
                return status;
        }
        status = decode_step(input, bytes, cap, got, error);
        if (status < HAR_OK)
            return status;
    }
    return HAR_OK;
}

static enum har_status read_unpacked(void *user, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct har_input *input = user;
    *got = 0;
    if (input->ended) {
        if (input->ended == HAR_FATAL && error)
            *error = input->error;
        return input->ended;
    }
    if (!cap)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "no room to read to");
    /* An error of our own, because the domain decides what is made of it. */
    enum har_status status =
        input->coding ? read_packed(input, bytes, cap, got, &input->error) : read_plain(input, bytes, cap, got, &input->error);
    if (status != HAR_OK)
        input->ended = status < HAR_OK ? HAR_FATAL : HAR_EOF;
    if (*got) { /* bytes that came before a failure are good: the next call tells the failure */
        if (input->watch)
            input->watch(input->watch_user, bytes, *got);
        return HAR_OK;
    }
    if (input->ended == HAR_FATAL && error)
        *error = input->error;
    return input->ended;
}

enum har_status har_input_read(struct har_input *input, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    if (input->repair)
        return repair_read(input->repair, bytes, cap, got, error);
    return read_unpacked(input, bytes, cap, got, error);
}

enum har_status input_repair(struct har_input *input, struct har_report_to *findings, struct har_error *error)
{
    input->repair = repair_new(input->settings, findings, read_unpacked, input);
    if (!input->repair)
        return har_error_memory(error);
    findings->before = repair_before;
    findings->before_user = input->repair;
    return HAR_OK;
}

void input_tell_repairs(struct har_input *input)
{
    if (input->repair)
        repair_tell_rest(input->repair);
}

void har_input_watch(struct har_input *input, har_bytes_fn *watch, void *user)
{
    input->watch = watch;
    input->watch_user = user;
}

const char *har_input_name(const struct har_input *input)
{
    return input->name;
}

const struct har_coding *har_input_coding(const struct har_input *input)
{
    return input->coding;
}
