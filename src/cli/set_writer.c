/* How options of the writer take their values. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/setters.h"

/* The last of several counts. There is room: the table has fewer such options. */
static bool give(struct options *options, const struct option_row *row, const char *value)
{
    struct har_option *option = options->of_writer;
    while (option->name && strcmp(option->name, row->name) != 0)
        option++;
    if (option == options->of_writer + WRITER_OPTIONS_MOST)
        return false;
    *option = (struct har_option){row->name, value};
    return true;
}

bool set_indent(struct options *options, const struct option_row *row, const char *value)
{
    if (value[0] >= '0' && value[0] <= '8' && !value[1])
        return give(options, row, value);
    complain("option '--%s' needs a number from 0 to 8, not '%s'", row->name, value);
    return false;
}

/* A number, or "all". */
bool set_rows(struct options *options, const struct option_row *row, const char *value)
{
    const bool digits = *value && !value[strspn(value, "0123456789")];
    errno = 0;
    if (strcmp(value, "all") == 0 || (digits && strtoull(value, NULL, 10) < UINT64_MAX && !errno))
        return give(options, row, value);
    complain("option '--%s' needs a number or all, not '%s'", row->name, value);
    return false;
}

bool set_title(struct options *options, const struct option_row *row, const char *value)
{
    if (*value)
        return give(options, row, value);
    complain("option '--%s' needs %s, which is empty here", row->name, row->argument);
    return false;
}

bool set_mark(struct options *options, const struct option_row *row, const char *value)
{
    return give(options, row, value);
}

/* One of the words that complete it. */
bool set_word(struct options *options, const struct option_row *row, const char *value)
{
    if (words_find(row->complete, value, NULL))
        return give(options, row, value);
    words_complain(row->complete, value);
    return false;
}
