/* Rules about requests: url, query, method, headers, cookies, posted data. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_REQUEST_H
#define HARMILL_RULES_REQUEST_H

#include <harmill/api.h>

#define HAR_RULES_REQUEST(X) \
    X(RELATIVE_URL, "relative-url", ERROR, ERROR, "HAR 1.2, request", \
      "url is not absolute", \
      "The specification asks for the absolute url of the request. Without scheme and host nobody knows where the " \
      "request went: replay, filters by host and reports cannot use the entry.", \
      "Hand-written captures, templates with placeholders such as ${host}, some Android tools and logging proxies; " \
      "empty urls from Splash.", \
      "\"url\": \"/tea?kind=green\"", \
      "\"url\": \"https://shop.example/tea?kind=green\"", \
      "Makes a path absolute where pseudo-headers or Host tell scheme and host, and tells so; else keeps it.") \
    X(URL_BLANK, "url-blank", ERROR, ERROR, "RFC 3986", \
      "url with white space or control characters", \
      "A blank, a line break or another control character stands in the url. No url may hold one: parsers cut the url " \
      "there or refuse it, and in a log or a script a line break starts a new line.", \
      "Splash writes urls half decoded; so do tools that put words like [id redacted] into urls.", \
      "\"url\": \"https://shop.example/green tea\"", \
      "\"url\": \"https://shop.example/green%20tea\"", \
      "Percent-encodes them, and leaves them out at both ends.") \
    X(URL_NON_ASCII, "url-non-ascii", WARNING, WARNING, "RFC 3986", \
      "url with characters outside ASCII", \
      "Urls are made of ASCII: other characters are percent-encoded as UTF-8, host names in Punycode. What was sent is " \
      "not what stands here, and readers guess the encoding differently. The url of data: and other schemes that are " \
      "not of the web is not judged.", \
      "Splash and hand-written captures.", \
      "\"url\": \"https://shop.example/th\\u00e9\"", \
      "\"url\": \"https://shop.example/th%C3%A9\"", \
      "Percent-encodes them as UTF-8.") \
    X(URL_CHARACTER, "url-character", INFO, WARNING, "RFC 3986 section 2", \
      "url with a character that must be escaped", \
      "One of the characters \" < > \\ ^ ` { | } stands raw in the url. RFC 3986 wants them escaped, browsers send some " \
      "of them as they are: strict parsers refuse such a url, others escape it and so make another one.", \
      "Browsers leave | { } and others raw in paths and queries; templates use braces for placeholders.", \
      "\"url\": \"https://fonts.example/css?family=Tea|Leaf\"", \
      "\"url\": \"https://fonts.example/css?family=Tea%7CLeaf\"", \
      "Percent-encodes what browsers do: \" < > behind the host, ` { } in paths; keeps what browsers send as it is.") \
    X(URL_FRAGMENT, "url-fragment", INFO, WARNING, "HAR 1.2, request", \
      "url with a fragment", \
      "The part behind # stays in the browser and is not sent; the specification leaves it out of url. Two entries for " \
      "one address look different with it, and it may hold secrets, such as tokens of a login.", \
      "chrome-har, on purpose; Splash, Firebug.", \
      "\"url\": \"https://shop.example/tea#green\"", \
      "\"url\": \"https://shop.example/tea\"", \
      "Moves it to _fragment of the request.") \
    X(URL_PERCENT, "url-percent", INFO, WARNING, "RFC 3986 section 2.1", \
      "percent sign that begins no escape", \
      "A percent sign begins no escape of two hexadecimal digits. Browsers send it as it is, but decoders differ: they " \
      "keep it, drop it or fail.", \
      "Pages that build urls from unescaped texts, in every browser.", \
      "\"url\": \"https://shop.example/?off=50%\"", \
      "\"url\": \"https://shop.example/?off=50%25\"", \
      "Keeps it.") \
    X(MALFORMED_URL, "malformed-url", WARNING, WARNING, "RFC 3986 section 3.2", \
      "url with a broken host or port", \
      "The host is missing, holds a character or has a form that no host has, or the port is no number from 0 to 65535. " \
      "No request can have gone there, so the url was put together wrongly or damaged later.", \
      "Hand-written captures and templates.", \
      "\"url\": \"https://shop.example:84430/\"", \
      "\"url\": \"https://shop.example:8443/\"", \
      "Keeps it.") \
    X(OTHER_SCHEME, "other-scheme", INFO, INFO, "HAR 1.2, request", \
      "url that is not of the web", \
      "The scheme is none of http, https, ws and wss, as that of data: and blob: urls and of extensions. No request " \
      "went over the network, so the entry cannot be replayed and its times and sizes mean little.", \
      "Firefox and Splash for data: urls, browsers with extensions.", \
      "\"url\": \"data:,tea\"", \
      "\"url\": \"https://shop.example/tea\"", \
      "Keeps it.") \
    X(QUERY_MISMATCH, "query-mismatch", WARNING, WARNING, "HAR 1.2, queryString", \
      "queryString differs from the url", \
      "queryString should hold the parameters of the url's query in their order, but its names, values or their number " \
      "differ in each spelling that is in use: as they stand, percent-decoded, with + for a blank. Readers that build " \
      "the request from queryString send another one than readers that take url. Empty parameters count nowhere, ; may " \
      "separate as & does, and nothing is compared with items that lack a name or value.", \
      "Firebug sorts the parameters, chrome-har groups those of one name, WebPageTest drops repeated ones, Firefox up " \
      "to 47 cuts values at a second =, load test templates list parameters that url lacks.", \
      "{\"url\": \"https://shop.example/?a=1&b=2\", \"queryString\": [{\"name\": \"a\", \"value\": \"1\"}]}", \
      "{\"url\": \"https://shop.example/?a=1&b=2\", \"queryString\": [{\"name\": \"a\", \"value\": \"1\"}, {\"name\": " \
      "\"b\", \"value\": \"2\"}]}", \
      "Keeps it.") \
    X(QUERY_DECODING, "query-decoding", INFO, INFO, "HAR 1.2, queryString", \
      "queryString in a mixed spelling", \
      "The parameters agree with the url once both are decoded, but some names or values are decoded and others are " \
      "not, or only in part. Nobody can tell whether a percent sign in such a list is one or begins an escape.", \
      "Splash decodes quotes and braces and keeps the escapes of , and : as they are.", \
      "{\"url\": \"https://shop.example/?a=%22x%22%2Cy\", \"queryString\": [{\"name\": \"a\", \"value\": " \
      "\"\\\"x\\\"%2Cy\"}]}", \
      "{\"url\": \"https://shop.example/?a=%22x%22%2Cy\", \"queryString\": [{\"name\": \"a\", \"value\": \"\\\"x\\\",y\"}]}", \
      "Keeps it.") \
    X(QUERY_OMITTED, "query-omitted", INFO, WARNING, "HAR 1.2, queryString", \
      "queryString empty though the url has one", \
      "queryString is empty although url has a query. Readers that build the request from queryString lose the " \
      "parameters; readers that take url do not notice.", \
      "WebPageTest, some captures of Playwright.", \
      "{\"url\": \"https://shop.example/?a=1\", \"queryString\": []}", \
      "{\"url\": \"https://shop.example/?a=1\", \"queryString\": [{\"name\": \"a\", \"value\": \"1\"}]}", \
      "Fills it with the parameters of url, decoded, and tells so.") \
    X(HEADER_NAME, "header-name", WARNING, WARNING, "RFC 9110 section 5.1", \
      "header name that is no token", \
      "The name of a header is empty or holds a character that names cannot have, such as a blank, a colon or a comma. " \
      "HTTP libraries refuse it when the request is replayed. Often it is no header at all but the request line, or two " \
      "headers in one.", \
      "WebPageTest writes the request line as a header when the url holds a colon.", \
      "\"headers\": [{\"name\": \"Accept Language\", \"value\": \"en\"}]", \
      "\"headers\": [{\"name\": \"Accept-Language\", \"value\": \"en\"}]", \
      "Trims blanks; moves what is no header to _headers of the message.") \
    X(PSEUDO_HEADER, "pseudo-header", INFO, INFO, "RFC 9113 section 8.3", \
      "pseudo-header of HTTP/2 among the headers", \
      "Names such as :authority and :path are the form in which HTTP/2 and HTTP/3 send the request line. They are no " \
      "headers: whoever replays the capture over HTTP/1.1 must leave them out. It is told once for each list of headers.", \
      "Chrome, Edge, Charles, chrome-har and old versions of Playwright.", \
      "\"headers\": [{\"name\": \":method\", \"value\": \"GET\"}]", \
      "\"headers\": [{\"name\": \"Accept\", \"value\": \"*/*\"}]", \
      "Moves them to _pseudoHeaders of the message.") \
    X(HEADER_LINE_BREAK, "header-line-break", WARNING, WARNING, "RFC 9110 section 5.5", \
      "line break in a header value", \
      "The value of a header holds a line break. Mostly several headers of one name were joined; split such a value at " \
      "its line breaks to get them back. Sent or printed as it is, the value becomes several headers, which is also how " \
      "headers are smuggled in.", \
      "chrome-har, Splash, PhantomJS, Firebug and Firefox up to 47 join Set-Cookie and other repeated headers; current " \
      "browsers do not.", \
      "\"headers\": [{\"name\": \"Set-Cookie\", \"value\": \"a=1\\nb=2\"}]", \
      "\"headers\": [{\"name\": \"Set-Cookie\", \"value\": \"a=1\"}, {\"name\": \"Set-Cookie\", \"value\": \"b=2\"}]", \
      "Writes a header for each line.") \
    X(MALFORMED_METHOD, "malformed-method", WARNING, WARNING, "RFC 9110 section 9.1", \
      "method that is no token", \
      "The method is empty or holds a character that no method has, such as a blank. No client can send it. An empty " \
      "method of a WebSocket is let pass, as Chrome has written it.", \
      "Hand-written captures and tests of proxies.", \
      "\"method\": \"GET /tea\"", \
      "\"method\": \"GET\"", \
      "Keeps it.") \
    X(METHOD_CASE, "method-case", WARNING, WARNING, "RFC 9110 section 9.1", \
      "method in lower case", \
      "Methods are case-sensitive: get is another method than GET, and servers refuse it. Readers that compare with GET " \
      "overlook the entry.", \
      "Hand-written captures; browsers when a page calls fetch() with patch, which they send as it is.", \
      "\"method\": \"get\"", \
      "\"method\": \"GET\"", \
      "Writes delete, get, head, options, post and put in capitals; keeps others, which browsers send as they are.") \
    X(UNKNOWN_HTTP_VERSION, "unknown-http-version", INFO, WARNING, "HAR 1.2, request, response", \
      "httpVersion that nobody knows", \
      "httpVersion is none of the words in use, such as HTTP/1.1, http/2.0, h2, h3, 1.1, spdy/3.1 or QUIC, or it is " \
      "empty or unknown although a response came. Readers that parse it fall back to some version or fail.", \
      "WebPageTest writes pieces of header lines (ori, me:), old versions of Chrome unknown, Safari an empty text for " \
      "what came from its memory.", \
      "\"httpVersion\": \"me:\"", \
      "\"httpVersion\": \"HTTP/1.1\"", \
      "Moves garbage to _httpVersion and writes an empty text; keeps unknown.") \
    X(HOST_MISMATCH, "host-mismatch", INFO, INFO, "RFC 9110 section 7.2", \
      "Host differs from the url", \
      "The Host or :authority header names another host or port than url; ports that the scheme implies are left out of " \
      "it. It happens on purpose, behind proxies and in tests, but a replay of the entry goes to one server and asks " \
      "for another.", \
      "Fiddler for CONNECT, chrome-har for redirects.", \
      "{\"url\": \"https://shop.example/\", \"headers\": [{\"name\": \"Host\", \"value\": \"tea.example\"}]}", \
      "{\"url\": \"https://shop.example/\", \"headers\": [{\"name\": \"Host\", \"value\": \"shop.example\"}]}", \
      "Keeps it.") \
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
      "Fills an empty list from the headers and tells so; keeps any other list.") \
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
      "Keeps both, because some readers take params and others text; moves params of what is no form to _params.") \
    X(EMPTY_POST_DATA, "empty-post-data", INFO, WARNING, "HAR 1.2, postData", \
      "postData without params and text", \
      "postData is there but holds neither params nor text. Either nothing was posted, and postData should be left out, " \
      "or the producer did not keep the body, and a replay sends an empty one.", \
      "Old Firefox, Fiddler and Polly.JS on GET; WebPageTest; Chrome for bodies that it did not keep.", \
      "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"\"}}", \
      "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"tea\"}}", \
      "Leaves out what says nothing at all; moves a type alone to _postData; keeps an empty text beside a type.") \
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
