/* What secrets look like elsewhere: made byte by byte when it is compared, never kept. */
#include "redact/learned.h"
#include "util/text.h"

enum { ENCODED_MOST = COMPARED_LEAST }; /* bytes of an encoded form that are compared: enough to know it */

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Characters of base64 that `len` bytes alone decide, when `offset` others stand before them in their group of three. */
static size_t base64_length(size_t len, unsigned offset)
{
    const size_t bits = offset * 8 + len * 8, first = (offset * 8 + 5) / 6;
    return bits / 6 > first ? bits / 6 - first : 0;
}

static size_t base64_of_secret(const struct secret *secret)
{
    return base64_length(secret->len, 0);
}

/* Base64 character `at` of those. */
static unsigned char base64_byte(const struct secret *secret, unsigned offset, size_t at)
{
    const size_t bit = ((offset * 8 + 5) / 6 + at) * 6 - offset * 8;
    const unsigned char *bytes = (const unsigned char *)secret->bytes + bit / 8;
    const unsigned two = (unsigned)bytes[0] << 8 | (bit / 8 + 1 < secret->len ? bytes[1] : 0);
    return (unsigned char)digits64[two >> (10 - bit % 8) & 63];
}

static unsigned char twice_byte(const struct secret *secret, unsigned offset, size_t at)
{
    const size_t bit = ((offset * 8 + 5) / 6 + at) * 6 - offset * 8;
    const size_t byte = bit / 8, inner = base64_of_secret(secret);
    const unsigned two = (unsigned)base64_byte(secret, 0, byte) << 8 | (byte + 1 < inner ? base64_byte(secret, 0, byte + 1) : 0);
    return (unsigned char)digits64[two >> (10 - bit % 8) & 63];
}

static size_t at_most(size_t len)
{
    return len < ENCODED_MOST ? len : ENCODED_MOST;
}

size_t form_length(const struct secret *secret, enum form form)
{
    switch (form) {
    case FORM_CANON:
        return secret->canon_len;
    case FORM_RAW:
        return secret->len;
    case FORM_REVERSED:
        return at_most(secret->canon_len);
    case FORM_HEX:
        return at_most(secret->len * 2);
    default:
        return form < FORM_TWICE ? at_most(base64_length(secret->len, form - FORM_BASE64))
                                 : at_most(base64_length(base64_of_secret(secret), form - FORM_TWICE));
    }
}

void form_fill(const struct secret *secret, enum form form, size_t at, unsigned char *out, size_t count)
{
    const unsigned char *const bytes = (const unsigned char *)secret->bytes;
    const unsigned char *const canon = secret->canon && form != FORM_RAW ? secret->canon : bytes;
    const unsigned offset = form >= FORM_TWICE ? form - FORM_TWICE : form - FORM_BASE64;
    if (form <= FORM_RAW)
        canon_copy(out, canon + at, count);
    else if (form == FORM_REVERSED)
        for (size_t i = 0; i < count; i++)
            out[i] = canon_fold[canon[secret->canon_len - 1 - at - i]];
    else if (form == FORM_HEX)
        for (size_t i = 0; i < count; i++)
            out[i] = (unsigned char)"0123456789abcdef"[(at + i) % 2 ? bytes[(at + i) / 2] & 15 : bytes[(at + i) / 2] >> 4];
    else if (form < FORM_TWICE)
        for (size_t i = 0; i < count; i++)
            out[i] = canon_fold[base64_byte(secret, offset, at + i)];
    else
        for (size_t i = 0; i < count; i++)
            out[i] = canon_fold[twice_byte(secret, offset, at + i)];
}

size_t form_extent(const struct secret *secret, enum form form)
{
    return form == FORM_HEX ? secret->len * 2 : form == FORM_REVERSED ? secret->canon_len : form_length(secret, form);
}
