/* Where outputs go, decided before any work starts. */
#ifndef CLI_TARGETS_H
#define CLI_TARGETS_H

#include "cli/inputs.h"

/* Makes *targets, one path per input or NULL for stdout, from --output and --in-place. EXIT_DONE, or the reason was told: several
 * inputs for one output, two outputs of one name. Without a writer (NULL) outputs in a folder are called as their inputs are. Free
 * with targets_free() in any case. */
enum exit_status targets_plan(char ***targets, const struct inputs *inputs, const struct options *options,
                              const struct har_writer *writer, bool keep_names);
void targets_free(char **targets, size_t count);

/* Whether --output names a folder. */
bool targets_is_folder(const char *path);

/* Makes it unless it exists. */
enum exit_status targets_make_folder(const char *path);

#endif
