/* How much packed data may unpack to. */
#ifndef UTIL_UNPACKED_H
#define UTIL_UNPACKED_H

#include <harmill/settings.h>

/* HAR_FATAL with HAR_DOMAIN_BOUND once `unpacked` bytes out of `packed` are more than HAR_BOUND_DECODED_BYTES or, behind the first
 * 16 MiB, HAR_BOUND_DECODED_RATIO allow; else HAR_OK. `what` is the coding's name. */
enum har_status unpacked_check(const struct har_settings *settings, const char *what, uint64_t packed, uint64_t unpacked,
                               struct har_error *error);

#endif
