/* The rules, one row each. From these rows come the enum, `harmill rules`, the manual and the completions.
 * Users only see the id. Levels are for practice: what every current browser writes is info. */
#ifndef HARMILL_RULE_H
#define HARMILL_RULE_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

enum har_level { HAR_LEVEL_OFF, HAR_LEVEL_INFO, HAR_LEVEL_WARNING, HAR_LEVEL_ERROR };

/* X(symbol, id, level, source, title, explanation) */
#define HAR_RULES(X)                                                                                                             \
    X(JSON_SYNTAX, "json-syntax", ERROR, "RFC 8259", "not JSON",                                                                 \
      "The text breaks the grammar of JSON, so most readers refuse the whole file. A broken entry does not hide the ones after " \
      "it: reading goes on at the next entry that is whole.")                                                                    \
    X(JSON_TRUNCATED, "json-truncated", ERROR, "RFC 8259", "the file ends too early",                                            \
      "The input ends inside a value, as it does when a download or an export was cut off. Everything before the cut is "        \
      "judged.")                                                                                                                 \
    X(JSON_CONTROL_CHARACTER, "json-control-character", ERROR, "RFC 8259 section 7", "raw control character in a string",        \
      "Characters below U+0020 must be written as escapes inside strings. Most readers refuse the file.")                        \
    X(JSON_ESCAPE, "json-escape", ERROR, "RFC 8259 section 7", "unknown escape in a string",                                     \
      "After a backslash only \" \\ / b f n r t and u with four hexadecimal digits may stand. Some producers write \\v or "      \
      "\\x41, which most readers refuse.")                                                                                       \
    X(JSON_WRAPPER, "json-wrapper", ERROR, "HAR 1.2, HARP", "JSON in a function call",                                           \
      "The document is wrapped as callback({...}), the HARP form that web pages load as a script. It is not part of HAR: take "  \
      "the wrapper off.")                                                                                                        \
    X(BYTE_ORDER_MARK, "byte-order-mark", INFO, "HAR 1.2", "byte order mark",                                                    \
      "The file starts with a UTF-8 byte order mark. HAR readers must ignore it, but plain JSON readers often do not.")          \
    X(NOT_UTF_8, "not-utf-8", ERROR, "HAR 1.2", "not encoded in UTF-8",                                                          \
      "HAR demands UTF-8. The file is UTF-16 or UTF-32, or holds bytes that are no UTF-8.")                                      \
    X(LONE_SURROGATE, "lone-surrogate", WARNING, "RFC 8259 section 8.2", "half a surrogate pair",                                \
      "An escape such as \\ud83d stands without its other half. It is JSON, but no Unicode text: readers refuse the file or "    \
      "replace it silently.")                                                                                                    \
    X(NUL_CHARACTER, "nul-character", WARNING, "RFC 8259 section 7", "U+0000 in a string",                                       \
      "A string holds \\u0000, mostly because binary data was written as text. Readers written in C cut the string there.")      \
    X(DUPLICATE_KEY, "duplicate-key", ERROR, "RFC 8259 section 4", "key stands twice in an object",                              \
      "Readers differ in which of the values they take, so two tools see two different captures.")                               \
    X(NOT_A_NUMBER, "not-a-number", ERROR, "RFC 8259 section 6", "NaN or Infinity",                                              \
      "JSON has no NaN and no Infinity. A producer printed a computation that failed.")                                          \
    X(NUMBER_PRECISION, "number-precision", WARNING, "RFC 8259 section 6", "number that readers change",                         \
      "The number is outside the range of 64-bit integers and doubles, or a size, status or time is an integer above 2^53: most " \
      "readers round it or refuse the file.")                                                                                    \
    X(TOO_DEEP, "too-deep", ERROR, "harmill", "nested too deeply",                                                               \
      "Arrays and objects are nested deeper than --max-depth allows. Real captures stay below 30.")                              \
    X(TOO_LARGE, "too-large", ERROR, "harmill", "larger than a bound allows",                                                    \
      "An entry, a page, an object or the pages together passed a bound. The message names the option that raises it.")          \
    X(XML_SYNTAX, "xml-syntax", ERROR, "XML 1.0", "not well-formed XML",                                                         \
      "The text breaks the grammar of XML, so every XML reader refuses the file. What comes before the place is judged.")        \
    X(XML_VOCABULARY, "xml-vocabulary", ERROR, "harmill", "XML that is no HAR",                                                  \
      "An element, an attribute, a text or a declaration is not of the vocabulary that docs/xml.md describes. Nothing is "       \
      "written from such a file, because what it holds there would be lost.")                                                    \
    X(COMPRESSED_DATA, "compressed-data", ERROR, "RFC 1952, RFC 1950, RFC 8878", "broken compressed input",                      \
      "The gzip, zlib or zstd data is damaged, ends too early, or unpacks to more than the bounds allow.")                       \
    X(NOT_A_HAR, "not-a-har", ERROR, "HAR 1.2", "not a HAR",                                                                     \
      "The input is something else: an archive, a web page, a packet capture, another kind of JSON.")                            \
    X(ENVELOPE, "envelope", INFO, "HAR 1.2", "log inside another object",                                                        \
      "The log lies inside an API's answer (result.har.log or result.log). It is read from there; what the answer says beside "  \
      "it is no part of the capture.")                                                                                           \
    X(MISSING_MEMBER, "missing-member", ERROR, "HAR 1.2", "required member missing",                                             \
      "The specification requires this member. Readers refuse the file, or work with undefined.")                                \
    X(MISSING_CACHE, "missing-cache", WARNING, "HAR 1.2, cache", "entry without cache",                                          \
      "The specification marks entry.cache as required and says elsewhere that it may be left out. Some readers insist on it.")  \
    X(WRONG_TYPE, "wrong-type", ERROR, "HAR 1.2", "value of the wrong type",                                                     \
      "The member holds another JSON type than the specification says.")                                                         \
    X(NULL_MEMBER, "null-member", INFO, "HAR 1.2", "null where a member should be left out",                                     \
      "An optional member is null. The specification leaves out what is unknown; current browsers write null here.")             \
    X(UNKNOWN_MEMBER, "unknown-member", WARNING, "HAR 1.2, custom fields", "custom member without underscore",                   \
      "Members that the specification does not know must start with an underscore.")                                             \
    X(COMMON_CUSTOM_MEMBER, "common-custom-member", INFO, "HAR 1.2, custom fields", "browser's own member without underscore",   \
      "The member is in no version of the specification and lacks the underscore, but every browser writes it, as sameSite of "  \
      "cookies.")                                                                                                                \
    X(NEWER_MEMBER, "newer-member", INFO, "HAR 1.2", "member is newer than the file's version",                                  \
      "The file says version 1.1 but uses a member that came with 1.2. Readers of that time may refuse it.")                     \
    X(DRAFT_MEMBER, "draft-member", INFO, "HAR 1.3 proposal", "member of the 1.3 proposal",                                      \
      "The member comes from a proposal for HAR 1.3 that was never adopted.")                                                    \
    X(EMPTY_VERSION, "empty-version", WARNING, "HAR 1.2, log", "empty version",                                                  \
      "The specification reads an empty log.version as 1.1.")                                                                    \
    X(MALFORMED_VERSION, "malformed-version", ERROR, "HAR 1.2, log", "version is not major.minor",                               \
      "log.version must be two numbers with a dot between them, as 1.2.")                                                        \
    X(UNSUPPORTED_VERSION, "unsupported-version", ERROR, "HAR 1.2, versioning", "incompatible version",                          \
      "Readers must refuse versions whose major number is not 1 and those before 1.1.")                                          \
    X(NEWER_VERSION, "newer-version", INFO, "HAR 1.2, versioning", "version newer than 1.2",                                     \
      "A newer minor version must be accepted; members that are not known are then no mistake.")                                 \
    X(MALFORMED_DATE, "malformed-date", ERROR, "W3C NOTE-datetime", "not a date and time",                                       \
      "Dates are written as 2009-07-24T19:20:30.45+01:00: date, T, time, zone.")                                                 \
    X(IMPOSSIBLE_DATE, "impossible-date", ERROR, "W3C NOTE-datetime", "date that does not exist",                                \
      "The form is right but there is no such day, hour or zone: month 13, 30 February, 25:00, +15:00.")                         \
    X(DATE_WITHOUT_ZONE, "date-without-zone", ERROR, "W3C NOTE-datetime", "date without time zone",                              \
      "Without Z or +hh:mm nobody knows which instant is meant.")                                                                \
    X(DATE_FORM, "date-form", WARNING, "W3C NOTE-datetime", "date in another ISO 8601 form",                                     \
      "The instant is clear but the form is not the one of the specification: basic format, a blank for T, +0100, lower case.")

enum har_rule {
#define HAR_RULE_SYMBOL(symbol, id, level, source, title, text) HAR_RULE_##symbol,
    HAR_RULES(HAR_RULE_SYMBOL)
#undef HAR_RULE_SYMBOL
        HAR_RULE_COUNT
};

struct har_rule_info {
    const char *id;       /* kebab-case; the only stable name of a rule: enum values may change between versions */
    enum har_level level; /* by default */
    const char *source;   /* where it is written */
    const char *title;    /* a few words */
    const char *text;     /* what, and why it matters */
};

/* The row of `rule`; static. NULL out of range. */
HAR_API const struct har_rule_info *har_rule_info(enum har_rule rule);

/* Finds a rule by its id. False, *rule unchanged, when there is none. */
HAR_API bool har_rule_find(const char *id, enum har_rule *rule);

/* "off", "info", "warning", "error"; static, "" out of range. And back: false, *level unchanged, when `name` is none of them. */
HAR_API const char *har_level_name(enum har_level level);
HAR_API bool har_level_find(const char *name, enum har_level *level);

HAR_END_DECLS
#endif
