/* Rules about the bytes and the document: JSON, XML, packing, bounds. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_FILE_H
#define HARMILL_RULES_FILE_H

#include <harmill/api.h>

#define HAR_RULES_FILE(X) \
    X(JSON_SYNTAX, "json-syntax", ERROR, ERROR, "RFC 8259", \
      "not JSON", \
      "The text breaks the grammar of JSON, so most readers refuse the whole file. A broken entry does not hide " \
      "the ones after it: reading goes on at the next entry that is whole.", \
      "", "", "", "") \
    X(JSON_TRUNCATED, "json-truncated", ERROR, ERROR, "RFC 8259", \
      "the file ends too early", \
      "The input ends inside a value, as it does when a download or an export was cut off. Everything before the " \
      "cut is judged.", \
      "", "", "", "") \
    X(JSON_CONTROL_CHARACTER, "json-control-character", ERROR, ERROR, "RFC 8259 section 7", \
      "raw control character in a string", \
      "Characters below U+0020 must be written as escapes inside strings. Most readers refuse the file.", \
      "", "", "", "") \
    X(JSON_ESCAPE, "json-escape", ERROR, ERROR, "RFC 8259 section 7", \
      "unknown escape in a string", \
      "After a backslash only \" \\ / b f n r t and u with four hexadecimal digits may stand. Some producers " \
      "write \\v or \\x41, which most readers refuse.", \
      "", "", "", "") \
    X(JSON_WRAPPER, "json-wrapper", ERROR, ERROR, "HAR 1.2, HARP", \
      "JSON in a function call", \
      "The document is wrapped as callback({...}), the HARP form that web pages load as a script. It is not part " \
      "of HAR: take the wrapper off.", \
      "", "", "", "") \
    X(BYTE_ORDER_MARK, "byte-order-mark", INFO, INFO, "HAR 1.2", \
      "byte order mark", \
      "The file starts with a UTF-8 byte order mark. HAR readers must ignore it, but plain JSON readers often do " \
      "not.", \
      "", "", "", "") \
    X(NOT_UTF_8, "not-utf-8", ERROR, ERROR, "HAR 1.2", \
      "not encoded in UTF-8", \
      "HAR demands UTF-8. The file is UTF-16 or UTF-32, or holds bytes that are no UTF-8.", \
      "", "", "", "") \
    X(LONE_SURROGATE, "lone-surrogate", WARNING, WARNING, "RFC 8259 section 8.2", \
      "half a surrogate pair", \
      "An escape such as \\ud83d stands without its other half. It is JSON, but no Unicode text: readers refuse " \
      "the file or replace it silently.", \
      "", "", "", "") \
    X(NUL_CHARACTER, "nul-character", WARNING, WARNING, "RFC 8259 section 7", \
      "U+0000 in a string", \
      "A string holds \\u0000, mostly because binary data was written as text. Readers written in C cut the " \
      "string there.", \
      "", "", "", "") \
    X(DUPLICATE_KEY, "duplicate-key", ERROR, ERROR, "RFC 8259 section 4", \
      "key stands twice in an object", \
      "Readers differ in which of the values they take, so two tools see two different captures.", \
      "", "", "", "") \
    X(NOT_A_NUMBER, "not-a-number", ERROR, ERROR, "RFC 8259 section 6", \
      "NaN or Infinity", \
      "JSON has no NaN and no Infinity. A producer printed a computation that failed.", \
      "", "", "", "") \
    X(NUMBER_PRECISION, "number-precision", WARNING, WARNING, "RFC 8259 section 6", \
      "number that readers change", \
      "The number is outside the range of 64-bit integers and doubles, or a size, status or time is an integer " \
      "above 2^53: most readers round it or refuse the file.", \
      "", "", "", "") \
    X(TOO_DEEP, "too-deep", ERROR, ERROR, "harmill", \
      "nested too deeply", \
      "Arrays and objects are nested deeper than --max-depth allows. Real captures stay below 30.", \
      "", "", "", "") \
    X(TOO_LARGE, "too-large", ERROR, ERROR, "harmill", \
      "larger than a bound allows", \
      "An entry, a page, an object or the pages together passed a bound. The message names the option that " \
      "raises it.", \
      "", "", "", "") \
    X(XML_SYNTAX, "xml-syntax", ERROR, ERROR, "XML 1.0", \
      "not well-formed XML", \
      "The text breaks the grammar of XML, so every XML reader refuses the file. What comes before the place is " \
      "judged.", \
      "", "", "", "") \
    X(XML_VOCABULARY, "xml-vocabulary", ERROR, ERROR, "harmill", \
      "XML that is no HAR", \
      "An element, an attribute, a text or a declaration is not of the vocabulary that docs/xml.md describes. " \
      "Nothing is written from such a file, because what it holds there would be lost.", \
      "", "", "", "") \
    X(COMPRESSED_DATA, "compressed-data", ERROR, ERROR, "RFC 1952, RFC 1950, RFC 8878", \
      "broken compressed input", \
      "The gzip, zlib or zstd data is damaged, ends too early, or unpacks to more than the bounds allow.", \
      "", "", "", "") \
    X(NOT_A_HAR, "not-a-har", ERROR, ERROR, "HAR 1.2", \
      "not a HAR", \
      "The input is something else: an archive, a web page, a packet capture, another kind of JSON.", \
      "", "", "", "") \
    X(ENVELOPE, "envelope", INFO, INFO, "HAR 1.2", \
      "log inside another object", \
      "The log lies inside an API's answer (result.har.log or result.log). It is read from there; what the " \
      "answer says beside it is no part of the capture.", \
      "", "", "", "")

#endif
