/* Reading and writing descriptors: interruptions, short counts and descriptors that do not block are dealt with here. */
#ifndef UTIL_DESCRIPTOR_H
#define UTIL_DESCRIPTOR_H

#include <harmill/status.h>

/* One read(2) that gave something: up to `cap` bytes, *got at least 1 with HAR_OK and 0 with HAR_EOF. */
enum har_status descriptor_read(int fd, void *bytes, size_t cap, size_t *got, struct har_error *error);

/* All of `len` bytes from `offset` on, wherever the descriptor stands; HAR_FATAL with EIO when there are not as many. */
enum har_status descriptor_read_at(int fd, void *bytes, size_t len, uint64_t offset, struct har_error *error);

/* Writes all of it. */
enum har_status descriptor_write(int fd, const void *bytes, size_t len, struct har_error *error);

#endif
