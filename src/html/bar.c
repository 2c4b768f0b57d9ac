/* Bars: they must say what they say without any style sheet. */
#include <stdio.h>

#include "html/page.h"

/* The least that is seen, and the gap between two phases, in pixels. */
static const double LEAST = 2, GAP = 1;

/* The colours have a contrast of at least 3 on white. blocked is hatched and wait is lower, for who does not tell them apart. */
static const struct {
    const char *name, *fill, *meaning;
    int y, height;
} phases[HTML_PHASES] = {
    [HTML_BLOCKED] = {"blocked", "url(#stripes)", "waited for a connection", 2, 12},
    [HTML_DNS] = {"dns", "#00796b", "name looked up", 2, 12},
    [HTML_CONNECT] = {"connect", "#c75b00", "connected (TCP)", 2, 12},
    [HTML_SSL] = {"ssl", "#8e24aa", "secured (TLS)", 2, 12},
    [HTML_SEND] = {"send", "#5d4037", "request sent", 2, 12},
    [HTML_WAIT] = {"wait", "#2e7d32", "waited for the answer", 5, 6},
    [HTML_RECEIVE] = {"receive", "#1565c0", "answer received", 2, 12},
};

static void put_rect(struct json_out *out, size_t phase, double x, double width)
{
    HTML(out, "<rect class=");
    html_string(out, phases[phase].name);
    HTML(out, " x=");
    html_decimal(out, x);
    HTML(out, " y=");
    html_number(out, phases[phase].y);
    HTML(out, " width=");
    html_decimal(out, width);
    HTML(out, " height=");
    html_number(out, phases[phase].height);
    HTML(out, " fill=\"");
    html_string(out, phases[phase].fill);
    HTML(out, "\"/>");
}

static size_t longest(const struct html_row *row)
{
    size_t found = HTML_WAIT;
    for (size_t i = 0; i < HTML_PHASES; i++)
        if (row->phase[i] > row->phase[found])
            found = i;
    return found;
}

/* The phases from `x` on, side by side; what would be too small to be seen as a whole is one piece. */
static void put_phases(const struct html_row *row, double x, double scale, struct json_out *out)
{
    double total = 0;
    for (size_t i = 0; i < HTML_PHASES; i++)
        total += row->phase[i];
    const double time = row->time == HTML_UNTIMED ? 0 : row->time;
    if (total * scale < LEAST) { /* perhaps only the whole is known */
        double width = (total > time ? total : time) * scale;
        width = width < LEAST ? LEAST : width;
        put_rect(out, longest(row), x + width > HTML_BAR_WIDTH ? HTML_BAR_WIDTH - width : x, width);
        return;
    }
    for (size_t i = 0; i < HTML_PHASES; i++) {
        const double width = row->phase[i] * scale;
        if (width >= 0.25)
            put_rect(out, i, x, width > 2 * GAP ? width - GAP : width);
        x += width;
    }
}

void html_put_bar(const struct html_index *index, const struct html_row *row, struct json_out *out)
{
    HTML(out, "<svg class=bar width=240 height=16 viewBox=\"0 0 240 16\" role=img aria-label=\"");
    if (row->at == HTML_UNDATED) {
        HTML(out, "no start known, takes ");
    } else {
        HTML(out, "starts at ");
        html_time(out, (double)(row->at - index->start) / 10);
        HTML(out, ", takes ");
    }
    if (row->time == HTML_UNTIMED)
        HTML(out, "an unknown time");
    else
        html_time(out, row->time / 10.0);
    HTML(out, "\">");
    if (row->at != HTML_UNDATED) {
        const double scale = index->axis ? (double)HTML_BAR_WIDTH / (double)index->axis : 0;
        put_phases(row, (double)html_index_place(index, row->at) * scale, scale, out);
    }
    HTML(out, "</svg>");
}

void html_put_legend(const struct html_index *index, struct json_out *out)
{
    HTML(out, "<p class=\"phases\">Phases: ");
    for (size_t i = 0; i < HTML_PHASES; i++) {
        HTML(out, "<svg width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">");
        if (i == HTML_BLOCKED)
            HTML(out, "<defs><pattern id=\"stripes\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" "
                      "patternTransform=\"rotate(45)\"><rect width=\"2.4\" height=\"4\" fill=\"#75757f\"/></pattern></defs>");
        put_rect(out, i, 0, 14);
        HTML(out, "</svg>\xc2\xa0<b>");
        html_string(out, phases[i].name);
        HTML(out, "</b> ");
        html_string(out, phases[i].meaning);
        if (i + 1 < HTML_PHASES)
            HTML(out, ", \n");
    }
    HTML(out, ".");
    if (index->gaps)
        HTML(out, " Stretches of time in which nothing was under way are drawn shorter.");
    HTML(out, "</p>\n");
}
