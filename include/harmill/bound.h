/* Every maximum of harmill, in one table. Each is a setting, an option of the program (--NAME) and, when passed, a finding. */
#ifndef HARMILL_BOUND_H
#define HARMILL_BOUND_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

#define HAR_KIB (UINT64_C(1) << 10)
#define HAR_MIB (UINT64_C(1) << 20)
#define HAR_GIB (UINT64_C(1) << 30)

/* X(symbol, option name, default, smallest, largest, unit, summary) */
#define HAR_BOUNDS(X)                                                                                                            \
    X(ITEM_BYTES, "max-item-bytes", 256 * HAR_MIB, 64, 2 * HAR_GIB - 1, "bytes", "one entry, page or other member as read")      \
    X(TREE_BYTES, "max-tree-bytes", 512 * HAR_MIB, 4 * HAR_KIB, 64 * HAR_GIB, "bytes", "memory for the tree of one such item")   \
    X(DEPTH, "max-depth", 256, 8, 65536, "levels", "nesting of arrays and objects")                                              \
    X(MEMBERS, "max-members", HAR_MIB, 16, 2 * HAR_GIB, "members", "members of one object")                                      \
    X(KEPT_BYTES, "max-kept-bytes", 64 * HAR_MIB, HAR_KIB, 64 * HAR_GIB, "bytes", "pages and other members held back together") \
    X(DECODED_BYTES, "max-decoded-bytes", 16 * HAR_GIB, HAR_KIB, UINT64_MAX / 2, "bytes", "a compressed input when unpacked")    \
    X(DECODED_RATIO, "max-decoded-ratio", 200, 2, 1000000, "times", "unpacked to packed size, after the first 16 MiB")           \
    X(DEFERRED, "max-deferred", 64 * HAR_KIB, 1, 16 * HAR_MIB, "findings", "what waits for a version or pages that come last") \
    X(RESPONSE_BYTES, "max-response-bytes", 256 * HAR_MIB, HAR_KIB, 64 * HAR_GIB, "bytes", "an answer of the network, unpacked") \
    X(REPORT_BYTES, "max-report-bytes", 200 * HAR_MIB, HAR_MIB, 64 * HAR_GIB, "bytes", "rows and findings of an HTML report")      \
    X(REPAIRS, "max-repairs", 256 * HAR_KIB, 1, 16 * HAR_MIB, "repairs", "places that --repair mends")                             \
    X(SECRETS, "max-secrets", 256 * HAR_KIB, 1, 16 * HAR_MIB, "secrets", "different secrets that redact learns")                \
    X(SECRET_BYTES, "max-secret-bytes", 64 * HAR_MIB, HAR_KIB, 64 * HAR_GIB, "bytes", "all of them together")

enum har_bound {
#define HAR_BOUND_SYMBOL(symbol, name, value, least, most, unit, summary) HAR_BOUND_##symbol,
    HAR_BOUNDS(HAR_BOUND_SYMBOL)
#undef HAR_BOUND_SYMBOL
        HAR_BOUND_COUNT
};

struct har_bound_info {
    const char *name;     /* as an option, without the dashes */
    uint64_t value;       /* the default */
    uint64_t least, most; /* values that har_settings_set_bound() takes, both included */
    const char *unit;     /* of the values: "bytes", "levels" */
    const char *summary;
};

/* The row of `bound`; static. NULL when there is no such bound. */
HAR_API const struct har_bound_info *har_bound_info(enum har_bound bound);

HAR_END_DECLS
#endif
