/* What a run writes beside its output must not be what it reads. */
#include "cli/overwrite.h"

#include <string.h>
#include <sys/stat.h>

#include "cli/complain.h"

/* Whether both are names of one file that is there. */
static bool is_same_file(const char *one, const char *other)
{
    struct stat a, b;
    return one && other && stat(one, &a) == 0 && stat(other, &b) == 0 && S_ISREG(a.st_mode) && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static bool keeps(const char *option, const char *path, const char *what, const char *read)
{
    if (!is_same_file(path, read))
        return true;
    complain("--%s %s would overwrite %s", option, path, what);
    return false;
}

static bool keeps_all(const struct inputs *inputs, const struct options *options, const char *option, const char *path)
{
    bool good = keeps(option, path, "the key", options->redact.key_file);
    for (size_t i = 0; good && i < options->redact.rules.count; i++)
        good = keeps(option, path, "the rules", options->redact.rules.text[i]);
    for (size_t i = 0; good && i < inputs->count; i++)
        if (!inputs->list[i].is_stdin && !inputs->list[i].remote)
            good = keeps(option, path, "the input", inputs->list[i].path);
    return good && keeps(option, path, "the output", options->output);
}

bool overwrite_nothing(const struct inputs *inputs, const struct options *options)
{
    bool good = !options->redact.manifest || keeps_all(inputs, options, "manifest", options->redact.manifest);
    for (size_t i = 0; good && i < options->report_count; i++)
        if (options->reports[i].path)
            good = keeps_all(inputs, options, "report", options->reports[i].path);
    return good;
}
