/* Bytes held back: some in memory, the rest in an unlinked file that only this process sees. */
#ifndef UTIL_SPOOL_H
#define UTIL_SPOOL_H

#include <signal.h>

#include <harmill/buffer.h>
#include <harmill/sink.h>

struct spool {
    const char *dir;          /* of the file; borrowed */
    struct har_buffer memory; /* the newest bytes, behind those of the file */
    int fd;                   /* -1 while there is no file */
    uint64_t filed;           /* bytes in it */
};

void spool_init(struct spool *spool, const char *dir);
enum har_status spool_append(struct spool *spool, const void *bytes, size_t len, struct har_error *error);

/* Hands all bytes to `write`, in order. They stay. */
enum har_status spool_replay(struct spool *spool, har_write_fn *write, void *user, struct har_error *error);

/* The same to a descriptor. Some kernels do that without moving the bytes through here. When *cancel (it may be NULL) becomes
 * non-zero it ends with HAR_DOMAIN_CANCELLED. */
enum har_status spool_send(struct spool *spool, int fd, const volatile sig_atomic_t *cancel, struct har_error *error);

/* Its length, and `len` bytes of it from `offset` on, which must be there. */
static inline uint64_t spool_length(const struct spool *spool)
{
    return spool->filed + spool->memory.len;
}
enum har_status spool_read(const struct spool *spool, uint64_t offset, void *bytes, size_t len, struct har_error *error);

/* Moves all of it into the file, whose descriptor stays the spool's; it stands at no particular place. */
enum har_status spool_descriptor(struct spool *spool, int *fd, struct har_error *error);

/* Drops everything; may be used on. */
void spool_release(struct spool *spool);

#endif
