/* The tokenizer's first layer: finds strings, structure and scalars in blocks of 64 bytes and checks what strings are made of.
 * It knows no grammar; json/parse.h does. */
#ifndef HARMILL_JSON_SCAN_H
#define HARMILL_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is odd about a string's bytes. The string's extent is certain in each case, so reading goes on. */
enum json_mark_kind {
    JSON_MARK_CONTROL,   /* a raw control character */
    JSON_MARK_ESCAPE,    /* a backslash before something that is no escape */
    JSON_MARK_UTF8,      /* a byte that is no UTF-8 */
    JSON_MARK_SURROGATE, /* half a surrogate pair, escaped */
    JSON_MARK_NUL,       /* \u0000 */
    JSON_MARK_SPELLING,  /* an escape in another spelling than the canonical one; the parser turns it into a flag */
    JSON_MARK_NAN,       /* not of strings: NaN or Infinity where a number should be; set by the parser */
};

struct json_mark {
    uint32_t at; /* offset, of the backslash where it is about an escape */
    uint32_t kind;
};

enum {
    JSON_BLOCK = 64,
    JSON_SCAN_AHEAD = 16, /* bytes behind a block that must be readable and final: the longest escape that must be seen whole */
    JSON_INDEX = 4096,
};

/* Zero it before the first block. */
struct json_scan {
    size_t at;          /* offset of the next block */
    uint64_t in_string; /* all ones inside a string */
    bool plain;         /* inside a string that had no backslash yet */
    uint64_t escaped;   /* 1: the next byte belongs to an escape */
    bool scalar;        /* the last byte belonged to a scalar */
    uint32_t utf8_left; /* bytes of the next block that belong to a sequence already checked */
    size_t low_at;      /* offset of the escaped low surrogate whose high half was seen last */

    /* Offsets, ascending: of { } [ ] : , outside strings, of both quotes of a string, of the first backslash between them, and of
     * the first byte of anything else. */
    uint32_t index[JSON_INDEX];
    size_t index_count;
    struct json_mark mark[JSON_INDEX]; /* ascending */
    size_t mark_count;
};

/* Scans blocks of `bytes` from scan->at on, while whole blocks with JSON_SCAN_AHEAD bytes behind them lie before `len` and there
 * is room in both lists. With `last`, `len` is the end: the rest is scanned too, for which at least JSON_BLOCK + JSON_SCAN_AHEAD
 * blanks must stand behind it. True when something was scanned. */
bool json_scan_run(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last);

/* The same without special instructions, for machines without them and as the other one's oracle. */
bool json_scan_run_portable(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last);

/* Takes `drop` bytes off the front of all offsets; none may lie before. */
void json_scan_rebase(struct json_scan *scan, size_t drop);

/* Starts anew at offset `at`, outside strings. */
void json_scan_restart(struct json_scan *scan, size_t at);

/* Four hexadecimal digits as a number; negative when they are none. */
int json_hex4(const unsigned char *digits);

#endif
