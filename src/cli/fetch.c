/* harmill fetch: the exact bytes of inputs. */
#include "cli/cli.h"
#include "cli/complain.h"

enum exit_status fetch_run(struct cli *cli)
{
    (void)cli;
    complain("not built yet");
    return EXIT_TROUBLE;
}
