/* What is changed about captures that come out of archives. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_CONTAINER_H
#define HARMILL_MENDS_CONTAINER_H

#include <harmill/api.h>

#define HAR_MENDS_CONTAINER(X) \
    X(ATTACHED_BODY, "attached-body", SPELLED, ATTACHED_BODY, \
      "a body lies beside the capture, in its archive, and _file names it", \
      "the body as text, in base64 where it is no text; _file is gone", "", "")

#endif
