/* Findings of one input in a line per kind, for the commands that write: what matters there is what was found, not each place. */
#include <inttypes.h>
#include <string.h>

#include "report/report.h"

enum { GROUPS_MOST = 64, OF_RULE_MOST = 3 };

#define MESSAGES_MAX (16 * HAR_MIB)

/* Findings that read alike: one rule, one message. */
struct group {
    enum har_rule rule;
    size_t start, len; /* the message, in `messages` */
    uint64_t count;
    uint64_t line, column; /* of the first */
};

struct brief {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer source;   /* of the input that is read, made visible */
    struct har_buffer messages; /* of all groups, one behind the other */
    struct group groups[GROUPS_MOST];
    size_t count;
    uint64_t rest[HAR_RULE_COUNT]; /* findings of rules that have as many groups as one gets */
    uint64_t others;               /* findings for which there was no group left */
};

static enum har_status brief_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct brief *brief = ctx;
    (void)error;
    brief->args = *args;
    report_out_init(&brief->out, args);
    har_buffer_init(&brief->source, MESSAGES_MAX);
    har_buffer_init(&brief->messages, MESSAGES_MAX);
    return HAR_OK;
}

static enum har_status brief_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct brief *brief = ctx;
    brief->count = 0;
    brief->others = 0;
    memset(brief->rest, 0, sizeof brief->rest);
    har_buffer_clear(&brief->messages);
    har_buffer_clear(&brief->source);
    report_append_source(&brief->source, source);
    return brief->source.failed ? har_error_memory(error) : HAR_OK;
}

static bool brief_wants(const void *ctx, enum har_rule rule, enum har_level level)
{
    const struct brief *brief = ctx;
    (void)rule;
    return level >= brief->args.show;
}

static struct group *find_group(struct brief *brief, enum har_rule rule, const char *message, size_t len)
{
    for (size_t i = 0; i < brief->count; i++) {
        struct group *group = &brief->groups[i];
        if (group->rule == rule && group->len == len && memcmp(brief->messages.data + group->start, message, len) == 0)
            return group;
    }
    return NULL;
}

static size_t groups_of(const struct brief *brief, enum har_rule rule)
{
    size_t count = 0;
    for (size_t i = 0; i < brief->count; i++)
        count += brief->groups[i].rule == rule;
    return count;
}

static enum har_status brief_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct brief *brief = ctx;
    struct har_buffer *messages = &brief->messages;
    if (!har_rule_info(finding->rule) || finding->level < brief->args.show)
        return HAR_OK;

    /* The message is made behind the others and stays there when it is a new one. */
    size_t start = messages->len;
    report_append_message(messages, finding, false);
    if (messages->failed)
        return har_error_memory(error);
    struct group *group = find_group(brief, finding->rule, messages->data + start, messages->len - start);
    if (group) {
        group->count++;
        messages->len = start;
    } else if (groups_of(brief, finding->rule) == OF_RULE_MOST) {
        brief->rest[finding->rule]++;
        messages->len = start;
    } else if (brief->count < GROUPS_MOST) {
        brief->groups[brief->count++] = (struct group){.rule = finding->rule,
                                                       .start = start,
                                                       .len = messages->len - start,
                                                       .count = 1,
                                                       .line = finding->place.line,
                                                       .column = finding->place.column};
    } else {
        brief->others++;
        messages->len = start;
    }
    return HAR_OK;
}

static void append_group(struct brief *brief, const struct group *group)
{
    struct har_buffer *line = &brief->out.line;
    har_buffer_append(line, brief->source.data, brief->source.len);
    if (group->count == 1)
        har_buffer_printf(line, ":%" PRIu64 ":%" PRIu64, group->line, group->column);
    har_buffer_append_text(line, ": ");
    har_buffer_append(line, brief->messages.data + group->start, group->len);
    if (group->count > 1)
        har_buffer_printf(line, ", %" PRIu64 " times", group->count);
    har_buffer_printf(line, " [%s]\n", har_rule_info(group->rule)->id);
}

/* What was worked out is told whatever its rule says. Rules about consumers, off when nobody asks, are infos here. */
static bool tells(const struct brief *brief, const struct har_mend_info *mend, const struct har_summary *summary)
{
    const enum har_level level = har_rule_info(mend->rule)->level;
    if (mend->kind == HAR_MEND_DERIVED)
        return true;
    if (level > HAR_LEVEL_OFF && !summary->rule_count[mend->rule])
        return false; /* known, or of no interest */
    return brief->args.show <= HAR_LEVEL_INFO || level >= brief->args.show;
}

/* What a row says first: details stand behind ": ", "; " or " (". */
static void append_gist(struct har_buffer *line, const char *text)
{
    size_t len = strlen(text);
    static const char *const ends[] = {": ", "; ", " ("};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *end = strstr(text, ends[i]);
        if (end && (size_t)(end - text) < len)
            len = (size_t)(end - text);
    }
    har_buffer_append(line, text, len);
}

static void append_mend(struct brief *brief, const struct har_mend_info *mend, uint64_t count)
{
    struct har_buffer *line = &brief->out.line;
    const bool kept = mend->kind == HAR_MEND_KEPT;
    const bool nothing = mend->kind == HAR_MEND_DROPPED || strncmp(mend->writes, "nothing", 7) == 0;
    har_buffer_append(line, brief->source.data, brief->source.len);
    har_buffer_append_text(line, ": ");
    append_gist(line, mend->quirk);
    if (count > 1)
        har_buffer_printf(line, ", %" PRIu64 " times", count);
    har_buffer_append_text(line, !nothing ? ": wrote " : kept ? ": kept " : ": left out");
    append_gist(line, nothing ? kept ? mend->keeps : "" : mend->writes);
    if (kept && !nothing) {
        har_buffer_append_text(line, ", kept ");
        append_gist(line, mend->keeps);
    }
    har_buffer_printf(line, " [%s]\n", mend->id);
}

/* Of how many findings of each rule a line about what was changed tells. */
static void append_mends(struct brief *brief, const struct har_summary *summary, uint64_t *told)
{
    for (size_t i = 0; i < HAR_MEND_COUNT; i++) {
        const struct har_mend_info *mend = har_mend_info((enum har_mend)i);
        if (!summary->mend_count[i] || !tells(brief, mend, summary))
            continue;
        told[mend->rule] += summary->mend_count[i];
        append_mend(brief, mend, summary->mend_count[i]);
    }
}

/* Without the rules of which the lines before have told everything. */
static void append_groups(struct brief *brief, const struct har_summary *summary, const uint64_t *told)
{
    struct har_buffer *line = &brief->out.line;
    for (size_t i = 0; i < brief->count; i++)
        if (!told[brief->groups[i].rule] || told[brief->groups[i].rule] < summary->rule_count[brief->groups[i].rule])
            append_group(brief, &brief->groups[i]);
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        if (brief->rest[i] && (!told[i] || told[i] < summary->rule_count[i])) {
            har_buffer_append(line, brief->source.data, brief->source.len);
            har_buffer_printf(line, ": and %" PRIu64 " more [%s]\n", brief->rest[i], har_rule_info((enum har_rule)i)->id);
        }
}

static enum har_status brief_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                       struct har_error *error)
{
    struct brief *brief = ctx;
    uint64_t told[HAR_RULE_COUNT] = {0};
    (void)failure;
    if (summary && !summary->broken)
        append_mends(brief, summary, told);
    append_groups(brief, summary, told);
    if (brief->others > 0) {
        har_buffer_append(&brief->out.line, brief->source.data, brief->source.len);
        har_buffer_printf(&brief->out.line, ": and %" PRIu64 " more finding%s of other kinds\n", brief->others,
                          brief->others == 1 ? "" : "s");
    }
    return report_out_flush(&brief->out, error);
}

static enum har_status brief_finish(void *ctx, struct har_error *error)
{
    (void)ctx;
    (void)error;
    return HAR_OK;
}

static void brief_close(void *ctx)
{
    struct brief *brief = ctx;
    report_out_release(&brief->out);
    har_buffer_release(&brief->source);
    har_buffer_release(&brief->messages);
}

const struct har_report har_report_brief = {
    .size = sizeof(struct har_report),
    .name = "brief",
    .summary = "one line for each kind of finding of an input",
    .ctx_size = sizeof(struct brief),
    .open = brief_open,
    .input_begin = brief_input_begin,
    .wants = brief_wants,
    .finding = brief_finding,
    .input_end = brief_input_end,
    .finish = brief_finish,
    .close = brief_close,
};
