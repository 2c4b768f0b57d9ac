/* What findings do not tell: values, names and lines of the input that the rules of redaction would hide. */
#ifndef HARMILL_CHECK_HIDE_H
#define HARMILL_CHECK_HIDE_H

#include "check/diag.h"

/* A part of an excerpt. */
struct hide_range {
    size_t from, to;
};

/* What is known of an excerpt of JSON. */
struct hide_excerpt {
    struct har_text text;
    size_t at, end;             /* what is meant */
    bool inside;                /* it begins inside a string */
    struct hide_range clear[2]; /* strings in there are shown */
};

/* Whether the rules would hide the value `node` of the item, or something in a text; true also when memory is short. */
bool hide_node(struct har_report_to *to, const struct har_item *item, const struct har_node *node);
bool hide_text(struct har_report_to *to, struct har_text text);

/* The same for a name; nearly all are told from secrets by a look. */
bool hide_name(struct har_report_to *to, struct har_text name);

/* Gives the finding an excerpt in which strings are hidden, but for names of the specification and what is clear. Borrowed until
 * the next call; none when memory is short. */
void hide_strings(struct har_report_to *to, const struct hide_excerpt *excerpt, struct har_finding *finding);

/* For har_report_finding(): hides what is left in arguments and pointer, and in an excerpt of which nothing is known. */
void hide_rest(struct har_report_to *to, struct har_finding *finding);

#endif
