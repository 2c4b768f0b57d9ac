/* A filter in front of a format: bytes that are not JSON become strict JSON in UTF-8, a unit (an entry, a page, another member) at
 * a time. What is strict JSON already comes out as it went in, byte for byte. Each repair is a finding. */
#ifndef HARMILL_REPAIR_REPAIR_H
#define HARMILL_REPAIR_REPAIR_H

#include <harmill/finding.h>
#include <harmill/settings.h>

struct har_report_to;
struct repair;

/* Where the bytes come from, as har_input_read(). */
typedef enum har_status repair_source_fn(void *user, void *bytes, size_t cap, size_t *got, struct har_error *error);

/* NULL when memory is short. All arguments are borrowed until repair_free(). */
struct repair *repair_new(const struct har_settings *settings, struct har_report_to *findings, repair_source_fn *source,
                          void *user);
void repair_free(struct repair *repair);

/* Repaired bytes, as har_input_read(). */
enum har_status repair_read(struct repair *repair, void *bytes, size_t cap, size_t *got, struct har_error *error);

/* A finding about the repaired text is about to be told: repairs that stand before it are told first, and its places become those
 * of the input. Findings of the filter's own are left alone. `repair` is a struct repair. */
void repair_before(void *repair, struct har_finding *finding);

/* Tells the repairs that were not told yet. */
void repair_tell_rest(struct repair *repair);

#endif
