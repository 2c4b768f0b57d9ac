/* What Chrome, har-validator and Firefox refuse. That it is what they refuse is tested beside them, in tests/consumer/; here: where
 * it is found, in which words, and what depends on the order of things. */
#include <check.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_importer(void);

#define CHROME    HAR_RULE_CHROME_REFUSES
#define VALIDATOR HAR_RULE_HAR_VALIDATOR_REFUSES
#define FIREFOX   HAR_RULE_FIREFOX_REFUSES

#define AT_ENTRY       "/log/entries/0"
#define CHROME_SAYS    " [chrome-refuses] Chrome: "
#define VALIDATOR_SAYS " [har-validator-refuses] har-validator: "
#define FIREFOX_SAYS   " [firefox-refuses] Firefox: "
#define NAN_ENDS       "so casting it to a number gives NaN and the import ends\n"
#define OBJECT_ENDS    "where an object is expected, so the import ends\n"

/* An entry with other timings. */
#define ENTRY_TIMINGS(timings) "{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{},'timings':" timings "}"

static const struct {
    enum har_rule rule;
    const char *text, *told;
} rows[] = {
    {CHROME, HAR(ENTRY), ""},
    {VALIDATOR, HAR(ENTRY), ""},
    {FIREFOX, HAR_LOG("1.2", ",'pages':[]", ENTRY), ""},

    /* the document */
    {CHROME, "<0>[]", "0 error " CHROME_SAYS "the document is an array, so it has no log and the import ends\n"},
    {VALIDATOR, "<0>null", "0 error " VALIDATOR_SAYS "the document is null, it should be an object\n"},
    {VALIDATOR, "<0>{}", "0 error " VALIDATOR_SAYS "the document should have the member log\n"},
    {FIREFOX, "<0>{'result':" HAR(ENTRY) "}",
     "0 error " FIREFOX_SAYS "the log is looked for in the document itself, it lies at /result/log, so the import fails\n"},
    {CHROME, "{'result':" HAR("5") ",'log':{" CREATOR ",'entries':[]}}", ""},
    {CHROME, "{'log':<0>null}", "0 error /log" CHROME_SAYS "log is null " OBJECT_ENDS},
    {CHROME, "{<0>'log':{'version':'1.2'}}",
     "0 error /log" CHROME_SAYS "log.creator is missing " OBJECT_ENDS "0 error /log" CHROME_SAYS
     "log.entries is missing where an array is expected, so the import ends\n"},
    {CHROME, "{'log':{" CREATOR ",'entries':<0>{},'browser':<1>5,'pages':5}}",
     "0 error /log/entries" CHROME_SAYS "log.entries is an object, not an array, so the import ends\n"
     "1 error /log/browser" CHROME_SAYS "creator is a number " OBJECT_ENDS},
    {CHROME, "{'log':{" CREATOR ",'entries':[],'browser':0}}", ""},
    /* a second log, second entries: judged too */
    {CHROME,
     "{'log':{" CREATOR ",'entries':[]},'log':{" CREATOR ",'entries':[<0>5,{" DATE ",'time':0,'request':" REQUEST
     ",'response':" RESPONSE ",'t\\u0069mings':{'send':0,'wait':0,'receive':<1>'x'}}]}}",
     "0 error /log/entries/0" CHROME_SAYS "entry is a number " OBJECT_ENDS "1 error /log/entries/1/timings/receive" CHROME_SAYS
     "timings.receive is a string, " NAN_ENDS},
    {VALIDATOR, "{'log':{'version':''," CREATOR ",'entries':[" ENTRY "],'entries':[<0>[]]}}",
     "0 error /log/entries/0" VALIDATOR_SAYS "entry is an array, it should be an object\n"},
    /* reading ended early: nothing is missing */
    {CHROME, "{'log':{'version':'1.2'", ""},
    {CHROME, "<0>\xff\xfe{ ", "0 error " CHROME_SAYS "the file is no JSON, so it cannot be imported\n"},

    /* members: missing, twice, in escapes */
    {CHROME, HAR(ENTRY_TIMINGS("<0>{'send':0,'wait':<1>'x','receive':null}")),
     "1 error " AT_ENTRY "/timings/wait" CHROME_SAYS "timings.wait is a string, " NAN_ENDS},
    {CHROME, HAR(ENTRY_TIMINGS("<0>{'wait':0,'receive':0}")),
     "0 error " AT_ENTRY "/timings" CHROME_SAYS "timings.send is missing, " NAN_ENDS},
    {CHROME, HAR(ENTRY_TIMINGS("<0>[]")),
     "0 error " AT_ENTRY "/timings" CHROME_SAYS "timings.send is missing, " NAN_ENDS "0 error " AT_ENTRY "/timings" CHROME_SAYS
     "timings.wait is missing, " NAN_ENDS "0 error " AT_ENTRY "/timings" CHROME_SAYS "timings.receive is missing, " NAN_ENDS},
    {CHROME, HAR(ENTRY_TIMINGS("{'send':'x','wait':0,'receive':0,'s\\u0065nd':0}")), ""},
    {CHROME, HAR(ENTRY_TIMINGS("{'send':0,'wait':0,'receive':0,'send':<0>'x'}")),
     "0 error " AT_ENTRY "/timings/send" CHROME_SAYS "timings.send is a string, " NAN_ENDS},
    {CHROME, HAR(ENTRY_WITH(",'startedDateTime':<0>'yesterday'")),
     "0 error " AT_ENTRY "/startedDateTime" CHROME_SAYS
     "entry.startedDateTime is a string that is no date to JavaScript, so the import ends\n"},
    {VALIDATOR, HAR(ENTRY_TIMINGS("5")), ""},
    {VALIDATOR, HAR(ENTRY_TIMINGS("<0>{}")),
     "0 error " AT_ENTRY "/timings" VALIDATOR_SAYS "timings should have the member send\n"
     "0 error " AT_ENTRY "/timings" VALIDATOR_SAYS "timings should have the member wait\n"
     "0 error " AT_ENTRY "/timings" VALIDATOR_SAYS "timings should have the member receive\n"},
    {VALIDATOR, HAR(ENTRY_WITH(",'serverIPAddress':<0>''")),
     "0 error " AT_ENTRY "/serverIPAddress" VALIDATOR_SAYS "entry.serverIPAddress is no IPv4 or IPv6 address\n"},
    {VALIDATOR, HAR(ENTRY_WITH(",'serverIPAddress':'\\u003a:1'")), ""},
    {FIREFOX, HAR_LOG("1.2", ",'pages':[<1>null]", ENTRY_WITH(",'cache':<0>null")),
     "1 error /log/pages/0" FIREFOX_SAYS "page is null where an object is expected, so the import fails\n"
     "0 error " AT_ENTRY "/cache" FIREFOX_SAYS "cache is null where an object is expected, so the import fails\n"},

    /* members of Chrome's own */
    {CHROME, HAR(ENTRY_WITH(",'_initiator':<0>null")),
     "0 error " AT_ENTRY "/_initiator" CHROME_SAYS "_initiator is null " OBJECT_ENDS},
    {CHROME, HAR(ENTRY_WITH(",'_initiator':{'stack':{'callFrames':[null,{}],'parent':{'callFrames':[<0>5]}}}")),
     "0 error " AT_ENTRY "/_initiator/stack/parent/callFrames/0" CHROME_SAYS "a call frame is a number " OBJECT_ENDS},
    {CHROME, HAR(ENTRY_WITH(",'_webSocketMessages':[{},<0>null,5,null]")),
     "0 error " AT_ENTRY "/_webSocketMessages/1" CHROME_SAYS "a message is null " OBJECT_ENDS},
    {CHROME, HAR(ENTRY_WITH(",'_priority':<0>[{'toString':1}]")),
     "0 error " AT_ENTRY "/_priority" CHROME_SAYS
     "_priority is an array with a member toString, so casting it to a string fails and the import ends\n"},
};

/* What no consumer can read is told for each that is asked about. */
START_TEST(unreadable)
{
    struct memory_run run;
    memory_run_init(&run, "<0>\xff\xfe{ ");
    memory_only(run.settings, 0);
    har_settings_set_level(run.settings, HAR_RULE_K6_REFUSES, HAR_LEVEL_ERROR);
    har_settings_set_level(run.settings, HAR_RULE_MITMPROXY_REFUSES, HAR_LEVEL_WARNING);
    memory_run_go(&run);
    ck_assert_str_eq(memory_string(&run.told), "0 error  [k6-refuses] k6: the file is no JSON, so it cannot be imported\n"
                                               "0 warning  [mitmproxy-refuses] mitmproxy: the file is no JSON, so it cannot be "
                                               "imported\n");
    memory_run_release(&run);
}
END_TEST

START_TEST(refusals)
{
    memory_expect_error(rows[_i].rule, rows[_i].text, rows[_i].told);
}
END_TEST

/* Nothing is told about consumers by default. */
START_TEST(off)
{
    memory_expect_of(1u << HAR_GROUP_CONSUMER, "{}", "");
}
END_TEST

Suite *suite_rules_importer(void)
{
    Suite *suite = suite_create("rules_importer");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, refusals, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, unreadable);
    tcase_add_test(tcase, off);
    suite_add_tcase(suite, tcase);
    return suite;
}
