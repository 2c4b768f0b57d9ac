/* The header of an answer: what of it decides how the body is taken, and what is told about it. */
#include <string.h>
#include <strings.h>

#include "cloudflare/client.h"

#define MOST_BYTES ((size_t)256 << 10) /* of one answer's header, with those of 1xx and trailers */

struct header {
    struct cloudflare_head *head;
    const struct har_cloudflare *client;
    struct cloudflare_reply *reply;
    const char *value; /* without blanks around it */
    size_t len;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void copy(char *to, size_t size, const struct header *header)
{
    const size_t len = header->len < size ? header->len : size - 1;
    memcpy(to, header->value, len);
    to[len] = '\0';
}

static void take_type(const struct header *header)
{
    copy(header->reply->type, sizeof header->reply->type, header);
}

static void take_encoding(const struct header *header)
{
    copy(header->reply->encoding, sizeof header->reply->encoding, header);
}

static void take_ray(const struct header *header)
{
    static const char fine[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    char *ray = header->reply->ray, *to = ray;
    cloudflare_clean(header->client, header->value, header->len, ray, CLOUDFLARE_RAY_SIZE);
    for (const char *from = ray; *from; from++)
        if (strchr(fine, *from))
            *to++ = *from;
    *to = '\0';
}

static void take_location(const struct header *header)
{
    cloudflare_location(header->client, header->value, header->len, header->reply->location, sizeof header->reply->location);
}

static void take_coding(const struct header *header)
{
    header->head->chunked = !header->head->coded && header->len == 7 && strncasecmp(header->value, "chunked", 7) == 0;
    header->head->coded = true;
}

static void take_length(const struct header *header)
{
    uint64_t length = 0;
    bool fine = header->len > 0 && header->len < 19;
    for (size_t i = 0; i < header->len && fine; i++) {
        fine = header->value[i] >= '0' && header->value[i] <= '9';
        length = length * 10 + (uint64_t)(header->value[i] - '0');
    }
    if (!fine || (header->head->counted && length != header->reply->length))
        header->head->torn = true;
    header->head->counted = true;
    header->reply->length = fine ? length : 0;
}

static const struct {
    const char *name;
    void (*take)(const struct header *header);
} rows[] = {
    {"content-type", take_type},        {"content-encoding", take_encoding}, {"content-length", take_length},
    {"transfer-encoding", take_coding}, {"location", take_location},         {"cf-ray", take_ray},
};

/* An answer begins; one with a status of 1xx may have come before. */
static void begin(struct cloudflare_head *head, struct cloudflare_reply *reply)
{
    *head = (struct cloudflare_head){.bytes = head->bytes};
    reply->length = 0;
    reply->type[0] = reply->encoding[0] = reply->ray[0] = reply->location[0] = '\0';
}

static void end(struct cloudflare_head *head, struct cloudflare_reply *reply)
{
    head->complete = true;
    if (head->coded || head->torn)
        reply->length = 0;
    reply->measured = head->coded ? head->chunked : head->counted && !head->torn;
}

static void take(const struct header *line)
{
    const char *colon = memchr(line->value, ':', line->len);
    if (!colon)
        return;
    const size_t name_len = (size_t)(colon - line->value);
    struct header header = *line;
    header.value = colon + 1;
    header.len = line->len - name_len - 1;
    for (; header.len && is_blank(*header.value); header.len--)
        header.value++;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].name) == name_len && strncasecmp(rows[i].name, line->value, name_len) == 0)
            rows[i].take(&header);
}

bool cloudflare_head_line(struct cloudflare_head *head, const struct har_cloudflare *client, const char *line, size_t len,
                          struct cloudflare_reply *reply)
{
    head->bytes += len;
    if (head->bytes > MOST_BYTES)
        return false;
    while (len && is_blank(line[len - 1]))
        len--;
    if (len >= 5 && memcmp(line, "HTTP/", 5) == 0)
        begin(head, reply);
    else if (!len)
        end(head, reply);
    else if (!head->complete)
        take(&(struct header){head, client, reply, line, len});
    return true;
}
