/* Views of values: quick looks first, decoding only where there are escapes. */
#include "rules/values.h"

#include <string.h>

#include "util/blank.h"

enum count_form value_count(const struct check *check, const struct har_node *node, int64_t *count)
{
    enum { QUICK = 15 }; /* digits that surely fit */
    static const double most = 9007199254740992.0;
    double number;
    if (!node || node->kind != HAR_KIND_NUMBER)
        return COUNT_NONE;
    const char *text = json_text(check->item->tree, node);
    const bool minus = *text == '-';
    uint32_t at = minus;
    int64_t sum = 0;
    for (; at < node->text_len && at < QUICK && text[at] >= '0' && text[at] <= '9'; at++)
        sum = sum * 10 + (text[at] - '0');
    if (at == node->text_len) {
        *count = minus ? -sum : sum;
        return COUNT_WHOLE;
    }
    if (!semantic_number(check, node, &number) || number > most || number < -most)
        return COUNT_NONE;
    if ((double)(int64_t)number != number) /* within `most`, so that it fits */
        return COUNT_FRACTION;
    *count = (int64_t)number;
    return COUNT_WHOLE;
}

int64_t value_size(const struct check *check, const struct har_node *node)
{
    int64_t count;
    return value_count(check, node, &count) == COUNT_WHOLE && count >= 0 ? count : -1;
}

bool value_is_word(struct har_text text, const char *word, size_t len)
{
    if (text.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (value_lower((unsigned char)text.bytes[i]) != (unsigned char)word[i])
            return false;
    return true;
}

struct har_text value_trim(struct har_text text)
{
    while (text.len && is_blank(text.bytes[0]))
        text = (struct har_text){text.bytes + 1, text.len - 1};
    while (text.len && is_blank(text.bytes[text.len - 1]))
        text.len--;
    return text;
}

/* Most names differ in their length already. */
static bool is_named(struct check *check, const struct har_node *node, const char *name, size_t len)
{
    if (node->text_len != len && !(node->flags & JSON_TEXT_ESCAPED))
        return false;
    return value_is_word(semantic_text(check, node, &check->decoded), name, len);
}

/* Whether a header's first member is a name that is another one already by its length: nearly all end here. */
static bool is_other(const struct har_node *member, size_t len)
{
    return member && member->member == NAME_VALUE_name && member->text_len != len && !(member->flags & JSON_TEXT_ESCAPED);
}

const struct har_node *value_header(struct check *check, const struct har_node **header, const char *name, size_t len)
{
    while (*header) {
        const struct har_node *const object = *header, *found_name = NULL, *value = NULL;
        *header = semantic_next(check, object);
        if (object->kind != HAR_KIND_OBJECT || is_other(semantic_first(check, object), len))
            continue;
        for (const struct har_node *node = semantic_first(check, object); node; node = semantic_next(check, node)) {
            if (node->kind == HAR_KIND_STRING && node->member == NAME_VALUE_name)
                found_name = node;
            else if (node->kind == HAR_KIND_STRING && node->member == NAME_VALUE_value)
                value = node;
        }
        if (found_name && value && is_named(check, found_name, name, len))
            return value;
    }
    return NULL;
}
