/* harmill info: what is in captures, what is wrong with them, where they open. */
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/info.h"
#include "cli/run.h"

#define INFO_MAX (64 * HAR_MIB) /* HAR_TALLY_MOST names of each kind, each byte an escape, take less */

uint64_t info_findings(const struct info *info, enum har_level level)
{
    uint64_t count = 0;
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        if (har_rule_info((enum har_rule)i)->group != HAR_GROUP_CONSUMER && info->level[i] == level)
            count += info->summary.rule_count[i];
    return count;
}

/* Takes "NAME: " off the beginning: the name stands beside it. */
static void drop_name(struct har_buffer *message, const char *name)
{
    const size_t len = strlen(name);
    if (message->len < len + 2 || memcmp(message->data, name, len) != 0 || memcmp(message->data + len, ": ", 2) != 0)
        return;
    message->len -= len + 2;
    memmove(message->data, message->data + len + 2, message->len);
}

static void note_finding(void *user, const struct har_finding *finding)
{
    struct info *info = user;
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    struct har_buffer *message = rule->group == HAR_GROUP_FILE && !info->trouble.len ? &info->trouble : NULL;
    for (size_t i = 0; i < info->consumers; i++)
        if (info->consumer[i].profile->refuses == finding->rule)
            message = info->consumer[i].reason.len ? NULL : &info->consumer[i].reason;
    if (finding->rule == HAR_RULE_NOT_A_HAR)
        info->is_har = false;
    if (message && !har_finding_message(finding, false, message))
        info->no_memory = true;
    for (size_t i = 0; i < info->consumers; i++)
        if (message == &info->consumer[i].reason)
            drop_name(message, info->consumer[i].profile->consumer);
}

/* Of each consumer's reasons the first, of what breaks the file the first. */
static bool wants(void *user, enum har_rule rule, enum har_level level)
{
    struct info *info = user;
    if (har_rule_info(rule)->group == HAR_GROUP_FILE)
        return level == HAR_LEVEL_ERROR && (!info->trouble.len || rule == HAR_RULE_NOT_A_HAR);
    for (size_t i = 0; i < info->consumers; i++)
        if (info->consumer[i].profile->refuses == rule)
            return !info->consumer[i].reason.len;
    return false;
}

static void add_item(void *user, const struct har_item *item)
{
    struct info *info = user;
    info->no_memory |= !har_overview_add(info->overview, item);
}

/* No form of secrets is as short as most names. Where nothing can be judged, in a build without PCRE2, longer ones are hidden. */
struct har_text info_shown(struct info *info, struct har_text text)
{
    enum { SHORTEST = 16 };
    static const char hidden[] = "[hidden]";
    struct har_error error = {0};
    if (text.len < SHORTEST)
        return text;
    if (!info->hider && har_redact_hider_new(&info->hider, NULL, &error) != HAR_OK)
        info->no_memory |= error.domain != HAR_DOMAIN_USAGE;
    const bool shown = info->hider && !har_redact_hider_text(info->hider, text);
    return shown ? text : (struct har_text){hidden, sizeof hidden - 1};
}

static bool info_init(struct info *info, const struct cli *cli, const struct input *input)
{
    *info = (struct info){.input = input, .is_har = true, .overview = har_overview_new()};
    har_buffer_init(&info->trouble, HAR_MIB);
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        info->level[i] = har_settings_level(cli->options.settings, (enum har_rule)i);
    for (size_t i = 0; har_profiles()[i] && info->consumers < INFO_CONSUMERS_MOST; i++)
        if (har_profiles()[i]->consumer) {
            struct info_consumer *consumer = &info->consumer[info->consumers++];
            consumer->profile = har_profiles()[i];
            har_buffer_init(&consumer->reason, HAR_MIB);
        }
    return info->overview != NULL;
}

static void info_release(struct info *info)
{
    for (size_t i = 0; i < info->consumers; i++)
        har_buffer_release(&info->consumer[i].reason);
    har_buffer_release(&info->trouble);
    har_redact_hider_free(info->hider);
    har_overview_free(info->overview);
}

/* False when memory is short: then nothing was printed. */
static bool print(struct run *run, struct info *info, bool first)
{
    const struct options *options = &run->cli->options;
    struct har_buffer out;
    har_buffer_init(&out, INFO_MAX);
    if (options->json) {
        har_buffer_append_text(&out, first ? "[\n  " : ",\n  ");
        info_append_json(&out, info);
    } else {
        har_buffer_append_text(&out, first ? "" : "\n");
        info_append_text(&out, info, terminal_color(options->color, fileno(run->cli->out.file)), options->verbose);
    }
    info->no_memory |= out.failed;
    if (!out.failed)
        output_buffer(&run->cli->out, &out);
    har_buffer_release(&out);
    return !info->no_memory;
}

/* False when nothing was printed. */
static bool info_input(struct run *run, const struct input *input, bool first)
{
    struct info info;
    bool printed = false, told = false;
    if (info_init(&info, run->cli, input)) {
        struct har_job job = {.on_finding = note_finding, .wants = wants, .on_item = add_item, .user = &info};
        const enum har_status status = run_input(run, input, &job, &info.summary);
        told = status == HAR_FATAL;
        info.whole = status == HAR_OK;
        for (size_t i = 0; i < info.consumers; i++)
            info.consumer[i].reasons = info.summary.rule_count[info.consumer[i].profile->refuses];
        if (status == HAR_FAILED)
            run_worsen(run, EXIT_FINDINGS);
        if (status != HAR_FATAL && run_goes_on(run)) {
            info_try_mending(&info, run->cli);
            if (!info.no_memory && run_goes_on(run))
                printed = print(run, &info, first);
        }
    } else {
        info.no_memory = true;
    }
    if (info.no_memory && !told) {
        complain("%s: out of memory", input->display);
        run_worsen(run, EXIT_TROUBLE);
    }
    info_release(&info);
    return printed;
}

/* What the consumers refuse is looked for at the lowest level, whatever the profile says. */
static void watch_consumers(struct har_settings *settings)
{
    for (size_t i = 0; har_profiles()[i]; i++)
        if (har_profiles()[i]->consumer && har_settings_level(settings, har_profiles()[i]->refuses) == HAR_LEVEL_OFF)
            har_settings_set_level(settings, har_profiles()[i]->refuses, HAR_LEVEL_INFO);
}

enum exit_status info_run(struct cli *cli)
{
    struct inputs inputs = {0};
    struct run run = {.cli = cli};
    size_t printed = 0;
    if (!cli->options.fail_on_given)
        cli->options.fail_on = HAR_LEVEL_OFF;
    const bool collected = inputs_collect(&inputs, cli);
    run_worsen(&run, inputs.status);
    if (collected) {
        watch_consumers(cli->options.settings);
        for (size_t i = 0; i < inputs.count && run_goes_on(&run); i++)
            printed += info_input(&run, &inputs.list[i], printed == 0);
        if (cli->options.json && run_goes_on(&run)) {
            const char *end = printed ? "\n]\n" : "[]\n";
            output_write(&cli->out, end, strlen(end), NULL);
        }
    }
    inputs_release(&inputs);
    return run.status;
}
