/* What the first bytes of an input tell. */
#ifndef HARMILL_FORMAT_SNIFF_H
#define HARMILL_FORMAT_SNIFF_H

#include <harmill/rule.h>

#include <stddef.h>

enum { SNIFF_BYTES = 512 }; /* enough for every row */

struct sniff {
    size_t skip;         /* bytes before the JSON: a byte order mark, a wrapper's beginning */
    bool mark;           /* there is a byte order mark */
    bool wrapper;        /* the JSON is the argument of a function call */
    const char *message; /* why this is no JSON at all, NULL when it may be */
    enum har_rule rule;  /* of the message */
};

struct sniff sniff_json(const unsigned char *bytes, size_t len);

#endif
