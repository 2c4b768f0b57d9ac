/* The worst results of a run: errors before warnings before infos, each in the order of the input. */
#include <stdlib.h>
#include <string.h>

#include "report/sarif.h"

#define TEXT_MAX (256 * HAR_MIB)

void sarif_kept_init(struct sarif_kept *kept, uint64_t most)
{
    *kept = (struct sarif_kept){.most = most, .source = SIZE_MAX};
    har_buffer_init(&kept->sources, TEXT_MAX);
    for (size_t i = 0; i <= HAR_LEVEL_ERROR; i++)
        har_buffer_init(&kept->list[i].text, TEXT_MAX);
}

void sarif_kept_release(struct sarif_kept *kept)
{
    har_buffer_release(&kept->sources);
    for (size_t i = 0; i <= HAR_LEVEL_ERROR; i++) {
        har_buffer_release(&kept->list[i].text);
        free(kept->list[i].result);
        kept->list[i].result = NULL;
    }
}

size_t sarif_kept_count(const struct sarif_kept *kept)
{
    size_t count = 0;
    for (size_t i = 0; i <= HAR_LEVEL_ERROR; i++)
        count += kept->list[i].count;
    return count;
}

/* The least level below `level` that has results; `level` when there is none. */
static enum har_level least_below(const struct sarif_kept *kept, enum har_level level)
{
    for (enum har_level least = HAR_LEVEL_INFO; least < level; least++)
        if (kept->list[least].count)
            return least;
    return level;
}

bool sarif_kept_wants(const struct sarif_kept *kept, enum har_level level)
{
    return sarif_kept_count(kept) < kept->most || least_below(kept, level) < level;
}

static void drop_last(struct sarif_list *list)
{
    list->count--;
    list->text.len = list->result[list->count].start;
}

static bool grow(struct sarif_list *list)
{
    const size_t cap = list->cap ? list->cap * 2 : 64;
    struct sarif_result *result = reallocarray(list->result, cap, sizeof *result);
    if (!result)
        return false;
    list->result = result;
    list->cap = cap;
    return true;
}

static bool keep_source(struct sarif_kept *kept, const char *source)
{
    if (kept->source != SIZE_MAX)
        return true;
    kept->source = kept->sources.len;
    har_buffer_append_text(&kept->sources, source ? source : "");
    return har_buffer_append_char(&kept->sources, '\0');
}

bool sarif_kept_add(struct sarif_kept *kept, const struct har_finding *finding, uint64_t number, bool show_values)
{
    struct sarif_list *list = &kept->list[finding->level];
    if (sarif_kept_count(kept) >= kept->most) {
        const enum har_level least = least_below(kept, finding->level);
        if (least == finding->level)
            return true;
        drop_last(&kept->list[least]);
    }
    if ((list->count == list->cap && !grow(list)) || !keep_source(kept, finding->source))
        return false;
    struct sarif_result *result = &list->result[list->count];
    *result = (struct sarif_result){
        .rule = finding->rule,
        .source = kept->source,
        .region = report_region(finding),
        .fingerprint = finding->fingerprint,
        .number = number,
        .start = list->text.len,
    };
    report_append_message(&list->text, finding, show_values);
    result->message_len = list->text.len - result->start;
    if (finding->pointer.len <= SARIF_POINTER_MOST) {
        result->pointer_len = finding->pointer.len;
        har_buffer_append(&list->text, finding->pointer.bytes, finding->pointer.len);
    }
    if (list->text.failed)
        return false;
    list->count++;
    return true;
}
