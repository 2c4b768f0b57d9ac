/* How options take texts, numbers and times. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/setters.h"

bool set_flag(struct options *options, const struct option_row *row, const char *value)
{
    (void)value;
    *(bool *)((char *)options + row->field) = true;
    return true;
}

bool set_text(struct options *options, const struct option_row *row, const char *value)
{
    if (!*value) {
        complain("option '--%s' needs %s, which is empty here", row->name, row->argument);
        return false;
    }
    *(const char **)((char *)options + row->field) = value;
    return true;
}

/* Text that may lack: "" then. */
bool set_optional(struct options *options, const struct option_row *row, const char *value)
{
    *(const char **)((char *)options + row->field) = value ? value : "";
    return true;
}

/* A suffix that leads elsewhere could replace any file. */
bool set_backup(struct options *options, const struct option_row *row, const char *value)
{
    (void)row;
    if (value && (!*value || strchr(value, '/'))) {
        complain("option '--backup' takes a suffix without a slash, as in --backup=.bak");
        return false;
    }
    options->backup = value ? value : "~";
    return true;
}

/* Digits, and K, M or G for a power of 1024. False when that is not all, or too large. */
static bool read_number(const char *text, uint64_t *number)
{
    static const char units[] = "KMG";
    char *end = NULL;
    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno)
        return false;
    const char *unit = *end ? strchr(units, *end) : NULL;
    if (unit) {
        unsigned shift = 10 * (unsigned)(unit - units + 1);
        if (value > UINT64_MAX >> shift)
            return false;
        value <<= shift;
        end++;
    }
    *number = value;
    return *end == '\0';
}

static bool complain_number(const struct option_row *row, const char *value)
{
    complain("option '--%s' needs a number, not '%s'", row->name, value);
    return false;
}

/* A number that somebody else reads again. */
bool set_amount(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t number = 0;
    if (!read_number(value, &number))
        return complain_number(row, value);
    *(const char **)((char *)options + row->field) = value;
    return true;
}

bool set_most(struct options *options, const struct option_row *row, const char *value)
{
    options->most_given = true;
    return read_number(value, &options->most) || complain_number(row, value);
}

bool set_bound(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t number = 0;
    struct har_error error = {0};
    if (!read_number(value, &number))
        return complain_number(row, value);
    if (har_settings_set_bound(options->settings, (enum har_bound)row->field, number, &error) == HAR_OK)
        return true;
    complain("--%s", error.text); /* begins with the bound's name, which is the option's */
    return false;
}

bool set_block_size(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t number = 0;
    struct har_error error = {0};
    if (!read_number(value, &number))
        return complain_number(row, value);
    if (number > SIZE_MAX)
        number = SIZE_MAX;
    if (har_settings_set_block_size(options->settings, (size_t)number, &error) == HAR_OK)
        return true;
    complain("option '--%s': %s", row->name, error.text);
    return false;
}

/* Milliseconds of "90", "1.5s", "500ms", "10m", "1h". False when it is none, 0, or longer than a month. */
static bool read_time(const char *text, uint64_t *ms)
{
    static const struct {
        const char *unit;
        uint64_t ms;
    } units[] = {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
    const uint64_t most = UINT64_C(31) * 24 * 3600000;
    uint64_t whole = 0, thousandths = 0, step = 1000;
    if (*text < '0' || *text > '9')
        return false;
    for (; *text >= '0' && *text <= '9' && whole <= most; text++)
        whole = whole * 10 + (uint64_t)(*text - '0');
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++)
            thousandths += (step /= 10) * (uint64_t)(*text - '0');
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (strcmp(text, units[i].unit) == 0 && whole <= most / units[i].ms)
            *ms = whole * units[i].ms + thousandths * units[i].ms / 1000;
        else if (strcmp(text, units[i].unit) == 0)
            return false;
    return *ms > 0 && *ms <= most;
}

bool set_time(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t *ms = (uint64_t *)((char *)options + row->field);
    *ms = 0;
    if (read_time(value, ms))
        return true;
    complain("option '--%s' needs a time, as in 500ms, 30s, 5m or 1h, not '%s'", row->name, value);
    return false;
}

bool set_wait(struct options *options, const struct option_row *row, const char *value)
{
    options->cloudflare.wait = true;
    return !value || set_time(options, row, value);
}

bool set_retries(struct options *options, const struct option_row *row, const char *value)
{
    enum { RETRIES_MOST = 100 };
    options->cloudflare.retries_given = true;
    if (!read_number(value, &options->cloudflare.retries))
        return complain_number(row, value);
    if (options->cloudflare.retries <= RETRIES_MOST)
        return true;
    complain("option '--%s' takes 0 to %d", row->name, RETRIES_MOST);
    return false;
}

/* One more of a list. */
bool set_list(struct options *options, const struct option_row *row, const char *value)
{
    struct option_list *list = (struct option_list *)((char *)options + row->field);
    if (list->count == OPTION_LIST_MOST) {
        complain("option '--%s' can be given %d times", row->name, OPTION_LIST_MOST);
        return false;
    }
    if (!*value) {
        complain("option '--%s' needs %s, which is empty here", row->name, row->argument);
        return false;
    }
    list->text[list->count++] = value;
    return true;
}
