/* A new scan. */
#include "reader/cloudflare.h"

enum har_status har_cloudflare_submit(struct har_cloudflare *client, const struct har_cloudflare_submission *submission,
                                      struct har_cloudflare_submitted *submitted, struct har_error *error)
{
    (void)client;
    (void)submission;
    *submitted = (struct har_cloudflare_submitted){.size = sizeof *submitted};
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "not built yet");
}
