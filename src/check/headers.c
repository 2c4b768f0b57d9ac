/* Headers by name: the lists of an item are walked once. */
#include "check/semantic.h"
#include "util/text.h"

/* The names that rules ask for, by their lengths; and :authority. */
static const struct {
    const char *name;
    enum header_name header;
} names[] = {
    [4] = {"host", HEADER_HOST},
    [6] = {"cookie", HEADER_COOKIE},
    [8] = {"location", HEADER_LOCATION},
    [10] = {"set-cookie", HEADER_SET_COOKIE},
    [12] = {"content-type", HEADER_CONTENT_TYPE},
    [16] = {"content-encoding", HEADER_CONTENT_ENCODING},
};

static inline enum header_name named(struct har_text text)
{
    if (text.len >= sizeof names / sizeof *names || !names[text.len].name)
        return HEADER_NAMES;
    if (text_lower(*text.bytes) == *names[text.len].name && text_is(text, names[text.len].name))
        return names[text.len].header;
    return *text.bytes == ':' && text_is(text, ":authority") ? HEADER_HOST : HEADER_NAMES;
}

/* The name that an element has, HEADER_NAMES for any other. */
static enum header_name name_of(struct check *check, const struct har_node *name)
{
    if (!(name->flags & JSON_TEXT_ESCAPED))
        return named((struct har_text){json_text(check->item->tree, name), name->text_len});
    return named(semantic_text(check, name, &check->decoded));
}

void headers_gather(struct check *check, const struct har_node *list, struct header_range *range)
{
    for (const struct har_node *node = semantic_first(check, list); node; node = semantic_next(check, node)) {
        const struct har_node *name = semantic_pair(check, node).name;
        const enum header_name header = name ? name_of(check, name) : HEADER_NAMES;
        if (header == HEADER_NAMES)
            continue;
        if (!range[header].first)
            range[header].first = node;
        range[header].last = node;
    }
}

bool headers_next(struct check *check, struct header_range *range, enum header_name header, struct name_value *pair)
{
    while (range->first) {
        const struct har_node *const node = range->first;
        const bool end = node == range->last;
        range->first = end ? NULL : semantic_next(check, node);
        *pair = semantic_pair(check, node);
        if (end || (pair->name && name_of(check, pair->name) == header))
            return true;
    }
    return false;
}

const struct har_node *headers_value(struct check *check, struct header_range range, enum header_name header, bool last)
{
    struct name_value pair;
    const struct har_node *value = NULL;
    while ((last || !value) && headers_next(check, &range, header, &pair))
        value = pair.value ? pair.value : value;
    return value;
}
