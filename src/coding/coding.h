/* The codings of this folder, for the registry. */
#ifndef CODING_CODING_H
#define CODING_CODING_H

#include <harmill/coding.h>

extern const struct har_coding har_coding_gzip, har_coding_zlib, har_coding_zstd;

#endif
