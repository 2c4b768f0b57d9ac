/* What a tag of the vocabulary says. */
#ifndef HARMILL_FORMAT_XML_SLOT_H
#define HARMILL_FORMAT_XML_SLOT_H

#include "format/xml.h"

/* What a tag's attributes say. */
struct xml_attributes {
    int value; /* enum xml_value, -1: no type */
    const struct har_text *name;
    bool escaped, chunked, escaped_name;
};

/* Where an element goes. */
struct xml_slot {
    struct har_text key;
    bool keyed, escaped_key;
    enum xml_value value;
    unsigned kinds; /* bits of the values for which `object` says what they hold */
    uint8_t object;
};

/* A finding about the tag. */
void xml_tell_tag(struct xml *x, const struct xml_tag *tag, const char *message, const struct har_arg *args, size_t count,
                  const char *done);
struct har_arg xml_name_arg(const char *name);

/* The element is left aside with all that is in it. %1 of the message is its name. */
void xml_leave_aside(struct xml *x, const struct xml_tag *tag, const char *message);

/* The attributes that the element may have; `member` and `chunk` are elements with rules of their own. A value's own are checked
 * when its type is known. */
void xml_read_attributes(struct xml *x, const struct xml_tag *tag, bool member, bool chunk, struct xml_attributes *found);

/* A member of an object, by its row's name or `member`; an element of an array; the document's first element. False when it was
 * told and goes nowhere. */
bool xml_member_slot(struct xml *x, const struct xml_tag *tag, const struct xml_frame *parent, struct xml_attributes *attributes,
                     struct xml_slot *slot);
bool xml_element_slot(struct xml *x, const struct xml_tag *tag, const struct xml_frame *parent, struct xml_attributes *attributes,
                      struct xml_slot *slot);
bool xml_root_slot(struct xml *x, const struct xml_tag *tag, struct xml_attributes *attributes, struct xml_slot *slot);

#endif
