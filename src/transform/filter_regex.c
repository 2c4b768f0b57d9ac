/* Regular expressions of filters: PCRE2 without its compiler to machine code, under limits, because the texts come from strangers.
 */
#include <stdlib.h>

#include "transform/filter.h"

#ifdef HARMILL_WITHOUT_PCRE2

struct filter_regex *filter_regex_new(struct har_text pattern, bool fold, size_t *offset, struct har_error *error)
{
    (void)pattern;
    (void)fold;
    *offset = 0;
    har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "regular expressions need PCRE2, which this build leaves out");
    return NULL;
}

void filter_regex_free(struct filter_regex *regex)
{
    (void)regex;
}

enum har_status filter_regex_test(struct filter_regex *regex, struct har_text subject, bool *matches, struct har_error *error)
{
    (void)regex;
    (void)subject;
    *matches = false;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "regular expressions need PCRE2, which this build leaves out");
}

#else

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* For one text: steps (items of the pattern that are tried, and bytes that are passed) and how many more for each of its bytes;
 * memory for going back. */
enum { STEPS_MOST = 1000000, STEPS_PER_BYTE = 8, HEAP_KIB_MOST = 4096 };

struct filter_regex {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    size_t at; /* of the last step, in the text */
    size_t steps, most;
};

/* Comes before each item of the pattern. PCRE2's own limit begins anew at each place where a match may start, and does not count
 * what "a*" passes: on a long text that alone is no bound. */
static int count_step(pcre2_callout_block *step, void *user)
{
    struct filter_regex *regex = user;
    const size_t at = step->current_position;
    regex->steps += 1 + (at > regex->at ? at - regex->at : regex->at - at);
    regex->at = at;
    return regex->steps > regex->most ? PCRE2_ERROR_CALLOUT : 0;
}

static bool compile(struct filter_regex *regex, struct har_text pattern, bool fold, size_t *offset, struct har_error *error)
{
    const uint32_t options =
        PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT | (fold ? PCRE2_CASELESS : 0);
    int code = 0;
    PCRE2_SIZE at = 0;
    regex->code = pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.len, options, &code, &at, NULL);
    if (regex->code)
        return true;
    unsigned char text[160] = "";
    pcre2_get_error_message(code, text, sizeof text);
    *offset = at < pattern.len ? at : pattern.len;
    if (code == PCRE2_ERROR_HEAP_FAILED)
        har_error_memory(error);
    else
        har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the regular expression is wrong: %s", (const char *)text);
    return false;
}

struct filter_regex *filter_regex_new(struct har_text pattern, bool fold, size_t *offset, struct har_error *error)
{
    struct filter_regex *regex = calloc(1, sizeof *regex);
    if (!regex) {
        har_error_memory(error);
        return NULL;
    }
    if (!compile(regex, pattern, fold, offset, error)) {
        filter_regex_free(regex);
        return NULL;
    }
    regex->data = pcre2_match_data_create(1, NULL);
    regex->context = pcre2_match_context_create(NULL);
    if (!regex->data || !regex->context) {
        har_error_memory(error);
        filter_regex_free(regex);
        return NULL;
    }
    pcre2_set_match_limit(regex->context, STEPS_MOST);
    pcre2_set_heap_limit(regex->context, HEAP_KIB_MOST);
    pcre2_set_callout(regex->context, count_step, regex);
    return regex;
}

void filter_regex_free(struct filter_regex *regex)
{
    if (!regex)
        return;
    pcre2_match_context_free(regex->context);
    pcre2_match_data_free(regex->data);
    pcre2_code_free(regex->code);
    free(regex);
}

enum har_status filter_regex_test(struct filter_regex *regex, struct har_text subject, bool *matches, struct har_error *error)
{
    regex->steps = regex->at = 0;
    regex->most = STEPS_MOST + STEPS_PER_BYTE * subject.len;
    const int result = pcre2_match(regex->code, (PCRE2_SPTR)subject.bytes, subject.len, 0, 0, regex->data, regex->context);
    *matches = result >= 0;
    if (result >= 0 || result == PCRE2_ERROR_NOMATCH)
        return HAR_OK;
    if (result == PCRE2_ERROR_NOMEMORY)
        return har_error_memory(error);
    return HAR_FAILED;
}

#endif
