/* How much packed data may unpack to: the same for a coding and for an archive. */
#include "util/unpacked.h"

#include <inttypes.h>

#define RATIO_FROM ((uint64_t)16 * HAR_MIB) /* unpacked bytes before the ratio counts */

enum har_status unpacked_check(const struct har_settings *settings, const char *what, uint64_t packed, uint64_t unpacked,
                               struct har_error *error)
{
    const uint64_t most = har_settings_bound(settings, HAR_BOUND_DECODED_BYTES);
    const uint64_t ratio = har_settings_bound(settings, HAR_BOUND_DECODED_RATIO);
    if (unpacked > most)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_BYTES,
                             "the %s data unpacks to more than %" PRIu64 " bytes (--%s)", what, most,
                             har_bound_info(HAR_BOUND_DECODED_BYTES)->name);
    if (unpacked > RATIO_FROM && unpacked / ratio > packed)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_RATIO,
                             "the %s data unpacks to more than %" PRIu64 " times its size (--%s)", what, ratio,
                             har_bound_info(HAR_BOUND_DECODED_RATIO)->name);
    return HAR_OK;
}
