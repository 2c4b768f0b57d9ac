/* Runs the unit tests: all suites, or those named as arguments. Ends with the line of counts that tests/run adds up.
 * The list of suites is made from the names of the files: test_NAME.c defines Suite *suite_NAME(void). */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"

#define DECLARE(name) Suite *suite_##name(void);
UNIT_SUITES(DECLARE)
#undef DECLARE

static const struct {
    const char *name;
    Suite *(*make)(void);
} suites[] = {
#define ROW(name) {#name, suite_##name},
    UNIT_SUITES(ROW)
#undef ROW
        {NULL, NULL},
};

/* Suites of what a build leaves out. */
static bool is_left_out(const char *name)
{
#ifdef HARMILL_WITHOUT_PCRE2
    static const char *const redaction[] = {"redact_api", "redact_places", "redact_texts", "redact_views"};
    for (size_t i = 0; i < sizeof redaction / sizeof *redaction; i++)
        if (strcmp(name, redaction[i]) == 0)
            return true;
#endif
    (void)name;
    return false;
}

static int add(SRunner **runner, const char *name)
{
    int found = 0;
    for (size_t i = 0; suites[i].name != NULL; i++) {
        if (is_left_out(suites[i].name) || (name != NULL && strcmp(name, suites[i].name) != 0)) {
            continue;
        }
        found++;
        if (*runner == NULL) {
            *runner = srunner_create(suites[i].make());
        } else {
            srunner_add_suite(*runner, suites[i].make());
        }
    }
    return found;
}

int main(int argc, char **argv)
{
    SRunner *runner = NULL;
    if (argc < 2) {
        add(&runner, NULL);
    }
    for (int i = 1; i < argc; i++) {
        if (add(&runner, argv[i]) == 0) {
            fprintf(stderr, "unit: no suite '%s'; there are:", argv[i]);
            for (size_t j = 0; suites[j].name != NULL; j++) {
                fprintf(stderr, " %s", suites[j].name);
            }
            fputc('\n', stderr);
            srunner_free(runner);
            return 2;
        }
    }
    if (runner == NULL) {
        puts("0 passed, 0 failed, 0 skipped");
        return 0;
    }
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    printf("%d passed, %d failed, 0 skipped\n", run - failed, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
