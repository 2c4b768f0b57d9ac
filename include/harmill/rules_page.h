/* Rules about the creator, the pages, and which entry belongs to which. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_PAGE_H
#define HARMILL_RULES_PAGE_H

#include <harmill/api.h>

#define HAR_RULES_PAGE(X) \
    X(EMPTY_CREATOR, "empty-creator", WARNING, WARNING, "HAR 1.2, creator", \
      "creator without name or version", \
      "The name or the version of the creator or browser is an empty string. Both are required so that readers know " \
      "whose habits to expect; an empty one tells nothing.", \
      "Microsoft's F12 Developer Tools write an empty version.", \
      "{\"creator\": {\"name\": \"demo\", \"version\": \"\"}}", \
      "{\"creator\": {\"name\": \"demo\", \"version\": \"1.0\"}}", \
      "Keeps it.") \
    X(DUPLICATE_PAGE_ID, "duplicate-page-id", ERROR, ERROR, "HAR 1.2, pages", \
      "two pages with one id", \
      "The id of a page must be unique within the log, because entries name their page by it. With two pages of one " \
      "id nobody knows to which of them an entry belongs; most readers take the first.", \
      "", \
      "{\"pages\": [{\"id\": \"page_1\"}, {\"id\": \"page_1\"}]}", \
      "{\"pages\": [{\"id\": \"page_1\"}, {\"id\": \"page_2\"}]}", \
      "Keeps it.") \
    X(DANGLING_PAGEREF, "dangling-pageref", ERROR, ERROR, "HAR 1.2, entries", \
      "pageref names no page", \
      "The entry belongs to a page that is not in the log. Viewers that group by page show such an entry nowhere, or " \
      "stop.", \
      "Sauce Labs' debugging service and Firebug have written such entries.", \
      "{\"pages\": [{\"id\": \"page_1\"}], \"entries\": [{\"pageref\": \"page_2\"}]}", \
      "{\"pages\": [{\"id\": \"page_1\"}], \"entries\": [{\"pageref\": \"page_1\"}]}", \
      "Keeps it.") \
    X(PAGEREF_WITHOUT_PAGES, "pageref-without-pages", WARNING, WARNING, "HAR 1.2, entries", \
      "pageref though there are no pages", \
      "The entry names a page, but the log has no pages at all: they are missing, null or an empty array. A tool " \
      "that does not group by page leaves pageref out.", \
      "", \
      "{\"pages\": [], \"entries\": [{\"pageref\": \"page_1\"}]}", \
      "{\"pages\": [], \"entries\": [{}]}", \
      "Keeps it.") \
    X(ENTRY_WITHOUT_PAGEREF, "entry-without-pageref", INFO, INFO, "HAR 1.2, entries", \
      "entry of no page though there are pages", \
      "The log has pages but this entry names none. That is allowed, but viewers that group by page may not show it.", \
      "Chrome writes some beside others that name their page.", \
      "{\"pages\": [{\"id\": \"page_1\"}], \"entries\": [{}]}", \
      "{\"pages\": [{\"id\": \"page_1\"}], \"entries\": [{\"pageref\": \"page_1\"}]}", \
      "Keeps it.") \
    X(UNUSED_PAGE, "unused-page", INFO, INFO, "HAR 1.2, pages", \
      "page without entries", \
      "No entry names this page. That is allowed; it often means that entries were filtered and their page was " \
      "forgotten.", \
      "Chrome and Firebug have written such pages.", \
      "{\"pages\": [{\"id\": \"page_1\"}], \"entries\": []}", \
      "{\"pages\": [{\"id\": \"page_1\"}], \"entries\": [{\"pageref\": \"page_1\"}]}", \
      "Keeps it.") \
    X(NEGATIVE_PAGE_TIMING, "negative-page-timing", WARNING, ERROR, "HAR 1.2, pageTimings", \
      "negative page timing", \
      "onContentLoad and onLoad count milliseconds from the start of the page; -1 means that the time is not " \
      "available. No other negative number has a meaning, and averages over it are wrong.", \
      "Firefox 77 wrote numbers far below zero.", \
      "{\"pageTimings\": {\"onContentLoad\": -1720, \"onLoad\": -1}}", \
      "{\"pageTimings\": {\"onContentLoad\": -1, \"onLoad\": -1}}", \
      "Writes -1 and keeps the number as _onContentLoad or _onLoad.") \
    X(PAGE_TIMING_ORDER, "page-timing-order", INFO, WARNING, "HAR 1.2, pageTimings", \
      "onContentLoad after onLoad", \
      "A page's content is loaded before the page as a whole is, but the numbers say the opposite. One of them is " \
      "wrong or was measured late; charts show the two lines in the wrong order.", \
      "Chrome writes onContentLoad a few milliseconds after onLoad on small pages.", \
      "{\"pageTimings\": {\"onContentLoad\": 648.5, \"onLoad\": 640.1}}", \
      "{\"pageTimings\": {\"onContentLoad\": 640.1, \"onLoad\": 648.5}}", \
      "Keeps it.") \
    X(ENTRY_BEFORE_PAGE, "entry-before-page", INFO, INFO, "HAR 1.2, pages", \
      "entry starts before its page", \
      "The entry starts up to a second before the page that it belongs to. Offsets from the start of the page become " \
      "negative, which charts cut off. Less than a millisecond is taken for rounding.", \
      "Chrome writes it for the first request of some pages.", \
      "{\"pages\": [{\"id\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:00.050Z\"}], \"entries\": " \
      "[{\"pageref\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:00.000Z\"}]}", \
      "{\"pages\": [{\"id\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:00.000Z\"}], \"entries\": " \
      "[{\"pageref\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:00.000Z\"}]}", \
      "Keeps it.") \
    X(ENTRY_FAR_BEFORE_PAGE, "entry-far-before-page", WARNING, WARNING, "HAR 1.2, pages", \
      "entry starts long before its page", \
      "The entry starts more than a second before the page that it belongs to. It probably belongs to another page, " \
      "or one of the two clocks is wrong.", \
      "", \
      "{\"pages\": [{\"id\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:09Z\"}], \"entries\": " \
      "[{\"pageref\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:00Z\"}]}", \
      "{\"pages\": [{\"id\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:00Z\"}], \"entries\": " \
      "[{\"pageref\": \"page_1\", \"startedDateTime\": \"2026-03-01T10:00:09Z\"}]}", \
      "Keeps it.") \
    X(PAGES_NOT_COMPARED, "pages-not-compared", INFO, INFO, "harmill", \
      "more pages or entries than are compared", \
      "Entries that stand before the pages wait for them, and pages are remembered for the entries; --max-deferred " \
      "says how many of each. The rest was read, but whether those entries and pages belong together was not looked " \
      "at.", \
      "", \
      "", \
      "", \
      "Keeps it.")

#endif
