/* Rules about requests: url, query, method, headers, cookies, posted data. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_REQUEST_H
#define HARMILL_RULES_REQUEST_H

#include <harmill/api.h>

#define HAR_RULES_REQUEST(X) \
    X(RELATIVE_URL, "relative-url", ERROR, ERROR, "HAR 1.2, request", \
      "url is not absolute", \
      "", \
      "", "", "", "") \
    X(URL_BLANK, "url-blank", ERROR, ERROR, "RFC 3986", \
      "url with white space or control characters", \
      "", \
      "", "", "", "") \
    X(URL_NON_ASCII, "url-non-ascii", WARNING, WARNING, "RFC 3986", \
      "url with characters outside ASCII", \
      "", \
      "", "", "", "") \
    X(URL_CHARACTER, "url-character", INFO, WARNING, "RFC 3986 section 2", \
      "url with a character that must be escaped", \
      "", \
      "", "", "", "") \
    X(URL_FRAGMENT, "url-fragment", WARNING, WARNING, "HAR 1.2, request", \
      "url with a fragment", \
      "", \
      "", "", "", "") \
    X(URL_PERCENT, "url-percent", INFO, WARNING, "RFC 3986 section 2.1", \
      "percent sign that begins no escape", \
      "", \
      "", "", "", "") \
    X(MALFORMED_URL, "malformed-url", WARNING, WARNING, "RFC 3986 section 3.2", \
      "url with a broken host or port", \
      "", \
      "", "", "", "") \
    X(OTHER_SCHEME, "other-scheme", INFO, INFO, "HAR 1.2, request", \
      "url that is not of the web", \
      "", \
      "", "", "", "") \
    X(QUERY_MISMATCH, "query-mismatch", WARNING, WARNING, "HAR 1.2, queryString", \
      "queryString differs from the url", \
      "", \
      "", "", "", "") \
    X(QUERY_DECODING, "query-decoding", INFO, INFO, "HAR 1.2, queryString", \
      "queryString in a mixed spelling", \
      "", \
      "", "", "", "") \
    X(QUERY_OMITTED, "query-omitted", INFO, WARNING, "HAR 1.2, queryString", \
      "queryString empty though the url has one", \
      "", \
      "", "", "", "") \
    X(HEADER_NAME, "header-name", WARNING, WARNING, "RFC 9110 section 5.1", \
      "header name that is no token", \
      "", \
      "", "", "", "") \
    X(PSEUDO_HEADER, "pseudo-header", INFO, INFO, "RFC 9113 section 8.3", \
      "pseudo-header of HTTP/2 among the headers", \
      "", \
      "", "", "", "") \
    X(HEADER_LINE_BREAK, "header-line-break", WARNING, WARNING, "RFC 9110 section 5.5", \
      "line break in a header value", \
      "", \
      "", "", "", "") \
    X(MALFORMED_METHOD, "malformed-method", WARNING, WARNING, "RFC 9110 section 9.1", \
      "method that is no token", \
      "", \
      "", "", "", "") \
    X(METHOD_CASE, "method-case", WARNING, WARNING, "RFC 9110 section 9.1", \
      "method in lower case", \
      "", \
      "", "", "", "") \
    X(UNKNOWN_HTTP_VERSION, "unknown-http-version", INFO, WARNING, "HAR 1.2, request, response", \
      "httpVersion that nobody knows", \
      "", \
      "", "", "", "") \
    X(HOST_MISMATCH, "host-mismatch", INFO, INFO, "RFC 9110 section 7.2", \
      "Host differs from the url", \
      "", \
      "", "", "", "") \
    X(COOKIES_MISMATCH, "cookies-mismatch", WARNING, WARNING, "HAR 1.2, cookies", \
      "cookies differ from the headers", \
      "", \
      "", "", "", "") \
    X(COOKIES_OMITTED, "cookies-omitted", INFO, INFO, "HAR 1.2, cookies", \
      "cookies empty though headers set some", \
      "", \
      "", "", "", "") \
    X(COOKIE_ATTRIBUTES, "cookie-attributes", INFO, INFO, "HAR 1.2, cookies", \
      "cookie differs from its Set-Cookie", \
      "", \
      "", "", "", "") \
    X(PARAMS_AND_TEXT, "params-and-text", INFO, WARNING, "HAR 1.2, postData", \
      "params and text together", \
      "", \
      "", "", "", "") \
    X(EMPTY_POST_DATA, "empty-post-data", INFO, WARNING, "HAR 1.2, postData", \
      "postData without params and text", \
      "", \
      "", "", "", "") \
    X(PARAMS_MISMATCH, "params-mismatch", WARNING, WARNING, "HAR 1.2, params", \
      "params differ from the text", \
      "", \
      "", "", "", "") \
    X(BODY_ON_GET, "body-on-get", INFO, INFO, "RFC 9110 section 9.3.1", \
      "body of a GET or HEAD request", \
      "", \
      "", "", "", "") \
    X(REQUEST_BODY_SIZE, "request-body-size", INFO, INFO, "HAR 1.2, request", \
      "bodySize differs from the posted text", \
      "", \
      "", "", "", "")

#endif
