/* JSON in the answers of the API. */
#include "cloudflare/json.h"

#include <string.h>

#include "cloudflare/cloudflare.h"
#include "util/text.h"

enum { DEPTH_MOST = 64, TREE_MOST = 8 << 20, NAME_MOST = 32 };

bool cloudflare_json_read(struct cloudflare_json *json, const char *bytes, size_t len)
{
    static const char mark[] = "\xef\xbb\xbf";
    const struct json_span span = {.bytes = 0};
    *json = (struct cloudflare_json){.root = NULL};
    json_build_init(&json->build, 2 * CLOUDFLARE_ERROR_BODY, TREE_MOST);
    har_buffer_init(&json->text, 4 * CLOUDFLARE_ERROR_BODY); /* a byte that is no UTF-8 becomes more of them */
    if (len >= sizeof mark - 1 && memcmp(bytes, mark, sizeof mark - 1) == 0) {
        bytes += sizeof mark - 1;
        len -= sizeof mark - 1;
    }
    const uint32_t node = len ? json_build_add(&json->build, HAR_KIND_NULL, &span) : JSON_NONE;
    const bool parsed = node != JSON_NONE && json_build_json(&json->build, node, bytes, len, DEPTH_MOST) == JSON_BUILD_PARSED;
    json->short_of_memory = json->build.fault == JSON_BUILD_MEMORY;
    if (!parsed || json->build.fault)
        return false;
    json->tree = json_build_tree(&json->build);
    const struct har_node *root = har_tree_root(json->tree);
    json->root = root && har_node_kind(root) == HAR_KIND_OBJECT ? root : NULL;
    return json->root;
}

bool cloudflare_json_read_part(struct cloudflare_json *json, const char *bytes, size_t len)
{
    struct har_buffer mended;
    if (cloudflare_json_read(json, bytes, len))
        return true;
    if (json->short_of_memory)
        return false;
    har_buffer_init(&mended, 2 * CLOUDFLARE_ERROR_BODY);
    if (cloudflare_json_mend(bytes, len, &mended)) {
        cloudflare_json_release(json);
        cloudflare_json_read(json, mended.data, mended.len);
        json->mended = true;
    }
    json->short_of_memory = json->short_of_memory || mended.failed;
    har_buffer_release(&mended);
    return json->root;
}

void cloudflare_json_release(struct cloudflare_json *json)
{
    json_build_release(&json->build);
    har_buffer_release(&json->text);
    json->root = NULL;
}

const struct har_node *cloudflare_json_at(const struct cloudflare_json *json, const struct har_node *from, const char *path)
{
    struct har_text rest = {path, strlen(path)}, part;
    while (from && text_part(&rest, '.', &part)) {
        char name[NAME_MOST] = "";
        if (part.len >= sizeof name)
            return NULL;
        memcpy(name, part.bytes, part.len);
        from = har_node_member(json->tree, from, name);
    }
    return from;
}

const struct har_node *cloudflare_json_kind(const struct cloudflare_json *json, const struct har_node *from, const char *path,
                                            enum har_kind kind)
{
    const struct har_node *node = cloudflare_json_at(json, from, path);
    return node && har_node_kind(node) == kind ? node : NULL;
}

struct har_text cloudflare_json_text(struct cloudflare_json *json, const struct har_node *from, const char *path)
{
    const struct har_node *node = cloudflare_json_kind(json, from, path, HAR_KIND_STRING);
    har_buffer_clear(&json->text);
    const bool decoded = node && har_node_decode(json->tree, node, &json->text);
    json->short_of_memory = json->short_of_memory || json->text.failed;
    if (!decoded || !json->text.len)
        return (struct har_text){"", 0};
    return (struct har_text){json->text.data, json->text.len};
}

uint64_t cloudflare_json_count(struct cloudflare_json *json, const struct har_node *from, const char *path, uint64_t most)
{
    const struct har_node *node = cloudflare_json_at(json, from, path);
    if (!node || (har_node_kind(node) != HAR_KIND_NUMBER && har_node_kind(node) != HAR_KIND_STRING))
        return 0;
    const struct har_text digits = har_node_text(json->tree, node);
    uint64_t count = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!text_is_digit(digits.bytes[i]))
            return 0;
        const uint64_t more = (uint64_t)(digits.bytes[i] - '0');
        count = count > (most - more) / 10 ? most : count * 10 + more;
    }
    return count > most ? most : count;
}
