/* An input that is repaired while it is read. */
#ifndef CORE_REPAIRED_H
#define CORE_REPAIRED_H

#include <harmill/input.h>

struct har_report_to;

/* From here on the input gives repaired bytes. `findings` gets what was repaired, and places of the original for all others. */
enum har_status input_repair(struct har_input *input, struct har_report_to *findings, struct har_error *error);

/* Tells the repairs that wait for their turn. */
void input_tell_repairs(struct har_input *input);

#endif
