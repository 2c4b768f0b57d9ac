/* How options take their values: what struct option_row.set may be. */
#ifndef CLI_SETTERS_H
#define CLI_SETTERS_H

#include "cli/options.h"

typedef bool option_set_fn(struct options *options, const struct option_row *row, const char *value);

/* set_value.c: texts, numbers, times */
option_set_fn set_flag, set_text, set_list, set_optional, set_backup, set_amount, set_most, set_bound, set_block_size, set_time,
    set_wait, set_retries;

/* set_writer.c: what the writer is told; whether it has such an option is judged when it is known */
option_set_fn set_indent, set_rows, set_title, set_mark, set_word;

/* set_choice.c: one of several words */
option_set_fn set_color, set_level, set_fail_on, set_format, set_writer, set_report, set_profile, set_mode, set_redact_bodies,
    set_rules, set_selected, set_rule, set_schema, set_visibility;

#endif
