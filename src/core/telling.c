/* Findings and sources for writers. */
#include "core/telling.h"

/* Outputs of an input that is broken are given up, so nobody needs to hear more of it. What a writer tells while it is told
 * something would come back to it, and so on. */
static void tell_writers(void *user, const struct har_finding *finding)
{
    struct telling *telling = user;
    if (!telling->writer || telling->inside || telling->failed || telling->summary->broken)
        return;
    telling->inside = true;
    for (size_t i = 0; i < telling->count && !telling->failed; i++) {
        const struct har_writer *writer = telling->outputs[i].writer;
        if (WRITER_HAS(writer, finding))
            telling->failed = writer->finding(telling->writer[i].ctx, finding, &telling->error) != HAR_OK;
    }
    telling->inside = false;
}

void telling_init(struct telling *telling, const struct har_job *job, struct har_report_to *to)
{
    *telling = (struct telling){.outputs = job->outputs, .count = job->output_count, .summary = to->summary};
    for (size_t i = 0; i < telling->count; i++) {
        const struct har_writer *writer = telling->outputs[i].writer;
        telling->hashes |= WRITER_HAS(writer, source);
        if (!WRITER_HAS(writer, finding))
            continue;
        to->writers = tell_writers;
        to->writers_user = telling;
    }
    if (telling->hashes)
        sha256_init(&telling->sha);
}

void telling_bytes(struct telling *telling, const void *bytes, size_t len)
{
    if (telling->hashes)
        sha256_add(&telling->sha, bytes, len);
}

enum har_status telling_status(struct telling *telling, struct har_error *error)
{
    if (!telling->failed)
        return HAR_OK;
    *error = telling->error;
    telling->failed = false;
    return HAR_FATAL;
}

enum har_status telling_source(struct telling *telling, struct har_error *error)
{
    struct har_source source = {.size = sizeof source, .name = telling->summary->source, .bytes = telling->summary->bytes};
    if (!telling->hashes)
        return HAR_OK;
    sha256_end(&telling->sha, source.sha256);
    for (size_t i = 0; i < telling->count; i++) {
        const struct har_writer *writer = telling->outputs[i].writer;
        if (WRITER_HAS(writer, source) && writer->source(telling->writer[i].ctx, &source, error) != HAR_OK)
            return HAR_FATAL;
    }
    return HAR_OK;
}
