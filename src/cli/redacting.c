/* Redaction of what commands write. */
#include "cli/redacting.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/load.h"
#include "cli/redact_key.h"
#include "cli/redact_manifest.h"
#include "cli/signals.h"
#include "cli/write.h"

enum { RULES_MOST = 4 << 20 }; /* bytes of a file */

static bool fail(struct writing *writing, enum exit_status status)
{
    run_worsen(&writing->run, status);
    return false;
}

/* ---- options */

static enum exit_status read_rules(struct har_redact_rules *rules, const char *path)
{
    struct har_buffer text;
    struct stat info;
    struct har_error error = {0};
    enum exit_status status = EXIT_DONE;
    har_buffer_init(&text, RULES_MOST + 1);
    const int errnum = load_file(path, false, RULES_MOST, &text, &info);
    if (errnum) {
        complain("%s: cannot read the rules: %s", path, strerror(errnum));
        status = EXIT_TROUBLE;
    } else if (text.len > RULES_MOST) {
        complain("%s: is larger than the %d MiB that rules may have", path, RULES_MOST >> 20);
        status = EXIT_USAGE;
    } else if (har_redact_rules_read(rules, (struct har_text){text.data ? text.data : "", text.len}, &error) != HAR_OK) {
        complain("%s: %s", path, error.text);
        status = error.domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
    }
    har_buffer_release(&text);
    return status;
}

/* NAME,NAME: each to `take`. */
static bool each_name(struct har_redact_rules *rules, const struct option_list *list,
                      bool (*take)(struct har_redact_rules *rules, struct har_text name))
{
    for (size_t i = 0; i < list->count; i++)
        for (const char *name = list->text[i]; *name; name += *name == ',') {
            const size_t len = strcspn(name, ",");
            if (len && !take(rules, (struct har_text){name, len}))
                return false;
            name += len;
        }
    return true;
}

enum exit_status redacting_rules(struct har_redact_rules **rules, const struct redact_choice *choice)
{
    struct har_error error = {0};
    enum exit_status status = EXIT_DONE;
    *rules = NULL;
    if (!choice->rules.count && !choice->keep.count && !choice->drop.count)
        return EXIT_DONE;
    if (har_redact_rules_new(rules, &error) != HAR_OK) {
        complain("%s", error.text);
        return EXIT_TROUBLE;
    }
    for (size_t i = 0; i < choice->rules.count && status == EXIT_DONE; i++)
        status = read_rules(*rules, choice->rules.text[i]);
    if (status == EXIT_DONE &&
        !(each_name(*rules, &choice->keep, har_redact_rules_keep) && each_name(*rules, &choice->drop, har_redact_rules_drop))) {
        complain("out of memory");
        status = EXIT_TROUBLE;
    }
    if (status != EXIT_DONE) {
        har_redact_rules_free(*rules);
        *rules = NULL;
    }
    return status;
}

/* The first option that says how to redact; NULL: none was given. */
static const char *given(const struct redact_choice *choice)
{
    return choice->rules.count        ? "rules"
           : choice->keep.count       ? "keep"
           : choice->drop.count       ? "drop"
           : choice->manifest         ? "manifest"
           : choice->key_file         ? "key-file"
           : choice->mode_given       ? "mode"
           : choice->bodies_given     ? "redact-bodies"
           : choice->pii              ? "pii"
           : choice->suspicious       ? "suspicious"
           : choice->allow_unsearched ? "allow-unsearched"
                                      : NULL;
}

/* A report is for others to read: it is redacted unless somebody says no. */
static bool decide(struct writing *writing)
{
    const struct cli *cli = writing->run.cli;
    const struct redact_choice *choice = &cli->options.redact;
    struct redacting *redacting = &writing->redacting;
    const bool command = cli->command->run == redact_run;
    redacting->private = command;
    redacting->on = command || choice->redact || (writing->page && !choice->no_redact);
    const char *option = given(choice);
    if (choice->redact && choice->no_redact)
        complain("give either --redact or --no-redact");
    else if (choice->no_redact && !writing->page)
        complain("--no-redact is for reports: what writer '%s' writes is redacted with --redact only", writing->writer->name);
    else if (option && !redacting->on)
        complain("option '--%s' needs --redact", option);
    else if (choice->manifest && cli->options.output && strcmp(choice->manifest, cli->options.output) == 0)
        complain("--manifest and --output name the same file");
    else if (choice->manifest && strcmp(choice->manifest, "-") == 0)
        complain("--manifest needs the name of a file");
    else
        return true;
    return fail(writing, EXIT_USAGE);
}

/* A report without bodies shows nothing of those that could not be searched; texts are searched. */
static bool shows_all_bodies(const struct writing *writing)
{
    return strcmp(har_option_value(writing->run.cli->options.of_writer, "bodies", "none"), "all") == 0;
}

/* Before anything is written, so that an output whose manifest cannot be is not put in place. */
static bool open_manifest(struct writing *writing)
{
    const struct options *options = &writing->run.cli->options;
    struct har_error error = {0};
    if (!options->redact.manifest ||
        redact_manifest_open(&writing->redacting.manifest_to, options->redact.manifest, options->settings, &error) == HAR_OK)
        return true;
    complain("%s: %s", options->redact.manifest, error.text);
    return fail(writing, EXIT_TROUBLE);
}

bool redacting_open(struct writing *writing)
{
    const struct redact_choice *choice = &writing->run.cli->options.redact;
    struct redacting *redacting = &writing->redacting;
    har_buffer_init(&redacting->manifest, SIZE_MAX / 2);
    if (!decide(writing))
        return false;
    if (!redacting->on)
        return true;
    redacting->options = (struct har_redact_options){.size = sizeof redacting->options,
                                                     .mode = choice->mode,
                                                     .bodies = choice->bodies,
                                                     .pii = choice->pii,
                                                     .suspicious = choice->suspicious,
                                                     .allow_unsearched = choice->allow_unsearched};
    if (writing->page && !shows_all_bodies(writing))
        redacting->options.allow_unsearched = true;
    enum exit_status status = redacting_rules(&redacting->rules, choice);
    if (status == EXIT_DONE && choice->key_file)
        status = redact_key_read(writing->run.cli, &redacting->key, &redacting->options.key);
    return status == EXIT_DONE ? open_manifest(writing) : fail(writing, status);
}

void redacting_close(struct writing *writing)
{
    struct redacting *redacting = &writing->redacting;
    har_redaction_free(redacting->now);
    har_redact_rules_free(redacting->rules);
    redact_key_free(redacting->key);
    har_buffer_release(&redacting->manifest);
    har_sink_free(redacting->manifest_to);
    *redacting = (struct redacting){.on = false};
}

/* ---- learning */

/* A run that was ended on purpose needs no message. */
static void tell_failure(struct writing *writing, const struct input *input, const struct har_error *error)
{
    if (error->domain != HAR_DOMAIN_CANCELLED)
        complain("%s: %s", input->display, error->text);
    run_worsen(&writing->run, EXIT_TROUBLE);
    if (*signals_flag() != 0)
        return;
    reports_begin(&writing->reports, input->display);
    reports_end(&writing->reports, NULL, error);
}

/* What is broken is told when it is written. */
static bool learn(struct writing *writing, const struct input *input)
{
    struct redacting *redacting = &writing->redacting;
    struct har_error error = {0};
    struct har_job job = {.size = sizeof job,
                          .settings = writing->run.cli->options.settings,
                          .format = writing->run.cli->options.format,
                          .cancel = signals_flag()};
    pipeline_apply(&writing->pipeline, &job);
    if (inputs_learn(input, redacting->now, &job, &error) != HAR_FATAL)
        return true;
    tell_failure(writing, input, &error);
    return false;
}

bool redacting_begin(struct writing *writing, size_t first, size_t count)
{
    struct redacting *redacting = &writing->redacting;
    struct har_error error = {0};
    if (!redacting->on)
        return true;
    if (har_redaction_new(&redacting->now, redacting->rules, &redacting->options, writing->run.cli->options.settings, &error) !=
        HAR_OK) {
        complain("%s", error.text);
        return fail(writing, error.domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE);
    }
    for (size_t i = first; i < first + count; i++)
        if (!writing_hold(writing, &writing->inputs.list[i], true) || !learn(writing, &writing->inputs.list[i])) {
            har_redaction_free(redacting->now);
            redacting->now = NULL;
            return false;
        }
    return true;
}

/* ---- the summary */

void redacting_append_count(struct har_buffer *line, uint64_t count, const char *one, const char *more)
{
    har_buffer_printf(line, "%" PRIu64 " %s", count, count == 1 ? one : more);
}

static void begin_line(struct har_buffer *line, const char *name)
{
    har_buffer_clear(line);
    har_buffer_append_visible(line, name, strlen(name), 0);
    har_buffer_append_text(line, ": ");
}

static void print_line(struct har_buffer *line)
{
    har_buffer_append_char(line, '\n');
    if (!line->failed)
        fwrite(line->data, 1, line->len, stderr);
}

static void tell_replaced(struct har_buffer *line, const char *name, const struct har_redact_totals *totals)
{
    begin_line(line, name);
    if (!totals->values) {
        har_buffer_append_text(line, "no secret found");
    } else {
        redacting_append_count(line, totals->secrets, "secret", "secrets");
        har_buffer_append_text(line, " in ");
        redacting_append_count(line, totals->values, "place", "places");
        har_buffer_append_text(line, " replaced by tokens");
        if (totals->propagated)
            har_buffer_printf(line, " (%" PRIu64 " only because the value was found elsewhere)", totals->propagated);
        har_buffer_printf(line, "; 0 of %" PRIu64 " found in the output", totals->secrets);
    }
    print_line(line);
}

/* In strict nothing is left that looks like anything. */
static void tell_left(struct har_buffer *line, const char *name, const struct har_redact_totals *totals, bool strict)
{
    if (totals->unsearched) {
        begin_line(line, name);
        redacting_append_count(line, totals->unsearched, "body", "bodies");
        har_buffer_append_text(line, " could not be searched");
        print_line(line);
    }
    if (totals->suspicious && !strict) {
        begin_line(line, name);
        redacting_append_count(line, totals->suspicious, "long text that looks random was", "long texts that look random were");
        har_buffer_append_text(line, " left; --suspicious replaces them");
        print_line(line);
    }
}

static void tell_counts(struct har_buffer *line, const char *name, const struct har_redaction *redaction)
{
    struct har_redact_count count = {.size = sizeof count};
    for (size_t i = 0; har_redaction_count(redaction, i, &count); i++) {
        begin_line(line, name);
        har_buffer_printf(line, "%s in the %s: %" PRIu64 ", first ", count.rule, count.place, count.values);
        har_buffer_append_visible(line, count.pointer, strlen(count.pointer), 0);
        print_line(line);
    }
}

static void tell(const struct writing *writing, const char *name)
{
    const struct options *options = &writing->run.cli->options;
    struct har_redact_totals totals = {.size = sizeof totals};
    struct har_buffer line;
    if (options->quiet)
        return;
    har_redaction_totals(writing->redacting.now, &totals);
    har_buffer_init(&line, HAR_MIB);
    tell_replaced(&line, name, &totals);
    if (writing->redacting.private || options->redact.redact || options->verbose)
        tell_left(&line, name, &totals, options->redact.mode == HAR_REDACT_STRICT);
    if (options->verbose)
        tell_counts(&line, name, writing->redacting.now);
    har_buffer_release(&line);
}

void redacting_end(struct writing *writing, size_t first, size_t count, const char *name, bool written)
{
    struct redacting *redacting = &writing->redacting;
    if (!redacting->now)
        return;
    if (written && run_goes_on(&writing->run)) {
        tell(writing, name);
        if (redacting->manifest_to)
            redact_manifest_add(&redacting->manifest, &writing->inputs.list[first], count, name, redacting->now);
    }
    har_redaction_free(redacting->now);
    redacting->now = NULL;
}

/* When nothing came of it an older manifest stays, as the older output does. */
void redacting_finish(struct writing *writing)
{
    const struct redacting *redacting = &writing->redacting;
    const struct options *options = &writing->run.cli->options;
    struct har_error error = {0};
    if (!redacting->manifest_to || (!redacting->manifest.len && writing->run.status != EXIT_DONE) ||
        redact_manifest_write(&redacting->manifest, redacting->manifest_to, options->redact.mode, redacting->rules != NULL,
                              &error) == HAR_OK)
        return;
    complain("%s: %s", options->redact.manifest, error.text);
    run_worsen(&writing->run, EXIT_TROUBLE);
}
