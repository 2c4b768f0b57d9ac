/* The client of the Cloudflare URL Scanner as the command line and the environment describe it. */
#include "cli/cloudflare.h"
#include "cli/complain.h"

enum exit_status cloudflare_open(struct cli *cli, bool waits)
{
    (void)waits;
    (void)cli;
    complain("not built yet");
    return EXIT_TROUBLE;
}

void cloudflare_close(struct cli *cli)
{
    har_cloudflare_free(cli->cloudflare);
    cli->cloudflare = NULL;
}
