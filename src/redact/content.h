/* What bytes are: text, packed, pictures and sounds, or something that is not known. */
#ifndef REDACT_CONTENT_H
#define REDACT_CONTENT_H

#include "redact/packed.h"

enum content_kind {
    CONTENT_TEXT,
    CONTENT_PACKED,   /* see packed_form() */
    CONTENT_MEDIA,    /* picture, font, sound, film, machine code: holds texts only as they are */
    CONTENT_DOCUMENT, /* packed in a way that is not known here, or with packed parts */
    CONTENT_UNKNOWN,  /* may hold texts that cannot be seen */
};

/* By the first bytes. */
enum content_kind content_kind(struct har_text bytes);

/* Whether the most part of `bytes` is characters of UTF-8 that can be seen. The last one may be cut. */
bool content_is_text(struct har_text bytes);

/* Whether all of them are. */
bool content_is_all_text(struct har_text bytes);

#endif
