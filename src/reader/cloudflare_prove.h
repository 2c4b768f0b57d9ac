/* Whether an answer is a whole HAR; unpacking it. */
#ifndef READER_CLOUDFLARE_PROVE_H
#define READER_CLOUDFLARE_PROVE_H

#include "reader/cloudflare.h"

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

/* Unpacks reply->error_body when it is packed, as far as that goes. */
enum har_status cloudflare_unpack_error(struct cloudflare_reply *reply, const struct har_settings *settings,
                                        struct har_error *error);

#endif
