/* Everything that the filter does to a text, one row each: rule, message (NULL: the grammar's own), what was done, what it costs.
 */
#ifndef HARMILL_REPAIR_MENDS_H
#define HARMILL_REPAIR_MENDS_H

#include <harmill/finding.h>

#define REPAIR_MENDS(X)                                                                                                            \
    X(MARK, BYTE_ORDER_MARK, "the file starts with a byte order mark", "left out", WHOLE)                                          \
    X(WRAPPER, JSON_WRAPPER, "the document is the argument of a function call", "the call is left out", WHOLE)                     \
    X(PREFIX, JSON_SYNTAX, "the document does not begin here", "what stands before it is left out", LOSS)                          \
    X(UTF16, NOT_UTF_8, "the text is UTF-16, a HAR is UTF-8", "written as UTF-8", WHOLE)                                           \
    X(UTF32, NOT_UTF_8, "the text is UTF-32, a HAR is UTF-8", "written as UTF-8", WHOLE)                                           \
    X(CONTROL, JSON_CONTROL_CHARACTER, "a raw control character in a string", "written as an escape", WHOLE)                       \
    X(ESCAPE, JSON_ESCAPE, "an escape that JSON does not have", "written as JSON", WHOLE)                                          \
    X(BACKSLASH, JSON_ESCAPE, "a backslash that begins no escape", "kept as a character", WHOLE)                                   \
    X(BYTES, NOT_UTF_8, "bytes that are no UTF-8", "U+FFFD is written for them", LOSS)                                             \
    X(SURROGATE, NOT_UTF_8, "half a surrogate pair as bytes", "written as an escape", WHOLE)                                       \
    X(SINGLE_QUOTES, JSON_SYNTAX, "strings need double quotes", "put into double quotes", WHOLE)                                   \
    X(KEY_QUOTES, JSON_SYNTAX, "a key without quotes", "put into quotes", WHOLE)                                                   \
    X(KEY_NAME, JSON_SYNTAX, "the key is damaged", "read as the name that its value belongs to", WHOLE)                            \
    X(WORD_QUOTES, JSON_SYNTAX, "a string without quotes", "put into quotes", WHOLE)                                               \
    X(TRAILING_COMMA, JSON_SYNTAX, "a comma before the closing bracket", "the comma is left out", WHOLE)                           \
    X(SPARE_COMMA, JSON_SYNTAX, "a comma too many", "the comma is left out", WHOLE)                                                \
    X(MISSING_COMMA, JSON_SYNTAX, "a comma is missing before this", "a comma is put in", WHOLE)                                    \
    X(COMMENT, JSON_SYNTAX, "JSON has no comments", "the comment is left out", WHOLE)                                              \
    X(SPACE, JSON_SYNTAX, "a character between values that is no white space of JSON", "left out", WHOLE)                          \
    X(NAN, NOT_A_NUMBER, "NaN or Infinity where a number should be", "null is written", WHOLE)                                     \
    X(NOTHING, JSON_SYNTAX, "a word of another language for null", "null is written", WHOLE)                                       \
    X(LITERAL, JSON_SYNTAX, "JSON writes null, true and false in lower case", "written in lower case", WHOLE)                      \
    X(NUMBER, JSON_SYNTAX, "a number that is not written as in JSON", "written as in JSON", WHOLE)                                 \
    X(NUMBER_LOST, JSON_SYNTAX, "this is no number", "null is written", LOSS)                                                      \
    X(NO_VALUE, JSON_SYNTAX, "a value is missing before this", "null is put in", WHOLE)                                            \
    X(CLOSER, JSON_SYNTAX, "a closing bracket is missing before this", "put in", WHOLE)                                            \
    X(SPARE_CLOSER, JSON_SYNTAX, "a closing bracket that closes nothing", "left out", WHOLE)                                       \
    X(CUT_BETWEEN, JSON_TRUNCATED, "the input ends here, before the document does", "the document is closed", WHOLE)               \
    X(CUT_ENTRY, JSON_TRUNCATED, NULL, "the entry is left out, the document is closed", LOSS)                                      \
    X(CUT_PAGE, JSON_TRUNCATED, NULL, "the page is left out, the document is closed", LOSS)                                        \
    X(CUT_MEMBER, JSON_TRUNCATED, NULL, "the member is left out, the document is closed", LOSS)                                    \
    X(CUT_PACKED, COMPRESSED_DATA, "the compressed data is damaged or ends too early", "what was unpacked before is kept", LOSS)   \
    X(ENTRY, JSON_SYNTAX, NULL, "the entry is left out", LOSS)                                                                     \
    X(PAGE, JSON_SYNTAX, NULL, "the page is left out", LOSS)                                                                       \
    X(MEMBER, JSON_SYNTAX, NULL, "the member is left out", LOSS)                                                                   \
    X(TRAILING, JSON_SYNTAX, "the document has ended before this", "what follows is left out", LOSS)                               \
    X(DOCUMENT, JSON_SYNTAX, "another document begins here", "its entries go behind those before, the rest of its log is kept",    \
      WHOLE)                                                                                                                       \
    X(OUTER, JSON_SYNTAX, "a member beside the log of another document", "left out", LOSS)                                         \
    X(TOO_LARGE, TOO_LARGE, "what starts here is larger than --max-item-bytes allows", "left out", LOSS)                           \
    X(TOO_DEEP, TOO_DEEP, "nested deeper than --max-depth allows", "left out", LOSS)                                               \
    X(NO_LOG, NOT_A_HAR, "nothing in it could be read as a log", NULL, NONE)                                                       \
    X(TOO_MANY, TOO_LARGE, "more repairs than --max-repairs allows", NULL, NONE)

enum repair_mend {
    MEND_NONE, /* not told: it follows from something that is */
#define REPAIR_MEND_SYMBOL(symbol, rule, message, done, cost) MEND_##symbol,
    REPAIR_MENDS(REPAIR_MEND_SYMBOL)
#undef REPAIR_MEND_SYMBOL
        MEND_COUNT
};

#endif
