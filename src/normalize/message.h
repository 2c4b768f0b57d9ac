/* Normalize: what the steps of requests and responses share. */
#ifndef HARMILL_NORMALIZE_MESSAGE_H
#define HARMILL_NORMALIZE_MESSAGE_H

#include "derive/cookie.h"
#include "derive/http.h"
#include "normalize/normalize.h"
#include "util/text.h"

/* The entry's member in that row when it is an object; JSON_NONE. */
uint32_t message_of(const struct normalize *n, uint8_t row);

/* A member that is there and not null; JSON_NONE. */
uint32_t message_member(const struct normalize *n, uint32_t object, uint8_t row);

/* The same when it is of that kind. */
uint32_t message_member_of(const struct normalize *n, uint32_t object, uint8_t row, enum har_kind kind);

/* The member `name` of an object whatever it is bound to, of that kind; JSON_NONE. */
uint32_t message_named(const struct normalize *n, uint32_t object, const char *name, enum har_kind kind);

/* The decoded text of a string, copied to the scratch buffer `which`, so that it outlives what is added. */
struct har_text message_text(struct normalize *n, uint32_t index, unsigned which);

/* What stands in scratch buffer `which`. */
struct har_text message_scratch(const struct normalize *n, unsigned which);

/* The next element of the list (JSON_NONE is allowed) behind `after` (JSON_NONE: from the first on) that has this name, in any
 * case, and a string as value: that string, and *after; JSON_NONE. */
uint32_t message_header(struct normalize *n, uint32_t list, const char *name, uint32_t *after);

/* Its list of headers, whatever its elements are; JSON_NONE. */
uint32_t message_headers(const struct normalize *n, uint32_t message);

/* The start line among what normalize_headers() found to be no header; false when there is none. Its texts lie in scratch buffer
 * `which`. */
bool message_start(struct normalize *n, uint32_t message, unsigned which, struct derive_start *start);

/* A pseudo-header that normalize_headers() took out; JSON_NONE. */
uint32_t message_pseudo(struct normalize *n, uint32_t message, const char *name);

/* Adds a custom member NAME, with an underscore in front, that the object does not have yet. */
uint32_t message_custom(struct normalize *n, uint32_t object, const char *name, enum har_kind kind);

/* Moves the value of a member to a custom one and leaves the member as an empty value of `kind`, which must be filled. */
void message_keep(struct normalize *n, uint32_t member, enum har_kind kind);

/* A list of name and value at the end of which elements are put. */
struct message_list {
    uint32_t list, last;
    uint8_t object; /* enum har_object of the elements */
};

/* The list in that row, emptied or added. */
struct message_list message_list(struct normalize *n, uint32_t object, uint8_t row);

/* A new element with a name and a value; the texts must not lie in the tree. */
uint32_t message_add(struct normalize *n, struct message_list *list, struct har_text name, struct har_text value);

/* cookies.c: those of a message that its list lacks, and their dates. */
void message_cookies(struct normalize *n, uint32_t message, enum derive_cookie_header form);

/* version.c: httpVersion. */
void message_version(struct normalize *n, uint32_t message);

/* url.c, query.c, post_data.c: of the request. */
void message_url(struct normalize *n, uint32_t request);
void message_query(struct normalize *n, uint32_t request);
void message_post_data(struct normalize *n, uint32_t request);

/* header.c: where what is no header goes, and the list that is looked at. */
struct message_sorted {
    uint32_t message, list;
    struct message_list other, pseudo; /* JSON_NONE until there is something */
};

/* Brings an element of the list into the form of headers. `before`: the element in front of it. The last element that came of it;
 * `before` when none was left. */
uint32_t message_mend_header(struct normalize *n, struct message_sorted *sorted, uint32_t before, uint32_t element);

/* Takes the element out and keeps it as it stands in _headers. */
void message_move(struct normalize *n, struct message_sorted *sorted, uint32_t before, uint32_t element, enum har_mend mend);

#endif
