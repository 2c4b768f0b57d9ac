/* One member against its row: type, version, form; and what the tokenizer marked in it. */
#include <inttypes.h>
#include <string.h>

#include "check/check.h"
#include "check/spec.h"
#include "json/text.h"
#include "util/iso8601.h"

enum {
    PLAIN_DIGITS = 15, /* numbers of no more characters are exact in every reader */
};

/* Whether the digits of a whole number, sign and leading zeros aside, are above those of `most`. */
static bool above(const char *text, size_t len, const char *most)
{
    const size_t sign = len && *text == '-';
    const size_t digits = len - sign, most_digits = strlen(most);
    return digits != most_digits ? digits > most_digits : memcmp(text + sign, most, digits) > 0;
}

/* Whether some digit before the exponent is not zero. */
static bool has_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len && text[i] != 'e' && text[i] != 'E'; i++)
        if (text[i] >= '1' && text[i] <= '9')
            return true;
    return false;
}

bool check_number_odd(const struct har_tree *tree, const struct har_node *node, bool counted)
{
    const char *text = json_text(tree, node);
    const size_t len = node->text_len;
    double value = 0;
    bool whole;
    if (node->flags & JSON_TEXT_MARKED) /* NaN: told by its own rule */
        return false;
    if (len <= PLAIN_DIGITS && !memchr(text, 'e', len) && !memchr(text, 'E', len))
        return false;
    json_number_length(text, len, &whole);
    if (whole)
        return above(text, len, counted ? "9007199254740992" : *text == '-' ? "9223372036854775808" : "9223372036854775807");
    return !json_number(text, len, &value) || (value == 0 && has_digits(text, len));
}

struct har_arg check_kind(const struct har_node *node)
{
    static const char *const phrase[] = {"null", "a boolean", "a boolean", "a number", "a string", "an array", "an object"};
    return check_word(phrase[node->kind]);
}

static const char *type_phrase(unsigned types)
{
    static const struct {
        unsigned types;
        const char *phrase;
    } phrases[] = {
        {1 << HAR_KIND_STRING, "a string"},
        {1 << HAR_KIND_NUMBER, "a number"},
        {1 << HAR_KIND_TRUE | 1 << HAR_KIND_FALSE, "true or false"},
        {1 << HAR_KIND_ARRAY, "an array"},
        {1 << HAR_KIND_OBJECT, "an object"},
        {1 << HAR_KIND_OBJECT | 1 << HAR_KIND_NULL, "an object or null"},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].types == types)
            return phrases[i].phrase;
    return "another type";
}

/* A finding about `spec`.`member`, at its value. */
static void tell_value(struct check *check, enum har_rule rule, const struct har_object_spec *spec, const struct har_member *member,
                       const struct har_node *node, const char *message, const char *done)
{
    const struct har_arg args[] = {check_word(spec->name), check_word(member->name)};
    check_tell(check, rule, (struct check_where){node, false, 0}, message, args, 2, done);
}

static void tell_type(struct check *check, const struct har_object_spec *spec, const struct har_member *member,
                      const struct har_node *node)
{
    if (node->kind == HAR_KIND_NULL && member->flags & HAR_MEMBER_NULL_COMMON) {
        tell_value(check, HAR_RULE_NULL_MEMBER, spec, member, node, "%1.%2 is null; what is unknown is left out", "kept");
        return;
    }
    const struct har_arg args[] = {check_word(spec->name), check_word(member->name), check_kind(node),
                                   check_word(type_phrase(member->types))};
    check_tell(check, HAR_RULE_WRONG_TYPE, (struct check_where){node, false, 0}, "%1.%2 is %3, not %4", args, 4, NULL);
}

static const struct {
    enum har_rule rule;
    const char *message;
} date_rules[] = {
    [ISO8601_NOT] = {HAR_RULE_MALFORMED_DATE, "%1.%2 is no date and time: %3"},
    [ISO8601_IMPOSSIBLE] = {HAR_RULE_IMPOSSIBLE_DATE, "%1.%2 does not exist in the calendar: %3"},
    [ISO8601_NO_ZONE] = {HAR_RULE_DATE_WITHOUT_ZONE, "%1.%2 has no time zone: %3"},
    [ISO8601_OTHER] = {HAR_RULE_DATE_FORM, "%1.%2 is not in the form of the specification: %3"},
};

static bool check_date(struct check *check, const struct har_object_spec *spec, const struct har_member *member,
                       const struct har_node *node, bool tell)
{
    const struct har_tree *tree = check->item->tree;
    struct har_text text = har_node_text(tree, node);
    struct har_arg value = {HAR_ARG_VALUE, 0, text};
    if (node->flags & JSON_TEXT_ESCAPED) {
        value = check_value(check, node);
        text = value.text;
    }
    const enum iso8601_form form = iso8601_parse(text.bytes, text.len, NULL);
    if (form == ISO8601_W3C || !tell)
        return form != ISO8601_W3C;
    const struct har_arg args[] = {check_word(spec->name), check_word(member->name), value};
    check_tell(check, date_rules[form].rule, (struct check_where){node, false, 0}, date_rules[form].message, args, 3, NULL);
    return true;
}

/* A number that readers change. */
static bool check_precision(struct check *check, const struct har_node *node, bool counted, bool tell)
{
    if (!check_number_odd(check->item->tree, node, counted))
        return false;
    if (tell)
        check_tell(check, HAR_RULE_NUMBER_PRECISION, (struct check_where){node, false, 0}, "most readers change this number", NULL,
                   0, "kept as written");
    return true;
}

static bool check_form(struct check *check, const struct har_object_spec *spec, const struct har_member *member,
                       const struct har_node *node, bool tell)
{
    switch ((enum har_form)member->form) {
    case HAR_FORM_DATE_TIME:
        return check_date(check, spec, member, node, tell);
    case HAR_FORM_COUNT:
    case HAR_FORM_TIME:
        return check_precision(check, node, true, tell);
    case HAR_FORM_VERSION: /* of the log alone: version.c */
    case HAR_FORM_ANY:
        break;
    }
    return false;
}

/* A member without row. */
static bool check_custom(struct check *check, const struct har_object_spec *spec, const struct har_node *node, bool tell)
{
    const struct har_tree *tree = check->item->tree;
    const bool odd = node->kind == HAR_KIND_NUMBER && check_precision(check, node, false, tell);
    if (!spec || (node->key_len && *json_key(tree, node) == '_'))
        return odd;
    if (node->flags & JSON_KEY_ESCAPED && check_name(check, node).text.len && *check->decoded.data == '_')
        return odd;
    if (!tell)
        return true;
    const struct har_arg args[] = {check_word(spec->name), check_name(check, node)};
    check_tell(check, HAR_RULE_UNKNOWN_MEMBER, (struct check_where){node, true, 0},
               "%1 has no member %2; names of custom members start with an underscore", args, 2, "kept");
    return true;
}

/* What a row's version says about its use; false when nothing. */
static bool check_since(struct check *check, const struct har_object_spec *spec, const struct har_member *member,
                        const struct har_node *node, bool tell)
{
    if (member->since == HAR_VERSION_1_1 || (member->since == HAR_VERSION_1_2 && check->version >= HAR_VERSION_1_2))
        return false;
    if (!tell)
        return true;
    if (member->since == HAR_VERSION_1_2)
        check_newer(check, spec, node);
    else
        tell_value(check, HAR_RULE_DRAFT_MEMBER, spec, member, node, "%1.%2 comes from the proposal for HAR 1.3", "kept");
    return true;
}

void check_set_plain(struct check *check)
{
    for (unsigned object = 1; object < HAR_OBJECT_COUNT; object++)
        for (unsigned row = 0; row < spec_objects[object].count; row++) {
            const struct har_member *member = &spec_objects[object].members[row];
            const bool since =
                member->since == HAR_VERSION_1_1 || (member->since == HAR_VERSION_1_2 && check->version >= HAR_VERSION_1_2);
            const bool plain = since && member->form == HAR_FORM_ANY && !(member->flags & HAR_MEMBER_CUSTOM);
            check->plain[object][row] = plain ? member->types : 0;
        }
}

bool check_member(struct check *check, const struct har_object_spec *spec, const struct har_node *node, bool tell)
{
    if (!spec || node->member == JSON_NO_MEMBER)
        return check_custom(check, spec, node, tell);
    const struct har_member *member = &spec->members[node->member];
    bool trouble = check_since(check, spec, member, node, tell);
    if (member->flags & HAR_MEMBER_CUSTOM) {
        trouble = true;
        if (tell)
            tell_value(check, HAR_RULE_COMMON_CUSTOM_MEMBER, spec, member, node, "%1.%2 is in no version of HAR", "kept");
    }
    if (!(member->types & 1u << node->kind)) {
        if (tell)
            tell_type(check, spec, member, node);
        return true;
    }
    return check_form(check, spec, member, node, tell) || trouble;
}

static const struct {
    enum har_rule rule;
    const char *message, *done;
} mark_rules[] = {
    [JSON_MARK_CONTROL] = {HAR_RULE_JSON_CONTROL_CHARACTER, "a control character stands raw in a string", NULL},
    [JSON_MARK_ESCAPE] = {HAR_RULE_JSON_ESCAPE, "this backslash starts no known escape", NULL},
    [JSON_MARK_UTF8] = {HAR_RULE_NOT_UTF_8, "this byte is no UTF-8", NULL},
    [JSON_MARK_SURROGATE] = {HAR_RULE_LONE_SURROGATE, "half a surrogate pair", "kept"},
    [JSON_MARK_NUL] = {HAR_RULE_NUL_CHARACTER, "the string holds U+0000", "kept"},
    [JSON_MARK_NAN] = {HAR_RULE_NOT_A_NUMBER, "JSON has no such number", NULL},
};

/* Marks between two offsets. They ascend, and so do the nodes of the walk. */
static void tell_marks(struct check *check, const struct har_node *node, bool key, uint32_t from, uint32_t to)
{
    const struct har_tree *tree = check->item->tree;
    if (check->next_mark < tree->mark_count && check->next_mark && tree->mark[check->next_mark - 1].at >= from)
        check->next_mark = 0;
    while (check->next_mark < tree->mark_count && tree->mark[check->next_mark].at < from)
        check->next_mark++;
    for (; check->next_mark < tree->mark_count && tree->mark[check->next_mark].at < to; check->next_mark++) {
        const struct json_mark mark = tree->mark[check->next_mark];
        check_tell(check, mark_rules[mark.kind].rule, (struct check_where){node, key, mark.at}, mark_rules[mark.kind].message, NULL,
                   0, mark_rules[mark.kind].done);
    }
}

void check_marks(struct check *check, const struct har_node *node)
{
    if (node->flags & JSON_KEY_MARKED)
        tell_marks(check, node, true, node->key, node->key + node->key_len);
    if (node->flags & JSON_TEXT_MARKED)
        tell_marks(check, node, false, node->text, node->text + node->text_len);
}
