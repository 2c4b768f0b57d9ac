/* Rules about secrets: what `harmill redact` finds and replaces. Off but in `redact --check` and `--verify`.
 * Columns: see <harmill/rule.h>. */
#ifndef HARMILL_RULES_SECRET_H
#define HARMILL_RULES_SECRET_H

#include <harmill/api.h>

#define HAR_RULES_SECRET(X) \
    X(SECRET_HEADER, "secret-header", OFF, OFF, "docs/redaction.md", \
      "a credential in a header", \
      "The value of a header such as Authorization, X-Api-Key or X-CSRF-Token, in headers[] or in a text that holds header " \
      "lines. Who has the file can use it until it expires.", \
      "Every producer that records headers.", \
      "{\"name\": \"X-Api-Key\", \"value\": \"6f1d2c3b4a5968778695\"}", \
      "{\"name\": \"X-Api-Key\", \"value\": \"redacted-apikey-1\"}", \
      "Keeps it; redact replaces it.") \
    X(SECRET_COOKIE, "secret-cookie", OFF, OFF, "docs/redaction.md", \
      "a cookie with its value", \
      "Cookies keep people logged in: the value of any of them may be a session. It stands in cookies[], in the headers Cookie " \
      "and Set-Cookie, and in scripts.", \
      "Every producer that records cookies.", \
      "{\"name\": \"sid\", \"value\": \"8c1f0e7d6b5a4938\"}", \
      "{\"name\": \"sid\", \"value\": \"redacted-cookie-1\"}", \
      "Keeps it; redact replaces it.") \
    X(SECRET_PARAMETER, "secret-parameter", OFF, OFF, "docs/redaction.md", \
      "a credential in a parameter", \
      "A parameter of a query, a fragment, a path or a form whose name says that it is secret: a token, a code, a password. " \
      "Addresses stand in many places: url, queryString[], Referer, Location, redirectURL, titles of pages.", \
      "Every producer.", \
      "{\"url\": \"https://example.com/cb?code=4f6c2b1a09\"}", \
      "{\"url\": \"https://example.com/cb?code=redacted-code-1\"}", \
      "Keeps it; redact replaces it.") \
    X(SECRET_ADDRESS, "secret-address", OFF, OFF, "RFC 3986 section 3.2.1", \
      "a password in an address", \
      "The address holds a user and a password before its host.", \
      "", \
      "{\"url\": \"https://anna:tea4two!@example.com/\"}", \
      "{\"url\": \"https://anna:redacted-password-1@example.com/\"}", \
      "Keeps it; redact replaces it.") \
    X(SECRET_MEMBER, "secret-member", OFF, OFF, "docs/redaction.md", \
      "a credential under a name in a text or a custom member", \
      "A member, an element, an attribute or a variable whose name says that its value is secret: in bodies of JSON, XML, HTML " \
      "and scripts, in messages of WebSockets, and in members of the capture that are not of the specification.", \
      "Every producer that records bodies.", \
      "{\"text\": \"{\\\"access_token\\\":\\\"9b1deb4d3b7d4bad\\\"}\"}", \
      "{\"text\": \"{\\\"access_token\\\":\\\"redacted-token-1\\\"}\"}", \
      "Keeps it; redact replaces it.") \
    X(SECRET_FORMAT, "secret-format", OFF, OFF, "docs/redaction.md", \
      "a text in the form of a known credential", \
      "A JSON Web Token, a private key, a key of a well-known service: they are recognised by their form, wherever they stand.", \
      "", \
      "{\"comment\": \"use Bearer 9b1deb4d3b7d4bad\"}", \
      "{\"comment\": \"use Bearer redacted-credential-1\"}", \
      "Keeps it; redact replaces it.") \
    X(SECRET_PERSONAL, "secret-personal", OFF, OFF, "docs/redaction.md", \
      "something about a person", \
      "An e-mail address, a phone number, an IBAN or a card number whose check digits are right, an IP address. Only with --pii.", \
      "", \
      "{\"text\": \"ask anna@shop.example\"}", \
      "{\"text\": \"ask redacted-email-1\"}", \
      "Keeps it; redact --pii replaces it.") \
    X(SECRET_POSSIBLE, "secret-possible", OFF, OFF, "docs/redaction.md", \
      "a long text that looks random", \
      "Nothing says what it is, but keys and tokens look like that. So do hashes and names of files.", \
      "", \
      "{\"text\": \"as Vt3kQ9xZ7mLp2RwN8sYbD4hGcJ6fTa1E says\"}", \
      "{\"text\": \"as redacted-random-1 says\"}", \
      "Keeps it; redact --suspicious replaces it.") \
    X(SECRET_UNSEARCHED, "secret-unsearched", OFF, OFF, "docs/redaction.md", \
      "a body that could not be searched", \
      "It is packed or encoded in a way that harmill cannot undo, or it lies in a file beside the capture. What is in it is not " \
      "known.", \
      "Archives, bodies that are cut, brotli without a header that says so.", \
      "{\"mimeType\": \"application/zip\", \"text\": \"UEsDBAoAAAAAAA==\", \"encoding\": \"base64\"}", \
      "{\"mimeType\": \"text/plain\", \"text\": \"tea\"}", \
      "Keeps it.")

#endif
