/* What the tests of the Cloudflare client's words share: a client made by hand, replies, bodies as Cloudflare's documents and
 * OpenAPI show them, as users have quoted them. */
#ifndef UNIT_CLOUDFLARE_PARTS_H
#define UNIT_CLOUDFLARE_PARTS_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cloudflare/cloudflare.h"

#define ID      "0195f2a4-1c3e-7abc-8def-0123456789ab"
#define ACCOUNT "0123456789abcdef0123456789abcdef"
#define TOKEN   "cfut_Zq3Xw9LmNpR7tVbK2sYhD5gFjC8aEu1oTi4Q-_ab"
#define EMAIL   "planted.person@secret.example"
#define KEY     "c0ffee00112233445566778899aabbccddeef"

/* With a token, or with e-mail address and key. */
static inline struct har_cloudflare client_of(bool token)
{
    static char authorization[] = "Bearer " TOKEN, host[] = "api.cloudflare.com";
    struct har_cloudflare client = {.host = host, .problem = {.size = sizeof(struct har_cloudflare_problem)}};
    client.config.account = ACCOUNT;
    if (token) {
        client.config.token = TOKEN;
        client.authorization = authorization;
    } else {
        client.config.email = EMAIL;
        client.config.key = KEY;
    }
    return client;
}

#define GATEWAY(code, message)                                                                                                     \
    "{\"success\":false,\"errors\":[{\"code\":" code ",\"message\":\"" message "\"}],\"messages\":[],\"result\":null}"
#define CHAIN(code, message)                                                                                                       \
    "{\"success\":false,\"errors\":[{\"code\":6003,\"message\":\"Invalid request headers\",\"error_chain\":[{\"code\":" code       \
    ",\"message\":\"" message "\"}]}],\"messages\":[],\"result\":null}"
#define PENDING(state)                                                                                                             \
    "{\"message\":\"Scan is not finished yet.\",\"status\":404,\"errors\":[{\"title\":\"Scan is not finished "                     \
    "yet.\",\"status\":404,\"detail\":\"Queued\"}],\"task\":{\"uuid\":\"" ID                                                       \
    "\",\"url\":\"https://a.example/\",\"time\":\"2026-01-01T00:00:00Z\",\"status\":" state ",\"visibility\":\"public\"}}"
#define V1(state)                                                                                                                  \
    "{\"success\":true,\"errors\":[],\"messages\":[{\"message\":\"In Progress\"}],\"result\":{\"scan\":{\"task\":{\"uuid\":\"" ID  \
    "\",\"status\":\"" state "\",\"success\":false}}}}"
#define FAILED(more)                                                                                                               \
    "{\"message\":\"Scan failed.\",\"status\":404,\"errors\":[{\"title\":\"Scan "                                                  \
    "failed.\",\"status\":404}],\"task\":{\"uuid\":\"" ID "\"," more "}}"
#define ROUTE                                                                                                                      \
    "{\"type\":\"https://stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR\",\"title\":\"Route not resolved, no path "               \
    "matched\",\"status\":404}"
#define HTML "<!DOCTYPE html>\n<html><head>\n<title>502 Bad\n Gateway</title></head><body>x</body></html>"

/* A copy that ends where its allocation ends, so that reading on is seen by the sanitizers. */
static inline char *exact(const char *text, size_t len)
{
    char *copy = malloc(len ? len : 1);
    ck_assert_ptr_nonnull(copy);
    if (len)
        memcpy(copy, text, len);
    return copy;
}

static inline struct cloudflare_reply reply_of(long status, const char *type)
{
    struct cloudflare_reply reply = {.end = CLOUDFLARE_ANSWERED, .status = status, .ray = "8f12abcd34567890-AMS"};
    memcpy(reply.type, type, strlen(type));
    har_buffer_init(&reply.error_body, CLOUDFLARE_ERROR_BODY);
    spool_init(&reply.body, "/tmp");
    return reply;
}

static inline void release(struct cloudflare_reply *reply)
{
    har_buffer_release(&reply->error_body);
    spool_release(&reply->body);
}

static inline void fill_body(struct cloudflare_reply *reply, const char *body, size_t len)
{
    if (reply->status == 200)
        ck_assert_int_eq(spool_append(&reply->body, body, len, NULL), HAR_OK);
    else
        ck_assert(har_buffer_append(&reply->error_body, body, len));
}

#endif
