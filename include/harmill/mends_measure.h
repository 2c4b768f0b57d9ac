/* What normalize changes about dates, times, sizes and bodies. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_MEASURE_H
#define HARMILL_MENDS_MEASURE_H

#include <harmill/api.h>

#define HAR_MENDS_MEASURE(X) \
    X(DATE_FORM, "date-form", SPELLED, DATE_FORM, \
      "a date is in another form of ISO 8601 (basic, a blank for T, +0100, lower case, a decimal comma)", \
      "the same date as YYYY-MM-DDThh:mm:ss.s+hh:mm", \
      "the whole under _startedDateTime where it is in second 60", "") \
    X(DATE_WITHOUT_SECONDS, "date-without-seconds", SPELLED, HAR_VALIDATOR_REFUSES, \
      "a date has no seconds", "the same date with the seconds 00", \
      "", "") \
    X(LEAP_SECOND, "leap-second", KEPT, CHROME_REFUSES, \
      "a date is in second 60", "the first instant of the next minute", \
      "under _startedDateTime", "") \
    X(EPOCH_DATE, "epoch-date", SPELLED, MALFORMED_DATE, \
      "a date is the number of seconds or milliseconds since 1970; in 10 or 13 digits, from 2001 to 2030", \
      "the date, in UTC", \
      "", "") \
    X(WORDED_DATE, "worded-date", SPELLED, MALFORMED_DATE, \
      "a date is written in words or with a 12-hour clock; year, month, day, time and zone are there", \
      "the same date as YYYY-MM-DDThh:mm:ss.s+hh:mm", \
      "the whole under _startedDateTime where it has words in parentheses", "") \
    X(MISSING_TIME, "missing-time", DERIVED, MISSING_MEMBER, \
      "entry.time is missing; the timings are known", \
      "the sum of the timings; without ssl and what is -1", \
      "", "time from the timings") \
    X(UNKNOWN_TOTAL, "unknown-total", DERIVED, UNKNOWN_TIME, \
      "entry.time is -1; the timings are known", \
      "the sum of the timings; without ssl and what is -1", \
      "", "time, which was -1, from the timings") \
    X(NEGATIVE_TOTAL, "negative-total", DERIVED, NEGATIVE_TIME, \
      "entry.time is negative; the timings are known", \
      "the sum of the timings; without ssl and what is -1", \
      "under _time", "time, which was negative, from the timings") \
    X(MISSING_TIMINGS, "missing-timings", DERIVED, MISSING_MEMBER, \
      "entry.timings is missing; time is known", \
      "the whole time as wait; send and receive are 0", \
      "", "wait is the whole time, because nothing is known of its parts") \
    X(EMPTY_TIMINGS, "empty-timings", DERIVED, EMPTY_TIMINGS, \
      "entry.timings is empty; time is known", \
      "the whole time as wait; send and receive are 0", \
      "", "wait is the whole time, because nothing is known of its parts") \
    X(INCOMPLETE_TIMINGS, "incomplete-timings", DERIVED, MISSING_MEMBER, \
      "send, wait or receive is missing; time is known", \
      "what the others leave of time; for the first that is missing of wait, receive and send, 0 for the others", \
      "", "what was missing of send, wait and receive from time") \
    X(UNKNOWN_PART, "unknown-part", DERIVED, UNKNOWN_TIME, \
      "send, wait or receive is -1; time is known", \
      "what the others leave of time; for the first that is -1 of wait, receive and send, 0 for the others", \
      "", "what was -1 of send, wait and receive from time") \
    X(NEGATIVE_PART, "negative-part", DERIVED, NEGATIVE_TIME, \
      "send, wait or receive is negative; time is known", \
      "what the others leave of time; for the first that is negative of wait, receive and send, 0 for the others", \
      "under _send, _wait, _receive", "what was negative of send, wait and receive from time") \
    X(NEGATIVE_OPTIONAL_TIME, "negative-optional-time", KEPT, NEGATIVE_TIME, \
      "blocked, dns, connect or ssl is negative, but not -1", "nothing: the member is left out", \
      "under _blocked, _dns, _connect, _ssl", "") \
    X(NEGATIVE_BLOCKED, "negative-blocked", DERIVED, NEGATIVE_BLOCKED, \
      "timings.blocked lies between -1 and 0", \
      "1 more; it was added to the -1 for an unknown queue", \
      "", "blocked is 1 more than it was") \
    X(CONNECT_EXCLUDES_SSL, "connect-excludes-ssl", DERIVED, CONNECT_EXCLUDES_SSL, \
      "time is the sum of the timings only with ssl, which is longer than connect", "connect and ssl together as connect", \
      "", "connect with ssl in it, as time shows") \
    X(MALFORMED_SIZE, "malformed-size", KEPT, MALFORMED_SIZE, \
      "headersSize, request.bodySize or content.size is below -1, or one of the sizes has a fraction", \
      "-1; for content.size what can be worked out, or 0", \
      "under _headersSize, _bodySize, _size", "") \
    X(NEGATIVE_BODY_SIZE, "negative-body-size", KEPT, NEGATIVE_BODY_SIZE, \
      "response.bodySize is below -1", "-1", \
      "under _bodySize", "") \
    X(BODILESS_SIZE, "bodiless-size", DERIVED, MISSING_MEMBER, \
      "response.bodySize is missing, but the status is that of no body; 304, 204 or 1xx", \
      "0", \
      "", "bodySize from the status") \
    X(SIZE_FROM_TEXT, "size-from-text", DERIVED, MISSING_MEMBER, \
      "content.size is missing or -1; there is a text", \
      "the number of bytes of the text; in UTF-8, or of what its base64 stands for", \
      "", "size from the text") \
    X(SIZE_FROM_CONTENT_LENGTH, "size-from-content-length", DERIVED, MISSING_MEMBER, \
      "content.size is missing or -1; there is no text, the body was not compressed, and there is a Content-Length header", \
      "the number in the Content-Length header; unless the status is 204, 304 or 1xx or the method HEAD", \
      "", "size from Content-Length") \
    X(SIZE_FROM_BODY_SIZE, "size-from-body-size", DERIVED, UNKNOWN_CONTENT_SIZE, \
      "content.size is missing or -1; there is no text and no Content-Length, bodySize is known and the body was not " \
      "compressed", \
      "bodySize", \
      "", "size from bodySize") \
    X(UNKNOWN_CONTENT_SIZE, "unknown-content-size", KEPT, UNKNOWN_CONTENT_SIZE, \
      "content.size is -1 and cannot be worked out", "0", \
      "under _size", "") \
    X(CONTENT_TYPE_FROM_HEADER, "content-type-from-header", DERIVED, MISSING_MEMBER, \
      "content.mimeType is missing; there is a Content-Type header", \
      "the value of the last Content-Type header", \
      "", "mimeType from Content-Type") \
    X(FRACTIONAL_COMPRESSION, "fractional-compression", KEPT, HAR_VALIDATOR_REFUSES, \
      "content.compression has a fraction", "nothing: the member is left out", \
      "under _compression", "") \
    X(EMPTY_ENCODING, "empty-encoding", DROPPED, UNKNOWN_ENCODING, \
      "content.encoding is empty", "nothing: the member is left out", \
      "", "") \
    X(UNKNOWN_ENCODING, "unknown-encoding", KEPT, UNKNOWN_ENCODING, \
      "content.encoding is something else than base64", "nothing: the member is left out", \
      "under _encoding", "") \
    X(ENCODING_NAME, "encoding-name", SPELLED, UNKNOWN_ENCODING, \
      "content.encoding is base64 in other letters, or base64url", "base64", \
      "", "") \
    X(BASE64_FORM, "base64-form", SPELLED, BASE64_FORM, \
      "base64 has line breaks or blanks, is of the alphabet for URLs, or lacks its padding", \
      "the same bytes in the usual form", \
      "", "") \
    X(BASE64_OF_NOTHING, "base64-of-nothing", SPELLED, MALFORMED_BASE64, \
      "base64 is nothing but padding", "an empty text", \
      "", "") \
    X(MISSING_ENCODING, "missing-encoding", DERIVED, MISSING_ENCODING, \
      "the text is base64 without encoding: it has 32 characters and more in the usual form and stands for as many bytes " \
      "as size says, or it begins like a file of the type in Content-Type or mimeType", \
      "encoding base64", \
      "", "encoding from what the text is") \
    X(CACHE_DATE_FORM, "cache-date-form", SPELLED, HAR_VALIDATOR_REFUSES, \
      "expires or lastAccess of a cache entry is in another form of ISO 8601, or has no seconds", \
      "the same date as YYYY-MM-DDThh:mm:ss.s, with its zone where it has one", \
      "", "") \
    X(CACHE_DATE, "cache-date", SPELLED, MALFORMED_EXPIRES, \
      "expires or lastAccess of a cache entry is the date of a header, or another one in words or milliseconds that " \
      "has a zone", \
      "the same date as YYYY-MM-DDThh:mm:ss.s+hh:mm", \
      "the whole under _expires or _lastAccess where it has words in parentheses", "") \
    X(CACHE_DATE_KEPT, "cache-date-kept", KEPT, MALFORMED_EXPIRES, \
      "expires or lastAccess of a cache entry is no date, or one in words without a zone", \
      "nothing: the member is left out", \
      "under _expires, _lastAccess", "") \
    X(CACHE_SECONDS, "cache-seconds", SPELLED, NUMERIC_EXPIRES, \
      "expires or lastAccess of a cache entry counts seconds since 1970", "the date, in UTC", \
      "", "") \
    X(NEVER_EXPIRES, "never-expires", KEPT, NUMERIC_EXPIRES, \
      "expires of a cache entry is 4294967295: never", "nothing: the member is left out", \
      "under _expires", "") \
    X(EMPTY_CACHE_DATE, "empty-cache-date", DROPPED, EMPTY_EXPIRES, \
      "expires or lastAccess of a cache entry is empty", "nothing: the member is left out", \
      "", "") \
    X(BRACKETED_SERVER_IP, "bracketed-server-ip", SPELLED, BRACKETED_SERVER_IP, \
      "serverIPAddress is in brackets", "the address", \
      "", "") \
    X(SERVER_IP_PORT, "server-ip-port", KEPT, BRACKETED_SERVER_IP, \
      "serverIPAddress has a port", "the address", \
      "the port under _serverPort", "") \
    X(EMPTY_SERVER_IP, "empty-server-ip", DROPPED, EMPTY_SERVER_IP, \
      "serverIPAddress is empty", "nothing: the member is left out", \
      "", "") \
    X(MALFORMED_SERVER_IP, "malformed-server-ip", KEPT, MALFORMED_SERVER_IP, \
      "serverIPAddress is no address", "nothing: the member is left out", \
      "under _serverIPAddress", "") \
    X(EMPTY_CONNECTION, "empty-connection", DROPPED, EMPTY_CONNECTION, \
      "connection is empty", "nothing: the member is left out", \
      "", "") \
    X(MISSING_CACHE, "missing-cache", FILLED, MISSING_CACHE, \
      "entry.cache is missing", "{}: nothing is known", \
      "", "")

#endif
