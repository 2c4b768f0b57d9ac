/* harmill completion: prints a completion script. */
#include <string.h>

#include "cli/completion.h"

#define SCRIPT_MAX HAR_MIB

static const struct {
    const char *shell;
    void (*append)(struct har_buffer *out);
} scripts[] = {{"bash", completion_bash}, {"zsh", completion_zsh}, {"fish", completion_fish}};

void completion_escape(struct har_buffer *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            har_buffer_append_char(out, '\\');
        har_buffer_append_char(out, *text);
    }
}

void completion_quote(struct har_buffer *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'') {
            har_buffer_append_text(out, "'\\''");
            continue;
        }
        if (strchr(special, *text))
            har_buffer_append_char(out, '\\');
        har_buffer_append_char(out, *text);
    }
}

bool completion_append(struct har_buffer *out, const char *shell)
{
    for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
        if (strcmp(scripts[i].shell, shell) == 0) {
            scripts[i].append(out);
            return true;
        }
    }
    return false;
}

enum exit_status completion_run(struct cli *cli)
{
    const char *shell = cli->options.operands[0];
    struct har_buffer out;
    har_buffer_init(&out, SCRIPT_MAX);
    bool known = completion_append(&out, shell);
    if (known)
        output_buffer(&cli->out, &out);
    else
        words_complain(WORDS_SHELL, shell);
    har_buffer_release(&out);
    return known ? EXIT_DONE : EXIT_USAGE;
}
