/* Filling a caller's error: never allocates, never quotes a value of a HAR. */
#include <harmill/status.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct har_error *error, enum har_domain domain, int code, const char *format, va_list args) HAR_PRINTF(4, 0);

/* One line whatever the arguments hold: a file's name may contain line ends. */
static void fill(struct har_error *error, enum har_domain domain, int code, const char *format, va_list args)
{
    error->domain = domain;
    error->code = code;
    if (vsnprintf(error->text, sizeof error->text, format, args) < 0)
        error->text[0] = '\0';
    for (char *p = error->text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
}

enum har_status har_error_set(struct har_error *error, enum har_status status, enum har_domain domain, int code, const char *format,
                              ...)
{
    if (!error)
        return status;
    va_list args;
    va_start(args, format);
    fill(error, domain, code, format, args);
    va_end(args);
    return status;
}

enum har_status har_error_system(struct har_error *error, int errnum, const char *format, ...)
{
    if (!error)
        return HAR_FATAL;
    va_list args;
    va_start(args, format);
    fill(error, HAR_DOMAIN_SYSTEM, errnum, format, args);
    va_end(args);
    char buffer[128];
    const char *reason = strerror_r(errnum, buffer, sizeof buffer);
    size_t len = strlen(error->text);
    /* A long name must not push the reason out. */
    size_t most = sizeof error->text - strlen(reason) - 3;
    if (len > most)
        len = most;
    snprintf(error->text + len, sizeof error->text - len, ": %s", reason);
    return HAR_FATAL;
}

enum har_status har_error_memory(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_MEMORY, 0, "out of memory");
}
