/* What is built in: the only file that names concrete plug-ins. A new one is a declaration and a row. */
#include <harmill/registry.h>
#include <harmill/schema.h>

#include <string.h>
#include <strings.h>

#include "check/semantic.h"
#include "coding/coding.h"
#include "reader/reader.h"

extern const struct har_format har_format_har, har_format_xml;
extern const struct har_transform har_transform_attach, har_transform_normalize, har_transform_filter, har_transform_strip,
    har_transform_redact;
extern const struct har_writer har_writer_har, har_writer_xml, har_writer_html;
extern const struct har_report har_report_text, har_report_brief, har_report_json, har_report_jsonl;
extern const struct har_report har_report_sarif, har_report_github, har_report_gitlab, har_report_junit;
extern const struct har_schema har_schema_xsd;

/* In the order in which they are run. */
#define SEMANTIC_GROUPS(X)                                                                                                         \
    X(page)                                                                                                                        \
    X(time)                                                                                                                        \
    X(url)                                                                                                                         \
    X(query)                                                                                                                       \
    X(header)                                                                                                                      \
    X(cookie)                                                                                                                      \
    X(post_data)                                                                                                                   \
    X(response)                                                                                                                    \
    X(content)                                                                                                                     \
    X(attached)                                                                                                                    \
    X(chrome)                                                                                                                      \
    X(har_validator)                                                                                                               \
    X(playwright)                                                                                                                  \
    X(k6)                                                                                                                          \
    X(firefox)                                                                                                                     \
    X(mitmproxy)                                                                                                                   \
    X(unreadable)

#define DECLARED(name) extern const struct semantic_group semantic_##name;
SEMANTIC_GROUPS(DECLARED)
#undef DECLARED

static const struct har_reader *const readers[] = {&har_reader_stdin, &har_reader_cloudflare, &har_reader_file, &har_reader_zip,
                                                   NULL};
static const struct har_coding *const codings[] = {&har_coding_gzip, &har_coding_zlib, &har_coding_zstd, NULL};
static const struct har_format *const formats[] = {&har_format_har, &har_format_xml, NULL};
static const struct har_transform *const transforms[] = {&har_transform_attach, &har_transform_normalize, &har_transform_filter,
                                                         &har_transform_strip,  &har_transform_redact,    NULL};
static const struct har_writer *const writers[] = {&har_writer_har, &har_writer_xml, &har_writer_html, NULL};
static const struct har_report *const reports[] = {
    &har_report_text,   &har_report_brief, &har_report_json,
    &har_report_jsonl,  &har_report_sarif, &har_report_github,
    &har_report_gitlab, &har_report_junit, NULL,
};
static const struct har_schema *const schemas[] = {&har_schema_xsd, NULL};

const struct semantic_group *const semantic_groups[] = {
#define LISTED(name) &semantic_##name,
    SEMANTIC_GROUPS(LISTED)
#undef LISTED
        NULL,
};

const struct har_reader *const *har_readers(void)
{
    return readers;
}

const struct har_coding *const *har_codings(void)
{
    return codings;
}

const struct har_format *const *har_formats(void)
{
    return formats;
}

const struct har_transform *const *har_transforms(void)
{
    return transforms;
}

const struct har_writer *const *har_writers(void)
{
    return writers;
}

const struct har_report *const *har_reports(void)
{
    return reports;
}

const struct har_schema *const *har_schemas(void)
{
    return schemas;
}

const struct har_reader *har_reader_find(const char *name)
{
    for (size_t i = 0; readers[i]; i++)
        if (!strcmp(readers[i]->name, name))
            return readers[i];
    return NULL;
}

const struct har_format *har_format_find(const char *name)
{
    for (size_t i = 0; formats[i]; i++)
        if (!strcmp(formats[i]->name, name))
            return formats[i];
    return NULL;
}

const struct har_transform *har_transform_find(const char *name)
{
    for (size_t i = 0; transforms[i]; i++)
        if (!strcmp(transforms[i]->name, name))
            return transforms[i];
    return NULL;
}

const struct har_writer *har_writer_find(const char *name)
{
    for (size_t i = 0; writers[i]; i++)
        if (!strcmp(writers[i]->name, name))
            return writers[i];
    return NULL;
}

const struct har_report *har_report_find(const char *name)
{
    for (size_t i = 0; reports[i]; i++)
        if (!strcmp(reports[i]->name, name))
            return reports[i];
    return NULL;
}

const struct har_schema *har_schema_find(const char *name)
{
    for (size_t i = 0; schemas[i]; i++)
        if (!strcmp(schemas[i]->name, name))
            return schemas[i];
    return NULL;
}

/* The length of the one of the blank-separated `endings` that the name ends with; 0 when there is none. */
static size_t ending(const char *name, size_t len, const char *endings)
{
    while (endings && *endings) {
        size_t width = strcspn(endings, " ");
        if (width && width <= len && !strncasecmp(name + len - width, endings, width))
            return width;
        endings += width + strspn(endings + width, " ");
    }
    return 0;
}

/* The coding that the name's ending tells, and how long that ending is. */
static const struct har_coding *coding_of(const char *name, size_t len, size_t *width)
{
    for (size_t i = 0; codings[i]; i++)
        if ((*width = ending(name, len, codings[i]->suffixes)))
            return codings[i];
    *width = 0;
    return NULL;
}

/* The ending as it stands comes first: ".zhar" is a coding's and a format's. */
const struct har_format *har_format_for_path(const char *path)
{
    size_t len = strlen(path), width;
    coding_of(path, len, &width);
    for (size_t i = 0; formats[i]; i++)
        if (ending(path, len, formats[i]->extensions) || ending(path, len - width, formats[i]->extensions))
            return formats[i];
    return NULL;
}

const struct har_writer *har_writer_for_path(const char *path)
{
    size_t len = strlen(path), width;
    coding_of(path, len, &width);
    for (size_t i = 0; writers[i]; i++)
        if (ending(path, len, writers[i]->extensions) || ending(path, len - width, writers[i]->extensions))
            return writers[i];
    return NULL;
}

const struct har_coding *har_coding_for_path(const char *path)
{
    size_t width;
    return coding_of(path, strlen(path), &width);
}

const struct har_reader *har_reader_for_input(const char *input)
{
    for (size_t i = 0; readers[i]; i++)
        if (readers[i]->accepts(input))
            return readers[i];
    return NULL;
}
