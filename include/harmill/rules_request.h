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
      "Cookies of the list have other names or values than the Cookie header of the request, or the Set-Cookie headers " \
      "of the response. A tool that replays the list sends something else than one that replays the headers. Order, " \
      "quotes and percent escapes do not matter, and nothing is compared when there is no such header, because browsers " \
      "leave it out.", \
      "Firebug, which cut values at an equals sign; edited captures.", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"de\"}],\"headers\":[{\"name\":\"Cookie\",\"value\":\"lang=en\"}]}", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\"}],\"headers\":[{\"name\":\"Cookie\",\"value\":\"lang=en\"}]}", \
      "Keeps both.") \
    X(COOKIES_OMITTED, "cookies-omitted", INFO, INFO, "HAR 1.2, cookies", \
      "cookies that headers carry are left out", \
      "A header carries cookies that the list leaves out: all of them, or, in a response, those that the browser did " \
      "not store. Tools that only read the list take it that there were none.", \
      "WebPageTest for responses; chrome-har, which leaves out blocked cookies; Playwright in its minimal mode.", \
      "{\"cookies\":[],\"headers\":[{\"name\":\"Cookie\",\"value\":\"lang=en\"}]}", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\"}],\"headers\":[{\"name\":\"Cookie\",\"value\":\"lang=en\"}]}", \
      "Keeps the list as it is.") \
    X(COOKIE_ATTRIBUTES, "cookie-attributes", INFO, INFO, "HAR 1.2, cookies", \
      "cookie differs from its Set-Cookie", \
      "domain, path, secure or httpOnly of a response cookie is not what its Set-Cookie header says. Whoever judges the " \
      "safety of cookies from the list judges others than the server set. Case and a leading dot of the domain do not " \
      "matter, and a domain or path that the header leaves out is not compared.", \
      "", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\",\"httpOnly\":true}],\"headers\":[{\"name\":\"Set-Cookie\"," \
      "\"value\":\"lang=en\"}]}", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\",\"httpOnly\":true}],\"headers\":[{\"name\":\"Set-Cookie\"," \
      "\"value\":\"lang=en; HttpOnly\"}]}", \
      "Keeps both.") \
    X(PARAMS_AND_TEXT, "params-and-text", INFO, WARNING, "HAR 1.2, postData", \
      "params and text together", \
      "The specification has the posted body either as params or as text, not as both. Readers take one of them, and " \
      "not all the same one. All browsers write both for forms.", \
      "Chrome, Firefox, Safari, Playwright and mitmproxy for forms.", \
      "{\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":[{\"name\":\"q\"," \
      "\"value\":\"tea\"}],\"text\":\"q=tea\"}}", \
      "{\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":[],\"text\":\"q=tea\"}}", \
      "Keeps both.") \
    X(EMPTY_POST_DATA, "empty-post-data", INFO, WARNING, "HAR 1.2, postData", \
      "postData without params and text", \
      "postData is there but holds neither params nor text. Either nothing was posted, and postData should be left out, " \
      "or the producer did not keep the body, and a replay sends an empty one.", \
      "Old Firefox, Fiddler and Polly.JS on GET; WebPageTest; Chrome for bodies that it did not keep.", \
      "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"\"}}", \
      "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"tea\"}}", \
      "Keeps it.") \
    X(PARAMS_MISMATCH, "params-mismatch", WARNING, WARNING, "HAR 1.2, params", \
      "params differ from the text", \
      "The parameters of a form are not those of its text. Tools that replay params send something else than tools that " \
      "replay the text. Order, percent escapes and plus signs for blanks do not matter.", \
      "Captures that were edited in one of the two places.", \
      "{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":[{\"name\":\"q\",\"value\":\"tea\"}]," \
      "\"text\":\"q=coffee\"}", \
      "{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":[{\"name\":\"q\",\"value\":\"green tea\"}]," \
      "\"text\":\"q=green+tea\"}", \
      "Keeps both.") \
    X(BODY_ON_GET, "body-on-get", INFO, INFO, "RFC 9110 section 9.3.1", \
      "body of a GET or HEAD request", \
      "A GET or HEAD request posts something. HTTP gives such a body no meaning: servers and proxies drop it or refuse " \
      "the request, and scripts in browsers cannot send it at all.", \
      "API clients; edited captures.", \
      "{\"method\":\"GET\",\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"tea\"}}", \
      "{\"method\":\"POST\",\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"tea\"}}", \
      "Keeps it.") \
    X(REQUEST_BODY_SIZE, "request-body-size", INFO, INFO, "HAR 1.2, request", \
      "bodySize differs from the posted text", \
      "bodySize of the request is the number of bytes that were sent; the text has another length. The text was cut, " \
      "edited or decoded wrongly, or characters were counted instead of bytes. Sums of traffic are then off.", \
      "chrome-har counts characters; edited and redacted captures.", \
      "{\"bodySize\":3,\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"th\\u00e9\"}}", \
      "{\"bodySize\":4,\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"th\\u00e9\"}}", \
      "Keeps both.")

#endif
