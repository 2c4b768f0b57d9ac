/* harmill scan --json: each object one line on stdout. */
#ifndef CLI_SCAN_JSON_H
#define CLI_SCAN_JSON_H

#include "cli/cli.h"

/* What was submitted; `base` is the API's address. False when it could not be printed: cli->out knows why. */
bool scan_json_submitted(struct cli *cli, const struct har_cloudflare_submitted *submitted, const char *base);

/* Why there is no scan, or no capture of it; `id` is NULL while it has none. */
void scan_json_failed(struct cli *cli, const char *id, const struct har_error *error);

#endif
