/* Texts in which nothing was found, by their hash: the two readings see the same ones, and headers say the same again and again. */
#ifndef REDACT_CLEAN_H
#define REDACT_CLEAN_H

#include <harmill/place.h>

struct clean;

/* What is known of a text. None is ever true of a text for which it was not told, but with the small probability that two texts
 * have the same hash at a random point that nobody knows: see util/polyhash.h. */
enum {
    CLEAN_LOOKED = 1,   /* the finders found nothing, in no encoding */
    CLEAN_PLAIN = 2,    /* nothing in it is encoded but by escapes */
    CLEAN_SEARCHED = 4, /* after sealing: no learned secret is in it */
};

/* NULL: memory is short. It takes 2 MiB, but only what is used; the oldest texts are forgotten when there are more. */
struct clean *clean_new(void);
void clean_free(struct clean *clean); /* NULL is fine */

/* The key of a text, of which `tag` tells what it is looked at as. */
uint64_t clean_key(const struct clean *clean, struct har_text text, unsigned char tag);
unsigned clean_ask(const struct clean *clean, uint64_t key);
void clean_tell(struct clean *clean, uint64_t key, unsigned known);

#endif
