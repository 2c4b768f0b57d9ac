/* Waiting for a scan that was just submitted. */
#ifndef CLI_SCAN_FETCH_H
#define CLI_SCAN_FETCH_H

#include "cli/cli.h"

/* Waits for the scan that `input` names and fetches it with cli->cloudflare, which keeps it for the run that writes it. HAR_FATAL:
 * *error says why not. */
enum har_status scan_fetch(const struct cli *cli, const char *input, struct har_error *error);

#endif
