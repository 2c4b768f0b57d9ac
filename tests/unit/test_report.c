/* The reports, fed with findings made by hand. What they must print is written out here, not taken from a run. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fed.h"

Suite *suite_report(void);

static enum har_status refuse(void *user, const void *bytes, size_t len, struct har_error *error)
{
    (void)user;
    (void)bytes;
    (void)len;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 28, "the disk is full");
}

START_TEST(text_lines)
{
    struct fed fed;
    struct har_finding first = wrong_type(), second = malformed_date();
    feed_open(&fed, "text", plain_args());
    feed(&fed, &first);
    feed(&fed, &second);
    feed_close(&fed, NULL,
               "a.har:3:14: error: time is null, not number [wrong-type] (/log/entries/0/time)\n"
               "a.har:1:10: warning: startedDateTime is a string of 7 bytes; kept [malformed-date]\n");
}
END_TEST

START_TEST(text_values)
{
    struct fed fed;
    struct har_report_args args = plain_args();
    struct har_finding finding = malformed_date();
    args.show_values = true;
    feed_open(&fed, "text", args);
    feed(&fed, &finding);
    feed_close(&fed, NULL, "a.har:1:10: warning: startedDateTime is \"hunter2\"; kept [malformed-date]\n");
}
END_TEST

START_TEST(text_counts)
{
    struct fed fed;
    struct har_report_args args = plain_args();
    struct har_finding finding = wrong_type(), low = malformed_date();
    finding.pointer.len = 0;
    low.level = HAR_LEVEL_INFO;
    args.show = HAR_LEVEL_WARNING;
    args.most = 2;
    feed_open(&fed, "text", args);
    for (int i = 0; i < 314; i++) {
        feed(&fed, &finding);
        feed(&fed, &low);
    }
    feed_close(&fed, NULL,
               "a.har:3:14: error: time is null, not number [wrong-type]\n"
               "a.har:3:14: error: time is null, not number [wrong-type]\n"
               "a.har: and 312 more [wrong-type]; --max-findings 0 prints all\n");
}
END_TEST

/* ESC, DEL, a right-to-left override and a byte that is no UTF-8, in every place that comes from outside. */
START_TEST(text_controls)
{
    struct fed fed;
    struct har_report_args args = plain_args();
    struct har_finding finding = wrong_type();
    finding.source = "a\033[31m.har";
    finding.pointer = (struct har_text)TEXT("/log/\xE2\x80\xAE\x7F\xFF");
    finding.excerpt = (struct har_text)TEXT("\t\033\": null");
    finding.excerpt_at = 5;
    finding.excerpt_len = 4;
    finding.place.column = 6;
    args.show_source = true;
    feed_open(&fed, "text", args);
    feed(&fed, &finding);
    feed_close(&fed, NULL,
               "a\\x1b[31m.har:3:6: error: time is null, not number [wrong-type] (/log/\\u{202e}\\x7f\\xff)\n"
               "     \\x1b\": null\n"
               "            ^~~~\n");
}
END_TEST

/* 100 columns before and behind: 30 are shown before the place, 72 in all with the mark of the cut. */
START_TEST(text_window)
{
    struct fed fed;
    struct har_report_args args = plain_args();
    struct har_finding finding = wrong_type();
    char line[205], wanted[400];
    memset(line, 'a', 100);
    memcpy(line + 100, "null", 4);
    memset(line + 104, 'b', 100);
    line[204] = '\n';
    finding.excerpt = (struct har_text){line, sizeof(line)};
    finding.excerpt_at = 100;
    finding.excerpt_len = 4;
    finding.place.column = 101;
    finding.pointer.len = 0;
    args.show_source = true;
    args.color = true;
    snprintf(wanted, sizeof(wanted),
             "\033[1ma.har:3:101:\033[0m \033[1;31merror:\033[0m time is null, not number [wrong-type]\n"
             "    ...%.30snull%.35s...\n"
             "    %33s\033[1;32m^~~~\033[0m\n",
             line, line + 104, "");
    feed_open(&fed, "text", args);
    feed(&fed, &finding);
    feed_close(&fed, NULL, wanted);
}
END_TEST

/* Two columns for each of the two ideographs, none for the combining accent. */
START_TEST(text_widths)
{
    struct fed fed;
    struct har_report_args args = plain_args();
    struct har_finding finding = wrong_type();
    finding.excerpt = (struct har_text)TEXT("\xE4\xB8\x80\xE4\xB8\x80"
                                            "e\xCC\x81: null\r\n");
    finding.excerpt_at = 11;
    finding.excerpt_len = 4;
    finding.place.column = 7;
    finding.pointer.len = 0;
    args.show_source = true;
    feed_open(&fed, "text", args);
    feed(&fed, &finding);
    feed_close(&fed, NULL,
               "a.har:3:7: error: time is null, not number [wrong-type]\n"
               "    \xE4\xB8\x80\xE4\xB8\x80"
               "e\xCC\x81: null\n"
               "           ^~~~\n");
}
END_TEST

START_TEST(jsonl_records)
{
    struct fed fed;
    struct har_finding first = wrong_type(), second = malformed_date();
    struct har_summary summary = {
        .size = sizeof(summary), .source = "a.har", .version = "1.2", .bytes = 900, .pages = 1, .entries = 2};
    summary.level_count[HAR_LEVEL_ERROR] = 1;
    summary.level_count[HAR_LEVEL_WARNING] = 1;
    summary.rule_count[HAR_RULE_WRONG_TYPE] = 1;
    summary.rule_count[HAR_RULE_MALFORMED_DATE] = 1;
    second.pointer = (struct har_text)TEXT("/a\xFF\x1B\"");
    struct har_report_args args = plain_args();
    args.show = HAR_LEVEL_ERROR; /* for people: records carry all */
    args.most = 1;
    feed_open(&fed, "jsonl", args);
    feed(&fed, &first);
    feed(&fed, &second);
    feed_close(&fed, &summary,
               "{\"type\":\"finding\",\"source\":\"a.har\",\"rule\":\"wrong-type\",\"group\":\"structure\",\"level\":\"error\","
               "\"line\":3,\"column\":14,"
               "\"offset\":40,\"endLine\":3,\"endColumn\":18,\"pointer\":\"/log/entries/0/time\",\"entry\":0,"
               "\"fingerprint\":\"000000000000abcd\","
               "\"message\":\"time is null, not number\"}\n"
               "{\"type\":\"finding\",\"source\":\"a.har\",\"rule\":\"malformed-date\",\"group\":\"structure\",\"level\":"
               "\"warning\",\"line\":1,\"column\":10,"
               "\"offset\":9,\"endLine\":1,\"endColumn\":10,\"pointer\":\"/a\\uFFFD\\u001B\\\"\",\"entry\":null,"
               "\"fingerprint\":\"fedcba9876543210\","
               "\"message\":\"startedDateTime is a string of 7 bytes\",\"done\":\"kept\"}\n"
               "{\"type\":\"input\",\"source\":\"a.har\",\"version\":\"1.2\",\"entries\":2,\"pages\":1,\"bytes\":900,\"broken\":0,"
               "\"cut\":false,\"coding\":null,\"errors\":1,\"warnings\":1,\"infos\":0,"
               "\"rules\":{\"wrong-type\":1,\"malformed-date\":1},\"status\":\"findings\"}\n");
}
END_TEST

START_TEST(jsonl_clean)
{
    struct fed fed;
    struct har_summary summary = {.size = sizeof(summary), .source = "a.har"};
    feed_open(&fed, "jsonl", plain_args());
    feed_close(&fed, &summary,
               "{\"type\":\"input\",\"source\":\"a.har\",\"version\":null,\"entries\":0,\"pages\":0,\"bytes\":0,\"broken\":0,"
               "\"cut\":false,\"coding\":null,\"errors\":0,\"warnings\":0,\"infos\":0,\"rules\":{},\"status\":\"clean\"}\n");
}
END_TEST

START_TEST(jsonl_unreadable)
{
    struct fed fed;
    feed_open(&fed, "jsonl", plain_args());
    feed_close(&fed, NULL,
               "{\"type\":\"input\",\"source\":\"a.har\",\"status\":\"unreadable\",\"error\":\"cannot open: no such file\"}\n");
}
END_TEST

START_TEST(brief_groups)
{
    struct fed fed;
    struct har_finding many = wrong_type(), once = malformed_date(), other = wrong_type(), low = wrong_type();
    struct har_report_args args = plain_args();
    other.arg[0].text = (struct har_text)TEXT("array");
    low.level = HAR_LEVEL_INFO;
    args.show = HAR_LEVEL_WARNING;
    args.show_values = true; /* even so: lines that only differ in a value are one kind */
    feed_open(&fed, "brief", args);
    for (int i = 0; i < 128; i++)
        feed(&fed, &many);
    feed(&fed, &once);
    feed(&fed, &low);
    feed(&fed, &other);
    feed(&fed, &other);
    feed_close(&fed, NULL,
               "a.har: time is null, not number, 128 times [wrong-type]\n"
               "a.har:1:10: startedDateTime is a string of 7 bytes; kept [malformed-date]\n"
               "a.har: time is array, not number, 2 times [wrong-type]\n");
}
END_TEST

/* Messages of one rule that all differ get three lines; there are 64 lines of all rules. */
START_TEST(brief_many_groups)
{
    struct fed fed;
    struct har_buffer wanted;
    har_buffer_init(&wanted, HAR_MIB);
    feed_open(&fed, "brief", plain_args());
    for (int i = 0; i < 70; i++) {
        struct har_finding finding = wrong_type();
        finding.message = "found %1";
        finding.arg[0] = (struct har_arg){.kind = HAR_ARG_NUMBER, .number = i};
        finding.rule = (enum har_rule)(i / 10 * 3);
        feed(&fed, &finding);
        if (i % 10 < 3)
            har_buffer_printf(&wanted, "a.har:3:14: found %d [%s]\n", i, har_rule_info(finding.rule)->id);
    }
    for (int i = 0; i < 7; i++)
        har_buffer_printf(&wanted, "a.har: and 7 more [%s]\n", har_rule_info((enum har_rule)(i * 3))->id);
    feed_close(&fed, NULL, har_buffer_string(&wanted));
    har_buffer_release(&wanted);
}
END_TEST

START_TEST(brief_many_rules)
{
    struct fed fed;
    struct har_buffer wanted;
    har_buffer_init(&wanted, HAR_MIB);
    feed_open(&fed, "brief", plain_args());
    for (int i = 0; i < 70; i++) {
        struct har_finding finding = wrong_type();
        finding.message = "found";
        finding.rule = (enum har_rule)i;
        feed(&fed, &finding);
        if (i < 64)
            har_buffer_printf(&wanted, "a.har:3:14: found [%s]\n", har_rule_info(finding.rule)->id);
    }
    har_buffer_append_text(&wanted, "a.har: and 6 more findings of other kinds\n");
    feed_close(&fed, NULL, har_buffer_string(&wanted));
    har_buffer_release(&wanted);
}
END_TEST

/* What was found in one input is forgotten at the next. */
START_TEST(next_input)
{
    static const char *const names[] = {"text", "brief"};
    struct har_error error = {0};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct fed fed;
        struct har_report_args args = plain_args();
        struct har_finding finding = wrong_type();
        finding.pointer.len = 0;
        args.most = 1;
        feed_open(&fed, names[i], args);
        feed(&fed, &finding);
        ck_assert_int_eq(fed.report->input_end(fed.ctx, NULL, NULL, &error), HAR_OK);
        ck_assert_int_eq(fed.report->input_begin(fed.ctx, "b.har", &error), HAR_OK);
        finding.source = "b.har";
        feed(&fed, &finding);
        feed_close(&fed, NULL,
                   i == 0 ? "a.har:3:14: error: time is null, not number [wrong-type]\n"
                            "b.har:3:14: error: time is null, not number [wrong-type]\n"
                          : "a.har:3:14: time is null, not number [wrong-type]\n"
                            "b.har:3:14: time is null, not number [wrong-type]\n");
    }
}
END_TEST

START_TEST(write_failure)
{
    for (const struct har_report *const *row = har_reports(); *row; row++) {
        struct har_error error = {0};
        struct har_report_args args = plain_args();
        struct har_finding finding = wrong_type();
        struct har_summary summary = {.size = sizeof(summary), .source = "a.har"};
        void *ctx = calloc(1, (*row)->ctx_size);
        ck_assert_ptr_nonnull(ctx);
        args.write = refuse;
        ck_assert_int_eq((*row)->open(ctx, &args, &error), HAR_OK);
        enum har_status status = (*row)->input_begin(ctx, "a.har", &error);
        if (status == HAR_OK)
            status = (*row)->finding(ctx, &finding, &error);
        if (status == HAR_OK)
            status = (*row)->input_end(ctx, &summary, NULL, &error);
        if (status == HAR_OK)
            status = (*row)->finish(ctx, &error);
        ck_assert_int_eq(status, HAR_FATAL);
        ck_assert_str_eq(error.text, "the disk is full");
        (*row)->close(ctx);
        free(ctx);
    }
}
END_TEST

Suite *suite_report(void)
{
    const struct {
        const char *name;
        const TTest *test;
    } tests[] = {
        {"text", text_lines},
        {"text values", text_values},
        {"text counts", text_counts},
        {"text controls", text_controls},
        {"text window", text_window},
        {"text widths", text_widths},
        {"jsonl", jsonl_records},
        {"jsonl clean", jsonl_clean},
        {"jsonl unreadable", jsonl_unreadable},
        {"brief", brief_groups},
        {"brief many groups", brief_many_groups},
        {"brief many rules", brief_many_rules},
        {"next input", next_input},
        {"write failure", write_failure},
    };
    Suite *suite = suite_create("report");
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        TCase *tcase = tcase_create(tests[i].name);
        tcase_add_test(tcase, tests[i].test);
        suite_add_tcase(suite, tcase);
    }
    return suite;
}
