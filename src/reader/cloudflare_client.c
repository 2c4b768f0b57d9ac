/* Configuration and life of a client of the Cloudflare URL Scanner. */
#include "reader/cloudflare.h"

enum har_status har_cloudflare_new(struct har_cloudflare **client, const struct har_cloudflare_config *config,
                                   struct har_error *error)
{
    (void)config;
    *client = NULL;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "not built yet");
}

void har_cloudflare_free(struct har_cloudflare *client)
{
    (void)client;
}

const char *har_cloudflare_host(const struct har_cloudflare *client)
{
    return client->host;
}

const struct har_cloudflare_problem *har_cloudflare_last_problem(const struct har_cloudflare *client)
{
    return &client->problem;
}
