/* What every header of the library needs: visibility, C++ linkage, checked printf formats. */
#ifndef HARMILL_API_H
#define HARMILL_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HAR_VERSION "0.1.0"

#if defined(__GNUC__)
#define HAR_API __attribute__((visibility("default")))
#define HAR_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define HAR_MUST_CHECK __attribute__((warn_unused_result))
#else
#define HAR_API
#define HAR_PRINTF(text, first)
#define HAR_MUST_CHECK
#endif

#ifdef __cplusplus
#define HAR_BEGIN_DECLS extern "C" {
#define HAR_END_DECLS }
#else
#define HAR_BEGIN_DECLS
#define HAR_END_DECLS
#endif

HAR_BEGIN_DECLS

/* The version of the library that runs, which may be newer than HAR_VERSION of the headers. Static text. */
HAR_API const char *har_version(void);

/* The libraries built in, as "jansson 2.14, zlib 1.2.13": static text, for --version and bug reports. */
HAR_API const char *har_version_libraries(void);

HAR_END_DECLS
#endif
