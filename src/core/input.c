/* An opened input: a reader's bytes, unpacked when they are packed; of an archive the one capture in it. Plain bytes go straight
 * into the caller's memory. */
#include <harmill/input.h>

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/registry.h>

#include "check/diag.h"
#include "core/repaired.h"
#include "repair/repair.h"
#include "util/spool.h"
#include "util/unpacked.h"

#define PEEK        4 /* enough for every coding */
#define PACKED_SIZE ((size_t)64 << 10)

static const char archive_reader[] = "zip";

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

/* ---- archives */

/* Opens ":PATH" with the reader of archives: it takes the place of the input's own, which is closed. */
static enum har_status swap_reader(struct har_input *input, const struct har_reader_args *args, const char *path,
                                   struct har_error *error)
{
    const struct har_reader *zip = har_reader_find(archive_reader);
    struct har_reader_args own = *args;
    char *name = NULL;
    void *ctx = calloc(1, zip->ctx_size);
    enum har_status status = HAR_FATAL;
    if (!ctx || asprintf(&name, ":%s", path) < 0) {
        free(ctx);
        return har_error_memory(error);
    }
    own.input = name;
    status = zip->open(ctx, &own, error);
    free(name);
    if (status != HAR_OK) {
        zip->close(ctx);
        free(ctx);
        return status;
    }
    input->reader->close(input->reader_ctx);
    free(input->reader_ctx);
    input->reader = zip;
    input->reader_ctx = ctx;
    input->peek_len = 0;
    input->packed_end = false;
    return fill_peek(input, error);
}

static enum har_status spool_all(struct har_input *input, struct spool *spool, struct har_error *error)
{
    const uint64_t most = har_settings_bound(input->settings, HAR_BOUND_DECODED_BYTES);
    uint64_t len = input->peek_len;
    char *block = malloc(PACKED_SIZE);
    enum har_status status = block ? spool_append(spool, input->peek, input->peek_len, error) : har_error_memory(error);
    while (status == HAR_OK && !input->packed_end) {
        size_t got = 0;
        status = read_raw(input, block, PACKED_SIZE, &got, error);
        len += got;
        if (status == HAR_OK && len > most)
            status = har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_BYTES,
                                   "the zip archive is larger than --%s allows", har_bound_info(HAR_BOUND_DECODED_BYTES)->name);
        if (status == HAR_OK)
            status = spool_append(spool, block, got, error);
        if (status == HAR_EOF) {
            input->packed_end = true;
            status = HAR_OK;
        }
    }
    free(block);
    return status;
}

/* An archive is read from its end: what has no places to go to is kept in a spool first. */
static enum har_status swap_spooled(struct har_input *input, const struct har_reader_args *args, struct har_error *error)
{
    struct spool spool;
    char path[32];
    int fd = -1;
    spool_init(&spool, har_settings_spool_dir(input->settings));
    enum har_status status = spool_all(input, &spool, error);
    if (status == HAR_OK)
        status = spool_descriptor(&spool, &fd, error);
    if (status == HAR_OK) {
        snprintf(path, sizeof path, "/dev/fd/%d", fd);
        status = swap_reader(input, args, path, error);
    }
    spool_release(&spool);
    return status;
}

/* An archive without a capture is left to the format, which says what it is. */
static enum har_status enter_archive(struct har_input *input, const struct har_reader_args *args, struct har_error *error)
{
    static const unsigned char magic[PEEK] = {'P', 'K', 3, 4};
    enum har_status status = HAR_FAILED;
    if (input->peek_len < PEEK || memcmp(input->peek, magic, PEEK) != 0 || !strcmp(input->reader->name, archive_reader))
        return HAR_OK;
    error->domain = HAR_DOMAIN_SYSTEM;
    if (!strcmp(input->reader->name, "file"))
        status = swap_reader(input, args, args->input, error);
    if (status == HAR_FAILED && error->domain == HAR_DOMAIN_SYSTEM)
        status = swap_spooled(input, args, error);
    return status == HAR_FAILED ? HAR_OK : status;
}

static enum har_status open_reader(struct har_input *input, const struct har_reader_args *args, const char *display,
                                   struct har_error *error)
{
    const struct har_reader *reader = input->reader;
    input->name = strdup(display ? display : args->input);
    input->reader_ctx = calloc(1, reader->ctx_size ? reader->ctx_size : 1);
    if (!input->name || !input->reader_ctx)
        return har_error_memory(error);
    input->reader_opened = true;
    enum har_status status = reader->open(input->reader_ctx, args, error);
    if (status == HAR_OK)
        status = fill_peek(input, error);
    if (status == HAR_OK)
        status = enter_archive(input, args, error);
    if (status != HAR_OK)
        return status;
    input->coding = find_coding(input->peek, input->peek_len);
    return input->coding ? begin_decoding(input, error) : HAR_OK;
}

/* What is damaged from its first bytes on is told when it is read, like what is damaged further on. */
enum har_status har_input_open(struct har_input **input, const struct har_reader *reader, const struct har_reader_args *args,
                               const char *display, struct har_error *error)
{
    *input = NULL;
    struct har_input *in = calloc(1, sizeof *in);
    if (!in)
        return har_error_memory(error);
    in->reader = reader;
    in->settings = args->settings;
    enum har_status status = open_reader(in, args, display, &in->error);
    if (status == HAR_FATAL && (in->error.domain == HAR_DOMAIN_DATA || in->error.domain == HAR_DOMAIN_BOUND)) {
        in->ended = HAR_FATAL;
        status = HAR_OK;
    }
    if (status < HAR_OK && error)
        *error = in->error;
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
    return unpacked_check(input->settings, input->coding->name, input->consumed, input->unpacked, error);
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

bool har_input_is_contained(const struct har_input *input)
{
    const struct har_reader *reader = input->reader;
    return reader->size >= offsetof(struct har_reader, attachment) + sizeof reader->attachment && reader->attachment;
}

enum har_status har_input_attachment(struct har_input *input, struct har_text name, struct har_buffer *out, struct har_error *error)
{
    return har_input_is_contained(input) ? input->reader->attachment(input->reader_ctx, name, out, error) : HAR_EOF;
}
