/* A run: one input through the rules, with any number of outputs. Validating is a run without outputs. */
#ifndef HARMILL_CONVERT_H
#define HARMILL_CONVERT_H

#include <signal.h>

#include <harmill/baseline.h>
#include <harmill/dedupe.h>
#include <harmill/format.h>
#include <harmill/profile.h>
#include <harmill/transform.h>
#include <harmill/writer.h>

HAR_BEGIN_DECLS

struct har_redaction;

enum {
    HAR_OUTPUT_KEEP_CODING = 1, /* pack as the input was packed */
    HAR_OUTPUT_AS_READ = 2,     /* takes the items before the transforms */
};

struct har_output {
    const struct har_writer *writer;
    const struct har_option *options; /* may be NULL */
    struct har_sink *sink;            /* the caller's; committed by the run when all went well, freed by the caller; NULL for a
                                       * writer that needs none */
    unsigned flags;
    void *user; /* for the writer; may be NULL */
};

/* Whether a finding would be of use to who receives it. */
typedef bool har_wants_fn(void *user, enum har_rule rule, enum har_level level);

/* Sees an item; it and all in it are borrowed until the function returns. */
typedef void har_item_fn(void *user, const struct har_item *item);

/* Zero it, set `size` (to sizeof(struct har_job)), `input` and what else is needed. Everything is borrowed for the time of the
 * call. */
struct har_job {
    size_t size;
    const struct har_settings *settings;           /* NULL: defaults */
    const char *input;                             /* a path, "-": whatever `reader` takes */
    const char *display;                           /* the input's name in findings; NULL: `input` itself */
    const struct har_reader *reader;               /* NULL: the first that accepts `input` */
    const struct har_format *format;               /* NULL: by the ending of `display`, har where that says nothing */
    const struct har_option *options;              /* of reader, format and transforms */
    const struct har_transform *const *transforms; /* NULL-terminated, or NULL */
    const struct har_output *outputs;
    size_t output_count;
    har_finding_fn *on_finding; /* may be NULL: findings are only counted */
    har_wants_fn *wants;        /* asked before a finding is made: false counts it only; NULL: all are wanted */
    har_item_fn *on_item;       /* sees every item that was read, after the rules and before the transforms; may be NULL */
    void *user;
    const struct har_baseline *known;    /* its findings are neither told nor counted; may be NULL */
    struct har_baseline *noted;          /* takes all findings of an input that is read to its end, known or not; may be
                                          * NULL; serves one run at a time */
    const volatile sig_atomic_t *cancel; /* when it becomes non-zero the run ends with HAR_DOMAIN_CANCELLED; may be NULL */
    bool compare;                        /* fill har_summary.same */
    bool repair;                         /* mend what breaks the grammar of JSON before it is read: every repair is a finding */
    const struct har_profile *opens_in;  /* pages and entries that its program refuses, after all transforms, are left out: see
                                          * har_summary.refused; may be NULL */
    struct har_dedupe *dedupe;           /* drops entries that it has met before; see <harmill/dedupe.h>; may be NULL */
    bool blind;                          /* nobody shows values or excerpts: no finding has an excerpt, and which values are secrets
                                          * is not found out */
    void *reader_user;                   /* har_reader_args.user: what `reader` needs beside its input; may be NULL */
    /* Takes secrets out of what is written, behind all transforms, and marks the log; see <harmill/redact.h>. The input was learned
     * before. Nothing is put in place before it was searched: what goes to a descriptor or a function waits until then. May be
     * NULL. */
    struct har_redaction *redaction;
    struct har_redaction *secrets; /* secrets in what is read become findings of the rules secret-...; one that learns nothing, and
                                    * another than `redaction`; NULL: by the rules that are built in, when one of these is on */
};

struct har_summary {
    size_t size;
    const char *source; /* display name, borrowed from the job */
    char version[16];   /* log.version as read; "" when there was none or it is malformed */
    uint64_t bytes;     /* unpacked bytes read; 0 when reading ended early */
    uint64_t pages, entries;
    uint64_t broken; /* entries, pages and members that were lost: outputs are not written then */
    uint64_t level_count[HAR_LEVEL_ERROR + 1];
    uint64_t rule_count[HAR_RULE_COUNT];
    uint64_t mend_count[HAR_MEND_COUNT]; /* what transforms changed */
    uint64_t dropped;                    /* repairs that lost something, of what was written */
    uint64_t refused;                    /* pages and entries that har_job.opens_in left out */
    uint64_t written;                    /* entries that went to the writers */
    uint64_t doubles;                    /* entries that did not, because job->dedupe has met them before */
    uint64_t found;                      /* pages and entries with an id that a transform was asked to keep */
    bool cut;                            /* reading ended early: nothing behind a place was judged */
    bool same;                           /* with compare: the first output would be the bytes of the input */
    const struct har_coding *coding;     /* that the input was packed in */
};

/* Runs `job`. HAR_OK: read to the end, outputs committed. HAR_FAILED: the input is broken or cut (findings say where), no output
 * was committed. HAR_FATAL: the job could not be done, *error says why, no output was committed. *summary (not NULL; it need not
 * be initialised) is filled as far as the run came, in all three cases; `error` may be NULL. Each output's sink is new for each
 * run. Callbacks come on the calling thread; several threads may run several jobs at once. */
HAR_API enum har_status har_convert(const struct har_job *job, struct har_summary *summary, struct har_error *error);

HAR_END_DECLS
#endif
