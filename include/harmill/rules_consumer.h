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
    X(PLAYWRIGHT_REFUSES, "playwright-refuses", OFF, OFF, "Playwright, routeFromHAR", \
      "Playwright does not replay the file", \
      "", \
      "", "", "", "") \
    X(K6_REFUSES, "k6-refuses", OFF, OFF, "npm har-to-k6", \
      "har-to-k6 makes no script of the file", \
      "", \
      "", "", "", "") \
    X(FIREFOX_REFUSES, "firefox-refuses", OFF, OFF, "Firefox, HAR import", \
      "Firefox does not import the file", \
      "The import of Firefox's Network panel reads the members as they are and fails when one of them is missing or null " \
      "that it looks into: log.pages and log.entries (arrays), request, response, response.content, cache and timings of " \
      "each entry. This follows what is documented and was not tested with Firefox.", \
      "Proxyman, mitmproxy, Charles, Insomnia and Playwright's minimal mode write no pages.", \
      "{\"log\": {\"version\": \"1.2\", \"entries\": []}}", \
      "{\"log\": {\"version\": \"1.2\", \"pages\": [], \"entries\": []}}", \
      "Keeps it.") \
    X(MITMPROXY_REFUSES, "mitmproxy-refuses", OFF, OFF, "mitmproxy, HAR import", \
      "mitmproxy does not read the file", \
      "", \
      "", "", "", "")

#endif
