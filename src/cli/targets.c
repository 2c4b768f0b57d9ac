/* Where outputs go. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "cli/complain.h"
#include "cli/targets.h"

bool targets_is_folder(const char *path)
{
    struct stat info;
    size_t len = strlen(path);
    return (len > 0 && path[len - 1] == '/') || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
}

/* How many of the first `len` bytes of `name` are left without an ending of the blank-separated `list`. */
static size_t without_ending(const char *name, size_t len, const char *list)
{
    while (list && *list) {
        size_t ending = strcspn(list, " ");
        if (ending > 0 && len > ending && strncasecmp(name + len - ending, list, ending) == 0)
            return len - ending;
        list += ending;
        list += strspn(list, " ");
    }
    return len;
}

/* The length of a file's name without the endings of a coding and of a format. */
static size_t stem(const char *name)
{
    size_t len = strlen(name);
    for (const struct har_coding *const *coding = har_codings(); *coding; coding++) {
        size_t shorter = without_ending(name, len, (*coding)->suffixes);
        if (shorter < len) {
            len = shorter;
            break;
        }
    }
    for (const struct har_format *const *format = har_formats(); *format; format++) {
        size_t shorter = without_ending(name, len, (*format)->extensions);
        if (shorter < len)
            return shorter;
    }
    return len;
}

static char *join(const char *folder, const char *name, int len, const char *ending, int ending_len)
{
    const bool ends = folder[strlen(folder) - 1] == '/';
    char *path = NULL;
    return asprintf(&path, "%s%s%.*s%.*s", folder, ends ? "" : "/", len, name, ending_len, ending) < 0 ? NULL : path;
}

/* The name of an input's output in `folder`. NULL when memory is short. */
static char *name_in_folder(const char *folder, const struct input *input, const struct har_writer *writer, bool keep)
{
    const char *from = input->name ? input->name : input->display;
    const char *slash = strrchr(from, '/');
    const char *name = slash ? slash + 1 : from;
    if (!writer)
        return join(folder, name, (int)strlen(name), "", 0);
    const char *ending = writer->extensions ? writer->extensions : "";
    const struct har_format *format = har_format_for_path(from);
    keep = keep && (!format || strcmp(format->name, writer->name) == 0);         /* a HAR is not called .xml */
    const size_t archived = without_ending(name, strlen(name), ".har.zip .zip"); /* an archive that came through a pipe */
    bool whole = keep && (!input->is_stdin || strchr(name, '.')) && !name[archived];
    size_t len = keep || name[archived] ? archived : stem(name);
    int ending_len = whole ? 0 : (int)strcspn(ending, " ");
    return join(folder, name, (int)len, ending, ending_len);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Two inputs must not overwrite each other's output. */
static enum exit_status check_equal(char *const *targets, size_t count)
{
    char **sorted = count > 1 ? calloc(count, sizeof(*sorted)) : NULL;
    enum exit_status status = EXIT_DONE;
    if (count > 1 && !sorted) {
        complain("out of memory");
        return EXIT_TROUBLE;
    }
    if (sorted) {
        memcpy(sorted, targets, count * sizeof(*sorted));
        qsort(sorted, count, sizeof(*sorted), compare_paths);
    }
    for (size_t i = 1; i < count && status == EXIT_DONE; i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0) {
            complain("two inputs would both be written to %s", sorted[i]);
            status = EXIT_USAGE;
        }
    }
    free(sorted);
    return status;
}

/* A backup must not replace what is still to be read, or was just written. */
static enum exit_status check_backups(char *const *targets, size_t count, const char *suffix)
{
    const size_t width = strlen(suffix);
    for (size_t i = 0; i < count; i++) {
        const size_t len = strlen(targets[i]);
        const bool like = len > width && strcmp(targets[i] + len - width, suffix) == 0;
        for (size_t k = 0; like && k < count; k++)
            if (strlen(targets[k]) == len - width && memcmp(targets[k], targets[i], len - width) == 0) {
                complain("the backup of %s would replace %s, which is an input, too", targets[k], targets[i]);
                return EXIT_USAGE;
            }
    }
    return EXIT_DONE;
}

enum exit_status targets_make_folder(const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return EXIT_DONE;
    complain("%s: cannot make the folder: %s", path, strerror(errno));
    return EXIT_TROUBLE;
}

static enum exit_status check_count(const struct inputs *inputs, const struct options *options, bool folder, bool merges)
{
    for (size_t i = 0; i < inputs->count && options->in_place; i++) {
        if (inputs->list[i].is_stdin) {
            complain("stdin cannot be changed in place");
            return EXIT_USAGE;
        }
        if (inputs->list[i].contained) {
            complain("%s: an archive cannot be changed in place; give --output", inputs->list[i].path);
            return EXIT_USAGE;
        }
    }
    if (inputs->count <= 1 || folder || options->in_place)
        return EXIT_DONE;
    complain("%zu inputs and one output: give -o DIR/ to write one file for each%s", inputs->count, merges ? ", or --merge" : "");
    return EXIT_USAGE;
}

enum exit_status targets_plan(char ***targets, const struct inputs *inputs, const struct options *options,
                              const struct har_writer *writer, bool keep_names)
{
    const char *output = options->output;
    bool to_stdout = !output || strcmp(output, "-") == 0;
    bool folder = !to_stdout && targets_is_folder(output);
    *targets = calloc(inputs->count + 1, sizeof(**targets));
    if (!*targets) {
        complain("out of memory");
        return EXIT_TROUBLE;
    }
    enum exit_status status = check_count(inputs, options, folder, writer != NULL);
    if (status != EXIT_DONE || (to_stdout && !options->in_place))
        return status;
    for (size_t i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->list[i];
        char *path = NULL;
        if (folder)
            path = name_in_folder(output, input, writer, keep_names);
        else
            path = strdup(options->in_place ? input->path : output);
        if (!path) {
            complain("out of memory");
            return EXIT_TROUBLE;
        }
        (*targets)[i] = path;
    }
    status = check_equal(*targets, inputs->count);
    if (status == EXIT_DONE && options->backup)
        status = check_backups(*targets, inputs->count, options->backup);
    return status == EXIT_DONE && folder ? targets_make_folder(output) : status;
}

void targets_free(char **targets, size_t count)
{
    for (size_t i = 0; targets && i < count; i++)
        free(targets[i]);
    free(targets);
}
