/* Small JSON files of the user's own, read by jansson. */
#include "core/loaded.h"

#include <string.h>

#include <harmill/alloc.h>

enum har_status loaded_parse(json_t **root, const char *bytes, size_t len, size_t most, struct har_place *place,
                             struct har_error *error)
{
    struct har_place unread;
    json_error_t wrong;
    place = place ? place : &unread;
    *place = (struct har_place){0};
    *root = NULL;
    if (len > most)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "has more than %zu bytes", most);
    har_alloc_reset();
    *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &wrong);
    if (har_alloc_failed() || (!*root && json_error_code(&wrong) == json_error_out_of_memory)) {
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
