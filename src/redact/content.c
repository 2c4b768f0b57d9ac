/* See content.h. */
#include "redact/content.h"

#include <string.h>

#include "util/utf8.h"

enum { SAMPLE = 4096 };

#define MAGIC(at, bytes)                                                                                                           \
    {                                                                                                                              \
        at, sizeof(bytes) - 1, bytes                                                                                               \
    }

/* What a file of media has at an offset. */
static const struct {
    unsigned char at, len;
    const char *bytes;
} media[] = {
    MAGIC(0, "\x89PNG"),    MAGIC(0, "\xff\xd8\xff"), MAGIC(0, "GIF8"),     MAGIC(0, "RIFF"),
    MAGIC(0, "BM"),         MAGIC(0, "\0\0\1\0"),     MAGIC(0, "\0\0\2\0"), MAGIC(0, "II*\0"),
    MAGIC(0, "MM\0*"),      MAGIC(0, "wOFF"),         MAGIC(0, "wOF2"),     MAGIC(0, "\0\1\0\0\0"),
    MAGIC(0, "OTTO"),       MAGIC(0, "ttcf"),         MAGIC(0, "true\0"),   MAGIC(0, "OggS"),
    MAGIC(0, "ID3"),        MAGIC(0, "\xff\xfb"),     MAGIC(0, "\xff\xf3"), MAGIC(0, "\xff\xf2"),
    MAGIC(0, "\xff\xf1"),   MAGIC(0, "\xff\xf9"),     MAGIC(0, "fLaC"),     MAGIC(0, "\x1a\x45\xdf\xa3"),
    MAGIC(4, "ftyp"),       MAGIC(4, "styp"),         MAGIC(4, "moof"),     MAGIC(4, "sidx"),
    MAGIC(4, "moov"),       MAGIC(4, "mdat"),         MAGIC(34, "LP"),      MAGIC(0, "\xff\x0a"),
    MAGIC(4, "JXL "),       MAGIC(0, "FLV\1"),        MAGIC(0, "MThd"),     MAGIC(0, "\0asm"),
    MAGIC(0, "\0\0\1\xba"), MAGIC(0, "\0\0\1\xb3"),   MAGIC(0, "#!AMR"),    MAGIC(0, "\xabKTX"),
    MAGIC(0, "glTF\2"),     MAGIC(4, "jP  "),
};

static bool is_media(struct har_text bytes)
{
    for (size_t i = 0; i < sizeof media / sizeof *media; i++)
        if (bytes.len >= (size_t)media[i].at + media[i].len && !memcmp(bytes.bytes + media[i].at, media[i].bytes, media[i].len))
            return true;
    return false;
}

/* What is packed or holds packed parts, and would pass for text by its first bytes. */
static bool is_document(struct har_text bytes)
{
    static const char *const begins[] = {"%PDF-", "PK\3\4", "\x28\xb5\x2f\xfd", "Rar!", "BZh", "\3757zXZ", "7z\xbc\xaf"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (bytes.len >= strlen(begins[i]) && !memcmp(bytes.bytes, begins[i], strlen(begins[i])))
            return true;
    return false;
}

/* Whether the bytes are the beginning of one character. */
static bool is_cut(const char *bytes, size_t len)
{
    const unsigned char lead = (unsigned char)bytes[0];
    const size_t whole = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < len && i < whole; i++)
        if (((unsigned char)bytes[i] & 0xc0) != 0x80)
            return false;
    return len < whole;
}

/* Counts bytes that belong to characters that can be seen; takes a last character that was cut off *bytes. */
static size_t count_good(struct har_text *bytes)
{
    size_t good = 0, seen = 0;
    while (seen < bytes->len) {
        uint32_t point = 0;
        const size_t len = utf8_decode(bytes->bytes + seen, bytes->len - seen, &point);
        if (!len && is_cut(bytes->bytes + seen, bytes->len - seen)) {
            bytes->len = seen;
            break;
        }
        if (len > 1 ? point >= 0xa0 : len && (point >= ' ' ? point < 0x7f : point == '\n' || point == '\r' || point == '\t'))
            good += len;
        seen += len ? len : 1;
    }
    return good;
}

bool content_is_text(struct har_text bytes)
{
    const size_t good = count_good(&bytes);
    return bytes.len && good >= bytes.len - bytes.len / 4;
}

bool content_is_all_text(struct har_text bytes)
{
    const size_t good = count_good(&bytes);
    return bytes.len && good == bytes.len;
}

enum content_kind content_kind(struct har_text bytes)
{
    const struct har_text sample = {bytes.bytes, bytes.len < SAMPLE ? bytes.len : SAMPLE};
    if (packed_form(bytes) != PACKED_NOT && !content_is_all_text(sample))
        return CONTENT_PACKED;
    if (is_document(bytes))
        return CONTENT_DOCUMENT;
    if (content_is_text(sample))
        return CONTENT_TEXT;
    return is_media(bytes) ? CONTENT_MEDIA : CONTENT_UNKNOWN;
}
