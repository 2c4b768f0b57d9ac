/* What the core knows of a sink beside its public functions. */
#ifndef CORE_SINK_H
#define CORE_SINK_H

#include <signal.h>

#include <harmill/sink.h>

/* When *cancel becomes non-zero, whatever takes long ends with HAR_DOMAIN_CANCELLED. */
void sink_set_cancel(struct har_sink *sink, const volatile sig_atomic_t *cancel);

/* Whether a sink made by har_sink_nowhere() was told that the order of what it had been given changes: its watch has not seen the
 * final bytes. */
bool sink_changed_order(const struct har_sink *sink);

#endif
