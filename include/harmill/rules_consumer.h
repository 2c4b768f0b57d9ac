/* Rules about other programs: what makes each of them refuse or misread a capture. Off but in the profile of that program.
 * Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_CONSUMER_H
#define HARMILL_RULES_CONSUMER_H

#include <harmill/api.h>

#define HAR_RULES_CONSUMER(X) \
    X(CHROME_REFUSES, "chrome-refuses", OFF, OFF, "Chrome DevTools, HAR import", \
      "Chrome does not import the file", \
      "The Network panel of Chrome and Edge builds objects of its own from the file and gives up at the first cast that " \
      "fails: a member that must be an object and is not, a number that becomes NaN (a missing one does), a date that " \
      "JavaScript cannot read. One line in the console tells so, and no entry is shown. Each finding is one such place; " \
      "missing cookies, headers, pages, cache and strings are no trouble.", \
      "Proxies and tools that leave out what does not apply: timings, headersSize, content.size, the response of a failed " \
      "request (the documented shape of Cloudflare's URL Scanner, old Firefox, mitmproxy, Proxyman).", \
      "{\"timings\": {\"send\": 0, \"wait\": 12}}", \
      "{\"timings\": {\"send\": 0, \"wait\": 12, \"receive\": 0}}", \
      "Keeps it.") \
    X(HAR_VALIDATOR_REFUSES, "har-validator-refuses", OFF, OFF, "npm har-validator 5", \
      "har-validator rejects the file", \
      "npm har-validator, which many tools run before they read a HAR, checks the JSON schemas of har-schema 2.0.0. They " \
      "demand more than the specification in some points (integers, serverIPAddress as an IP address, url without white " \
      "space, cache in each entry) and nothing in others (cache and timings of any type, params of any content). Each " \
      "finding is one place where the schemas are not met.", \
      "Chrome (serverIPAddress empty or in brackets), Firefox (no title, no headersSize), Safari (expires empty), Polly.JS " \
      "(header values that are arrays).", \
      "{\"serverIPAddress\": \"[2001:db8::1]\"}", \
      "{\"serverIPAddress\": \"2001:db8::1\"}", \
      "Keeps it.") \
    X(PLAYWRIGHT_REFUSES, "playwright-refuses", OFF, OFF, "Playwright 1.65, routeFromHAR", \
      "Playwright does not replay the file", \
      "Told is what keeps Playwright's routeFromHAR from replaying the file in Chromium: it cannot be opened, the " \
      "lookup of one of its entries by that entry's own request ends in an error, or the browser never gets the answer." \
      " One entry without a request is enough to make every lookup fail. Redirects are followed inside the file, so one" \
      " that leads to its own address goes round for ever. Entries that are merely never asked for are not told.", \
      "chrome-har joins headers of one name with a line feed; captures of HTTP/2 hold :status as a header; Fiddler and " \
      "Edge write a byte order mark.", \
      "{\"response\":{\"status\":200,\"headers\":[{\"name\":\":status\",\"value\":\"200\"}]}}", \
      "{\"response\":{\"status\":200,\"headers\":[{\"name\":\"server\",\"value\":\"a\"}],\"content\":{\"text\":\"b\"}}}", \
      "Leaves the byte order mark out, moves pseudo-headers away, parts joined headers, writes 0 for a status of -1; with " \
      "this profile leaves one redirect of each cycle out.") \
    X(K6_REFUSES, "k6-refuses", OFF, OFF, "npm har-to-k6 0.14", \
      "har-to-k6 makes no script of the file", \
      "Told is what makes har-to-k6 stop without a script, each place in its own terms. It wants absolute addresses, " \
      "one Content-Type in a request, strings for names and values, a form's type for postData with params, and percent" \
      " signs that can be decoded. Text like ${name} is a variable to it, which something must define. Its own members " \
      "sleep, checks and variables are judged as far as they need no JSONPath and no regular expression.", \
      "Chrome and others write Content-Type twice, params beside JSON, and query values with a lone percent sign.", \
      "{\"method\":\"GET\",\"url\":\"/a\",\"headers\":[]}", "{\"method\":\"GET\",\"url\":\"http://a.example/a\",\"headers\":[]}", \
      "Keeps one Content-Type of a request, params of forms only, and queryString as it stands in url where that can be " \
      "decoded and what it held cannot; with this profile leaves har-to-k6's own members as they are.") \
    X(FIREFOX_REFUSES, "firefox-refuses", OFF, OFF, "Firefox 153, HAR import", \
      "Firefox does not import the file", \
      "The import of Firefox's Network panel reads the members as they are and fails when one of them is missing or null " \
      "that it looks into: log.pages and log.entries (arrays), request, response, response.content, cache and timings of " \
      "each entry. The url of each request must be a whole address.", \
      "Proxyman, mitmproxy, Charles, Insomnia and Playwright's minimal mode write no pages.", \
      "{\"log\": {\"version\": \"1.2\", \"entries\": []}}", \
      "{\"log\": {\"version\": \"1.2\", \"pages\": [], \"entries\": []}}", \
      "Writes pages, response, content and cache where they are missing, and timings where time tells them.") \
    X(MITMPROXY_REFUSES, "mitmproxy-refuses", OFF, OFF, "mitmproxy, HAR import (documented, untested)", \
      "mitmproxy does not read the file", \
      "Told is what mitmproxy's import is documented to need and does not find: startedDateTime as a date of ISO 8601, " \
      "time, the request's method, url, httpVersion and headers, the response's status, httpVersion, headers and " \
      "content, and the text of postData where there is postData. This was read, not tried. Cookies, queryString, " \
      "timings and cache are never looked at.", \
      "Captures made by hand and those of old exporters lack httpVersion; Firefox writes time null.", \
      "{\"postData\":{\"mimeType\":\"text/plain\"}}", "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"a\"}}", \
      "Keeps it.")

#endif
