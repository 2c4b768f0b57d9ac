/* Schemas of what writers write, made from the specification's tables. */
#ifndef HARMILL_SCHEMA_H
#define HARMILL_SCHEMA_H

#include <harmill/buffer.h>

HAR_BEGIN_DECLS

/* The name space of the xml writer's elements. */
#define HAR_XML_NAMESPACE "urn:harmill:har:1"

struct har_schema {
    size_t size;
    const char *name;    /* of the language: "xsd" */
    const char *summary;
    bool (*append)(struct har_buffer *out); /* false when it failed */
};

/* What is built in; the list ends with NULL. */
HAR_API const struct har_schema *const *har_schemas(void);

/* By name; NULL when there is none. */
HAR_API const struct har_schema *har_schema_find(const char *name);

HAR_END_DECLS
#endif
