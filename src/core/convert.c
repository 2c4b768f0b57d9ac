/* The loop: one input, item by item, through rules, order and transforms to the writers. */
#include <harmill/convert.h>

#include <stdlib.h>
#include <string.h>

#include <harmill/registry.h>

#include "check/check.h"
#include "core/baseline.h"
#include "core/dedupe.h"
#include "core/made.h"
#include "core/order.h"
#include "core/repaired.h"
#include "core/secrets.h"
#include "core/sink.h"
#include "core/telling.h"
#include "util/polyhash.h"

struct run {
    const struct har_job *job;
    struct har_settings *own_settings; /* when the job has none */
    const struct har_settings *settings;
    struct har_summary *summary;
    struct har_error *error;
    struct har_report_to to;
    struct known known;
    struct check check;
    bool checking;
    struct secrets secrets;
    struct har_input *input;
    const struct har_format *plug;
    struct instance format;
    const struct har_transform **pass; /* the job's transforms, and that of its redaction */
    struct instance *transform;
    size_t transforms;
    size_t passing; /* the transform that an item of its own comes from */
    bool again;     /* an item is mended once more: see redact_again() */
    uint64_t mends; /* of it */
    struct made made;
    struct instance *writer;
    struct telling telling;
    struct polyhash read, written;
};

static void count_bytes(void *user, const void *bytes, size_t len)
{
    struct run *run = user;
    run->summary->bytes += len;
    if (run->job->compare)
        polyhash_add(&run->read, bytes, len);
    if (run->job->redaction)
        redaction_input(run->job->redaction, bytes, len);
    telling_bytes(&run->telling, bytes, len);
}

static void count_written(void *user, const void *bytes, size_t len)
{
    struct run *run = user;
    polyhash_add(&run->written, bytes, len);
}

static void count_mend(void *core, enum har_mend mend)
{
    struct run *run = core;
    run->mends++;
    if ((unsigned)mend < HAR_MEND_COUNT && !run->again)
        run->summary->mend_count[mend]++;
}

static void count_found(void *core)
{
    struct run *run = core;
    run->summary->found++;
}

static enum har_status pass_own(void *core, struct har_item *item, struct har_error *error);

static bool make_context(struct instance *instance, size_t size)
{
    instance->ctx = calloc(1, size ? size : 1);
    instance->opened = instance->ctx != NULL;
    return instance->opened;
}

static enum har_status open_input(struct run *run)
{
    const struct har_job *job = run->job;
    const char *display = job->display ? job->display : job->input;
    const struct har_reader *reader = job->reader ? job->reader : har_reader_for_input(job->input);
    const struct har_reader_args args = {sizeof args, job->input, job->options, run->settings, job->reader_user};
    run->summary->source = display;
    if (!reader)
        return har_error_set(run->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "nothing reads inputs of this form");
    const enum har_status status = har_input_open(&run->input, reader, &args, display, run->error);
    if (status != HAR_OK)
        return status;
    har_input_watch(run->input, count_bytes, run);
    run->check.input = run->input;
    run->summary->coding = har_input_coding(run->input);
    run->plug = job->format ? job->format : har_format_for_path(display);
    if (!run->plug)
        run->plug = har_format_find("har");
    return HAR_OK;
}

static enum har_status open_repair(struct run *run)
{
    if (!run->job->repair)
        return HAR_OK;
    if (strcmp(run->plug->name, "har") != 0)
        return har_error_set(run->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "is of the format %s: only JSON can be repaired",
                             run->plug->name);
    return input_repair(run->input, &run->to, run->error);
}

static enum har_status open_format(struct run *run)
{
    const struct har_format_args args = {sizeof args, run->input, &run->to, run->job->options, run->settings};
    if (!run->plug->open)
        return har_error_set(run->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "is of the format %s, which this build leaves out",
                             run->plug->name);
    if (!make_context(&run->format, run->plug->ctx_size))
        return har_error_memory(run->error);
    return run->plug->open(run->format.ctx, &args, run->error);
}

/* Whether what is written is redacted; what learns writes nothing. */
static bool redacts(const struct run *run)
{
    return run->job->redaction && !redaction_learns(run->job->redaction);
}

static enum har_status list_transforms(struct run *run)
{
    const struct har_transform *const *given = run->job->transforms;
    size_t count = 0;
    while (given && given[count])
        count++;
    run->pass = calloc(count + 2, sizeof *run->pass);
    run->transform = calloc(count + 1, sizeof *run->transform);
    if (!run->pass || !run->transform)
        return har_error_memory(run->error);
    for (size_t i = 0; i < count; i++)
        run->pass[run->transforms++] = given[i];
    if (redacts(run))
        run->pass[run->transforms++] = har_transform_find("redact");
    return HAR_OK;
}

static enum har_status open_transforms(struct run *run)
{
    const struct har_transform_args args = {.size = sizeof args,
                                            .options = run->job->options,
                                            .settings = run->settings,
                                            .input = run->input,
                                            .findings = &run->to,
                                            .mended = count_mend,
                                            .pass = pass_own,
                                            .found = count_found,
                                            .core = run,
                                            .redaction = redacts(run) ? run->job->redaction : NULL};
    const enum har_status listed = list_transforms(run);
    if (listed != HAR_OK)
        return listed;
    for (size_t i = 0; i < run->transforms; i++) {
        if (!make_context(&run->transform[i], run->pass[i]->ctx_size))
            return har_error_memory(run->error);
        const enum har_status status = run->pass[i]->open(run->transform[i].ctx, &args, run->error);
        if (status != HAR_OK)
            return status;
    }
    return HAR_OK;
}

static enum har_status open_writers(struct run *run)
{
    const struct har_job *job = run->job;
    run->writer = calloc(job->output_count + 1, sizeof *run->writer);
    if (!run->writer)
        return har_error_memory(run->error);
    for (size_t i = 0; i < job->output_count; i++) {
        const struct har_output *output = &job->outputs[i];
        const struct har_writer_args args = {.size = sizeof args,
                                             .sink = output->sink,
                                             .options = output->options,
                                             .settings = run->settings,
                                             .user = output->user,
                                             .findings = &run->to,
                                             .redaction = redacts(run) ? job->redaction : NULL};
        if (output->sink)
            sink_set_cancel(output->sink, job->cancel);
        if (output->sink && redacts(run) && sink_prove(output->sink, job->redaction, run->error) != HAR_OK)
            return HAR_FATAL;
        if (output->sink && output->flags & HAR_OUTPUT_KEEP_CODING)
            har_sink_set_coding(output->sink, har_input_coding(run->input));
        if (output->sink && job->compare && i == 0)
            har_sink_watch(output->sink, count_written, run);
        if (!make_context(&run->writer[i], output->writer->ctx_size))
            return har_error_memory(run->error);
        const enum har_status status = output->writer->open(run->writer[i].ctx, &args, run->error);
        if (status != HAR_OK)
            return status;
    }
    run->telling.writer = run->writer;
    return HAR_OK;
}

/* Writers' bounds are findings, like all others; the error's text says which. HAR_FATAL: it was something else. */
static enum har_status bound_finding(struct run *run, const struct har_item *item, const struct har_error *error)
{
    if (error->domain != HAR_DOMAIN_BOUND)
        return HAR_FATAL;
    struct har_finding finding = {.rule = HAR_RULE_TOO_LARGE,
                                  .place = item->place,
                                  .end = item->place,
                                  .entry = -1,
                                  .pointer = {item->container, strlen(item->container)},
                                  .message = "%1"};
    finding.arg[0] = (struct har_arg){HAR_ARG_WORD, 0, {error->text, strlen(error->text)}};
    har_report_finding(&run->to, &finding);
    return HAR_OK;
}

/* What became of the findings that writers were told last. */
static enum har_status heard(struct run *run, const struct har_item *item)
{
    struct har_error error = {0};
    if (telling_status(&run->telling, &error) == HAR_OK || bound_finding(run, item, &error) == HAR_OK)
        return HAR_OK;
    *run->error = error;
    return HAR_FATAL;
}

static enum har_status write_item(struct run *run, const struct har_item *item, bool as_read)
{
    for (size_t i = 0; i < run->job->output_count && !run->summary->broken; i++) {
        const struct har_output *output = &run->job->outputs[i];
        if (((output->flags & HAR_OUTPUT_AS_READ) != 0) != as_read)
            continue;
        if (output->writer->item(run->writer[i].ctx, item, run->error) == HAR_FATAL &&
            bound_finding(run, item, run->error) == HAR_FATAL)
            return HAR_FATAL;
    }
    return HAR_OK;
}

/* Whether this is an entry again; its members are in order. */
static enum har_status is_double(struct run *run, const struct har_item *item, bool *twice)
{
    *twice = false;
    if (!run->job->dedupe || item->kind != HAR_ITEM_ENTRY)
        return HAR_OK;
    if (!dedupe_add(run->job->dedupe, item->tree, twice))
        return har_error_memory(run->error);
    run->summary->doubles += *twice;
    return HAR_OK;
}

/* A token may stand where a date or an address has to, which normalize sets right: both are done until neither changes anything, so
 * that nothing changes when the output is redacted once more. */
static enum har_status redact_again(struct run *run, size_t redact, struct har_item *item)
{
    enum { ROUNDS = 4 };
    size_t normalize = 0;
    while (normalize < redact && strcmp(run->pass[normalize]->name, "normalize") != 0)
        normalize++;
    if (normalize == redact || (item->kind != HAR_ITEM_ENTRY && item->kind != HAR_ITEM_PAGE))
        return HAR_OK;
    enum har_status status = HAR_OK;
    for (unsigned round = 0; round < ROUNDS && status == HAR_OK && redaction_changed(run->job->redaction); round++) {
        run->again = true;
        run->mends = 0;
        status = run->pass[normalize]->item(run->transform[normalize].ctx, item, run->error);
        run->again = false;
        if (status != HAR_OK || !run->mends)
            return status;
        redaction_again(run->job->redaction, true);
        status = run->pass[redact]->item(run->transform[redact].ctx, item, run->error);
        redaction_again(run->job->redaction, false);
    }
    return status;
}

/* Through the transforms from `first` on to the writers. */
static enum har_status pass_from(struct run *run, size_t first, struct har_item *item)
{
    for (size_t i = first; i < run->transforms; i++) {
        run->passing = i;
        enum har_status status = run->pass[i]->item(run->transform[i].ctx, item, run->error);
        if (status == HAR_OK && item->tree && redacts(run) && i + 1 == run->transforms)
            status = redact_again(run, i, item);
        if (status != HAR_OK)
            return status == HAR_FAILED ? HAR_OK : status;
    }
    if (run->made.settings) {
        const enum har_status status = made_judge(&run->made, item, run->error);
        run->summary->refused += status == HAR_FAILED;
        if (status != HAR_OK)
            return status == HAR_FAILED ? HAR_OK : status;
    }
    if (item->tree)
        order_tree((struct har_tree *)(uintptr_t)item->tree); /* the format's own tree, which nobody else holds */
    bool twice;
    const enum har_status status = is_double(run, item, &twice);
    if (status != HAR_OK || twice)
        return status;
    run->summary->written += item->kind == HAR_ITEM_ENTRY;
    return write_item(run, item, false);
}

/* What plug-ins need not know. */
static void complete(const struct run *run, struct har_item *item)
{
    item->size = sizeof *item; /* whatever made it: all of it is here */
    item->source = run->summary->source;
    item->origin = item->ordinal;
}

static enum har_status pass_own(void *core, struct har_item *item, struct har_error *error)
{
    struct run *run = core;
    const size_t passing = run->passing;
    struct har_item own = {.kind = item->kind};
    (void)error;
    memcpy(&own, item, item->size < sizeof own ? item->size : sizeof own);
    complete(run, &own);
    const enum har_status status = pass_from(run, passing + 1, &own);
    run->passing = passing;
    return status;
}

static enum har_status pass_on(struct run *run, struct har_item *item)
{
    const enum har_status status = write_item(run, item, true);
    return status == HAR_OK ? pass_from(run, 0, item) : status;
}

static enum har_status take_item(struct run *run, struct har_item *item)
{
    complete(run, item);
    enum har_status status = check_item(&run->check, item, run->error);
    if (status == HAR_OK)
        status = secrets_item(&run->secrets, item, run->error);
    if (status == HAR_OK)
        status = heard(run, item);
    if (status == HAR_OK && run->job->on_item)
        run->job->on_item(run->job->user, item);
    if (status == HAR_OK && run->job->output_count && !run->summary->broken)
        status = pass_on(run, item);
    return status == HAR_OK ? heard(run, item) : status;
}

/* Until the last item; broken ones are counted by their findings. */
static enum har_status run_items(struct run *run)
{
    struct har_item item = {.size = sizeof item, .container = ""};
    for (;;) {
        if (run->job->cancel && *run->job->cancel)
            return har_error_set(run->error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
        enum har_status status = run->plug->item(run->format.ctx, &item, run->error);
        if (heard(run, &item) != HAR_OK)
            return HAR_FATAL;
        if (status == HAR_FAILED)
            continue;
        if (status == HAR_EOF) {
            input_tell_repairs(run->input);
            return heard(run, &item);
        }
        if (status == HAR_FATAL && run->error->domain == HAR_DOMAIN_DATA) {
            input_tell_repairs(run->input);
            run->summary->cut = true;
            run->summary->bytes = 0;
            check_cut(&run->check);
            return HAR_FAILED;
        }
        if (status != HAR_OK)
            return status;
        status = take_item(run, &item);
        if (status != HAR_OK)
            return status;
    }
}

static enum har_status begin_known(struct run *run)
{
    const struct har_job *job = run->job;
    const char *display = job->display ? job->display : job->input;
    return baseline_begin(&run->known, job->known, job->noted != NULL, display) ? HAR_OK : har_error_memory(run->error);
}

static enum har_status note_findings(struct run *run)
{
    const struct har_job *job = run->job;
    return job->noted ? baseline_take(job->noted, &run->known, run->summary->source, run->error) : HAR_OK;
}

static enum har_status finish(struct run *run)
{
    const struct har_job *job = run->job;
    if (run->summary->broken)
        return har_error_set(run->error, HAR_FAILED, HAR_DOMAIN_DATA, 0, "the input is broken");
    if (telling_source(&run->telling, run->error) != HAR_OK)
        return HAR_FATAL;
    if (job->redaction && redaction_finish(job->redaction, run->error) != HAR_OK)
        return HAR_FATAL;
    for (size_t i = 0; i < job->output_count; i++)
        if (job->outputs[i].writer->finish(run->writer[i].ctx, run->error) != HAR_OK ||
            telling_status(&run->telling, run->error) != HAR_OK)
            return HAR_FATAL;
    for (size_t i = 0; i < job->output_count; i++)
        if (job->outputs[i].sink && har_sink_commit(job->outputs[i].sink, run->error) != HAR_OK)
            return HAR_FATAL;
    run->summary->same = job->compare && job->output_count &&
                         (!job->outputs[0].sink || !sink_changed_order(job->outputs[0].sink)) &&
                         polyhash_value(&run->read) == polyhash_value(&run->written);
    return HAR_OK;
}

static void clean_up(struct run *run)
{
    for (size_t i = 0; run->writer && i < run->job->output_count; i++) {
        if (run->writer[i].opened)
            run->job->outputs[i].writer->close(run->writer[i].ctx);
        free(run->writer[i].ctx);
    }
    for (size_t i = 0; run->transform && i < run->transforms; i++) {
        if (run->transform[i].opened)
            run->pass[i]->close(run->transform[i].ctx);
        free(run->transform[i].ctx);
    }
    if (run->format.opened)
        run->plug->close(run->format.ctx);
    free(run->format.ctx);
    free(run->writer);
    free(run->transform);
    free(run->pass);
    if (run->checking)
        check_release(&run->check);
    secrets_release(&run->secrets);
    diag_release(&run->to);
    made_release(&run->made);
    known_release(&run->known);
    har_input_close(run->input);
    har_settings_free(run->own_settings);
}

enum har_status har_convert(const struct har_job *job, struct har_summary *summary, struct har_error *error)
{
    struct har_error unread = {0};
    struct run run = {.job = job, .settings = job->settings, .summary = summary, .error = error ? error : &unread};
    enum har_status status;
    *run.error = (struct har_error){0};
    *summary = (struct har_summary){.size = sizeof *summary};
    if (!run.settings)
        run.settings = run.own_settings = har_settings_new();
    if (!run.settings)
        return har_error_memory(error);
    run.to = (struct har_report_to){.settings = run.settings,
                                    .summary = summary,
                                    .on_finding = job->on_finding,
                                    .user = job->user,
                                    .wants = job->wants,
                                    .blind = job->blind,
                                    .known = &run.known};
    telling_init(&run.telling, job, &run.to);
    if (job->compare) {
        const uint64_t point = polyhash_point();
        polyhash_init(&run.read, point);
        polyhash_init(&run.written, point);
    }
    if (job->opens_in && job->opens_in->consumer && !made_init(&run.made, job->opens_in)) {
        clean_up(&run);
        return har_error_memory(run.error);
    }
    run.checking = true;
    (void)((status = check_init(&run.check, &run.to, run.settings) ? HAR_OK : har_error_memory(run.error)) == HAR_OK &&
           (status = secrets_init(&run.secrets, job->secrets, run.settings, &run.check, run.error)) == HAR_OK &&
           (status = job->redaction ? redaction_begin(job->redaction, run.error) : HAR_OK) == HAR_OK &&
           (status = begin_known(&run)) == HAR_OK && (status = open_input(&run)) == HAR_OK &&
           (status = open_repair(&run)) == HAR_OK && (status = open_format(&run)) == HAR_OK &&
           (status = open_transforms(&run)) == HAR_OK && (status = open_writers(&run)) == HAR_OK &&
           (status = run_items(&run)) == HAR_OK && (status = note_findings(&run)) == HAR_OK && (status = finish(&run)) == HAR_OK);
    clean_up(&run);
    return status;
}
