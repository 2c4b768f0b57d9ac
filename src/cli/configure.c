/* The configuration: which file it is, and what it changes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/configure.h"
#include "cli/load.h"

static const char file_name[] = ".harmill.json", repository_name[] = ".git";

static enum exit_status out_of_memory(void)
{
    complain("out of memory");
    return EXIT_TROUBLE;
}

/* FOLDER/NAME, the caller's; NULL when memory is short. */
static char *join(const char *folder, size_t len, const char *name)
{
    char *path = NULL;
    return asprintf(&path, "%.*s/%s", (int)len, folder, name) < 0 ? NULL : path;
}

/* Looks from the working directory up to the first folder that is a repository. Where there is none, only in the working directory:
 * what lies above it need not belong together. *found is NULL when there is no file. */
static enum exit_status find_file(char **found)
{
    struct stat info;
    char *folder = getcwd(NULL, 0), *nearest = NULL;
    *found = NULL;
    if (!folder)
        return errno == ENOMEM ? out_of_memory() : EXIT_DONE; /* the working directory was removed */
    size_t whole = strcmp(folder, "/") == 0 ? 0 : strlen(folder), len = whole;
    bool here = false, root = false, short_of_memory = false;
    while (!root && !short_of_memory) {
        char *file = join(folder, len, file_name), *repository = join(folder, len, repository_name);
        short_of_memory = !file || !repository;
        if (!short_of_memory && !nearest && lstat(file, &info) == 0) {
            nearest = file;
            file = NULL;
            here = len == whole;
        }
        root = !short_of_memory && lstat(repository, &info) == 0;
        free(file);
        free(repository);
        if (len == 0)
            break;
        while (folder[len - 1] != '/')
            len--;
        len--;
    }
    free(folder);
    if (!short_of_memory && (root || here)) {
        *found = nearest;
        return EXIT_DONE;
    }
    free(nearest);
    return short_of_memory ? out_of_memory() : EXIT_DONE;
}

/* A file that somebody else put above the working directory is not the project's. Checkouts of containers belong to one user as a
 * whole, who need not be the one that runs. */
static bool is_ours(const struct stat *info)
{
    struct stat here;
    return info->st_uid == geteuid() || info->st_uid == 0 || (stat(".", &here) == 0 && here.st_uid == info->st_uid);
}

/* `named`: somebody asked for this very file. */
static enum exit_status read_file(struct cli *cli, const char *path, bool named)
{
    struct har_buffer text;
    struct stat info;
    struct har_place place = {0};
    struct har_error error = {0};
    enum exit_status status = EXIT_DONE;
    har_buffer_init(&text, HAR_CONFIG_MOST + 1);
    int errnum = load_file(path, !named, HAR_CONFIG_MOST, &text, &info);
    if (errnum == ENOMEM) {
        status = out_of_memory();
    } else if (errnum != 0) {
        complain("%s: cannot read the configuration: %s", path, strerror(errnum));
        status = EXIT_TROUBLE;
    } else if (!named && !is_ours(&info)) {
        complain("%s: belongs to another user and is not used; --config names it all the same", path);
    } else if (har_config_parse(&cli->config, text.len > 0 ? text.data : "", text.len, &place, &error) != HAR_OK) {
        status = load_complain(path, &place, &error);
    } else if (cli->options.verbose) {
        complain("configuration: %s", path);
    }
    har_buffer_release(&text);
    return status;
}

/* The path of the baseline begins in the folder of the configuration. */
static bool place_baseline(struct har_config *config, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!config->baseline || !slash)
        return true;
    char *placed = join(path, (size_t)(slash - path), config->baseline);
    free(config->baseline);
    config->baseline = placed;
    return placed != NULL;
}

static enum exit_status find_and_read(struct cli *cli)
{
    const struct options *options = &cli->options;
    const char *variable = getenv("HARMILL_CONFIG");
    const char *named = options->config ? options->config : variable && *variable ? variable : NULL;
    char *found = NULL;
    if (options->config && options->no_config) {
        complain("give either --config or --no-config");
        return EXIT_USAGE;
    }
    if (options->no_config)
        return EXIT_DONE;
    enum exit_status status = named ? EXIT_DONE : find_file(&found);
    const char *path = named ? named : found;
    if (status == EXIT_DONE && path)
        status = read_file(cli, path, named != NULL);
    if (status == EXIT_DONE && path && !place_baseline(&cli->config, path))
        status = out_of_memory();
    free(found);
    return status;
}

enum exit_status configure(struct cli *cli)
{
    struct options *options = &cli->options;
    const struct har_config *config = &cli->config;
    enum exit_status status = find_and_read(cli);
    if (status != EXIT_DONE)
        return status;
    har_config_apply(config, &options->choice, options->settings);
    if (config->most_given && !options->most_given)
        options->most = config->most;
    /* Commands that write have a default of their own, which only their own command line changes. */
    if (config->fail_on_given && !options->fail_on_given)
        options->fail_on = config->fail_on;
    return EXIT_DONE;
}
