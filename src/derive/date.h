/* Dates of cookies (RFC 6265 section 5.1.1). */
#ifndef HARMILL_DERIVE_DATE_H
#define HARMILL_DERIVE_DATE_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Seconds since 1970 from what browsers take as the date of a cookie, which is in UTC whatever zone it names; false when they
 * ignore it. */
bool derive_cookie_date(struct har_text text, int64_t *seconds);

/* Whether the text names a zone other than UTC. */
bool derive_date_elsewhere(struct har_text text);

#endif
