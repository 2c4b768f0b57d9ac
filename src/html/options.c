/* Options of the report, as text. */
#include "html/html.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool given(const struct har_option *options, const char *name)
{
    return har_option_value(options, name, "no") == NULL;
}

/* Which of `words` the option's value is; -1. */
static int choice(const struct har_option *options, const char *name, const char *const *words)
{
    const char *value = har_option_value(options, name, words[0]);
    for (int i = 0; words[i]; i++)
        if (value && strcmp(value, words[i]) == 0)
            return i;
    return -1;
}

static bool read_rows(const char *text, uint64_t *rows)
{
    char *end;
    *rows = UINT64_MAX;
    if (!text || strcmp(text, "all") == 0)
        return text != NULL;
    errno = 0;
    *rows = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno;
}

enum har_status html_read_options(struct html_options *options, const struct har_option *given_options, struct har_error *error)
{
    static const char *const bodies[] = {"none", "text", "all", NULL}, *const custom[] = {"known", "all", NULL};
    const int body = choice(given_options, "bodies", bodies), members = choice(given_options, "custom", custom);
    *options = (struct html_options){.bodies = (enum html_bodies)body,
                                     .all_custom = members == 1,
                                     .links = given(given_options, "links"),
                                     .sort = given(given_options, "sort"),
                                     .title = har_option_value(given_options, "title", NULL)};
    if (body < 0)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "bodies takes none, text or all");
    if (members < 0)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "custom takes known or all");
    if (!read_rows(har_option_value(given_options, "static-rows", "500"), &options->static_rows))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "static-rows takes a number or all");
    return HAR_OK;
}
