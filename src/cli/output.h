/* Standard output, checked: a full disk or a closed pipe never goes unnoticed. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include <harmill/harmill.h>

struct output {
    FILE *file;
    const char *name;
    int errnum; /* of the first failure, 0 while there was none */
};

void output_init(struct output *output, FILE *file, const char *name);

/* A har_write_fn; `user` is the struct output. */
enum har_status output_write(void *user, const void *bytes, size_t len, struct har_error *error);

/* Writes and empties the buffer; false when it or the write failed. */
bool output_buffer(struct output *output, struct har_buffer *buffer);

/* Sends what is held back on its way. False when anything failed so far. */
bool output_flush(struct output *output);

/* Remembers that writing to the same descriptor failed elsewhere. */
void output_failed(struct output *output, int errnum);

/* Makes sure that descriptors 0 to 2 are open, so that no file takes the place of a closed stdout. */
bool output_reserve_descriptors(void);

#endif
