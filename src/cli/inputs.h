/* The inputs that a command line names, with folders and lists of names expanded. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "cli/cli.h"

struct input {
    char *path;
    const char *display; /* in findings; `path`, or what --stdin-name says */
    bool is_stdin;
};

struct inputs {
    struct input *list;
    size_t count, cap;
    bool several;            /* more than one file was meant, even if only one was there */
    enum exit_status status; /* EXIT_TROUBLE when something could not be read, which was told */
};

/* Fills *inputs. False when nothing can be done: inputs->status then is the exit status, and the reason was told. */
bool inputs_collect(struct inputs *inputs, const struct cli *cli);
void inputs_release(struct inputs *inputs);

#endif
