/* The findings of one run beside those that a baseline knows, and the list of them for a new baseline. */
#ifndef CHECK_KNOWN_H
#define CHECK_KNOWN_H

#include <harmill/baseline.h>
#include <harmill/rule.h>

struct known_finding {
    uint64_t fingerprint;
    uint64_t count;
    enum har_rule rule;
};

/* Zeroed: nothing is known, nothing is listed. */
struct known {
    struct known_finding *left; /* known findings that were not met yet, by fingerprint */
    size_t left_count;
    bool expected[HAR_RULE_COUNT]; /* whether any of `left` is of the rule */
    bool listing;
    struct known_finding *list;
    size_t list_count, list_cap;
    bool failed; /* the list is not whole: memory is short, or there are too many */
    bool full;   /* it has KNOWN_MOST findings, and there is one more */
};

/* Different findings of one input that are listed. More have no room in a baseline, whose lines have 32 bytes at least. */
#define KNOWN_MOST (HAR_BASELINE_MOST / 32)

/* Makes room for `count` known findings, which known_expect() then gives in any order and known_begin() sorts. False when memory is
 * short. */
bool known_init(struct known *known, size_t count, bool listing);
void known_expect(struct known *known, struct known_finding finding);
void known_begin(struct known *known);
void known_release(struct known *known);

/* Whether a finding of `rule` must be made even when nobody wants to see it. */
bool known_asks(const struct known *known, enum har_rule rule);

/* Lists a finding when a list was asked for. True when it is known, and then not to be told or counted. */
bool known_meet(struct known *known, enum har_rule rule, uint64_t fingerprint);

/* Brings the list into its order, equal findings counted together. False when it is not whole. */
bool known_settle(struct known *known);

#endif
