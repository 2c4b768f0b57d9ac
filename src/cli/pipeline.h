/* What stands between reading and writing: the transforms that the options ask for, with their options. */
#ifndef CLI_PIPELINE_H
#define CLI_PIPELINE_H

#include "cli/options.h"

enum { PIPELINE_TRANSFORMS_MOST = 8, PIPELINE_OPTIONS_MOST = 16 };

struct pipeline {
    const struct har_transform *transforms[PIPELINE_TRANSFORMS_MOST + 1];
    struct har_option options[PIPELINE_OPTIONS_MOST + 1];
    bool repair;
    const struct har_profile *opens_in; /* NULL: what is written need not please any one program */
    bool short_of_memory;               /* why pipeline_init() failed */
};

/* Texts are borrowed from the options. False when an option is wrong, which is then told. */
bool pipeline_init(struct pipeline *pipeline, const struct options *options);

/* What normalize does when nothing else is asked for. */
void pipeline_plain(struct pipeline *pipeline);

/* Puts it into a job, which borrows it. */
void pipeline_apply(const struct pipeline *pipeline, struct har_job *job);

#endif
