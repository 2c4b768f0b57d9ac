/* The libraries of the codings, as text, for core/version.c: nothing else outside this folder sees their headers. */
#ifndef CODING_VERSION_H
#define CODING_VERSION_H

#include <zlib.h>

#ifdef HARMILL_WITHOUT_ZSTD
#define CODING_VERSION_ZSTD ""
#else
#include <zstd.h>
#define CODING_VERSION_ZSTD ", zstd " ZSTD_VERSION_STRING
#endif

#define CODING_VERSION "zlib " ZLIB_VERSION CODING_VERSION_ZSTD

#endif
