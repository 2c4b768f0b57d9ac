/* What the finders of places share: names, parameters, addresses, and the list of what strict leaves. */
#ifndef REDACT_PLACES_H
#define REDACT_PLACES_H

#include "redact/engine.h"

enum {
    PLACES_NAME_MOST = 1024,  /* longer names are none */
    PLACES_TOKEN_LEAST = 12,  /* bytes of what looks like a token */
    PLACES_SEGMENT_LEAST = 16 /* the same in the path of an address */
};

/* redact_name(), and what was said of names by har_redact_rules_keep() and _drop(). */
struct redact_verdict places_verdict(struct redact_engine *engine, struct har_text name, enum redact_name_place place);

/* The bytes are a secret as a whole, without the quotes around them. In the first reading what is in them is looked at, too: a part
 * of them may stand alone elsewhere. */
void places_whole(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                  struct redact_edits *edits);

/* The value of a parameter is a secret: the same as in other spellings, with percent escapes or blanks. */
void places_value(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                  struct redact_edits *edits);

/* What the value of a parameter is the same as: decoded, a blank as +. Its own bytes, or those of level->plain. */
struct level;
struct har_text places_plain(struct har_text value, struct level *level);

/* Whether it is one word of at least `least` bytes with a digit or letters of both cases. */
bool places_is_token(struct har_text value, size_t least);

/* Parameters with & between them; a value without a rule may hold others behind ; ? and #. */
void places_parameters(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits);

/* The same when they are all of a text of which nothing is known. */
void places_bare_form(struct redact_engine *engine, struct har_text text, struct redact_edits *edits);

/* One address, which are all the bytes from `start` to `end`. */
void places_address(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits);

/* Whether a text without a type is a form: a name, an equals sign, and nothing in it that forms encode. */
bool places_is_form(struct har_text text);

/* How a text is read of which nothing is known: as an address when it may be one. */
enum { PLACES_ADDRESS_MOST = 1 << 16 /* longer ones are no address alone */ };
enum redact_how places_bare(struct har_text text);

/* How a body of this media type is read. */
enum redact_how places_how(struct har_text mime, struct har_text text);

/* ---- strict: what may stay, by the place. */

enum strict_place {
    STRICT_TEXT, /* goes, as all below unless it is what it should be */
    STRICT_TITLE,
    STRICT_NAME, /* of a parameter or cookie */
    STRICT_VALUE,
    STRICT_FILE,
    STRICT_ID,
    STRICT_BODY,
    STRICT_MEMBER, /* the key of a custom member */
    STRICT_HEADER, /* the name of a header */
    STRICT_URL,
    STRICT_FORM,
    STRICT_HOST,
    STRICT_PATH,
    STRICT_IP,
    STRICT_METHOD,
    STRICT_HTTP_VERSION,
    STRICT_VERSION,
    STRICT_MIME,
    STRICT_DATE,
    STRICT_STATUS_TEXT,
    STRICT_PRODUCER,
    STRICT_WORD, /* of a list: priorities, kinds of resources, sameSite, encodings */
};

/* The bytes become a token of this kind, for equal ones the same. Long ones are learned by their hash only. */
void strict_replace(struct redact_engine *engine, struct har_text text, size_t start, size_t end, const char *kind,
                    struct redact_edits *edits);

/* Adds an edit for all that may not stay. */
void strict_find(struct redact_engine *engine, struct har_text text, enum strict_place place, struct redact_edits *edits);

/* The same for the value of a header. */
void strict_find_header(struct redact_engine *engine, struct har_text name, struct har_text value, struct redact_edits *edits);

/* Whether a text may stay as it is; tokens may. */
bool strict_is_mime(struct har_text text);
bool strict_is_header(struct har_text name);
bool strict_is_word(struct har_text text);
bool strict_is_member(struct har_text key);
bool strict_is_producer(struct har_text name);
bool strict_is_parameter(struct har_text name);
bool strict_is_status(struct har_text text);
bool strict_is_scheme(struct har_text text);
bool strict_is_http_date(struct har_text text);

/* Whether values of this header are made of words, numbers and types. */
bool strict_is_plain_header(struct har_text name);

#endif
