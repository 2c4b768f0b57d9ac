/* The host in an address that may be no proper url. */
#include "util/text.h"
#include "util/url.h"

struct har_text url_named_host(struct har_text text)
{
    static const char mark[] = "://";
    const char *const found = memmem(text.bytes, text.len, mark, sizeof mark - 1);
    struct url url = {0};
    if (!found)
        return (struct har_text){"", 0};
    text_take(&text, 0, (size_t)(found - text.bytes) + sizeof mark - 1);
    struct har_text authority = {text.bytes, 0};
    while (authority.len < text.len && !memchr("/?#\\", text.bytes[authority.len], 4))
        authority.len++;
    url_split_authority(authority, &url);
    if (url.bracketed)
        return (struct har_text){url.host.bytes - 1, url.host.len + 2};
    if (url.host.len && *url.host.bytes == '[') /* and no other bracket */
        return (struct har_text){url.host.bytes, (size_t)(authority.bytes + authority.len - url.host.bytes)};
    return url.host;
}
