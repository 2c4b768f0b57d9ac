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

struct counts {
    int suites, run, failed;
};

/* Runs the suites of a name, or all of them. Each has a runner of its own: tests are forked, and a small process forks sooner. */
static void run(const char *name, struct counts *counts)
{
    for (size_t i = 0; suites[i].name != NULL; i++) {
        if (is_left_out(suites[i].name) || (name != NULL && strcmp(name, suites[i].name) != 0))
            continue;
        SRunner *runner = srunner_create(suites[i].make());
        srunner_run_all(runner, CK_NORMAL);
        counts->suites++;
        counts->run += srunner_ntests_run(runner);
        counts->failed += srunner_ntests_failed(runner);
        srunner_free(runner);
        fflush(stdout);
    }
}

static void tell_names(const char *wrong)
{
    fprintf(stderr, "unit: no suite '%s'; there are:", wrong);
    for (size_t i = 0; suites[i].name != NULL; i++)
        fprintf(stderr, " %s", suites[i].name);
    fputc('\n', stderr);
}

int main(int argc, char **argv)
{
    struct counts counts = {0, 0, 0};
    if (argc < 2)
        run(NULL, &counts);
    for (int i = 1; i < argc; i++) {
        const int before = counts.suites;
        run(argv[i], &counts);
        if (counts.suites == before) {
            tell_names(argv[i]);
            return 2;
        }
    }
    printf("%d passed, %d failed, 0 skipped\n", counts.run - counts.failed, counts.failed);
    return counts.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
