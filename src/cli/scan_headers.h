/* --header-file: headers that the scanner's browser sends as well. They are secrets. */
#ifndef CLI_SCAN_HEADERS_H
#define CLI_SCAN_HEADERS_H

#include "cli/cli.h"

enum { SCAN_HEADERS_MOST = 100 };

struct scan_headers {
    struct har_cloudflare_header list[SCAN_HEADERS_MOST + 1]; /* ends with a NULL name */
    size_t count;
    char *text; /* of the file, which the list borrows from */
    size_t size;
};

/* Reads 'Name: value' lines from the file `path`, or from stdin for "-"; empty lines and those that begin with # are skipped. What
 * is wrong is told with its line, never with what stands there. `warns`: a file that others can read is told. Release in any case.
 */
enum exit_status scan_headers_read(struct scan_headers *headers, const char *path, bool warns);

/* Overwrites and frees them. A zeroed one is fine, and what is left. */
void scan_headers_release(struct scan_headers *headers);

#endif
