/* The baselines of a run: the one that silences findings, and the one that is written. */
#ifndef CLI_KNOWN_H
#define CLI_KNOWN_H

#include "cli/cli.h"

/* Reads what --baseline or the configuration names, and looks whether --write-baseline can be done. EXIT_DONE, or the reason was
 * told. Close in any case. */
enum exit_status known_open(struct cli *cli);

/* Behind the command, which came to `status`: writes what was noted. Returns the worse of both. */
enum exit_status known_write(struct cli *cli, enum exit_status status);

void known_close(struct cli *cli);

#endif
