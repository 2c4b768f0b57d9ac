/* Forms of what says something about a person. */
#ifndef REDACT_PERSONS_H
#define REDACT_PERSONS_H

#include "redact/rules_in.h"

/* An e-mail address around the @ at `at`, an address of IPv6 around its first colon: where it begins, or SIZE_MAX; *end is behind
 * it. */
size_t person_email(struct har_text text, size_t at, size_t *end);
size_t person_v6(struct har_text text, size_t at, size_t *end);

/* The others begin at `at`. */
bool person_card(struct har_text text, size_t at, size_t *end);
bool person_iban(struct har_text text, size_t at, size_t *end);
bool person_v4(struct har_text text, size_t at, size_t *end);
bool person_ssn(struct har_text text, size_t at, size_t *end);
bool person_phone(struct har_text text, size_t at, size_t *end);

/* See redact_next_person(). */
bool person_next(const struct har_redact_rules *rules, struct har_text text, size_t from, struct redact_match *match);

#endif
