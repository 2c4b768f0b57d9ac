/* Filter expressions on entries. */
#include <inttypes.h>

#include "json/tree.h"
#include "transform/filter.h"
#include "util/text.h"

static bool compare_order(enum filter_compare compare, double difference)
{
    switch (compare) {
    case FILTER_LESS:
        return difference < 0;
    case FILTER_AT_MOST:
        return difference <= 0;
    case FILTER_MORE:
        return difference > 0;
    case FILTER_AT_LEAST:
        return difference >= 0;
    case FILTER_UNEQUAL:
    case FILTER_NOT_IN:
        return difference != 0;
    default:
        return difference == 0;
    }
}

/* Whether a value is one of the step's; `difference` compares the two. */
#define ANY_OF(filter, step, difference)                                                                                           \
    bool any = false;                                                                                                              \
    for (size_t i = 0; i < (step)->values; i++) {                                                                                  \
        const struct filter_value *value = &(filter)->value[(step)->value + i];                                                    \
        any |= (difference) == 0;                                                                                                  \
    }                                                                                                                              \
    return any == ((step)->compare == FILTER_IN)

static bool test_number(const struct har_filter *filter, const struct filter_step *step, double number)
{
    if (step->compare < FILTER_IN)
        return compare_order(step->compare, number - filter->value[step->value].number);
    ANY_OF(filter, step, number - value->number);
}

static double later(const struct iso8601 *date, const struct iso8601 *than)
{
    if (date->seconds != than->seconds)
        return date->seconds < than->seconds ? -1 : 1;
    return (double)date->nanoseconds - (double)than->nanoseconds;
}

static bool test_date(const struct har_filter *filter, const struct filter_step *step, const struct iso8601 *date)
{
    if (step->compare < FILTER_IN)
        return compare_order(step->compare, later(date, &filter->value[step->value].date));
    ANY_OF(filter, step, later(date, &value->date));
}

static bool same(const struct filter_field *field, struct har_text a, struct har_text b)
{
    return field->flags & FILTER_FOLD ? text_alike(a, b) : text_equal(a, b);
}

static bool is_one_of(const struct har_filter *filter, const struct filter_step *step, struct har_text text)
{
    for (size_t i = 0; i < step->values; i++)
        if (same(step->field, text, filter->value[step->value + i].text))
            return true;
    return false;
}

static enum har_status test_pattern(const struct filter_step *step, const struct filter_look *look, struct har_text text,
                                    bool *holds, struct har_error *error)
{
    const enum har_status status = filter_regex_test(step->regex, text, holds, error);
    if (status != HAR_FAILED)
        return status;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                         "the regular expression in column %zu of the filter takes too many steps on %s of %s/%" PRIu64,
                         step->column, step->field->name, look->item->container, look->item->ordinal);
}

static enum har_status test_text(const struct har_filter *filter, const struct filter_step *step, struct har_text text, bool *holds,
                                 struct har_error *error)
{
    const bool not = step->compare == FILTER_UNEQUAL || step->compare == FILTER_NOT_IN || step->compare == FILTER_DIFFERS;
    enum har_status status = HAR_OK;
    if (step->regex)
        status = test_pattern(step, &filter->look, text, holds, error);
    else
        *holds = is_one_of(filter, step, text);
    *holds ^= not ;
    return status;
}

/* It holds when it does for one of the headers with this name. */
static enum har_status test_headers(struct har_filter *filter, const struct filter_step *step, bool *holds, struct har_error *error)
{
    struct filter_look *look = &filter->look;
    const struct har_node *message = har_node_member(look->tree, look->entry, step->field->message);
    const struct har_node *headers = har_node_member(look->tree, message, "headers");
    enum har_status status = HAR_OK;
    *holds = false;
    for (const struct har_node *header = headers ? har_node_first(look->tree, headers) : NULL;
         header && !*holds && status == HAR_OK; header = har_node_next(look->tree, header)) {
        struct har_text text;
        if (!filter_text(look, har_node_member(look->tree, header, "name"), &text) || !text_alike(text, step->header))
            continue;
        if (step->compare == FILTER_THERE)
            *holds = true;
        else if (filter_text(look, har_node_member(look->tree, header, "value"), &text))
            status = test_text(filter, step, text, holds, error);
    }
    return status;
}

static bool get_number(struct filter_look *look, const struct filter_field *field, double *number)
{
    return field->number(look, number) && !(field->flags & FILTER_POSITIVE && *number < 0);
}

static bool get_date(struct filter_look *look, const struct filter_field *field, struct iso8601 *date)
{
    struct har_text text;
    return field->text(look, &text) && iso8601_parse(text.bytes, text.len, date) >= ISO8601_OTHER;
}

/* What an entry lacks fulfils no comparison. */
static enum har_status test(struct har_filter *filter, const struct filter_step *step, bool *holds, struct har_error *error)
{
    struct filter_look *look = &filter->look;
    const struct filter_field *field = step->field;
    const bool there = step->compare == FILTER_THERE;
    double number;
    struct iso8601 date;
    struct har_text text;
    if (field->flags & FILTER_NAMED)
        return test_headers(filter, step, holds, error);
    switch (field->type) {
    case FILTER_NUMBER:
        *holds = get_number(look, field, &number) && (there || test_number(filter, step, number));
        break;
    case FILTER_DATE:
        *holds = get_date(look, field, &date) && (there || test_date(filter, step, &date));
        break;
    case FILTER_TEXT:
        *holds = field->text(look, &text);
        if (*holds && !there)
            return test_text(filter, step, text, holds, error);
        break;
    }
    return HAR_OK;
}

enum har_status har_filter_test(struct har_filter *filter, const struct har_item *item, bool *holds, struct har_error *error)
{
    struct filter_look *look = &filter->look;
    *holds = true;
    if (item->kind != HAR_ITEM_ENTRY)
        return HAR_OK;
    look->item = item;
    look->tree = item->tree;
    look->entry = har_tree_root(item->tree);
    for (size_t i = 0; i < filter->steps;) {
        const struct filter_step *step = &filter->step[i];
        const bool skip = step->kind == FILTER_STEP_AND ? !*holds : step->kind == FILTER_STEP_OR && *holds;
        if (step->kind == FILTER_STEP_NOT)
            *holds = !*holds;
        else if (step->kind == FILTER_STEP_TEST && test(filter, step, holds, error) != HAR_OK)
            return HAR_FATAL;
        i = skip ? step->target : i + 1;
    }
    return look->no_memory ? har_error_memory(error) : HAR_OK;
}
