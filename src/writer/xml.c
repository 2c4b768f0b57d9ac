/* HAR as XML from which the same HAR can be read again: docs/xml.md tells what becomes what. */
#include "writer/document.h"
#include "writer/xml_value.h"

#define DECLARATION       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define PUT(out, literal) json_out_text(out, literal, sizeof(literal) - 1)

static void open_document(struct json_out *out)
{
    PUT(out, DECLARATION);
    json_out_line(out, 0);
    PUT(out, "<har" XML_NAMESPACE ">");
}

static void close_document(struct json_out *out, bool empty)
{
    if (!empty)
        json_out_line(out, 0);
    PUT(out, "</har>");
}

static void whole(struct json_out *out, const struct har_tree *tree)
{
    PUT(out, DECLARATION);
    xml_put_document(out, tree);
}

static void open_log(struct json_out *out)
{
    json_out_line(out, 1);
    PUT(out, "<log>");
}

static void close_log(struct json_out *out, bool empty)
{
    if (!empty)
        json_out_line(out, 1);
    PUT(out, "</log>");
}

static void open_pages(struct json_out *out, const struct har_tree *tree)
{
    if (har_tree_root(tree)->member == JSON_NO_MEMBER) {
        xml_put_open(out, tree, 2);
        return;
    }
    json_out_line(out, 2);
    PUT(out, "<pages>");
}

static void open_entries(struct json_out *out)
{
    json_out_line(out, 2);
    PUT(out, "<entries>");
}

static void close_list(struct json_out *out, enum document_list list, bool empty)
{
    if (!empty)
        json_out_line(out, 2);
    if (list == DOCUMENT_ENTRIES)
        PUT(out, "</entries>");
    else if (list == DOCUMENT_PAGES)
        PUT(out, "</pages>");
    else
        PUT(out, "</member>");
}

static void element(struct json_out *out, enum document_list list, const struct har_tree *tree)
{
    if (list == DOCUMENT_OTHER_PAGES)
        xml_put_item(out, tree, 3);
    else
        xml_put_element(out, list == DOCUMENT_PAGES ? HAR_OBJECT_PAGE : HAR_OBJECT_ENTRY, tree, 3);
}

static void member(struct json_out *out, enum har_object of, const struct har_tree *tree)
{
    xml_put_member(out, of, tree, of == HAR_OBJECT_LOG ? 2 : 1);
}

static const struct document_syntax syntax = {
    .between = "",
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

static const struct har_option_row options[] = {
    {"indent", "N", "blanks a level, 0 for none", "2"},
    {"sort", NULL, "entries by startedDateTime", NULL},
    {NULL, NULL, NULL, NULL},
};

static enum har_status open_xml(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    return document_open(ctx, &syntax, args, (struct json_out){.mask = false}, error);
}

const struct har_writer har_writer_xml = {
    .size = sizeof(struct har_writer),
    .name = "xml",
    .summary = "XML that holds all of the HAR, for XSLT, XQuery and archives",
    .extensions = ".xml",
    .options = options,
    .ctx_size = sizeof(struct document),
    .open = open_xml,
    .item = document_item,
    .finish = document_finish,
    .close = document_close,
};
