/* Where output goes: three sections that may be written in any order, joined and put in place at commit. */
#ifndef HARMILL_SINK_H
#define HARMILL_SINK_H

#include <harmill/coding.h>
#include <harmill/settings.h>

HAR_BEGIN_DECLS

struct har_sink;

enum har_section { HAR_SECTION_HEAD, HAR_SECTION_BODY, HAR_SECTION_TAIL, HAR_SECTION_COUNT };

/* Receives the joined output in order. HAR_FATAL ends the run. */
typedef enum har_status har_write_fn(void *user, const void *bytes, size_t len, struct har_error *error);

/* The four functions below make a sink, to be freed with har_sink_free(). `settings` (NULL: defaults) name the spool folder and
 * are borrowed until then. After a failure *sink is NULL and *error says why.
 *
 * A file. Nothing exists at `path` before commit: bytes go to a 0600 file beside it, which commit flushes to disk, gives the
 * mode of the file it replaces (or 0666 less the umask) and renames. Where `path` is a symbolic link its target is replaced,
 * not the link; what is no regular file (a device, a pipe) is written directly. The ending of `path` chooses the coding. */
HAR_API enum har_status har_sink_file(struct har_sink **sink, const char *path, const struct har_settings *settings,
                                      struct har_error *error);

/* A descriptor, which stays open and the caller's. Written as the bytes come; with `whole`, only at commit. */
HAR_API enum har_status har_sink_descriptor(struct har_sink **sink, int descriptor, bool whole,
                                            const struct har_settings *settings, struct har_error *error);

/* A function, called with the joined and packed output; not called again after it failed. */
HAR_API enum har_status har_sink_function(struct har_sink **sink, har_write_fn *write, void *user,
                                          const struct har_settings *settings, struct har_error *error);

/* Nowhere: for runs that only compare (see har_job.compare). Nothing is packed, nothing is held back because its order may change:
 * who watches sees the bytes as if it never did, and the run knows when it did. */
HAR_API enum har_status har_sink_nowhere(struct har_sink **sink, const struct har_settings *settings, struct har_error *error);

/* A file that is new gets the mode 0600, whatever the umask is; one that is replaced keeps its own. */
HAR_API void har_sink_set_private(struct har_sink *sink);

/* Packs the output, whatever the ending of its name said; before the first byte. NULL: not at all. */
HAR_API void har_sink_set_coding(struct har_sink *sink, const struct har_coding *coding);

/* A file that commit replaces is kept beside it, under its name with `suffix` behind it, which is not empty and holds no slash;
 * borrowed until the sink is freed. What had that name is replaced. Of other outputs nothing is kept. */
HAR_API void har_sink_set_backup(struct har_sink *sink, const char *suffix);

/* Sees the joined output, before packing, as it leaves. Before the first byte. */
HAR_API void har_sink_watch(struct har_sink *sink, void (*watch)(void *user, const void *bytes, size_t len), void *user);

/* Appends a copy of `len` bytes to a section that is not closed. While an earlier section is open, a later one is held back:
 * 1 MiB in memory, then an unlinked 0600 file in the settings' spool folder. After one failure each later call gives it again. */
HAR_API enum har_status har_sink_write(struct har_sink *sink, enum har_section section, const void *bytes, size_t len,
                                       struct har_error *error);

/* No more bytes for `section` will come; closing it lets the next one through. Closing twice does nothing. */
HAR_API enum har_status har_sink_close_section(struct har_sink *sink, enum har_section section, struct har_error *error);

/* Takes back a closed head, so that it can be written anew, without holding the body back: true for files, whose commit then
 * copies the rest behind the new head. False when its bytes may have left already. A writer that has closed a head
 * provisionally asks har_sink_can_reopen() first. */
HAR_API bool har_sink_can_reopen(const struct har_sink *sink);
HAR_API enum har_status har_sink_reopen_head(struct har_sink *sink, struct har_error *error);

/* Gives the next piece of a body: where it starts, counted from the body's first byte, and its length. HAR_EOF: there are no more,
 * HAR_FATAL: *error says why not. */
typedef enum har_status har_piece_fn(void *user, uint64_t *offset, uint64_t *len, struct har_error *error);

/* Closes head and body, the body in another order: it becomes the pieces that `next` gives, joined by `separator`, which together
 * must be as long as what was written. The body must not be closed, and must either be held back whole by a head that is open (or
 * by a sink that writes all at commit), or be in a sink of which har_sink_can_reorder() says true: a file, which is written once
 * more, with the new head if that was reopened. `next` is called before this function returns, and must not use the sink. */
HAR_API bool har_sink_can_reorder(const struct har_sink *sink);
HAR_API enum har_status har_sink_reorder(struct har_sink *sink, har_piece_fn *next, void *user, const char *separator,
                                         size_t separator_len, struct har_error *error);

/* Closes all sections, joins them and puts the output in place; once. After a failure nothing was put in place (of a descriptor
 * or a function: a beginning may have left). */
HAR_API enum har_status har_sink_commit(struct har_sink *sink, struct har_error *error);

/* Frees it. Without a commit before, everything written is dropped and an old file is untouched (a descriptor may have received
 * a beginning). NULL is fine. */
HAR_API void har_sink_free(struct har_sink *sink);

HAR_END_DECLS
#endif
