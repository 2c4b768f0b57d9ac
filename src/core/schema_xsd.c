/* XSD 1.0 of the xml writer's output. Captures may lack what the specification requires and hold values of any type anywhere, and
 * XSD 1.0 cannot make content depend on an attribute: so every element may be missing, repeated, or hold text, items or members. */
#include <harmill/schema.h>
#include <harmill/spec.h>

#include <string.h>

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"" HAR_XML_NAMESPACE "\"\n"
                           "    targetNamespace=\"" HAR_XML_NAMESPACE "\" elementFormDefault=\"qualified\">\n"
                           "  <xs:annotation>\n"
                           "    <xs:documentation>HTTP Archives as harmill writes them in XML. Printed by harmill schema --for xsd."
                           "</xs:documentation>\n"
                           "  </xs:annotation>\n"
                           "  <xs:element name=\"har\" type=\"document\"/>\n"
                           "\n"
                           "  <xs:simpleType name=\"typeName\">\n"
                           "    <xs:restriction base=\"xs:string\">\n";

static const char types_end[] = "    </xs:restriction>\n"
                                "  </xs:simpleType>\n"
                                "\n"
                                "  <xs:attributeGroup name=\"form\">\n"
                                "    <xs:attribute name=\"type\" type=\"typeName\"/>\n"
                                "    <xs:attribute name=\"escaped\" type=\"xs:boolean\" default=\"false\"/>\n"
                                "    <xs:attribute name=\"chunked\" type=\"xs:boolean\" default=\"false\"/>\n"
                                "  </xs:attributeGroup>\n"
                                "\n"
                                "  <xs:complexType name=\"member\" mixed=\"true\">\n"
                                "    <xs:complexContent>\n"
                                "      <xs:extension base=\"value\">\n"
                                "        <xs:attribute name=\"name\" type=\"xs:string\" use=\"required\"/>\n"
                                "        <xs:attribute name=\"escaped-name\" type=\"xs:boolean\" default=\"false\"/>\n"
                                "      </xs:extension>\n"
                                "    </xs:complexContent>\n"
                                "  </xs:complexType>\n";

/* What a value can be wherever it stands. */
static const char other_forms[] = "      <xs:element name=\"item\" type=\"value\" maxOccurs=\"unbounded\"/>\n"
                                  "      <xs:element name=\"chunk\" type=\"xs:string\" maxOccurs=\"unbounded\"/>\n";

static const char *const type_names[] = {"null", "boolean", "number", "string", "array", "object", "json"};

static const char *presence_phrase(const struct har_member *member)
{
    static const char *const phrases[] = {"required", "optional", "expected", "one of several"};
    return member->flags & HAR_MEMBER_CUSTOM ? "in no version" : phrases[member->presence];
}

static bool is_list(const struct har_member *member)
{
    return member->object != HAR_OBJECT_NONE && member->types & 1 << HAR_KIND_ARRAY;
}

static void append_begin(struct har_buffer *out, const char *name, const char *suffix)
{
    har_buffer_printf(out, "\n  <xs:complexType name=\"%s%s\" mixed=\"true\">\n    <xs:choice minOccurs=\"0\">\n", name, suffix);
}

static void append_end(struct har_buffer *out)
{
    har_buffer_append_text(out, other_forms);
    har_buffer_append_text(out, "    </xs:choice>\n    <xs:attributeGroup ref=\"form\"/>\n  </xs:complexType>\n");
}

/* Members without row, and for a value without table nothing else. */
static void append_members(struct har_buffer *out, const char *least, int blanks)
{
    har_buffer_printf(out, "%*s<xs:element name=\"member\" type=\"member\"%s maxOccurs=\"unbounded\"/>\n", blanks, "", least);
}

static void append_value(struct har_buffer *out)
{
    append_begin(out, "value", "");
    append_members(out, "", 6);
    append_end(out);
}

static void append_row(struct har_buffer *out, const struct har_member *member)
{
    const struct har_object_spec *object = har_spec_object((enum har_object)member->object);
    har_buffer_printf(out, "        <xs:element name=\"%s\" type=\"%s%s\" minOccurs=\"0\" maxOccurs=\"unbounded\">\n", member->name,
                      object ? object->name : "value", is_list(member) ? "List" : "");
    har_buffer_append_text(out, "          <xs:annotation><xs:documentation>");
    const char *between = "";
    const char *last = "";
    for (unsigned kind = HAR_KIND_NULL; kind <= HAR_KIND_OBJECT; kind++) {
        const char *name = har_kind_name((enum har_kind)kind);
        if (!(member->types & 1u << kind) || strcmp(name, last) == 0)
            continue;
        har_buffer_printf(out, "%s%s", between, name);
        between = " or ";
        last = name;
    }
    har_buffer_printf(out, ", %s</xs:documentation></xs:annotation>\n        </xs:element>\n", presence_phrase(member));
}

/* Members in the order in which the writer puts them. */
static void append_object(struct har_buffer *out, const struct har_object_spec *spec)
{
    append_begin(out, spec->name, "");
    har_buffer_append_text(out, "      <xs:sequence>\n");
    for (size_t row = 0; row < spec->count; row++)
        append_row(out, &spec->members[row]);
    append_members(out, " minOccurs=\"0\"", 8);
    har_buffer_append_text(out, "      </xs:sequence>\n");
    append_end(out);
}

static void append_list(struct har_buffer *out, const struct har_object_spec *spec)
{
    append_begin(out, spec->name, "List");
    har_buffer_printf(out, "      <xs:element name=\"%s\" type=\"%s\" maxOccurs=\"unbounded\"/>\n", spec->name, spec->name);
    append_members(out, "", 6);
    append_end(out);
}

/* The document's own members stand in any order: what lies beside the log comes as it was read. */
static void append_document(struct har_buffer *out, const struct har_object_spec *spec)
{
    append_begin(out, spec->name, "");
    har_buffer_append_text(out, "      <xs:choice maxOccurs=\"unbounded\">\n");
    for (size_t row = 0; row < spec->count; row++)
        har_buffer_printf(out, "        <xs:element name=\"%s\" type=\"%s\"/>\n", spec->members[row].name,
                          har_spec_object((enum har_object)spec->members[row].object)->name);
    har_buffer_append_text(out, "        <xs:element name=\"member\" type=\"member\"/>\n      </xs:choice>\n");
    append_end(out);
}

/* Whether some member is an array of such objects. */
static bool is_listed(enum har_object object)
{
    for (unsigned of = HAR_OBJECT_NONE + 1; of < HAR_OBJECT_COUNT; of++) {
        const struct har_object_spec *spec = har_spec_object((enum har_object)of);
        for (size_t row = 0; row < spec->count; row++)
            if (spec->members[row].object == object && is_list(&spec->members[row]))
                return true;
    }
    return false;
}

static bool append_xsd(struct har_buffer *out)
{
    har_buffer_append_text(out, head);
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        har_buffer_printf(out, "      <xs:enumeration value=\"%s\"/>\n", type_names[i]);
    har_buffer_append_text(out, types_end);
    append_value(out);
    append_document(out, har_spec_object(HAR_OBJECT_ROOT));
    for (unsigned object = HAR_OBJECT_ROOT + 1; object < HAR_OBJECT_COUNT; object++) {
        append_object(out, har_spec_object((enum har_object)object));
        if (is_listed((enum har_object)object))
            append_list(out, har_spec_object((enum har_object)object));
    }
    return har_buffer_append_text(out, "</xs:schema>\n");
}

const struct har_schema har_schema_xsd = {
    .size = sizeof(struct har_schema),
    .name = "xsd",
    .summary = "XML Schema 1.0 of what the writer xml writes",
    .append = append_xsd,
};
