/* What a tag says: its attributes, and where its element goes. */
#include <string.h>

#include "format/xml.h"
#include "format/xml_slot.h"
#include "util/text.h"

#ifndef HARMILL_WITHOUT_XML

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

static const char *const values[] = {
    [XML_OBJECT] = "object", [XML_ARRAY] = "array", [XML_STRING] = "string",   [XML_NUMBER] = "number",
    [XML_NULL] = "null",     [XML_JSON] = "json",   [XML_BOOLEAN] = "boolean", [XML_CHUNK] = NULL};

void xml_tell_tag(struct xml *x, const struct xml_tag *tag, const char *message, const struct har_arg *args, size_t count,
                  const char *done)
{
    const struct json_span span = xml_span(x, tag->at, tag->end - tag->at, false);
    xml_tell(x, HAR_RULE_XML_VOCABULARY, &span, tag->at, message, args, count, done);
}

struct har_arg xml_name_arg(const char *name)
{
    return (struct har_arg){HAR_ARG_NAME, 0, {name, strlen(name)}};
}

void xml_leave_aside(struct xml *x, const struct xml_tag *tag, const char *message)
{
    const struct har_arg name = xml_name_arg(tag->name);
    xml_tell_tag(x, tag, message, &name, 1, "left aside");
    x->skip = 1;
}

static bool read_flag(struct xml *x, const struct xml_tag *tag, const struct xml_attribute *attribute)
{
    const bool yes = text_is_exactly(attribute->value, "true") || text_is_exactly(attribute->value, "1");
    const struct har_arg name = xml_name_arg(attribute->name);
    if (!yes && !text_is_exactly(attribute->value, "false") && !text_is_exactly(attribute->value, "0"))
        xml_tell_tag(x, tag, "the attribute %1 is true or false", &name, 1, "read as false");
    return yes;
}

static int read_type(struct xml *x, const struct xml_tag *tag, const struct xml_attribute *attribute)
{
    for (int i = 0; i < XML_CHUNK; i++)
        if (text_is_exactly(attribute->value, values[i]))
            return i;
    xml_tell_tag(x, tag, "the attribute type is null, boolean, number, string, array, object or json", NULL, 0, "not heeded");
    return -1;
}

void xml_read_attributes(struct xml *x, const struct xml_tag *tag, bool member, bool chunk, struct xml_attributes *found)
{
    *found = (struct xml_attributes){.value = -1};
    for (size_t i = 0; i < tag->count; i++) {
        const struct xml_attribute *attribute = &tag->attribute[i];
        const char *name = attribute->name;
        const struct har_arg arg = xml_name_arg(name);
        if (attribute->space && !x->frames && strcmp(attribute->space, XSI) == 0)
            continue; /* where the schema is */
        if (attribute->space || chunk)
            xml_tell_tag(x, tag, "no attribute %1 may stand here", &arg, 1, "not heeded");
        else if (strcmp(name, "type") == 0)
            found->value = read_type(x, tag, attribute);
        else if (strcmp(name, "escaped") == 0)
            found->escaped = read_flag(x, tag, attribute);
        else if (strcmp(name, "chunked") == 0)
            found->chunked = read_flag(x, tag, attribute);
        else if (member && strcmp(name, "name") == 0)
            found->name = &attribute->value;
        else if (member && strcmp(name, "escaped-name") == 0)
            found->escaped_name = read_flag(x, tag, attribute);
        else
            xml_tell_tag(x, tag, "no attribute %1 may stand here", &arg, 1, "not heeded");
    }
}

static enum xml_value default_value(unsigned types)
{
    if (types & 1u << HAR_KIND_STRING)
        return XML_STRING;
    if (types & 1u << HAR_KIND_NUMBER)
        return XML_NUMBER;
    if (types & 1u << HAR_KIND_TRUE)
        return XML_BOOLEAN;
    return types & 1u << HAR_KIND_ARRAY ? XML_ARRAY : XML_OBJECT;
}

static const struct har_member *row_of(enum har_object object, const struct har_text *name)
{
    const struct har_object_spec *spec = har_spec_object(object);
    for (size_t i = 0; spec && i < spec->count; i++)
        if (spec->members[i].name_len == name->len && memcmp(spec->members[i].name, name->bytes, name->len) == 0)
            return &spec->members[i];
    return NULL;
}

bool xml_member_slot(struct xml *x, const struct xml_tag *tag, const struct xml_frame *parent, struct xml_attributes *attributes,
                     struct xml_slot *slot)
{
    const struct har_text name = {tag->name, strlen(tag->name)};
    const bool member = strcmp(tag->name, "member") == 0;
    const struct har_member *row = row_of((enum har_object)parent->object, &name);
    if (!row && !member) {
        xml_leave_aside(x, tag, "no element %1 may stand here; members that have no element of their own are member");
        return false;
    }
    xml_read_attributes(x, tag, !row, false, attributes);
    slot->keyed = true;
    if (row) {
        slot->key = (struct har_text){row->name, row->name_len};
        slot->value = default_value(row->types);
        slot->kinds = row->types;
        slot->object = row->object;
    } else if (attributes->name) {
        slot->key = *attributes->name;
        slot->escaped_key = attributes->escaped_name;
        slot->value = XML_STRING;
    } else {
        xml_leave_aside(x, tag, "%1 lacks the attribute name");
        return false;
    }
    return true;
}

bool xml_element_slot(struct xml *x, const struct xml_tag *tag, const struct xml_frame *parent, struct xml_attributes *attributes,
                      struct xml_slot *slot)
{
    const struct har_object_spec *spec = har_spec_object((enum har_object)parent->object);
    const bool known = spec && strcmp(tag->name, spec->name) == 0;
    if (!known && strcmp(tag->name, "item") != 0) {
        xml_leave_aside(x, tag, "no element %1 may stand in this array");
        return false;
    }
    xml_read_attributes(x, tag, false, false, attributes);
    slot->value = known ? XML_OBJECT : XML_STRING;
    slot->kinds = 1u << HAR_KIND_OBJECT;
    slot->object = parent->object;
    return true;
}

bool xml_root_slot(struct xml *x, const struct xml_tag *tag, struct xml_attributes *attributes, struct xml_slot *slot)
{
    if (!tag->ours || strcmp(tag->name, "har") != 0) {
        xml_tell_tag(x, tag, "this is XML of another kind: its first element is not har with xmlns=\"" XML_NAMESPACE "\"", NULL, 0,
                     NULL);
        x->stopped = true;
        return false;
    }
    xml_read_attributes(x, tag, false, false, attributes);
    slot->value = XML_OBJECT;
    slot->object = HAR_OBJECT_ROOT;
    return true;
}

#endif
