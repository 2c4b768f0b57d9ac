/* The description of a capture for people. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/info.h"

enum {
    LABEL_COLUMNS = 12,
    ROWS_MOST = 6,  /* hosts and rules listed, but with --verbose */
    WORDS_MOST = 8, /* methods, statuses, types */
    NAME_COLUMNS = 40,
    CONSUMER_COLUMNS = 14,
    MESSAGE_MOST = 300,
};

struct page {
    struct har_buffer *out;
    struct info *info;
    bool color, all;
};

static const char bold[] = "\033[1m", dim[] = "\033[2m", green[] = "\033[32m", red[] = "\033[31m", plain[] = "\033[0m";

static const char *const level_colors[] = {
    [HAR_LEVEL_OFF] = "",
    [HAR_LEVEL_INFO] = "\033[36m",
    [HAR_LEVEL_WARNING] = "\033[35m",
    [HAR_LEVEL_ERROR] = "\033[31m",
};

static void append_colored(struct page *page, const char *color, const char *text)
{
    har_buffer_printf(page->out, "%s%s%s", page->color ? color : "", text, page->color ? plain : "");
}

/* The left column; further lines of the same have none. */
static void append_label(struct page *page, const char *label)
{
    har_buffer_append_text(page->out, "  ");
    if (page->color)
        har_buffer_append_text(page->out, dim);
    har_buffer_printf(page->out, "%-*s", LABEL_COLUMNS, label);
    if (page->color)
        har_buffer_append_text(page->out, plain);
}

static void end_line(struct page *page)
{
    har_buffer_append_char(page->out, '\n');
}

/* Blanks up to a column of what was written since `before`. */
static void pad(struct har_buffer *out, size_t before, size_t columns)
{
    for (size_t len = out->len - before; len < columns; len++)
        har_buffer_append_char(out, ' ');
}

static void append_count(struct page *page, uint64_t count, const char *one, const char *many)
{
    har_buffer_printf(page->out, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

/* 512 B, 1.2 kB, 34 MB */
static void append_bytes(struct har_buffer *out, uint64_t bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    unsigned unit = 0;
    uint64_t tenths = bytes * 10;
    if (bytes > UINT64_MAX / 20)
        tenths = bytes;
    for (; tenths >= 10000 && unit + 1 < sizeof units / sizeof *units; unit++)
        tenths = (tenths + 500) / 1000;
    if (tenths < 100 && tenths % 10 && unit)
        har_buffer_printf(out, "%" PRIu64 ".%" PRIu64 " %s", tenths / 10, tenths % 10, units[unit]);
    else
        har_buffer_printf(out, "%" PRIu64 " %s", (tenths + 5) / 10, units[unit]);
}

/* 350 ms, 12.4 s, 3 min 20 s, 2 h 5 min */
static void append_duration(struct har_buffer *out, struct har_instant from, struct har_instant to)
{
    const int64_t ms = (to.seconds - from.seconds) * 1000 + ((int64_t)to.nanoseconds - (int64_t)from.nanoseconds) / 1000000;
    const int64_t seconds = ms / 1000;
    if (ms < 1000)
        har_buffer_printf(out, "%" PRId64 " ms", ms);
    else if (seconds < 60)
        har_buffer_printf(out, "%" PRId64 ".%" PRId64 " s", seconds, ms % 1000 / 100);
    else if (seconds < 3600)
        har_buffer_printf(out, "%" PRId64 " min %" PRId64 " s", seconds / 60, seconds % 60);
    else
        har_buffer_printf(out, "%" PRId64 " h %" PRId64 " min", seconds / 3600, seconds % 3600 / 60);
}

static void append_time(struct har_buffer *out, struct har_instant instant)
{
    struct tm parts;
    char text[40];
    const time_t seconds = (time_t)instant.seconds;
    if (gmtime_r(&seconds, &parts) && strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts))
        har_buffer_append_text(out, text);
}

static void append_head(struct page *page)
{
    const struct har_summary *summary = &page->info->summary;
    const char *name = page->info->input->display;
    if (page->color)
        har_buffer_append_text(page->out, bold);
    har_buffer_append_visible(page->out, name, strlen(name), 0);
    if (page->color)
        har_buffer_append_text(page->out, plain);
    if (!page->info->is_har)
        har_buffer_append_text(page->out, ": not a HAR");
    else if (summary->version[0])
        har_buffer_printf(page->out, ": HAR %s", summary->version);
    else
        har_buffer_append_text(page->out, ": a HAR without version");
    if (summary->bytes) {
        har_buffer_append_text(page->out, ", ");
        append_bytes(page->out, summary->bytes);
    }
    if (summary->coding)
        har_buffer_printf(page->out, " (unpacked from %s)", summary->coding->name);
    end_line(page);
    if (!page->info->whole) {
        append_label(page, page->info->is_har ? "Broken" : "");
        har_buffer_append_visible(page->out, page->info->trouble.data ? page->info->trouble.data : "", page->info->trouble.len,
                                  MESSAGE_MOST);
        end_line(page);
    }
}

/* A text of the capture. */
static void append_shown(struct page *page, struct har_text text, size_t most)
{
    const struct har_text shown = info_shown(page->info, text);
    har_buffer_append_visible(page->out, shown.bytes, shown.len, most);
}

static void append_maker(struct page *page, const struct har_overview_maker *maker)
{
    append_shown(page, (struct har_text){maker->name, strlen(maker->name)}, 0);
    if (*maker->version)
        har_buffer_append_char(page->out, ' ');
    append_shown(page, (struct har_text){maker->version, strlen(maker->version)}, 0);
}

static void append_origin(struct page *page, const struct har_overview_facts *facts)
{
    if (*facts->creator.name) {
        append_label(page, "Written by");
        append_maker(page, &facts->creator);
        if (*facts->browser.name) {
            har_buffer_append_text(page->out, ", recorded in ");
            append_maker(page, &facts->browser);
        }
        end_line(page);
    }
    if (facts->dated) {
        append_label(page, "Recorded");
        append_time(page->out, facts->first);
        har_buffer_append_text(page->out, ", over ");
        append_duration(page->out, facts->first, facts->last);
        end_line(page);
    }
}

/* Aligned rows: name, entries, bytes. */
static void append_hosts(struct page *page)
{
    size_t count = 0;
    uint64_t others = 0;
    const struct har_tally_row *rows = har_overview_tally(page->info->overview, HAR_TALLY_HOST, &count, &others);
    page->out->failed |= !rows;
    const size_t shown = !rows ? 0 : page->all || count <= ROWS_MOST ? count : ROWS_MOST;
    size_t width = 0;
    for (size_t i = 0; i < shown; i++)
        width = rows[i].name.len > width ? rows[i].name.len : width;
    width = width > NAME_COLUMNS ? NAME_COLUMNS : width;
    for (size_t i = 0; i < shown; i++) {
        append_label(page, i ? "" : "Hosts");
        const size_t before = page->out->len;
        append_shown(page, rows[i].name, NAME_COLUMNS);
        pad(page->out, before, width);
        har_buffer_printf(page->out, "  %6" PRIu64 "  ", rows[i].entries);
        append_bytes(page->out, rows[i].bytes);
        end_line(page);
    }
    if (shown < count || others) {
        append_label(page, "");
        har_buffer_printf(page->out, "and %zu%s more%s\n", count - shown, others ? " and" : "", page->all ? "" : "; -v lists them");
    }
}

static void append_words(struct page *page, const char *label, enum har_tally tally)
{
    size_t count = 0;
    const struct har_tally_row *rows = har_overview_tally(page->info->overview, tally, &count, NULL);
    page->out->failed |= !rows;
    if (!rows || !count)
        return;
    append_label(page, label);
    for (size_t i = 0; i < count && (i < WORDS_MOST || page->all); i++) {
        har_buffer_append_text(page->out, i ? ", " : "");
        if (tally == HAR_TALLY_STATUS && rows[i].name.len == 1 && *rows[i].name.bytes == '0')
            har_buffer_append_text(page->out, "none"); /* there was no response */
        else
            append_shown(page, rows[i].name, NAME_COLUMNS);
        har_buffer_printf(page->out, " %" PRIu64, rows[i].entries);
    }
    if (count > WORDS_MOST && !page->all)
        har_buffer_printf(page->out, " and %zu more", count - WORDS_MOST);
    end_line(page);
}

/* What went over the wire: every request has headers, so that nothing at all means that no size is known. */
static void append_wire(struct har_buffer *out, const struct har_overview_facts *facts, uint64_t bytes)
{
    if (bytes || !facts->entries)
        append_bytes(out, bytes);
    else
        har_buffer_append_text(out, "unknown");
}

static void append_traffic(struct page *page, const struct har_overview_facts *facts)
{
    append_label(page, "Bytes");
    har_buffer_append_text(page->out, "sent ");
    append_wire(page->out, facts, facts->sent);
    har_buffer_append_text(page->out, ", received ");
    append_wire(page->out, facts, facts->received);
    har_buffer_append_text(page->out, ", bodies unpacked ");
    append_bytes(page->out, facts->content);
    end_line(page);
    append_label(page, "Bodies");
    har_buffer_printf(page->out, "%" PRIu64 " of %" PRIu64 " response bodies kept", facts->kept, facts->with_body);
    if (facts->posts)
        har_buffer_printf(page->out, ", %" PRIu64 " of %" PRIu64 " posted", facts->posts_kept, facts->posts);
    end_line(page);
    if (!facts->cookies && !facts->authorized)
        return;
    append_label(page, "Secrets");
    if (facts->cookies) {
        har_buffer_append_text(page->out, "cookies in ");
        append_count(page, facts->cookies, "entry", "entries");
    }
    if (facts->authorized) {
        har_buffer_append_text(page->out, facts->cookies ? ", authorization in " : "authorization in ");
        append_count(page, facts->authorized, "entry", "entries");
    }
    end_line(page);
}

struct found {
    enum har_rule rule;
    enum har_level level;
    uint64_t count;
};

static int worst_first(const void *a, const void *b)
{
    const struct found *left = a, *right = b;
    if (left->level != right->level)
        return left->level > right->level ? -1 : 1;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return (int)left->rule - (int)right->rule;
}

static void append_findings(struct page *page)
{
    static const char *const one[] = {"", "info", "warning", "error"}, *const many[] = {"", "infos", "warnings", "errors"};
    struct found found[HAR_RULE_COUNT];
    size_t count = 0;
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        if (page->info->summary.rule_count[i] && har_rule_info((enum har_rule)i)->group != HAR_GROUP_CONSUMER)
            found[count++] = (struct found){(enum har_rule)i, page->info->level[i], page->info->summary.rule_count[i]};
    qsort(found, count, sizeof *found, worst_first);
    append_label(page, "Findings");
    const char *separator = "";
    for (enum har_level level = HAR_LEVEL_ERROR; level >= HAR_LEVEL_INFO; level--) {
        const uint64_t times = info_findings(page->info, level);
        if (!times)
            continue;
        har_buffer_append_text(page->out, separator);
        append_count(page, times, one[level], many[level]);
        separator = ", ";
    }
    har_buffer_append_text(page->out, count ? "\n" : "none\n");
    for (size_t i = 0; i < count && (i < ROWS_MOST || page->all); i++) {
        const struct har_rule_info *rule = har_rule_info(found[i].rule);
        append_label(page, "");
        if (page->color)
            har_buffer_append_text(page->out, level_colors[found[i].level]);
        har_buffer_printf(page->out, "%-7s", har_level_name(found[i].level));
        if (page->color)
            har_buffer_append_text(page->out, plain);
        har_buffer_printf(page->out, " %6" PRIu64 "  %s (%s)\n", found[i].count, rule->title, rule->id);
    }
    if (count > ROWS_MOST && !page->all) {
        append_label(page, "");
        har_buffer_printf(page->out, "and %zu more kinds; -v lists them\n", count - ROWS_MOST);
    }
}

static void append_consumers(struct page *page)
{
    bool untested = false;
    for (size_t i = 0; i < page->info->consumers; i++) {
        const struct info_consumer *consumer = &page->info->consumer[i];
        const bool opens = !consumer->reasons && page->info->whole;
        append_label(page, i ? "" : "Opens in");
        const size_t before = page->out->len;
        har_buffer_printf(page->out, "%s%s", consumer->profile->consumer, consumer->profile->tested ? "" : "*");
        pad(page->out, before, CONSUMER_COLUMNS);
        append_colored(page, opens ? green : red, opens ? "yes" : "no");
        untested |= !consumer->profile->tested;
        if (!page->info->whole && !consumer->reason.len)
            har_buffer_append_text(page->out, ": the file is broken");
        if (consumer->reason.len) {
            har_buffer_append_text(page->out, ": ");
            har_buffer_append_visible(page->out, consumer->reason.data, consumer->reason.len, MESSAGE_MOST);
        }
        if (consumer->reasons > 1)
            har_buffer_printf(page->out, "; and %" PRIu64 " more", consumer->reasons - 1);
        if (!opens && consumer->mends == MENDS_YES)
            har_buffer_append_text(page->out, page->info->needs_repair ? "; normalize --repair mends it" : "; normalize mends it");
        end_line(page);
    }
    if (untested) {
        append_label(page, "");
        har_buffer_append_text(page->out, "* as documented, untested\n");
    }
    if (page->info->summary.coding) {
        append_label(page, "");
        har_buffer_append_text(page->out, "once it is unpacked\n");
    }
}

void info_append_text(struct har_buffer *out, struct info *info, bool color, bool all)
{
    struct page page = {.out = out, .info = info, .color = color, .all = all};
    const struct har_overview_facts *facts = har_overview_facts(info->overview);
    append_head(&page);
    if (!info->is_har)
        return;
    append_origin(&page, facts);
    append_label(&page, "Entries");
    har_buffer_printf(out, "%" PRIu64, facts->entries);
    if (facts->pages) {
        har_buffer_append_text(out, ", ");
        append_count(&page, facts->pages, "page", "pages");
    }
    if (facts->web_sockets)
        har_buffer_printf(out, ", %" PRIu64 " with WebSocket messages", facts->web_sockets);
    end_line(&page);
    append_hosts(&page);
    append_words(&page, "Methods", HAR_TALLY_METHOD);
    append_words(&page, "Statuses", HAR_TALLY_STATUS);
    append_words(&page, "Types", HAR_TALLY_TYPE);
    if (facts->entries)
        append_traffic(&page, facts);
    append_findings(&page);
    append_consumers(&page);
}
