/* What the terminal can and wants. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal.h"

bool terminal_is(int descriptor)
{
    return isatty(descriptor) == 1;
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

bool terminal_color(enum color_choice choice, int descriptor)
{
    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("FORCE_COLOR"))
        return strcmp(getenv("FORCE_COLOR"), "0") != 0;
    const char *type = getenv("TERM");
    return terminal_is(descriptor) && type && strcmp(type, "dumb") != 0;
}
