/* For the text of --version. */
#ifndef READER_CLOUDFLARE_VERSION_H
#define READER_CLOUDFLARE_VERSION_H

#ifdef HARMILL_WITHOUT_CURL
#define CURL_VERSION_TEXT ""
#else
#include <curl/curlver.h>
#define CURL_VERSION_TEXT ", libcurl " LIBCURL_VERSION
#endif

#endif
