/* What src/web/ becomes: constants that src/tools/embed.c writes into BUILD/web.c. Texts end in a NUL that their lengths leave out.
 */
#ifndef HTML_WEB_H
#define HTML_WEB_H

#include <stddef.h>

extern const char html_web_css[];    /* report.css */
extern const char html_web_script[]; /* all scripts in a function of their own: what stands between <script> and </script> */
extern const char html_web_app[];    /* app.html */
extern const size_t html_web_css_len, html_web_script_len, html_web_app_len;

/* SHA-256 of exactly these bytes, in base64: the policy has them as 'sha256-...'. */
extern const char html_web_css_hash[], html_web_script_hash[];

#endif
