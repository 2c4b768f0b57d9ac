/* The HAR of a scan: asked for, waited for, proven whole. */
#include <stdlib.h>

#include "reader/cloudflare.h"

enum har_status cloudflare_fetch(struct har_cloudflare *client, const struct har_cloudflare_scan *scan, bool exact,
                                 const struct har_settings *settings, struct cloudflare_har **har, struct har_error *error)
{
    (void)client;
    (void)scan;
    (void)exact;
    (void)settings;
    *har = NULL;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "not built yet");
}

void cloudflare_har_drop(struct cloudflare_har *har)
{
    if (!har || --har->uses)
        return;
    spool_release(&har->bytes);
    free(har);
}
