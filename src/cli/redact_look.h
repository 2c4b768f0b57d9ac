/* redact --check and --verify: secrets are told, nothing is written. */
#ifndef CLI_REDACT_LOOK_H
#define CLI_REDACT_LOOK_H

#include "cli/cli.h"

enum exit_status redact_without_output(struct cli *cli);

#endif
