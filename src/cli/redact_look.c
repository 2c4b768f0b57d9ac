/* redact --check and --verify. */
#include "cli/redact_look.h"

#include <inttypes.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/redacting.h"
#include "cli/run.h"

struct look {
    struct run run;
    struct inputs inputs;
    struct reports reports;
    struct har_redact_rules *rules;
    struct har_redact_options options;
};

/* The level of a rule when nothing is said. */
static enum har_level usual(const struct redact_choice *choice, enum har_rule rule)
{
    switch (rule) {
    case HAR_RULE_SECRET_PERSONAL:
        return choice->pii ? HAR_LEVEL_ERROR : HAR_LEVEL_OFF;
    case HAR_RULE_SECRET_POSSIBLE:
        return choice->suspicious ? HAR_LEVEL_ERROR : choice->verify ? HAR_LEVEL_OFF : HAR_LEVEL_INFO;
    case HAR_RULE_SECRET_UNSEARCHED:
        return HAR_LEVEL_WARNING;
    default:
        return HAR_LEVEL_ERROR;
    }
}

/* Only the command line has a say here: a configuration that came with a repository must not hide secrets. What makes an input
 * unreadable is told, too; all other rules are for validate. */
static void set_levels(struct options *options)
{
    const struct har_config *choice = &options->choice;
    for (int i = 0; i < HAR_RULE_COUNT; i++) {
        const enum har_rule rule = (enum har_rule)i;
        const enum har_rule_group group = har_rule_info(rule)->group;
        enum har_level level = har_settings_level(options->settings, rule);
        if (group == HAR_GROUP_SECRET)
            level = choice->leveled[rule] ? choice->level[rule] : usual(&options->redact, rule);
        else if (group != HAR_GROUP_FILE)
            level = HAR_LEVEL_OFF;
        if (group == HAR_GROUP_SECRET && (choice->ignored[rule] || (choice->any_selected && !choice->selected[rule])))
            level = HAR_LEVEL_OFF;
        har_settings_set_level(options->settings, rule, level);
    }
    if (!options->fail_on_given)
        options->fail_on = HAR_LEVEL_ERROR;
    options->redact.suspicious |= har_settings_level(options->settings, HAR_RULE_SECRET_POSSIBLE) != HAR_LEVEL_OFF;
    options->redact.pii |= har_settings_level(options->settings, HAR_RULE_SECRET_PERSONAL) != HAR_LEVEL_OFF;
}

static void tell_verified(const struct look *look, const struct input *input, const struct har_redact_totals *totals)
{
    struct har_buffer line;
    if (look->run.cli->options.quiet)
        return;
    har_buffer_init(&line, HAR_MIB);
    har_buffer_append_visible(&line, input->display, strlen(input->display), 0);
    har_buffer_append_text(&line, ": ");
    if (totals->values)
        redacting_append_count(&line, totals->values, "place with a secret", "places with secrets");
    else
        har_buffer_append_text(&line, "0 secrets found");
    har_buffer_printf(&line, " in %" PRIu64 " texts", totals->strings);
    if (totals->unsearched)
        har_buffer_printf(&line, "; %" PRIu64 " of %" PRIu64 " bodies could not be searched", totals->unsearched,
                          totals->bodies > totals->unsearched ? totals->bodies : totals->unsearched);
    har_buffer_append_char(&line, '\n');
    if (!line.failed)
        fwrite(line.data, 1, line.len, stderr);
    har_buffer_release(&line);
}

static void verify(struct look *look, const struct input *input, enum har_status status, const struct har_redaction *redaction)
{
    struct har_redact_totals totals = {.size = sizeof totals};
    har_redaction_totals(redaction, &totals);
    if (status == HAR_OK)
        tell_verified(look, input, &totals);
    else if (status == HAR_FAILED)
        complain("%s: it cannot be read whole, so nothing is known of it", input->display);
    if (status != HAR_OK || totals.values || (totals.unsearched && !look->options.allow_unsearched))
        run_worsen(&look->run, EXIT_TROUBLE);
}

static void look_at(struct look *look, const struct input *input)
{
    const struct options *options = &look->run.cli->options;
    struct har_job job = {.repair = options->repair};
    struct har_summary summary;
    struct har_error error = {0};
    if (har_redaction_new(&job.secrets, look->rules, &look->options, options->settings, &error) != HAR_OK) {
        complain("%s", error.text);
        run_worsen(&look->run, error.domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE);
        return;
    }
    const enum har_status status = run_input(&look->run, input, &job, &summary);
    if (run_goes_on(&look->run) && options->redact.verify)
        verify(look, input, status, job.secrets);
    else if (status != HAR_FATAL && run_goes_on(&look->run) && !options->quiet && (!look->inputs.several || options->verbose))
        run_print_summary(&summary);
    har_redaction_free(job.secrets);
}

static bool open_look(struct look *look, struct cli *cli)
{
    const struct redact_choice *choice = &cli->options.redact;
    enum exit_status status = redacting_rules(&look->rules, choice);
    look->options =
        (struct har_redact_options){.size = sizeof look->options,
                                    .mode = choice->mode,
                                    .bodies = choice->bodies == HAR_REDACT_BODIES_DROP ? HAR_REDACT_BODIES_SEARCH : choice->bodies,
                                    .pii = choice->pii,
                                    .suspicious = choice->suspicious,
                                    .allow_unsearched = choice->allow_unsearched};
    if (status == EXIT_DONE && !inputs_collect(&look->inputs, cli)) {
        run_worsen(&look->run, look->inputs.status);
        return false;
    }
    run_worsen(&look->run, look->inputs.status);
    if (status == EXIT_DONE)
        status = reports_open(&look->reports, cli, "text", &cli->out, false);
    run_worsen(&look->run, status);
    return status == EXIT_DONE;
}

enum exit_status redact_without_output(struct cli *cli)
{
    struct look look = {.run = {.cli = cli}};
    struct run *run = &look.run;
    run->reports = &look.reports;
    set_levels(&cli->options);
    if (open_look(&look, cli)) {
        for (size_t i = 0; i < look.inputs.count && run_goes_on(run); i++)
            look_at(&look, &look.inputs.list[i]);
        if (run_goes_on(run) && !cli->options.quiet && look.inputs.several && run->totals.files > 0 && !cli->options.redact.verify)
            run_print_totals(&run->totals);
        if (run_goes_on(run))
            reports_finish(&look.reports);
        if (look.reports.failed)
            run_worsen(run, EXIT_TROUBLE);
    }
    reports_close(&look.reports);
    inputs_release(&look.inputs);
    har_redact_rules_free(look.rules);
    return run->status;
}
