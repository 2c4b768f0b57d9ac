/* Cookies beside the headers that carry them. Names and values are secret: findings count them, no more. */
#include "check/semantic.h"
#include "derive/cookie.h"
#include "rules/pairs.h"
#include "util/text.h"

struct cookie_ctx {
    struct har_buffer header, name, value; /* decoded texts */
    struct pairs pairs;
};

/* One side of an entry. */
struct side {
    const struct har_node *cookies, *headers;
    enum header_name name;
    const char *header; /* the name as it is told */
    struct header_range range;
    enum derive_cookie_header form;
};

/* The cookies that the headers of one name carry, one after the other. */
struct carried {
    const struct side *side;
    struct header_range range; /* headers to look at */
    struct har_text rest;      /* of the one looked at last */
    bool found, ill;           /* a header of this name; one without a value */
    struct derive_cookie cookie;
};

static struct carried carried_by(const struct side *side)
{
    return (struct carried){.side = side, .range = side->range};
}

/* The value of the next header of that name; NULL behind the last one. */
static const struct har_node *next_header(struct check *check, struct carried *carried)
{
    struct name_value header;
    while (headers_next(check, &carried->range, carried->side->name, &header)) {
        carried->found = true;
        carried->ill |= !header.value;
        if (header.value)
            return header.value;
    }
    return NULL;
}

/* The next cookie; false behind the last one. */
static bool next_carried(struct check *check, struct cookie_ctx *ctx, struct carried *carried)
{
    while (!derive_cookie_next(&carried->rest, carried->side->form, &carried->cookie)) {
        const struct har_node *header = next_header(check, carried);
        if (!header)
            return false;
        carried->rest = semantic_text(check, header, &ctx->header);
    }
    return true;
}

static struct har_text without_dot(struct har_text domain)
{
    const bool dot = domain.len && domain.bytes[0] == '.';
    return (struct har_text){domain.bytes + dot, domain.len - dot};
}

static void tell_attribute(struct check *check, const struct har_node *node, const char *word, const char *message)
{
    const struct har_arg args[] = {check_word(word)};
    semantic_tell(check, HAR_RULE_COOKIE_ATTRIBUTES, node, message, args, 1);
}

static void judge_flag(struct check *check, const struct har_node *node, const char *word, bool set)
{
    if (node && (node->kind == HAR_KIND_TRUE) != set)
        tell_attribute(check, node, word, set ? "%1 is false, but Set-Cookie has it" : "%1 is true, but Set-Cookie lacks it");
}

/* What the server left out has defaults, which both sides may show or not. */
static void judge_attributes(struct check *check, struct cookie_ctx *ctx, const struct har_node *const *cookie,
                             struct har_text text)
{
    const struct derive_attributes set = derive_cookie_attributes(text);
    const struct har_node *domain = cookie[COOKIE_domain], *path = cookie[COOKIE_path];
    struct har_text said = semantic_text(check, domain, &ctx->value);
    if (said.len && set.domain.len && !text_alike(without_dot(said), without_dot(set.domain)))
        tell_attribute(check, domain, "domain", "%1 is not the one of Set-Cookie");
    said = semantic_text(check, path, &ctx->value);
    if (said.len && set.path.len && set.path.bytes[0] == '/' && !text_equal(said, set.path))
        tell_attribute(check, path, "path", "%1 is not the one of Set-Cookie");
    judge_flag(check, cookie[COOKIE_secure], "secure", set.secure);
    judge_flag(check, cookie[COOKIE_httpOnly], "httpOnly", set.http_only);
}

/* A cookie of the list. */
struct listed {
    const struct har_node *member[COOKIE_rows];
    struct har_text name, value;
};

/* False when it lacks name or value. */
static bool read_cookie(struct check *check, struct cookie_ctx *ctx, const struct har_node *node, struct listed *cookie)
{
    if (node->object != HAR_OBJECT_COOKIE)
        return false;
    *cookie = (struct listed){.member = {NULL}};
    semantic_gather(check, node, cookie->member);
    cookie->name = semantic_text(check, cookie->member[COOKIE_name], &ctx->name);
    cookie->value = semantic_text(check, cookie->member[COOKIE_value], &ctx->value);
    return cookie->member[COOKIE_name] && cookie->member[COOKIE_value];
}

/* Compares the two lists as they stand, which settles nearly every entry. Tells about attributes on the way. */
static bool same_in_order(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct carried carried = carried_by(side);
    const bool attributes = side->form == DERIVE_SET_COOKIE && semantic_on(check, HAR_RULE_COOKIE_ATTRIBUTES);
    bool equal = true;
    for (const struct har_node *node = semantic_first(check, side->cookies); node; node = semantic_next(check, node)) {
        struct listed cookie;
        if (!next_carried(check, ctx, &carried) || !read_cookie(check, ctx, node, &cookie) ||
            !text_equal(text_trim(cookie.name), carried.cookie.name))
            return false;
        equal &= text_equal(text_trim(cookie.value), carried.cookie.value);
        if (attributes)
            judge_attributes(check, ctx, cookie.member, carried.cookie.attributes);
    }
    return !next_carried(check, ctx, &carried) && equal;
}

/* Fills the pairs: the list, the headers. False when there is nothing to compare: a cookie without name or value, no such header
 * (browsers block cookies and leave headers out), a header that is redacted as a whole. */
static bool fill_pairs(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct carried carried = carried_by(side);
    struct listed cookie;
    bool pair = false;
    pairs_clear(&ctx->pairs);
    while (next_carried(check, ctx, &carried)) {
        pair |= carried.cookie.pair;
        pairs_add(&ctx->pairs, 1, carried.cookie.name, carried.cookie.value, false);
    }
    if (!carried.found || carried.ill || !pair)
        return false;
    for (const struct har_node *node = semantic_first(check, side->cookies); node; node = semantic_next(check, node)) {
        if (!read_cookie(check, ctx, node, &cookie))
            return false;
        pairs_add(&ctx->pairs, 0, cookie.name, cookie.value, false);
    }
    return true;
}

static void compare(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct pairs_difference difference;
    if (!fill_pairs(check, ctx, side))
        return;
    if (!pairs_compare(&ctx->pairs, &difference)) {
        check->no_memory = true;
        return;
    }
    if (!pairs_differ(&difference))
        return;
    const struct har_arg args[] = {check_word(side->header), check_number(difference.values), check_number(difference.only[0]),
                                   check_number(difference.only[1])};
    /* Producers that ask the browser what it stored leave out what it blocked. */
    if (side->form == DERIVE_SET_COOKIE && !difference.values && !difference.only[0])
        semantic_tell(check, HAR_RULE_COOKIES_OMITTED, side->cookies, "cookies lacks %2 that the %1 header carries",
                      (struct har_arg[]){args[0], args[3]}, 2);
    else
        semantic_tell(check, HAR_RULE_COOKIES_MISMATCH, side->cookies,
                      "cookies and the %1 header disagree: %2 with another value, %3 only in cookies, %4 only in the header", args,
                      4);
}

static void look_for_omitted(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    struct carried carried = carried_by(side);
    size_t count = 0;
    while (next_carried(check, ctx, &carried))
        count += carried.cookie.pair;
    const struct har_arg args[] = {check_word(side->header), check_number(count)};
    if (count)
        semantic_tell(check, HAR_RULE_COOKIES_OMITTED, side->cookies, "cookies is empty, but the %1 header carries %2", args, 2);
}

static void check_side(struct check *check, struct cookie_ctx *ctx, const struct side *side)
{
    if (!side->cookies || !side->headers)
        return;
    if (!semantic_first(check, side->cookies))
        look_for_omitted(check, ctx, side);
    else if (!same_in_order(check, ctx, side))
        compare(check, ctx, side);
}

static void check_cookies(struct check *check, const struct facts *facts, void *memory)
{
    struct cookie_ctx *ctx = memory;
    const struct side request = {facts->request[REQUEST_cookies],
                                 facts->request[REQUEST_headers],
                                 HEADER_COOKIE,
                                 "Cookie",
                                 facts->request_headers[HEADER_COOKIE],
                                 DERIVE_COOKIE};
    const struct side response = {facts->response[RESPONSE_cookies],
                                  facts->response[RESPONSE_headers],
                                  HEADER_SET_COOKIE,
                                  "Set-Cookie",
                                  facts->response_headers[HEADER_SET_COOKIE],
                                  DERIVE_SET_COOKIE};
    if (!ctx->header.max) {
        har_buffer_init(&ctx->header, SIZE_MAX / 2);
        har_buffer_init(&ctx->name, SIZE_MAX / 2);
        har_buffer_init(&ctx->value, SIZE_MAX / 2);
    }
    check_side(check, ctx, &request);
    check_side(check, ctx, &response);
}

static void release(void *memory)
{
    struct cookie_ctx *ctx = memory;
    har_buffer_release(&ctx->header);
    har_buffer_release(&ctx->name);
    har_buffer_release(&ctx->value);
    pairs_release(&ctx->pairs);
}

static const struct semantic_row rows[] = {
    {check_cookies, IN(ENTRY), {HAR_RULE_COOKIES_MISMATCH, HAR_RULE_COOKIES_OMITTED, HAR_RULE_COOKIE_ATTRIBUTES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_cookie = {rows, sizeof(struct cookie_ctx), release};
