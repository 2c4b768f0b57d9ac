/* Rules about the bytes and the document: JSON, XML, packing, bounds. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_FILE_H
#define HARMILL_RULES_FILE_H

#include <harmill/api.h>

#define HAR_RULES_FILE(X) \
    X(JSON_SYNTAX, "json-syntax", ERROR, ERROR, "RFC 8259", \
      "not JSON", \
      "The text breaks the grammar of JSON, so most readers refuse the whole file. Common causes are a comma too " \
      "many, keys without quotes, comments and single quotes. A broken entry does not hide the ones after it: reading " \
      "goes on at the next entry that is whole.", \
      "Early Firebug (unquoted keys); editing by hand.", \
      "{\"time\":12,}", \
      "{\"time\":12}", \
      "With --repair mends what has one obvious meaning (commas, quotes, comments, words, numbers, brackets) and leaves out the " \
      "entry that has none. Else writes nothing.") \
    X(JSON_TRUNCATED, "json-truncated", ERROR, ERROR, "RFC 8259", \
      "the file ends too early", \
      "The input ends inside a value, as it does when a download, an export or a copy was cut off. The entries behind " \
      "the cut are lost and no other reader opens the file. Everything before the cut is judged.", \
      "Exports and downloads that were interrupted.", \
      "{\"entries\":[{\"time\":12", \
      "{\"entries\":[{\"time\":12}]}", \
      "With --repair keeps all whole entries, leaves out the one that is cut and closes the document. Else writes nothing.") \
    X(JSON_CONTROL_CHARACTER, "json-control-character", ERROR, ERROR, "RFC 8259 section 7", \
      "raw control character in a string", \
      "Characters below U+0020 must be written as escapes inside strings. Most readers refuse the file. The producer " \
      "put a text into the file as it was, so quotes in it will break other captures of that producer.", \
      "", \
      "", \
      "{\"text\":\"one\\ttwo\\n\"}", \
      "With --repair writes it as an escape. Else writes nothing.") \
    X(JSON_ESCAPE, "json-escape", ERROR, ERROR, "RFC 8259 section 7", \
      "unknown escape in a string", \
      "After a backslash only \" \\ / b f n r t and u with four hexadecimal digits may stand. Most readers refuse the " \
      "file for \\v or \\x41, which are escapes of JavaScript but not of JSON.", \
      "Old WebPageTest (\\v).", \
      "{\"text\":\"\\x41\"}", \
      "{\"text\":\"\\u0041\"}", \
      "With --repair writes the same character as JSON, or keeps the backslash as a character. Else writes nothing.") \
    X(JSON_WRAPPER, "json-wrapper", ERROR, ERROR, "HAR 1.2, HARP", \
      "JSON in a function call", \
      "The document is wrapped as callback({...}), the HARP form that web pages load as a script. It is not part of " \
      "HAR, and JSON readers refuse it: take the wrapper off. The document in it is judged.", \
      "Pages that show captures with HAR Viewer.", \
      "onInputData({\"log\":{}})", \
      "{\"log\":{}}", \
      "With --repair takes the call off. Else writes nothing.") \
    X(BYTE_ORDER_MARK, "byte-order-mark", INFO, INFO, "HAR 1.2", \
      "byte order mark", \
      "The file starts with a UTF-8 byte order mark, the bytes EF BB BF. HAR readers must ignore it, but plain JSON " \
      "readers, as JSON.parse of JavaScript, refuse the file.", \
      "Fiddler and the F12 tools of Edge and Internet Explorer.", \
      "", \
      "", \
      "Writes none.") \
    X(NOT_UTF_8, "not-utf-8", ERROR, ERROR, "HAR 1.2", \
      "not encoded in UTF-8", \
      "HAR demands UTF-8. The file is UTF-16 or UTF-32, or holds bytes that are no UTF-8, mostly of a page in another " \
      "encoding that were put into the file undecoded. Readers refuse the file or show other characters.", \
      "WebPageTest.", \
      "", \
      "", \
      "With --repair turns UTF-16 and UTF-32 into UTF-8 and puts U+FFFD for bytes that are no UTF-8. Else writes nothing.") \
    X(LONE_SURROGATE, "lone-surrogate", WARNING, WARNING, "RFC 8259 section 8.2", \
      "half a surrogate pair", \
      "An escape such as \\ud83d stands without its other half. It is JSON, but no Unicode text: readers refuse the " \
      "file or silently put another character there. Mostly a text was cut in the middle of an emoji, or binary data " \
      "was decoded as text.", \
      "mitmproxy.", \
      "{\"text\":\"\\ud83d\"}", \
      "{\"text\":\"\\ud83d\\ude00\"}", \
      "Keeps the escape.") \
    X(NUL_CHARACTER, "nul-character", INFO, WARNING, "RFC 8259 section 7", \
      "U+0000 in a string", \
      "A string holds \\u0000, mostly because binary data was written as text. Readers written in C cut the string " \
      "there, and databases refuse it. A body of bytes belongs into base64, but HAR has no place to say so for one " \
      "that was posted: current browsers write it like this.", \
      "Chrome and Firefox for bytes that a page posts; Firebug, Charles, mitmproxy and Polly.JS for binary bodies.", \
      "{\"text\":\"PNG\\u0000\"}", \
      "{\"text\":\"UE5HAA==\",\"encoding\":\"base64\"}", \
      "Keeps it.") \
    X(DUPLICATE_KEY, "duplicate-key", ERROR, ERROR, "RFC 8259 section 4", \
      "key stands twice in an object", \
      "The same key stands twice in an object. Readers differ in which of the values they take, so two tools see two " \
      "different captures: a filter may check one value and the next tool use the other.", \
      "", \
      "{\"method\":\"GET\",\"method\":\"POST\"}", \
      "{\"method\":\"POST\"}", \
      "Keeps the last one; of members of the log, which are on their way by then, the first. The others become _NAME, " \
      "_NAME_2 ...") \
    X(NOT_A_NUMBER, "not-a-number", ERROR, ERROR, "RFC 8259 section 6", \
      "NaN or Infinity", \
      "JSON has no NaN and no Infinity, so most readers refuse the file. The producer printed a computation that " \
      "failed, mostly of a time that it did not know.", \
      "Early chrome-har.", \
      "{\"time\":NaN}", \
      "{\"time\":-1}", \
      "With --repair writes null. Else writes nothing.") \
    X(NUMBER_PRECISION, "number-precision", WARNING, WARNING, "RFC 8259 section 6", \
      "number that readers change", \
      "The number is outside the range of 64-bit integers and doubles, or it is a size, status or time and an integer " \
      "above 2^53. Most readers round it or refuse the file.", \
      "", \
      "{\"size\":9007199254740993}", \
      "{\"size\":9007199254740992}", \
      "Keeps all digits.") \
    X(TOO_DEEP, "too-deep", ERROR, ERROR, "harmill", \
      "nested too deeply", \
      "Arrays and objects are nested deeper than --max-depth allows. Real captures stay below 30; " \
      "readers that recurse crash on such a file. The entry is left out, the others are judged.", \
      "", \
      "", \
      "", \
      "Writes nothing from such an input. A larger --max-depth lets it through.") \
    X(TOO_LARGE, "too-large", ERROR, ERROR, "harmill", \
      "larger than a bound allows", \
      "An entry, a page, an object or the pages together passed a bound that keeps the memory small. The message " \
      "names the option that raises it. Other readers hold the whole file in memory and may fail on it.", \
      "", \
      "", \
      "", \
      "Writes nothing from such an input. The option that the message names lets it through.") \
    X(XML_SYNTAX, "xml-syntax", ERROR, ERROR, "XML 1.0", \
      "not well-formed XML", \
      "The text breaks the grammar of XML, so every XML reader refuses the file. What comes before the place is " \
      "judged.", \
      "Editing by hand.", \
      "<har xmlns=\"urn:harmill:har:1\"><log></har>", \
      "<har xmlns=\"urn:harmill:har:1\"><log></log></har>", \
      "Writes nothing from such an input.") \
    X(XML_VOCABULARY, "xml-vocabulary", ERROR, ERROR, "harmill", \
      "XML that is no HAR", \
      "An element, an attribute, a text or a declaration is not of the vocabulary that docs/xml.md describes. Nothing " \
      "is written from such a file, because what it holds there would be lost.", \
      "XML of other programs, as Internet Explorer exported it.", \
      "<log><timing>5</timing></log>", \
      "<log><member name=\"timing\" type=\"number\">5</member></log>", \
      "Writes nothing from such an input.") \
    X(COMPRESSED_DATA, "compressed-data", ERROR, ERROR, "RFC 1952, RFC 1950, RFC 8878", \
      "broken compressed input", \
      "The gzip, zlib or zstd data is damaged, ends too early, or unpacks to more than the bounds allow. What was " \
      "unpacked before that place is judged. Download or copy the file again, in binary mode.", \
      "", \
      "", \
      "", \
      "With --repair keeps what was unpacked before the damage. Else writes nothing.") \
    X(NOT_A_HAR, "not-a-har", ERROR, ERROR, "HAR 1.2", \
      "not a HAR", \
      "The input is something else: an archive, a web page, a packet capture, another kind of JSON. The message says " \
      "what it looks like, and where it can, which step yields a HAR.", \
      "", \
      "{\"openapi\":\"3.1.0\"}", \
      "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"hand\",\"version\":\"1\"},\"entries\":[]}}", \
      "Writes nothing from such an input.") \
    X(ENVELOPE, "envelope", INFO, INFO, "HAR 1.2", \
      "log inside another object", \
      "The log lies inside an API's answer (result.har.log or result.log). It is read from there; what the answer " \
      "says beside it is no part of the capture. Other readers look for log at the top and refuse the file.", \
      "The API of the Cloudflare URL Scanner.", \
      "{\"result\":{\"har\":{\"log\":{\"version\":\"1.2\"}}},\"success\":true}", \
      "{\"log\":{\"version\":\"1.2\"}}", \
      "Writes the log alone; members around it that say something become custom members of the log.")

#endif
