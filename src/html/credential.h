/* Names of what carries credentials, however they are spelled. */
#ifndef HTML_CREDENTIAL_H
#define HTML_CREDENTIAL_H

#include "json/tree.h"

/* What of the two is compared: the letters, in any case, and digits. So a name is the same with underscores around it, as
 * normalizing gives them, with a stray colon or blank, or with other signs between its words. */
struct credential_name {
    const char *letters; /* lower case */
    size_t len;
};

#define CREDENTIAL_NAME(text)                                                                                                      \
    {                                                                                                                              \
        text, sizeof(text) - 1                                                                                                     \
    }

/* Which of `names` the key of the member is; -1. A number that normalizing put behind it (_text_2) does not count. */
int credential_key(const struct har_tree *tree, const struct har_node *member, const struct credential_name *names, size_t count);

/* Whether the string is the name of a header with credentials, and whether the member's key is. */
bool credential_is_name(const struct har_tree *tree, const struct har_node *string);
bool credential_is_key(const struct har_tree *tree, const struct har_node *member);

/* Whether a line of the string is such a header with a value, as blocks of raw headers have them; and whether it is a cookie and
 * its value: a=b. */
bool credential_in_lines(const struct har_tree *tree, const struct har_node *string);
bool credential_is_pair(const struct har_tree *tree, const struct har_node *string);

#endif
