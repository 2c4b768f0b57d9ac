/* Rules about dates and durations. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_TIME_H
#define HARMILL_RULES_TIME_H

#include <harmill/api.h>

#define HAR_RULES_TIME(X) \
    X(UNLIKELY_DATE, "unlikely-date", WARNING, WARNING, "HAR 1.2", \
      "date that no capture has", \
      "The entry or page started before 1990, or more than a day later than now. That is a clock that was not set, a " \
      "placeholder, or seconds taken for milliseconds.", \
      "waterfall-tools writes dates of 1970 when it converts traces without a wall clock.", \
      "{\"startedDateTime\": \"1970-01-01T00:00:05.000Z\"}", \
      "{\"startedDateTime\": \"2026-03-01T10:00:00.000Z\"}", \
      "Keeps it.") \
    X(UNSORTED_ENTRIES, "unsorted-entries", INFO, INFO, "HAR 1.2, entries", \
      "entries are not in order", \
      "The entry starts before the one that stands before it. The specification prefers the oldest first but lets " \
      "readers sort; those that do not draw a wrong waterfall.", \
      "Chrome and chrome-har write it here and there.", \
      "{\"entries\": [{\"startedDateTime\": \"2026-03-01T10:00:01Z\"}, {\"startedDateTime\": " \
      "\"2026-03-01T10:00:00Z\"}]}", \
      "{\"entries\": [{\"startedDateTime\": \"2026-03-01T10:00:00Z\"}, {\"startedDateTime\": " \
      "\"2026-03-01T10:00:01Z\"}]}", \
      "Keeps it.") \
    X(MALFORMED_EXPIRES, "malformed-expires", WARNING, ERROR, "HAR 1.2, cookies, cache", \
      "expiry that is no ISO 8601 date", \
      "expires of a cookie, or expires or lastAccess of a cache entry, is not an ISO 8601 date and time that exists. " \
      "Often it is the date of a Set-Cookie header as it was sent. Strict readers refuse the file. A missing zone is " \
      "not told here: the specification's own examples have none.", \
      "Charles Proxy copies the date of the header.", \
      "{\"name\": \"a\", \"value\": \"b\", \"expires\": \"Sun, 01 Mar 2026 10:00:00 GMT\"}", \
      "{\"name\": \"a\", \"value\": \"b\", \"expires\": \"2026-03-01T10:00:00.000Z\"}", \
      "Writes the date in the specification's form, of cookies in UTC, where it names an instant. Keeps others as " \
      "_expires or _lastAccess, and what is only impossible in the calendar in caches.") \
    X(NUMERIC_EXPIRES, "numeric-expires", INFO, ERROR, "HAR 1.2, cache", \
      "expiry in seconds", \
      "expires or lastAccess of a cache entry is a number of seconds since 1970, written as a string, instead of an " \
      "ISO 8601 date and time. 4294967295 stands for never. Strict readers refuse the file.", \
      "Firefox writes it.", \
      "{\"afterRequest\": {\"expires\": \"4294967295\"}}", \
      "{\"afterRequest\": {\"expires\": \"2026-03-01T10:00:00.000Z\"}}", \
      "Writes the date, in UTC; an expires that never comes is left out and kept under _expires.") \
    X(EMPTY_EXPIRES, "empty-expires", INFO, ERROR, "HAR 1.2, cookies, cache", \
      "empty expiry", \
      "expires of a cookie, or expires or lastAccess of a cache entry, is an empty string. A cookie without expiry " \
      "leaves the member out; readers that parse it as a date fail.", \
      "Safari writes it.", \
      "{\"name\": \"a\", \"value\": \"b\", \"expires\": \"\"}", \
      "{\"name\": \"a\", \"value\": \"b\"}", \
      "Leaves it out.") \
    X(UNKNOWN_TIME, "unknown-time", INFO, ERROR, "HAR 1.2, timings", \
      "-1 where a time is required", \
      "time, send, wait and receive must be known and must not be negative; only blocked, dns, connect and ssl may " \
      "be -1. Readers that add up the times are off by a millisecond for each.", \
      "Playwright and Proxyman write it for requests that were not answered, Playwright for receive of others too.", \
      "{\"timings\": {\"send\": -1, \"wait\": 12, \"receive\": 3}}", \
      "{\"timings\": {\"send\": 0, \"wait\": 12, \"receive\": 3}}", \
      "Works it out: time is the sum of the timings, and send, wait and receive share what the others leave of time. " \
      "Keeps it when both are not known.") \
    X(NEGATIVE_TIME, "negative-time", WARNING, ERROR, "HAR 1.2, timings", \
      "negative time", \
      "The time is less than nothing. Only -1 has a meaning, and only for blocked, dns, connect and ssl: that it " \
      "does not apply. The clock was set while the capture ran, or a start is missing.", \
      "Firebug wrote a negative send.", \
      "{\"timings\": {\"dns\": -42, \"send\": 0, \"wait\": 12, \"receive\": 3}}", \
      "{\"timings\": {\"dns\": -1, \"send\": 0, \"wait\": 12, \"receive\": 3}}", \
      "Leaves blocked, dns, connect and ssl out, works time, send, wait and receive out as for unknown-time, and keeps " \
      "the number under its name with an underscore. Keeps it when both time and a part of it are not known.") \
    X(NEGATIVE_BLOCKED, "negative-blocked", INFO, ERROR, "HAR 1.2, timings", \
      "blocked between -1 and 0", \
      "timings.blocked is negative but greater than -1: the time until the request went out was added to the -1 that " \
      "says that nothing is known of a queue. It is 1 ms too small; readers take it for 0 or draw it backwards.", \
      "Chrome writes it for requests that go out at once.", \
      "{\"timings\": {\"blocked\": -0.197, \"send\": 0, \"wait\": 12, \"receive\": 3}}", \
      "{\"timings\": {\"blocked\": 0.803, \"send\": 0, \"wait\": 12, \"receive\": 3}}", \
      "Adds 1.") \
    X(TIME_MISMATCH, "time-mismatch", WARNING, ERROR, "HAR 1.2, entries", \
      "time is not the sum of the timings", \
      "time must equal blocked + dns + connect + send + wait + receive, without those that are -1; ssl is a part of " \
      "connect. Here it is off by more than 5 ms and 1 %. One of the numbers is wrong, and readers differ in which " \
      "they show. Nothing is told when one of the required numbers is missing or negative.", \
      "Chrome of 2013 wrote it; Splash writes time 0 for some entries, Fiddler a receive that counts from the year " \
      "1.", \
      "{\"time\": 268.6, \"timings\": {\"send\": 0.1, \"wait\": 300, \"receive\": 5}}", \
      "{\"time\": 305.1, \"timings\": {\"send\": 0.1, \"wait\": 300, \"receive\": 5}}", \
      "Keeps both.") \
    X(TIME_ROUNDING, "time-rounding", INFO, ERROR, "HAR 1.2, entries", \
      "time is nearly the sum of the timings", \
      "time must equal blocked + dns + connect + send + wait + receive. It is off by more than 1 ms, but by no more " \
      "than 5 ms or 1 %: each number was probably rounded or measured on its own.", \
      "BrowserMob Proxy writes it, and so did Chrome of 2013.", \
      "{\"time\": 120, \"timings\": {\"send\": 1, \"wait\": 110, \"receive\": 6}}", \
      "{\"time\": 117, \"timings\": {\"send\": 1, \"wait\": 110, \"receive\": 6}}", \
      "Keeps both.") \
    X(CONNECT_EXCLUDES_SSL, "connect-excludes-ssl", INFO, WARNING, "HAR 1.2, timings", \
      "connect excludes ssl", \
      "time is the sum of the timings only when ssl is added, and ssl is greater than connect: the tool measured the " \
      "two one after the other. The specification puts the time of ssl into connect, so readers that follow it get a " \
      "sum that is too small.", \
      "Firefox, mitmproxy and Microsoft's F12 Developer Tools measure so.", \
      "{\"time\": 410, \"timings\": {\"connect\": 20, \"ssl\": 93, \"send\": 0, \"wait\": 290, \"receive\": 7}}", \
      "{\"time\": 410, \"timings\": {\"connect\": 113, \"ssl\": 93, \"send\": 0, \"wait\": 290, \"receive\": 7}}", \
      "Adds ssl to connect.") \
    X(SSL_COUNTED_TWICE, "ssl-counted-twice", INFO, WARNING, "HAR 1.2, timings", \
      "time counts ssl twice", \
      "time is the sum of the timings only when ssl is added, but ssl fits into connect, of which it is a part: the " \
      "total counts it twice, or connect lacks it. The numbers alone do not tell which.", \
      "Playwright adds ssl to the total again.", \
      "{\"time\": 94, \"timings\": {\"connect\": 34, \"ssl\": 28, \"send\": 0, \"wait\": 30, \"receive\": 2}}", \
      "{\"time\": 66, \"timings\": {\"connect\": 34, \"ssl\": 28, \"send\": 0, \"wait\": 30, \"receive\": 2}}", \
      "Keeps it, because the numbers allow both readings.") \
    X(SSL_OUTSIDE_CONNECT, "ssl-outside-connect", INFO, WARNING, "HAR 1.2, timings", \
      "ssl is not part of connect", \
      "ssl is a part of connect, yet it is greater, or connect is missing or -1. Charts that draw ssl inside connect " \
      "draw it wrong. Where the sum shows that connect lacks ssl, connect-excludes-ssl is told instead.", \
      "Firefox and Microsoft's F12 Developer Tools write it.", \
      "{\"timings\": {\"connect\": 10, \"ssl\": 93, \"send\": 0, \"wait\": 290, \"receive\": 7}}", \
      "{\"timings\": {\"connect\": 103, \"ssl\": 93, \"send\": 0, \"wait\": 290, \"receive\": 7}}", \
      "Keeps it.") \
    X(SSL_WITHOUT_HTTPS, "ssl-without-https", INFO, INFO, "HAR 1.2, timings", \
      "ssl time of a plain address", \
      "The request has a time for the TLS handshake, but its address is http: or ws:. Either the address was changed " \
      "afterwards, or the time belongs to another request.", \
      "Playwright and WebPageTest have written it.", \
      "{\"request\": {\"url\": \"http://shop.example/\"}, \"timings\": {\"ssl\": 49}}", \
      "{\"request\": {\"url\": \"https://shop.example/\"}, \"timings\": {\"ssl\": 49}}", \
      "Keeps it.") \
    X(UNLIKELY_DURATION, "unlikely-duration", WARNING, WARNING, "HAR 1.2, timings", \
      "more than a day", \
      "time or one of the timings is more than 24 hours. Usually it is a date taken for a duration, or a clock that " \
      "jumped.", \
      "Fiddler counts receive of a CONNECT from the year 1.", \
      "{\"timings\": {\"send\": 0, \"wait\": 12, \"receive\": 63604615927841}}", \
      "{\"timings\": {\"send\": 0, \"wait\": 12, \"receive\": 41}}", \
      "Keeps it.")

#endif
