/* What a report leaves out: values that carry credentials, bodies, members of producers' own. */
#ifndef HTML_LEAVE_H
#define HTML_LEAVE_H

#include "html/html.h"
#include "json/tree.h"

/* What the values in a container are about. */
enum html_role {
    HTML_ROLE_NONE,
    HTML_ROLE_COOKIES, /* and all below */
    HTML_ROLE_CONTENT,
    HTML_ROLE_POST_DATA,
    HTML_ROLE_PARAMS,
    HTML_ROLE_MESSAGES,
    HTML_ROLE_PAGE_TIMINGS,
};

/* A container whose values are judged. */
struct html_leaving {
    enum html_role role;
    bool array;
    bool named;   /* an object whose `name`, or an array one of whose strings, is that of a header with credentials */
    bool listed;  /* an object in a list, or below one */
    bool encoded; /* an object whose body is base64 */
    bool binary;  /* one whose body has a type that is no text */
};

enum html_verdict { HTML_KEEP, HTML_LEAVE_MEMBER, HTML_LEAVE_BODY, HTML_LEAVE_HEADER, HTML_LEAVE_COOKIE };

/* The judgement of `container`, which lies in `parent` (NULL: in nothing). */
struct html_leaving html_leaving_of(const struct har_tree *tree, const struct har_node *container,
                                    const struct html_leaving *parent, const struct html_options *options);

/* Whether `member` of an object stays at all. */
bool html_keeps_custom(const struct har_tree *tree, const struct har_node *member, const struct html_leaving *in,
                       const struct html_options *options);
static inline bool html_keeps_member(const struct har_tree *tree, const struct har_node *member, const struct html_leaving *in,
                                     const struct html_options *options)
{
    const char first = member->key_len ? *json_key(tree, member) : '\0';
    return (first != '_' && first != '\\') || html_keeps_custom(tree, member, in, options);
}

/* What becomes of a value in a container; of members that stay. */
enum html_verdict html_judge(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in,
                             const struct html_options *options);

/* Whether both values, texts, of an object with the members `name` and `value` stay, in a container of HTML_ROLE_NONE. */
bool html_is_harmless(const struct har_tree *tree, const struct har_node *name, const struct har_node *value,
                      const struct html_options *options);

/* Bytes of a body's text, which lies in `in`: of base64 what it decodes to. */
uint64_t html_body_bytes(const struct har_tree *tree, const struct har_node *text, const struct html_leaving *in);

#endif
