/* The generator of the project's files, by subject. Each function appends what its name says. */
#ifndef TOOLS_GEN_H
#define TOOLS_GEN_H

#include <harmill/harmill.h>

/* Text for mdoc: no line of it begins with a control character. */
void gen_roff(struct har_buffer *out, const char *text);

/* The same for lines that are shown as they are typed. */
void gen_roff_literal(struct har_buffer *out, const char *text);

/* Text as sentences, each on a line of its own, which is how mdoc wants them. */
void gen_sentences(struct har_buffer *out, const char *text);

/* Parts of harmill(1). */
void gen_synopsis(struct har_buffer *out);
void gen_commands(struct har_buffer *out);
void gen_options(struct har_buffer *out);
void gen_inputs(struct har_buffer *out);
void gen_examples(struct har_buffer *out);
void gen_xml(struct har_buffer *out);

/* The rules: their names in harmill(1), all about them in harmill-rules(7), the page docs/rules.md. */
void gen_rule_list(struct har_buffer *out);
void gen_rules(struct har_buffer *out);
void gen_rules_page(struct har_buffer *out);

/* The table of docs/normalize.md. */
void gen_mends(struct har_buffer *out);

/* The tables of docs/xml.md. */
void gen_elements(struct har_buffer *out);

#endif
