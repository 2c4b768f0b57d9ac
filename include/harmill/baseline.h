/* A baseline: findings that are known, so that only new ones are told. It counts them by input and fingerprint and holds no value
 * of any HAR. Findings that let no output be made of an input are never known. */
#ifndef HARMILL_BASELINE_H
#define HARMILL_BASELINE_H

#include <harmill/place.h>
#include <harmill/sink.h>

HAR_BEGIN_DECLS

struct har_baseline;

/* One that knows nothing; NULL when memory is short. Free with har_baseline_free(), which takes NULL. */
HAR_API struct har_baseline *har_baseline_new(void);
HAR_API void har_baseline_free(struct har_baseline *baseline);

/* Takes the text of a baseline, at most HAR_BASELINE_MOST bytes, instead of what it held, which it keeps when this fails. The error
 * and `place` are those of har_config_parse(). */
#define HAR_BASELINE_MOST ((size_t)64 << 20)
HAR_API enum har_status har_baseline_parse(struct har_baseline *baseline, const char *bytes, size_t len, struct har_place *place,
                                           struct har_error *error);

/* What `newer` says of an input, even that it has no findings, replaces what `baseline` says of it; all else stays. */
HAR_API enum har_status har_baseline_merge(struct har_baseline *baseline, const struct har_baseline *newer,
                                           struct har_error *error);

/* Writes its text into the body of `sink`, sorted: the same content always gives the same bytes. The caller commits. */
HAR_API enum har_status har_baseline_write(const struct har_baseline *baseline, struct har_sink *sink, struct har_error *error);

/* Of how many inputs it says something. */
HAR_API size_t har_baseline_inputs(const struct har_baseline *baseline);

/* How many findings it knows of the input with this display name ("./" before it does not matter). */
HAR_API uint64_t har_baseline_count(const struct har_baseline *baseline, const char *display);

HAR_END_DECLS
#endif
