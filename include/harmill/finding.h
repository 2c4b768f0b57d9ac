/* One thing that a rule found, with its place. */
#ifndef HARMILL_FINDING_H
#define HARMILL_FINDING_H

#include <harmill/buffer.h>
#include <harmill/place.h>
#include <harmill/rule.h>

HAR_BEGIN_DECLS

/* What a message is filled with. Whoever prints decides which kinds may be shown. */
enum har_arg_kind {
    HAR_ARG_NONE,
    HAR_ARG_NUMBER, /* a count, a length, an offset */
    HAR_ARG_THOUSANDTHS, /* a time or a sum: `number` is 1000 times what is meant */
    HAR_ARG_WORD,   /* a word of harmill's own: a type, a member of the specification */
    HAR_ARG_NAME,   /* a name from the input: a key */
    HAR_ARG_VALUE,  /* a string value from the input: secret until shown otherwise */
    HAR_ARG_SECRET, /* a value that is never shown: the rules of redaction would hide it; its text is empty */
};

struct har_arg {
    enum har_arg_kind kind;
    int64_t number;
    struct har_text text; /* UTF-8 as far as the input is */
};

#define HAR_FINDING_ARGS 4

/* What breaks the grammar lets no output be made, unless it was repaired. */
enum har_repair {
    HAR_REPAIR_NONE,
    HAR_REPAIR_WHOLE, /* nothing that the input said is lost */
    HAR_REPAIR_LOSS,  /* something had to be left out */
};

/* Everything in it is borrowed until the callback that received it returns. */
struct har_finding {
    size_t size;
    enum har_rule rule;
    enum har_level level; /* after overrides; never HAR_LEVEL_OFF */
    const char *source;   /* the input's display name */
    struct har_place place;
    struct har_place end;     /* one past the last character of what is meant; equal to `place` when that is not known */
    int64_t entry;            /* the entry's index from 0, -1 outside entries */
    struct har_text pointer;  /* JSON Pointer (RFC 6901), decoded keys, UTF-8 */
    const char *message;      /* literal text, %1 to %4 stand for the arguments */
    struct har_arg arg[HAR_FINDING_ARGS];
    const char *done;         /* what was done about it, literal ("kept"); NULL when there is nothing to tell */
    uint64_t fingerprint;     /* of what was found where, the same when entries are inserted or reordered: below */
    struct har_text excerpt;  /* the line around the place, as far as it is read, without values that are hidden; may be empty */
    size_t excerpt_at;        /* where in it the place is */
    enum har_repair repair;   /* what --repair did about it */
    size_t excerpt_len;       /* bytes of the excerpt that are meant; 0: not known */
    bool excerpt_cut;         /* its line begins before it */
    bool excerpt_safe;        /* strings in it are hidden already; har_report_finding() does it otherwise */
};

/* Appends the message with its arguments. Secrets are "a hidden value". Names are made visible and cut; values are replaced by
 * their length ("a string of 12 bytes") unless `show_values`. False when `out` is full or memory is short. */
HAR_API bool har_finding_message(const struct har_finding *finding, bool show_values, struct har_buffer *out);

/* A finding's fingerprint is a hash of its rule, of the request's method and url without query and fragment, and of the pointer
 * below the entry (of the whole pointer outside entries). It is the same in every version of the library and on every machine. */

/* Receives findings in input order, on the thread that runs the conversion. */
typedef void har_finding_fn(void *user, const struct har_finding *finding);

HAR_END_DECLS
#endif
