/* A place in an input. */
#ifndef HARMILL_PLACE_H
#define HARMILL_PLACE_H

#include <harmill/api.h>

/* Of the unpacked bytes, a byte order mark counted as bytes but not as a column. */
struct har_place {
    uint64_t offset; /* bytes from the start, from 0 */
    uint64_t line;   /* from 1; lines end at LF */
    uint64_t column; /* code points from 1 */
};

/* Bytes, not NUL-terminated, that belong to somebody else. */
struct har_text {
    const char *bytes;
    size_t len;
};

#endif
