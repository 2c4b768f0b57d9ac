/* What writers are told beside items: findings, and what the input was. */
#ifndef CORE_TELLING_H
#define CORE_TELLING_H

#include <stddef.h>

#include <harmill/convert.h>

#include "check/diag.h"
#include "util/sha256.h"

/* A plug-in's context and whether close is due. */
struct instance {
    void *ctx;
    bool opened;
};

/* Whether a writer has the function; one of an older, smaller struct has none. */
#define WRITER_HAS(writer, function)                                                                                               \
    ((writer)->size >= offsetof(struct har_writer, function) + sizeof(writer)->function && (writer)->function)

struct telling {
    const struct har_output *outputs;
    size_t count;
    const struct instance *writer; /* of each output; NULL: not all of them are open */
    const struct har_summary *summary;
    bool hashes; /* a writer asks for the source */
    bool inside; /* a writer is being told just now */
    bool failed; /* a writer failed, and why was not asked yet */
    struct har_error error;
    struct sha256 sha;
};

/* Directs what is found to those writers of the job that ask for it; both stay where they are. */
void telling_init(struct telling *telling, const struct har_job *job, struct har_report_to *to);

/* The next bytes of the input, unpacked. */
void telling_bytes(struct telling *telling, const void *bytes, size_t len);

/* HAR_FATAL, once, after a writer failed over a finding: *error says why. */
enum har_status telling_status(struct telling *telling, struct har_error *error);

/* Behind the last item: tells the writers what the input was. */
enum har_status telling_source(struct telling *telling, struct har_error *error);

#endif
