/* Base64 in a JSON string, which may be spelled with escapes. */
#ifndef HARMILL_JSON_BASE64_H
#define HARMILL_JSON_BASE64_H

#include "json/tree.h"
#include "util/base64.h"

/* Judges a string's decoded text. False when it is no base64: then *at is the offset of what is none in the text as spelled. `at`
 * may be NULL. */
bool json_base64(const struct har_tree *tree, const struct har_node *node, struct base64 *base64, size_t *at);

#endif
