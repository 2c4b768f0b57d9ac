/* A zip archive that is read: by descriptor, within bounds. Nothing is ever written, and a file's name in it is only compared. */
#ifndef READER_ZIP_ARCHIVE_H
#define READER_ZIP_ARCHIVE_H

#include <harmill/place.h>
#include <harmill/status.h>

#include <zip.h>

enum {
    ZIP_FILES_MOST = 65535,        /* what a directory without zip64 can count */
    ZIP_DIRECTORY_MOST = 16 << 20, /* bytes of the directory, which is held in memory */
    ZIP_NAME_MOST = 4096,          /* of a capture */
};

/* What libzip calls gets a pointer to it: it does not move while it is open. */
struct zip_archive {
    int fd;
    uint64_t size, offset; /* of the file; where libzip reads on */
    zip_t *zip;            /* NULL: not open */
    zip_error_t failed;    /* of the last call that read */
    int errnum;            /* of a read that failed; libzip does not always pass it on */
    uint64_t files;
    uint64_t only; /* the index of its only file; `files` when it holds others */
};

/* HAR_FAILED: no archive, or nothing that can be read at any place (a pipe). HAR_FATAL with HAR_DOMAIN_DATA: one that is damaged.
 * To be closed in any case. */
enum har_status zip_archive_open(struct zip_archive *archive, const char *path, struct har_error *error);
void zip_archive_close(struct zip_archive *archive);

/* The next capture from *index on, to *index: HAR_OK; HAR_EOF behind the last one. */
enum har_status zip_archive_next(struct zip_archive *archive, uint64_t *index, struct har_text *name, struct har_error *error);

/* A file in the archive that is being read. */
struct zip_member {
    struct zip_archive *archive;
    zip_file_t *file;      /* NULL: not open */
    uint64_t packed, size; /* as the directory has them */
    uint64_t unpacked;     /* bytes that were read */
};

/* Opens one for reading. To be closed in any case; zeroed ones are fine. */
enum har_status zip_member_open(struct zip_member *member, struct zip_archive *archive, uint64_t index, struct har_error *error);
void zip_member_close(struct zip_member *member);

/* Up to `cap` unpacked bytes; *got is 0 with HAR_EOF. */
enum har_status zip_member_read(struct zip_member *member, void *bytes, size_t cap, size_t *got, struct har_error *error);

/* Where the file of exactly that name is; false: there is none. */
bool zip_archive_find(struct zip_archive *archive, struct har_text name, uint64_t *index);

#endif
