/* Redaction: a capture without its secrets. Values are found by the names that they stand under, by their place and by their form;
 * what is found in one place is taken out of all others. See docs/redaction.md. */
#ifndef HARMILL_REDACT_H
#define HARMILL_REDACT_H

#include <harmill/convert.h>

HAR_BEGIN_DECLS

/* What is looked for: names, headers and patterns. May serve several redactions and threads once it no longer changes. */
struct har_redact_rules;

/* The rules that are built in. Free with har_redact_rules_free(); NULL is fine there. After a failure *rules is NULL. */
HAR_API enum har_status har_redact_rules_new(struct har_redact_rules **rules, struct har_error *error);
HAR_API void har_redact_rules_free(struct har_redact_rules *rules);

/* Adds the rules of a JSON text, or with "replace" in it puts them in the place of all others; docs/redaction.md has the form.
 * HAR_FATAL (usage): it is wrong, *error says what and where; the rules may then only be freed. */
HAR_API enum har_status har_redact_rules_read(struct har_redact_rules *rules, struct har_text json, struct har_error *error);

/* Values under this name survive, or go: a header, cookie, parameter or member. It is compared as rules are. False when memory is
 * short. */
HAR_API bool har_redact_rules_keep(struct har_redact_rules *rules, struct har_text name);
HAR_API bool har_redact_rules_drop(struct har_redact_rules *rules, struct har_text name);

enum har_redact_mode {
    HAR_REDACT_DEFAULT, /* what the rules find, and where it appears elsewhere */
    HAR_REDACT_STRICT,  /* all texts but those that a list allows */
};

enum har_redact_bodies {
    HAR_REDACT_BODIES_SEARCH, /* like all other texts */
    HAR_REDACT_BODIES_KEEP,   /* as they are: they count as not searched */
    HAR_REDACT_BODIES_DROP,
};

/* Zero it and set `size`. */
struct har_redact_options {
    size_t size;
    enum har_redact_mode mode;
    enum har_redact_bodies bodies;
    bool pii;              /* rules about persons, too */
    bool suspicious;       /* long texts that look random, too */
    bool allow_unsearched; /* what could not be searched does not end the run */
    struct har_text key;   /* of the keyed hash in tokens; empty: tokens are numbered. Borrowed until har_redaction_new() returns */
};

/* The secrets of the captures that become one output. Wiped when it is freed. Serves one run at a time. */
struct har_redaction;

/* `rules` NULL: those that are built in; borrowed, like `settings`, until the redaction is freed with har_redaction_free(). After a
 * failure *redaction is NULL. */
HAR_API enum har_status har_redaction_new(struct har_redaction **redaction, const struct har_redact_rules *rules,
                                          const struct har_redact_options *options, const struct har_settings *settings,
                                          struct har_error *error);
HAR_API void har_redaction_free(struct har_redaction *redaction);

/* The first of two readings: runs `job` up to where entries are chosen, without its outputs and findings, and learns. Then
 * har_convert() with the same job, whose `redaction` is this, writes; its input must give the same bytes. Of what is merged each
 * input is learned before the first is written. HAR_FAILED: the input is broken; what could be read is learned. HAR_FATAL:
 * *error says why; with HAR_DOMAIN_BOUND there are more secrets than may be held. */
HAR_API enum har_status har_redaction_learn(struct har_redaction *redaction, const struct har_job *job, struct har_error *error);

/* Counts by rule and place. */
struct har_redact_count {
    size_t size;
    const char *rule;      /* "name-password", "header-authorization", "format-jwt", "propagated", "strict"; borrowed */
    const char *kind;      /* the word in its tokens: "password" */
    const char *place;     /* "request header", "response body": static */
    uint64_t values;       /* texts that were replaced, or found */
    const char *pointer;   /* JSON Pointer of the first; borrowed */
    const char *token;     /* that stands there now; "" when several stand there */
};

struct har_redact_totals {
    size_t size;
    uint64_t secrets;     /* different values that were learned */
    uint64_t values;      /* texts that were replaced, or found */
    uint64_t propagated;  /* of them: only because they were learned elsewhere */
    uint64_t short_ones;  /* learned, but replaced only where they were found: too short or too common */
    uint64_t strings;     /* texts that were looked at */
    uint64_t suspicious;  /* long texts that look random, and were left */
    uint64_t bodies, unsearched; /* bodies; those of them that could not be searched, attached files among them */
    uint64_t proven;      /* bytes of outputs in which no secret was found */
};

/* What was done so far. The counts are numbered from 0; false behind the last. */
HAR_API void har_redaction_totals(const struct har_redaction *redaction, struct har_redact_totals *totals);
HAR_API bool har_redaction_count(const struct har_redaction *redaction, size_t index, struct har_redact_count *count);

/* Appends a text with the secrets that were learned, and what else the rules find, replaced by tokens: for what is written beside
 * items, while a run writes. False when memory is short. */
HAR_API bool har_redaction_text(struct har_redaction *redaction, struct har_text text, struct har_buffer *out);

/* For who shows values: what the rules would hide. Serves one thread at a time. */
struct har_redact_hider;

/* `rules` NULL: those that are built in; borrowed. After a failure *hider is NULL. Free with har_redact_hider_free(); NULL is fine
 * there. */
HAR_API enum har_status har_redact_hider_new(struct har_redact_hider **hider, const struct har_redact_rules *rules,
                                             struct har_error *error);
HAR_API void har_redact_hider_free(struct har_redact_hider *hider);

/* Whether the rules would hide (a part of) this value: by its place in its item's tree, by the names it stands under, by its form.
 * The item is looked at as a whole, once for all questions about it in a row. True, too, when memory is short. */
HAR_API bool har_redact_hider_value(struct har_redact_hider *hider, const struct har_item *item, const struct har_node *node);

/* The same for a text of which nothing is known: a name, a part of a value. */
HAR_API bool har_redact_hider_text(struct har_redact_hider *hider, struct har_text text);

HAR_END_DECLS
#endif
