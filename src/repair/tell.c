/* The filter runs ahead of what is judged, so its findings wait for their turn. */
#include <stdlib.h>
#include <string.h>

#include <harmill/format.h>

#include "repair/internal.h"
#include "util/position.h"

static const struct {
    enum har_rule rule;
    const char *message, *done;
    enum har_repair cost;
} mends[MEND_COUNT] = {
#define REPAIR_MEND_ROW(symbol, rule, message, done, cost) [MEND_##symbol] = {HAR_RULE_##rule, message, done, HAR_REPAIR_##cost},
    REPAIR_MENDS(REPAIR_MEND_ROW)
#undef REPAIR_MEND_ROW
};

static const struct har_text none = {"", 0};

static struct har_text text_at(const struct repair *r, size_t at, size_t len)
{
    return len ? (struct har_text){r->told_text.data + at, len} : none;
}

static void report(struct repair *r, const struct repair_told *told)
{
    struct har_finding finding = {.rule = mends[told->mend].rule,
                                  .place = told->place,
                                  .end = told->place,
                                  .entry = told->entry,
                                  .pointer = text_at(r, told->pointer, told->pointer_len),
                                  .message = mends[told->mend].message ? mends[told->mend].message : told->what,
                                  .done = mends[told->mend].done,
                                  .excerpt = text_at(r, told->excerpt, told->excerpt_len),
                                  .excerpt_at = told->excerpt_at,
                                  .repair = mends[told->mend].cost};
    r->telling = true;
    har_report_finding(r->findings, &finding);
    r->telling = false;
}

void repair_tell_until(struct repair *r, uint64_t offset)
{
    while (r->told_next < r->told_count && r->told[r->told_next].place.offset <= offset)
        report(r, &r->told[r->told_next++]);
    if (r->told_next == r->told_count) {
        r->told_next = r->told_count = 0;
        har_buffer_clear(&r->told_text);
    }
}

void repair_tell_rest(struct repair *r)
{
    repair_tell_until(r, UINT64_MAX);
}

/* "/result/har/log/entries/7" */
static void append_pointer(struct repair *r, const struct repair_edit *edit)
{
    for (size_t i = 0; i < r->levels; i++) {
        har_buffer_append_text(&r->told_text, outline_pointer(r->level[i].role));
        if (r->level[i].role == edit->role)
            break;
    }
    if (repair_is_array(edit->role))
        har_buffer_printf(&r->told_text, "/%lld", (long long)edit->index);
}

/* What is kept of a waiting finding is little; when there are many the later ones show no excerpt. */
bool repair_tell(struct repair *r, const struct repair_edit *edit)
{
    enum { TEXT_MOST = 1 << 20 };
    struct repair_told told = {.mend = edit->mend, .what = edit->what, .entry = edit->role == ROLE_ENTRIES ? edit->index : -1};
    if (r->told_count == r->told_cap) {
        const size_t cap = r->told_cap ? r->told_cap * 2 : 16;
        struct repair_told *grown = realloc(r->told, cap * sizeof *grown);
        if (!grown)
            return false;
        r->told = grown;
        r->told_cap = cap;
    }
    told.place = repair_place(r, edit->told_at);
    told.pointer = r->told_text.len;
    append_pointer(r, edit);
    told.pointer_len = r->told_text.len - told.pointer;
    if (r->told_text.len < TEXT_MOST && edit->told_at >= r->base && edit->told_at <= r->end) {
        const struct har_text excerpt = position_excerpt((const char *)r->text, (size_t)(r->end - r->base),
                                                         (size_t)(edit->told_at - r->base), &told.excerpt_at);
        told.excerpt = r->told_text.len;
        told.excerpt_len = har_buffer_append(&r->told_text, excerpt.bytes, excerpt.len) ? excerpt.len : 0;
    }
    r->told[r->told_count++] = told;
    return !r->told_text.failed;
}
