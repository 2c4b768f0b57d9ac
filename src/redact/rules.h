/* What is looked for, as tables: names, headers, patterns. */
#ifndef REDACT_RULES_H
#define REDACT_RULES_H

#include <harmill/redact.h>

#define REDACT_NO_RULE UINT16_MAX

enum redact_tier {
    REDACT_HARMLESS,
    REDACT_EXACT, /* in parameters the value goes; in JSON, code and markup only one text of 12 bytes or more, without blanks, with
                     a digit or mixed case */
    REDACT_ANY,   /* the value goes, with all that is in it */
};

/* How the value of a header is read. */
enum redact_treat {
    REDACT_VALUE,      /* it goes as a whole */
    REDACT_SCHEME,     /* "Basic abc": the scheme stays */
    REDACT_COOKIE,     /* "a=b; c=d": each value goes */
    REDACT_SET_COOKIE, /* the value goes, attributes stay */
    REDACT_PARAMS,     /* 'Digest realm="a", nonce="b"': parameters by their names */
    REDACT_ADDRESS,    /* an address, or text with addresses in it */
    REDACT_TEXT,       /* any text */
};

/* A rule as users know it. */
struct redact_rule {
    const char *id;        /* "name-password", "header-authorization", "format-jwt" */
    const char *kind;      /* lower-case letters only: the word in tokens */
    enum har_rule finding; /* HAR_RULE_SECRET_... */
    bool pii;              /* asked for only with --pii */
};

struct redact_verdict {
    uint16_t rule; /* REDACT_NO_RULE */
    uint8_t tier;  /* enum redact_tier */
    uint8_t treat; /* enum redact_treat; of headers */
};

/* Where a name stands. */
enum redact_name_place { REDACT_NAME_HEADER, REDACT_NAME_COOKIE, REDACT_NAME_PARAMETER, REDACT_NAME_MEMBER, REDACT_NAME_TEXT };

/* The rule with this index; some rules have fixed ones. */
const struct redact_rule *redact_rule(const struct har_redact_rules *rules, uint16_t index);

enum redact_fixed_rule {
    REDACT_RULE_COOKIE,     /* values of cookies without a rule of their own */
    REDACT_RULE_USERINFO,   /* "user:password@" in addresses */
    REDACT_RULE_CREDENTIAL, /* what follows a scheme, and what is in a Basic one */
    REDACT_RULE_PROPAGATED,
    REDACT_RULE_STRICT,
    REDACT_RULE_SUSPICIOUS,
    REDACT_RULE_DROPPED, /* bodies and named members that are left out */
    REDACT_RULE_CLAIM,   /* claims of a JWT that may tell something */
    REDACT_RULE_FIXED_COUNT,
};

/* What a name says about its value. The name may hold percent escapes, entities and JSON escapes, and a path ("user[password]").
 * With `pii` rules about persons count. For a header `treat` is set; without a rule it is REDACT_TEXT or REDACT_ADDRESS. */
struct redact_verdict redact_name(const struct har_redact_rules *rules, struct har_text name, enum redact_name_place place,
                                  bool pii);

/* Whether har_redact_rules_keep() or _drop() was told of the name. */
bool redact_keeps(const struct har_redact_rules *rules, struct har_text name);
bool redact_drops(const struct har_redact_rules *rules, struct har_text name);

/* The first place from `from` on where a word of a name, or what a pattern begins with, may stand (in any case of letters);
 * text.len when there is none. It is quick: most texts have few such places. */
size_t redact_trigger(const struct har_redact_rules *rules, struct har_text text, size_t from);

/* ---- patterns */

enum redact_form { REDACT_FORM_PLAIN, REDACT_FORM_JWT };

struct redact_match {
    size_t start, end; /* of what goes */
    size_t stop;       /* of the whole match: the search goes on there */
    uint16_t rule;
    uint8_t form; /* enum redact_form */
};

/* Compiled patterns and what matching needs. */
struct redact_matcher;
struct redact_matcher *redact_matcher_new(const struct har_redact_rules *rules, bool pii, struct har_error *error);
void redact_matcher_free(struct redact_matcher *matcher);

/* What was seen of one text: all zero at first. It keeps the work linear in texts that are made to cost. */
struct redact_run {
    const char *start, *end; /* from a place on up to the end of a run of bytes */
    const void *without;     /* the pattern that did not match there; NULL: none was tried */
};
struct redact_matching {
    struct redact_run run[2];
    uint64_t refused; /* bytes of matches that a check refused; some times the text's length are enough */
};

/* The longest match of a pattern whose literal stands at `at`, a place that redact_trigger() gave. False: none, or (then *failed
 * is set) memory is short. A pattern that needs more steps than it may matches up to the end of what it began: nothing is
 * missed. */
bool redact_match_at(struct redact_matcher *matcher, struct redact_matching *matching, struct har_text text, size_t at,
                     struct redact_match *match, bool *failed);

/* The next thing about a person from `from` on: an e-mail address, a phone number, a card, an account, an IP address. Only for who
 * asks for them: redact_trigger() does not tell such places. False: no more. */
bool redact_next_person(const struct redact_matcher *matcher, struct har_text text, size_t from, struct redact_match *match);

#endif
