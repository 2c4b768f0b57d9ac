/* Rule files: JSON, read with jansson; docs/redaction.md has the form. What is not understood is refused: a rule that does not
 * count would leave secrets. */
#include "redact/rules_in.h"

#include <jansson.h>

#include <harmill/alloc.h>

enum { KIND_MOST = 16, LITERAL_LEAST = 3, LITERAL_MOST = 64, BACK_MOST = 64, GROUP_MOST = 15, REGEX_MOST = 8192 };

struct reading {
    struct har_redact_rules *rules;
    struct har_error *error;
    const char *list; /* "names" */
    size_t index, count;
    bool failed;
};

static void complain(struct reading *r, const char *member, const char *what)
{
    if (!r->failed)
        har_error_set(r->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "rules: %s[%zu]%s%s: %s", r->list, r->index, *member ? "." : "",
                      member, what);
    r->failed = true;
}

static void run_out(struct reading *r)
{
    if (!r->failed)
        har_error_memory(r->error);
    r->failed = true;
}

/* ---- members of a row */

static struct har_text text_in(struct reading *r, const json_t *row, const char *member, size_t least, size_t most)
{
    const json_t *value = json_object_get(row, member);
    if (!json_is_string(value) || json_string_length(value) < least || json_string_length(value) > most) {
        complain(r, member, "must be a text of a fitting length");
        return (struct har_text){"", 0};
    }
    return (struct har_text){json_string_value(value), json_string_length(value)};
}

static const char *kind_in(struct reading *r, const json_t *row)
{
    if (!json_object_get(row, "kind"))
        return "secret";
    const struct har_text kind = text_in(r, row, "kind", 1, KIND_MOST);
    for (size_t i = 0; i < kind.len; i++)
        if (kind.bytes[i] < 'a' || kind.bytes[i] > 'z') {
            complain(r, "kind", "must be 1 to 16 of the letters a to z");
            break;
        }
    return kind.bytes;
}

static bool truth_in(struct reading *r, const json_t *row, const char *member, bool otherwise)
{
    const json_t *value = json_object_get(row, member);
    if (value && !json_is_boolean(value))
        complain(r, member, "must be true or false");
    return value ? json_is_true(value) : otherwise;
}

static unsigned number_in(struct reading *r, const json_t *row, const char *member, unsigned most)
{
    const json_t *value = json_object_get(row, member);
    if (value && (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > (json_int_t)most))
        complain(r, member, "must be a small number");
    return value && !r->failed ? (unsigned)json_integer_value(value) : 0;
}

static void know(struct reading *r, json_t *row, const char *const *members)
{
    const char *key;
    json_t *value;
    if (!json_is_object(row)) {
        complain(r, "", "must be an object");
        return;
    }
    json_object_foreach(row, key, value)
    {
        const char *const *member = members;
        while (*member && strcmp(*member, key) != 0)
            member++;
        if (!*member)
            complain(r, "", "has a member that is not known here");
    }
}

/* ---- rows */

/* What is left of a name when it is folded; a word of no letters would be everywhere or nowhere. */
static size_t folded_length(struct har_text name)
{
    struct folded folded;
    fold_name(name, &folded);
    return folded.len;
}

static void read_name(struct reading *r, json_t *row)
{
    static const char *const members[] = {"contains", "equals", "kind", "certain", "pii", NULL};
    know(r, row, members);
    const bool contains = json_object_get(row, "contains") != NULL;
    if (!r->failed && contains == (json_object_get(row, "equals") != NULL))
        complain(r, "", "needs one of contains and equals");
    if (r->failed)
        return;
    const struct har_text word = text_in(r, row, contains ? "contains" : "equals", 1, NAME_MOST);
    const char *kind = kind_in(r, row);
    const enum redact_tier tier = truth_in(r, row, "certain", true) ? REDACT_ANY : REDACT_EXACT;
    const bool pii = truth_in(r, row, "pii", false);
    if (!r->failed && folded_length(word) < (contains ? 3 : 1))
        complain(r, contains ? "contains" : "equals", "has too few letters");
    if (!r->failed && !rules_add_word(r->rules, word, NULL, kind, tier, contains ? WORD_ANYWHERE : WORD_WHOLE, pii))
        run_out(r);
}

static const struct {
    const char *word;
    enum redact_treat treat;
    bool secret;
} treats[] = {
    {"value", REDACT_VALUE, true},   {"scheme", REDACT_SCHEME, true},
    {"cookie", REDACT_COOKIE, true}, {"set-cookie", REDACT_SET_COOKIE, true},
    {"params", REDACT_PARAMS, true}, {"address", REDACT_ADDRESS, false},
    {"text", REDACT_TEXT, false},
};

/* A header that is there already is read in the new way. */
static void forget_header(struct har_redact_rules *rules, struct har_text name)
{
    struct folded folded;
    fold_name(name, &folded);
    for (size_t i = 0; i < rules->headers; i++)
        if (rules->header[i].len == folded.len && memcmp(rules->header[i].text, folded.text, folded.len) == 0)
            rules->header[i--] = rules->header[--rules->headers];
}

static void read_header(struct reading *r, json_t *row)
{
    static const char *const members[] = {"name", "treat", "kind", NULL};
    size_t found = 0;
    know(r, row, members);
    if (r->failed)
        return;
    const struct har_text name = text_in(r, row, "name", 1, NAME_MOST);
    const char *kind = kind_in(r, row);
    if (json_object_get(row, "treat")) {
        const struct har_text treat = text_in(r, row, "treat", 1, KIND_MOST);
        while (found < sizeof treats / sizeof *treats && strcmp(treats[found].word, treat.bytes) != 0)
            found++;
        if (found == sizeof treats / sizeof *treats) {
            complain(r, "treat", "must be value, scheme, cookie, set-cookie, params, address or text");
            return;
        }
    }
    if (!r->failed && !folded_length(name))
        complain(r, "name", "has no letters");
    if (r->failed)
        return;
    forget_header(r->rules, name);
    if (!rules_add_header(r->rules, name, kind, treats[found].treat, treats[found].secret))
        run_out(r);
}

/* The literals one behind the other; NULL when something is wrong. */
static char *read_literals(struct reading *r, const json_t *row)
{
    const json_t *list = json_object_get(row, "literals");
    char text[4096];
    size_t len = 0, i;
    json_t *value;
    if (!json_array_size(list)) {
        complain(r, "literals", "must be an array of texts that matches have in them");
        return NULL;
    }
    json_array_foreach(list, i, value)
    {
        const size_t one = json_string_length(value);
        if (one < LITERAL_LEAST || one > LITERAL_MOST || len + one + 2 > sizeof text) {
            complain(r, "literals", "must be texts of 3 to 64 bytes, of 4 KiB together");
            return NULL;
        }
        for (const char *c = json_string_value(value); *c; c++)
            if ((unsigned char)*c < ' ') {
                complain(r, "literals", "must not have control characters");
                return NULL;
            }
        memcpy(text + len, json_string_value(value), one + 1);
        len += one + 1;
    }
    char *copy = rules_text(r->rules, text, len);
    if (!copy)
        run_out(r);
    return copy;
}

static void read_pattern(struct reading *r, json_t *row)
{
    static const char *const members[] = {"id", "regex", "literals", "kind", "group", "back", "caseless", "pii", NULL};
    struct har_error wrong = {0};
    know(r, row, members);
    if (r->failed)
        return;
    const struct har_text id = text_in(r, row, "id", 1, NAME_MOST), regex = text_in(r, row, "regex", 1, REGEX_MOST);
    struct pattern_row made = {.kind = kind_in(r, row),
                               .group = (uint8_t)number_in(r, row, "group", GROUP_MOST),
                               .back = (uint8_t)number_in(r, row, "back", BACK_MOST),
                               .folds = truth_in(r, row, "caseless", false),
                               .form = REDACT_FORM_PLAIN};
    const bool pii = truth_in(r, row, "pii", false);
    for (size_t i = 0; i < id.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", id.bytes[i]))
            complain(r, "id", "must be of small letters, digits and -");
    made.literals = r->failed ? NULL : read_literals(r, row);
    if (!r->failed && !matcher_regex_is_right(regex.bytes, made.group, &wrong))
        complain(r, "regex", wrong.text);
    if (r->failed)
        return;
    made.id = id.bytes;
    made.regex = rules_text(r->rules, regex.bytes, regex.len);
    if (!made.regex || !rules_add_pattern(r->rules, &made, pii))
        run_out(r);
}

static void read_kept(struct reading *r, json_t *row)
{
    const struct har_text name = {json_string_value(row), json_string_length(row)};
    if (!json_is_string(row) || name.len > NAME_MOST || !folded_length(name))
        complain(r, "", "must be a name");
    else if (!har_redact_rules_keep(r->rules, name))
        run_out(r);
}

static void read_dropped(struct reading *r, json_t *row)
{
    const struct har_text name = {json_string_value(row), json_string_length(row)};
    if (!json_is_string(row) || name.len > NAME_MOST || !folded_length(name))
        complain(r, "", "must be a name");
    else if (!har_redact_rules_drop(r->rules, name))
        run_out(r);
}

static const struct {
    const char *name;
    void (*read)(struct reading *r, json_t *row);
} lists[] = {
    {"names", read_name}, {"headers", read_header}, {"patterns", read_pattern}, {"keep", read_kept}, {"drop", read_dropped},
};

/* ---- the file */

static void read_list(struct reading *r, const char *name, json_t *list)
{
    size_t found = 0;
    json_t *row;
    while (found < sizeof lists / sizeof *lists && strcmp(lists[found].name, name) != 0)
        found++;
    if (found == sizeof lists / sizeof *lists || !json_is_array(list)) {
        if (found < sizeof lists / sizeof *lists)
            har_error_set(r->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "rules: %s must be an array", name);
        else
            har_error_set(r->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                          "rules: a member is none of replace, names, headers, patterns, keep and drop");
        r->failed = true;
        return;
    }
    r->list = lists[found].name;
    json_array_foreach(list, r->index, row)
    {
        if (r->count++ >= RULES_MOST)
            complain(r, "", "there are too many rules");
        if (!r->failed)
            lists[found].read(r, row);
        if (r->failed)
            return;
    }
}

static void read_all(struct reading *r, json_t *root)
{
    const char *key;
    json_t *value;
    const json_t *replace = json_object_get(root, "replace");
    if (!json_is_object(root) || (replace && !json_is_boolean(replace))) {
        har_error_set(r->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                      "rules: the text must be an object, and replace in it true or false");
        r->failed = true;
        return;
    }
    if (json_is_true(replace))
        rules_clear(r->rules);
    json_object_foreach(root, key, value)
    {
        if (strcmp(key, "replace") != 0)
            read_list(r, key, value);
        if (r->failed)
            return;
    }
    if (!rules_finish(r->rules))
        run_out(r);
}

enum har_status har_redact_rules_read(struct har_redact_rules *rules, struct har_text json, struct har_error *error)
{
    json_error_t wrong;
    struct reading r = {.rules = rules, .error = error, .list = ""};
    json_t *root = json_loadb(json.bytes ? json.bytes : "", json.len, JSON_REJECT_DUPLICATES, &wrong);
    if (har_alloc_failed() || (!root && json_error_code(&wrong) == json_error_out_of_memory)) {
        json_decref(root);
        return har_error_memory(error);
    }
    if (!root)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "rules: line %d, column %d: %s", wrong.line, wrong.column,
                             wrong.text);
    read_all(&r, root);
    json_decref(root);
    return r.failed ? HAR_FATAL : HAR_OK;
}
