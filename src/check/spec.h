/* The specification's tables, for the checker's hot path. */
#ifndef HARMILL_CHECK_SPEC_H
#define HARMILL_CHECK_SPEC_H

#include <harmill/spec.h>

#include "check/spec_rows.h"

extern const struct har_object_spec spec_objects[HAR_OBJECT_COUNT]; /* that of HAR_OBJECT_NONE is empty */

/* The rows of each object by name: ENTRY_time, and ENTRY_rows, how many there are. */
#define SPEC_ROW(of, name, ...) of##_##name,
#define SPEC_ROWS(of) enum { SPEC_##of(SPEC_ROW) of##_rows };
SPEC_OBJECTS(SPEC_ROWS)
#undef SPEC_ROWS
#undef SPEC_ROW

#endif
