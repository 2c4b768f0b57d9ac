/* Output in three sections. The first section that is open flows to its destination, later ones wait in spools. */
#include <harmill/sink.h>

#include <stdlib.h>
#include <string.h>

#include <harmill/registry.h>

#include "core/sink.h"
#include "core/sink_file.h"
#include "redact/redaction.h"
#include "util/descriptor.h"

#define PENDING ((size_t)64 << 10) /* small pieces leave together */
#define DIRECT  ((size_t)32 << 10) /* pieces of this size leave without a copy */
#define PACKED  ((size_t)16 << 10)

enum target { TARGET_FILE, TARGET_DESCRIPTOR, TARGET_FUNCTION, TARGET_NOWHERE };
enum state { STATE_OPEN, STATE_DONE, STATE_FAILED };

struct section {
    bool closed;
    struct spool held;
};

struct har_sink {
    enum target target;
    struct sink_file file;
    int descriptor;
    har_write_fn *write;
    void *user;

    const volatile sig_atomic_t *cancel;
    enum state state;
    struct har_error error; /* of the first failure, for all later calls */
    bool whole;             /* nothing flows before commit */
    unsigned flowing;       /* the section that flows, HAR_SECTION_COUNT behind the last */
    bool reopened;          /* the head that left is void, the new one is held */
    uint64_t emitted;       /* joined bytes, before packing */
    uint64_t head_len;      /* of them the head that left */
    bool changed_order;     /* where nothing is written anew because it goes nowhere */
    struct har_buffer pending;
    struct section sections[HAR_SECTION_COUNT];

    void (*watch)(void *user, const void *bytes, size_t len);
    void *watch_user;
    struct har_redaction *redaction; /* NULL: nothing is proven */
    struct redact_proof *proof;
    const struct har_coding *coding;
    void *encode_ctx; /* NULL until something is packed */
    unsigned char *packed;
};

static enum har_status sink_new(struct har_sink **sink, enum target target, const struct har_settings *settings,
                                struct har_error *error)
{
    struct har_sink *s = *sink = calloc(1, sizeof *s);
    if (!s)
        return har_error_memory(error);
    s->target = target;
    s->file.fd = -1;
    har_buffer_init(&s->pending, PENDING);
    for (unsigned i = 0; i < HAR_SECTION_COUNT; i++)
        spool_init(&s->sections[i].held, har_settings_spool_dir(settings));
    return HAR_OK;
}

enum har_status har_sink_file(struct har_sink **sink, const char *path, const struct har_settings *settings,
                              struct har_error *error)
{
    enum har_status status = sink_new(sink, TARGET_FILE, settings, error);
    if (status < HAR_OK)
        return status;
    (*sink)->coding = har_coding_for_path(path);
    if ((*sink)->coding && !(*sink)->coding->encode)
        status = har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "this build leaves out %s", (*sink)->coding->name);
    if (status == HAR_OK)
        status = sink_file_open(&(*sink)->file, path, error);
    if (status < HAR_OK) {
        har_sink_free(*sink);
        *sink = NULL;
    }
    return status;
}

enum har_status har_sink_descriptor(struct har_sink **sink, int descriptor, bool whole, const struct har_settings *settings,
                                    struct har_error *error)
{
    enum har_status status = sink_new(sink, TARGET_DESCRIPTOR, settings, error);
    if (status < HAR_OK)
        return status;
    (*sink)->descriptor = descriptor;
    (*sink)->whole = whole;
    return HAR_OK;
}

enum har_status har_sink_function(struct har_sink **sink, har_write_fn *write, void *user, const struct har_settings *settings,
                                  struct har_error *error)
{
    enum har_status status = sink_new(sink, TARGET_FUNCTION, settings, error);
    if (status < HAR_OK)
        return status;
    (*sink)->write = write;
    (*sink)->user = user;
    return HAR_OK;
}

enum har_status har_sink_nowhere(struct har_sink **sink, const struct har_settings *settings, struct har_error *error)
{
    return sink_new(sink, TARGET_NOWHERE, settings, error);
}

void har_sink_set_coding(struct har_sink *sink, const struct har_coding *coding)
{
    sink->coding = sink->target == TARGET_NOWHERE ? NULL : coding;
}

void har_sink_set_backup(struct har_sink *sink, const char *suffix)
{
    sink->file.suffix = suffix;
}

void har_sink_set_private(struct har_sink *sink)
{
    sink->file.private = true;
}

enum har_status sink_prove(struct har_sink *sink, struct har_redaction *redaction, struct har_error *error)
{
    if (redaction_seal(redaction, error) != HAR_OK)
        return HAR_FATAL;
    sink->redaction = redaction;
    sink->proof = redaction_proof(redaction);
    sink->whole |= sink->target == TARGET_DESCRIPTOR || sink->target == TARGET_FUNCTION || sink->file.direct;
    return sink->proof ? HAR_OK : har_error_memory(error);
}

void har_sink_watch(struct har_sink *sink, void (*watch)(void *user, const void *bytes, size_t len), void *user)
{
    sink->watch = watch;
    sink->watch_user = user;
}

static enum har_status deliver(struct har_sink *sink, const void *bytes, size_t len, struct har_error *error)
{
    switch (sink->target) {
    case TARGET_FILE:
        return descriptor_write(sink->file.fd, bytes, len, error);
    case TARGET_DESCRIPTOR:
        return descriptor_write(sink->descriptor, bytes, len, error);
    case TARGET_FUNCTION:
        return sink->write(sink->user, bytes, len, error);
    case TARGET_NOWHERE:
        return HAR_OK;
    }
    return HAR_FATAL;
}

static enum har_status flush(struct har_sink *sink, struct har_error *error)
{
    if (!sink->pending.len)
        return HAR_OK;
    enum har_status status = deliver(sink, sink->pending.data, sink->pending.len, error);
    har_buffer_clear(&sink->pending);
    return status;
}

static enum har_status gather(struct har_sink *sink, const void *bytes, size_t len, struct har_error *error)
{
    if (len > PENDING - sink->pending.len || len >= DIRECT) {
        enum har_status status = flush(sink, error);
        if (status < HAR_OK)
            return status;
    }
    if (len >= DIRECT)
        return deliver(sink, bytes, len, error);
    return har_buffer_append(&sink->pending, bytes, len) ? HAR_OK : har_error_memory(error);
}

static enum har_status begin_packing(struct har_sink *sink, struct har_error *error)
{
    const struct har_coding *coding = sink->coding;
    if (!coding->encode)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "this build leaves out %s", coding->name);
    sink->packed = malloc(PACKED);
    if (sink->packed)
        sink->encode_ctx = calloc(1, coding->encode_ctx_size ? coding->encode_ctx_size : 1);
    return sink->encode_ctx ? coding->encode_begin(sink->encode_ctx, error) : har_error_memory(error);
}

static enum har_status pack(struct har_sink *sink, const void *bytes, size_t len, bool last, struct har_error *error)
{
    struct har_coding_io io = {.in = bytes, .in_len = len};
    enum har_status status = sink->encode_ctx ? HAR_OK : begin_packing(sink, error);
    while (status == HAR_OK && (last || io.in_len)) {
        io.out = sink->packed;
        io.out_len = PACKED;
        status = sink->coding->encode(sink->encode_ctx, &io, last, error);
        if (status < HAR_OK)
            return status;
        enum har_status gathered = gather(sink, sink->packed, PACKED - io.out_len, error);
        if (gathered < HAR_OK)
            return gathered;
    }
    return status < HAR_OK ? status : HAR_OK;
}

/* Joined bytes in their final order; a har_write_fn. */
static enum har_status emit(void *user, const void *bytes, size_t len, struct har_error *error)
{
    struct har_sink *sink = user;
    if (sink->cancel && *sink->cancel)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
    sink->emitted += len;
    if (sink->proof && !sink->whole && !redact_proof_feed(sink->proof, bytes, len))
        return har_error_memory(error);
    if (sink->watch)
        sink->watch(sink->watch_user, bytes, len);
    if (sink->target == TARGET_NOWHERE)
        return HAR_OK;
    return sink->coding ? pack(sink, bytes, len, false, error) : gather(sink, bytes, len, error);
}

/* Lets what waits in `section` flow. */
static enum har_status drain(struct har_sink *sink, unsigned section, struct har_error *error)
{
    struct spool *held = &sink->sections[section].held;
    enum har_status status;
    if (sink->target == TARGET_DESCRIPTOR && !sink->coding && !sink->watch && spool_length(held) >= PENDING) {
        status = flush(sink, error);
        if (status == HAR_OK)
            status = spool_send(held, sink->descriptor, sink->cancel, error);
        sink->emitted += spool_length(held);
    } else {
        status = spool_replay(held, emit, sink, error);
    }
    spool_release(held);
    return status;
}

/* Goes on to the first section that is open. */
static enum har_status advance(struct har_sink *sink, struct har_error *error)
{
    enum har_status status = HAR_OK;
    while (status == HAR_OK && sink->flowing < HAR_SECTION_COUNT && sink->sections[sink->flowing].closed) {
        if (sink->flowing == HAR_SECTION_HEAD)
            sink->head_len = sink->emitted;
        if (++sink->flowing < HAR_SECTION_COUNT)
            status = drain(sink, sink->flowing, error);
    }
    return status;
}

/* Before every call: an earlier failure stays, nothing comes after a commit. */
static enum har_status check_state(const struct har_sink *sink, struct har_error *error)
{
    if (sink->state == STATE_OPEN)
        return HAR_OK;
    if (sink->state == STATE_DONE)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the output is finished already");
    if (error)
        *error = sink->error;
    return HAR_FATAL;
}

/* After every call, which worked with the sink's own error. */
static enum har_status settle(struct har_sink *sink, enum har_status status, struct har_error *error)
{
    if (status >= HAR_OK)
        return HAR_OK;
    sink->state = STATE_FAILED;
    if (error)
        *error = sink->error;
    return HAR_FATAL;
}

enum har_status har_sink_write(struct har_sink *sink, enum har_section section, const void *bytes, size_t len,
                               struct har_error *error)
{
    enum har_status status = check_state(sink, error);
    if (status < HAR_OK)
        return status;
    if ((unsigned)section >= HAR_SECTION_COUNT || sink->sections[section].closed)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the section of the output is closed");
    if (!len)
        return HAR_OK;
    if (section == sink->flowing && !sink->whole)
        status = emit(sink, bytes, len, &sink->error);
    else
        status = spool_append(&sink->sections[section].held, bytes, len, &sink->error);
    return settle(sink, status, error);
}

enum har_status har_sink_close_section(struct har_sink *sink, enum har_section section, struct har_error *error)
{
    enum har_status status = check_state(sink, error);
    if (status < HAR_OK)
        return status;
    if ((unsigned)section >= HAR_SECTION_COUNT)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "there is no such section");
    sink->sections[section].closed = true;
    return sink->whole ? HAR_OK : settle(sink, advance(sink, &sink->error), error);
}

/* Who watches must see the final order, which a head that changes later would break; what is packed cannot be taken apart. */
bool har_sink_can_reopen(const struct har_sink *sink)
{
    const bool file = sink->target == TARGET_FILE && !sink->file.direct && !sink->coding && !sink->watch && !sink->proof;
    return sink->state == STATE_OPEN && (file || sink->target == TARGET_NOWHERE);
}

bool har_sink_can_reorder(const struct har_sink *sink)
{
    return har_sink_can_reopen(sink);
}

void sink_set_cancel(struct har_sink *sink, const volatile sig_atomic_t *cancel)
{
    sink->cancel = cancel;
}

bool sink_changed_order(const struct har_sink *sink)
{
    return sink->changed_order;
}

enum har_status har_sink_reopen_head(struct har_sink *sink, struct har_error *error)
{
    enum har_status status = check_state(sink, error);
    if (status < HAR_OK)
        return status;
    struct section *head = &sink->sections[HAR_SECTION_HEAD];
    if (!head->closed || !har_sink_can_reopen(sink))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the head of the output cannot be written anew");
    spool_release(&head->held);
    head->closed = false;
    sink->reopened = sink->target == TARGET_FILE;
    sink->changed_order = true;
    return HAR_OK;
}

static enum har_status to_spool(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return spool_append(user, bytes, len, error);
}

/* Nothing may leave yet: the new order waits in a second spool. */
static enum har_status reorder_spool(struct spool *body, const struct pieces *pieces, struct har_error *error)
{
    struct spool second;
    spool_init(&second, body->dir);
    const enum har_status status = pieces_copy(pieces, body, 0, spool_length(body), to_spool, &second, error);
    spool_release(body);
    *body = second;
    return status;
}

/* The body has left for a file. */
static enum har_status reorder_file(struct har_sink *sink, const struct pieces *pieces, struct har_error *error)
{
    struct spool *head = sink->reopened ? &sink->sections[HAR_SECTION_HEAD].held : NULL;
    const uint64_t body_len = sink->emitted - sink->head_len;
    enum har_status status = flush(sink, error);
    if (status == HAR_OK)
        status = sink_file_rewrite(&sink->file, head, sink->head_len, body_len, pieces, error);
    if (!head || status != HAR_OK)
        return status;
    sink->head_len = spool_length(head);
    sink->emitted = sink->head_len + body_len;
    sink->reopened = false;
    spool_release(head);
    return HAR_OK;
}

static enum har_status reorder(struct har_sink *sink, const struct pieces *pieces, struct har_error *error)
{
    struct section *head = &sink->sections[HAR_SECTION_HEAD], *body = &sink->sections[HAR_SECTION_BODY];
    enum har_status status;
    if (sink->target == TARGET_NOWHERE) {
        sink->changed_order = true;
        status = HAR_OK;
    } else if (sink->whole) {
        status = reorder_spool(&body->held, pieces, error);
    } else if (sink->flowing == HAR_SECTION_HEAD) {
        sink->head_len = sink->emitted;
        sink->flowing = HAR_SECTION_BODY;
        status = pieces_copy(pieces, &body->held, 0, spool_length(&body->held), emit, sink, error);
        spool_release(&body->held);
    } else {
        status = reorder_file(sink, pieces, error);
    }
    head->closed = body->closed = true;
    return status == HAR_OK && !sink->whole ? advance(sink, error) : status;
}

enum har_status har_sink_reorder(struct har_sink *sink, har_piece_fn *next, void *user, const char *separator, size_t separator_len,
                                 struct har_error *error)
{
    enum har_status status = check_state(sink, error);
    if (status < HAR_OK)
        return status;
    const bool held = sink->whole || sink->flowing == HAR_SECTION_HEAD;
    if (sink->sections[HAR_SECTION_BODY].closed || (!held && !har_sink_can_reorder(sink)))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the body of the output cannot be put in another order");
    const struct pieces pieces = {next, user, separator, separator_len, sink->cancel};
    return settle(sink, reorder(sink, &pieces, &sink->error), error);
}

/* A har_write_fn. */
static enum har_status to_proof(void *user, const void *bytes, size_t len, struct har_error *error)
{
    const struct har_sink *sink = user;
    if (sink->cancel && *sink->cancel)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
    return redact_proof_feed(sink->proof, bytes, len) ? HAR_OK : har_error_memory(error);
}

/* Before the first byte leaves, where all of them were held back. */
static enum har_status prove_held(struct har_sink *sink, struct har_error *error)
{
    enum har_status status = HAR_OK;
    for (unsigned i = 0; i < HAR_SECTION_COUNT && status == HAR_OK; i++)
        status = spool_replay(&sink->sections[i].held, to_proof, sink, error);
    return status == HAR_OK ? redaction_proven(sink->redaction, sink->proof, true, error) : status;
}

static enum har_status commit(struct har_sink *sink, struct har_error *error)
{
    enum har_status status = HAR_OK;
    if (sink->proof && sink->whole)
        status = prove_held(sink, error);
    if (status == HAR_OK && sink->whole)
        status = drain(sink, HAR_SECTION_HEAD, error);
    for (unsigned i = 0; i < HAR_SECTION_COUNT; i++)
        sink->sections[i].closed = true;
    if (status == HAR_OK)
        status = advance(sink, error);
    if (status == HAR_OK && sink->proof && !sink->whole)
        status = redaction_proven(sink->redaction, sink->proof, sink->target != TARGET_NOWHERE, error);
    if (status == HAR_OK && sink->coding)
        status = pack(sink, "", 0, true, error);
    if (status == HAR_OK)
        status = flush(sink, error);
    if (status == HAR_OK && sink->reopened)
        status = sink_file_rehead(&sink->file, &sink->sections[HAR_SECTION_HEAD].held, sink->head_len, error);
    if (status == HAR_OK && sink->target == TARGET_FILE)
        status = sink_file_commit(&sink->file, error);
    return status;
}

enum har_status har_sink_commit(struct har_sink *sink, struct har_error *error)
{
    enum har_status status = check_state(sink, error);
    if (status < HAR_OK)
        return status;
    status = settle(sink, commit(sink, &sink->error), error);
    if (status == HAR_OK)
        sink->state = STATE_DONE;
    return status;
}

void har_sink_free(struct har_sink *sink)
{
    if (!sink)
        return;
    if (sink->encode_ctx)
        sink->coding->encode_end(sink->encode_ctx);
    free(sink->encode_ctx);
    free(sink->packed);
    for (unsigned i = 0; i < HAR_SECTION_COUNT; i++)
        spool_release(&sink->sections[i].held);
    har_buffer_release(&sink->pending);
    redact_proof_free(sink->proof);
    sink_file_release(&sink->file);
    free(sink);
}
