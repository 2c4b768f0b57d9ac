/* Shows what changes between two files, by the system's diff. */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include "cli/write.h"

/* Prints the difference between the files behind two descriptors to stdout, with `name` in its head. *differs says whether there
 * was any. False when diff could not do it, which was told. On a terminal what it prints is made visible first. */
bool diff_print(struct cli *cli, const char *name, int before, int after, bool *differs);

/* Puts files with tokens where secrets were in the place of both sides, which are closed; with `mask` they have the lengths of
 * strings, and no values. False: told, and run.status set; nothing may be shown then. */
bool diff_hide(struct writing *writing, int *before, int *after, bool mask);

#endif
