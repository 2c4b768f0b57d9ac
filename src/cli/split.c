/* --split: one capture into a folder of numbered files, and an index that is written last. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/signals.h"
#include "cli/targets.h"
#include "cli/write.h"

enum { WIDTH_LEAST = 4 };

static const char index_name[] = "index.json";

struct splitting {
    struct writing writing;
    struct har_split_args args;
    struct har_split *split;
    const char *folder;
    bool made_folder;
    const char *ending; /* of the files, with its dot; `ending_len` bytes */
    int ending_len;
    uint64_t parts;
    int width;            /* digits of their numbers */
    unsigned char *begun; /* per part: its file may exist */
    bool indexed;         /* and so may the index */
    int spool;            /* of what was merged; -1: nothing was */
};

/* "page", "host", or a number of entries. */
static bool read_how(const char *text, struct har_split_args *args)
{
    char *rest = NULL;
    args->by = HAR_SPLIT_BY_COUNT;
    if (strcmp(text, "page") == 0 || strcmp(text, "host") == 0) {
        args->by = *text == 'p' ? HAR_SPLIT_BY_PAGE : HAR_SPLIT_BY_HOST;
        return true;
    }
    errno = 0;
    args->entries = *text >= '0' && *text <= '9' ? strtoull(text, &rest, 10) : 0;
    if (args->entries > 0 && !*rest && errno == 0)
        return true;
    complain("option '--split' takes page, host or a number of entries, not '%s'", text);
    return false;
}

static void count_parts(struct splitting *splitting)
{
    splitting->parts = har_split_parts(splitting->split);
    splitting->width = 0;
    for (uint64_t most = splitting->parts; most; most /= 10)
        splitting->width++;
    if (splitting->width < WIDTH_LEAST)
        splitting->width = WIDTH_LEAST;
}

/* The name of a part's file, to be freed. NULL when memory is short. */
static char *part_path(const struct splitting *splitting, uint64_t part)
{
    const size_t len = strlen(splitting->folder);
    char *path = NULL;
    if (asprintf(&path, "%s%s%0*" PRIu64 "%.*s", splitting->folder, splitting->folder[len - 1] == '/' ? "" : "/", splitting->width,
                 part + 1, splitting->ending_len, splitting->ending) < 0)
        return NULL;
    return path;
}

static char *index_path(const struct splitting *splitting)
{
    const size_t len = strlen(splitting->folder);
    char *path = NULL;
    if (asprintf(&path, "%s%s%s", splitting->folder, splitting->folder[len - 1] == '/' ? "" : "/", index_name) < 0)
        return NULL;
    return path;
}

static bool fail(struct splitting *splitting, const char *what, const char *why, enum exit_status status)
{
    complain("%s: %s", what, why);
    run_worsen(&splitting->writing.run, status);
    return false;
}

/* Whether a split writes files of such a name. */
static bool is_part(const struct splitting *splitting, const char *name)
{
    const size_t digits = strspn(name, "0123456789");
    return digits >= WIDTH_LEAST && strlen(name + digits) == (size_t)splitting->ending_len &&
           memcmp(name + digits, splitting->ending, (size_t)splitting->ending_len) == 0;
}

/* Parts of another split must not be taken for those of this one. */
static bool check_folder(struct splitting *splitting)
{
    DIR *folder = opendir(splitting->folder);
    const struct dirent *entry = NULL;
    bool fine = true;
    if (!folder)
        return errno == ENOENT || fail(splitting, splitting->folder, strerror(errno), EXIT_TROUBLE);
    while (fine && (entry = readdir(folder))) {
        fine = strcmp(entry->d_name, index_name) != 0 && !is_part(splitting, entry->d_name);
        if (!fine)
            complain("%s: holds %s, which a split wrote: remove the old files, or name another folder", splitting->folder,
                     entry->d_name);
    }
    closedir(folder);
    if (!fine)
        run_worsen(&splitting->writing.run, EXIT_USAGE);
    return fine;
}

static enum har_status open_part(void *user, uint64_t part, struct har_sink **sink, struct har_error *error)
{
    struct splitting *splitting = user;
    char *path = part_path(splitting, part);
    if (!path)
        return har_error_memory(error);
    splitting->begun[part] = 1;
    const enum har_status status = har_sink_file(sink, path, splitting->args.settings, error);
    if (status == HAR_OK && splitting->writing.redacting.private)
        har_sink_set_private(*sink);
    free(path);
    return status;
}

/* All inputs as one, in a file that only this process sees. */
static bool spool_merged(struct splitting *splitting)
{
    struct writing *writing = &splitting->writing;
    const struct options *options = &writing->run.cli->options;
    struct har_option row[3] = {{"indent", "0"}, {NULL, NULL}, {NULL, NULL}};
    struct har_sink *sink = NULL;
    struct har_error error = {0};
    if (!options->keep_order && !options->no_normalize)
        row[1].name = "sort";
    splitting->spool = writing_spool(writing);
    if (splitting->spool < 0)
        return false;
    if (har_sink_descriptor(&sink, splitting->spool, false, options->settings, &error) != HAR_OK)
        return fail(splitting, "a temporary file", error.text, EXIT_TROUBLE);
    const bool done = merge_inputs(writing, har_writer_find("har"), row, sink, "a temporary file");
    har_sink_free(sink);
    return done;
}

/* One reading of the input. Findings are told by the first one only; what was merged is finished already. */
static bool read_once(struct splitting *splitting, bool first, bool merged)
{
    struct writing *writing = &splitting->writing;
    struct run quiet = {.cli = writing->run.cli};
    struct har_output output = har_split_output(splitting->split);
    struct har_job job = {.outputs = &output, .output_count = 1};
    struct har_summary summary;
    struct input input = {.display = merged ? "the merged inputs" : writing->inputs.list[0].display};
    char path[32];
    if (splitting->spool >= 0) {
        snprintf(path, sizeof path, "/dev/fd/%d", splitting->spool);
        input.path = path;
    } else {
        input = writing->inputs.list[0]; /* borrowed */
    }
    enum har_status status;
    if (merged) {
        job.format = har_format_find("har");
        status = run_input(&quiet, &input, &job, &summary);
    } else {
        status = writing_run(writing, first ? &writing->run : &quiet, &input, &job, &summary);
    }
    run_worsen(&writing->run, quiet.status);
    if (status == HAR_FAILED)
        writing_tell_broken(writing, &input, false);
    if (status != HAR_FATAL && first && !merged)
        writing_summarize(writing, &summary);
    return status == HAR_OK && run_goes_on(&writing->run);
}

/* {"split": "host", "parts": [{"file": "0001.har", "host": "cdn.example", "entries": 12, "first": "2026-..."}]} */
static bool append_part(const struct splitting *splitting, uint64_t part, struct har_buffer *out)
{
    static const char *const keys[] = {[HAR_SPLIT_BY_PAGE] = "page", [HAR_SPLIT_BY_HOST] = "host", [HAR_SPLIT_BY_COUNT] = NULL};
    const char *key = keys[splitting->args.by];
    char *path = part_path(splitting, part);
    struct har_split_part info;
    if (!path || !har_split_part(splitting->split, part, &info)) {
        free(path);
        return false;
    }
    har_buffer_printf(out, "%s\n    {\"file\": \"%s\", ", part ? "," : "", strrchr(path, '/') + 1);
    if (key && info.named) {
        har_buffer_printf(out, "\"%s\": \"", key);
        har_buffer_append(out, info.name.bytes, info.name.len);
        har_buffer_append_text(out, "\", ");
    } else if (key) {
        har_buffer_printf(out, "\"%s\": null, ", key);
    }
    har_buffer_printf(out, "\"entries\": %" PRIu64, info.entries);
    if (*info.first)
        har_buffer_printf(out, ", \"first\": \"%s\"", info.first);
    free(path);
    return har_buffer_append_char(out, '}') && !out->failed;
}

static enum har_status put_index(const struct splitting *splitting, struct har_sink *sink, struct har_error *error)
{
    static const char *const names[] = {[HAR_SPLIT_BY_PAGE] = "\"page\"", [HAR_SPLIT_BY_HOST] = "\"host\""};
    struct har_buffer text;
    enum har_status status = HAR_OK;
    har_buffer_init(&text, SIZE_MAX / 2);
    if (splitting->args.by == HAR_SPLIT_BY_COUNT)
        har_buffer_printf(&text, "{\n  \"split\": %" PRIu64 ",\n  \"parts\": [", splitting->args.entries);
    else
        har_buffer_printf(&text, "{\n  \"split\": %s,\n  \"parts\": [", names[splitting->args.by]);
    for (uint64_t i = 0; i < splitting->parts && status == HAR_OK; i++) {
        if (!append_part(splitting, i, &text))
            status = har_error_memory(error);
        else
            status = har_sink_write(sink, HAR_SECTION_HEAD, text.data, text.len, error);
        har_buffer_clear(&text);
    }
    har_buffer_release(&text);
    if (status == HAR_OK)
        status = har_sink_write(sink, HAR_SECTION_HEAD, "\n  ]\n}\n", 7, error);
    return status == HAR_OK ? har_sink_commit(sink, error) : status;
}

static bool write_index(struct splitting *splitting)
{
    struct har_sink *sink = NULL;
    struct har_error error = {0};
    splitting->indexed = true;
    char *path = index_path(splitting);
    enum har_status status = path ? har_sink_file(&sink, path, splitting->args.settings, &error) : har_error_memory(&error);
    if (status == HAR_OK)
        status = put_index(splitting, sink, &error);
    har_sink_free(sink);
    if (status != HAR_OK)
        fail(splitting, path ? path : index_name, error.text, EXIT_TROUBLE);
    free(path);
    return status == HAR_OK;
}

static void remove_file(char *path)
{
    if (path)
        unlink(path);
    free(path);
}

/* What is in place already goes again, the index first: none of the names was taken before. */
static void undo(struct splitting *splitting)
{
    if (splitting->indexed)
        remove_file(index_path(splitting));
    for (uint64_t i = 0; splitting->begun && i < splitting->parts; i++)
        if (splitting->begun[i])
            remove_file(part_path(splitting, i));
    if (splitting->made_folder)
        rmdir(splitting->folder);
}

static bool write_parts(struct splitting *splitting, bool merged)
{
    if (mkdir(splitting->folder, 0777) == 0)
        splitting->made_folder = true;
    else if (errno != EEXIST)
        return fail(splitting, splitting->folder, strerror(errno), EXIT_TROUBLE);
    count_parts(splitting);
    splitting->begun = calloc((size_t)splitting->parts, 1);
    if (!splitting->begun)
        return fail(splitting, splitting->folder, "out of memory", EXIT_TROUBLE);
    while (har_split_left(splitting->split))
        if (!read_once(splitting, false, merged))
            return false;
    return write_index(splitting);
}

static void tell_sizes(const struct splitting *splitting)
{
    struct stat info;
    for (uint64_t i = 0; splitting->writing.page && i < splitting->parts; i++) {
        char *path = part_path(splitting, i);
        if (path && stat(path, &info) == 0)
            writing_tell_size(&splitting->writing, path, (uint64_t)info.st_size);
        free(path);
    }
}

static bool split_inputs(struct splitting *splitting)
{
    struct writing *writing = &splitting->writing;
    const struct options *options = &writing->run.cli->options;
    const bool merged = options->merge && writing->inputs.count > 1;
    struct har_error error = {0};
    if (!check_folder(splitting))
        return false;
    if (!redacting_begin(writing, 0, writing->inputs.count))
        return false;
    if (merged ? !spool_merged(splitting) : !writing_hold(writing, &writing->inputs.list[0], false))
        return false;
    splitting->args.redaction = writing->redacting.now;
    splitting->args.writer = writing->writer;
    splitting->args.options = writing->options;
    if (har_split_new(&splitting->split, &splitting->args, &error) != HAR_OK)
        return fail(splitting, splitting->folder, error.text, EXIT_TROUBLE);
    if (!read_once(splitting, true, merged) || !write_parts(splitting, merged))
        return false;
    tell_sizes(splitting);
    return true;
}

enum exit_status split_run(struct cli *cli, const struct har_writer *writer)
{
    const struct options *options = &cli->options;
    struct splitting splitting = {.folder = options->output, .ending = writer->extensions ? writer->extensions : "", .spool = -1};
    struct writing *writing = &splitting.writing;
    bool done = false;
    splitting.ending_len = (int)strcspn(splitting.ending, " ");
    splitting.args = (struct har_split_args){
        .size = sizeof splitting.args, .settings = options->settings, .open = open_part, .user = &splitting};
    if (!read_how(options->split, &splitting.args))
        return EXIT_USAGE;
    if (writing_open(writing, cli, writer, false, false) && writing->run.status < EXIT_TROUBLE && writing->inputs.count > 0) {
        if (writing->inputs.count > 1 && !options->merge) {
            complain("%zu inputs and one split: split them one by one, or give --merge", writing->inputs.count);
            run_worsen(&writing->run, EXIT_USAGE);
        } else {
            done = split_inputs(&splitting);
        }
    }
    har_split_free(splitting.split);
    if (writing->inputs.count > 0)
        redacting_end(writing, 0, writing->inputs.count, options->merge ? splitting.folder : writing->inputs.list[0].display, done);
    if (!done)
        undo(&splitting);
    free(splitting.begun);
    if (splitting.spool >= 0)
        close(splitting.spool);
    return writing_close(writing);
}
