/* Escapes of all kinds that are nested in captures: percent, backslash, entities, soft line breaks. */
#ifndef REDACT_ESCAPES_H
#define REDACT_ESCAPES_H

#include <harmill/place.h>

/* Length of the escape at the front of `text`, 0 when there is none. What it stands for goes to `out`: *len bytes, 0 to 4. */
size_t escape_read(struct har_text text, char out[4], size_t *len);

/* The first place from `from` on where an escape may begin; text.len when there is none. Quick. */
size_t escape_candidate(struct har_text text, size_t from);

/* The first escape from `from` on. */
size_t escape_find(struct har_text text, size_t from);

/* Behind the percent or backslash escape that `at` is inside of; `at` when it is in none. */
size_t escape_behind(struct har_text text, size_t at);

#endif
