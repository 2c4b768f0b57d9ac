/* --key-file: the key of the hash in tokens. It is a secret. */
#ifndef CLI_REDACT_KEY_H
#define CLI_REDACT_KEY_H

#include "cli/cli.h"

enum { REDACT_KEY_LEAST = 16, REDACT_KEY_MOST = 4096 };

/* Reads the file, or stdin for "-", without the line end behind it. EXIT_DONE, or what is wrong was told. *key is to be freed with
 * redact_key_free(), in any case; *text is in it. */
enum exit_status redact_key_read(struct cli *cli, char **key, struct har_text *text);

/* Overwrites it. NULL is fine. */
void redact_key_free(char *key);

#endif
