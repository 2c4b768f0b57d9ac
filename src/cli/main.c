/* harmill: finds the command, reads its options, runs it, and makes sure that the output arrived. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/cloudflare.h"
#include "cli/complain.h"
#include "cli/configure.h"
#include "cli/known.h"
#include "cli/run.h"
#include "cli/signals.h"

static void print_version(void)
{
    printf("harmill %s\n%s\n", har_version(), har_version_libraries());
}

/* The first word is no command: says what was probably meant, and runs nothing. */
static enum exit_status complain_command(const char *word)
{
    bool option = word[0] == '-' && word[1];
    if (option && word[1] == '-') {
        for (const struct option_row *row = option_rows; row->name; row++) {
            if (strncmp(word + 2, row->name, strlen(row->name)) == 0 && strchr("=", word[2 + strlen(row->name)])) {
                complain("the command comes first: harmill COMMAND --%s", row->name);
                return EXIT_USAGE;
            }
        }
    }
    if (option)
        complain("unknown option '%s'; see: harmill --help", word);
    else if (strcmp(word, "-") == 0 || strpbrk(word, "./:") || access(word, F_OK) == 0)
        complain("'%s' is no command; try: harmill info %s", word, word);
    else
        words_complain(WORDS_COMMAND, word);
    return EXIT_USAGE;
}

/* Inputs are judged by the configuration and the baselines, whatever is done with them. */
static enum exit_status run_reader(struct cli *cli)
{
    enum exit_status status = configure(cli);
    if (status == EXIT_DONE)
        status = known_open(cli);
    if (status == EXIT_DONE)
        status = known_write(cli, cli->command->run(cli));
    known_close(cli);
    har_config_release(&cli->config);
    return status;
}

static enum exit_status run_command(struct cli *cli, int argc, char **argv)
{
    if (!options_init(&cli->options, argc)) {
        complain("out of memory");
        return EXIT_TROUBLE;
    }
    if (!options_parse(&cli->options, cli->command, argc, argv))
        return cli->options.short_of_memory ? EXIT_TROUBLE : EXIT_USAGE;
    if (cli->options.version)
        print_version();
    else if (cli->options.help)
        return help_print(stdout, cli->command) ? EXIT_DONE : EXIT_TROUBLE;
    else if (run_set_spool_dir(cli->options.settings) && run_set_now(cli->options.settings))
        return cli->command->bit & FOR_READERS ? run_reader(cli) : cli->command->run(cli);
    else
        return EXIT_TROUBLE;
    return EXIT_DONE;
}

static enum exit_status run_program(struct cli *cli, int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    if (!word) {
        help_print(stderr, NULL);
        return EXIT_USAGE;
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        print_version();
        return EXIT_DONE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        return help_print(stdout, NULL) ? EXIT_DONE : EXIT_TROUBLE;
    }
    cli->command = command_find(word);
    if (!cli->command)
        return complain_command(word);
    return run_command(cli, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
    struct cli cli = {0};
    if (!output_reserve_descriptors())
        return EXIT_TROUBLE;
    har_alloc_install();
    signals_install();
    output_init(&cli.out, stdout, "stdout");

    enum exit_status status = run_program(&cli, argc, argv);
    cloudflare_close(&cli);
    options_release(&cli.options);
    if (!output_flush(&cli.out) && cli.out.errnum != EPIPE) {
        complain("cannot write to stdout: %s", strerror(cli.out.errnum));
        status = EXIT_TROUBLE;
    }
    signals_die();
    if (cli.out.errnum == EPIPE)
        signals_die_of_pipe();
    return status;
}
