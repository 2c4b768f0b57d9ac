/* A value of a HAR as an XML element, with all below it. Each begins on its own line, `level` levels in; the root of the document
 * is at level 0. */
#ifndef HARMILL_WRITER_XML_VALUE_H
#define HARMILL_WRITER_XML_VALUE_H

#include <harmill/schema.h>
#include <harmill/spec.h>

#include "json/write.h"

/* The root's attribute. */
#define XML_NAMESPACE " xmlns=\"" HAR_XML_NAMESPACE "\""

/* The whole document, one that is no object. */
void xml_put_document(struct json_out *out, const struct har_tree *tree);

/* A page or an entry: an element of an array of such objects. */
void xml_put_element(struct json_out *out, enum har_object object, const struct har_tree *tree, unsigned level);

/* An element of an array that the specification does not know. */
void xml_put_item(struct json_out *out, const struct har_tree *tree, unsigned level);

/* The beginning of such an array, a member; it ends with "</member>". */
void xml_put_open(struct json_out *out, const struct har_tree *tree, unsigned level);

/* A member of the document or of the log. */
void xml_put_member(struct json_out *out, enum har_object of, const struct har_tree *tree, unsigned level);

#endif
