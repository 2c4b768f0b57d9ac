/* Sizes that were right before a text was changed are right after it: of the body, of its compression, of the request. What was
 * known not to be right stays so, and is told of as before. */
#include "json/base64.h"
#include "json/measure.h"
#include "redact/walk_own.h"
#include "util/text.h"

enum {
    BOM_BYTES = 3,
    CUT_AT_LEAST = (1 << 20) - 4, /* bytes of a text that was cut, see rules/content.c */
};

bool walk_is_base64(const struct har_tree *tree, const struct har_node *object)
{
    const struct har_node *const encoding = har_node_member(tree, object, "encoding");
    const struct har_node *const opcode = har_node_member(tree, object, "opcode");
    if (opcode && text_is_exactly(har_node_text(tree, opcode), "2"))
        return true;
    return encoding && encoding->kind == HAR_KIND_STRING && text_is(har_node_text(tree, encoding), "base64");
}

/* A whole number that is no less than 0; false otherwise. */
static bool read_size(const struct har_tree *tree, const struct har_node *node, uint64_t *size)
{
    double number;
    if (!node || node->kind != HAR_KIND_NUMBER || !har_node_number(tree, node, &number) || number < 0 || number > 9e15)
        return false;
    *size = (uint64_t)number;
    return (double)*size == number;
}

/* Whether what is told of a content is no size that is known without counting characters. */
static bool has_other_size(const struct har_tree *tree, const struct har_node *object, const struct walk_sizes *sizes)
{
    uint64_t said;
    return object->object == HAR_OBJECT_CONTENT && !sizes->base64 &&
           read_size(tree, har_node_member(tree, object, "size"), &said) && said && said != sizes->bytes &&
           said != sizes->bytes + BOM_BYTES;
}

struct walk_sizes sizes_of(const struct har_tree *tree, const struct har_node *text, bool counted)
{
    const struct har_node *const object = json_node(tree, text->parent);
    struct walk_sizes sizes = {.any = object && object->kind == HAR_KIND_OBJECT && text->kind == HAR_KIND_STRING};
    struct base64 base64;
    if (!sizes.any)
        return sizes;
    const char *const bytes = json_text(tree, text);
    const struct json_measure measure = json_measure(bytes, text->text_len);
    const bool is_base64 = json_base64(tree, text, &base64, NULL);
    sizes.base64 = walk_is_base64(tree, object) && is_base64;
    sizes.unnamed = is_base64;
    sizes.marked = text->flags & JSON_TEXT_MARKED;
    sizes.replaced = measure.lone || measure.replaced != JSON_NOWHERE;
    sizes.bytes = sizes.base64 ? base64_decoded(&base64) : measure.bytes;
    sizes.counted = counted || has_other_size(tree, object, &sizes);
    if (sizes.counted && measure.ascii) {
        sizes.points = sizes.units = measure.bytes;
    } else if (sizes.counted) {
        const struct json_characters count = json_characters(bytes, text->text_len);
        sizes.points = count.points;
        sizes.units = count.units;
    }
    return sizes;
}

static void set_size(struct redact_walk *walk, const struct har_node *node, uint64_t size)
{
    if (node)
        json_edit_set_number(&walk->scratch->edit, json_index(walk->scratch->edit.tree, node), (double)size);
}

/* What a size becomes that was `said` of the text before; one that is that of what was sent stays. */
static uint64_t follow(uint64_t said, bool is_sent, const struct walk_sizes *before, const struct walk_sizes *now)
{
    if (said == before->bytes)
        return now->bytes;
    if (said == 0 || before->base64)
        return said;
    if (said == before->bytes + BOM_BYTES)
        return now->bytes + BOM_BYTES;
    if (said == before->points)
        return now->points;
    if (said == before->units)
        return now->units;
    if (is_sent)
        return said;
    const bool was_cut = before->bytes >= CUT_AT_LEAST && said > before->bytes;
    if ((was_cut && now->bytes < CUT_AT_LEAST) || (before->replaced && !now->replaced) || (before->unnamed && !now->unnamed))
        return now->bytes;
    return said + now->bytes > before->bytes ? said + now->bytes - before->bytes : now->bytes;
}

/* compression is what is between size and bodySize. */
static void follow_compression(struct redact_walk *walk, const struct har_node *content, uint64_t before, uint64_t now)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const response = json_node(tree, content->parent);
    const struct har_node *const body = har_node_member(tree, response, "bodySize");
    const struct har_node *const node = har_node_member(tree, content, "compression");
    uint64_t sent;
    double compression = 0;
    if (!read_size(tree, body, &sent))
        return;
    const bool known = node && node->kind == HAR_KIND_NUMBER && har_node_number(tree, node, &compression);
    if (known && compression != (double)before - (double)sent)
        return;
    if (known && ((double)now >= (double)sent || compression < 0) && sent != before)
        json_edit_set_number(&walk->scratch->edit, json_index(tree, node), (double)now - (double)sent);
    else if (known && (double)now >= compression)
        set_size(walk, body, (uint64_t)((double)now - compression));
    else if (!known && sent == before && sent)
        set_size(walk, body, now);
}

static void follow_content(struct redact_walk *walk, const struct har_node *content, const struct walk_sizes *before,
                           const struct walk_sizes *now)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const size = har_node_member(tree, content, "size");
    const struct har_node *const response = json_node(tree, content->parent);
    uint64_t said, sent, headers = 0;
    if (!read_size(tree, size, &said))
        return;
    read_size(tree, har_node_member(tree, response, "headersSize"), &headers);
    const bool is_sent = read_size(tree, har_node_member(tree, response, "bodySize"), &sent) &&
                         (said == sent || (headers && said + headers == sent));
    const uint64_t size_now = follow(said, is_sent, before, now);
    if (size_now == said)
        return;
    set_size(walk, size, size_now);
    follow_compression(walk, content, said, size_now);
}

static void follow_request(struct redact_walk *walk, const struct har_node *post_data, const struct walk_sizes *before,
                           const struct walk_sizes *now)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const request = json_node(tree, post_data->parent);
    const struct har_node *const size = har_node_member(tree, request, "bodySize");
    uint64_t said;
    if (read_size(tree, size, &said) && (said == before->bytes || before->marked))
        set_size(walk, size, now->bytes);
}

void sizes_follow(struct redact_walk *walk, uint32_t text, const struct walk_sizes *before)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const node = json_node(tree, text);
    const struct har_node *const object = json_node(tree, node->parent);
    const struct walk_sizes now = sizes_of(tree, node, before->counted);
    if (walk->scratch->edit.fault || !now.any)
        return;
    if (object->object == HAR_OBJECT_POST_DATA)
        follow_request(walk, object, before, &now);
    else if (object->object == HAR_OBJECT_CONTENT)
        follow_content(walk, object, before, &now);
}
