/* What normalize changes about requests and responses. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_MESSAGE_H
#define HARMILL_MENDS_MESSAGE_H

#include <harmill/api.h>

#define HAR_MENDS_MESSAGE(X) \
    X(HEADER_NULL, "header-null", DROPPED, WRONG_TYPE, "an element of headers is null", "nothing", "", "") \
    X(HEADER_PAIR, "header-pair", SPELLED, WRONG_TYPE, \
      "a header is an array of a name and a value", "an object with both", "", "") \
    X(HEADER_LINE, "header-line", SPELLED, WRONG_TYPE, \
      "a header is a string, a name and a value with a colon between them", "an object with both", "", "") \
    X(HEADER_VALUES, "header-values", SPELLED, WRONG_TYPE, \
      "the value of a header is an array", "a header of that name for each of its elements", "", "") \
    X(HEADER_VALUE_TYPE, "header-value-type", SPELLED, WRONG_TYPE, \
      "the value of a header is a number or a boolean", "its text", "", "") \
    X(HEADER_NO_VALUE, "header-no-value", FILLED, MISSING_MEMBER, \
      "a header has no value, or null", "an empty value", "", "") \
    X(HEADER_KEPT_VALUE, "header-kept-value", KEPT, WRONG_TYPE, \
      "the value of a header is an object, or an array without texts", "an empty value", "as _value of the header", "") \
    X(HEADER_NAME_BLANK, "header-name-blank", SPELLED, HEADER_NAME, \
      "white space stands around the name of a header", \
      "the name", \
      "", "") \
    X(NO_HEADER, "no-header", KEPT, HEADER_NAME, \
      "an element of headers has no name that a header can have: it is a request or status line, its name is empty or holds a " \
      "character that none has", \
      "the list without it", "in the list _headers of the message; as it stands", "") \
    X(PSEUDO_HEADER, "pseudo-header", KEPT, PSEUDO_HEADER, \
      "pseudo-headers of HTTP/2, such as :authority, stand among the headers", "the list without them", \
      "in the list _pseudoHeaders of the message; as they stand", "") \
    X(HEADER_LINES, "header-lines", SPELLED, HEADER_LINE_BREAK, \
      "the value of a header holds line ends", \
      "a header of that name for each line; a line that begins with white space continues the one before it after a blank", "", \
      "") \
    X(CONTENT_TYPE_TWICE, "content-type-twice", KEPT, K6_REFUSES, \
      "a request has several headers Content-Type with the same value", "the first", \
      "the others in the list _headers of the request", "") \
    X(RELATIVE_URL, "relative-url", DERIVED, RELATIVE_URL, \
      "url is a path; pseudo-headers or Host tell scheme and host", \
      "the absolute url", \
      "", "url from the headers") \
    X(URL_BLANK, "url-blank", SPELLED, URL_BLANK, \
      "url holds white space or control characters", \
      "them percent-encoded; none at its ends; in url of any scheme", "", "") \
    X(URL_NON_ASCII, "url-non-ascii", SPELLED, URL_NON_ASCII, \
      "url holds characters outside ASCII", "them percent-encoded as UTF-8", "", "") \
    X(URL_CHARACTER, "url-character", SPELLED, URL_CHARACTER, \
      "url holds characters that browsers escape: \\\" < > anywhere behind the host, ` { } in the path", \
      "them percent-encoded; what browsers send raw stays, because replay finds entries by the url of a browser", "", "") \
    X(URL_FRAGMENT, "url-fragment", KEPT, URL_FRAGMENT, \
      "url holds a fragment", "url without it and its #", "as _fragment of the request", "") \
    X(METHOD, "method", DERIVED, MISSING_MEMBER, \
      "method is missing, null or empty; :method or a request line tells it", \
      "the method that the headers tell", \
      "", "method from the headers") \
    X(WEB_SOCKET_METHOD, "web-socket-method", DERIVED, MISSING_MEMBER, \
      "method is missing, null or empty; url or the Upgrade header shows that a WebSocket was opened, not over HTTP/2", \
      "GET; RFC 6455 demands it", \
      "", "method GET of a WebSocket") \
    X(METHOD_CASE, "method-case", SPELLED, METHOD_CASE, \
      "method is in small letters; delete, get, head, options, post or put, which browsers send in capitals", \
      "it in capitals", \
      "", "") \
    X(VERSION, "http-version", DERIVED, MISSING_MEMBER, \
      "httpVersion is missing or null; a request or status line tells it", \
      "the version of that line", \
      "", "httpVersion from the start line") \
    X(VERSION_UNKNOWN, "unknown-http-version", KEPT, UNKNOWN_HTTP_VERSION, \
      "httpVersion is no version that is in use", "an empty text", "as _httpVersion of the message", "") \
    X(REQUEST_COOKIES, "request-cookies", DERIVED, MISSING_MEMBER, \
      "request.cookies is missing; Cookie headers carry some", \
      "the cookies of the Cookie headers", \
      "", "cookies from headers") \
    X(RESPONSE_COOKIES, "response-cookies", DERIVED, MISSING_MEMBER, \
      "response.cookies is missing; Set-Cookie headers carry some", \
      "the cookies of the Set-Cookie headers; with path, domain (without a first dot), expires, httpOnly, secure and " \
      "_sameSite as far as the headers tell; nothing is worked out from Max-Age", \
      "", "cookies from headers") \
    X(COOKIES_OMITTED, "cookies-omitted", DERIVED, COOKIES_OMITTED, \
      "cookies is empty, but headers carry some", \
      "the cookies of the headers; as where the list is missing", \
      "", "cookies from headers") \
    X(EXPIRES_EMPTY, "expires-empty", DROPPED, EMPTY_EXPIRES, \
      "expires of a cookie is empty, null or -1: it ends with the session", "nothing", "", "") \
    X(EXPIRES_FORM, "expires-form", SPELLED, MALFORMED_EXPIRES, \
      "expires of a cookie is a date as HTTP or another form of ISO 8601 has it", "the same instant in UTC, with milliseconds", \
      "", "") \
    X(EXPIRES_NUMBER, "expires-number", SPELLED, WRONG_TYPE, \
      "expires of a cookie is a number of seconds since 1970, from 100000000 to 99999999999", \
      "that instant in UTC, with milliseconds", "", "") \
    X(EXPIRES_KEPT, "expires-kept", KEPT, MALFORMED_EXPIRES, \
      "expires of a cookie is no date, or one without a zone", "nothing", "as _expires of the cookie", "") \
    X(QUERY_STRING, "query-string", DERIVED, MISSING_MEMBER, \
      "queryString is missing; url has a query", \
      "the parameters of url; parted by &, split at their first =, percent-decoded, + as a blank", \
      "", "queryString from url") \
    X(QUERY_OMITTED, "query-omitted", DERIVED, QUERY_OMITTED, \
      "queryString is empty, but url has a query", \
      "the parameters of url; as where the list is missing", \
      "", "queryString from url") \
    X(QUERY_UNDECODED, "query-undecoded", DERIVED, MISSING_MEMBER, \
      "queryString is missing or empty; only with --profile k6, whose program decodes it itself", \
      "the parameters of url as they stand", "", "queryString from url, not decoded") \
    X(QUERY_PERCENT, "query-percent", SPELLED, K6_REFUSES, \
      "queryString holds a % that begins no escape, or ${; only with --profile k6, where it holds the parameters of url", \
      "all of them as they stand in url", "", "") \
    X(POST_EMPTY, "post-data-empty", DROPPED, EMPTY_POST_DATA, \
      "all members of postData are empty, or there are none", "no postData", "", "") \
    X(POST_WITHOUT_BODY, "post-data-without-body", KEPT, EMPTY_POST_DATA, \
      "postData has a type, but no body; neither params nor text, nor members of its own", \
      "nothing: no postData", \
      "as _postData of the request", "") \
    X(POST_TYPE, "post-data-type", DERIVED, MISSING_MEMBER, \
      "postData.mimeType is missing, null or empty; there is a Content-Type header", \
      "the value of the Content-Type header", \
      "", "mimeType from Content-Type") \
    X(PARAMS_KEPT, "params-kept", KEPT, K6_REFUSES, \
      "postData has params, but mimeType is that of no form", \
      "nothing: postData without params", \
      "as _params of postData", "") \
    X(POST_ENCODING, "post-data-encoding", SPELLED, DRAFT_MEMBER, \
      "encoding of postData or of a parameter is base64 of a text; one in UTF-8 without U+0000", \
      "the text itself, without encoding", \
      "", "") \
    X(POST_ENCODING_KEPT, "post-data-encoding-kept", KEPT, DRAFT_MEMBER, \
      "encoding of postData or of a parameter is not base64; base64 of bytes that are no text stays as it is, because programs " \
      "that replay requests know it", \
      "the text as it stands", \
      "the encoding as _encoding", "") \
    X(STATUS, "status", DERIVED, MISSING_MEMBER, \
      "status is missing or null; :status or a status line tells it", \
      "the status that the headers tell", \
      "", "status from the headers") \
    X(STATUS_UNKNOWN, "unknown-status", KEPT, UNKNOWN_STATUS, \
      "status is -1", "0: no response", "as _status of the response", "") \
    X(STATUS_IMPOSSIBLE, "impossible-status", KEPT, UNLIKELY_STATUS, \
      "status is another number below 0, has a fraction or is too large", "0: no response", "as _status of the response", "") \
    X(REDIRECT_URL, "redirect-url", DERIVED, REDIRECT_OMITTED, \
      "redirectURL is missing, null or empty in a redirect with a Location header", \
      "the value of the Location header; as it stands", \
      "", "redirectURL from Location") \
    X(REDIRECTION_URL, "redirection-url", SPELLED, UNKNOWN_MEMBER, \
      "redirectURL is named redirectionURL (Internet Explorer)", "it under its right name", "", "")

#endif
