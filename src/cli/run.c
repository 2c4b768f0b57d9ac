/* One input through har_convert(). */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/complain.h"
#include "cli/run.h"
#include "cli/signals.h"

enum { EPOCH_DIGITS = 18 }; /* of SOURCE_DATE_EPOCH, at most */

void run_worsen(struct run *run, enum exit_status status)
{
    if (status > run->status)
        run->status = status;
}

bool run_goes_on(const struct run *run)
{
    return *signals_flag() == 0 && run->cli->out.errnum == 0 && !(run->reports && run->reports->failed);
}

static bool is_clean(const struct har_summary *summary)
{
    const uint64_t *count = summary->level_count;
    return count[HAR_LEVEL_ERROR] + count[HAR_LEVEL_WARNING] + count[HAR_LEVEL_INFO] + summary->broken == 0 && !summary->cut;
}

static void count_input(struct totals *totals, const struct har_summary *summary)
{
    totals->clean += is_clean(summary);
    for (size_t level = 0; level <= HAR_LEVEL_ERROR; level++)
        totals->level_count[level] += summary->level_count[level];
}

/* What cannot be read whole counts as a finding even when its rule is silent. */
static enum exit_status judge(const struct options *options, const struct har_summary *summary, enum har_status status)
{
    if (options->fail_on == HAR_LEVEL_OFF)
        return EXIT_DONE;
    for (size_t level = options->fail_on; level <= HAR_LEVEL_ERROR; level++)
        if (summary->level_count[level] > 0)
            return EXIT_FINDINGS;
    return status == HAR_OK ? EXIT_DONE : EXIT_FINDINGS;
}

/* A run that was ended on purpose, or because of a report whose failure was told, needs no message. */
static void tell_failure(struct run *run, const struct input *input, const struct har_error *error)
{
    bool pipe = error->domain == HAR_DOMAIN_SYSTEM && error->code == EPIPE;
    if (pipe)
        output_failed(&run->cli->out, EPIPE);
    else if (error->domain != HAR_DOMAIN_CANCELLED && !(run->reports && run->reports->failed))
        complain("%s: %s", input->display, error->text);
    run_worsen(run, EXIT_TROUBLE);
}

/* What --profile left out of an output. */
static void tell_refused(struct run *run, const struct input *input, const struct har_job *job, const struct har_summary *summary)
{
    if (!summary->refused)
        return;
    run_worsen(run, EXIT_FINDINGS);
    if (run->reports)
        complain("%s: left out, because %s refuses it even now: %" PRIu64 " of %" PRIu64 " pages and entries", input->display,
                 job->opens_in->consumer, summary->refused, summary->pages + summary->entries);
}

enum har_status run_input(struct run *run, const struct input *input, struct har_job *job, struct har_summary *summary)
{
    const struct options *options = &run->cli->options;
    struct har_error error = {0};
    *summary = (struct har_summary){.size = sizeof(*summary)};
    job->size = sizeof(*job);
    job->settings = options->settings;
    if (!job->format)
        job->format = options->format;
    if (run->reports) {
        job->on_finding = reports_finding;
        job->wants = reports_wants;
        job->user = run->reports;
    }
    job->blind = !run->reports || !run->reports->shows;
    job->known = run->cli->known;
    job->noted = run->cli->noted;
    job->cancel = signals_flag();

    if (run->reports)
        reports_begin(run->reports, input->display);
    enum har_status status = inputs_convert(input, job, summary, &error);
    run->totals.files++;
    if (status == HAR_FATAL) {
        run->totals.unreadable++;
        tell_failure(run, input, &error);
    } else {
        count_input(&run->totals, summary);
        run_worsen(run, judge(options, summary, status));
        tell_refused(run, input, job, summary);
    }
    if (run->reports && *signals_flag() == 0)
        reports_end(run->reports, status == HAR_FATAL ? NULL : summary, &error);
    output_flush(&run->cli->out);
    return status;
}

static void append_count(struct har_buffer *line, const char **separator, uint64_t count, const char *one)
{
    if (count == 0)
        return;
    har_buffer_printf(line, "%s%" PRIu64 " %s%s", *separator, count, one, count == 1 ? "" : "s");
    *separator = ", ";
}

static void append_levels(struct har_buffer *line, const char **separator, const uint64_t *level_count)
{
    append_count(line, separator, level_count[HAR_LEVEL_ERROR], "error");
    append_count(line, separator, level_count[HAR_LEVEL_WARNING], "warning");
    append_count(line, separator, level_count[HAR_LEVEL_INFO], "info");
}

static void print_line(struct har_buffer *line)
{
    har_buffer_append_char(line, '\n');
    if (!line->failed)
        fwrite(line->data, 1, line->len, stderr);
    har_buffer_release(line);
}

void run_print_summary(const struct har_summary *summary)
{
    struct har_buffer line;
    const char *separator = ", ";
    har_buffer_init(&line, HAR_MIB);
    har_buffer_append_visible(&line, summary->source, strlen(summary->source), 0);
    har_buffer_append_text(&line, summary->version[0] ? ": HAR " : ": no version");
    har_buffer_append_visible(&line, summary->version, strlen(summary->version), 0);
    har_buffer_printf(&line, ", %" PRIu64 " %s", summary->entries, summary->entries == 1 ? "entry" : "entries");
    if (summary->broken > 0)
        har_buffer_printf(&line, ", %" PRIu64 " broken", summary->broken);
    if (summary->cut)
        har_buffer_append_text(&line, ", not read to the end");
    append_levels(&line, &separator, summary->level_count);
    if (is_clean(summary))
        har_buffer_append_text(&line, ", clean");
    print_line(&line);
}

void run_print_totals(const struct totals *totals)
{
    struct har_buffer line;
    const char *separator = " ";
    har_buffer_init(&line, HAR_MIB);
    har_buffer_printf(&line, "%" PRIu64 " file%s:", totals->files, totals->files == 1 ? "" : "s");
    append_levels(&line, &separator, totals->level_count);
    if (totals->clean == totals->files)
        har_buffer_append_text(&line, totals->files == 1 ? " clean" : " all clean");
    else if (totals->unreadable > 0)
        har_buffer_printf(&line, "%s%" PRIu64 " could not be read", separator, totals->unreadable);
    if (totals->clean < totals->files)
        har_buffer_printf(&line, " (%" PRIu64 " file%s clean)", totals->clean, totals->clean == 1 ? "" : "s");
    print_line(&line);
}

void run_print_left_out(const struct har_summary *summary)
{
    struct har_buffer line;
    const char *separator = ": ";
    const uint64_t left = summary->entries > summary->written ? summary->entries - summary->written : 0;
    const uint64_t doubles = summary->doubles < left ? summary->doubles : left;
    if (!left || summary->broken || summary->cut)
        return;
    har_buffer_init(&line, HAR_MIB);
    har_buffer_append_visible(&line, summary->source, strlen(summary->source), 0);
    if (left > doubles)
        har_buffer_printf(&line, "%s%" PRIu64 " left out by --filter or --page", separator, left - doubles);
    if (left > doubles)
        separator = ", ";
    if (doubles)
        har_buffer_printf(&line, "%s%" PRIu64 " left out by --dedupe", separator, doubles);
    har_buffer_printf(&line, ", %" PRIu64 " written", summary->written);
    print_line(&line);
}

bool run_set_spool_dir(struct har_settings *settings)
{
    const char *folder = getenv("TMPDIR");
    struct har_error error = {0};
    if (!folder || !*folder || har_settings_set_spool_dir(settings, folder, &error) == HAR_OK)
        return true;
    complain("TMPDIR: %s", error.text);
    return false;
}

bool run_set_now(struct har_settings *settings)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t now = 0;
    size_t len = 0;
    if (!epoch || !*epoch) {
        har_settings_set_now(settings, (int64_t)time(NULL));
        return true;
    }
    for (; epoch[len] >= '0' && epoch[len] <= '9' && len < EPOCH_DIGITS; len++)
        now = now * 10 + (uint64_t)(epoch[len] - '0');
    if (epoch[len]) {
        complain("SOURCE_DATE_EPOCH takes a number of seconds since 1970");
        return false;
    }
    har_settings_set_now(settings, (int64_t)now);
    return true;
}
