/* The specification's tables, for the checker's hot path. */
#ifndef HARMILL_CORE_SPEC_H
#define HARMILL_CORE_SPEC_H

#include <harmill/spec.h>

extern const struct har_object_spec spec_objects[HAR_OBJECT_COUNT]; /* that of HAR_OBJECT_NONE is empty */

#endif
