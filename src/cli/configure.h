/* The configuration: which file it is, and what it changes. */
#ifndef CLI_CONFIGURE_H
#define CLI_CONFIGURE_H

#include "cli/cli.h"

/* Reads the configuration into cli->config and gives the settings and options what it and the command line say. EXIT_DONE, or the
 * reason was told. cli->config.baseline becomes a path that can be opened. */
enum exit_status configure(struct cli *cli);

#endif
