/* See base64.h. */
#include "json/base64.h"

#include "json/text.h"

bool json_base64(const struct har_tree *tree, const struct har_node *node, struct base64 *base64, size_t *at)
{
    const char *const text = json_text(tree, node);
    const char *rest = text;
    size_t len = node->text_len, unused;
    struct json_piece piece;
    *base64 = (struct base64){0};
    at = at ? at : &unused;
    *at = 0;
    if (!(node->flags & JSON_TEXT_ESCAPED)) {
        const bool good = base64_feed(base64, text, len) && base64_end(base64);
        *at = base64->seen;
        return good;
    }
    while (json_text_piece(&rest, &len, &piece)) {
        const char c = piece.point < 0x80 ? (char)piece.point : '\0';
        const size_t seen = base64->seen;
        if (!base64_feed(base64, piece.escape ? &c : piece.bytes, piece.escape ? 1 : piece.len)) {
            *at = (size_t)(piece.bytes - text) + (base64->seen - seen);
            return false;
        }
    }
    return base64_end(base64);
}
