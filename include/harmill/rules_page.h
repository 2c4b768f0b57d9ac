/* Rules about the creator, the pages, and which entry belongs to which. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_PAGE_H
#define HARMILL_RULES_PAGE_H

#include <harmill/api.h>

#define HAR_RULES_PAGE(X) \
    X(EMPTY_CREATOR, "empty-creator", WARNING, WARNING, "HAR 1.2, creator", \
      "creator without name or version", \
      "", \
      "", "", "", "") \
    X(DUPLICATE_PAGE_ID, "duplicate-page-id", ERROR, ERROR, "HAR 1.2, pages", \
      "two pages with one id", \
      "", \
      "", "", "", "") \
    X(DANGLING_PAGEREF, "dangling-pageref", ERROR, ERROR, "HAR 1.2, entries", \
      "pageref names no page", \
      "", \
      "", "", "", "") \
    X(PAGEREF_WITHOUT_PAGES, "pageref-without-pages", WARNING, WARNING, "HAR 1.2, entries", \
      "pageref though there are no pages", \
      "", \
      "", "", "", "") \
    X(ENTRY_WITHOUT_PAGEREF, "entry-without-pageref", INFO, INFO, "HAR 1.2, entries", \
      "entry of no page though there are pages", \
      "", \
      "", "", "", "") \
    X(UNUSED_PAGE, "unused-page", INFO, INFO, "HAR 1.2, pages", \
      "page without entries", \
      "", \
      "", "", "", "") \
    X(NEGATIVE_PAGE_TIMING, "negative-page-timing", ERROR, ERROR, "HAR 1.2, pageTimings", \
      "negative page timing", \
      "", \
      "", "", "", "") \
    X(PAGE_TIMING_ORDER, "page-timing-order", WARNING, WARNING, "HAR 1.2, pageTimings", \
      "onContentLoad after onLoad", \
      "", \
      "", "", "", "") \
    X(ENTRY_BEFORE_PAGE, "entry-before-page", INFO, INFO, "HAR 1.2, pages", \
      "entry starts before its page", \
      "", \
      "", "", "", "") \
    X(ENTRY_FAR_BEFORE_PAGE, "entry-far-before-page", WARNING, WARNING, "HAR 1.2, pages", \
      "entry starts long before its page", \
      "", \
      "", "", "", "")

#endif
