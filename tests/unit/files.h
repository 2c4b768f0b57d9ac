/* Temporary folders and whole files, for tests that touch the disk. */
#ifndef UNIT_FILES_H
#define UNIT_FILES_H

#include <stddef.h>

/* A new folder below the system's temporary one, gone into: tests then use plain names. Its path, static until the next call. */
const char *files_enter(void);

/* Leaves the folder and removes it with the files in it. */
void files_leave(void);

void files_write(const char *name, const void *bytes, size_t len);

/* All of a file; the caller frees it. Fails the test when there is none. */
unsigned char *files_read(const char *name, size_t *len);

/* Fails the test unless the file holds just `text`. */
void files_expect(const char *name, const char *text);

/* Names in the folder, "." and ".." not counted. */
size_t files_count(const char *folder);

/* `len` bytes that pack neither too well nor not at all; the same for the same `seed`. The caller frees them. */
unsigned char *files_noise(size_t len, unsigned seed);

#endif
