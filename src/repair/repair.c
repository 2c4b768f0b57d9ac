/* The filter from outside: made, read from, freed. */
#include <stdlib.h>
#include <string.h>

#include "repair/internal.h"

struct repair *repair_new(const struct har_settings *settings, struct har_report_to *findings, repair_source_fn *source, void *user)
{
    struct repair *r = calloc(1, sizeof *r);
    const size_t kept = (size_t)har_settings_bound(settings, HAR_BOUND_KEPT_BYTES);
    if (!r)
        return NULL;
    r->settings = settings;
    r->findings = findings;
    r->source = source;
    r->user = user;
    r->mark = r->repaired = (struct har_place){0, 1, 1};
    r->item_most = har_settings_bound(settings, HAR_BOUND_ITEM_BYTES);
    r->depth_most = (size_t)har_settings_bound(settings, HAR_BOUND_DEPTH);
    r->stack = malloc(r->depth_most);
    r->stack_members = malloc(r->depth_most);
    har_buffer_init(&r->out, SIZE_MAX / 2);
    har_buffer_init(&r->added, SIZE_MAX / 2);
    har_buffer_init(&r->told_text, SIZE_MAX / 2);
    har_buffer_init(&r->log_tail.text, 2 * kept + HAR_KIB);
    har_buffer_init(&r->outer_tail.text, 2 * kept + HAR_KIB);
    har_buffer_init(&r->kept.text, 2 * kept + HAR_KIB);
    if (r->stack && r->stack_members)
        return r;
    repair_free(r);
    return NULL;
}

void repair_free(struct repair *r)
{
    if (!r)
        return;
    har_buffer_release(&r->out);
    har_buffer_release(&r->added);
    har_buffer_release(&r->told_text);
    har_buffer_release(&r->log_tail.text);
    har_buffer_release(&r->outer_tail.text);
    har_buffer_release(&r->kept.text);
    free(r->text);
    free(r->edit);
    free(r->piece);
    free(r->told);
    free(r->stack);
    free(r->stack_members);
    free(r);
}

/* The first bytes tell the coding. */
static bool find_coding(struct repair *r)
{
    enum { ENOUGH = 4 };
    while (r->raw_len < ENOUGH && !r->raw_ended) {
        size_t got = 0;
        const enum har_status status = r->source(r->user, r->raw + r->raw_len, ENOUGH - r->raw_len, &got, &r->error);
        if (status < HAR_OK && r->error.domain != HAR_DOMAIN_DATA) {
            r->failed = true;
            return false;
        }
        r->cut_packed = status < HAR_OK;
        r->raw_ended = status != HAR_OK;
        r->raw_len += got;
    }
    repair_find_coding(r, r->raw, r->raw_len);
    return true;
}

/* Too many repairs: what was decided is handed over, and the document closed. That it is not all is an error. */
static bool stop_full(struct repair *r)
{
    struct repair_edit told = {.at = r->flushed, .told_at = r->flushed, .mend = MEND_TOO_MANY, .role = OUTLINE_NONE};
    r->state = REPAIR_FINISHED;
    r->full = false;
    r->edit_count = r->edit_next;
    if (repair_tell(r, &told))
        return true;
    r->failed = true;
    har_error_memory(&r->error);
    return false;
}

/* Text that is not repaired passes as it is. */
static bool plain(struct repair *r)
{
    if (!repair_look(r, r->ready))
        return false;
    r->at = r->ready = r->end;
    if (r->ended && r->flushed == r->end)
        r->state = REPAIR_FINISHED;
    return true;
}

static bool go_on(struct repair *r)
{
    bool done = true;
    switch (r->state) {
    case REPAIR_BEGIN:
        done = find_coding(r) && repair_begin(r);
        break;
    case REPAIR_INSIDE:
    case REPAIR_OUTSIDE:
        done = repair_step(r);
        break;
    case REPAIR_PLAIN:
        done = plain(r);
        break;
    case REPAIR_FINISHED:
        break;
    }
    return done || (r->full && !r->failed && stop_full(r));
}

enum har_status repair_read(struct repair *r, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    *got = 0;
    while (r->out_at == r->out.len) {
        har_buffer_clear(&r->out);
        r->out_at = 0;
        if (!r->failed && r->flushed < r->ready && !repair_pump(r, false))
            r->failed = true;
        if (r->out.len)
            break;
        if (r->flushed == r->ready && !r->failed && r->state == REPAIR_FINISHED)
            return HAR_EOF;
        if (r->failed || (r->flushed == r->ready && !go_on(r))) {
            r->failed = true;
            if (r->error.domain == HAR_DOMAIN_NONE) /* nothing else fails without a word */
                har_error_memory(&r->error);
            if (error)
                *error = r->error;
            return HAR_FATAL;
        }
    }
    const size_t left = r->out.len - r->out_at;
    *got = left < cap ? left : cap;
    memcpy(bytes, r->out.data + r->out_at, *got);
    r->out_at += *got;
    return HAR_OK;
}
