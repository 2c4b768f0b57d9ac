/* Rules about dates and durations. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_TIME_H
#define HARMILL_RULES_TIME_H

#include <harmill/api.h>

#define HAR_RULES_TIME(X) \
    X(UNLIKELY_DATE, "unlikely-date", WARNING, WARNING, "HAR 1.2", \
      "date that no capture has", \
      "", \
      "", "", "", "") \
    X(UNSORTED_ENTRIES, "unsorted-entries", INFO, INFO, "HAR 1.2, entries", \
      "entries are not in order", \
      "", \
      "", "", "", "") \
    X(MALFORMED_EXPIRES, "malformed-expires", WARNING, ERROR, "HAR 1.2, cookies, cache", \
      "expiry that is no ISO 8601 date", \
      "", \
      "", "", "", "") \
    X(EMPTY_EXPIRES, "empty-expires", INFO, ERROR, "HAR 1.2, cookies, cache", \
      "empty expiry", \
      "", \
      "", "", "", "") \
    X(UNKNOWN_TIME, "unknown-time", INFO, ERROR, "HAR 1.2, timings", \
      "-1 where a time is required", \
      "", \
      "", "", "", "") \
    X(NEGATIVE_TIME, "negative-time", WARNING, ERROR, "HAR 1.2, timings", \
      "negative time", \
      "", \
      "", "", "", "") \
    X(TIME_MISMATCH, "time-mismatch", WARNING, ERROR, "HAR 1.2, entries", \
      "time is not the sum of the timings", \
      "", \
      "", "", "", "") \
    X(TIME_ROUNDING, "time-rounding", INFO, ERROR, "HAR 1.2, entries", \
      "time is nearly the sum of the timings", \
      "", \
      "", "", "", "") \
    X(CONNECT_EXCLUDES_SSL, "connect-excludes-ssl", INFO, WARNING, "HAR 1.2, timings", \
      "connect excludes ssl", \
      "", \
      "", "", "", "") \
    X(SSL_COUNTED_TWICE, "ssl-counted-twice", INFO, WARNING, "HAR 1.2, timings", \
      "time counts ssl twice", \
      "", \
      "", "", "", "") \
    X(SSL_OUTSIDE_CONNECT, "ssl-outside-connect", INFO, WARNING, "HAR 1.2, timings", \
      "ssl is not part of connect", \
      "", \
      "", "", "", "") \
    X(SSL_WITHOUT_HTTPS, "ssl-without-https", INFO, INFO, "HAR 1.2, timings", \
      "ssl time of a plain address", \
      "", \
      "", "", "", "") \
    X(UNLIKELY_DURATION, "unlikely-duration", WARNING, WARNING, "HAR 1.2, timings", \
      "more than a day", \
      "", \
      "", "", "", "")

#endif
