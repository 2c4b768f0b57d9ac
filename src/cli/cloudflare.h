/* The client of the Cloudflare URL Scanner as the command line and the environment describe it. */
#ifndef CLI_CLOUDFLARE_H
#define CLI_CLOUDFLARE_H

#include "cli/cli.h"

/* Makes cli->cloudflare unless it is there: credentials from --token-file or the environment, from which they are removed. `waits`:
 * as if --wait was given. What is wrong is told: EXIT_USAGE or EXIT_TROUBLE. */
enum exit_status cloudflare_open(struct cli *cli, bool waits);

/* The account of scans that name none, from --account or the environment; NULL when neither says one. EXIT_USAGE when what they say
 * is none: told. */
enum exit_status cloudflare_account(const struct cli *cli, const char **account);

/* Takes the name of an input apart, and looks whether the command can have it: all that is found without asking anybody. What is
 * wrong is told: EXIT_USAGE, or EXIT_TROUBLE. */
enum exit_status cloudflare_check(const struct cli *cli, const char *name, struct har_cloudflare_scan *scan);

/* The address of the API, as --api-url or the environment says it. */
const char *cloudflare_base(const struct cli *cli);

/* Takes away what it told on a terminal, before anything else is printed. Goes without a client, too. */
void cloudflare_erase(struct cli *cli);

/* Frees it and erases what it told on a terminal. */
void cloudflare_close(struct cli *cli);

#endif
