/* How a call ended, and why. */
#ifndef HARMILL_STATUS_H
#define HARMILL_STATUS_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

/* Ordered: the smaller, the worse. Once a call on an object gave HAR_EOF or HAR_FATAL, only closing it is left. */
enum har_status {
    HAR_EOF = 1,     /* nothing more will come */
    HAR_OK = 0,
    HAR_WARN = -1,   /* done, but not as asked: the error says in what */
    HAR_FAILED = -2, /* this item is lost, the next can be asked for */
    HAR_FATAL = -3,  /* the run is over */
};

/* What kind of thing failed; decides the meaning of har_error.code. */
enum har_domain {
    HAR_DOMAIN_NONE,
    HAR_DOMAIN_SYSTEM,    /* code is an errno value */
    HAR_DOMAIN_USAGE,     /* the caller asked for what cannot be; code 0 */
    HAR_DOMAIN_BOUND,     /* a bound was passed; code is an enum har_bound */
    HAR_DOMAIN_DATA,      /* the input is broken, a finding says where; code 0 */
    HAR_DOMAIN_MEMORY,    /* memory is short; code 0 */
    HAR_DOMAIN_CANCELLED, /* the caller's cancel flag was set; code 0 */
    HAR_DOMAIN_NETWORK,   /* a server did not give what was asked of it; code is the HTTP status, 0 when no whole answer came */
    HAR_DOMAIN_PROOF,     /* it could not be proven that an output holds no secret; code 0 */
};

/* Lives with the caller; filling it never allocates. The text never quotes a value of a HAR. */
struct har_error {
    enum har_domain domain;
    int code;
    char text[256]; /* NUL-terminated, one line, no full stop */
};

/* Fills *error (which may be NULL) and returns `status`, so that `return har_error_set(...)` reads well.
 * A text that is too long is cut. */
HAR_API enum har_status har_error_set(struct har_error *error, enum har_status status, enum har_domain domain, int code,
                                      const char *format, ...) HAR_PRINTF(5, 6);

/* The same for a failed system call: the text gets ": " and the errno's own message. Returns HAR_FATAL. */
HAR_API enum har_status har_error_system(struct har_error *error, int errnum, const char *format, ...) HAR_PRINTF(3, 4);

/* The same for a failed allocation. Returns HAR_FATAL. */
HAR_API enum har_status har_error_memory(struct har_error *error);

HAR_END_DECLS
#endif
