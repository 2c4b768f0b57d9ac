/* The growing byte buffer of <harmill/buffer.h>. Growth is by a factor, every sum is checked, the maximum is never passed. */
#include <harmill/buffer.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/wipe.h"

enum { SMALLEST = 64, LARGE = 1 << 20 };

void har_buffer_init(struct har_buffer *buffer, size_t max)
{
    *buffer = (struct har_buffer){.max = max};
}

void har_buffer_init_private(struct har_buffer *buffer, size_t max)
{
    *buffer = (struct har_buffer){.max = max, .secret = true};
}

void har_buffer_release(struct har_buffer *buffer)
{
    if (!buffer)
        return;
    if (buffer->secret)
        wipe_bytes(buffer->data, buffer->cap);
    free(buffer->data);
    *buffer = (struct har_buffer){.max = buffer->max, .secret = buffer->secret};
}

void har_buffer_clear(struct har_buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
}

/* The content in a larger block. What realloc() leaves behind cannot be overwritten. */
static char *resize(const struct har_buffer *buffer, size_t cap)
{
    if (!buffer->secret)
        return realloc(buffer->data, cap);
    char *const data = malloc(cap);
    if (!data)
        return NULL;
    wipe_moved(data, buffer->data, buffer->len);
    wipe_bytes(buffer->data ? buffer->data + buffer->len : NULL, buffer->cap - buffer->len);
    free(buffer->data);
    return data;
}

/* A large buffer grows by half, or to what is needed at once. */
static size_t larger(size_t cap, size_t need)
{
    if (need > LARGE) {
        cap += cap / 2;
        return cap < need ? need : cap;
    }
    cap = cap < SMALLEST ? SMALLEST : cap;
    while (cap < need)
        cap *= 2;
    return cap;
}

/* Where that would pass the maximum, or where memory is short for it, the exact need is tried. */
static bool grow(struct har_buffer *buffer, size_t need)
{
    if (need > PTRDIFF_MAX)
        return false;
    size_t cap = larger(buffer->cap, need);
    if (cap > buffer->max)
        cap = buffer->max;
    char *data = resize(buffer, cap);
    if (!data && cap > need)
        data = resize(buffer, cap = need);
    if (!data)
        return false;
    buffer->data = data;
    buffer->cap = cap;
    return true;
}

char *har_buffer_reserve(struct har_buffer *buffer, size_t room)
{
    if (buffer->failed)
        return NULL;
    if (buffer->len > buffer->max || room > buffer->max - buffer->len)
        goto fail;
    size_t need = buffer->len + room;
    /* An empty reservation needs a place to point at, too. */
    if ((need > buffer->cap || !buffer->data) && !grow(buffer, need ? need : 1))
        goto fail;
    return buffer->data + buffer->len;
fail:
    buffer->failed = true;
    return NULL;
}

bool har_buffer_append(struct har_buffer *buffer, const void *bytes, size_t len)
{
    if (!len)
        return !buffer->failed;
    char *to = har_buffer_reserve(buffer, len);
    if (!to)
        return false;
    memcpy(to, bytes, len);
    buffer->len += len;
    return true;
}

bool har_buffer_append_text(struct har_buffer *buffer, const char *text)
{
    return har_buffer_append(buffer, text, strlen(text));
}

bool har_buffer_append_char(struct har_buffer *buffer, char c)
{
    if (buffer->len < buffer->cap && !buffer->failed) {
        buffer->data[buffer->len++] = c;
        return true;
    }
    return har_buffer_append(buffer, &c, 1);
}

/* vsnprintf needs a byte for its NUL, which may lie one past a full buffer: short texts go through the stack. */
bool har_buffer_printf(struct har_buffer *buffer, const char *format, ...)
{
    char small[256];
    if (buffer->failed)
        return false;
    va_list args;
    va_start(args, format);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len >= 0 && (size_t)len < sizeof small) {
        const bool good = har_buffer_append(buffer, small, (size_t)len);
        if (buffer->secret)
            wipe_bytes(small, (size_t)len);
        return good;
    }
    char *large = len < 0 ? NULL : malloc((size_t)len + 1);
    if (!large) {
        buffer->failed = true;
        return false;
    }
    va_start(args, format);
    vsnprintf(large, (size_t)len + 1, format, args);
    va_end(args);
    bool good = har_buffer_append(buffer, large, (size_t)len);
    if (buffer->secret)
        wipe_bytes(large, (size_t)len);
    free(large);
    return good;
}

const char *har_buffer_string(struct har_buffer *buffer)
{
    char *end = har_buffer_reserve(buffer, 1);
    if (!end)
        return NULL;
    *end = '\0';
    return buffer->data;
}
