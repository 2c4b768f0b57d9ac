/* What a run writes beside its output must not be what it reads. */
#ifndef CLI_OVERWRITE_H
#define CLI_OVERWRITE_H

#include "cli/inputs.h"
#include "cli/options.h"

/* Whether no report and no manifest is a file that is read, or the output, by whatever name; otherwise the reason was told. */
bool overwrite_nothing(const struct inputs *inputs, const struct options *options);

#endif
