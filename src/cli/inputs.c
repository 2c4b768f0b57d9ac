/* Expands folders, lists of names and archives. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cloudflare.h"
#include "cli/complain.h"
#include "cli/inputs.h"
#include "cli/overwrite.h"

enum { FOLDER_DEPTH_MOST = 64 };

static const char *const endings[] = {".har", ".har.gz", ".har.zst", ".zhar", ".har.zip"};
static const char endings_text[] = "*.har, *.har.gz, *.har.zst, *.zhar or *.har.zip";

static bool fail(struct inputs *inputs, enum exit_status status)
{
    if (inputs->status < status)
        inputs->status = status;
    return false;
}

static void input_release(struct input *input)
{
    free(input->path);
    free(input->contained);
    free(input->own_display);
    free(input->name);
    free(input->failed);
    if (input->spool)
        close(input->spool);
}

/* Takes over `path`, which may be NULL when memory was short. */
static bool add(struct inputs *inputs, char *path, const char *stdin_name)
{
    if (path && inputs->count == inputs->cap) {
        size_t cap = inputs->cap ? inputs->cap * 2 : 16;
        struct input *list = reallocarray(inputs->list, cap, sizeof(*list));
        if (list) {
            inputs->list = list;
            inputs->cap = cap;
        }
    }
    if (!path || inputs->count == inputs->cap) {
        free(path);
        complain("out of memory");
        return fail(inputs, EXIT_TROUBLE);
    }
    struct input *input = &inputs->list[inputs->count++];
    *input = (struct input){.path = path, .display = path, .is_stdin = strcmp(path, "-") == 0};
    if (input->is_stdin)
        input->display = stdin_name ? stdin_name : "stdin";
    return true;
}

/* ---- archives */

struct expansion {
    struct inputs *inputs;
    const char *path;
    const struct har_reader *reader;
    bool done; /* memory was enough */
};

/* A capture of the archive becomes an input of its own. */
static bool add_contained(void *user, const char *input, struct har_text name)
{
    struct expansion *expansion = user;
    struct inputs *inputs = expansion->inputs;
    char *contained = strdup(input), *display = NULL;
    if (asprintf(&display, "%s/%.*s", expansion->path, (int)name.len, name.bytes) < 0)
        display = NULL;
    expansion->done = add(inputs, contained && display ? strdup(expansion->path) : NULL, NULL);
    if (!expansion->done) {
        free(contained);
        free(display);
        return false;
    }
    struct input *added = &inputs->list[inputs->count - 1];
    added->reader = expansion->reader;
    added->contained = contained;
    added->display = added->own_display = display;
    return true;
}

/* How outputs are called: after the archive, with a number where it holds several. Names in it are data. */
static bool name_contained(struct inputs *inputs, size_t from)
{
    static const char ending[] = ".zip";
    const size_t count = inputs->count - from;
    for (size_t i = 0; i < count; i++) {
        struct input *input = &inputs->list[from + i];
        const char *slash = strrchr(input->path, '/');
        const char *name = slash ? slash + 1 : input->path;
        size_t len = strlen(name);
        char number[24] = "";
        if (len > strlen(ending) && strcasecmp(name + len - strlen(ending), ending) == 0)
            len -= strlen(ending);
        if (len > 4 && strncasecmp(name + len - 4, ".har", 4) == 0)
            len -= 4;
        if (count > 1)
            snprintf(number, sizeof(number), "-%zu", i + 1);
        if (asprintf(&input->name, "%.*s%s.har", (int)len, name, number) < 0) {
            input->name = NULL;
            return add(inputs, NULL, NULL);
        }
    }
    return true;
}

/* An input that can only be told to have failed. Takes over `path`. */
static bool add_failed(struct inputs *inputs, char *path, const struct har_error *error)
{
    struct har_error *failed = malloc(sizeof(*failed));
    if (failed)
        *failed = *error;
    if (!failed)
        free(path);
    if (!add(inputs, failed ? path : NULL, NULL)) {
        free(failed);
        return false;
    }
    inputs->list[inputs->count - 1].failed = failed;
    return true;
}

/* Takes over `path`. A damaged archive is an input like others: reading it makes a finding. */
static bool add_file(struct inputs *inputs, char *path)
{
    const struct har_reader *zip = har_reader_find("zip");
    struct expansion expansion = {.inputs = inputs, .path = path, .reader = zip, .done = true};
    struct har_error error = {0};
    struct stat info;
    const size_t before = inputs->count;
    if (!path || !zip || !zip->list || stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return add(inputs, path, NULL);
    const enum har_status status = zip->list(path, add_contained, &expansion, &error);
    if (status == HAR_OK && expansion.done) {
        free(path);
        inputs->several |= inputs->count - before > 1;
        return name_contained(inputs, before);
    }
    while (inputs->count > before)
        input_release(&inputs->list[--inputs->count]);
    if (!expansion.done) {
        free(path);
        return false;
    }
    if (status == HAR_FATAL && (error.domain == HAR_DOMAIN_SYSTEM || error.domain == HAR_DOMAIN_MEMORY))
        return add_failed(inputs, path, &error);
    return add(inputs, path, NULL);
}

/* ---- folders and lists */

static bool is_capture(const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t ending = strlen(endings[i]);
        if (len > ending && strcasecmp(name + len - ending, endings[i]) == 0)
            return true;
    }
    return false;
}

static int is_no_dot(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* By bytes: the order must not depend on the locale. */
static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool add_folder(struct inputs *inputs, const char *path, unsigned depth);

/* A folder's entry: a folder is walked unless it is a link (which could lead in circles), a file is taken by its name. */
static bool add_entry(struct inputs *inputs, const char *folder, const char *name, unsigned depth)
{
    struct stat info;
    char *path = NULL;
    size_t len = strlen(folder);
    if (asprintf(&path, "%s%s%s", folder, len > 0 && folder[len - 1] == '/' ? "" : "/", name) < 0)
        return add(inputs, NULL, NULL);
    bool done = true;
    bool known = lstat(path, &info) == 0;
    if (known && S_ISDIR(info.st_mode))
        done = add_folder(inputs, path, depth + 1);
    else if (known && is_capture(name) && stat(path, &info) == 0 && S_ISREG(info.st_mode))
        return add_file(inputs, path);
    free(path);
    return done;
}

/* False only when memory is short: what cannot be read is told, and the others are still read. */
static bool add_folder(struct inputs *inputs, const char *path, unsigned depth)
{
    struct dirent **entries = NULL;
    if (depth > FOLDER_DEPTH_MOST) {
        complain("%s: folders nested more than %d deep are not read", path, FOLDER_DEPTH_MOST);
        fail(inputs, EXIT_TROUBLE);
        return true;
    }
    int count = scandir(path, &entries, is_no_dot, compare_names);
    if (count < 0) {
        complain("%s: cannot read the folder: %s", path, strerror(errno));
        fail(inputs, EXIT_TROUBLE);
        return true;
    }
    bool done = true;
    for (int i = 0; i < count; i++) {
        done = done && add_entry(inputs, path, entries[i]->d_name, depth);
        free(entries[i]);
    }
    free(entries);
    return done;
}

/* ---- scans of the Cloudflare URL Scanner */

static bool is_remote(const char *name)
{
    const struct har_reader *reader = har_reader_for_input(name);
    return reader && reader->flags & HAR_READER_REMOTE;
}

static bool add_remote(struct inputs *inputs, const char *name, struct cli *cli)
{
    struct har_cloudflare_scan scan;
    const enum exit_status status = cloudflare_check(cli, name, &scan);
    if (status != EXIT_DONE)
        return fail(inputs, status);
    if (!add(inputs, strdup(name), NULL))
        return false;
    struct input *added = &inputs->list[inputs->count - 1];
    added->remote = cli;
    if (asprintf(&added->own_display, "cloudflare:%s", scan.id) < 0)
        added->own_display = NULL;
    if (asprintf(&added->name, "%s.har", scan.id) < 0)
        added->name = NULL;
    if (!added->own_display || !added->name)
        return add(inputs, NULL, NULL);
    added->display = added->own_display;
    return true;
}

static bool open_remote(struct inputs *inputs, struct cli *cli)
{
    bool any = false;
    for (size_t i = 0; i < inputs->count; i++)
        any |= inputs->list[i].remote != NULL;
    const enum exit_status status = any ? cloudflare_open(cli, false) : EXIT_DONE;
    return status == EXIT_DONE || fail(inputs, status);
}

/* ---- what the command line says */

static bool add_named(struct inputs *inputs, const char *name, struct cli *cli)
{
    struct stat info;
    if (strcmp(name, "-") == 0)
        return add(inputs, strdup(name), cli->options.stdin_name);
    if (is_remote(name))
        return add_remote(inputs, name, cli);
    if (stat(name, &info) != 0 || !S_ISDIR(info.st_mode))
        return add_file(inputs, strdup(name));
    size_t before = inputs->count;
    enum exit_status status = inputs->status;
    inputs->several = true;
    if (!add_folder(inputs, name, 1))
        return false;
    if (inputs->count == before && inputs->status == status) {
        complain("%s: the folder holds no %s", name, endings_text);
        fail(inputs, EXIT_TROUBLE);
    }
    return true;
}

static bool add_from_list(struct inputs *inputs, struct cli *cli)
{
    const struct options *options = &cli->options;
    bool is_stdin = strcmp(options->files_from, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(options->files_from, "re");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len = 0;
    bool done = file != NULL;
    inputs->several = true;
    while (done && (len = getdelim(&line, &cap, options->null_separated ? '\0' : '\n', file)) > 0) {
        if (!options->null_separated && line[len - 1] == '\n')
            line[--len] = '\0';
        if (len > 0 && line[len - 1] == '\r' && !options->null_separated)
            line[--len] = '\0';
        if (strlen(line) != (size_t)len && !options->null_separated) {
            complain("%s: a name holds a NUL; for a list with NULs give -0", options->files_from);
            inputs->status = EXIT_USAGE;
            done = false;
        } else if (len > 0) {
            done = add_named(inputs, line, cli);
        }
    }
    if (!file || ferror(file)) {
        complain("%s: cannot read the list of inputs: %s", options->files_from, strerror(errno));
        done = fail(inputs, EXIT_TROUBLE);
    }
    free(line);
    if (file && !is_stdin)
        fclose(file);
    return done;
}

static bool is_stdin(const char *name)
{
    return name && strcmp(name, "-") == 0;
}

/* `uses` for inputs, beside what the options use it for. */
static bool stdin_is_used_once(size_t uses, const struct options *options)
{
    uses += is_stdin(options->cloudflare.token_file) + is_stdin(options->files_from) + is_stdin(options->redact.key_file);
    if (uses > 1)
        complain("stdin can be read only once");
    return uses <= 1;
}

/* Before anything is read from it: a token must not be taken for a list of names. */
static bool stdin_is_promised_once(const struct options *options)
{
    size_t uses = options->operand_count == 0 && !options->files_from;
    for (size_t i = 0; i < options->operand_count; i++)
        uses += is_stdin(options->operands[i]);
    return stdin_is_used_once(uses, options);
}

/* A list may name it, too. */
static size_t count_stdin(const struct inputs *inputs)
{
    size_t uses = 0;
    for (size_t i = 0; i < inputs->count; i++)
        uses += inputs->list[i].is_stdin;
    return uses;
}

bool inputs_collect(struct inputs *inputs, struct cli *cli)
{
    const struct options *options = &cli->options;
    *inputs = (struct inputs){.several = options->operand_count > 1};
    if (options->null_separated && !options->files_from) {
        complain("option '--null' needs --files-from");
        return fail(inputs, EXIT_USAGE);
    }
    bool nothing = options->operand_count == 0 && !options->files_from;
    if (nothing && terminal_is(STDIN_FILENO)) {
        help_print(stderr, cli->command);
        return fail(inputs, EXIT_USAGE);
    }
    if (!stdin_is_promised_once(options))
        return fail(inputs, EXIT_USAGE);
    if (nothing && !add(inputs, strdup("-"), options->stdin_name))
        return false;
    if (options->files_from && !add_from_list(inputs, cli))
        return false;
    for (size_t i = 0; i < options->operand_count; i++)
        if (!add_named(inputs, options->operands[i], cli))
            return false;
    if (!stdin_is_used_once(count_stdin(inputs), options) || !overwrite_nothing(inputs, options))
        return fail(inputs, EXIT_USAGE);
    return open_remote(inputs, cli);
}

void inputs_release(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        input_release(&inputs->list[i]);
    free(inputs->list);
    *inputs = (struct inputs){0};
}
