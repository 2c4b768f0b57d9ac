/* What is built in. Lists end with NULL; lists and rows are static. */
#ifndef HARMILL_REGISTRY_H
#define HARMILL_REGISTRY_H

#include <harmill/report.h>

HAR_BEGIN_DECLS

/* All of a kind, in the order in which they are asked. A coding whose library is left out of this build has a row without
 * functions. */
HAR_API const struct har_reader *const *har_readers(void);
HAR_API const struct har_coding *const *har_codings(void);
HAR_API const struct har_format *const *har_formats(void);
HAR_API const struct har_transform *const *har_transforms(void); /* in the order in which a run applies them */
HAR_API const struct har_writer *const *har_writers(void);
HAR_API const struct har_report *const *har_reports(void);

/* By name; NULL when there is none. The reader "zip" takes no input by its form: see its function `list`. */
HAR_API const struct har_reader *har_reader_find(const char *name);
HAR_API const struct har_format *har_format_find(const char *name);
HAR_API const struct har_transform *har_transform_find(const char *name);
HAR_API const struct har_writer *har_writer_find(const char *name);
HAR_API const struct har_report *har_report_find(const char *name);

/* By the ending of a file's name, in any case of letters, the ending of a coding left aside ("a.har.gz" is a har). NULL when no
 * ending fits. */
HAR_API const struct har_format *har_format_for_path(const char *path);
HAR_API const struct har_writer *har_writer_for_path(const char *path);
HAR_API const struct har_coding *har_coding_for_path(const char *path);

/* The first that accepts `input` by its form; nothing is opened. NULL when none does. */
HAR_API const struct har_reader *har_reader_for_input(const char *input);

HAR_END_DECLS
#endif
