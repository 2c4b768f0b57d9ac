/* Where findings go: levels, counts, the caller's function. */
#ifndef HARMILL_CHECK_DIAG_H
#define HARMILL_CHECK_DIAG_H

#include <harmill/convert.h>

#include "check/known.h"

struct har_report_to {
    const struct har_settings *settings;
    struct har_summary *summary;
    har_finding_fn *on_finding; /* may be NULL */
    void *user;
    har_wants_fn *wants;     /* may be NULL */
    har_finding_fn *writers; /* for writers, which get all; NULL: none asks */
    void *writers_user;
    struct known *known;                                     /* may be NULL: no baseline */
    void (*before)(void *user, struct har_finding *finding); /* sees each before it is told, and may move it; may be NULL */
    void *before_user;
    bool blind;                           /* nobody shows values or excerpts */
    struct hide *hide;                    /* see check/hide.h; NULL while it was not needed */
    struct har_report_to *const *through; /* not NULL: only hands on to another, when that is not NULL just now */
};

/* Frees what was made on the way; at the end. */
void diag_release(struct har_report_to *to);

/* Whether anybody would see a finding of `rule`, or must know which one it is; if not, diag_count() is all there is to do. */
bool diag_shows(const struct har_report_to *to, enum har_rule rule);

/* Counts a finding that nobody sees. */
void diag_count(struct har_report_to *to, enum har_rule rule);

/* The fingerprint of a finding; `request` is the hash of the entry's method and address, HASH_START where there are none. */
uint64_t diag_fingerprint(uint64_t request, enum har_rule rule, int64_t entry, struct har_text pointer);

#endif
