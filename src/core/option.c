/* Reading the options that a plug-in was given. */
#include <harmill/option.h>

#include <string.h>

const char *har_option_value(const struct har_option *options, const char *name, const char *fallback)
{
    const char *value = fallback;
    for (; options && options->name; options++)
        if (!strcmp(options->name, name))
            value = options->value;
    return value;
}
