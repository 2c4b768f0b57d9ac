/* Times as people read them. */
#include <inttypes.h>
#include <stdio.h>

#include "cloudflare/cloudflare.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* Up to which time in seconds it is told in which units: whole ones, and what is left in smaller ones. */
static const struct {
    uint64_t below, unit, part;
    const char *name, *part_name;
} rows[] = {
    {(uint64_t)2 * HOUR, MINUTE, 1, "min", "s"},
    {(uint64_t)2 * DAY, HOUR, MINUTE, "h", "min"},
    {CLOUDFLARE_RETRY_MOST, DAY, DAY, "days", ""},
};

static void tell_short(uint64_t ms, char *text, size_t size)
{
    const uint64_t tenths = (ms + 50) / 100;
    if (tenths % 10)
        snprintf(text, size, "%" PRIu64 ".%" PRIu64 " s", tenths / 10, tenths % 10);
    else
        snprintf(text, size, "%" PRIu64 " s", tenths / 10);
}

/* Rounded up, so that who waits as long as is told has waited long enough. */
void har_cloudflare_time_text(uint64_t ms, char *text, size_t size)
{
    uint64_t seconds = ms / 1000 + (ms % 1000 != 0);
    if (ms <= (uint64_t)2 * MINUTE * 1000) {
        tell_short(ms, text, size);
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (seconds >= rows[i].below)
            continue;
        seconds = (seconds + rows[i].part - 1) / rows[i].part * rows[i].part;
        const uint64_t rest = seconds % rows[i].unit / rows[i].part;
        if (rest)
            snprintf(text, size, "%" PRIu64 " %s %" PRIu64 " %s", seconds / rows[i].unit, rows[i].name, rest, rows[i].part_name);
        else
            snprintf(text, size, "%" PRIu64 " %s", seconds / rows[i].unit, rows[i].name);
        return;
    }
    snprintf(text, size, "more than a year");
}
