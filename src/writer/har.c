/* HAR as JSON again: members in the specification's order, strings in canonical spelling, numbers as written. */
#include "writer/document.h"

static const struct har_option_row options[] = {
    {"indent", "N", "blanks a level, 0 for one line", "2"},
    {"sort", NULL, "entries by startedDateTime", NULL},
    {"as-read", NULL, "keep the order of members and the spelling of strings", NULL},
    {"mask", NULL, "write the length of strings, not their values", NULL},
    {NULL, NULL, NULL, NULL},
};

static void whole(struct json_out *out, const struct har_tree *tree)
{
    json_out_value(out, tree, har_tree_root(tree), 0);
}

static void open_document(struct json_out *out)
{
    json_out_text(out, "{", 1);
}

static void close_document(struct json_out *out, bool empty)
{
    if (!empty)
        json_out_line(out, 0);
    json_out_text(out, "}", 1);
}

static void open_log(struct json_out *out)
{
    json_out_line(out, 1);
    json_out_text(out, out->indent ? "\"log\": {" : "\"log\":{", out->indent ? 8 : 7);
}

static void close_log(struct json_out *out, bool empty)
{
    if (!empty)
        json_out_line(out, 1);
    json_out_text(out, "}", 1);
}

static void open_pages(struct json_out *out, const struct har_tree *tree)
{
    json_out_line(out, 2);
    json_out_key(out, tree, har_tree_root(tree));
    json_out_text(out, "[", 1);
}

static void open_entries(struct json_out *out)
{
    json_out_line(out, 2);
    json_out_text(out, out->indent ? "\"entries\": [" : "\"entries\":[", out->indent ? 12 : 11);
}

static void close_list(struct json_out *out, enum document_list list, bool empty)
{
    (void)list;
    if (!empty)
        json_out_line(out, 2);
    json_out_text(out, "]", 1);
}

static void element(struct json_out *out, enum document_list list, const struct har_tree *tree)
{
    (void)list;
    json_out_line(out, 3);
    json_out_value(out, tree, har_tree_root(tree), 3);
}

static void member(struct json_out *out, enum har_object of, const struct har_tree *tree)
{
    const struct har_node *root = har_tree_root(tree);
    const unsigned level = of == HAR_OBJECT_LOG ? 2 : 1;
    json_out_line(out, level);
    json_out_key(out, tree, root);
    json_out_value(out, tree, root, level);
}

static const struct document_syntax syntax = {
    .between = ",",
    .whole = whole,
    .open_document = open_document,
    .close_document = close_document,
    .open_log = open_log,
    .close_log = close_log,
    .open_pages = open_pages,
    .open_entries = open_entries,
    .close_list = close_list,
    .element = element,
    .member = member,
};

static enum har_status open_har(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    const struct json_out like = {.as_read = har_option_value(args->options, "as-read", "no") == NULL,
                                  .mask = har_option_value(args->options, "mask", "no") == NULL};
    return document_open(ctx, &syntax, args, like, error);
}

const struct har_writer har_writer_har = {
    .size = sizeof(struct har_writer),
    .name = "har",
    .summary = "canonical HAR 1.2, as JSON",
    .extensions = ".har .json .zhar",
    .options = options,
    .ctx_size = sizeof(struct document),
    .open = open_har,
    .item = document_item,
    .finish = document_finish,
    .close = document_close,
};
