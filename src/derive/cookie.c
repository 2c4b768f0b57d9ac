/* Cookies and their attributes. */
#include "derive/cookie.h"

#include "util/text.h"

/* At the first equals sign, without white space around; without one it is a name. */
static bool split(struct har_text part, struct har_text *name, struct har_text *value)
{
    const bool pair = text_find(part, '=') < part.len;
    text_split(part, '=', name, value);
    *name = text_trim(*name);
    *value = text_trim(*value);
    return pair;
}

bool derive_cookie_next(struct har_text *rest, enum derive_cookie_header header, struct derive_cookie *cookie)
{
    const bool set = header == DERIVE_SET_COOKIE;
    struct har_text part;
    while (text_part(rest, set ? '\n' : ';', &part)) {
        cookie->attributes = part;
        if (set && !text_part(&cookie->attributes, ';', &part))
            continue;
        cookie->pair = split(part, &cookie->name, &cookie->value);
        if (cookie->name.len || cookie->value.len)
            return true;
    }
    return false;
}

struct derive_attributes derive_cookie_attributes(struct har_text attributes)
{
    const struct har_text nothing = {"", 0};
    struct derive_attributes read = {nothing, nothing, nothing, nothing, false, false};
    const struct {
        const char *name;
        struct har_text *value;
    } rows[] = {{"domain", &read.domain}, {"path", &read.path}, {"expires", &read.expires}, {"samesite", &read.same_site}};
    struct har_text part, name, value;
    while (text_part(&attributes, ';', &part)) {
        split(part, &name, &value);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (text_is(name, rows[i].name))
                *rows[i].value = value;
        read.secure |= text_is(name, "secure");
        read.http_only |= text_is(name, "httponly");
    }
    return read;
}
