/* What harmill info gathers about one input, and its two ways to print it. */
#ifndef CLI_INFO_H
#define CLI_INFO_H

#include "cli/inputs.h"

enum { INFO_CONSUMERS_MOST = 16 };

/* Whether some other program opens the capture. */
struct info_consumer {
    const struct har_profile *profile;
    uint64_t reasons;                                  /* why not; 0: it opens */
    struct har_buffer reason;                          /* the first of them */
    enum { MENDS_UNKNOWN, MENDS_NO, MENDS_YES } mends; /* whether it opens once normalize, or normalize --repair, wrote it anew */
};

struct info {
    const struct input *input;
    struct har_summary summary;
    enum har_level level[HAR_RULE_COUNT]; /* of the rules */
    struct har_overview *overview;
    struct info_consumer consumer[INFO_CONSUMERS_MOST];
    size_t consumers;
    struct har_buffer trouble;      /* the first error that keeps the input from being read whole, made visible */
    struct har_redact_hider *hider; /* NULL while nothing had to be asked */
    bool needs_repair;              /* normalize writes nothing of it without --repair */
    bool whole;                     /* it was read to its end and could be written again */
    bool is_har;
    bool no_memory;
};

/* Findings of one level, those about other programs left out. */
uint64_t info_findings(const struct info *info, enum har_level level);

/* What may be shown of a text of the capture: itself, or "[hidden]" where there is a secret in it. */
struct har_text info_shown(struct info *info, struct har_text text);

/* Appends the description as text, or as one JSON object without a line's end. `all` leaves nothing out for brevity. */
void info_append_text(struct har_buffer *out, struct info *info, bool color, bool all);
void info_append_json(struct har_buffer *out, struct info *info);

/* Finds out which of the consumers that refuse the input take it once it was normalized. */
void info_try_mending(struct info *info, const struct cli *cli);

#endif
