/* Feeding reports. */
#include <check.h>
#include <stdlib.h>

#include "fed.h"

static enum har_status collect(void *user, const void *bytes, size_t len, struct har_error *error)
{
    (void)error;
    return har_buffer_append(user, bytes, len) ? HAR_OK : HAR_FATAL;
}

struct har_report_args plain_args(void)
{
    return (struct har_report_args){.size = sizeof(struct har_report_args), .show = HAR_LEVEL_INFO, .most = 3};
}

void feed_open(struct fed *fed, const char *name, struct har_report_args args)
{
    struct har_error error = {0};
    fed->report = har_report_find(name);
    ck_assert_ptr_nonnull(fed->report);
    fed->ctx = calloc(1, fed->report->ctx_size);
    ck_assert_ptr_nonnull(fed->ctx);
    har_buffer_init(&fed->out, 64 * HAR_MIB);
    args.write = collect;
    args.user = &fed->out;
    ck_assert_int_eq(fed->report->open(fed->ctx, &args, &error), HAR_OK);
    ck_assert_int_eq(fed->report->input_begin(fed->ctx, "a.har", &error), HAR_OK);
}

void feed(struct fed *fed, const struct har_finding *finding)
{
    struct har_error error = {0};
    ck_assert_int_eq(fed->report->finding(fed->ctx, finding, &error), HAR_OK);
}

static const struct har_error unreadable = {.domain = HAR_DOMAIN_SYSTEM, .code = 2, .text = "cannot open: no such file"};

void feed_next(struct fed *fed, const struct har_summary *summary, const char *source)
{
    struct har_error error = {0};
    ck_assert_int_eq(fed->report->input_end(fed->ctx, summary, &unreadable, &error), HAR_OK);
    ck_assert_int_eq(fed->report->input_begin(fed->ctx, source, &error), HAR_OK);
}

const char *feed_finish(struct fed *fed, const struct har_summary *summary)
{
    struct har_error error = {0};
    ck_assert_int_eq(fed->report->input_end(fed->ctx, summary, &unreadable, &error), HAR_OK);
    ck_assert_int_eq(fed->report->finish(fed->ctx, &error), HAR_OK);
    fed->report->close(fed->ctx);
    return har_buffer_string(&fed->out);
}

void feed_release(struct fed *fed)
{
    har_buffer_release(&fed->out);
    free(fed->ctx);
}

void feed_close(struct fed *fed, const struct har_summary *summary, const char *wanted)
{
    ck_assert_str_eq(feed_finish(fed, summary), wanted);
    feed_release(fed);
}

struct har_finding wrong_type(void)
{
    return (struct har_finding){
        .size = sizeof(struct har_finding),
        .rule = HAR_RULE_WRONG_TYPE,
        .level = HAR_LEVEL_ERROR,
        .source = "a.har",
        .place = {.offset = 40, .line = 3, .column = 14},
        .end = {.offset = 44, .line = 3, .column = 18},
        .entry = 0,
        .fingerprint = 0xabcd,
        .pointer = TEXT("/log/entries/0/time"),
        .message = "time is %1, not %2",
        .arg = {{.kind = HAR_ARG_WORD, .text = TEXT("null")}, {.kind = HAR_ARG_WORD, .text = TEXT("number")}},
    };
}

struct har_finding malformed_date(void)
{
    return (struct har_finding){
        .size = sizeof(struct har_finding),
        .rule = HAR_RULE_MALFORMED_DATE,
        .level = HAR_LEVEL_WARNING,
        .source = "a.har",
        .place = {.offset = 9, .line = 1, .column = 10},
        .end = {.offset = 9, .line = 1, .column = 10},
        .entry = -1,
        .fingerprint = UINT64_C(0xfedcba9876543210),
        .message = "startedDateTime is %1",
        .arg = {{.kind = HAR_ARG_VALUE, .text = TEXT("hunter2")}},
        .done = "kept",
    };
}
