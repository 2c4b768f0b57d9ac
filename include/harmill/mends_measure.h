/* What normalize changes about dates, times, sizes and bodies. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_MEASURE_H
#define HARMILL_MENDS_MEASURE_H

#define HAR_MENDS_MEASURE(X) \
    X(DATE_FORM, "date-form", SPELLED, DATE_FORM, \
      "a date is in another form of ISO 8601 (basic, a blank for T, +0100, lower case, a decimal comma)", \
      "the same date as YYYY-MM-DDThh:mm:ss.s+hh:mm", \
      "", "") \
    X(DATE_WITHOUT_SECONDS, "date-without-seconds", SPELLED, HAR_VALIDATOR_REFUSES, \
      "a date has no seconds", "the same date with the seconds 00", \
      "", "") \
    X(LEAP_SECOND, "leap-second", KEPT, CHROME_REFUSES, \
      "a date is in second 60", "the first instant of the next minute", \
      "under _startedDateTime", "") \
    X(EPOCH_DATE, "epoch-date", SPELLED, MALFORMED_DATE, \
      "a date is the number of seconds or milliseconds since 1970, with 10 or 13 digits, between 2001 and 2030", \
      "the date, in UTC", \
      "", "") \
    X(WORDED_DATE, "worded-date", SPELLED, MALFORMED_DATE, \
      "a date is written with words or with a 12-hour clock, and has year, month, day, time and zone", \
      "the same date as YYYY-MM-DDThh:mm:ss.s+hh:mm", \
      "words in parentheses: the whole under _startedDateTime", "") \
    X(MISSING_TIME, "missing-time", DERIVED, MISSING_MEMBER, \
      "entry.time is missing", "the sum of the timings, without ssl and what is -1", \
      "", "time from the timings") \
    X(UNKNOWN_TOTAL, "unknown-total", DERIVED, UNKNOWN_TIME, \
      "entry.time is -1, the timings are known", "the sum of the timings, without ssl and what is -1", \
      "", "time, which was -1, from the timings") \
    X(NEGATIVE_TOTAL, "negative-total", DERIVED, NEGATIVE_TIME, \
      "entry.time is negative, the timings are known", "the sum of the timings, without ssl and what is -1", \
      "under _time", "time, which was negative, from the timings") \
    X(MISSING_TIMINGS, "missing-timings", DERIVED, MISSING_MEMBER, \
      "entry.timings is missing, time is known", "send 0, wait as long as time, receive 0", \
      "", "wait is the whole time, because nothing is known of its parts") \
    X(EMPTY_TIMINGS, "empty-timings", DERIVED, EMPTY_TIMINGS, \
      "timings is empty, time is known", "send 0, wait as long as time, receive 0", \
      "", "wait is the whole time, because nothing is known of its parts") \
    X(INCOMPLETE_TIMINGS, "incomplete-timings", DERIVED, MISSING_MEMBER, \
      "send, wait or receive is missing, time is known", \
      "what the others leave of time for the first that is missing of wait, receive and send, 0 for the others", \
      "", "what was missing of send, wait and receive from time") \
    X(UNKNOWN_PART, "unknown-part", DERIVED, UNKNOWN_TIME, \
      "send, wait or receive is -1, time is known", \
      "what the others leave of time for the first that is -1 of wait, receive and send, 0 for the others", \
      "", "what was -1 of send, wait and receive from time") \
    X(NEGATIVE_PART, "negative-part", DERIVED, NEGATIVE_TIME, \
      "send, wait or receive is negative, time is known", \
      "what the others leave of time for the first that is negative of wait, receive and send, 0 for the others", \
      "under _send, _wait, _receive", "what was negative of send, wait and receive from time") \
    X(NEGATIVE_OPTIONAL_TIME, "negative-optional-time", KEPT, NEGATIVE_TIME, \
      "blocked, dns, connect or ssl is negative, but not -1", "nothing: the member is left out", \
      "under _blocked, _dns, _connect, _ssl", "") \
    X(NEGATIVE_BLOCKED, "negative-blocked", DERIVED, NEGATIVE_BLOCKED, \
      "timings.blocked lies between -1 and 0", "1 more, because it was added to the -1 for an unknown queue", \
      "", "blocked from 1 less") \
    X(CONNECT_EXCLUDES_SSL, "connect-excludes-ssl", DERIVED, CONNECT_EXCLUDES_SSL, \
      "time is the sum of the timings only with ssl, which is longer than connect", "connect and ssl together as connect", \
      "", "connect with ssl in it, as time shows") \
    X(MISSING_CACHE, "missing-cache", FILLED, MISSING_CACHE, \
      "entry.cache is missing", "{}: nothing is known", \
      "", "")

#endif
