/* The baselines of a run: the one that silences findings, and the one that is written. */
#include <errno.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/known.h"
#include "cli/load.h"
#include "cli/signals.h"

static enum exit_status out_of_memory(void)
{
    complain("out of memory");
    return EXIT_TROUBLE;
}

/* *baseline becomes what the file says; where `may_be_missing` it may not be there, and nothing is known. */
static enum exit_status read_baseline(struct har_baseline **baseline, const char *path, bool regular, bool may_be_missing)
{
    struct har_buffer text;
    struct stat info;
    struct har_place place = {0};
    struct har_error error = {0};
    enum exit_status status = EXIT_DONE;
    *baseline = har_baseline_new();
    if (!*baseline)
        return out_of_memory();
    har_buffer_init(&text, HAR_BASELINE_MOST + 1);
    int errnum = load_file(path, regular, HAR_BASELINE_MOST, &text, &info);
    if (errnum == ENOMEM) {
        status = out_of_memory();
    } else if (errnum != 0 && !(errnum == ENOENT && may_be_missing)) {
        complain("%s: cannot read the baseline: %s", path, strerror(errnum));
        status = EXIT_TROUBLE;
    } else if (errnum == 0 && har_baseline_parse(*baseline, text.len > 0 ? text.data : "", text.len, &place, &error) != HAR_OK) {
        status = load_complain(path, &place, &error);
    }
    har_buffer_release(&text);
    return status;
}

enum exit_status known_open(struct cli *cli)
{
    const struct options *options = &cli->options;
    const char *written = options->write_baseline;
    const char *known = options->baseline ? options->baseline : cli->config.baseline;
    enum exit_status status = EXIT_DONE;
    if (known) {
        /* The first time that a baseline is written there is none to know. */
        bool missing = written && (!options->baseline || strcmp(known, written) == 0);
        status = read_baseline(&cli->known, known, !options->baseline, missing);
    }
    if (status != EXIT_DONE || !written)
        return status;
    struct har_baseline *old = NULL;
    status = read_baseline(&old, written, true, true);
    har_baseline_free(old);
    if (status == EXIT_DONE && !(cli->noted = har_baseline_new()))
        status = out_of_memory();
    return status;
}

/* What is written by then, with what was noted in its place. */
static enum exit_status write_merged(const struct cli *cli, struct har_baseline *baseline)
{
    const char *path = cli->options.write_baseline;
    struct har_error error = {0};
    struct har_sink *sink = NULL;
    enum har_status status = har_baseline_merge(baseline, cli->noted, &error);
    if (status == HAR_OK)
        status = har_sink_file(&sink, path, cli->options.settings, &error);
    if (status == HAR_OK) {
        har_sink_set_coding(sink, NULL);
        status = har_baseline_write(baseline, sink, &error);
    }
    if (status == HAR_OK)
        status = har_sink_commit(sink, &error);
    har_sink_free(sink);
    if (status == HAR_OK)
        return EXIT_DONE;
    complain("%s: cannot write the baseline: %s", path, error.text);
    return EXIT_TROUBLE;
}

enum exit_status known_write(struct cli *cli, enum exit_status status)
{
    struct har_baseline *baseline = NULL;
    if (!cli->noted || har_baseline_inputs(cli->noted) == 0 || *signals_flag() != 0)
        return status;
    enum exit_status written = read_baseline(&baseline, cli->options.write_baseline, true, true);
    if (written == EXIT_DONE)
        written = write_merged(cli, baseline);
    har_baseline_free(baseline);
    return written > status ? written : status;
}

void known_close(struct cli *cli)
{
    har_baseline_free(cli->known);
    har_baseline_free(cli->noted);
    cli->known = cli->noted = NULL;
}
