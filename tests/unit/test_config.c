/* Configurations: what they say, what is refused, and which level each rule comes to. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

Suite *suite_config(void);

static const struct {
    const char *text;    /* ' stands for " */
    const char *refused; /* NULL: taken */
    unsigned line, column;
} rows[] = {
    {"{}", NULL, 0, 0},
    {" { 'profile' : 'chrome' } \n", NULL, 0, 0},
    {"{'rules':{'wrong-type':'off','missing-cache':'error'},'select':['file','wrong-type'],'ignore':[]}", NULL, 0, 0},
    {"{'fail-on':'never','baseline':'a/b..c/known.json','max-findings':0}", NULL, 0, 0},

    {"", "'[' or '{' expected", 1, 1},
    {"[]", "is no JSON object", 1, 1},
    {"{\n  'profile' 'chrome'}", "':' expected", 2, 20},
    {"{'select':['page'],}", "string or '}' expected", 1, 20},
    {"{'ignore':[],'ignore':[]}", "duplicate object key", 1, 21},
    {"{} {}", "end of file expected", 1, 4},

    /* keys that nobody may set from a repository are unknown ones */
    {"{'show-values':true}", "unknown key 'show-values'", 0, 0},
    {"{'output':'x'}", "unknown key 'output'", 0, 0},
    {"{'report':'jsonl:x'}", "unknown key 'report'", 0, 0},
    {"{'write-baseline':'x'}", "unknown key 'write-baseline'", 0, 0},
    {"{'config':'x'}", "unknown key 'config'", 0, 0},
    {"{'max-depth':9}", "unknown key 'max-depth'", 0, 0},
    {"{'':1}", "unknown key ''", 0, 0},
    {"{'failon':'never'}", "unknown key 'failon'; did you mean 'fail-on'?", 0, 0},
    {"{'rule':{}}", "unknown key 'rule'; did you mean 'rules'?", 0, 0},
    {"{'max_findings':1}", "unknown key 'max_findings'; did you mean 'max-findings'?", 0, 0},

    {"{'profile':7}", "'profile' takes the name of a profile", 0, 0},
    {"{'profile':'chrom'}", "'profile': unknown profile 'chrom'; did you mean 'chrome'?", 0, 0},
    {"{'select':'page'}", "'select' takes an array of rules and groups", 0, 0},
    {"{'ignore':[1]}", "'ignore' takes an array of rules and groups", 0, 0},
    {"{'select':['reqest']}", "'select': unknown rule 'reqest'; did you mean 'request'?", 0, 0},
    {"{'rules':['wrong-type']}", "'rules' takes an object of rules and their levels", 0, 0},
    {"{'rules':{'worng-type':'off'}}", "'rules': unknown rule 'worng-type'; did you mean 'wrong-type'?", 0, 0},
    {"{'rules':{'wrong-type':'warn'}}", "'rules': unknown level 'warn'; did you mean 'warning'?", 0, 0},
    {"{'rules':{'wrong-type':true}}", "'rules' takes levels that are strings", 0, 0},
    {"{'fail-on':'off'}", "'fail-on': unknown level 'off'", 0, 0},
    {"{'fail-on':false}", "'fail-on' takes a level or \"never\"", 0, 0},
    {"{'max-findings':-1}", "'max-findings' takes a whole number from 0 on", 0, 0},
    {"{'max-findings':1.0}", "'max-findings' takes a whole number from 0 on", 0, 0},
#define OUTSIDE "'baseline' takes the path of a file in the folder of the configuration or below it"
    {"{'baseline':''}", OUTSIDE, 0, 0},
    {"{'baseline':'/net/host.example/x'}", OUTSIDE, 0, 0},
    {"{'baseline':'../x'}", OUTSIDE, 0, 0},
    {"{'baseline':'a/../../x'}", OUTSIDE, 0, 0},
    {"{'baseline':'a/..'}", OUTSIDE, 0, 0},
    {"{'baseline':{}}", OUTSIDE, 0, 0},
    /* what was taken before the mistake is freed */
    {"{'baseline':'a','profile':'x'}", "'profile': unknown profile 'x'", 0, 0},
};

START_TEST(texts)
{
    struct memory_text text;
    struct har_config config;
    struct har_place place = {9, 9, 9};
    struct har_error error = {0};
    memory_text_init(&text, rows[_i].text);
    const enum har_status status = har_config_parse(&config, text.bytes, text.len, &place, &error);
    if (rows[_i].refused) {
        ck_assert_int_eq(status, HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        ck_assert_str_eq(error.text, rows[_i].refused);
        ck_assert_uint_eq(place.line, rows[_i].line);
        ck_assert_uint_eq(place.column, rows[_i].column);
        ck_assert_ptr_null(config.baseline);
        ck_assert(!config.profile && !config.any_selected);
    } else {
        ck_assert_msg(status == HAR_OK, "%s", error.text);
    }
    har_config_release(&config);
    memory_text_release(&text);
}
END_TEST

/* A place is not asked for, and the text is too long. */
START_TEST(bounds)
{
    struct har_config config;
    struct har_error error = {0};
    char *blanks = malloc(HAR_CONFIG_MOST + 1);
    ck_assert_ptr_nonnull(blanks);
    memset(blanks, ' ', HAR_CONFIG_MOST + 1);
    blanks[0] = '{';
    blanks[1] = '}';
    ck_assert_int_eq(har_config_parse(&config, blanks, HAR_CONFIG_MOST, NULL, &error), HAR_OK);
    ck_assert_int_eq(har_config_parse(&config, blanks, HAR_CONFIG_MOST + 1, NULL, &error), HAR_FATAL);
    ck_assert_str_eq(error.text, "has more than 1048576 bytes");
    ck_assert_int_eq(har_config_parse(&config, "{", 1, NULL, NULL), HAR_FATAL);
    free(blanks);
}
END_TEST

/* Levels of four rules by default: wrong-type error, missing-cache warning, null-member info, chrome-refuses off. */
static const struct {
    const char *file, *over;
    const char *levels;
} choices[] = {
    {"{}", "{}", "error warning info off"},
    {"{'profile':'chrome'}", "{}", "warning warning info error"},
    {"{'profile':'chrome'}", "{'profile':'har-1.2'}", "error warning info off"},
    /* within one, single levels come last */
    {"{'select':['structure'],'ignore':['missing-cache']}", "{}", "error off info off"},
    {"{'select':['page'],'rules':{'missing-cache':'error'}}", "{}", "off error off off"},
    {"{'ignore':['wrong-type'],'rules':{'wrong-type':'info'}}", "{}", "info warning info off"},
    {"{'select':['wrong-type'],'ignore':['structure']}", "{}", "off off off off"},
    /* the command line comes behind the file */
    {"{'rules':{'wrong-type':'warning'}}", "{'rules':{'wrong-type':'info'}}", "info warning info off"},
    {"{'rules':{'wrong-type':'warning'}}", "{'select':['wrong-type']}", "warning off off off"},
    {"{'rules':{'wrong-type':'warning'}}", "{'ignore':['wrong-type']}", "off warning info off"},
    {"{'select':['page']}", "{'select':['wrong-type']}", "error off off off"},
    {"{'ignore':['wrong-type']}", "{'select':['wrong-type']}", "error off off off"},
    {"{'ignore':['missing-cache']}", "{'ignore':['wrong-type']}", "off off info off"},
    {"{'rules':{'wrong-type':'error'}}", "{'profile':'chrome'}", "error warning info error"},
    /* what is off and selected comes on */
    {"{}", "{'select':['consumer']}", "off off off error"},
    {"{}", "{'select':['chrome-refuses']}", "off off off error"},
    {"{'select':['chrome-refuses']}", "{}", "off off off error"},
    {"{'rules':{'missing-cache':'off'}}", "{'select':['missing-cache']}", "off warning off off"},
    {"{}", "{'select':['chrome-refuses'],'rules':{'chrome-refuses':'info'}}", "off off off info"},
    {"{}", "{'ignore':['consumer'],'select':['chrome-refuses']}", "off off off off"},
};

START_TEST(levels)
{
    static const enum har_rule looked_at[] = {HAR_RULE_WRONG_TYPE, HAR_RULE_MISSING_CACHE, HAR_RULE_NULL_MEMBER,
                                              HAR_RULE_CHROME_REFUSES};
    struct memory_text text[2];
    struct har_config config[2];
    struct har_buffer told;
    struct har_settings *settings = har_settings_new();
    har_buffer_init(&told, HAR_KIB);
    for (size_t i = 0; i < 2; i++) {
        memory_text_init(&text[i], i ? choices[_i].over : choices[_i].file);
        ck_assert_int_eq(har_config_parse(&config[i], text[i].bytes, text[i].len, NULL, NULL), HAR_OK);
    }
    har_config_apply(&config[0], &config[1], settings);
    for (size_t i = 0; i < sizeof looked_at / sizeof *looked_at; i++)
        har_buffer_printf(&told, "%s%s", i ? " " : "", har_level_name(har_settings_level(settings, looked_at[i])));
    ck_assert_str_eq(memory_string(&told), choices[_i].levels);
    for (size_t i = 0; i < 2; i++) {
        har_config_release(&config[i]);
        memory_text_release(&text[i]);
    }
    har_buffer_release(&told);
    har_settings_free(settings);
}
END_TEST

START_TEST(nothing_said)
{
    struct har_settings *settings = har_settings_new();
    struct har_config zeroed = {0};
    har_config_apply(NULL, NULL, settings);
    har_config_apply(&zeroed, NULL, settings);
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        ck_assert_int_eq(har_settings_level(settings, (enum har_rule)i), har_rule_info((enum har_rule)i)->level);
    har_config_release(&zeroed);
    har_settings_free(settings);
}
END_TEST

/* A group is no rule, and each consumer's rule comes on as an error with its group. */
START_TEST(groups)
{
    for (int i = 0; i < HAR_GROUP_COUNT; i++) {
        enum har_rule rule;
        ck_assert(!har_rule_find(har_rule_group_name((enum har_rule_group)i), &rule));
        bool marks[HAR_RULE_COUNT] = {false};
        ck_assert(har_rule_mark(har_rule_group_name((enum har_rule_group)i), marks));
        for (int j = 0; j < HAR_RULE_COUNT; j++)
            ck_assert_int_eq(marks[j], har_rule_info((enum har_rule)j)->group == (enum har_rule_group)i);
    }
    bool marks[HAR_RULE_COUNT] = {false};
    ck_assert(!har_rule_mark("", marks));
    ck_assert(!har_rule_mark("STRUCTURE", marks));
    ck_assert(har_rule_mark("wrong-type", marks));
    for (int j = 0; j < HAR_RULE_COUNT; j++)
        ck_assert_int_eq(marks[j], j == HAR_RULE_WRONG_TYPE);
}
END_TEST

Suite *suite_config(void)
{
    Suite *suite = suite_create("config");
    TCase *cases = tcase_create("config");
    tcase_add_loop_test(cases, texts, 0, sizeof rows / sizeof *rows);
    tcase_add_test(cases, bounds);
    tcase_add_loop_test(cases, levels, 0, sizeof choices / sizeof *choices);
    tcase_add_test(cases, nothing_said);
    tcase_add_test(cases, groups);
    suite_add_tcase(suite, cases);
    return suite;
}
