/* What the client of the Cloudflare URL Scanner is doing, told on stderr: lines that stay, and on a terminal one that is
 * rewritten. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <harmill/harmill.h>

#include "cli/complain.h"
#include "cli/progress.h"
#include "cli/terminal.h"

enum { LINE_SIZE = 80, QUIET_MS = 1000 }; /* a line that wraps could not be rewritten; what is quick needs no words */

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

void progress_init(struct progress *progress, bool quiet, bool verbose)
{
    const char *type = getenv("TERM");
    *progress = (struct progress){.quiet = quiet, .verbose = verbose && !quiet};
    progress->live =
        !quiet && terminal_is(STDERR_FILENO) && type && strcmp(type, "dumb") != 0 && !is_set("CI") && !is_set("PRE_COMMIT");
}

static uint64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void progress_erase(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

static void show(struct progress *progress, const char *line)
{
    fflush(stdout);
    fprintf(stderr, "\r%s\033[K", line);
    progress->shown = true;
}

/* "cloudflare:ID: ", or nothing while there is no id. */
static void append_name(struct har_buffer *line, const struct har_cloudflare_notice *notice)
{
    if (*notice->id)
        har_buffer_printf(line, "cloudflare:%s: ", notice->id);
}

static void append_time(struct har_buffer *line, uint64_t ms)
{
    char text[HAR_CLOUDFLARE_TIME_SIZE];
    har_cloudflare_time_text(ms, text, sizeof text);
    har_buffer_append_text(line, text);
}

static void append_size(struct har_buffer *line, uint64_t bytes)
{
    const uint64_t tenths = bytes / (HAR_MIB / 10);
    har_buffer_printf(line, "%" PRIu64 ".%" PRIu64 " MiB", tenths / 10, tenths % 10);
}

static void append_retry(struct progress *progress, const struct har_cloudflare_notice *notice, struct har_buffer *line)
{
    (void)progress;
    append_name(line, notice);
    har_buffer_printf(line, "%s; retry %u of %u in ", notice->text, notice->attempt, notice->most);
    append_time(line, notice->wait_ms);
}

static void append_answer(struct progress *progress, const struct har_cloudflare_notice *notice, struct har_buffer *line)
{
    if (!progress->verbose)
        return;
    append_name(line, notice);
    har_buffer_printf(line, "%s: status %ld, %" PRIu64 " bytes", notice->text, notice->http_status, notice->received);
    if (*notice->ray)
        har_buffer_printf(line, ", cf-ray %s", notice->ray);
}

/* The first question and each change of state is a line that stays; on a terminal the time goes on in one that does not. */
static void append_poll(struct progress *progress, const struct har_cloudflare_notice *notice, struct har_buffer *line)
{
    const bool same_scan = strcmp(progress->id, notice->id) == 0;
    if (!same_scan || strncmp(progress->state, notice->text, sizeof progress->state - 1) != 0) {
        append_name(line, notice);
        har_buffer_append_text(line, "the scan is not finished");
        if (*notice->text)
            har_buffer_printf(line, " (%s)", notice->text);
        har_buffer_append_text(line, "; asking again in ");
        append_time(line, notice->wait_ms);
    }
    progress->waited = (same_scan ? progress->waited : 0) + notice->wait_ms;
    snprintf(progress->id, sizeof progress->id, "%s", notice->id);
    snprintf(progress->state, sizeof progress->state, "%s", notice->text);
}

static void rewrite(struct progress *progress, const struct har_cloudflare_notice *notice)
{
    struct har_buffer line;
    har_buffer_init(&line, 4 * HAR_KIB);
    append_name(&line, notice);
    if (notice->event == HAR_CLOUDFLARE_POLLS) {
        har_buffer_printf(&line, "%.12s, waiting ", *notice->text ? notice->text : "not finished");
        append_time(&line, progress->waited);
    } else {
        append_size(&line, notice->received);
        if (notice->total) {
            har_buffer_append_text(&line, " of ");
            append_size(&line, notice->total);
        }
    }
    if (!line.failed && line.len < LINE_SIZE && har_buffer_append_char(&line, '\0'))
        show(progress, line.data);
    har_buffer_release(&line);
}

/* Per event what stays, and whether more is rewritten on a terminal. */
static const struct {
    void (*append)(struct progress *progress, const struct har_cloudflare_notice *notice, struct har_buffer *line);
    bool rewrites;
} events[] = {
    [HAR_CLOUDFLARE_ANSWERED] = {append_answer, false},
    [HAR_CLOUDFLARE_RECEIVES] = {NULL, true},
    [HAR_CLOUDFLARE_RETRIES] = {append_retry, false},
    [HAR_CLOUDFLARE_POLLS] = {append_poll, true},
};

/* Whether the bytes have been coming for so long that somebody may wonder. */
static bool is_slow(struct progress *progress, const struct har_cloudflare_notice *notice)
{
    if (notice->event != HAR_CLOUDFLARE_RECEIVES) {
        progress->since = 0;
        return true;
    }
    const uint64_t now = now_ms();
    if (!progress->since)
        progress->since = now;
    return now - progress->since >= QUIET_MS;
}

void progress_notice(void *user, const struct har_cloudflare_notice *notice)
{
    struct progress *progress = user;
    struct har_buffer line;
    if (progress->quiet || (size_t)notice->event >= sizeof(events) / sizeof(events[0]))
        return;
    const bool slow = is_slow(progress, notice);
    har_buffer_init(&line, 4 * HAR_KIB);
    if (events[notice->event].append)
        events[notice->event].append(progress, notice, &line);
    if (line.len || !events[notice->event].rewrites)
        progress_erase(progress);
    if (line.len && !line.failed)
        complain("%.*s", (int)line.len, line.data);
    har_buffer_release(&line);
    if (progress->live && events[notice->event].rewrites && slow)
        rewrite(progress, notice);
}
