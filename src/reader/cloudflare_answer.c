/* What an answer that is no HAR says. */
#include "reader/cloudflare.h"

void cloudflare_clean(const struct har_cloudflare *client, const char *text, size_t len, char *to, size_t size)
{
    (void)client;
    (void)text;
    (void)len;
    if (size)
        *to = '\0';
}

void cloudflare_judge(struct har_cloudflare *client, const struct cloudflare_reply *reply, const char *body, size_t len)
{
    (void)body;
    (void)len;
    client->problem.http_status = reply->status;
}
