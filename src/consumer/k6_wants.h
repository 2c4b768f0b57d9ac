/* The members that npm har-to-k6 checks: a row each. */
#ifndef CONSUMER_K6_WANTS_H
#define CONSUMER_K6_WANTS_H

#include "consumer/script.h"

/* har-to-k6 wants a member to be... */
enum k6_wanted {
    K6_NEEDED,        /* a string, not empty */
    K6_MAY_BE_FALSY,  /* a string, or something falsy */
    K6_MAY_BE_EMPTY,  /* a string, null or missing */
    K6_FLAG,          /* a boolean, null, missing or an empty string */
    K6_LIST,          /* an array, or something falsy */
    K6_OBJECT,        /* an object, or something falsy */
    K6_NEEDED_OBJECT, /* an object */
};

struct k6_want {
    enum k6_wanted wanted;
    unsigned row; /* JSON_NO_MEMBER: a member of har-to-k6's own */
    const char *name, *what;
};
#define K6_WANTS_END                                                                                                               \
    {                                                                                                                              \
        K6_NEEDED, 0, NULL, NULL                                                                                                   \
    }

/* Each ends with K6_WANTS_END, but k6_log, which has the log's rows. */
extern const struct k6_want k6_creator[], k6_browser[], k6_page[], k6_entry[], k6_request[], k6_header[], k6_cookie[], k6_query[],
    k6_param[], k6_post[], k6_variable[], k6_log[LOG_rows];

/* Tell what is wrong with a value, with the members of an object; false when something was. */
bool k6_judge_value(struct check *check, const struct har_node *node, const struct k6_want *want);
bool k6_judge_all(struct check *check, const struct har_node *object, const struct k6_want *wants);

/* `what` is %1 of the message. */
void k6_tell(struct check *check, const struct har_node *node, const char *message, const char *what);

/* Missing, null or an empty string. */
bool k6_empty(const struct har_node *node);

#endif
