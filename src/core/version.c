/* What this library is made of, as text put together by the compiler. */
#include <harmill/api.h>

#include <jansson.h>

#include "coding/version.h"

const char *har_version(void)
{
    return HAR_VERSION;
}

const char *har_version_libraries(void)
{
    return "jansson " JANSSON_VERSION ", " CODING_VERSION;
}
