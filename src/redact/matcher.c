/* Forms of values: PCRE2 at the places that a literal gives, anchored, under limits, because the texts come from strangers. */
#include "redact/rules_in.h"

#include <stdlib.h>

#include "redact/persons.h"
#include "util/blank.h"
#include "util/text.h"

#ifdef HARMILL_WITHOUT_PCRE2

struct redact_matcher {
    int unused;
};

static enum har_status refuse(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                         "redaction needs PCRE2, which this build leaves out; a report can be made with --no-redact");
}

bool matcher_regex_is_right(const char *regex, unsigned group, struct har_error *error)
{
    (void)regex;
    (void)group;
    refuse(error);
    return false;
}

struct redact_matcher *redact_matcher_new(const struct har_redact_rules *rules, bool pii, struct har_error *error)
{
    (void)rules;
    (void)pii;
    refuse(error);
    return NULL;
}

void redact_matcher_free(struct redact_matcher *matcher)
{
    (void)matcher;
}

bool redact_next_person(const struct redact_matcher *matcher, struct har_text text, size_t from, struct redact_match *match)
{
    (void)matcher;
    (void)text;
    (void)from;
    (void)match;
    return false;
}

bool redact_match_at(struct redact_matcher *matcher, struct redact_matching *matching, struct har_text text, size_t at,
                     struct redact_match *match, bool *failed)
{
    (void)matcher;
    (void)matching;
    (void)text;
    (void)at;
    (void)match;
    (void)failed;
    return false;
}

#else

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Of one match: steps back, memory for them, bytes that are looked at, groups. */
enum { STEPS_MOST = 100000, HEAP_KIB_MOST = 4096, BYTES_MOST = 1 << 20, GROUPS_MOST = 16 };

/* Bytes of one text in matches that a check refused: beyond them nothing is refused. */
enum { REFUSED_FACTOR = 8, REFUSED_LEAST = 1 << 14 };

/* How the patterns begin that are tried at each place of a run of these bytes: whether they match is decided by what follows the
 * run. */
#define RUN_FRONT "(?<![A-Za-z0-9_])ey[A-Za-z0-9_-]{8,4096}+"
enum { RUN_MOST = 4096 + 2 };

struct redact_matcher {
    const struct har_redact_rules *rules;
    bool pii;
    pcre2_code **code; /* by pattern; NULL: not asked for */
    pcre2_match_data *data;
    pcre2_match_context *context;
};

/* The optimizations that are left out would look thousands of bytes ahead, at each place, for a byte that every match has. */
static pcre2_code *compile(const char *regex, bool folds, int *code, size_t *at)
{
    PCRE2_SIZE offset = 0;
    pcre2_code *made = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
                                     PCRE2_ANCHORED | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_START_OPTIMIZE |
                                         (folds ? PCRE2_CASELESS : 0),
                                     code, &offset, NULL);
    *at = offset;
    return made;
}

static enum har_status tell(int code, size_t at, struct har_error *error)
{
    unsigned char text[160] = "";
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return har_error_memory(error);
    pcre2_get_error_message(code, text, sizeof text);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the regular expression is wrong at offset %zu: %s", at,
                         (const char *)text);
}

bool matcher_regex_is_right(const char *regex, unsigned group, struct har_error *error)
{
    int code = 0;
    size_t at = 0;
    uint32_t groups = 0;
    pcre2_code *made = compile(regex, false, &code, &at);
    if (!made) {
        tell(code, at, error);
        return false;
    }
    pcre2_pattern_info(made, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_code_free(made);
    if (group <= groups && groups < GROUPS_MOST)
        return true;
    har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the regular expression has %u groups", (unsigned)groups);
    return false;
}

static bool compile_all(struct redact_matcher *matcher, bool pii, struct har_error *error)
{
    const struct har_redact_rules *rules = matcher->rules;
    matcher->code = calloc(rules->patterns ? rules->patterns : 1, sizeof(pcre2_code *));
    matcher->data = pcre2_match_data_create(GROUPS_MOST, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    if (!matcher->code || !matcher->data || !matcher->context) {
        har_error_memory(error);
        return false;
    }
    pcre2_set_match_limit(matcher->context, STEPS_MOST);
    pcre2_set_heap_limit(matcher->context, HEAP_KIB_MOST);
    for (size_t i = 0; i < rules->patterns; i++) {
        const struct pattern *pattern = &rules->pattern[i];
        int code = 0;
        size_t at = 0;
        if (!*pattern->regex || (pattern->pii && !pii))
            continue;
        matcher->code[i] = compile(pattern->regex, pattern->folds, &code, &at);
        if (!matcher->code[i]) {
            tell(code, at, error);
            return false;
        }
        pcre2_jit_compile(matcher->code[i], PCRE2_JIT_COMPLETE); /* without it the interpreter matches */
    }
    return true;
}

struct redact_matcher *redact_matcher_new(const struct har_redact_rules *rules, bool pii, struct har_error *error)
{
    struct redact_matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher) {
        har_error_memory(error);
        return NULL;
    }
    matcher->rules = rules;
    matcher->pii = pii;
    if (compile_all(matcher, pii, error))
        return matcher;
    redact_matcher_free(matcher);
    return NULL;
}

void redact_matcher_free(struct redact_matcher *matcher)
{
    if (!matcher)
        return;
    for (size_t i = 0; matcher->code && i < matcher->rules->patterns; i++)
        pcre2_code_free(matcher->code[i]);
    free(matcher->code);
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    free(matcher);
}

/* What began here and could not be decided goes up to the next blank. */
static void give_up(struct har_text text, size_t at, struct redact_match *match)
{
    size_t end = at;
    while (end < text.len && !is_blank(text.bytes[end]))
        end++;
    match->start = at;
    match->end = match->stop = end;
}

static inline bool is_word(char c)
{
    return text_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
}

/* Whether a pattern that begins with a run may match here: `run` is set to it, NULL for other patterns. It does not where it is too
 * long, has no dot behind it, or the pattern did not match from another place of the same run on. */
static bool may_match(const struct pattern *pattern, struct redact_matching *matching, struct har_text text, size_t at,
                      struct redact_run **run)
{
    const char *const place = text.bytes + at, *const stop = text.bytes + text.len;
    *run = NULL;
    if (strncmp(pattern->regex, RUN_FRONT, strlen(RUN_FRONT)) != 0)
        return true;
    if ((at && is_word(place[-1])) || stop - place < 2 || memcmp(place, "ey", 2) != 0)
        return false;
    *run = &matching->run[pattern->form == REDACT_FORM_JWT];
    if (!(*run)->start || place < (*run)->start || place >= (*run)->end) {
        **run = (struct redact_run){.start = place, .end = place};
        while ((*run)->end < stop && (is_word(*(*run)->end) || *(*run)->end == '-'))
            (*run)->end++;
    }
    return (*run)->without != pattern && (*run)->end < stop && *(*run)->end == '.' && (*run)->end - place <= RUN_MOST;
}

/* One pattern from one place on. `window` is the part of the text that is looked at, `start` and `at` are places in it. What its
 * check refuses is added to *refused; without that, nothing is checked. */
static bool match_from(struct redact_matcher *matcher, const struct pattern *pattern, struct har_text window, size_t start,
                       size_t at, struct redact_match *match, uint64_t *refused, bool *failed)
{
    const pcre2_code *code = matcher->code[pattern - matcher->rules->pattern];
    int result = pcre2_match(code, (PCRE2_SPTR)window.bytes, window.len, start, 0, matcher->data, matcher->context);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(code, (PCRE2_SPTR)window.bytes, window.len, start, PCRE2_NO_JIT, matcher->data, matcher->context);
    if (result == PCRE2_ERROR_NOMATCH)
        return false;
    if (result == PCRE2_ERROR_NOMEMORY) {
        *failed = true;
        return false;
    }
    const size_t *place = pcre2_get_ovector_pointer(matcher->data);
    if (result < 0) {
        give_up(window, at, match);
        return match->end > match->start;
    }
    if (place[1] <= at || (pattern->group && (result <= pattern->group || place[2 * pattern->group] == PCRE2_UNSET)))
        return false;
    match->start = place[2 * pattern->group];
    match->end = place[2 * pattern->group + 1];
    match->stop = place[1];
    if (match->end <= match->start)
        return false;
    if (!pattern->check || !refused || pattern->check(window.bytes + match->start, match->end - match->start))
        return true;
    *refused += match->end - at;
    return false;
}

static bool match_pattern(struct redact_matcher *matcher, const struct pattern *pattern, struct har_text text, size_t at,
                          struct redact_match *match, uint64_t *refused, bool *failed)
{
    /* Look-behinds see one byte more than `back`. */
    const size_t front = at > (size_t)pattern->back + 1 ? at - pattern->back - 1 : 0;
    struct har_text window = {text.bytes + front, text.len - front};
    if (window.len > BYTES_MOST)
        window.len = BYTES_MOST;
    for (size_t start = at > pattern->back ? at - pattern->back : 0; start <= at && !*failed; start++)
        if (match_from(matcher, pattern, window, start - front, at - front, match, refused, failed)) {
            match->start += front;
            match->end += front;
            match->stop += front;
            return true;
        }
    return false;
}

bool redact_match_at(struct redact_matcher *matcher, struct redact_matching *matching, struct har_text text, size_t at,
                     struct redact_match *match, bool *failed)
{
    unsigned cursor = 0;
    bool found = false;
    if (!matcher || at >= text.len)
        return false;
    for (const struct pattern *pattern; (pattern = trigger_pattern(matcher->rules, text, at, &cursor)) != NULL;) {
        struct redact_match one = {0};
        struct redact_run *run;
        const bool all = matching->refused > REFUSED_LEAST + (uint64_t)text.len * REFUSED_FACTOR;
        if (!matcher->code[pattern - matcher->rules->pattern] || !may_match(pattern, matching, text, at, &run))
            continue;
        const bool matches = match_pattern(matcher, pattern, text, at, &one, all ? NULL : &matching->refused, failed);
        if (!matches && run)
            run->without = pattern;
        if (!matches || (found && one.end <= match->end))
            continue;
        one.rule = pattern->rule;
        one.form = pattern->form;
        *match = one;
        found = true;
    }
    return found;
}

bool redact_next_person(const struct redact_matcher *matcher, struct har_text text, size_t from, struct redact_match *match)
{
    return matcher && matcher->pii && person_next(matcher->rules, text, from, match);
}

#endif
