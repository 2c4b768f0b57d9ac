/* The peer for reading and writing with jansson: loads a file as most programs do and says whether it is JSON; with --dump it
 * prints it again, two blanks a level. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    const int dump = argc == 3 && strcmp(argv[1], "--dump") == 0;
    if (argc != 2 + dump)
        return 2;
    argv += dump;
    json_error_t error;
    json_t *root = json_load_file(argv[1], JSON_ALLOW_NUL, &error);
    if (!root) {
        fprintf(stderr, "%s: line %d: %s\n", argv[1], error.line, error.text);
        return 1;
    }
    const int failed = dump && json_dumpf(root, stdout, JSON_INDENT(2)) != 0;
    json_decref(root);
    return failed || fflush(stdout) != 0;
}
