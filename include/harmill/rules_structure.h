/* Rules about the members: missing, of another type, unknown, newer; versions and the form of dates. Columns: see <harmill/rule.h>.
 */
#ifndef HARMILL_RULES_STRUCTURE_H
#define HARMILL_RULES_STRUCTURE_H

#include <harmill/api.h>

#define HAR_RULES_STRUCTURE(X)                                                                                                     \
    X(MISSING_MEMBER, "missing-member", ERROR, ERROR, "HAR 1.2", "required member missing",                                        \
      "The specification requires this member. Readers refuse the file, or work with undefined.", "", "", "", "")                  \
    X(MISSING_CACHE, "missing-cache", WARNING, WARNING, "HAR 1.2, cache", "entry without cache",                                   \
      "The specification marks entry.cache as required and says elsewhere that it may be left out. Some readers "                  \
      "insist on it.",                                                                                                             \
      "", "", "", "")                                                                                                              \
    X(WRONG_TYPE, "wrong-type", ERROR, ERROR, "HAR 1.2", "value of the wrong type",                                                \
      "The member holds another JSON type than the specification says.", "", "", "", "")                                           \
    X(NULL_MEMBER, "null-member", INFO, ERROR, "HAR 1.2", "null where a member should be left out",                                \
      "An optional member is null. The specification leaves out what is unknown; current browsers write null "                     \
      "here.",                                                                                                                     \
      "", "", "", "")                                                                                                              \
    X(UNKNOWN_MEMBER, "unknown-member", WARNING, WARNING, "HAR 1.2, custom fields", "custom member without underscore",            \
      "Members that the specification does not know must start with an underscore.", "", "", "", "")                               \
    X(COMMON_CUSTOM_MEMBER, "common-custom-member", INFO, WARNING, "HAR 1.2, custom fields",                                       \
      "browser's own member without underscore",                                                                                   \
      "The member is in no version of the specification and lacks the underscore, but every browser writes it, "                   \
      "as sameSite of cookies.",                                                                                                   \
      "", "", "", "")                                                                                                              \
    X(NEWER_MEMBER, "newer-member", INFO, INFO, "HAR 1.2", "member is newer than the file's version",                              \
      "The file says version 1.1 but uses a member that came with 1.2. Readers of that time may refuse it.", "", "", "", "")       \
    X(DRAFT_MEMBER, "draft-member", INFO, INFO, "HAR 1.3 proposal", "member of the 1.3 proposal",                                  \
      "The member comes from a proposal for HAR 1.3 that was never adopted.", "", "", "", "")                                      \
    X(EMPTY_VERSION, "empty-version", WARNING, WARNING, "HAR 1.2, log", "empty version",                                           \
      "The specification reads an empty log.version as 1.1.", "", "", "", "")                                                      \
    X(MALFORMED_VERSION, "malformed-version", ERROR, ERROR, "HAR 1.2, log", "version is not major.minor",                          \
      "log.version must be two numbers with a dot between them, as 1.2.", "", "", "", "")                                          \
    X(UNSUPPORTED_VERSION, "unsupported-version", ERROR, ERROR, "HAR 1.2, versioning", "incompatible version",                     \
      "Readers must refuse versions whose major number is not 1 and those before 1.1.", "", "", "", "")                            \
    X(NEWER_VERSION, "newer-version", INFO, INFO, "HAR 1.2, versioning", "version newer than 1.2",                                 \
      "A newer minor version must be accepted; members that are not known are then no mistake.", "", "", "", "")                   \
    X(MALFORMED_DATE, "malformed-date", ERROR, ERROR, "W3C NOTE-datetime", "not a date and time",                                  \
      "Dates are written as 2009-07-24T19:20:30.45+01:00: date, T, time, zone.", "", "", "", "")                                   \
    X(IMPOSSIBLE_DATE, "impossible-date", ERROR, ERROR, "W3C NOTE-datetime", "date that does not exist",                           \
      "The form is right but there is no such day, hour or zone: month 13, 30 February, 25:00, +15:00.", "", "", "", "")           \
    X(DATE_WITHOUT_ZONE, "date-without-zone", ERROR, ERROR, "W3C NOTE-datetime", "date without time zone",                         \
      "Without Z or +hh:mm nobody knows which instant is meant.", "", "", "", "")                                                  \
    X(DATE_FORM, "date-form", WARNING, WARNING, "W3C NOTE-datetime", "date in another ISO 8601 form",                              \
      "The instant is clear but the form is not the one of the specification: basic format, a blank for T, "                       \
      "+0100, lower case.",                                                                                                        \
      "", "", "", "")

#endif
