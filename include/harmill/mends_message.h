/* What normalize changes about requests and responses. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_MESSAGE_H
#define HARMILL_MENDS_MESSAGE_H

#define HAR_MENDS_MESSAGE(X) \
    X(REQUEST_COOKIES, "request-cookies", DERIVED, MISSING_MEMBER, \
      "request.cookies is missing", "the cookies of the Cookie headers", "", "cookies from headers")

#endif
