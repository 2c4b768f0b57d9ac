/* Rules about responses and the connection: status, sizes, bodies, redirects, addresses. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_RESPONSE_H
#define HARMILL_RULES_RESPONSE_H

#include <harmill/api.h>

#define HAR_RULES_RESPONSE(X) \
    X(FRACTIONAL_STATUS, "fractional-status", ERROR, ERROR, "RFC 9110 section 15", \
      "status is no whole number", \
      "A status code is a whole number of three digits. One with a fraction is no status; readers refuse the file " \
      "or cut it.", \
      "", \
      "{\"status\":200.5}", \
      "{\"status\":200}", \
      "Writes 0 and keeps the number as _status.") \
    X(NO_RESPONSE, "no-response", INFO, INFO, "HAR 1.2, response", \
      "status 0: no response", \
      "Status 0 is how browsers write that no response came: the request was blocked, cancelled, or the connection " \
      "failed. Such an entry says nothing about a server.", \
      "Chrome, Firefox and mitmproxy, for requests that failed or were blocked.", \
      "{\"status\":0,\"statusText\":\"\"}", \
      "{\"status\":502,\"statusText\":\"Bad Gateway\"}", \
      "Keeps it.") \
    X(UNKNOWN_STATUS, "unknown-status", INFO, WARNING, "HAR 1.2, response", \
      "status -1", \
      "Status -1 means that the producer does not know it: the entry was written before the response came. The " \
      "specification grants no such value.", \
      "Playwright and Charles, for entries that never finished.", \
      "{\"status\":-1}", \
      "{\"status\":200}", \
      "Writes 0 and keeps the number as _status.") \
    X(UNLIKELY_STATUS, "unlikely-status", WARNING, WARNING, "RFC 9110 section 15", \
      "status that HTTP does not have", \
      "HTTP has the status codes 100 to 599. Another number was made up by the producer, and readers that sort by " \
      "the first digit file it wrongly.", \
      "WebPageTest (-2) and BrowserMob Proxy (-999).", \
      "{\"status\":-2}", \
      "{\"status\":200}", \
      "Writes 0 for what is negative and keeps the number as _status; keeps other numbers.") \
    X(RESPONSE_WITHOUT_STATUS, "response-without-status", INFO, INFO, "HAR 1.2, response", \
      "status 0 with headers or a body", \
      "Status 0 says that there was no response, but the entry has headers or a text of one. Either the status was " \
      "lost or the rest was filled in by the producer.", \
      "Splash and old Firefox, for requests that were cut off.", \
      "{\"status\":0,\"headers\":[{\"name\":\"Server\",\"value\":\"a\"}]}", \
      "{\"status\":200,\"headers\":[{\"name\":\"Server\",\"value\":\"a\"}]}", \
      "Keeps it.") \
    X(REDIRECT_MISMATCH, "redirect-mismatch", WARNING, WARNING, "HAR 1.2, response", \
      "redirectURL differs from Location", \
      "redirectURL is the target that the Location header names, as it stands there or made absolute. How it is " \
      "spelled (case of the host, default port, percent escapes, fragment) does not matter here; this one leads " \
      "elsewhere, or there is no such header.", \
      "BrowserMob Proxy, once, without such a header.", \
      "{\"redirectURL\":\"https://a.example/x\",\"headers\":[{\"name\":\"Location\",\"value\":\"/y\"}]}", \
      "{\"redirectURL\":\"https://a.example/y\",\"headers\":[{\"name\":\"Location\",\"value\":\"/y\"}]}", \
      "Keeps it.") \
    X(REDIRECT_OMITTED, "redirect-omitted", WARNING, WARNING, "HAR 1.2, response", \
      "redirectURL empty though there is a Location", \
      "The response redirects and names the target in its Location header, but redirectURL is empty. Readers that " \
      "follow redirects look at redirectURL only.", \
      "waterfall-tools and the debugging service of Sauce Labs.", \
      "{\"status\":302,\"redirectURL\":\"\",\"headers\":[{\"name\":\"Location\",\"value\":\"/y\"}]}", \
      "{\"status\":302,\"redirectURL\":\"/y\",\"headers\":[{\"name\":\"Location\",\"value\":\"/y\"}]}", \
      "Fills it with the header's value as it stands and tells so.") \
    X(NOT_MODIFIED_SIZE, "not-modified-size", INFO, WARNING, "HAR 1.2, response", \
      "bodySize of an answer without body", \
      "Answers with status 304, 204 and 1xx carry no body, so bodySize is 0. A larger number is the size of " \
      "something else: of the headers, or of the body in the cache.", \
      "chrome-har, Firebug and Firefox, for 304 and 204.", \
      "{\"status\":304,\"bodySize\":812}", \
      "{\"status\":304,\"bodySize\":0}", \
      "Keeps it.") \
    X(UNEXPECTED_BODY, "unexpected-body", INFO, INFO, "RFC 9110 section 6.4.1", \
      "text of an answer without body", \
      "Answers with status 304, 204 and 1xx, and answers to HEAD, carry no body, but content.text is not empty. " \
      "Producers put in what the cache held; readers that add up traffic must leave it out.", \
      "Chrome, Firefox and Firebug, for 304.", \
      "{\"status\":304,\"content\":{\"size\":5,\"mimeType\":\"text/plain\",\"text\":\"hello\"}}", \
      "{\"status\":304,\"content\":{\"size\":0,\"mimeType\":\"text/plain\"}}", \
      "Keeps it.") \
    X(MALFORMED_SIZE, "malformed-size", WARNING, ERROR, "HAR 1.2, request, response", \
      "size that cannot be", \
      "headersSize, bodySize and content.size are whole numbers of bytes from 0 on, or -1 when they are not known. " \
      "A negative one comes from a subtraction that went wrong; sums over it are wrong too. bodySize of a response " \
      "below -1 is negative-body-size.", \
      "", \
      "{\"headersSize\":-118}", \
      "{\"headersSize\":-1}", \
      "Writes -1, for content.size what can be worked out or 0, and keeps the number under its name with an underscore.") \
    X(NEGATIVE_BODY_SIZE, "negative-body-size", INFO, ERROR, "HAR 1.2, response", \
      "bodySize of a response below -1", \
      "response.bodySize is below -1: what was received less the headers, though the browser had a part of the answer " \
      "already, or all of it, or received it in another way. Sums over bodySize are too small.", \
      "Chrome and Playwright, for ranges and blobs, and answers from a cache and of WebSockets; chrome-har, old Chrome " \
      "and Chrome HAR Capturer, for redirects.", \
      "{\"headersSize\":175,\"bodySize\":-175}", \
      "{\"headersSize\":175,\"bodySize\":-1}", \
      "Writes -1 and keeps the number under _bodySize.") \
    X(UNKNOWN_CONTENT_SIZE, "unknown-content-size", INFO, WARNING, "HAR 1.2, content", \
      "content.size -1", \
      "The specification has no value for an unknown content.size: -1 is for bodySize and headersSize. Some " \
      "readers add it up.", \
      "Playwright and old Firefox, for bodies that they do not keep.", \
      "{\"size\":-1,\"mimeType\":\"text/plain\"}", \
      "{\"size\":5,\"mimeType\":\"text/plain\"}", \
      "Writes the bytes of the text, or what Content-Length or bodySize says of a body that was not compressed; else " \
      "0, with the -1 kept under _size.") \
    X(UNKNOWN_ENCODING, "unknown-encoding", WARNING, WARNING, "HAR 1.2, content", \
      "encoding that is not base64", \
      "content.encoding says how the text was made from bytes. base64 is the only encoding that readers know; for " \
      "plain text the member is left out. Charsets do not belong here.", \
      "Advanced REST Client (utf-8).", \
      "{\"text\":\"hello\",\"encoding\":\"utf-8\"}", \
      "{\"text\":\"aGVsbG8=\",\"encoding\":\"base64\"}", \
      "Leaves it out and keeps it under _encoding; base64 in other letters is written as such.") \
    X(MALFORMED_BASE64, "malformed-base64", ERROR, ERROR, "RFC 4648 section 4", \
      "text is not base64", \
      "content.encoding says base64, but the text is none: a character that is not of the alphabet, wrong padding, " \
      "or a length that no bytes give. Decoders refuse it or stop there, so the body is lost.", \
      "Captures whose bodies were edited or cut by hand.", \
      "{\"text\":\"aGV*bG8=\",\"encoding\":\"base64\"}", \
      "{\"text\":\"aGVsbG8=\",\"encoding\":\"base64\"}", \
      "Keeps it; nothing but padding becomes an empty text.") \
    X(BASE64_FORM, "base64-form", WARNING, WARNING, "RFC 4648 section 3", \
      "base64 in another form", \
      "The base64 has line breaks or blanks, uses the alphabet for URLs (- and _) or lacks its padding. Many " \
      "decoders take that, strict ones do not.", \
      "Captures whose bodies were edited by hand; an old Firefox, once, with line breaks.", \
      "{\"text\":\"aGVsbG8\",\"encoding\":\"base64\"}", \
      "{\"text\":\"aGVsbG8=\",\"encoding\":\"base64\"}", \
      "Writes the same bytes in the usual form.") \
    X(MISSING_ENCODING, "missing-encoding", WARNING, WARNING, "HAR 1.2, content", \
      "base64 without encoding", \
      "The text is base64 and decodes to just as many bytes as content.size says, but content.encoding is missing. " \
      "Readers take the letters for the body itself.", \
      "Old Edge and BrowserMob Proxy, and captures of Chrome that other programs have rewritten.", \
      "{\"size\":5,\"text\":\"aGVsbG8=\"}", \
      "{\"size\":5,\"text\":\"aGVsbG8=\",\"encoding\":\"base64\"}", \
      "Writes the encoding where that is certain: a text of 32 characters and more in the usual form of base64, or one " \
      "that begins like a file of the type that is named.") \
    X(CONTENT_SIZE_MISMATCH, "content-size-mismatch", WARNING, WARNING, "HAR 1.2, content", \
      "size differs from the text", \
      "content.size is the length of the body in bytes, and the text holds another number of them. Known reasons " \
      "are taken into account: a charset other than UTF-8, a byte order mark, characters that were lost. What is " \
      "left was edited or cut, or was counted wrong.", \
      "Captures whose bodies were replaced by hand or by sanitizers.", \
      "{\"size\":12,\"text\":\"hello\"}", \
      "{\"size\":5,\"text\":\"hello\"}", \
      "Keeps it.") \
    X(CONTENT_SIZE_UNIT, "content-size-unit", INFO, WARNING, "HAR 1.2, content", \
      "size counts something else than bytes", \
      "content.size counts the characters of the text or its UTF-16 units, or is the size of the body before it " \
      "was decoded. The specification wants the bytes of the decoded body.", \
      "Firefox (the encoded body), Firebug and old Firefox (characters), mitmproxy (the encoded body).", \
      "{\"size\":1,\"text\":\"\\u20ac\"}", \
      "{\"size\":3,\"text\":\"\\u20ac\"}", \
      "Keeps it.") \
    X(ZERO_CONTENT_SIZE, "zero-content-size", INFO, WARNING, "HAR 1.2, content", \
      "size 0 beside a text", \
      "content.size is 0, but there is a text. The producer did not know the size, often because the body came " \
      "from the memory cache.", \
      "Safari for what came from its memory cache, Edge, and recorders inside of pages.", \
      "{\"size\":0,\"text\":\"hello\"}", \
      "{\"size\":5,\"text\":\"hello\"}", \
      "Keeps it.") \
    X(TRUNCATED_TEXT, "truncated-text", INFO, INFO, "HAR 1.2, content", \
      "text cut at a limit", \
      "The text ends at about one mebibyte or later and content.size says that the body was longer: producers cut " \
      "what is over their limit. The rest of the body is not in the capture.", \
      "Firefox, whose limit is a setting (devtools.netmonitor.responseBodyLimit).", \
      "", \
      "", \
      "Keeps it.") \
    X(COMPRESSION_MISMATCH, "compression-mismatch", INFO, INFO, "HAR 1.2, content", \
      "compression is not size minus bodySize", \
      "content.compression is the number of bytes that the content coding saved: content.size minus bodySize. One " \
      "of the three is wrong. A 0 where that would be negative is left alone.", \
      "Browsertime.", \
      "{\"bodySize\":400,\"content\":{\"size\":1000,\"compression\":1000}}", \
      "{\"bodySize\":400,\"content\":{\"size\":1000,\"compression\":600}}", \
      "Keeps it.") \
    X(NEGATIVE_COMPRESSION, "negative-compression", INFO, INFO, "HAR 1.2, content", \
      "negative compression", \
      "The body was longer on its way than decoded, as small ones are. That is no mistake, but sums of what was " \
      "saved go down by it.", \
      "Chrome, Safari, old Edge and Fiddler, for small bodies and for those sent in chunks.", \
      "{\"size\":20,\"compression\":-23}", \
      "{\"size\":20,\"compression\":0}", \
      "Keeps it.") \
    X(EMPTY_TEXT, "empty-text", INFO, INFO, "HAR 1.2, content", \
      "empty text though there was a body", \
      "content.size says that there was a body, but the text is empty: the producer did not keep it. The " \
      "specification leaves the text out then, and an empty text says that the body was empty.", \
      "Chrome and old Edge, for bodies that were gone when the capture was written.", \
      "{\"size\":331,\"text\":\"\"}", \
      "{\"size\":331}", \
      "Keeps it.") \
    X(ATTACHED_BODY, "attached-body", INFO, INFO, "HAR 1.2, content, postData", \
      "body lies in a file beside the capture", \
      "Instead of text, content or postData has a member _file: the name of a file beside the capture, which holds the " \
      "body. HAR knows no such member, so other programs find no body. In a zip archive harmill reads the file " \
      "of exactly that name there; the name never becomes a path: beside a plain .har no file is opened.", \
      "Playwright with the content attach, which a recording into a .zip has by default.", \
      "{\"size\":5,\"mimeType\":\"text/plain\",\"_file\":\"aaf4c61d.txt\"}", \
      "{\"size\":5,\"mimeType\":\"text/plain\",\"text\":\"hello\"}", \
      "From an archive: puts the body back into text and drops _file. From a plain file: keeps it.") \
    X(MISSING_ATTACHMENT, "missing-attachment", WARNING, WARNING, "HAR 1.2, content, postData", \
      "archive lacks the file of a body", \
      "The capture lies in a zip archive, and _file of content or postData names a file that is not in it: the body is " \
      "lost. Names are compared as they are, byte for byte.", \
      "Archives of Playwright that were packed anew, in part or below a folder.", \
      "", \
      "", \
      "Keeps _file; the body stays missing.") \
    X(REPLACEMENT_CHARACTER, "replacement-character", INFO, INFO, "HAR 1.2, content", \
      "text lost characters", \
      "U+FFFD stands in the text where bytes were not of the charset that they were read as: binary data written " \
      "as text, or the wrong charset. What stood there is lost. Only the first one is told.", \
      "Firefox, old Edge, Charles and Fiddler, for binary data and unknown charsets.", \
      "{\"text\":\"caf\\ufffd\"}", \
      "{\"text\":\"caf\\u00e9\"}", \
      "Keeps it.") \
    X(MIME_TYPE_MISMATCH, "mime-type-mismatch", INFO, INFO, "HAR 1.2, content", \
      "mimeType differs from Content-Type", \
      "content.mimeType is the value of the Content-Type header. The type or the charset is another one here, or " \
      "it is not filled in. Upper and lower case, blanks, and a charset on one side only do not matter.", \
      "Firefox and chrome-har, for redirects whose type they guess.", \
      "{\"mimeType\":\"text/html\",\"headers\":[{\"name\":\"Content-Type\",\"value\":\"text/css\"}]}", \
      "{\"mimeType\":\"text/css\",\"headers\":[{\"name\":\"Content-Type\",\"value\":\"text/css\"}]}", \
      "Keeps it.") \
    X(UNKNOWN_MIME_TYPE, "unknown-mime-type", INFO, INFO, "HAR 1.2, content", \
      "mimeType unknown", \
      "There is a body, but neither content.mimeType nor a Content-Type header says of what type. Readers show it " \
      "as plain bytes.", \
      "Splash and Fiddler (empty).", \
      "{\"size\":5,\"mimeType\":\"x-unknown\"}", \
      "{\"size\":5,\"mimeType\":\"text/plain\"}", \
      "Keeps it.") \
    X(BRACKETED_SERVER_IP, "bracketed-server-ip", INFO, WARNING, "HAR 1.2, entries", \
      "serverIPAddress in brackets or with a port", \
      "serverIPAddress is the address alone. Brackets belong to addresses in a URL, a port belongs nowhere here; " \
      "strict readers refuse both.", \
      "Chrome, for every IPv6 address.", \
      "{\"serverIPAddress\":\"[2001:db8::1]\"}", \
      "{\"serverIPAddress\":\"2001:db8::1\"}", \
      "Writes the address and keeps the port under _serverPort.") \
    X(EMPTY_SERVER_IP, "empty-server-ip", INFO, WARNING, "HAR 1.2, entries", \
      "serverIPAddress empty", \
      "The member is optional and left out when the address is not known. An empty one fails readers that expect " \
      "an address.", \
      "Chrome for requests that were blocked or answered from the cache, waterfall-tools.", \
      "{\"serverIPAddress\":\"\"}", \
      "{\"serverIPAddress\":\"192.0.2.1\"}", \
      "Leaves it out.") \
    X(MALFORMED_SERVER_IP, "malformed-server-ip", ERROR, ERROR, "HAR 1.2, entries", \
      "serverIPAddress is no address", \
      "serverIPAddress is the result of resolving the host: an IPv4 or IPv6 address. This is neither; names of " \
      "hosts do not belong here.", \
      "", \
      "{\"serverIPAddress\":\"shop.example\"}", \
      "{\"serverIPAddress\":\"192.0.2.1\"}", \
      "Leaves it out and keeps it under _serverIPAddress.") \
    X(EMPTY_CONNECTION, "empty-connection", INFO, WARNING, "HAR 1.2, entries", \
      "connection empty", \
      "connection names the connection that the request used and is left out when it is not known. Readers that " \
      "group by it put all entries with an empty one together.", \
      "waterfall-tools.", \
      "{\"connection\":\"\"}", \
      "{\"connection\":\"51234\"}", \
      "Leaves it out.")

#endif
