/* The peer for reading with jansson: loads a file as most programs do and says whether it is JSON. */
#include <jansson.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    json_error_t error;
    json_t *root = json_load_file(argv[1], JSON_ALLOW_NUL, &error);
    if (!root) {
        fprintf(stderr, "%s: line %d: %s\n", argv[1], error.line, error.text);
        return 1;
    }
    json_decref(root);
    return 0;
}
