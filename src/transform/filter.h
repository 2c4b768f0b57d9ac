/* The filter's expressions inside: fields, and the steps that an expression becomes. */
#ifndef TRANSFORM_FILTER_H
#define TRANSFORM_FILTER_H

#include <harmill/filter.h>
#include <harmill/suggest.h>

#include "util/iso8601.h"

enum filter_type { FILTER_NUMBER, FILTER_TEXT, FILTER_DATE };

enum {
    FILTER_BYTES = 1,    /* numbers take K, M, G */
    FILTER_TIME = 2,     /* numbers take ms, s, min */
    FILTER_POSITIVE = 4, /* what is less than 0 says "not known" */
    FILTER_FOLD = 8,     /* the case of ASCII letters does not matter */
    FILTER_NAMED = 16,   /* takes the name of a header in parentheses; may be there several times */
    FILTER_WORD = 32,    /* one of a list of words, see filter_type_word() */
};

/* An entry that is looked at. */
struct filter_look {
    const struct har_item *item;
    const struct har_tree *tree;
    const struct har_node *entry;
    struct har_buffer scratch; /* for strings with escapes */
    bool no_memory;
};

struct filter_field {
    const char *name;
    enum filter_type type;
    unsigned flags;
    /* One of them; false where the entry has no such value. Texts are borrowed until the next call. */
    bool (*number)(struct filter_look *look, double *number);
    bool (*text)(struct filter_look *look, struct har_text *text);
    const char *message; /* whose headers those of FILTER_NAMED are */
};

/* All fields; ends with a NULL name. */
extern const struct filter_field filter_fields[];

/* The decoded string of a node, of a number its digits; false for NULL and all others. Borrowed until the next call. */
bool filter_text(struct filter_look *look, const struct har_node *node, struct har_text *text);

/* The word for a resource type as Chrome writes it, in any case: "style" for "Stylesheet"; NULL when there is none. */
const char *filter_type_word(struct har_text text);

/* Offers all words that a type can be. */
void filter_suggest_type(struct har_suggestion *suggestion);

enum filter_compare {
    FILTER_EQUAL,
    FILTER_UNEQUAL,
    FILTER_LESS,
    FILTER_AT_MOST,
    FILTER_MORE,
    FILTER_AT_LEAST,
    FILTER_MATCHES,
    FILTER_DIFFERS, /* does not match */
    FILTER_IN,
    FILTER_NOT_IN,
    FILTER_THERE, /* a field alone */
};

struct filter_value {
    double number;
    struct iso8601 date;
    struct har_text text; /* of struct har_filter's bytes */
};

/* A machine of one flag: a test sets it, NOT turns it, the others leave what follows out, up to `target`. */
enum filter_step_kind { FILTER_STEP_TEST, FILTER_STEP_NOT, FILTER_STEP_AND, FILTER_STEP_OR };

struct filter_regex; /* filter_regex.c */

struct filter_step {
    enum filter_step_kind kind;
    enum filter_compare compare;
    size_t target;
    const struct filter_field *field;
    size_t value, values; /* the first, and how many */
    struct har_text header;
    struct filter_regex *regex;
    size_t column; /* of the regular expression */
};

struct har_filter {
    struct filter_step *step;
    size_t steps, step_cap;
    struct filter_value *value;
    size_t values, value_cap;
    struct har_buffer bytes; /* of all texts; never grows after its first allocation */
    struct filter_look look;
};

/* NULL: *error says why, and with HAR_DOMAIN_USAGE *offset is where in the pattern. */
struct filter_regex *filter_regex_new(struct har_text pattern, bool fold, size_t *offset, struct har_error *error);
void filter_regex_free(struct filter_regex *regex);

/* HAR_FAILED: it would take too many steps, or too much memory. */
enum har_status filter_regex_test(struct filter_regex *regex, struct har_text subject, bool *matches, struct har_error *error);

#endif
