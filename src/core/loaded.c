/* Small JSON files of the user's own, read by jansson. */
#include "core/loaded.h"

#include <string.h>

#include <harmill/alloc.h>

#include "core/reserve.h"

struct feed {
    const char *bytes;
    size_t len, at;
};

/* No token is longer than the way from one quotation mark without a backslash in front to the next. */
static size_t longest_token(const char *bytes, size_t len)
{
    size_t most = 0, from = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != '"' || (i && bytes[i - 1] == '\\'))
            continue;
        most = i - from > most ? i - from : most;
        from = i;
    }
    return len - from > most ? len - from : most;
}

/* Byte by byte, so that the text ends where memory did. */
static size_t feed_byte(void *buffer, size_t size, void *user)
{
    struct feed *feed = user;
    if (!size || feed->at == feed->len || har_alloc_failed())
        return 0;
    *(char *)buffer = feed->bytes[feed->at++];
    return 1;
}

/* The buffer in which jansson gathers a token loses a byte when it cannot grow, and jansson then runs past its end or into an
 * assertion. There is a reserve for that, no byte comes behind it, and what was read so is no result. */
static json_t *load(const char *bytes, size_t len, json_error_t *wrong)
{
    struct feed feed = {bytes, len, 0};
    har_alloc_reset();
    if (!reserve_memory(2 * longest_token(bytes, len) + 64)) /* it doubles, and has some bytes besides */
        return NULL;
    json_t *root = json_load_callback(feed_byte, &feed, JSON_REJECT_DUPLICATES, wrong);
    release_reserve();
    return root;
}

enum har_status loaded_parse(json_t **root, const char *bytes, size_t len, size_t most, struct har_place *place,
                             struct har_error *error)
{
    struct har_place unread;
    json_error_t wrong = {.position = 0};
    place = place ? place : &unread;
    *place = (struct har_place){0};
    *root = NULL;
    if (len > most)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "has more than %zu bytes", most);
    *root = load(bytes, len, &wrong);
    if (har_alloc_failed() || (!*root && (!wrong.text[0] || json_error_code(&wrong) == json_error_out_of_memory))) {
        json_decref(*root);
        *root = NULL;
        return har_error_memory(error);
    }
    if (json_is_object(*root))
        return HAR_OK;
    if (*root) {
        json_decref(*root);
        *root = NULL;
        *place = (struct har_place){.line = 1, .column = 1};
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "is no JSON object");
    }
    /* What stands there may belong to a file that was named by mistake, or on purpose by a stranger: it is not repeated. */
    const char *end = strstr(wrong.text, " near ");
    const int words = (int)(end ? (size_t)(end - wrong.text) : strlen(wrong.text));
    place->line = wrong.line > 0 ? (uint64_t)wrong.line : 1;
    place->column = wrong.column > 0 ? (uint64_t)wrong.column : 1;
    place->offset = wrong.position > 0 ? (uint64_t)wrong.position : 0;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "%.*s", words, wrong.text);
}
