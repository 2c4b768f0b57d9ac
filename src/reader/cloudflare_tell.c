/* Problems as sentences. */
#include "reader/cloudflare.h"

enum har_status cloudflare_tell(const struct har_cloudflare *client, const struct cloudflare_request *request,
                                const struct cloudflare_reply *reply, struct har_error *error)
{
    (void)request;
    (void)reply;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_NETWORK, (int)client->problem.http_status, "HTTP %ld",
                         client->problem.http_status);
}
