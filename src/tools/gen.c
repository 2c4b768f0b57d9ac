/* Prints the generated files of the project: the manuals, the completions, the pages of rules, of XML and of normalizing. It is
 * linked with the program's tables, so that none of them can say anything else than the program does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/harmill.h>

#include "cli/cli.h"
#include "tools/gen.h"

#define PAGE_MAX (16 * HAR_MIB)

static const struct {
    const char *name; /* alone on a line of the template, between @ */
    void (*append)(struct har_buffer *out);
} markers[] = {
    {"@synopsis@\n", gen_synopsis}, {"@commands@\n", gen_commands},   {"@options@\n", gen_options}, {"@inputs@\n", gen_inputs},
    {"@examples@\n", gen_examples}, {"@rule-list@\n", gen_rule_list}, {"@rules@\n", gen_rules},     {"@xml@\n", gen_xml},
    {"@elements@\n", gen_elements}, {"@mends@\n", gen_mends},
};

/* The template with its marker lines replaced. */
static bool append_template(struct har_buffer *out, const char *path)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return false;
    }
    while ((len = getline(&line, &cap, file)) > 0) {
        bool replaced = false;
        for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]) && !replaced; i++) {
            replaced = strcmp(line, markers[i].name) == 0;
            if (replaced)
                markers[i].append(out);
        }
        if (!replaced)
            har_buffer_append(out, line, (size_t)len);
    }
    free(line);
    fclose(file);
    return true;
}

/* What can be asked for: a template with its markers replaced, or a page without one. */
static const struct {
    const char *name, *template;
    void (*append)(struct har_buffer *out);
} pages[] = {
    {"man", "src/man/harmill.1.in", NULL}, {"man-rules", "src/man/harmill-rules.7.in", NULL}, {"rules-md", NULL, gen_rules_page},
    {"xml-md", "docs/xml.md.in", NULL},    {"normalize-md", "docs/normalize.md.in", NULL},
};

static bool generate(struct har_buffer *out, const char *what)
{
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(pages[i].name, what) != 0)
            continue;
        if (pages[i].template)
            return append_template(out, pages[i].template);
        pages[i].append(out);
        return true;
    }
    if (completion_append(out, what))
        return true;
    fputs("usage: gen man|man-rules|rules-md|xml-md|normalize-md|bash|zsh|fish, in the folder of the project\n", stderr);
    return false;
}

int main(int argc, char **argv)
{
    struct har_buffer out;
    har_buffer_init(&out, PAGE_MAX);
    bool done = generate(&out, argc > 1 ? argv[1] : "") && !out.failed;
    if (done && (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0)) {
        perror("stdout");
        done = false;
    }
    har_buffer_release(&out);
    return done ? 0 : 1;
}
