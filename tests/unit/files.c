/* Temporary folders and whole files, for tests that touch the disk. */
#include "files.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

const char *files_enter(void)
{
    strcpy(folder, "/tmp/harmill-unit-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    return folder;
}

static void each_name(const char *path, void (*visit)(const char *name, void *user), void *user)
{
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            visit(entry->d_name, user);
    closedir(dir);
}

static void remove_name(const char *name, void *user)
{
    (void)user;
    if (remove(name) < 0) { /* a folder with something in it: one level is enough for these tests */
        ck_assert_int_eq(chdir(name), 0);
        each_name(".", remove_name, NULL);
        ck_assert_int_eq(chdir(folder), 0);
        remove(name);
    }
}

void files_leave(void)
{
    ck_assert_int_eq(chdir(folder), 0);
    each_name(".", remove_name, NULL);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void count_name(const char *name, void *user)
{
    (void)name;
    ++*(size_t *)user;
}

size_t files_count(const char *path)
{
    size_t count = 0;
    each_name(path, count_name, &count);
    return count;
}

void files_write(const char *name, const void *bytes, size_t len)
{
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}

unsigned char *files_read(const char *name, size_t *len)
{
    FILE *file = fopen(name, "rb");
    ck_assert_msg(file != NULL, "there is no file %s", name);
    size_t cap = 4096;
    unsigned char *bytes = malloc(cap);
    ck_assert_ptr_nonnull(bytes);
    *len = 0;
    for (size_t n; (n = fread(bytes + *len, 1, cap - *len, file)) > 0;) {
        *len += n;
        if (*len == cap)
            bytes = realloc(bytes, cap *= 2);
        ck_assert_ptr_nonnull(bytes);
    }
    fclose(file);
    return bytes;
}

void files_expect(const char *name, const char *text)
{
    size_t len;
    unsigned char *bytes = files_read(name, &len);
    ck_assert_msg(len == strlen(text) && !memcmp(bytes, text, len), "%s holds '%.*s', not '%s'", name, (int)len, (char *)bytes,
                  text);
    free(bytes);
}

unsigned char *files_noise(size_t len, unsigned seed)
{
    unsigned char *bytes = malloc(len + 1);
    ck_assert_ptr_nonnull(bytes);
    unsigned state = seed * 2654435761u + 1;
    for (size_t i = 0; i < len; i++) {
        state = state * 1103515245u + 12345u;
        bytes[i] = (unsigned char)("{\"name\":\"value 0123456789\"},"[(state >> 16) % 28]);
    }
    return bytes;
}
