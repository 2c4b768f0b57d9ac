/* Rules about responses and the connection: status, sizes, bodies, redirects, addresses. Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_RESPONSE_H
#define HARMILL_RULES_RESPONSE_H

#include <harmill/api.h>

#define HAR_RULES_RESPONSE(X) \
    X(FRACTIONAL_STATUS, "fractional-status", ERROR, ERROR, "RFC 9110 section 15", \
      "status is no whole number", \
      "", \
      "", "", "", "") \
    X(NO_RESPONSE, "no-response", INFO, INFO, "HAR 1.2, response", \
      "status 0: no response", \
      "", \
      "", "", "", "") \
    X(UNKNOWN_STATUS, "unknown-status", INFO, WARNING, "HAR 1.2, response", \
      "status -1", \
      "", \
      "", "", "", "") \
    X(UNLIKELY_STATUS, "unlikely-status", WARNING, WARNING, "RFC 9110 section 15", \
      "status that HTTP does not have", \
      "", \
      "", "", "", "") \
    X(RESPONSE_WITHOUT_STATUS, "response-without-status", INFO, INFO, "HAR 1.2, response", \
      "status 0 with headers or a body", \
      "", \
      "", "", "", "") \
    X(REDIRECT_MISMATCH, "redirect-mismatch", WARNING, WARNING, "HAR 1.2, response", \
      "redirectURL differs from Location", \
      "", \
      "", "", "", "") \
    X(REDIRECT_OMITTED, "redirect-omitted", WARNING, WARNING, "HAR 1.2, response", \
      "redirectURL empty though there is a Location", \
      "", \
      "", "", "", "") \
    X(NOT_MODIFIED_SIZE, "not-modified-size", INFO, WARNING, "HAR 1.2, response", \
      "bodySize of an answer without body", \
      "", \
      "", "", "", "") \
    X(UNEXPECTED_BODY, "unexpected-body", INFO, INFO, "RFC 9110 section 6.4.1", \
      "text of an answer without body", \
      "", \
      "", "", "", "") \
    X(MALFORMED_SIZE, "malformed-size", WARNING, ERROR, "HAR 1.2, request, response", \
      "size that cannot be", \
      "", \
      "", "", "", "") \
    X(UNKNOWN_CONTENT_SIZE, "unknown-content-size", INFO, WARNING, "HAR 1.2, content", \
      "content.size -1", \
      "", \
      "", "", "", "") \
    X(UNKNOWN_ENCODING, "unknown-encoding", WARNING, WARNING, "HAR 1.2, content", \
      "encoding that is not base64", \
      "", \
      "", "", "", "") \
    X(MALFORMED_BASE64, "malformed-base64", ERROR, ERROR, "RFC 4648 section 4", \
      "text is not base64", \
      "", \
      "", "", "", "") \
    X(BASE64_FORM, "base64-form", WARNING, WARNING, "RFC 4648 section 3", \
      "base64 in another form", \
      "", \
      "", "", "", "") \
    X(CONTENT_SIZE_MISMATCH, "content-size-mismatch", WARNING, WARNING, "HAR 1.2, content", \
      "size differs from the text", \
      "", \
      "", "", "", "") \
    X(CONTENT_SIZE_UNIT, "content-size-unit", INFO, WARNING, "HAR 1.2, content", \
      "size counts something else than bytes", \
      "", \
      "", "", "", "") \
    X(COMPRESSION_MISMATCH, "compression-mismatch", INFO, INFO, "HAR 1.2, content", \
      "compression is not size minus bodySize", \
      "", \
      "", "", "", "") \
    X(NEGATIVE_COMPRESSION, "negative-compression", INFO, INFO, "HAR 1.2, content", \
      "negative compression", \
      "", \
      "", "", "", "") \
    X(EMPTY_TEXT, "empty-text", INFO, INFO, "HAR 1.2, content", \
      "empty text though there was a body", \
      "", \
      "", "", "", "") \
    X(REPLACEMENT_CHARACTER, "replacement-character", INFO, INFO, "HAR 1.2, content", \
      "text lost characters", \
      "", \
      "", "", "", "") \
    X(MIME_TYPE_MISMATCH, "mime-type-mismatch", INFO, INFO, "HAR 1.2, content", \
      "mimeType differs from Content-Type", \
      "", \
      "", "", "", "") \
    X(UNKNOWN_MIME_TYPE, "unknown-mime-type", INFO, INFO, "HAR 1.2, content", \
      "mimeType unknown", \
      "", \
      "", "", "", "") \
    X(BRACKETED_SERVER_IP, "bracketed-server-ip", INFO, WARNING, "HAR 1.2, entries", \
      "serverIPAddress in brackets or with a port", \
      "", \
      "", "", "", "") \
    X(EMPTY_SERVER_IP, "empty-server-ip", INFO, WARNING, "HAR 1.2, entries", \
      "serverIPAddress empty", \
      "", \
      "", "", "", "") \
    X(MALFORMED_SERVER_IP, "malformed-server-ip", ERROR, ERROR, "HAR 1.2, entries", \
      "serverIPAddress is no address", \
      "", \
      "", "", "", "") \
    X(EMPTY_CONNECTION, "empty-connection", INFO, WARNING, "HAR 1.2, entries", \
      "connection empty", \
      "", \
      "", "", "", "")

#endif
