/* The parts of what can be read without JavaScript, in their order. */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include "html/html.h"
#include "html/text.h"
#include "util/tally.h"

/* Requests, and bytes received for them as far as they are known. */
struct html_sum {
    uint64_t requests, bytes;
};

enum { HTML_CLASSES = 7, HTML_OTHER_STATUS = 6, HTML_TOP = 5 };

/* What one pass over the rows tells. */
struct html_totals {
    struct html_sum all, class[HTML_CLASSES]; /* by the first digit of the status, 0: no answer; others */
    struct html_sum type[HTML_TYPE_COUNT];
    uint64_t content; /* bytes of bodies, unpacked */
    uint64_t failed, dated;
    bool wire_known, content_known;
    struct tally host; /* a sum of bytes each */
    uint32_t slowest[HTML_TOP], largest[HTML_TOP];
    size_t slow, large;
};

/* False when memory is short. */
bool html_totals_make(struct html_totals *totals, const struct html_index *index);
void html_totals_release(struct html_totals *totals);

/* facts.c: the title, which may be in `storage`; the header. */
enum { HTML_TITLE_STORAGE = 300 };
struct har_text html_title(const struct html *html, char storage[HTML_TITLE_STORAGE]);
void html_put_facts(const struct html *html, const struct html_totals *totals, struct json_out *out);

/* banner.c: what must be known first. */
void html_put_notes(const struct html *html, struct json_out *out);

void html_put_findings(const struct html *html, struct json_out *out);
void html_put_summary(const struct html *html, struct html_totals *totals, struct json_out *out);
void html_put_pages(const struct html *html, struct json_out *out);
void html_put_sources(const struct html *html, struct json_out *out);

/* static_rows.c: rows as tables of HTML_CHUNK_ROWS. */
enum { HTML_CHUNK_ROWS = 100 };
void html_put_rows(const struct html *html, struct json_out *out);

/* bar.c: the phases of a row on the axis of the whole capture, long pauses shortened; what the colours mean. */
enum { HTML_BAR_WIDTH = 240, HTML_BAR_HEIGHT = 16 };
void html_put_bar(const struct html_index *index, const struct html_row *row, struct json_out *out);
void html_put_legend(const struct html_index *index, struct json_out *out);

/* index_block.c: har-index and har-found, elements and all. */
void html_put_index(const struct html *html, struct json_out *out);
void html_put_found(const struct html *html, struct json_out *out);

/* Pieces of several files. "#17" as a link to a row, by its number in the index. */
void html_put_row_link(const struct html_index *index, uint32_t row, struct json_out *out);

/* The address of a row in elements that keep its direction, at most `most` bytes of its path. */
void html_put_address(const struct html_index *index, const struct html_row *row, size_t most, struct json_out *out);

/* "error", "warning", "info": also a class. */
void html_put_level(enum har_level level, struct json_out *out);

/* Lower-case hexadecimal digits. */
void html_put_sha256(const unsigned char sha256[32], struct json_out *out);

/* The words of the options as the index has them: "none", "text", "all". */
const char *html_bodies_name(enum html_bodies bodies);

#endif
