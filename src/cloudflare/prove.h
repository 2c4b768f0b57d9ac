/* Whether an answer is a whole HAR; unpacking it. */
#ifndef CLOUDFLARE_PROVE_H
#define CLOUDFLARE_PROVE_H

#include "cloudflare/cloudflare.h"

/* What an answer with status 200 is, beside being whole. */
struct cloudflare_proof {
    const struct har_settings *settings;
    bool exact;        /* its bytes stay as they came */
    bool packed;       /* they came packed */
    bool no_json;      /* it is something else: reply->end says that it is whole, as far as that is known */
    uint64_t unpacked; /* length; of an answer that is not packed its own */
    struct har_buffer
        beginning; /* of what is no JSON, or of a short answer all of it: unpacked, CLOUDFLARE_ERROR_BODY bytes at most */
};

/* Initialises it; release frees what it holds. */
void cloudflare_proof_init(struct cloudflare_proof *proof, const struct har_settings *settings, bool exact);
void cloudflare_proof_release(struct cloudflare_proof *proof);

/* A cloudflare_prove_fn; `user` is a struct cloudflare_proof. Unless exact bytes are wanted, reply->body holds the unpacked ones
 * afterwards. */
enum har_status cloudflare_prove(void *user, struct cloudflare_reply *reply, struct har_error *error);

/* Unpacks a body when gzip packed it, as far as that goes, and CLOUDFLARE_ERROR_BODY bytes at most. HAR_FATAL: memory, or the
 * spool. */
enum har_status cloudflare_unpack(struct har_buffer *body, const struct har_settings *settings, struct har_error *error);

#endif
