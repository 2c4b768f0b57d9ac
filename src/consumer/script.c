/* How programs in JavaScript see the values of an item. */
#include "consumer/script.h"

#include <string.h>

#include "json/text.h"

const struct har_node *script_member(const struct check *check, const struct har_node *object, unsigned row, const char *name)
{
    const struct har_node *found = NULL;
    if (!script_is(object, HAR_KIND_OBJECT))
        return NULL;
    if (object->object == HAR_OBJECT_NONE || row == JSON_NO_MEMBER)
        return har_node_member(check->item->tree, object, name);
    for (const struct har_node *node = semantic_first(check, object); node; node = semantic_next(check, node))
        if (node->member == row)
            found = node;
    return found;
}

bool script_truthy(const struct check *check, const struct har_node *node)
{
    double number = 0;
    if (script_nothing(node) || node->kind == HAR_KIND_FALSE)
        return false;
    if (node->kind == HAR_KIND_NUMBER)
        return !semantic_number(check, node, &number) || number != 0;
    return node->kind != HAR_KIND_STRING || node->text_len;
}

bool script_lone_surrogate(const struct check *check, const struct har_node *node)
{
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return false;
    const char *text = json_text(check->item->tree, node);
    size_t len = node->text_len;
    struct json_piece piece;
    while (json_text_piece(&text, &len, &piece))
        if (piece.escape && piece.point >= 0xd800 && piece.point <= 0xdfff)
            return true;
    return false;
}

bool script_in_log(const struct check *check, const char *array)
{
    const char *at = check->item->container;
    return !strncmp(at, "/log/", 5) && !strcmp(at + 5, array);
}

struct har_arg script_kind(const struct har_node *node)
{
    return node ? check_kind(node) : check_word("missing");
}
