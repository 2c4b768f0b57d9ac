/* Options that plug-ins declare as rows and receive as text. */
#ifndef HARMILL_OPTION_H
#define HARMILL_OPTION_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

/* A row that a plug-in declares. Lists end with a row whose name is NULL. */
struct har_option_row {
    const char *name;     /* as given on the command line, without the dashes */
    const char *argument; /* what it takes, for help: "N"; NULL when it takes nothing */
    const char *summary;
    const char *value;    /* the default, as it would be written; NULL when there is none */
};

/* An option as set by the caller. Lists end with a NULL name. */
struct har_option {
    const char *name;
    const char *value; /* NULL for an option without argument */
};

/* The last value of `name` in `options` (which may be NULL): NULL for an option that takes no argument, `fallback` when it is not
 * set. Borrowed from `options`. */
HAR_API const char *har_option_value(const struct har_option *options, const char *name, const char *fallback);

HAR_END_DECLS
#endif
