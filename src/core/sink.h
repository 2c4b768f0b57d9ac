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

/* Before the first byte: searches all that is written for what the redaction learned, and puts nothing in place when some of that
 * is there. What goes to a descriptor, a function or a device waits until then. Borrowed until the sink is freed. */
struct har_redaction;
enum har_status sink_prove(struct har_sink *sink, struct har_redaction *redaction, struct har_error *error);

#endif
