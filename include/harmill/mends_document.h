/* What normalize changes about documents, pages and members in general. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_DOCUMENT_H
#define HARMILL_MENDS_DOCUMENT_H

#include <harmill/api.h>

#define HAR_MENDS_DOCUMENT(X) \
    X(DUPLICATE_KEY, "duplicate-key", KEPT, DUPLICATE_KEY, \
      "an object has two members of one name", "the last one; of members of the document and the log the first", \
      "the others as _NAME, _NAME_2 ...", "") \
    X(CUSTOM_NAME, "custom-name", KEPT, UNKNOWN_MEMBER, \
      "a member that HAR does not know has no underscore", \
      "nothing under that name", \
      "as _NAME", "") \
    X(COMMON_CUSTOM_NAME, "common-custom-name", KEPT, COMMON_CUSTOM_MEMBER, \
      "a member that browsers write but HAR does not know has no underscore", \
      "nothing under that name", \
      "as _sameSite, _lastFetched or _fetchCount", "") \
    X(DRAFT_NAME, "draft-name", KEPT, DRAFT_MEMBER, \
      "a member is one that only the proposal for HAR 1.3 knows (headersCompression)", \
      "nothing under that name", \
      "as _headersCompression", "") \
    X(BESIDE_LOG, "beside-log", KEPT, UNKNOWN_MEMBER, \
      "the document has members beside log", \
      "nothing beside the log", \
      "in the log, as _NAME", "") \
    X(ENVELOPE, "envelope", DROPPED, ENVELOPE, \
      "the log lies in an answer whose other members are null, true or empty", "the log alone", "", "") \
    X(NULL_MEMBER, "null-member", DROPPED, NULL_MEMBER, \
      "an optional member is null", "nothing: what is unknown is left out", "", "") \
    X(NULL_VALUE, "null-value", DROPPED, WRONG_TYPE, \
      "a member is null that must not be", \
      "nothing, or what stands for \"not known\" where the member is required", \
      "", "") \
    X(NULL_ELEMENT, "null-element", DROPPED, WRONG_TYPE, \
      "an element of a list is null", "the list without it", "", "") \
    X(STRAY_ELEMENT, "stray-element", KEPT, WRONG_TYPE, \
      "an element of a list is no object, or it is a cookie without a name; headers have rows of their own", \
      "the list without it", \
      "in a list _NAME beside the list NAME", "") \
    X(NO_TEXT, "no-text", SPELLED, WRONG_TYPE, \
      "a number, true or false stands where a string belongs", "its text as a string", "", "") \
    X(NO_NUMBER, "no-number", SPELLED, WRONG_TYPE, \
      "a string that is a number stands where a number belongs", "the number", "", "") \
    X(NO_BOOLEAN, "no-boolean", SPELLED, WRONG_TYPE, \
      "the string \"true\" or \"false\" stands where true or false belongs", "true or false", "", "") \
    X(LIST_OF_ONE, "list-of-one", SPELLED, WRONG_TYPE, \
      "a list of one value stands where the value belongs", "the value", "", "") \
    X(NO_LIST, "no-list", SPELLED, WRONG_TYPE, \
      "an object stands where a list belongs", \
      "a list of it; where its members are the names, a list of objects with name and value", "", "") \
    X(EMPTY_CONTAINER, "empty-container", SPELLED, WRONG_TYPE, \
      "[] stands for an empty object, or {} for an empty list", "{} or []", "", "") \
    X(WRONG_TYPE, "wrong-type", KEPT, WRONG_TYPE, \
      "a member has another type and cannot be turned into the right one", \
      "nothing, or what stands for \"not known\" where the member is required", "as _NAME", "") \
    X(MISSING_VERSION, "missing-version", FILLED, MISSING_MEMBER, \
      "log.version is missing", "1.2", "", "") \
    X(OLDER_VERSION, "older-version", KEPT, NEWER_MEMBER, \
      "log.version is 1.1, or 1.2 with zeros in front", "1.2", "as _version", "") \
    X(NEWER_VERSION, "newer-version", KEPT, NEWER_VERSION, \
      "log.version is above 1.2", "1.2", "as _version", "") \
    X(EMPTY_VERSION, "empty-version", KEPT, EMPTY_VERSION, \
      "log.version is empty", "1.2", "as _version", "") \
    X(MALFORMED_VERSION, "malformed-version", KEPT, MALFORMED_VERSION, \
      "log.version is not major.minor", "1.2", "as _version", "") \
    X(UNSUPPORTED_VERSION, "unsupported-version", KEPT, UNSUPPORTED_VERSION, \
      "log.version is below 1.1 or above 1.x", "1.2", "as _version", "") \
    X(MISSING_CREATOR, "missing-creator", FILLED, MISSING_MEMBER, \
      "log.creator is missing", "harmill as the creator; with a comment that says so", "", "") \
    X(MISSING_PAGES, "missing-pages", FILLED, FIREFOX_REFUSES, \
      "log.pages is missing", "[]", "", "") \
    X(MISSING_ENTRIES, "missing-entries", FILLED, MISSING_MEMBER, \
      "log.entries is missing", "[]", "", "") \
    X(NEGATIVE_PAGE_TIMING, "negative-page-timing", KEPT, NEGATIVE_PAGE_TIMING, \
      "onContentLoad or onLoad is negative and not -1", "-1: not available", "as _onContentLoad or _onLoad", "") \
    X(MISSING_PAGE_TIMINGS, "missing-page-timings", FILLED, MISSING_MEMBER, \
      "page.pageTimings is missing", "{}: nothing is known", "", "") \
    X(MISSING_TEXT, "missing-text", FILLED, MISSING_MEMBER, \
      "a required text is missing: page.title, httpVersion, statusText, redirectURL, mimeType, the name or version of a creator, " \
      "the value of a cookie or query parameter, the name of a query or form parameter", \
      "\"\"", "", "") \
    X(MISSING_LIST, "missing-list", FILLED, MISSING_MEMBER, \
      "cookies, headers or queryString are missing", "[]", "", "") \
    X(MISSING_SIZE, "missing-size", FILLED, MISSING_MEMBER, \
      "headersSize or bodySize is missing", "-1: not known", "", "") \
    X(MISSING_CONTENT, "missing-content", FILLED, MISSING_MEMBER, \
      "response.content is missing", "size 0 and an empty mimeType", "", "") \
    X(MISSING_CONTENT_SIZE, "missing-content-size", FILLED, MISSING_MEMBER, \
      "content.size is missing", \
      "0; HAR has no word for a size that is not known", \
      "", "") \
    X(MISSING_RESPONSE, "missing-response", FILLED, MISSING_MEMBER, \
      "an entry has a request but no response", \
      "status 0; as browsers write when no response came, and a comment that says so", "", "") \
    X(MISSING_ETAG, "missing-etag", FILLED, INCOMPLETE_CACHE_ENTRY, \
      "a cache entry has no eTag", "\"\"", "", "") \
    X(INCOMPLETE_CACHE_ENTRY, "incomplete-cache-entry", KEPT, INCOMPLETE_CACHE_ENTRY, \
      "a cache entry lacks lastAccess or hitCount", "nothing: what the cache held is not known", \
      "as _beforeRequest or _afterRequest", "")

#endif
