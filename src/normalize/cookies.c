/* Normalize: cookies of both messages. */
#include <stdio.h>

#include "derive/date.h"
#include "normalize/message.h"
#include "util/iso8601.h"

/* ---- those that headers carry and the list lacks */

static uint32_t add_text(struct normalize *n, uint32_t cookie, const char *name, uint8_t row, struct har_text text)
{
    const uint32_t member = json_edit_member(&n->edit, cookie, name, HAR_KIND_STRING, row, HAR_OBJECT_NONE);
    json_edit_set_text(&n->edit, member, text.bytes, text.len);
    return member;
}

static void add_flag(struct normalize *n, uint32_t cookie, const char *name, uint8_t row, bool set)
{
    json_edit_member(&n->edit, cookie, name, set ? HAR_KIND_TRUE : HAR_KIND_FALSE, row, HAR_OBJECT_NONE);
}

/* Without its first dot, in small letters: RFC 6265 section 5.2.3. */
static struct har_text domain_of(struct normalize *n, struct har_text text)
{
    struct har_buffer *out = &n->scratch[1];
    har_buffer_clear(out);
    for (size_t i = *text.bytes == '.'; i < text.len; i++)
        n->no_memory |= !har_buffer_append_char(out, text_lower(text.bytes[i]));
    return message_scratch(n, 1);
}

/* The date in UTC with milliseconds, in scratch buffer 1; false outside of the years 0 to 9999. */
static bool write_date(struct normalize *n, int64_t seconds, unsigned milliseconds)
{
    char fraction[sizeof "000"];
    snprintf(fraction, sizeof fraction, "%03u", milliseconds % 1000);
    har_buffer_clear(&n->scratch[1]);
    const bool written = iso8601_append_utc(seconds, (struct har_text){fraction, 3}, &n->scratch[1]);
    n->no_memory |= n->scratch[1].failed;
    return written;
}

/* What Set-Cookie says of the cookie; what it does not say is left out, and nothing is computed from Max-Age. */
static void add_attributes(struct normalize *n, uint32_t cookie, struct har_text text)
{
    const struct derive_attributes set = derive_cookie_attributes(text);
    int64_t seconds;
    if (set.path.len)
        add_text(n, cookie, "path", COOKIE_path, set.path);
    if (set.domain.len)
        add_text(n, cookie, "domain", COOKIE_domain, domain_of(n, set.domain));
    if (derive_cookie_date(set.expires, &seconds) && write_date(n, seconds, 0))
        add_text(n, cookie, "expires", COOKIE_expires, message_scratch(n, 1));
    add_flag(n, cookie, "httpOnly", COOKIE_httpOnly, set.http_only);
    add_flag(n, cookie, "secure", COOKIE_secure, set.secure);
    if (set.same_site.len)
        add_text(n, cookie, "_sameSite", JSON_NO_MEMBER, set.same_site);
}

/* The cookies of one header, which begin the list where there is none yet; nothing is added where nothing is derived. A text
 * without any equals sign is no cookie but what a redaction left. */
static void add_cookies(struct normalize *n, uint32_t message, struct message_list *list, enum derive_cookie_header form,
                        struct har_text text)
{
    struct derive_cookie cookie;
    const bool set = form == DERIVE_SET_COOKIE;
    if (text_find(text, '=') == text.len)
        return;
    while (!n->edit.fault && derive_cookie_next(&text, form, &cookie)) {
        if (!cookie.name.len || (set && !cookie.pair))
            continue;
        if (!n->derive) {
            normalize_leave_missing(n, message, set ? RESPONSE_cookies : REQUEST_cookies);
            return;
        }
        if (list->list == JSON_NONE)
            *list = message_list(n, message, set ? RESPONSE_cookies : REQUEST_cookies);
        const uint32_t element = message_add(n, list, cookie.name, cookie.value);
        if (set)
            add_attributes(n, element, cookie.attributes);
    }
}

static void derive_cookies(struct normalize *n, uint32_t message, enum derive_cookie_header form)
{
    const uint32_t headers = message_headers(n, message);
    struct message_list list = {JSON_NONE, JSON_NONE, HAR_OBJECT_NONE};
    const bool set = form == DERIVE_SET_COOKIE;
    const bool missing = message_member(n, message, set ? RESPONSE_cookies : REQUEST_cookies) == JSON_NONE;
    uint32_t after = JSON_NONE, value;
    while ((value = message_header(n, headers, set ? "set-cookie" : "cookie", &after)) != JSON_NONE)
        add_cookies(n, message, &list, form, message_text(n, value, 0));
    if (list.list == JSON_NONE)
        return;
    if (missing)
        normalize_derived(n, message, set ? HAR_MEND_RESPONSE_COOKIES : HAR_MEND_REQUEST_COOKIES);
    else
        normalize_derived(n, message, HAR_MEND_COOKIES_OMITTED);
}

/* ---- expires */

/* Seconds since 1970 as some libraries write them; other numbers mean other things. */
static bool from_number(struct har_text text, int64_t *seconds, unsigned *milliseconds)
{
    static const int64_t least = 100000000, end = 100000000000; /* 1973, 5138 */
    struct har_text whole, fraction;
    text_split(text, '.', &whole, &fraction);
    *seconds = 0;
    for (size_t i = 0; i < whole.len; i++) {
        if (!text_is_digit(whole.bytes[i]) || *seconds >= end)
            return false;
        *seconds = *seconds * 10 + (whole.bytes[i] - '0');
    }
    for (size_t i = 0; i < fraction.len; i++)
        if (!text_is_digit(fraction.bytes[i]))
            return false;
    *milliseconds = 0;
    for (size_t i = 0; i < 3; i++)
        *milliseconds = *milliseconds * 10 + (unsigned)(i < fraction.len ? fraction.bytes[i] - '0' : 0);
    return *seconds >= least && *seconds < end;
}

/* Writes the date in the specification's form; false when nobody can tell what instant it is. */
static bool read_date(struct normalize *n, struct har_text text)
{
    struct iso8601 instant;
    int64_t seconds;
    unsigned milliseconds = 0;
    const enum iso8601_form form = iso8601_parse(text.bytes, text.len, &instant);
    if (form == ISO8601_OTHER || form == ISO8601_W3C)
        return write_date(n, instant.seconds, instant.nanoseconds / 1000000);
    if (form != ISO8601_NOT)
        return false;
    if (from_number(text, &seconds, &milliseconds))
        return write_date(n, seconds, milliseconds);
    return derive_cookie_date(text, &seconds) && !derive_date_elsewhere(text) && write_date(n, seconds, 0);
}

/* A number, too, is read as it is spelled. -1 is what some write for a cookie of the session. */
static void mend_expires(struct normalize *n, uint32_t expires)
{
    const enum har_kind kind = (enum har_kind)normalize_node(n, expires)->kind;
    const struct har_text spelled = normalize_text(n, expires, 0);
    const struct har_text text =
        kind == HAR_KIND_NUMBER ? har_node_text(n->edit.tree, normalize_node(n, expires)) : text_trim(spelled);
    if (kind == HAR_KIND_NULL || (kind == HAR_KIND_STRING && !text.len) || text_is(text, "-1")) {
        json_edit_remove(&n->edit, expires);
        normalize_mended(n, HAR_MEND_EXPIRES_EMPTY);
        return;
    }
    if (text.len == spelled.len && iso8601_parse(text.bytes, text.len, NULL) == ISO8601_W3C)
        return;
    if (text.len && read_date(n, text)) {
        const bool number = from_number(text, &(int64_t){0}, &(unsigned){0});
        json_edit_set_text(&n->edit, expires, message_scratch(n, 1).bytes, n->scratch[1].len);
        normalize_mended(n, number ? HAR_MEND_EXPIRES_NUMBER : HAR_MEND_EXPIRES_FORM);
        return;
    }
    normalize_keep_as_custom(n, expires);
    normalize_mended(n, HAR_MEND_EXPIRES_KEPT);
}

/* One without a name is no cookie. Nobody knows its name, and programs that replay captures refuse an empty one. This comes before
 * cookies are derived: a list of such ones only is an empty list. */
static void keep_nameless(struct normalize *n, uint32_t list)
{
    struct normalize_chain lost = {JSON_NONE, JSON_NONE};
    if (list == JSON_NONE || normalize_node(n, list)->kind != HAR_KIND_ARRAY)
        return;
    for (uint32_t i = normalize_node(n, list)->child, next; i != JSON_NONE && !n->edit.fault; i = next) {
        next = normalize_node(n, i)->next;
        if (normalize_node(n, i)->object == HAR_OBJECT_COOKIE && normalize_member(n, i, COOKIE_name) == JSON_NONE)
            normalize_take_out(n, &lost, i);
    }
    normalize_keep_lost(n, list, &lost);
}

void message_cookies(struct normalize *n, uint32_t message, enum derive_cookie_header form)
{
    keep_nameless(n, message_member(n, message, form == DERIVE_COOKIE ? REQUEST_cookies : RESPONSE_cookies));
    const uint32_t list = message_member(n, message, form == DERIVE_COOKIE ? REQUEST_cookies : RESPONSE_cookies);
    const struct har_node *node = list == JSON_NONE ? NULL : normalize_node(n, list);
    if (!node || (node->kind == HAR_KIND_ARRAY && node->child == JSON_NONE)) {
        derive_cookies(n, message, form);
        return;
    }
    for (uint32_t i = node->child; i != JSON_NONE && !n->edit.fault; i = normalize_node(n, i)->next) {
        const uint32_t expires =
            normalize_node(n, i)->object == HAR_OBJECT_COOKIE ? normalize_member(n, i, COOKIE_expires) : JSON_NONE;
        if (expires != JSON_NONE)
            mend_expires(n, expires);
    }
}
