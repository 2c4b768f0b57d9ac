/* The vocabulary of HAR as XML, from the specification's tables. */
#include <ctype.h>
#include <string.h>

#include "tools/gen.h"

/* "number", "object or null" */
static void append_types(struct har_buffer *out, const struct har_member *member)
{
    const char *between = "";
    for (unsigned kind = HAR_KIND_OBJECT + 1; kind-- > 0;) {
        const char *name = har_kind_name((enum har_kind)kind);
        if (!(member->types & 1u << kind) || kind == HAR_KIND_FALSE)
            continue;
        har_buffer_printf(out, "%s%s", between, name);
        between = " or ";
    }
}

static bool is_list(const struct har_member *member)
{
    return member->object != HAR_OBJECT_NONE && member->types & 1u << HAR_KIND_ARRAY;
}

/* A link to a heading; what it is called in addresses is lower case. */
static void append_link(struct har_buffer *out, const char *heading)
{
    har_buffer_printf(out, "[%s](#", heading);
    for (; *heading; heading++)
        har_buffer_append_char(out, (char)tolower((unsigned char)*heading));
    har_buffer_append_char(out, ')');
}

/* docs/xml.md: a table of elements for each object. */
void gen_elements(struct har_buffer *out)
{
    static const char *const presence[] = {"required", "optional", "expected", "one of several"};
    for (unsigned object = HAR_OBJECT_ROOT; object < HAR_OBJECT_COUNT; object++) {
        const struct har_object_spec *spec = har_spec_object((enum har_object)object);
        har_buffer_printf(out, "\n### %s\n\n| element | type | in HAR | since | holds |\n|---|---|---|---|---|\n",
                          object == HAR_OBJECT_ROOT ? "har" : spec->name);
        for (size_t row = 0; row < spec->count; row++) {
            const struct har_member *member = &spec->members[row];
            const struct har_object_spec *of = har_spec_object((enum har_object)member->object);
            har_buffer_printf(out, "| `%s` | ", member->name);
            append_types(out, member);
            har_buffer_printf(out, " | %s | ", member->flags & HAR_MEMBER_CUSTOM ? "in no version" : presence[member->presence]);
            if (!(member->flags & HAR_MEMBER_CUSTOM))
                har_buffer_printf(out, "%d.%d", member->since / 10, member->since % 10);
            har_buffer_append_text(out, of && is_list(member) ? " | any number of " : " | ");
            if (of)
                append_link(out, of->name);
            har_buffer_append_text(out, of ? " |\n" : "|\n");
        }
    }
}

/* The same for the manual. */
void gen_xml(struct har_buffer *out)
{
    har_buffer_append_text(out, ".Bl -tag -width Ds\n");
    for (unsigned object = HAR_OBJECT_ROOT; object < HAR_OBJECT_COUNT; object++) {
        const struct har_object_spec *spec = har_spec_object((enum har_object)object);
        har_buffer_printf(out, ".It Li %s\n", object == HAR_OBJECT_ROOT ? "har" : spec->name);
        for (size_t row = 0; row < spec->count; row++) {
            const struct har_member *member = &spec->members[row];
            const struct har_object_spec *of = har_spec_object((enum har_object)member->object);
            har_buffer_printf(out, ".Li %s\n", member->name);
            har_buffer_append_char(out, '(');
            append_types(out, member);
            if (of && strcmp(of->name, member->name) != 0)
                har_buffer_printf(out, is_list(member) ? " of %s" : ": %s", of->name);
            har_buffer_append_text(out, row + 1 < spec->count ? "),\n" : ").\n");
        }
    }
    har_buffer_append_text(out, ".El\n");
}
