/* Messages of the program itself: names in them may be hostile, so the whole line is made visible. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <harmill/harmill.h>

#include "cli/complain.h"
#include "cli/terminal.h"

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

static bool begins_point(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* `points` code points further, or before, within the text. */
static const char *forward(const char *at, size_t points)
{
    while (*at && points)
        points -= begins_point(*++at);
    return at;
}

static const char *backward(const char *at, const char *start, size_t points)
{
    while (at > start && points)
        points -= begins_point(*--at);
    return at;
}

void complain_place(const char *text, size_t column)
{
    enum { BEFORE = 60, AFTER = 40 };
    if (!terminal_is(STDERR_FILENO))
        return;
    const char *at = forward(text, column - 1), *from = backward(at, text, BEFORE), *end = forward(at, AFTER);
    struct har_buffer line, before;
    har_buffer_init(&line, MESSAGE_MAX);
    har_buffer_init(&before, MESSAGE_MAX);
    har_buffer_append_visible(&before, from, (size_t)(at - from), 0);
    har_buffer_append_text(&line, "    ");
    har_buffer_append(&line, before.data, before.len);
    har_buffer_append_visible(&line, at, (size_t)(end - at), 0);
    har_buffer_append_text(&line, "\n    ");
    for (size_t i = 0; i < before.len; i++)
        if (begins_point(before.data[i]))
            har_buffer_append_char(&line, ' ');
    har_buffer_append_text(&line, "^\n");
    if (!line.failed && !before.failed)
        fwrite(line.data, 1, line.len, stderr);
    har_buffer_release(&before);
    har_buffer_release(&line);
}
