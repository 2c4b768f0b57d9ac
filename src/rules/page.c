/* The creator, the pages, and which entry belongs to which. In one file of nine the pages come behind the entries: then what an
 * entry says about its page waits, up to --max-deferred of them, and is judged at the end. */
#include "check/semantic.h"

#include <stdlib.h>
#include <string.h>

#include "util/text.h"

/* The clocks of an entry and its page are rounded one by one. */
#define CLOCK_MS 1.0

/* An entry may be sent a little before the browser calls it a page; a redirect, a warm connection. */
#define FAR_MS 1000.0

#define NO_ROW UINT32_MAX

enum pages_state {
    PAGES_AWAITED,
    PAGES_OPEN,
    PAGES_CLOSED, /* all of them are known; there may be none */
    PAGES_ODD,    /* log.pages is no array, which was told: nothing can be said */
};

struct page {
    struct iso8601 started;
    bool dated, used;
    uint64_t ordinal;
    struct har_place place, end;
};

/* The id of a page, or what a pageref says that may be one: its text in ids.bytes, its page. */
struct id {
    size_t at, len;
    uint32_t page; /* row, NO_ROW: none so far */
};

/* An entry that waits for the pages. */
struct waiting {
    struct iso8601 started;
    bool dated;
    uint32_t id; /* row, NO_ROW: no pageref */
    uint64_t ordinal, request;
    struct har_place ref[2], start[2]; /* of pageref (or the entry), of startedDateTime: place, end */
};

struct page_ctx {
    enum pages_state state;
    uint64_t pages_seen, pages_lost, refs_lost, entries_lost; /* lost: did not fit; entries have no pageref */
    char pages_at[64], entries_at[64];                        /* pointers of the arrays */
    struct keyset ids;
    struct id *id;
    struct page *page;
    struct waiting *waiting;
    size_t id_cap, pages, page_cap, waits, waiting_cap;
    uint32_t last; /* id that an entry named lately: the next one names it again */
};

/* What an entry is told, if anything: never more than one thing. */
struct verdict {
    enum har_rule rule;
    const char *message;
    struct har_arg arg[2];
    size_t args;
    bool at_start; /* place: startedDateTime, else pageref or the entry */
};

static void look_at_creator(struct check *check, const struct facts *facts, void *ctx)
{
    static const unsigned rows[] = {CREATOR_name, CREATOR_version};
    (void)ctx;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct har_node *node = facts->creator[rows[i]];
        const struct har_arg args[] = {check_word(facts->root->member == LOG_browser ? "browser" : "creator"),
                                       check_word(har_spec_object(HAR_OBJECT_CREATOR)->members[rows[i]].name)};
        if (node && !node->text_len)
            semantic_tell(check, HAR_RULE_EMPTY_CREATOR, node, "%1.%2 is empty", args, 2);
    }
}

static void look_at_timings(struct check *check, const struct facts *facts, void *ctx)
{
    static const unsigned rows[] = {PAGE_TIMINGS_onContentLoad, PAGE_TIMINGS_onLoad};
    double ms[] = {-1, -1};
    (void)ctx;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct har_node *node = facts->page_timings[rows[i]];
        if (!semantic_number(check, node, &ms[i]) || ms[i] >= 0 || ms[i] == -1)
            continue;
        const struct har_arg args[] = {check_word(har_spec_object(HAR_OBJECT_PAGE_TIMINGS)->members[rows[i]].name),
                                       semantic_decimal(ms[i])};
        semantic_tell(check, HAR_RULE_NEGATIVE_PAGE_TIMING, node,
                      "%1 is %2 ms; -1, which is not available, is the only negative number", args, 2);
    }
    const struct har_arg args[] = {semantic_decimal(ms[0]), semantic_decimal(ms[1])};
    if (ms[1] >= 0 && ms[0] > ms[1] + CLOCK_MS)
        semantic_tell(check, HAR_RULE_PAGE_TIMING_ORDER, facts->page_timings[PAGE_TIMINGS_onContentLoad],
                      "onContentLoad is %1 ms, later than onLoad, %2 ms", args, 2);
}

/* Makes room for one more row. */
static bool grow(struct check *check, void *rows_at, size_t count, size_t *cap, size_t size)
{
    void *rows;
    if (count < *cap)
        return true;
    memcpy(&rows, rows_at, sizeof rows);
    void *grown = realloc(rows, (*cap ? *cap * 2 : 64) * size);
    if (!grown) {
        check->no_memory = true;
        return false;
    }
    memcpy(rows_at, &grown, sizeof grown);
    *cap = *cap ? *cap * 2 : 64;
    return true;
}

/* The row of an id, new or old; NO_ROW when it does not fit. */
static uint32_t keep_id(struct check *check, struct page_ctx *pages, struct har_text text)
{
    const size_t most = (size_t)har_settings_bound(check->settings, HAR_BOUND_KEPT_BYTES);
    uint32_t row;
    if (!grow(check, &pages->id, pages->ids.count, &pages->id_cap, sizeof *pages->id) || pages->ids.bytes.len + text.len > most)
        return NO_ROW;
    switch (keyset_put(&pages->ids, text.bytes, text.len, most, &row)) {
    case KEYSET_NEW:
        pages->id[row] = (struct id){pages->ids.bytes.len - text.len, text.len, NO_ROW};
        return row;
    case KEYSET_OLD:
        return row;
    case KEYSET_FULL:
        check->no_memory = true;
        break;
    }
    return NO_ROW;
}

static struct har_text id_text(const struct page_ctx *pages, uint32_t row)
{
    return (struct har_text){pages->ids.bytes.data ? pages->ids.bytes.data + pages->id[row].at : "", pages->id[row].len};
}

/* The row of an id that is there; NO_ROW. */
static uint32_t find_id(struct page_ctx *pages, struct har_text text)
{
    uint32_t row;
    if (pages->last < pages->ids.count) {
        if (text_equal(id_text(pages, pages->last), text))
            return pages->last;
    }
    if (!keyset_find(&pages->ids, text.bytes, text.len, &row))
        return NO_ROW;
    pages->last = row;
    return row;
}

static void add_page(struct check *check, const struct facts *facts, struct page_ctx *pages)
{
    const struct har_node *node = facts->page[PAGE_id];
    pages->pages_seen++;
    if (!node)
        return;
    const bool full = pages->pages >= har_settings_bound(check->settings, HAR_BOUND_DEFERRED);
    const struct har_text text = semantic_text(check, node, &check->decoded);
    const uint32_t row = full ? find_id(pages, text) : keep_id(check, pages, text);
    if (row != NO_ROW && pages->id[row].page != NO_ROW) {
        const struct har_arg arg = check_number(pages->page[pages->id[row].page].ordinal);
        semantic_tell(check, HAR_RULE_DUPLICATE_PAGE_ID, node, "page %1 has this id already", &arg, 1);
        return;
    }
    if (row == NO_ROW || full || !grow(check, &pages->page, pages->pages, &pages->page_cap, sizeof *pages->page)) {
        pages->pages_lost++;
        return;
    }
    struct page *page = &pages->page[pages->pages];
    *page =
        (struct page){.started = facts->started, .dated = facts->started_form >= ISO8601_OTHER, .ordinal = check->item->ordinal};
    check_span(check, (struct check_where){facts->root, false, 0}, &page->place, &page->end);
    pages->id[row].page = (uint32_t)pages->pages++;
}

/* Judges an entry. `id` is the row of what its pageref says; `complete`: all pages were seen. */
static bool judge(struct page_ctx *pages, bool ref, uint32_t id, const struct iso8601 *started, bool complete,
                  struct verdict *verdict)
{
    struct page *page = id != NO_ROW && pages->id[id].page != NO_ROW ? &pages->page[pages->id[id].page] : NULL;
    if (!ref) {
        *verdict = (struct verdict){HAR_RULE_ENTRY_WITHOUT_PAGEREF, "there are pages, but the entry names none", {{0}}, 0, false};
        return pages->pages_seen > 0;
    }
    if (!page && !pages->pages_seen) {
        *verdict = (struct verdict){HAR_RULE_PAGEREF_WITHOUT_PAGES, "there are no pages that it could name", {{0}}, 0, false};
        return complete;
    }
    if (!page) {
        *verdict = (struct verdict){HAR_RULE_DANGLING_PAGEREF, "no page has this id: %1", {{0}}, 1, false};
        return complete && !pages->pages_lost;
    }
    page->used = true;
    if (!started || !page->dated)
        return false;
    const double early = iso8601_later_ms(&page->started, started);
    *verdict = (struct verdict){early > FAR_MS ? HAR_RULE_ENTRY_FAR_BEFORE_PAGE : HAR_RULE_ENTRY_BEFORE_PAGE,
                                "the entry starts %1 ms before its page %2",
                                {semantic_decimal(early), check_number(page->ordinal)},
                                2,
                                true};
    return early > CLOCK_MS;
}

static void judge_now(struct check *check, const struct facts *facts, struct page_ctx *pages)
{
    const struct har_node *node = facts->entry[ENTRY_pageref];
    const struct har_text text = semantic_text(check, node, &check->decoded);
    const struct iso8601 *started = facts->started_form >= ISO8601_OTHER ? &facts->started : NULL;
    struct verdict verdict;
    if (!judge(pages, node, node ? find_id(pages, text) : NO_ROW, started, true, &verdict))
        return;
    if (verdict.rule == HAR_RULE_DANGLING_PAGEREF)
        verdict.arg[0] = (struct har_arg){HAR_ARG_VALUE, 0, text};
    semantic_tell(check, verdict.rule, verdict.at_start ? facts->entry[ENTRY_startedDateTime] : node, verdict.message, verdict.arg,
                  verdict.args);
}

/* Keeps what an entry says about its page. */
static void wait_for_pages(struct check *check, const struct facts *facts, struct page_ctx *pages)
{
    const struct har_node *node = facts->entry[ENTRY_pageref], *start = facts->entry[ENTRY_startedDateTime];
    const bool full = pages->waits >= har_settings_bound(check->settings, HAR_BOUND_DEFERRED);
    const uint32_t id = !node || full ? NO_ROW : keep_id(check, pages, semantic_text(check, node, &check->decoded));
    if (full || (node && id == NO_ROW) ||
        !grow(check, &pages->waiting, pages->waits, &pages->waiting_cap, sizeof *pages->waiting)) {
        *(node ? &pages->refs_lost : &pages->entries_lost) += 1;
        return;
    }
    struct waiting *waiting = &pages->waiting[pages->waits++];
    *waiting = (struct waiting){.started = facts->started,
                                .dated = node && facts->started_form >= ISO8601_OTHER,
                                .id = id,
                                .ordinal = check->item->ordinal,
                                .request = check_request(check)};
    check_span(check, (struct check_where){node ? node : facts->root, false, 0}, &waiting->ref[0], &waiting->ref[1]);
    if (waiting->dated)
        check_span(check, (struct check_where){start, false, 0}, &waiting->start[0], &waiting->start[1]);
}

/* Whether the entry has a pageref of another type than string, which was told. */
static bool has_odd_ref(const struct check *check, const struct facts *facts)
{
    if (facts->entry[ENTRY_pageref])
        return false;
    for (const struct har_node *node = semantic_first(check, facts->root); node; node = semantic_next(check, node))
        if (node->member == ENTRY_pageref)
            return true;
    return false;
}

/* A finding about an item that is gone. `below` is what follows its ordinal in the pointer. */
static void tell_late(struct check *check, const struct verdict *verdict, const char *container, uint64_t ordinal,
                      const char *below, uint64_t request, const struct har_place place[2])
{
    if (!diag_shows(check->to, verdict->rule)) {
        diag_count(check->to, verdict->rule);
        return;
    }
    struct har_buffer *pointer = &check->pointer;
    har_buffer_clear(pointer);
    har_buffer_printf(pointer, "%s/%llu%s", container, (unsigned long long)ordinal, below);
    struct har_finding finding = {.rule = verdict->rule,
                                  .place = place[0],
                                  .end = place[1],
                                  .entry = request ? (int64_t)ordinal : -1,
                                  .pointer = {pointer->data ? pointer->data : "", pointer->len},
                                  .message = verdict->message};
    memcpy(finding.arg, verdict->arg, sizeof verdict->arg);
    if (request)
        finding.fingerprint = diag_fingerprint(request, finding.rule, finding.entry, finding.pointer);
    har_report_finding(check->to, &finding);
}

static void judge_late(struct check *check, struct page_ctx *pages, const struct waiting *waiting, bool complete)
{
    const bool ref = waiting->id != NO_ROW;
    struct verdict verdict;
    if (!judge(pages, ref, waiting->id, waiting->dated ? &waiting->started : NULL, complete, &verdict))
        return;
    if (verdict.rule == HAR_RULE_DANGLING_PAGEREF)
        verdict.arg[0] = (struct har_arg){HAR_ARG_VALUE, 0, id_text(pages, waiting->id)};
    tell_late(check, &verdict, pages->entries_at, waiting->ordinal,
              verdict.at_start ? "/startedDateTime"
              : ref            ? "/pageref"
                               : "",
              waiting->request, verdict.at_start ? waiting->start : waiting->ref);
}

/* What did not fit. */
static void tell_lost(struct check *check, const struct page_ctx *pages)
{
    const uint64_t entries = pages->refs_lost + (pages->pages_seen ? pages->entries_lost : 0);
    const struct har_arg counts[] = {check_number(entries), check_number(pages->pages_lost)};
    if (entries)
        semantic_tell(check, HAR_RULE_PAGES_NOT_COMPARED, NULL,
                      "%1 more entries came before the pages and were not compared with them; --max-deferred takes more", counts,
                      1);
    if (pages->pages_lost)
        semantic_tell(check, HAR_RULE_PAGES_NOT_COMPARED, NULL,
                      "%1 more pages were not compared with the entries; --max-deferred takes more", counts + 1, 1);
}

/* Where reading ended early, or something was left out, only what no more input could refute is told. */
static void end_of_pages(struct check *check, struct page_ctx *pages)
{
    static const struct verdict unused = {HAR_RULE_UNUSED_PAGE, "no entry names this page", {{0}}, 0, false};
    const bool whole = !check->to->summary->cut && !check->to->summary->broken;
    const bool complete = pages->state == PAGES_CLOSED || (pages->state != PAGES_ODD && whole);
    for (size_t i = 0; i < pages->waits; i++)
        judge_late(check, pages, &pages->waiting[i], complete);
    for (size_t i = 0; whole && !pages->refs_lost && i < pages->pages; i++) {
        const struct page *page = &pages->page[i];
        const struct har_place place[] = {page->place, page->end};
        if (!page->used)
            tell_late(check, &unused, pages->pages_at, page->ordinal, "", 0, place);
    }
    tell_lost(check, pages);
}

/* Copies the pointer of the array that an item lies in. */
static void note_container(const struct check *check, char at[64])
{
    const size_t len = strlen(check->item->container);
    if (!at[0] && len < 64)
        memcpy(at, check->item->container, len + 1);
}

static void see_member(struct check *check, const struct facts *facts, struct page_ctx *pages)
{
    if (check->item->scope != HAR_SCOPE_LOG || facts->root->member != LOG_pages)
        return;
    if (check->item->streamed)
        pages->state = PAGES_OPEN;
    else if (pages->state == PAGES_AWAITED)
        pages->state = facts->root->kind == HAR_KIND_NULL ? PAGES_CLOSED : PAGES_ODD;
}

static void relate(struct check *check, const struct facts *facts, void *ctx)
{
    struct page_ctx *pages = ctx;
    const enum har_item_kind kind = check->item->kind;
    if (pages->state == PAGES_OPEN && kind != HAR_ITEM_PAGE && kind != HAR_ITEM_DOC_END)
        pages->state = PAGES_CLOSED;
    if (kind == HAR_ITEM_MEMBER)
        see_member(check, facts, pages);
    else if (kind == HAR_ITEM_DOC_END)
        end_of_pages(check, pages);
    else if (kind == HAR_ITEM_PAGE) {
        note_container(check, pages->pages_at);
        if (facts->root->object == HAR_OBJECT_PAGE)
            add_page(check, facts, pages);
    } else if (facts->root->object == HAR_OBJECT_ENTRY && pages->state != PAGES_ODD && !has_odd_ref(check, facts)) {
        note_container(check, pages->entries_at);
        if (pages->state == PAGES_CLOSED)
            judge_now(check, facts, pages);
        else
            wait_for_pages(check, facts, pages);
    }
}

static void release(void *ctx)
{
    struct page_ctx *pages = ctx;
    keyset_release(&pages->ids);
    free(pages->id);
    free(pages->page);
    free(pages->waiting);
}

static const struct semantic_row rows[] = {
    {look_at_creator, IN(MEMBER), {HAR_RULE_EMPTY_CREATOR, HAR_RULE_COUNT}},
    {look_at_timings, IN(PAGE), {HAR_RULE_NEGATIVE_PAGE_TIMING, HAR_RULE_PAGE_TIMING_ORDER, HAR_RULE_COUNT}},
    {relate,
     IN(MEMBER) | IN(PAGE) | IN(ENTRY) | IN(DOC_END),
     {HAR_RULE_DUPLICATE_PAGE_ID, HAR_RULE_DANGLING_PAGEREF, HAR_RULE_PAGEREF_WITHOUT_PAGES, HAR_RULE_ENTRY_WITHOUT_PAGEREF,
      HAR_RULE_UNUSED_PAGE, HAR_RULE_ENTRY_BEFORE_PAGE, HAR_RULE_ENTRY_FAR_BEFORE_PAGE, HAR_RULE_PAGES_NOT_COMPARED,
      HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_page = {rows, sizeof(struct page_ctx), release};
