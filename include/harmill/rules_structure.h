/* Rules about the members: missing, of another type, unknown, newer; versions and the form of dates. Columns: see
 * <harmill/rule.h>. */
#ifndef HARMILL_RULES_STRUCTURE_H
#define HARMILL_RULES_STRUCTURE_H

#include <harmill/api.h>

#define HAR_RULES_STRUCTURE(X) \
    X(MISSING_MEMBER, "missing-member", ERROR, ERROR, "HAR 1.2", \
      "required member missing", \
      "The specification requires this member. Readers refuse the file, or go on with undefined or 0 in its place. " \
      "Nothing is guessed here, because many values could stand there.", \
      "mitmproxy (content), the Cloudflare URL Scanner (timings, cookies, queryString).", \
      "{\"creator\":{\"name\":\"hand\"}}", \
      "{\"creator\":{\"name\":\"hand\",\"version\":\"1\"}}", \
      "Derives what follows from other members, writes [], \"\", -1 or {} where that says \"not known\", and leaves the rest.") \
    X(MISSING_CACHE, "missing-cache", WARNING, WARNING, "HAR 1.2, cache", \
      "entry without cache", \
      "The specification marks entry.cache as required and says elsewhere that it may be left out. Firefox and strict " \
      "validators insist on it; an empty object says that nothing is known.", \
      "Firebug.", \
      "{\"time\":12,\"timings\":{\"send\":0,\"wait\":12,\"receive\":0}}", \
      "{\"time\":12,\"cache\":{},\"timings\":{\"send\":0,\"wait\":12,\"receive\":0}}", \
      "Writes {}.") \
    X(INCOMPLETE_CACHE_ENTRY, "incomplete-cache-entry", INFO, ERROR, "HAR 1.2, cache", \
      "cache entry without its required members", \
      "beforeRequest or afterRequest lacks lastAccess, eTag or hitCount, which the specification requires. Strict " \
      "validators and typed readers refuse the file; few others look at them.", \
      "Firefox, whose cache does not tell them.", \
      "{\"cache\":{\"afterRequest\":{\"expires\":\"2026-03-01T10:00:00Z\"}}}", \
      "{\"cache\":{\"afterRequest\":null}}", \
      "Keeps the entry as _beforeRequest or _afterRequest; where only eTag is missing, writes an empty one.") \
    X(EMPTY_TIMINGS, "empty-timings", INFO, ERROR, "HAR 1.2, timings", \
      "timings without any time", \
      "timings is an empty object, though the specification requires send, wait and receive. Nothing is known of the " \
      "times of this entry. Most readers show none; Chrome refuses the whole file.", \
      "Firefox since 54, for what comes from its memory cache and for requests that were blocked.", \
      "{\"time\":0,\"timings\":{}}", \
      "{\"time\":0,\"timings\":{\"send\":0,\"wait\":0,\"receive\":0}}", \
      "Writes time as wait and 0 as send and receive, where time is known.") \
    X(WRONG_TYPE, "wrong-type", ERROR, ERROR, "HAR 1.2", \
      "value of the wrong type", \
      "The member holds another JSON type than the specification says. Readers with types refuse the file, others " \
      "compute with \"200\" or show [object Object].", \
      "Charles (redirectURL null), Polly.JS (header values as arrays), Firefox up to 59 (time null), mitmproxy " \
      "(connect, ssl and content), Slack (headers as pairs).", \
      "{\"status\":\"200\"}", \
      "{\"status\":200}", \
      "Writes what says the same in the right type, leaves out null, and keeps anything else under a custom name.") \
    X(NULL_MEMBER, "null-member", INFO, ERROR, "HAR 1.2", \
      "null where a member should be left out", \
      "An optional member is null. The specification leaves out what is unknown, and readers with types refuse null. " \
      "Current browsers write null here, so readers of their captures had to learn it.", \
      "Chrome (expires of cookies, onLoad), Charles (domain, comment and expires of cookies), Fiddler (pages).", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\",\"expires\":null}]}", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\"}]}", \
      "Leaves it out.") \
    X(UNKNOWN_MEMBER, "unknown-member", WARNING, WARNING, "HAR 1.2, custom fields", \
      "custom member without underscore", \
      "Names of members that the specification does not know must start with an underscore; it promises never to use " \
      "such names itself. Without it the member may get another meaning in a later version, and strict readers refuse " \
      "the file.", \
      "Splash (ok, url), WebPageTest (testID), chrome-har (fromDiskCache), Insomnia (settingEncodeUrl).", \
      "{\"time\":12,\"initiator\":\"script\"}", \
      "{\"time\":12,\"_initiator\":\"script\"}", \
      "Puts an underscore in front of its name, and moves what stands beside log into it.") \
    X(COMMON_CUSTOM_MEMBER, "common-custom-member", INFO, WARNING, "HAR 1.2, custom fields", \
      "browser's own member without underscore", \
      "The member is in no version of the specification and lacks the underscore, but browsers write it, as " \
      "sameSite of cookies. Readers of captures must know it; strict validators refuse it.", \
      "Chrome, Safari, Playwright, mitmproxy and Polly.JS (sameSite), Firefox (lastFetched and fetchCount of cache " \
      "entries).", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\",\"sameSite\":\"Lax\"}]}", \
      "{\"cookies\":[{\"name\":\"lang\",\"value\":\"en\",\"_sameSite\":\"Lax\"}]}", \
      "Puts an underscore in front of its name.") \
    X(NEWER_MEMBER, "newer-member", INFO, INFO, "HAR 1.2", \
      "member is newer than the file's version", \
      "The file says version 1.1 but uses a member that came with 1.2. The specification lets readers of 1.1 refuse " \
      "it. Most read it all the same.", \
      "Firebug, WebPageTest and Firefox up to 56.", \
      "{\"log\":{\"version\":\"1.1\",\"comment\":\"shop\"}}", \
      "{\"log\":{\"version\":\"1.2\",\"comment\":\"shop\"}}", \
      "Keeps the member, writes version 1.2 and keeps the other one as _version.") \
    X(DRAFT_MEMBER, "draft-member", INFO, INFO, "HAR 1.3 proposal", \
      "member of the 1.3 proposal", \
      "The member comes from a proposal for HAR 1.3 that was never adopted. Readers ignore it, which matters for " \
      "encoding: they take base64 for the text itself.", \
      "Reqable (encoding of postData).", \
      "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"dGVh\",\"encoding\":\"base64\"}}", \
      "{\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"tea\"}}", \
      "Writes headersCompression as _headersCompression, decodes base64 of a text, and keeps base64 of other bytes.") \
    X(EMPTY_VERSION, "empty-version", WARNING, WARNING, "HAR 1.2, log", \
      "empty version", \
      "log.version is empty. The specification reads that as 1.1, other readers as 1.2 or not at all.", \
      "", \
      "{\"log\":{\"version\":\"\"}}", \
      "{\"log\":{\"version\":\"1.1\"}}", \
      "Writes 1.2 and keeps the other one as _version.") \
    X(MALFORMED_VERSION, "malformed-version", ERROR, ERROR, "HAR 1.2, log", \
      "version is not major.minor", \
      "log.version must be two numbers with a dot between them, as 1.2. Readers decide by it whether they can read " \
      "the file, and refuse what they do not understand. The file is judged as 1.2.", \
      "", \
      "{\"log\":{\"version\":\"HAR 1.2\"}}", \
      "{\"log\":{\"version\":\"1.2\"}}", \
      "Writes 1.2 and keeps the other one as _version.") \
    X(UNSUPPORTED_VERSION, "unsupported-version", ERROR, ERROR, "HAR 1.2, versioning", \
      "incompatible version", \
      "Readers must refuse versions whose major number is not 1 and those before 1.1: their members may mean " \
      "something else. The file is judged as 1.2.", \
      "Early Firebug (1.0).", \
      "{\"log\":{\"version\":\"2.0\"}}", \
      "{\"log\":{\"version\":\"1.2\"}}", \
      "Writes 1.2 and keeps the other one as _version.") \
    X(NEWER_VERSION, "newer-version", INFO, INFO, "HAR 1.2, versioning", \
      "version newer than 1.2", \
      "The version is above 1.2, which nobody has published. Such a file must be accepted, and members that are not " \
      "known are then no mistake.", \
      "", \
      "{\"log\":{\"version\":\"1.3\"}}", \
      "{\"log\":{\"version\":\"1.2\"}}", \
      "Writes 1.2 and keeps the other one as _version.") \
    X(MALFORMED_DATE, "malformed-date", ERROR, ERROR, "W3C NOTE-datetime", \
      "not a date and time", \
      "Dates are written as 2009-07-24T19:20:30.45+01:00: date, T, time, zone. What is written in another way is read " \
      "as another time, or the file is refused: Chrome does so.", \
      "Firebug (NaN-NaN-NaNTNaN:NaN:NaN), Proxyman (12-hour clock).", \
      "{\"startedDateTime\":\"March 1, 2026 10:00\"}", \
      "{\"startedDateTime\":\"2026-03-01T10:00:00.000Z\"}", \
      "Writes the date in the specification's form where the text names an instant without doubt: words with a zone, " \
      "or seconds or milliseconds since 1970. Keeps others.") \
    X(IMPOSSIBLE_DATE, "impossible-date", ERROR, ERROR, "W3C NOTE-datetime", \
      "date that does not exist", \
      "The form is right but there is no such day, hour or zone: month 13, 30 February, 25:00, +15:00. Some readers " \
      "refuse the file, others count on into the next month without a word.", \
      "", \
      "{\"startedDateTime\":\"2026-02-30T10:00:00Z\"}", \
      "{\"startedDateTime\":\"2026-02-28T10:00:00Z\"}", \
      "Keeps it, because any date would be a guess.") \
    X(DATE_WITHOUT_ZONE, "date-without-zone", ERROR, ERROR, "W3C NOTE-datetime", \
      "date without time zone", \
      "Without Z or +hh:mm nobody knows which instant is meant: readers take their own zone or UTC, and the same file " \
      "shows other times in other places.", \
      "", \
      "{\"startedDateTime\":\"2026-03-01T10:00:00\"}", \
      "{\"startedDateTime\":\"2026-03-01T10:00:00Z\"}", \
      "Keeps it, because any zone would be a guess.") \
    X(DATE_FORM, "date-form", WARNING, WARNING, "W3C NOTE-datetime", \
      "date in another ISO 8601 form", \
      "The instant is clear but the form is not the one of the specification: basic format, a blank for T, +0100, " \
      "lower case. Readers that expect the form refuse it.", \
      "Logging proxies (+0530).", \
      "{\"startedDateTime\":\"2026-03-01 10:00:00+0100\"}", \
      "{\"startedDateTime\":\"2026-03-01T10:00:00+01:00\"}", \
      "Writes the same date in the specification's form.")

#endif
