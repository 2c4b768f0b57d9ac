/* Strings as data blocks spell them: nothing in them ends the block, opens a comment or a tag, or hides from who reads the file. */
#ifndef HTML_SPELL_H
#define HTML_SPELL_H

#include <harmill/buffer.h>

enum html_spelling {
    HTML_SPELL_SOUND,  /* the inside of a JSON string without a fault */
    HTML_SPELL_MARKED, /* the same, of which the parser had something to tell: what is no escape or no UTF-8 is mended */
    HTML_SPELL_PLAIN,  /* decoded text */
};

/* Appends `text` as a JSON string, quotes and all. Escapes stay as they are spelled; < > & U+2028 U+2029 and controls become
 * \u00xx. */
bool html_spell(struct har_buffer *out, const char *text, size_t len, enum html_spelling spelling);

/* The same without the quotes; whether it failed tells out->failed. */
void html_spell_inside(struct har_buffer *out, const char *text, size_t len, enum html_spelling spelling);

#endif
