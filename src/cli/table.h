/* Reading the option table for people: help, manual, completions. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/options.h"

/* Appends the row's summary, with the default of a bound, wrapped as table_append_wrapped() does. */
void table_append_summary(struct har_buffer *out, const struct option_row *row, size_t width, size_t indent);

/* The same without line ends. */
void table_append_sentence(struct har_buffer *out, const struct option_row *row);

/* Appends a number with K, M or G when it is a multiple of that. */
void table_append_size(struct har_buffer *out, uint64_t number);

/* Appends `text` in lines of at most `width` columns, every line behind the first indented by `indent` blanks. */
void table_append_wrapped(struct har_buffer *out, const char *text, size_t width, size_t indent);

/* The same for a line of JSON, which may only be broken behind commas outside strings. */
void table_append_json(struct har_buffer *out, const char *json, size_t width, size_t indent);

#endif
