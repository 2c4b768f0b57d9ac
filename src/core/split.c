/* Splitting: a run that counts, then runs that write parts, each with a writer of its own. */
#include <harmill/split.h>

#include <stdlib.h>
#include <string.h>

#include "core/held.h"
#include "core/sink.h"
#include "core/split_plan.h"
#include "core/telling.h"

enum state { STATE_COUNTING, STATE_WRITING, STATE_FAILED };

/* A part that has begun. */
struct opened {
    struct har_sink *sink;
    void *ctx; /* of the writer; NULL while that is not open */
};

struct target {
    struct opened *opened; /* NULL: not begun, or in place */
    uint64_t written;
    bool done;
    bool missed; /* in this run: an entry passed by when there was no room for it */
};

struct har_split {
    struct har_split_args args;
    struct har_settings *own_settings; /* when the caller has none */
    enum state state;
    bool running;
    const char *name; /* of the input, and where findings go: of the run */
    struct har_report_to *findings;
    struct held_list held;    /* findings of entries that are still to come */
    struct har_source source; /* `size` is 0 while it is not known; has its name from the run */
    struct split_plan plan;
    struct target *target;
    size_t open_count;
    uint64_t left;
};

static void free_opened(struct har_split *split, struct target *target)
{
    struct opened *opened = target->opened;
    if (!opened)
        return;
    if (opened->ctx)
        split->args.writer->close(opened->ctx);
    free(opened->ctx);
    har_sink_free(opened->sink);
    free(opened);
    target->opened = NULL;
    split->open_count--;
}

static enum har_status pass(struct har_split *split, const struct target *target, const struct har_item *item,
                            struct har_error *error)
{
    struct har_item own = *item;
    own.source = split->name;
    return split->args.writer->item(target->opened->ctx, &own, error);
}

static enum har_status pass_plain(struct har_split *split, const struct target *target, enum har_item_kind kind,
                                  struct har_error *error)
{
    const struct har_item item = {.size = sizeof item, .kind = kind, .container = ""};
    return pass(split, target, &item, error);
}

static bool is_list(const struct har_item *item, const char *key)
{
    return item->streamed && item->scope == HAR_SCOPE_LOG && json_key_is(item->tree, har_tree_root(item->tree), key, strlen(key));
}

static enum har_status pass_pages(struct har_split *split, const struct target *target, struct har_error *error)
{
    size_t *pages, count;
    enum har_status status = split_plan_pages(&split->plan, (uint32_t)(target - split->target), &pages, &count, error);
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        struct har_item page = split->plan.pages.item[pages[i]]->item;
        page.ordinal = i;
        status = pass(split, target, &page, error);
    }
    free(pages);
    return status;
}

/* All that stands before the entries. */
static enum har_status pass_head(struct har_split *split, const struct target *target, struct har_error *error)
{
    const struct kept_list *members = &split->plan.members;
    const struct har_item *entries = NULL;
    enum har_status status = pass_plain(split, target, HAR_ITEM_DOC_BEGIN, error);
    for (size_t i = 0; i < members->count && status == HAR_OK; i++) {
        const struct har_item *item = &members->item[i]->item;
        if (is_list(item, "entries")) {
            entries = item;
            continue;
        }
        status = pass(split, target, item, error);
        if (status == HAR_OK && is_list(item, "pages"))
            status = pass_pages(split, target, error);
    }
    return status == HAR_OK && entries ? pass(split, target, entries, error) : status;
}

static enum har_status open_part(struct har_split *split, struct target *target, struct har_error *error)
{
    const struct har_writer *writer = split->args.writer;
    struct opened *opened = target->opened = calloc(1, sizeof *opened);
    if (!opened)
        return har_error_memory(error);
    split->open_count++;
    enum har_status status = split->args.open(split->args.user, (uint64_t)(target - split->target), &opened->sink, error);
    if (status != HAR_OK)
        return status;
    const struct har_writer_args args = {.size = sizeof args,
                                         .sink = opened->sink,
                                         .options = split->args.options,
                                         .settings = split->args.settings,
                                         .findings = split->findings,
                                         .part = (uint64_t)(target - split->target) + 1,
                                         .redaction = split->args.redaction};
    if (split->args.redaction && sink_prove(opened->sink, split->args.redaction, error) != HAR_OK)
        return HAR_FATAL;
    opened->ctx = calloc(1, writer->ctx_size ? writer->ctx_size : 1);
    if (!opened->ctx)
        return har_error_memory(error);
    status = writer->open(opened->ctx, &args, error);
    return status == HAR_OK ? pass_head(split, target, error) : status;
}

/* What the run told of an entry before that came. */
static enum har_status pass_findings(struct har_split *split, const struct target *target, uint64_t origin, struct har_error *error)
{
    enum har_status status = HAR_OK;
    for (size_t i = 0; i < split->held.count && status == HAR_OK; i++) {
        const struct har_finding *finding = &split->held.item[i]->finding;
        if (finding->entry == (int64_t)origin)
            status = split->args.writer->finding(target->opened->ctx, finding, error);
    }
    return status;
}

static enum har_status pass_source(struct har_split *split, const struct target *target, struct har_error *error)
{
    split->source.name = split->name;
    return split->source.size ? split->args.writer->source(target->opened->ctx, &split->source, error) : HAR_OK;
}

static enum har_status close_part(struct har_split *split, struct target *target, struct har_error *error)
{
    enum har_status status = pass_plain(split, target, HAR_ITEM_DOC_END, error);
    if (status == HAR_OK)
        status = pass_source(split, target, error);
    if (status == HAR_OK)
        status = split->args.writer->finish(target->opened->ctx, error);
    if (status == HAR_OK)
        status = har_sink_commit(target->opened->sink, error);
    if (status != HAR_OK)
        return status;
    free_opened(split, target);
    target->done = true;
    split->left--;
    return HAR_OK;
}

static enum har_status changed(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 0, "changed while it was read");
}

static enum har_status entry(struct har_split *split, const struct har_item *item, struct har_error *error)
{
    uint32_t part;
    enum har_status status = split_plan_part(&split->plan, item, &part, error);
    if (status != HAR_OK)
        return status;
    struct target *target = &split->target[part];
    if (target->done || target->missed)
        return HAR_OK;
    if (!target->opened && split->open_count == HAR_SPLIT_OPEN_MOST) {
        target->missed = true;
        return HAR_OK;
    }
    if (!target->opened)
        status = open_part(split, target, error);
    if (status != HAR_OK)
        return status;
    struct har_item own = *item;
    own.ordinal = target->written++;
    own.container = "/log/entries";
    status = pass_findings(split, target, item->origin, error);
    if (status == HAR_OK)
        status = pass(split, target, &own, error);
    return status == HAR_OK && target->written == split->plan.part[part].entries ? close_part(split, target, error) : status;
}

/* After a run that wrote: parts without entries come now, all others must have got theirs. */
static enum har_status end_writing(struct har_split *split, struct har_error *error)
{
    enum har_status status = HAR_OK;
    if (split->open_count)
        return changed(error);
    for (size_t i = 0; i < split->plan.parts && status == HAR_OK; i++) {
        struct target *target = &split->target[i];
        if (target->done || target->missed)
            continue;
        if (split->plan.part[i].entries)
            return changed(error);
        status = open_part(split, target, error);
        if (status == HAR_OK)
            status = close_part(split, target, error);
    }
    return status;
}

static enum har_status end_counting(struct har_split *split, struct har_error *error)
{
    const enum har_status status = split_plan_make(&split->plan, error);
    if (status != HAR_OK)
        return status;
    split->target = calloc(split->plan.parts, sizeof *split->target);
    if (!split->target)
        return har_error_memory(error);
    split->left = split->plan.parts;
    split->state = STATE_WRITING;
    return HAR_OK;
}

/* The writer through which the items of a run come. */
struct forward {
    struct har_split *split;
    bool finished;
};

static enum har_status open_forward(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    struct forward *forward = ctx;
    struct har_split *split = args->user;
    if (split->running || split->state == STATE_FAILED || (split->state == STATE_WRITING && !split->left))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "splitting is over, or another run is part of it just now");
    forward->split = split;
    split->running = true;
    split->findings = args->findings;
    split->plan.entries = 0;
    for (size_t i = 0; split->target && i < split->plan.parts; i++)
        split->target[i].missed = false;
    return HAR_OK;
}

static enum har_status item_forward(void *ctx, const struct har_item *item, struct har_error *error)
{
    struct har_split *split = ((struct forward *)ctx)->split;
    split->name = item->source;
    if (split->state == STATE_COUNTING)
        return split_plan_item(&split->plan, item, error);
    if (item->kind != HAR_ITEM_ENTRY)
        return HAR_OK;
    const enum har_status status = entry(split, item, error);
    held_clear(&split->held); /* entries come in their order: the others were left out */
    return status;
}

/* A part has the findings of its own entries, as far as they are told before these. */
static enum har_status finding_forward(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct har_split *split = ((struct forward *)ctx)->split;
    return finding->entry < 0 ? HAR_OK : held_add(&split->held, finding, split->plan.most, error);
}

/* Told behind the first run: the parts are closed before the others end. */
static enum har_status source_forward(void *ctx, const struct har_source *source, struct har_error *error)
{
    (void)error;
    ((struct forward *)ctx)->split->source = *source;
    return HAR_OK;
}

static enum har_status finish_forward(void *ctx, struct har_error *error)
{
    struct forward *forward = ctx;
    struct har_split *split = forward->split;
    const enum har_status status = split->state == STATE_COUNTING ? end_counting(split, error) : end_writing(split, error);
    forward->finished = status == HAR_OK;
    return status;
}

static void close_forward(void *ctx)
{
    const struct forward *forward = ctx;
    if (!forward->split)
        return;
    forward->split->running = false;
    forward->split->name = NULL;
    forward->split->findings = NULL;
    held_clear(&forward->split->held);
    if (!forward->finished)
        forward->split->state = STATE_FAILED;
}

#define FORWARD(hears, asks)                                                                                                       \
    {                                                                                                                              \
        .size = sizeof(struct har_writer), .name = "split", .summary = "into several captures",                                    \
        .ctx_size = sizeof(struct forward), .open = open_forward, .item = item_forward, .finish = finish_forward,                  \
        .close = close_forward, .finding = (hears) ? finding_forward : NULL, .source = (asks) ? source_forward : NULL,             \
    }

/* By what is asked for: nobody else pays for it. */
static const struct har_writer forward_writers[2][2] = {{FORWARD(0, 0), FORWARD(0, 1)}, {FORWARD(1, 0), FORWARD(1, 1)}};

struct har_output har_split_output(struct har_split *split)
{
    const struct har_writer *writer = split->args.writer;
    const bool counting = split->state == STATE_COUNTING;
    const bool hears = !counting && WRITER_HAS(writer, finding), asks = counting && WRITER_HAS(writer, source);
    return (struct har_output){.writer = &forward_writers[hears][asks], .user = split};
}

enum har_status har_split_new(struct har_split **result, const struct har_split_args *args, struct har_error *error)
{
    struct har_split *split = *result = NULL;
    if (args->by == HAR_SPLIT_BY_COUNT && !args->entries)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "a part has at least one entry");
    split = calloc(1, sizeof *split);
    if (!split)
        return har_error_memory(error);
    split->args = *args;
    if (!args->settings)
        split->args.settings = split->own_settings = har_settings_new();
    if (!split->args.settings) {
        free(split);
        return har_error_memory(error);
    }
    split->plan.by = args->by;
    split->plan.each = args->entries;
    split->plan.most = har_settings_bound(split->args.settings, HAR_BOUND_KEPT_BYTES);
    split_plan_begin(&split->plan);
    *result = split;
    return HAR_OK;
}

uint64_t har_split_parts(const struct har_split *split)
{
    return split->plan.parts;
}

uint64_t har_split_left(const struct har_split *split)
{
    return split->left;
}

bool har_split_part(const struct har_split *split, uint64_t part, struct har_split_part *info)
{
    if (part >= split->plan.parts)
        return false;
    const struct split_part *of = &split->plan.part[part];
    const struct keyset *names = split->plan.by == HAR_SPLIT_BY_HOST ? &split->plan.hosts : &split->plan.ids;
    *info = (struct har_split_part){.named = of->named, .name = {"", 0}, .entries = of->entries, .first = of->first};
    if (of->name_len)
        info->name = (struct har_text){names->bytes.data + of->name_at, of->name_len};
    return true;
}

void har_split_free(struct har_split *split)
{
    if (!split)
        return;
    for (size_t i = 0; split->target && i < split->plan.parts; i++)
        free_opened(split, &split->target[i]);
    free(split->target);
    held_release(&split->held);
    split_plan_release(&split->plan);
    har_settings_free(split->own_settings);
    free(split);
}
