/* See parsed.h. */
#include "parsed.h"

#include <check.h>
#include <string.h>

const struct json_limits parsed_wide = {UINT64_C(1) << 31, UINT64_C(1) << 33, 256};

static bool opens_nothing(void *user, const struct har_tree *tree)
{
    (void)user;
    (void)tree;
    return false;
}

void parsed_init(struct parsed *parsed, const struct json_limits *limits, json_opens_fn *opens, void *user, const char *text,
                 size_t len, size_t block)
{
    memset(parsed, 0, sizeof *parsed);
    parsed->limits = *limits;
    parsed->text = text;
    parsed->len = len;
    parsed->block = block;
    ck_assert(json_parser_init(&parsed->parser, &parsed->limits, opens ? opens : opens_nothing, user));
}

void parsed_release(struct parsed *parsed)
{
    json_parser_release(&parsed->parser);
}

void parsed_feed(struct parsed *parsed)
{
    size_t room, part = parsed->len - parsed->at;
    if (!part) {
        json_parser_end(&parsed->parser);
        return;
    }
    unsigned char *space = json_parser_space(&parsed->parser, &room);
    if (!space)
        return;
    ck_assert_uint_ge(room, 1);
    part = part < parsed->block ? part : parsed->block;
    part = part < room ? part : room;
    memcpy(space, parsed->text + parsed->at, part);
    parsed->at += part;
    json_parser_fed(&parsed->parser, part);
}

enum json_event parsed_next(struct parsed *parsed)
{
    enum json_event event;
    while ((event = json_parser_next(&parsed->parser)) == JSON_MORE)
        parsed_feed(parsed);
    return event;
}

unsigned parsed_marks(const struct har_tree *tree)
{
    unsigned kinds = 0;
    for (uint32_t i = 0; i < tree->mark_count; i++)
        kinds |= 1u << tree->mark[i].kind;
    return kinds;
}
