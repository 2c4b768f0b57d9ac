/* Rules about other programs: what makes each of them refuse or misread a capture. Off but in the profile of that program. Columns:
 * see <harmill/rule.h>. */
#ifndef HARMILL_RULES_CONSUMER_H
#define HARMILL_RULES_CONSUMER_H

#include <harmill/api.h>

#define HAR_RULES_CONSUMER(X)                                                                                                      \
    X(CHROME_REFUSES, "chrome-refuses", OFF, OFF, "Chrome DevTools, HAR import", "Chrome does not import the file", "", "", "",    \
      "", "")                                                                                                                      \
    X(HAR_VALIDATOR_REFUSES, "har-validator-refuses", OFF, OFF, "npm har-validator 5", "har-validator rejects the file", "", "",   \
      "", "", "")                                                                                                                  \
    X(PLAYWRIGHT_REFUSES, "playwright-refuses", OFF, OFF, "Playwright, routeFromHAR", "Playwright does not replay the file", "",   \
      "", "", "", "")                                                                                                              \
    X(K6_REFUSES, "k6-refuses", OFF, OFF, "npm har-to-k6", "har-to-k6 makes no script of the file", "", "", "", "", "")            \
    X(FIREFOX_REFUSES, "firefox-refuses", OFF, OFF, "Firefox, HAR import", "Firefox does not import the file", "", "", "", "", "") \
    X(MITMPROXY_REFUSES, "mitmproxy-refuses", OFF, OFF, "mitmproxy, HAR import", "mitmproxy does not read the file", "", "", "",   \
      "", "")

#endif
