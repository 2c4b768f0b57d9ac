/* A graph of redirects that is kept free of rings: each new one is followed through those that are there. */
#include "consumer/redirects.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096, STEPS_MOST = 1 << 26 };

static uint32_t *bucket_of(const struct redirects *redirects, uint64_t url, uint64_t method)
{
    return &redirects->bucket[(url ^ method) % BUCKETS];
}

static bool grow(struct redirects *redirects)
{
    const size_t cap = redirects->cap ? redirects->cap * 2 : 64;
    struct redirect *grown = realloc(redirects->redirect, cap * sizeof *grown);
    if (!grown)
        return false;
    redirects->redirect = grown;
    redirects->cap = cap;
    return true;
}

/* Whether those that are there lead from the target of `start` to its beginning. */
static bool leads_back(struct redirects *redirects, const struct redirect *start)
{
    const struct redirect *at = start;
    uint32_t todo = 0;
    redirects->search++;
    for (;;) {
        if (at->target == start->url && at->target_method == start->method)
            return true;
        for (uint32_t i = *bucket_of(redirects, at->target, at->target_method); i; i = redirects->redirect[i - 1].next) {
            struct redirect *other = &redirects->redirect[i - 1];
            if (++redirects->steps > STEPS_MOST)
                return true;
            if (other->url != at->target || other->method != at->target_method || other->seen == redirects->search)
                continue;
            other->seen = redirects->search;
            other->todo = todo;
            todo = i;
        }
        if (!todo)
            return false;
        at = &redirects->redirect[todo - 1];
        todo = at->todo;
    }
}

enum redirects_result redirects_add(struct redirects *redirects, const struct redirect *redirect, size_t max_bytes)
{
    if (!redirects->bucket)
        redirects->bucket = calloc(BUCKETS, sizeof *redirects->bucket);
    if (!redirects->bucket || (redirects->count == redirects->cap && !grow(redirects)))
        return REDIRECTS_MEMORY;
    if (redirects->count >= max_bytes / sizeof *redirect || leads_back(redirects, redirect))
        return REDIRECTS_RING;
    uint32_t *bucket = bucket_of(redirects, redirect->url, redirect->method);
    struct redirect *added = &redirects->redirect[redirects->count++];
    *added = *redirect;
    added->seen = 0;
    added->next = *bucket;
    *bucket = (uint32_t)redirects->count;
    return REDIRECTS_ADDED;
}

void redirects_clear(struct redirects *redirects)
{
    redirects->count = 0;
    redirects->search = 0;
    redirects->steps = 0;
    if (redirects->bucket)
        memset(redirects->bucket, 0, BUCKETS * sizeof *redirects->bucket);
}

void redirects_release(struct redirects *redirects)
{
    free(redirects->redirect);
    free(redirects->bucket);
    *redirects = (struct redirects){.redirect = NULL};
}
