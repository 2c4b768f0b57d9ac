/* The old file, kept beside the one that replaces it. */
#ifndef CORE_SINK_BACKUP_H
#define CORE_SINK_BACKUP_H

#include "core/sink_file.h"

/* Gives the old file the name of file->target with file->suffix, as a second one where file systems can and as a copy where they
 * cannot; what had that name is replaced. The file keeps its own name all the time. `folder` is its folder's descriptor, or -1. */
enum har_status sink_backup(const struct sink_file *file, int folder, struct har_error *error);

#endif
