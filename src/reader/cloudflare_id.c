/* Inputs of the Cloudflare reader taken apart. Nothing here reaches the network. */
#include <string.h>

#include "reader/cloudflare.h"

bool har_cloudflare_accepts(const char *input)
{
    static const char *const beginnings[] = {"cloudflare:", "https://", "http://"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(input, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

bool har_cloudflare_is_account(const char *text)
{
    return strlen(text) == 32;
}

enum har_status har_cloudflare_parse(const char *input, struct har_cloudflare_scan *scan, struct har_error *error)
{
    (void)input;
    *scan = (struct har_cloudflare_scan){.account = ""};
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "not built yet");
}
