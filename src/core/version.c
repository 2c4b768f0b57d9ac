/* What this library is made of, as text put together by the compiler. */
#include <harmill/api.h>

#include <jansson.h>

#ifndef HARMILL_WITHOUT_XML
#include <libxml/xmlversion.h>
#define XML_VERSION ", libxml2 " LIBXML_DOTTED_VERSION
#else
#define XML_VERSION ""
#endif

/* Its headers have no number. */
#ifndef HARMILL_WITHOUT_BROTLI
#define BROTLI_VERSION ", brotli"
#else
#define BROTLI_VERSION ""
#endif

#include "coding/version.h"
#include "cloudflare/version.h"
#include "reader/zip_version.h"
#include "transform/filter_version.h"

const char *har_version(void)
{
    return HAR_VERSION;
}

const char *har_version_libraries(void)
{
    return "jansson " JANSSON_VERSION ", " CODING_VERSION BROTLI_VERSION XML_VERSION CURL_VERSION_TEXT ZIP_VERSION FILTER_VERSION;
}
