/* Small JSON files of the user's own, read by jansson: configuration and baseline. */
#ifndef CORE_LOADED_H
#define CORE_LOADED_H

#include <harmill/place.h>
#include <harmill/status.h>

#include <jansson.h>

/* Reads `bytes`, an object without keys that stand twice; *root is the caller's. Of what is wrong *error has jansson's words
 * without any of the text, and *place (which may be NULL) the place; its line is 0 when there is none. */
enum har_status loaded_parse(json_t **root, const char *bytes, size_t len, size_t most, struct har_place *place,
                             struct har_error *error);

#endif
