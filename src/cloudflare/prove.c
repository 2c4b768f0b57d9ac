/* Whether an answer is a whole HAR; unpacking it. What its text means is the format's business: here only its ends are looked at,
 * and its nesting where nothing else tells that the answer was not cut. */
#include "cloudflare/prove.h"

#include <stdlib.h>
#include <string.h>

#include <harmill/input.h>

enum { BLOCK_SIZE = 256 * 1024 };

/* Bytes as they pass: what they begin and end with, and where the root closes. */
struct look {
    uint64_t len;
    unsigned char first, last; /* that are not blank; 0: there is none */
    bool nested;               /* the members below are kept up */
    bool in_string, escaped;
    uint64_t depth;
    bool closed, behind; /* the root was closed; something follows it */
};

void cloudflare_proof_init(struct cloudflare_proof *proof, const struct har_settings *settings, bool exact)
{
    *proof = (struct cloudflare_proof){.settings = settings, .exact = exact};
    har_buffer_init(&proof->beginning, CLOUDFLARE_ERROR_BODY);
}

void cloudflare_proof_release(struct cloudflare_proof *proof)
{
    har_buffer_release(&proof->beginning);
}

/* ---- looking */

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void look_nested(struct look *look, unsigned char c)
{
    if (look->in_string) {
        look->in_string = look->escaped || c != '"';
        look->escaped = !look->escaped && c == '\\';
        return;
    }
    if (look->closed && !is_blank(c))
        look->behind = true;
    if (c == '"')
        look->in_string = true;
    else if (c == '{' || c == '[')
        look->depth++;
    else if ((c == '}' || c == ']') && look->depth && !--look->depth)
        look->closed = true;
}

/* A byte order mark is none of the first bytes that are asked for. */
static void look_at(struct look *look, const unsigned char *bytes, size_t len)
{
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    size_t i = !look->len && len >= sizeof mark && memcmp(bytes, mark, sizeof mark) == 0 ? sizeof mark : 0;
    const size_t from = i;
    for (; !look->first && i < len; i++)
        look->first = is_blank(bytes[i]) ? 0 : bytes[i];
    for (i = len; i > from; i--)
        if (!is_blank(bytes[i - 1])) {
            look->last = bytes[i - 1];
            break;
        }
    for (i = from; look->nested && i < len; i++)
        look_nested(look, bytes[i]);
    look->len += len;
}

/* All of a spool, or its first and last block: what is between them is not read where only the ends matter. */
static enum har_status look_through(const struct spool *spool, struct look *look, struct har_error *error)
{
    const uint64_t len = spool_length(spool);
    unsigned char *block = malloc(BLOCK_SIZE);
    enum har_status status = block ? HAR_OK : har_error_memory(error);
    uint64_t at = 0;
    while (status == HAR_OK && at < len) {
        const size_t part = len - at < BLOCK_SIZE ? (size_t)(len - at) : BLOCK_SIZE;
        status = spool_read(spool, at, block, part, error);
        if (status == HAR_OK)
            look_at(look, block, part);
        at += part;
        if (!look->nested && look->first && len > BLOCK_SIZE && at < len - BLOCK_SIZE)
            at = len - BLOCK_SIZE;
    }
    look->len = len;
    free(block);
    return status;
}

/* ---- unpacking: the spool as an input of its own */

struct source {
    const struct spool *spool;
    uint64_t at;
};

static enum har_status open_source(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct source *source = ctx;
    (void)error;
    source->spool = args->user;
    return HAR_OK;
}

static enum har_status read_source(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct source *source = ctx;
    const uint64_t left = spool_length(source->spool) - source->at;
    *got = left < cap ? (size_t)left : cap;
    if (!*got)
        return HAR_EOF;
    const enum har_status status = spool_read(source->spool, source->at, bytes, *got, error);
    source->at += *got;
    return status;
}

static void close_source(void *ctx)
{
    (void)ctx;
}

static const struct har_reader source_reader = {
    .size = sizeof(struct har_reader),
    .name = "answer",
    .ctx_size = sizeof(struct source),
    .open = open_source,
    .read = read_source,
    .close = close_source,
};

/* Hands what a packed spool unpacks to, in pieces, to `write`. */
static enum har_status unpack(struct spool *packed, const struct har_settings *settings, har_write_fn *write, void *user,
                              struct har_error *error)
{
    const struct har_reader_args args = {sizeof args, "", NULL, settings, packed};
    struct har_input *input = NULL;
    char *block = malloc(BLOCK_SIZE);
    enum har_status status = block ? har_input_open(&input, &source_reader, &args, NULL, error) : har_error_memory(error);
    while (status == HAR_OK) {
        size_t got = 0;
        status = har_input_read(input, block, BLOCK_SIZE, &got, error);
        if (status == HAR_OK)
            status = write(user, block, got, error);
    }
    har_input_close(input);
    free(block);
    return status == HAR_EOF ? HAR_OK : status;
}

struct unpacking {
    struct cloudflare_proof *proof;
    struct look look;
    struct spool to;
    uint64_t most;
    bool passed;
};

static bool keep_beginning(struct cloudflare_proof *proof, const void *bytes, size_t len)
{
    const size_t room = CLOUDFLARE_ERROR_BODY - proof->beginning.len;
    return har_buffer_append(&proof->beginning, bytes, len < room ? len : room);
}

static enum har_status take_unpacked(void *user, const void *bytes, size_t len, struct har_error *error)
{
    struct unpacking *u = user;
    look_at(&u->look, bytes, len);
    u->passed = u->look.len > u->most;
    if (u->passed)
        return HAR_FAILED;
    if (!keep_beginning(u->proof, bytes, len))
        return har_error_memory(error);
    return u->proof->exact ? HAR_OK : spool_append(&u->to, bytes, len, error);
}

static void found(struct cloudflare_reply *reply, enum cloudflare_end end, const char *why)
{
    reply->end = end;
    reply->why = why;
}

static void passed(struct cloudflare_reply *reply, const struct har_settings *settings, enum har_bound bound, const char *why)
{
    found(reply, CLOUDFLARE_PASSED, why);
    reply->bound = har_settings_bound(settings, bound);
}

/* HAR_OK when the answer's end is known: whole, or found() to be something else. */
static enum har_status prove_packed(struct cloudflare_proof *proof, struct cloudflare_reply *reply, struct look *look,
                                    struct har_error *error)
{
    struct har_error cause = {.domain = HAR_DOMAIN_NONE};
    struct unpacking u = {.proof = proof, .most = har_settings_bound(proof->settings, HAR_BOUND_RESPONSE_BYTES)};
    spool_init(&u.to, har_settings_spool_dir(proof->settings));
    enum har_status status = unpack(&reply->body, proof->settings, take_unpacked, &u, &cause);
    *look = u.look;
    if (status == HAR_OK && !proof->exact) {
        spool_release(&reply->body);
        reply->body = u.to;
        return HAR_OK;
    }
    spool_release(&u.to);
    if (status == HAR_OK)
        return HAR_OK;
    if (u.passed)
        passed(reply, proof->settings, HAR_BOUND_RESPONSE_BYTES, "the answer unpacks to more than --max-response-bytes");
    else if (cause.domain == HAR_DOMAIN_DATA)
        found(reply, CLOUDFLARE_CUT, "the packed answer is damaged or ends too early");
    else if (cause.domain == HAR_DOMAIN_BOUND && cause.code == HAR_BOUND_DECODED_RATIO)
        passed(reply, proof->settings, HAR_BOUND_DECODED_RATIO, "the answer unpacks to more than --max-decoded-ratio");
    else if (cause.domain == HAR_DOMAIN_BOUND)
        passed(reply, proof->settings, HAR_BOUND_DECODED_BYTES, "the answer unpacks to more than --max-decoded-bytes");
    else if (error)
        *error = cause;
    return reply->end == CLOUDFLARE_ANSWERED ? HAR_FATAL : HAR_OK;
}

/* ---- proving */

static bool is_packed(const struct spool *body, struct har_error *error)
{
    unsigned char magic[2];
    return spool_length(body) >= sizeof magic && spool_read(body, 0, magic, sizeof magic, error) == HAR_OK && magic[0] == 0x1f &&
           magic[1] == 0x8b;
}

static enum har_status prove_plain(struct cloudflare_proof *proof, struct cloudflare_reply *reply, struct look *look,
                                   struct har_error *error)
{
    const uint64_t len = spool_length(&reply->body);
    const size_t part = len < CLOUDFLARE_ERROR_BODY ? (size_t)len : CLOUDFLARE_ERROR_BODY;
    look->nested = !reply->measured;
    const enum har_status status = look_through(&reply->body, look, error);
    if (status != HAR_OK)
        return status;
    char *to = har_buffer_reserve(&proof->beginning, part);
    if (!to)
        return har_error_memory(error);
    proof->beginning.len = part;
    return part ? spool_read(&reply->body, 0, to, part, error) : HAR_OK;
}

/* A part of what gzip, or a byte order mark, begins with: the rest of the answer is missing. */
static bool is_beginning(const struct har_buffer *body)
{
    static const char *const beginnings[] = {"\x1f\x8b", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (body->len && body->len < strlen(beginnings[i]) && memcmp(body->data, beginnings[i], body->len) == 0)
            return true;
    return false;
}

enum har_status cloudflare_prove(void *user, struct cloudflare_reply *reply, struct har_error *error)
{
    struct cloudflare_proof *proof = user;
    struct look look = {.len = 0};
    har_buffer_clear(&proof->beginning);
    proof->packed = is_packed(&reply->body, error);
    proof->no_json = false;
    const enum har_status status = (proof->packed ? prove_packed : prove_plain)(proof, reply, &look, error);
    if (status != HAR_OK || reply->end != CLOUDFLARE_ANSWERED)
        return status;
    proof->unpacked = look.len;
    const bool sure = reply->measured || proof->packed;
    if (!look.first && !sure)
        found(reply, CLOUDFLARE_CUT, "the connection was closed without an answer");
    else if (!sure && is_beginning(&proof->beginning))
        found(reply, CLOUDFLARE_CUT, "the connection was closed before the whole answer was there");
    else if (look.first != '{')
        proof->no_json = true;
    else if (look.last != '}' || (!sure && (!look.closed || look.behind)))
        found(reply, CLOUDFLARE_CUT, "the answer does not end where its JSON ends");
    return HAR_OK;
}

/* ---- errors */

static enum har_status take_error(void *user, const void *bytes, size_t len, struct har_error *error)
{
    struct har_buffer *to = user;
    const size_t room = to->max - to->len;
    if (!har_buffer_append(to, bytes, len < room ? len : room))
        return har_error_memory(error);
    return len < room ? HAR_OK : HAR_FAILED;
}

enum har_status cloudflare_unpack(struct har_buffer *body, const struct har_settings *settings, struct har_error *error)
{
    struct har_error cause = {.domain = HAR_DOMAIN_NONE};
    struct har_buffer unpacked;
    struct spool packed;
    spool_init(&packed, har_settings_spool_dir(settings));
    har_buffer_init(&unpacked, CLOUDFLARE_ERROR_BODY);
    enum har_status status = spool_append(&packed, body->data, body->len, error);
    if (status == HAR_OK && is_packed(&packed, error)) {
        unpack(&packed, settings, take_error, &unpacked, &cause);
        har_buffer_release(body);
        *body = unpacked;
        if (cause.domain == HAR_DOMAIN_MEMORY) {
            status = HAR_FATAL;
            if (error)
                *error = cause;
        } /* what came out before damage is good enough */
    }
    spool_release(&packed);
    return status;
}
