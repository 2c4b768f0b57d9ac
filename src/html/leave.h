/* What a report leaves out: bodies, members of producers' own. */
#ifndef HTML_LEAVE_H
#define HTML_LEAVE_H

#include "html/html.h"
#include "json/tree.h"

/* What the values in a container are about. */
enum html_role {
    HTML_ROLE_NONE,
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
    bool listed;  /* in a list */
    bool encoded; /* an object whose body is base64 */
    bool binary;  /* one whose body has a type that is no text */
};

/* The judgement of `container`, which lies in `parent` (NULL: in nothing). */
struct html_leaving html_leaving_of(const struct har_tree *tree, const struct har_node *container,
                                    const struct html_leaving *parent);

/* Whether `member` of an object stays at all. */
bool html_keeps_custom(const struct har_tree *tree, const struct har_node *member, const struct html_leaving *in,
                       const struct html_options *options);
static inline bool html_keeps_member(const struct har_tree *tree, const struct har_node *member, const struct html_leaving *in,
                                     const struct html_options *options)
{
    const char first = member->key_len ? *json_key(tree, member) : '\0';
    return (first != '_' && first != '\\') || html_keeps_custom(tree, member, in, options);
}

/* Whether a value in a container, of a member that stays, is a body that is left out. */
bool html_leaves_body(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in,
                      const struct html_options *options);

/* Bytes of a body's text, which lies in `in`: of base64 what it decodes to. */
uint64_t html_body_bytes(const struct har_tree *tree, const struct har_node *text, const struct html_leaving *in);

#endif
