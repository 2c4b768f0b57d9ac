/* Whole files that the program reads for itself. */
#ifndef CLI_LOAD_H
#define CLI_LOAD_H

#include <sys/stat.h>

#include "cli/cli.h"

/* Appends the bytes of the file, at most one more than `most`, and fills *info. 0, or an errno value. `regular`: nothing else is
 * read, and EINVAL returned, where a stranger may have chosen the name. */
int load_file(const char *path, bool regular, size_t most, struct har_buffer *text, struct stat *info);

/* Tells what is wrong with a file that was loaded: with its place when that is known. The exit status for it. */
enum exit_status load_complain(const char *path, const struct har_place *place, const struct har_error *error);

#endif
