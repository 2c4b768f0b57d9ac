/* The completion scripts, one function per shell; all take what they offer from the tables. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/cli.h"

void completion_bash(struct har_buffer *out);
void completion_zsh(struct har_buffer *out);
void completion_fish(struct har_buffer *out);

/* Appends `text` with a backslash before each byte that stands in `special`. */
void completion_escape(struct har_buffer *out, const char *text, const char *special);

/* Appends the text of the inside of '...' for a POSIX shell; bytes in `special` get a backslash. */
void completion_quote(struct har_buffer *out, const char *text, const char *special);

#endif
