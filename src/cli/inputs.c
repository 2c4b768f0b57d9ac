/* Expands folders and lists of names. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/inputs.h"

enum { FOLDER_DEPTH_MOST = 64 };

static const char *const endings[] = {".har", ".har.gz", ".har.zst", ".zhar"};
static const char endings_text[] = "*.har, *.har.gz, *.har.zst or *.zhar";

static bool fail(struct inputs *inputs, enum exit_status status)
{
    if (inputs->status < status)
        inputs->status = status;
    return false;
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
        return add(inputs, path, NULL);
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

static bool add_named(struct inputs *inputs, const char *name, const char *stdin_name)
{
    struct stat info;
    if (strcmp(name, "-") == 0 || stat(name, &info) != 0 || !S_ISDIR(info.st_mode))
        return add(inputs, strdup(name), stdin_name);
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

static bool add_from_list(struct inputs *inputs, const struct options *options)
{
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
            done = add_named(inputs, line, options->stdin_name);
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

static bool stdin_is_used_once(const struct inputs *inputs, const struct options *options)
{
    size_t uses = options->files_from && strcmp(options->files_from, "-") == 0;
    for (size_t i = 0; i < inputs->count; i++)
        uses += inputs->list[i].is_stdin;
    if (uses > 1)
        complain("stdin can be read only once");
    return uses <= 1;
}

bool inputs_collect(struct inputs *inputs, const struct cli *cli)
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
    if (nothing && !add(inputs, strdup("-"), options->stdin_name))
        return false;
    if (options->files_from && !add_from_list(inputs, options))
        return false;
    for (size_t i = 0; i < options->operand_count; i++)
        if (!add_named(inputs, options->operands[i], options->stdin_name))
            return false;
    return stdin_is_used_once(inputs, options) || fail(inputs, EXIT_USAGE);
}

void inputs_release(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->list[i].path);
    free(inputs->list);
    *inputs = (struct inputs){0};
}
