/* References resolved and brought into a form for comparing. */
#include <string.h>

#include "util/percent.h"
#include "util/text.h"
#include "util/url.h"

static bool append_lower(struct har_buffer *out, struct har_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!har_buffer_append_char(out, text_lower(text.bytes[i])))
            return false;
    return true;
}

static bool append_decoded(struct har_buffer *out, struct har_text text)
{
    return percent_decode(text.bytes, text.len, false, out);
}

/* The authority of `url` without the port that `scheme`'s url has by default. */
static bool append_authority(struct har_buffer *out, const struct url *url, const struct url *scheme)
{
    struct url at = *url;
    at.default_port = scheme->default_port;
    const bool usual = !at.port.len || (at.default_port && url_port(&at) == at.default_port);
    return (!at.has_userinfo || (append_lower(out, at.userinfo) && har_buffer_append_char(out, '@'))) &&
           (!at.bracketed || har_buffer_append_char(out, '[')) && append_lower(out, at.host) &&
           (!at.bracketed || har_buffer_append_char(out, ']')) &&
           (usual || (har_buffer_append_char(out, ':') && append_lower(out, at.port)));
}

/* Appends a path without its dot segments: each segment with the slash before it, .. takes the last one back. `from` is where
 * the path begins in `out`. */
static bool append_path(struct har_buffer *out, size_t from, struct har_text path)
{
    while (path.len) {
        text_take(&path, 0, *path.bytes == '/');
        const struct har_text text = text_take(&path, text_find(path, '/'), 0);
        const bool up = text_is(text, ".."), here = text_is(text, ".");
        if (up)
            while (out->len > from && out->data[--out->len] != '/')
                ;
        if (!up && !here && !(har_buffer_append_char(out, '/') && append_decoded(out, text)))
            return false;
        if ((up || here) && !path.len && !har_buffer_append_char(out, '/'))
            return false;
    }
    return out->len > from || har_buffer_append_char(out, '/');
}

bool url_append_resolved(struct har_text base, struct har_text reference, struct har_buffer *out)
{
    struct url to, from;
    url_split(reference.bytes, reference.len, &to);
    url_split(base.bytes, base.len, &from);
    const bool own_host = to.scheme.len || to.has_authority, same_path = !own_host && !to.path.len;
    const struct url *const scheme = to.scheme.len ? &to : &from;
    if (!append_lower(out, scheme->scheme) || !har_buffer_append_text(out, "://") ||
        !append_authority(out, own_host ? &to : &from, scheme))
        return false;
    const size_t begin = out->len;
    if (!own_host && to.path.len && *to.path.bytes != '/') {
        /* Relative to the folder of the base. */
        struct har_text folder = from.path;
        while (folder.len && folder.bytes[folder.len - 1] != '/')
            folder.len--;
        folder.len -= folder.len > 0;
        if (folder.len && !append_path(out, begin, folder))
            return false;
    }
    if (!append_path(out, begin, same_path ? from.path : to.path))
        return false;
    const struct url *const query = same_path && !to.has_query ? &from : &to;
    return !query->has_query || (har_buffer_append_char(out, '?') && append_decoded(out, query->query));
}

bool url_has_foreign_host(struct har_text text)
{
    struct url url;
    url_split(text.bytes, text.len, &url);
    for (size_t i = 0; i < url.host.len; i++)
        if ((unsigned char)url.host.bytes[i] >= 0x80 || url.host.bytes[i] == '%')
            return true;
    return false;
}
