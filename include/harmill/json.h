/* The bridge to jansson: the only header that needs <jansson.h>. */
#ifndef HARMILL_JSON_H
#define HARMILL_JSON_H

#include <harmill/node.h>
#include <harmill/status.h>
#include <jansson.h>

HAR_BEGIN_DECLS

/* A copy of `node` and all below it; the caller owns the reference. What jansson cannot hold is told: a lone surrogate becomes
 * U+FFFD, a key that stands twice keeps its last value, an integer outside 64 bits or a real outside double becomes a string of
 * its digits: HAR_WARN. HAR_FATAL and *json NULL when memory is short. */
HAR_API enum har_status har_node_to_json(const struct har_tree *tree, const struct har_node *node, json_t **json,
                                         struct har_error *error);

HAR_END_DECLS
#endif
