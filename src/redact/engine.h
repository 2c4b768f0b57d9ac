/* From a text to its replacements: who looks, in which order, and through which encodings. */
#ifndef REDACT_ENGINE_H
#define REDACT_ENGINE_H

#include "redact/dictionary.h"

enum { REDACT_DEPTH_MOST = 8 }; /* encodings in each other */

/* What a text is said to be. */
enum redact_how {
    REDACT_AS_TEXT,       /* anything */
    REDACT_AS_URL,        /* an address */
    REDACT_AS_FORM,       /* a=b&c=d */
    REDACT_AS_COOKIES,    /* the value of Cookie */
    REDACT_AS_SET_COOKIE, /* ... of Set-Cookie, several lines perhaps */
    REDACT_AS_MULTIPART,
};

struct redact_engine {
    const struct har_redact_rules *rules;
    struct redact_matcher *matcher;
    struct redact_dictionary *dictionary;
    struct har_redact_options options;
    bool finding;        /* only finds: nothing is learned, tokens need not be right (redact --check) */
    unsigned depth;      /* of encodings, at the moment */
    bool busy;           /* a level is being looked at */
    uint64_t work;       /* bytes that levels within it may still look at; then nothing is taken apart any more */
    uint64_t suspicious; /* long random texts that were left */
    bool undecodable;    /* set by a level that could not look into what it was given: see redact/encoded.h */
    bool failed;         /* ends the run: *error says why */
    struct har_error error;
    struct level *spare;        /* buffers of levels, used again */
    struct places_names *names; /* form.c: what names said that came before; may be NULL */
    struct clean *clean;        /* texts in which nothing was found; may be NULL */
    struct replay *replay;      /* what was found in others; may be NULL */
    const char *noting;         /* the text whose findings are noted there; NULL: none */
    bool searching;             /* finders found nothing in this text before: only the dictionary looks */
    bool decoded;               /* set by a level that looked into base64, hexadecimal or a JWT */
};

/* Finds all that must go in `text` and adds edits. While the dictionary is not sealed what is found is learned; afterwards edits
 * have the right tokens, and what was learned elsewhere is found, too. The edits are not settled. What finders find depends on the
 * text and on what it is said to be alone: where they found nothing before (redact/clean.h), or all that they found is known by
 * its place (redact/replay.h), they do not look again. */
void redact_level(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits);

/* "These bytes of `text` are a secret, by this rule": learns the value and its parts (decoded, unquoted, the signature behind a
 * value, the password of a pair), and adds the edit. Nothing happens when it is empty, a token already, or one of the words and
 * literals that say nothing (true, null, 0, -). What finders call. */
void redact_secret(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                   struct redact_edits *edits);

enum {
    REDACT_SECRET_NUMBER = 1, /* it must stay a number: becomes 0 */
    REDACT_SECRET_JWT = 2,    /* header and harmless claims stay, see redact/jwt.h */
    REDACT_SECRET_HERE = 4,   /* not looked for elsewhere */
    REDACT_SECRET_BASE64 = 8, /* must stay base64: becomes that of the token */
};
void redact_secret_as(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule, unsigned flags,
                      struct redact_edits *edits);

/* Looks at a part of a text by itself; its edits are moved to where the part stands. */
void redact_part(struct redact_engine *engine, struct har_text text, size_t start, size_t end, enum redact_how how,
                 struct redact_edits *edits);

/* ---- finders: each looks at one text, at one level of encoding, and calls redact_secret(). */

/* scan.c, assign.c, pairs.c, markup.c: names with values, and patterns, in any text: JSON (whole, cut, one per line, behind a
 * prefix, nested as text), code, GraphQL, markup, header lines, events. */
void redact_find_text(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* address.c: userinfo, parameters of query, fragment, path (matrix), addresses in parameters. */
void redact_find_address(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* form.c: parameters, whose names may be encoded; values are looked at decoded. */
void redact_find_form(struct redact_engine *engine, struct har_text text, bool semicolons, struct redact_edits *edits);

/* form.c: a text of which nothing is known, when all of it is an address or a form. */
void redact_find_bare(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* cookies.c */
void redact_find_cookies(struct redact_engine *engine, struct har_text text, bool set_cookie, struct redact_edits *edits);

/* multipart.c: parts by their names; the boundary is found in the text. */
void redact_find_multipart(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* header.c: the value of a header by its name. */
void redact_find_header(struct redact_engine *engine, struct har_text name, struct har_text value, struct redact_edits *edits);

/* views.c: when the text has escapes (percent, backslash, entities, soft breaks): decodes one level with the offsets that it came
 * from, looks at that with redact_level(), and moves the edits back. */
void redact_find_escaped(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits);

/* The same where no more levels may follow: decodes until nothing is left to decode, in one pass, and looks at that with
 * redact_look(). */
void redact_find_escaped_last(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* Finders and dictionary over a text, without looking into what is encoded in it. */
void redact_look(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits);

/* encoded.c: stretches of base64 (and base64url), and of what is packed in them (gzip, zlib, raw deflate); decoded, looked at,
 * encoded again. */
void redact_find_encoded(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* What a body is said to be. */
struct redact_body {
    enum redact_how how;
    bool binary; /* a picture, a font, a program: unknown bytes hold texts only as they are, unless they are packed */
    bool brotli; /* by a header; it may have been unpacked since */
};

/* A body that is base64 as a whole (content.encoding, binary WebSocket messages): decoded and unpacked, looked at, encoded and
 * packed again. engine->undecodable is set when it is none, or packed in a way that is not known here. */
void redact_find_body(struct redact_engine *engine, struct har_text base64, struct redact_body body, struct redact_edits *edits);

/* jwt.c: appends what `token` becomes: header and harmless claims as they are, other claims and the signature replaced (and
 * learned). False: it is none, or memory is short. */
bool redact_jwt(struct redact_engine *engine, struct har_text token, struct har_buffer *out);

/* secret.c: a text of base64 that is "user:password": it goes, and is learned with its parts. */
void redact_basic(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                  struct redact_edits *edits);

/* Whether a value has been redacted before: it is a token, several with punctuation between them, or the base64 of one. */
bool redact_is_redacted(struct har_text value);

/* suspicious.c: long texts that look random: counted, and with options.suspicious replaced. */
void redact_find_suspicious(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* form.c: forgets names. */
void places_release(struct redact_engine *engine);

void redact_engine_release(struct redact_engine *engine);

#endif
