/* harmill scan: the Cloudflare URL Scanner visits an address. */
#include "cli/cli.h"
#include "cli/complain.h"

enum exit_status scan_run(struct cli *cli)
{
    (void)cli;
    complain("not built yet");
    return EXIT_TROUBLE;
}
