/* Messages of the program itself: names in them may be hostile, so the whole line is made visible. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <harmill/harmill.h>

#include "cli/complain.h"

#define MESSAGE_MAX (64 * HAR_KIB)

void complain(const char *format, ...)
{
    int saved = errno;
    char *text = NULL;
    struct har_buffer line;
    va_list args;
    har_buffer_init(&line, MESSAGE_MAX);
    va_start(args, format);
    int len = vasprintf(&text, format, args);
    va_end(args);

    har_buffer_append_text(&line, "harmill: ");
    if (len >= 0)
        har_buffer_append_visible(&line, text, (size_t)len, 0);
    else
        har_buffer_append_text(&line, "out of memory");
    har_buffer_append_char(&line, '\n');
    fflush(stdout);
    if (line.failed)
        fputs("harmill: out of memory\n", stderr);
    else
        fwrite(line.data, 1, line.len, stderr);
    if (len >= 0)
        free(text);
    har_buffer_release(&line);
    errno = saved;
}
