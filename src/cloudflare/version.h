/* For the text of --version. */
#ifndef CLOUDFLARE_VERSION_H
#define CLOUDFLARE_VERSION_H

#ifdef HARMILL_WITHOUT_CURL
#define CURL_VERSION_TEXT ""
#else
#include <curl/curlver.h>
#define CURL_VERSION_TEXT ", libcurl " LIBCURL_VERSION
#endif

#endif
