/* The transforms of a run, in the order in which the registry has them. */
#include "cli/pipeline.h"

#include <string.h>

#include "cli/complain.h"

/* Which option makes which transform needed, and what it is told. */
static const struct row {
    const char *transform, *option;
    size_t field; /* in struct options */
    enum { FLAG, TEXT } kind;
} rows[] = {
    {"normalize", "no-derive", offsetof(struct options, no_derive), FLAG},
    {"filter", "filter", offsetof(struct options, filter), TEXT},
    {"filter", "page", offsetof(struct options, page), TEXT},
    {"strip", "drop-bodies", offsetof(struct options, drop_bodies), TEXT},
    {"strip", "max-body", offsetof(struct options, max_body), TEXT},
    {"strip", "drop-custom", offsetof(struct options, drop_custom), FLAG},
};

static void add_transform(struct pipeline *pipeline, const char *name)
{
    bool wanted[PIPELINE_TRANSFORMS_MOST] = {false};
    const struct har_transform *const *all = har_transforms();
    size_t count = 0;
    for (size_t i = 0; all[i]; i++) {
        for (size_t k = 0; pipeline->transforms[k]; k++)
            wanted[i] |= pipeline->transforms[k] == all[i];
        wanted[i] |= strcmp(all[i]->name, name) == 0;
    }
    for (size_t i = 0; all[i]; i++)
        if (wanted[i])
            pipeline->transforms[count++] = all[i];
}

static bool value_of(const struct options *options, const struct row *row, const char **value)
{
    const char *field = (const char *)options + row->field;
    *value = row->kind == TEXT ? *(const char *const *)field : NULL;
    return row->kind == TEXT ? *value != NULL : *(const bool *)field;
}

/* Bodies beside a capture come first: normalizing measures them. */
static void add_normalize(struct pipeline *pipeline)
{
    add_transform(pipeline, "attach");
    add_transform(pipeline, "normalize");
}

static bool refuse(struct pipeline *pipeline, const char *option, const struct har_error *error)
{
    pipeline->short_of_memory = error->domain == HAR_DOMAIN_MEMORY;
    if (pipeline->short_of_memory)
        complain("out of memory");
    else
        complain("--%s%s", option, error->text);
    return false;
}

/* For the place in it. */
static bool check_filter(struct pipeline *pipeline, const char *text)
{
    struct har_error error = {0};
    struct har_filter *filter = NULL;
    size_t column = 0;
    if (har_filter_new(text, &filter, &column, &error) == HAR_OK) {
        har_filter_free(filter);
        return true;
    }
    refuse(pipeline, "filter: ", &error);
    if (column)
        complain_place(text, column);
    return false;
}

/* Whether the transforms take their options, before any input is opened. */
static bool check_options(struct pipeline *pipeline, const struct options *options)
{
    struct har_error error = {0};
    if (options->filter && !check_filter(pipeline, options->filter))
        return false;
    for (size_t i = 0; pipeline->transforms[i]; i++) {
        const struct har_transform *transform = pipeline->transforms[i];
        if (transform->check && transform->check(pipeline->options, &error) != HAR_OK)
            return refuse(pipeline, "", &error); /* the text begins with the option's name */
    }
    return true;
}

void pipeline_plain(struct pipeline *pipeline)
{
    *pipeline = (struct pipeline){.repair = false};
    add_normalize(pipeline);
}

bool pipeline_init(struct pipeline *pipeline, const struct options *options)
{
    size_t count = 0;
    *pipeline = (struct pipeline){.repair = options->repair};
    if (options->choice.profile && options->choice.profile->consumer && !options->no_normalize)
        pipeline->opens_in = options->choice.profile;
    if (!options->no_normalize)
        add_normalize(pipeline);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value;
        if (!value_of(options, &rows[i], &value))
            continue;
        if (strcmp(rows[i].transform, "normalize") != 0)
            add_transform(pipeline, rows[i].transform);
        pipeline->options[count++] = (struct har_option){rows[i].option, value};
    }
    return check_options(pipeline, options);
}

void pipeline_apply(const struct pipeline *pipeline, struct har_job *job)
{
    job->transforms = pipeline->transforms;
    job->options = pipeline->options;
    job->repair = pipeline->repair;
    job->opens_in = pipeline->opens_in;
}
