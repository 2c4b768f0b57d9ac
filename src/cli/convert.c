/* harmill convert: any format to any writer. */
#include "cli/complain.h"
#include "cli/write.h"

enum exit_status convert_run(struct cli *cli)
{
    struct writing writing;
    const struct har_writer *writer = writing_choose(&cli->options);
    if (!writer) {
        complain("the output's name does not say what to write; give -t WRITER ('harmill list writers' names them)");
        return EXIT_USAGE;
    }
    if (!merge_check_usage(&cli->options))
        return EXIT_USAGE;
    if (cli->options.split)
        return split_run(cli, writer);
    if (cli->options.merge)
        return merge_run(cli, writer);
    if (writing_open(&writing, cli, writer, true, false))
        for (size_t i = 0; i < writing.inputs.count && run_goes_on(&writing.run); i++)
            writing_input(&writing, i);
    return writing_close(&writing);
}
