/* An opened input: a reader's bytes, unpacked. What formats read from. */
#ifndef HARMILL_INPUT_H
#define HARMILL_INPUT_H

#include <harmill/coding.h>
#include <harmill/reader.h>

HAR_BEGIN_DECLS

struct har_input;

/* Opens `args->input` with `reader`, looks at the first bytes and unpacks when they are those of a coding; of an archive (zip) the
 * capture in it is read, if there is just one. `display` is the name
 * that findings show, NULL for `args->input` itself; copied. `args->settings` are borrowed until the input is closed. After a
 * failure *input is NULL. */
HAR_API enum har_status har_input_open(struct har_input **input, const struct har_reader *reader,
                                       const struct har_reader_args *args, const char *display, struct har_error *error);

/* Closes the reader and frees the input; NULL is fine. */
HAR_API void har_input_close(struct har_input *input);

/* Up to `cap` unpacked bytes; *got is at least 1 with HAR_OK and 0 with HAR_EOF. At most the settings' block size is asked of
 * the reader at once. HAR_FATAL with HAR_DOMAIN_DATA or HAR_DOMAIN_BOUND when packed data is damaged or unpacks to too much:
 * the format reports that as a finding; other domains are the reader's own failures. */
HAR_API enum har_status har_input_read(struct har_input *input, void *bytes, size_t cap, size_t *got, struct har_error *error);

/* Sees every unpacked byte once, in order, as it is read. Set before the first read. */
typedef void har_bytes_fn(void *user, const void *bytes, size_t len);
HAR_API void har_input_watch(struct har_input *input, har_bytes_fn *watch, void *user);

/* The display name; holds until the input is closed. */
HAR_API const char *har_input_name(const struct har_input *input);

/* Whether the capture lies in a container that may hold other files, too. */
HAR_API bool har_input_is_contained(const struct har_input *input);

/* Appends a file that lies in the same container as the capture, by its name there; nothing outside is ever opened. HAR_OK;
 * HAR_EOF: there is none such; HAR_FATAL: it cannot be read, or is larger than `out` may become (HAR_DOMAIN_BOUND,
 * HAR_BOUND_ITEM_BYTES). `out` may be NULL to ask whether there is one. */
HAR_API enum har_status har_input_attachment(struct har_input *input, struct har_text name, struct har_buffer *out,
                                             struct har_error *error);

/* The coding that the bytes came in; NULL for plain ones. */
HAR_API const struct har_coding *har_input_coding(const struct har_input *input);

HAR_END_DECLS
#endif
