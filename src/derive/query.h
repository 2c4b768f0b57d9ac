/* Parameters: of the query of a url, of a form. */
#ifndef HARMILL_DERIVE_QUERY_H
#define HARMILL_DERIVE_QUERY_H

#include <harmill/place.h>

struct derive_parameter {
    struct har_text name, value; /* as they stand; what has no equals sign is a name */
};

/* Takes the next parameter off *rest; false at its end. They are parted by & (and ; with `semicolons`) and split at their first
 * equals sign. Producers differ in whether they keep what is empty ("a&&b", "a&", "?"), so it is skipped. */
bool derive_parameter_next(struct har_text *rest, bool semicolons, struct derive_parameter *parameter);

#endif
