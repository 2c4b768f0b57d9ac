/* Findings are rare, so that rules are made when the first asks for them. */
#include "check/hide.h"

#include <stdlib.h>
#include <string.h>

#include <harmill/redact.h>

static const char hidden_name[] = "[hidden]", mask[] = "\xe2\x80\xa6";

enum { MASK_LEN = sizeof mask - 1, LONG_NAME = 16 /* no form of secrets is shorter */ };

struct hide {
    struct har_redact_hider *hider;     /* NULL: memory is short */
    struct har_buffer pointer, excerpt; /* of the finding that is told */
};

static struct hide *hide_of(struct har_report_to *to)
{
    if (to->hide)
        return to->hide;
    struct hide *hide = calloc(1, sizeof *hide);
    if (!hide)
        return NULL;
    har_redact_hider_new(&hide->hider, NULL, NULL);
    har_buffer_init(&hide->pointer, SIZE_MAX / 2);
    har_buffer_init(&hide->excerpt, SIZE_MAX / 2);
    return to->hide = hide;
}

void diag_release(struct har_report_to *to)
{
    struct hide *hide = to->hide;
    if (!hide)
        return;
    har_redact_hider_free(hide->hider);
    har_buffer_release(&hide->pointer);
    har_buffer_release(&hide->excerpt);
    free(hide);
    to->hide = NULL;
}

bool hide_node(struct har_report_to *to, const struct har_item *item, const struct har_node *node)
{
    const struct hide *hide = hide_of(to);
    return !hide || !hide->hider || har_redact_hider_value(hide->hider, item, node);
}

bool hide_text(struct har_report_to *to, struct har_text text)
{
    const struct hide *hide = hide_of(to);
    return !hide || !hide->hider || har_redact_hider_text(hide->hider, text);
}

/* Whether it is more than a word or two. Some signs stand between names and values only. */
static bool is_odd(struct har_text name)
{
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.bytes[i], letter = (char)(c | 0x20);
        const bool sign = strchr("=:;&?/@\"'<>", c) != NULL;
        if (sign || (name.len >= LONG_NAME && (letter < 'a' || letter > 'z') && c != '_' && c != '-'))
            return true;
    }
    return false;
}

bool hide_name(struct har_report_to *to, struct har_text name)
{
    return is_odd(name) && hide_text(to, name);
}

/* ---- excerpts */

static bool is_word(const char *bytes, size_t len)
{
    for (int object = HAR_OBJECT_NONE + 1; object < HAR_OBJECT_COUNT; object++) {
        const struct har_object_spec *spec = har_spec_object((enum har_object)object);
        for (size_t i = 0; i < spec->count; i++)
            if (spec->members[i].name_len == len && memcmp(spec->members[i].name, bytes, len) == 0)
                return true;
    }
    return false;
}

static void put_mask(struct har_buffer *out)
{
    if (out->len < MASK_LEN || memcmp(out->data + out->len - MASK_LEN, mask, MASK_LEN) != 0)
        har_buffer_append(out, mask, MASK_LEN);
}

/* What is meant, in what was written. */
struct meant {
    size_t at, end;         /* in the excerpt */
    size_t out_at, out_end; /* SIZE_MAX: not yet */
};

/* Where the excerpt was written up to `i`; all from there to `next` becomes what is written next. */
static void note(struct meant *meant, const struct har_buffer *out, size_t i, size_t next)
{
    if (meant->out_at == SIZE_MAX && (i >= meant->at || next > meant->at))
        meant->out_at = out->len;
    if (meant->out_end == SIZE_MAX && i >= meant->end)
        meant->out_end = out->len;
}

static void put_shown(struct har_buffer *out, struct meant *meant, struct har_text text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        note(meant, out, i, i);
        har_buffer_append_char(out, text.bytes[i]);
    }
}

/* The end of a string's content: its quote, or the end of the text. */
static size_t content_end(struct har_text text, size_t at)
{
    while (at < text.len && text.bytes[at] != '"')
        at += text.bytes[at] == '\\' ? 2 : 1;
    return at < text.len ? at : text.len;
}

static bool is_clear(const struct hide_excerpt *excerpt, size_t from, size_t to)
{
    for (size_t i = 0; i < sizeof excerpt->clear / sizeof *excerpt->clear; i++)
        if (excerpt->clear[i].from <= from && to <= excerpt->clear[i].to)
            return true;
    return false;
}

static size_t put_content(struct har_buffer *out, struct meant *meant, const struct hide_excerpt *excerpt, size_t from)
{
    const struct har_text text = excerpt->text;
    const size_t to = content_end(text, from);
    const bool whole = from && to < text.len;
    if (is_clear(excerpt, from, to) || (whole && is_word(text.bytes + from, to - from))) {
        put_shown(out, meant, text, from, to);
    } else if (to > from) {
        note(meant, out, from, to);
        put_mask(out);
    }
    return to;
}

/* The finding's excerpt is what was written. The line begins before it when not all columns are there. */
static void give(struct har_finding *finding, struct har_buffer *out, struct meant *meant, struct har_text text)
{
    uint64_t columns = 1;
    note(meant, out, text.len, text.len);
    if (meant->out_end == SIZE_MAX)
        meant->out_end = out->len;
    for (size_t i = 0; i < meant->at && i < text.len; i++)
        columns += ((unsigned char)text.bytes[i] & 0xc0) != 0x80;
    finding->excerpt = out->failed ? (struct har_text){"", 0} : (struct har_text){out->data ? out->data : "", out->len};
    finding->excerpt_at = meant->out_at < out->len ? meant->out_at : out->len;
    finding->excerpt_len = meant->out_end > finding->excerpt_at ? meant->out_end - finding->excerpt_at : 0;
    finding->excerpt_cut = columns < finding->place.column;
    finding->excerpt_safe = true;
}

void hide_strings(struct har_report_to *to, const struct hide_excerpt *excerpt, struct har_finding *finding)
{
    struct hide *hide = hide_of(to);
    const struct har_text text = excerpt->text;
    struct meant meant = {excerpt->at, excerpt->end, SIZE_MAX, SIZE_MAX};
    if (!hide)
        return;
    har_buffer_clear(&hide->excerpt);
    size_t at = excerpt->inside ? put_content(&hide->excerpt, &meant, excerpt, 0) : 0;
    bool open = !excerpt->inside; /* the next quote opens a string */
    while (at < text.len) {
        put_shown(&hide->excerpt, &meant, text, at, at + 1);
        const bool begins = text.bytes[at++] == '"' && open;
        open = true;
        if (begins) {
            at = put_content(&hide->excerpt, &meant, excerpt, at);
            open = false; /* the one that ends it */
        }
    }
    give(finding, &hide->excerpt, &meant, text);
}

static bool is_structure(char c)
{
    return c && strchr("{}[]:,\"<>\t\r ", c);
}

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c & 0x80;
}

/* Of broken JSON, and of XML, nobody knows what is inside a string: signs between values and names of the specification are shown,
 * and a sign that is meant. */
static void hide_words(struct har_report_to *to, struct har_finding *finding)
{
    struct hide *hide = hide_of(to);
    const struct har_text text = finding->excerpt;
    const size_t end = finding->excerpt_at + (finding->excerpt_at < text.len);
    struct meant meant = {finding->excerpt_at, end, SIZE_MAX, SIZE_MAX};
    if (!hide)
        return;
    struct har_buffer *out = &hide->excerpt;
    har_buffer_clear(out);
    for (size_t at = 0, next; at < text.len; at = next) {
        next = at + 1;
        if (is_structure(text.bytes[at])) {
            put_shown(out, &meant, text, at, next);
            continue;
        }
        while (next < text.len && !is_structure(text.bytes[next]))
            next++;
        const size_t slash = text.bytes[at] == '/' && at && text.bytes[at - 1] == '<';
        if (is_word(text.bytes + at + slash, next - at - slash) || (next - at == 1 && !is_letter(text.bytes[at]))) {
            put_shown(out, &meant, text, at, next);
        } else {
            note(&meant, out, at, next);
            put_mask(out);
        }
    }
    give(finding, out, &meant, text);
}

/* ---- arguments and pointers */

static size_t part_end(struct har_text pointer, size_t at)
{
    while (at < pointer.len && pointer.bytes[at] != '/')
        at++;
    return at;
}

/* Parts of the pointer that are names with secrets in them. */
static void hide_pointer(struct har_report_to *to, struct har_finding *finding)
{
    const struct har_text pointer = finding->pointer;
    size_t copied = 0;
    struct hide *hide = NULL;
    for (size_t at = 0, end; at < pointer.len; at = end + 1) {
        end = part_end(pointer, at);
        if (!hide_name(to, (struct har_text){pointer.bytes + at, end - at}) || !(hide = hide_of(to)))
            continue;
        if (!copied)
            har_buffer_clear(&hide->pointer);
        har_buffer_append(&hide->pointer, pointer.bytes + copied, at - copied);
        har_buffer_append_text(&hide->pointer, hidden_name);
        copied = end;
    }
    if (!hide)
        return;
    har_buffer_append(&hide->pointer, pointer.bytes + copied, pointer.len - copied);
    finding->pointer = hide->pointer.failed ? (struct har_text){"", 0} : (struct har_text){hide->pointer.data, hide->pointer.len};
}

void hide_rest(struct har_report_to *to, struct har_finding *finding)
{
    for (size_t i = 0; i < HAR_FINDING_ARGS; i++) {
        struct har_arg *arg = &finding->arg[i];
        if (arg->kind == HAR_ARG_NAME && hide_name(to, arg->text))
            arg->text = (struct har_text){hidden_name, sizeof hidden_name - 1};
        if (arg->kind == HAR_ARG_VALUE && !to->blind && arg->text.len && hide_text(to, arg->text))
            *arg = (struct har_arg){HAR_ARG_SECRET, 0, {"", 0}};
    }
    hide_pointer(to, finding);
    if (to->blind)
        finding->excerpt.len = 0;
    else if (finding->excerpt.len && !finding->excerpt_safe)
        hide_words(to, finding);
}
