/* The window of the input's line around a finding, with a caret under the place. */
#include "report/report.h"
#include "util/utf8.h"

enum {
    WINDOW_COLUMNS = 72,
    WINDOW_BEFORE = 30, /* columns left of the place when the line is long */
};

static const char margin[] = "    ";
static const char cut_mark[] = "...";

/* Ranges that terminals draw in two columns or in none: enough of them that the caret stands right under common text. */
struct width_range {
    uint32_t first, last;
    unsigned columns;
};

static const struct width_range width_ranges[] = {
    {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200D, 0},   {0x2E80, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},
    {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
    {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2},
};

struct cell {
    size_t len;       /* bytes of the excerpt */
    unsigned columns; /* on the screen, made visible */
};

/* Columns of what har_buffer_append_visible() made of one character: itself, or an escape in ASCII. */
static unsigned visible_columns(const char *bytes, size_t len)
{
    uint32_t cp = 0;
    if (utf8_decode(bytes, len, &cp) != len)
        return (unsigned)len;
    for (size_t i = 0; i < sizeof(width_ranges) / sizeof(width_ranges[0]); i++)
        if (cp >= width_ranges[i].first && cp <= width_ranges[i].last)
            return width_ranges[i].columns;
    return 1;
}

/* Appends the character at `at` to `line`. A tab becomes a blank, so that the caret needs no tab stops. */
static struct cell append_cell(struct har_buffer *line, const struct har_text *text, size_t at)
{
    uint32_t cp = 0;
    struct cell cell = {.len = utf8_decode(text->bytes + at, text->len - at, &cp), .columns = 1};
    if (cell.len == 0)
        cell.len = 1;
    size_t before = line->len;
    if (text->bytes[at] == '\t')
        har_buffer_append_char(line, ' ');
    else if (har_buffer_append_visible(line, text->bytes + at, cell.len, 0))
        cell.columns = visible_columns(line->data + before, line->len - before);
    return cell;
}

/* Where the character before `at` starts; `at` is not 0. */
static size_t step_back(const struct har_text *text, size_t at)
{
    uint32_t cp = 0;
    for (size_t len = 1; len <= 4 && len <= at; len++)
        if (utf8_decode(text->bytes + at - len, len, &cp) == len)
            return at - len;
    return at - 1;
}

/* The first byte to show, so that at most WINDOW_BEFORE columns stand left of the place. */
static size_t window_start(const struct har_text *text, size_t at)
{
    struct har_buffer scratch;
    har_buffer_init(&scratch, 64);
    unsigned columns = 0;
    size_t start = at;
    while (start > 0) {
        size_t previous = step_back(text, start);
        har_buffer_clear(&scratch);
        columns += append_cell(&scratch, text, previous).columns;
        if (columns > WINDOW_BEFORE)
            break;
        start = previous;
    }
    har_buffer_release(&scratch);
    return start;
}

/* The excerpt without the end of its line. */
static struct har_text one_line(const struct har_text *excerpt)
{
    struct har_text text = {.bytes = excerpt->bytes, .len = 0};
    while (text.len < excerpt->len && text.bytes[text.len] != '\n')
        text.len++;
    if (text.len > 0 && text.bytes[text.len - 1] == '\r')
        text.len--;
    return text;
}

static void append_times(struct har_buffer *line, char c, unsigned times)
{
    while (times-- > 0)
        har_buffer_append_char(line, c);
}

static void append_caret(struct har_buffer *line, unsigned before, unsigned marked, bool color)
{
    har_buffer_append_text(line, margin);
    append_times(line, ' ', before);
    har_buffer_append_text(line, color ? "\033[1;32m^" : "^");
    if (marked > 1)
        append_times(line, '~', marked - 1);
    har_buffer_append_text(line, color ? "\033[0m\n" : "\n");
}

void report_append_excerpt(struct har_buffer *line, const struct har_finding *finding, bool color)
{
    struct har_text text = one_line(&finding->excerpt);
    size_t at = finding->excerpt_at;
    if (text.len == 0 || at > text.len)
        return;
    const size_t meant = finding->excerpt_len;
    size_t start = window_start(&text, at);
    unsigned columns = 0, before = 0, marked = 0;

    har_buffer_append_text(line, margin);
    if (start > 0 || finding->excerpt_cut) {
        har_buffer_append_text(line, cut_mark);
        columns = sizeof(cut_mark) - 1;
    }
    before = columns;
    size_t i = start;
    while (i < text.len && columns < WINDOW_COLUMNS) {
        struct cell cell = append_cell(line, &text, i);
        if (i < at)
            before += cell.columns;
        else if (i - at < meant)
            marked += cell.columns;
        columns += cell.columns;
        i += cell.len;
    }
    har_buffer_append_text(line, i < text.len ? "...\n" : "\n");
    append_caret(line, before, marked, color);
}
