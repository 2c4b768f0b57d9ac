/* What normalize changes, one row each, in a header per group. From the rows come the enum, docs/normalize.md, the lines that
 * commands print and the comments in the output. */
#ifndef HARMILL_MEND_H
#define HARMILL_MEND_H

#include <harmill/mends_container.h>
#include <harmill/mends_document.h>
#include <harmill/mends_measure.h>
#include <harmill/mends_message.h>
#include <harmill/rule.h>

HAR_BEGIN_DECLS

/* X(symbol, id, kind, rule, quirk, writes, keeps, comment): see struct har_mend_info. */
#define HAR_MENDS(X) HAR_MENDS_CONTAINER(X) HAR_MENDS_DOCUMENT(X) HAR_MENDS_MESSAGE(X) HAR_MENDS_MEASURE(X)

enum har_mend {
#define HAR_MEND_SYMBOL(symbol, ...) HAR_MEND_##symbol,
    HAR_MENDS(HAR_MEND_SYMBOL)
#undef HAR_MEND_SYMBOL
        HAR_MEND_COUNT
};

enum har_mend_kind {
    HAR_MEND_SPELLED, /* the same, in the specification's form */
    HAR_MEND_FILLED,  /* the specification's own word for "not known" where something required is missing */
    HAR_MEND_KEPT,    /* what HAR 1.2 cannot express, under a custom name */
    HAR_MEND_DERIVED, /* worked out from other members; told in a comment; not done with --no-derive */
    HAR_MEND_DROPPED, /* left out, because it says nothing */
};

/* The texts say what matters first; details follow behind ": ", "; " or " (", and lines on stderr leave them out. Those that write
 * nothing say so with the word "nothing". */
struct har_mend_info {
    const char *id; /* kebab-case */
    enum har_mend_kind kind;
    enum har_rule rule;    /* that reports the quirk */
    const char *quirk;     /* what the input holds, a few words: "request.cookies is missing" */
    const char *writes;    /* what normalize writes instead, a few words: "cookies of the Cookie headers" */
    const char *keeps;     /* how the original is kept; "" where nothing is lost */
    const char *comment;   /* DERIVED: the words in the comment of the object, "cookies from headers"; else "" */
};

/* The row of `mend`; static. NULL out of range. */
HAR_API const struct har_mend_info *har_mend_info(enum har_mend mend);

/* "spelled", "filled", "kept", "derived", "dropped"; static, "" out of range. */
HAR_API const char *har_mend_kind_name(enum har_mend_kind kind);

HAR_END_DECLS
#endif
