/* harmill schema: the schema of an output. */
#include "cli/cli.h"

#define SCHEMA_MAX HAR_MIB

enum exit_status schema_run(struct cli *cli)
{
    const struct har_schema *schema = cli->options.schema ? cli->options.schema : har_schemas()[0];
    struct har_buffer out;
    har_buffer_init(&out, SCHEMA_MAX);
    schema->append(&out);
    output_buffer(&cli->out, &out);
    har_buffer_release(&out);
    return EXIT_DONE;
}
