/* libzip, fed from a descriptor. What its directory may cost is looked at before libzip reads it. */
#ifndef HARMILL_WITHOUT_ZIP

#include "reader/zip_archive.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/descriptor.h"

/* APPNOTE.TXT 4.3: the records at the end of an archive. */
enum {
    END_SIZE = 22, /* 4.3.16, end of central directory record, its comment (up to 65535 bytes) left out */
    END_DIRECTORY_SIZE = 12,
    LOCATOR_SIZE = 20, /* 4.3.15, zip64 end of central directory locator */
    LOCATOR_OFFSET = 8,
    END64_SIZE = 56, /* 4.3.14, zip64 end of central directory record */
    END64_FILES = 32,
    END64_DIRECTORY_SIZE = 40,
    TAIL_SIZE = 65535 + END_SIZE + LOCATOR_SIZE,
};

static uint64_t little(const unsigned char *bytes, unsigned count)
{
    uint64_t number = 0;
    while (count--)
        number = number << 8 | bytes[count];
    return number;
}

/* `len` bytes from `offset` on; fewer at the end of the file. */
static enum har_status read_at(const struct zip_archive *archive, uint64_t offset, void *bytes, size_t len, size_t *got,
                               struct har_error *error)
{
    enum har_status status = HAR_OK;
    *got = 0;
    if (lseek(archive->fd, (off_t)offset, SEEK_SET) < 0)
        return har_error_system(error, errno, "cannot read");
    while (*got < len && status == HAR_OK) {
        size_t part;
        status = descriptor_read(archive->fd, (char *)bytes + *got, len - *got, &part, error);
        *got += part;
    }
    return status < HAR_OK ? status : HAR_OK;
}

/* ---- errors */

#define ZLIB_MEMORY (-4) /* Z_MEM_ERROR, which libzip passes on */

static const struct {
    int code;
    enum har_domain domain;
    const char *text;
} reasons[] = {
    {ZIP_ER_ENCRNOTSUPP, HAR_DOMAIN_USAGE, "is encrypted; unpack it first"},
    {ZIP_ER_NOPASSWD, HAR_DOMAIN_USAGE, "is encrypted; unpack it first"},
    {ZIP_ER_WRONGPASSWD, HAR_DOMAIN_USAGE, "is encrypted; unpack it first"},
    {ZIP_ER_COMPNOTSUPP, HAR_DOMAIN_USAGE, "is packed in a way that is not read; unpack it first"},
    {ZIP_ER_MULTIDISK, HAR_DOMAIN_USAGE, "is a part of an archive of several files; unpack it first"},
    {ZIP_ER_CRC, HAR_DOMAIN_DATA, "the zip data is damaged: its checksum is another one"},
    {ZIP_ER_EOF, HAR_DOMAIN_DATA, "the zip data ends too early"},
    {ZIP_ER_NOZIP, HAR_DOMAIN_DATA, "the zip archive is cut or damaged: the directory at its end is missing"},
    {ZIP_ER_INCONS, HAR_DOMAIN_DATA, "the zip archive is damaged: it contradicts itself"},
};

static enum har_status zip_failed(const struct zip_archive *archive, const zip_error_t *failed, struct har_error *error)
{
    if (archive->errnum)
        return har_error_system(error, archive->errnum, "cannot read");
    const int code = zip_error_code_zip(failed);
    if (code == ZIP_ER_MEMORY || (code == ZIP_ER_ZLIB && zip_error_code_system(failed) == ZLIB_MEMORY))
        return har_error_memory(error);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return har_error_set(error, HAR_FATAL, reasons[i].domain, 0, "%s", reasons[i].text);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "the zip data is damaged");
}

/* ---- what libzip reads from */

static zip_int64_t source_read(struct zip_archive *archive, void *bytes, zip_uint64_t len)
{
    struct har_error error = {0};
    size_t got;
    if (read_at(archive, archive->offset, bytes, (size_t)len, &got, &error) < HAR_OK) {
        archive->errnum = error.code ? error.code : EIO;
        zip_error_set(&archive->failed, ZIP_ER_READ, archive->errnum);
        return -1;
    }
    archive->offset += got;
    return (zip_int64_t)got;
}

static zip_int64_t source_seek(struct zip_archive *archive, void *bytes, zip_uint64_t len)
{
    const zip_int64_t offset = zip_source_seek_compute_offset(archive->offset, archive->size, bytes, len, &archive->failed);
    if (offset < 0)
        return -1;
    archive->offset = (uint64_t)offset;
    return 0;
}

static zip_int64_t source_stat(const struct zip_archive *archive, zip_stat_t *info)
{
    zip_stat_init(info);
    info->size = archive->size;
    info->valid |= ZIP_STAT_SIZE;
    return sizeof *info;
}

static zip_int64_t source(void *user, void *bytes, zip_uint64_t len, zip_source_cmd_t command)
{
    struct zip_archive *archive = user;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                                              ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
    case ZIP_SOURCE_OPEN:
        archive->offset = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return source_read(archive, bytes, len);
    case ZIP_SOURCE_SEEK:
        return source_seek(archive, bytes, len);
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)archive->offset;
    case ZIP_SOURCE_STAT:
        return source_stat(archive, bytes);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&archive->failed, bytes, len);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    default:
        zip_error_set(&archive->failed, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* ---- opening */

static enum har_status refuse_directory(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0,
                         "the zip archive holds more than %d files, or its directory is larger than %d MiB", ZIP_FILES_MOST,
                         ZIP_DIRECTORY_MOST >> 20);
}

/* What a zip64 locator leads to. */
static enum har_status check_end64(const struct zip_archive *archive, const unsigned char *locator, struct har_error *error)
{
    unsigned char end[END64_SIZE];
    size_t got;
    const uint64_t at = little(locator + LOCATOR_OFFSET, 8);
    if (at > archive->size)
        return HAR_OK; /* libzip will not follow it either */
    const enum har_status status = read_at(archive, at, end, sizeof end, &got, error);
    if (status < HAR_OK || got < sizeof end || memcmp(end, "PK\6\6", 4) != 0)
        return status;
    if (little(end + END64_FILES, 8) > ZIP_FILES_MOST || little(end + END64_DIRECTORY_SIZE, 8) > ZIP_DIRECTORY_MOST)
        return refuse_directory(error);
    return HAR_OK;
}

/* libzip makes room for as many files as an end record names, and takes any record in the tail for the one. */
static enum har_status check_tail(const struct zip_archive *archive, struct har_error *error)
{
    const uint64_t from = archive->size > TAIL_SIZE ? archive->size - TAIL_SIZE : 0;
    unsigned char *tail = malloc(TAIL_SIZE);
    size_t len = 0;
    enum har_status status = tail ? read_at(archive, from, tail, TAIL_SIZE, &len, error) : har_error_memory(error);
    for (size_t i = 0; status == HAR_OK && i + LOCATOR_SIZE <= len; i++) {
        const unsigned char *record = tail + i;
        if (memcmp(record, "PK\6\7", 4) == 0) {
            status = check_end64(archive, record, error);
        } else if (memcmp(record, "PK\5\6", 4) == 0) {
            const uint64_t size = little(record + END_DIRECTORY_SIZE, 4);
            if (size > ZIP_DIRECTORY_MOST && size != UINT32_MAX)
                status = refuse_directory(error);
        }
    }
    free(tail);
    return status;
}

static const char *name_of(const struct zip_archive *archive, uint64_t index)
{
    const char *name = zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

static bool is_folder(const char *name)
{
    const size_t len = strlen(name);
    return len && name[len - 1] == '/';
}

/* The files of an archive lie one behind the other. Where they overlap, a small archive unpacks to a huge amount. */
static enum har_status look_through(struct zip_archive *archive, struct har_error *error)
{
    uint64_t sum = 0, files = 0;
    for (uint64_t i = 0; i < archive->files; i++) {
        zip_stat_t info;
        if (zip_stat_index(archive->zip, i, 0, &info) != 0)
            return zip_failed(archive, zip_get_error(archive->zip), error);
        const uint64_t size = info.valid & ZIP_STAT_COMP_SIZE ? info.comp_size : 0;
        if (size > archive->size - sum)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "the zip archive is damaged: its files overlap");
        sum += size;
        if (is_folder(name_of(archive, i)))
            continue;
        archive->only = files++ ? archive->files : i;
    }
    return HAR_OK;
}

static enum har_status open_once(struct zip_archive *archive, struct har_error *error)
{
    zip_error_t failed;
    enum har_status status = HAR_OK;
    zip_error_init(&failed);
    zip_source_t *from = zip_source_function_create(source, archive, &failed);
    if (from)
        archive->zip = zip_open_from_source(from, ZIP_RDONLY, &failed);
    if (!archive->zip) {
        status = zip_failed(archive, &failed, error);
        zip_source_free(from);
    }
    zip_error_fini(&failed);
    return status;
}

/* libzip takes short memory for damage in places; what is damaged is so a second time. */
static enum har_status open_zip(struct zip_archive *archive, struct har_error *error)
{
    struct har_error first = {0};
    enum har_status status = open_once(archive, &first);
    if (status < HAR_OK && first.domain == HAR_DOMAIN_DATA)
        status = open_once(archive, &first);
    if (status < HAR_OK) {
        if (error)
            *error = first;
        return status;
    }
    archive->files = (uint64_t)zip_get_num_entries(archive->zip, 0);
    return archive->files > ZIP_FILES_MOST ? refuse_directory(error) : look_through(archive, error);
}

enum har_status zip_archive_open(struct zip_archive *archive, const char *path, struct har_error *error)
{
    struct stat info;
    char magic[4];
    size_t got;
    *archive = (struct zip_archive){.fd = -1};
    zip_error_init(&archive->failed);
    do /* a pipe without a writer would hold this up before it is known to be one */
        archive->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    while (archive->fd < 0 && errno == EINTR);
    if (archive->fd < 0 || fstat(archive->fd, &info) < 0)
        return har_error_system(error, errno, "cannot open");
    if (!S_ISREG(info.st_mode))
        return har_error_set(error, HAR_FAILED, HAR_DOMAIN_SYSTEM, ESPIPE, "cannot be read at any place");
    archive->size = (uint64_t)info.st_size;
    enum har_status status = read_at(archive, 0, magic, sizeof magic, &got, error);
    if (status < HAR_OK)
        return status;
    if (got < sizeof magic || memcmp(magic, "PK\3\4", sizeof magic) != 0)
        return har_error_set(error, HAR_FAILED, HAR_DOMAIN_DATA, 0, "is no zip archive");
    status = check_tail(archive, error);
    return status < HAR_OK ? status : open_zip(archive, error);
}

void zip_archive_close(struct zip_archive *archive)
{
    if (archive->zip)
        zip_discard(archive->zip);
    zip_error_fini(&archive->failed);
    if (archive->fd >= 0)
        close(archive->fd);
    archive->zip = NULL;
    archive->fd = -1;
}

/* ---- files in it */

static bool ends_with(const char *name, size_t len, const char *ending)
{
    const size_t width = strlen(ending);
    return len > width && strcasecmp(name + len - width, ending) == 0;
}

/* Beside each file a Mac puts a second one, which holds its attributes. */
static bool is_capture(const char *name)
{
    static const char *const endings[] = {".har", ".har.gz", ".har.zst", ".zhar"};
    static const char attributes[] = "__MACOSX/";
    const size_t len = strlen(name);
    if (strncmp(name, attributes, sizeof attributes - 1) == 0)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(name, len, endings[i]))
            return true;
    return false;
}

/* A .json is a capture where there is nothing else. */
static bool is_only_json(const struct zip_archive *archive, uint64_t index, const char *name)
{
    return index == archive->only && ends_with(name, strlen(name), ".json");
}

enum har_status zip_archive_next(struct zip_archive *archive, uint64_t *index, struct har_text *name, struct har_error *error)
{
    for (; *index < archive->files; ++*index) {
        const char *text = name_of(archive, *index);
        if (!is_capture(text) && !is_only_json(archive, *index, text))
            continue;
        *name = (struct har_text){text, strlen(text)};
        if (name->len > ZIP_NAME_MOST)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0,
                                 "the zip archive holds a capture whose name is longer than %d bytes", ZIP_NAME_MOST);
        return HAR_OK;
    }
    return HAR_EOF;
}

/* Other ways of packing than deflate are not for files that are passed around, and some of them take gigabytes of memory. */
enum har_status zip_member_open(struct zip_member *member, struct zip_archive *archive, uint64_t index, struct har_error *error)
{
    zip_stat_t info;
    *member = (struct zip_member){.archive = archive};
    if (zip_stat_index(archive->zip, index, 0, &info) != 0)
        return zip_failed(archive, zip_get_error(archive->zip), error);
    zip_error_t *failed = zip_get_error(archive->zip);
    member->packed = info.comp_size;
    member->size = info.size;
    if (info.encryption_method != ZIP_EM_NONE)
        zip_error_set(failed, ZIP_ER_ENCRNOTSUPP, 0);
    else if (info.comp_method != ZIP_CM_STORE && info.comp_method != ZIP_CM_DEFLATE)
        zip_error_set(failed, ZIP_ER_COMPNOTSUPP, 0);
    else
        member->file = zip_fopen_index(archive->zip, index, 0);
    return member->file ? HAR_OK : zip_failed(archive, zip_get_error(archive->zip), error);
}

void zip_member_close(struct zip_member *member)
{
    if (member->file)
        zip_fclose(member->file);
    member->file = NULL;
}

enum har_status zip_member_read(struct zip_member *member, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    const zip_int64_t count = zip_fread(member->file, bytes, cap);
    *got = count > 0 ? (size_t)count : 0;
    member->unpacked += *got;
    if (count < 0)
        return zip_failed(member->archive, zip_file_get_error(member->file), error);
    if (!count && member->unpacked != member->size)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "the zip data is damaged: its size is another one");
    return count ? HAR_OK : HAR_EOF;
}

bool zip_archive_find(struct zip_archive *archive, struct har_text name, uint64_t *index)
{
    char text[ZIP_NAME_MOST + 1];
    if (!name.len || name.len > ZIP_NAME_MOST || memchr(name.bytes, '\0', name.len) || name.bytes[name.len - 1] == '/')
        return false;
    memcpy(text, name.bytes, name.len);
    text[name.len] = '\0';
    const zip_int64_t found = zip_name_locate(archive->zip, text, ZIP_FL_ENC_GUESS);
    zip_error_clear(archive->zip);
    if (found >= 0)
        *index = (uint64_t)found;
    return found >= 0;
}

#else
typedef int zip_archive_is_left_out;
#endif
