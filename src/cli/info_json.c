/* The description of a capture for scripts; docs/info.md is the contract. */
#include <inttypes.h>
#include <string.h>

#include "cli/info.h"

static void append_string(struct har_buffer *out, const char *bytes, size_t len)
{
    har_buffer_append_char(out, '"');
    har_buffer_append_json(out, bytes, len);
    har_buffer_append_char(out, '"');
}

/* ,"name": with the comma left out at the beginning of an object. */
static void append_name(struct har_buffer *out, const char *name)
{
    const char before = out->len ? out->data[out->len - 1] : '{';
    har_buffer_printf(out, "%s\"%s\": ", before == '{' ? "" : ", ", name);
}

static void append_number(struct har_buffer *out, const char *name, uint64_t number)
{
    append_name(out, name);
    har_buffer_printf(out, "%" PRIu64, number);
}

static void append_text(struct har_buffer *out, const char *name, const char *text)
{
    append_name(out, name);
    if (text && *text)
        append_string(out, text, strlen(text));
    else
        har_buffer_append_text(out, "null");
}

static void append_bool(struct har_buffer *out, const char *name, bool value)
{
    append_name(out, name);
    har_buffer_append_text(out, value ? "true" : "false");
}

/* A text of the capture. */
static void append_shown(struct har_buffer *out, struct info *info, const char *name, const char *text)
{
    const struct har_text shown = info_shown(info, (struct har_text){text, strlen(text)});
    append_name(out, name);
    if (shown.len)
        append_string(out, shown.bytes, shown.len);
    else
        har_buffer_append_text(out, "null");
}

static void append_maker(struct har_buffer *out, struct info *info, const char *name, const struct har_overview_maker *maker)
{
    append_name(out, name);
    har_buffer_append_char(out, '{');
    append_shown(out, info, "name", maker->name);
    append_shown(out, info, "version", maker->version);
    har_buffer_append_char(out, '}');
}

/* Seconds since 1970 with six digits behind the point; null where nothing has a date. */
static void append_instant(struct har_buffer *out, const char *name, bool known, struct har_instant instant)
{
    append_name(out, name);
    if (!known)
        har_buffer_append_text(out, "null");
    else if (instant.seconds < 0)
        har_buffer_printf(out, "%" PRId64, instant.seconds);
    else
        har_buffer_printf(out, "%" PRId64 ".%06u", instant.seconds, instant.nanoseconds / 1000);
}

static void append_tally(struct har_buffer *out, struct info *info, const char *name, enum har_tally tally)
{
    size_t count = 0;
    const struct har_tally_row *rows = har_overview_tally(info->overview, tally, &count, NULL);
    out->failed |= !rows;
    append_name(out, name);
    har_buffer_append_char(out, '[');
    for (size_t i = 0; rows && i < count; i++) {
        har_buffer_append_text(out, i ? ", {" : "{");
        append_name(out, "name");
        const struct har_text shown = info_shown(info, rows[i].name);
        append_string(out, shown.bytes, shown.len);
        append_number(out, "entries", rows[i].entries);
        append_number(out, "received", rows[i].bytes);
        har_buffer_append_char(out, '}');
    }
    har_buffer_append_char(out, ']');
}

static void append_facts(struct har_buffer *out, struct info *info)
{
    const struct har_overview_facts *facts = har_overview_facts(info->overview);
    append_maker(out, info, "creator", &facts->creator);
    append_maker(out, info, "browser", &facts->browser);
    append_instant(out, "first", facts->dated, facts->first);
    append_instant(out, "last", facts->dated, facts->last);
    append_number(out, "pages", facts->pages);
    append_number(out, "entries", facts->entries);
    append_tally(out, info, "hosts", HAR_TALLY_HOST);
    append_tally(out, info, "methods", HAR_TALLY_METHOD);
    append_tally(out, info, "statuses", HAR_TALLY_STATUS);
    append_tally(out, info, "types", HAR_TALLY_TYPE);
    append_number(out, "sent", facts->sent);
    append_number(out, "received", facts->received);
    append_number(out, "content", facts->content);
    append_number(out, "bodies", facts->with_body);
    append_number(out, "bodiesKept", facts->kept);
    append_number(out, "posts", facts->posts);
    append_number(out, "postsKept", facts->posts_kept);
    append_number(out, "withCookies", facts->cookies);
    append_number(out, "withAuthorization", facts->authorized);
    append_number(out, "withWebSocketMessages", facts->web_sockets);
}

static void append_findings(struct har_buffer *out, const struct info *info)
{
    append_number(out, "errors", info_findings(info, HAR_LEVEL_ERROR));
    append_number(out, "warnings", info_findings(info, HAR_LEVEL_WARNING));
    append_number(out, "infos", info_findings(info, HAR_LEVEL_INFO));
    append_name(out, "rules");
    har_buffer_append_char(out, '{');
    for (int i = 0; i < HAR_RULE_COUNT; i++) {
        const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
        if (info->summary.rule_count[i] && rule->group != HAR_GROUP_CONSUMER)
            append_number(out, rule->id, info->summary.rule_count[i]);
    }
    har_buffer_append_char(out, '}');
}

static void append_consumers(struct har_buffer *out, const struct info *info)
{
    append_name(out, "opensIn");
    har_buffer_append_char(out, '[');
    for (size_t i = 0; i < info->consumers; i++) {
        const struct info_consumer *consumer = &info->consumer[i];
        har_buffer_append_text(out, i ? ", {" : "{");
        append_text(out, "profile", consumer->profile->name);
        append_text(out, "consumer", consumer->profile->consumer);
        append_bool(out, "opens", !consumer->reasons && info->whole);
        append_bool(out, "tested", consumer->profile->tested);
        append_number(out, "reasons", consumer->reasons);
        append_name(out, "reason");
        if (consumer->reason.len)
            append_string(out, consumer->reason.data, consumer->reason.len);
        else
            har_buffer_append_text(out, "null");
        append_name(out, "normalizeMends");
        har_buffer_append_text(out, consumer->mends == MENDS_UNKNOWN ? "null" : consumer->mends == MENDS_YES ? "true" : "false");
        har_buffer_append_char(out, '}');
    }
    har_buffer_append_char(out, ']');
}

void info_append_json(struct har_buffer *out, struct info *info)
{
    har_buffer_append_char(out, '{');
    append_text(out, "source", info->input->display);
    append_bool(out, "har", info->is_har);
    append_bool(out, "whole", info->whole);
    append_name(out, "problem");
    if (info->trouble.len && !info->whole)
        append_string(out, info->trouble.data, info->trouble.len);
    else
        har_buffer_append_text(out, "null");
    append_text(out, "version", info->summary.version);
    append_number(out, "bytes", info->summary.bytes);
    append_text(out, "coding", info->summary.coding ? info->summary.coding->name : NULL);
    append_facts(out, info);
    append_findings(out, info);
    append_consumers(out, info);
    har_buffer_append_char(out, '}');
}
