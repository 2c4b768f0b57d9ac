/* The client of the Cloudflare URL Scanner as the command line and the environment describe it. */
#ifndef CLI_CLOUDFLARE_H
#define CLI_CLOUDFLARE_H

#include "cli/cli.h"

/* Makes cli->cloudflare unless it is there: credentials from --token-file or the environment, from which they are removed. `waits`:
 * as if --wait was given. What is wrong is told: EXIT_USAGE or EXIT_TROUBLE. */
enum exit_status cloudflare_open(struct cli *cli, bool waits);

/* Frees it and erases what it told on a terminal. */
void cloudflare_close(struct cli *cli);

#endif
