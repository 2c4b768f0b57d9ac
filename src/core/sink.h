/* What the core knows of a sink beside its public functions. */
#ifndef CORE_SINK_H
#define CORE_SINK_H

#include <harmill/sink.h>

/* Whether a sink made by har_sink_nowhere() was told that the order of what it had been given changes: its watch has not seen the
 * final bytes. */
bool sink_changed_order(const struct har_sink *sink);

#endif
