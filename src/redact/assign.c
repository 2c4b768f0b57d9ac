/* name = value, "name": value and the like. */
#include <string.h>
#include <strings.h>

#include "redact/text.h"

enum {
    EXPRESSION_LOOK = 64,  /* bytes of a value behind "?name=" that tell whether it is code */
    PARAMETER_LEAST = 12,  /* bytes of one that looks as a path of names does */
    CONNECTION_NAMES = 8,  /* names before one that are looked at to see whether they are those of a connection */
    CONNECTION_LOOK = 256, /* bytes before a name that tell whether it is one of several */
    PARAMETER_NAME = 64,   /* bytes of the name of one whose value is a parameter itself */
};

/* An assignment, as far as it is known. */
struct assignment {
    bool quoted;       /* the name is in quotes */
    bool near;         /* nothing is between name, mark and value */
    unsigned char op;  /* ':' '=' '>' (=>) or ' ' (an option of a command) */
    size_t key, value; /* where the name begins with its quotes, where the value begins */
};

/* The length of the mark at `at`, 0: there is none. */
static size_t mark_at(const struct text_scan *scan, size_t at, struct assignment *found)
{
    const unsigned char c = text_at(scan, at), next = text_at(scan, at + 1);
    found->op = c;
    if (c == ':')
        return next == ':' ? 0 : next == '=' ? 2 : 1;
    if (c != '=' || next == '=' || next == '~')
        return 0;
    if (next != '>')
        return 1;
    found->op = '>';
    return found->quoted || text_at(scan, found->key - 1) == ':' ? 2 : 0;
}

/* In "a ? name : b" and "case name:" the mark is none. */
static bool is_choice(const struct text_scan *scan, const struct assignment *found)
{
    const size_t before = text_skip_blanks_back(scan, found->key);
    return found->op == ':' && before > scan->begin &&
           (text_at(scan, before - 1) == '?' || (before - scan->begin >= 4 && !memcmp(scan->text.bytes + before - 4, "case", 4)));
}

static size_t skip(const struct text_scan *scan, size_t at, bool lines)
{
    if (lines)
        return text_skip_blanks(scan, at);
    const size_t most = at + TEXT_BLANKS_MOST;
    while (at < most && (text_at(scan, at) == ' ' || text_at(scan, at) == '\t'))
        at++;
    return at;
}

static bool find_mark(const struct text_scan *scan, const struct text_name *name, struct assignment *found)
{
    struct text_quote close, open;
    size_t at = name->end;
    *found = (struct assignment){.key = name->start};
    found->quoted = text_quote_at(scan, at, &close);
    if (found->quoted) {
        at += close.len;
        if (text_quote_before(scan, name->start, &open) && text_quote_same(&open, &close))
            found->key -= open.len;
        if (text_at(scan, at) == ']')
            at++;
    }
    const size_t op = skip(scan, at, found->quoted);
    const size_t len = mark_at(scan, op, found);
    if (len) {
        found->value = skip(scan, op + len, found->quoted);
        found->near = op == at && found->value == op + len;
        return !is_choice(scan, found);
    }
    /* --password value */
    found->op = ' ';
    found->value = op;
    return !found->quoted && op > at && name->start >= scan->begin + 2 && text_at(scan, name->start - 1) == '-' &&
           text_at(scan, name->start - 2) == '-' && text_at(scan, op) != '-';
}

static enum text_style style_of(const struct text_scan *scan, const struct text_name *name, const struct assignment *found)
{
    if (found->quoted || found->op == '>')
        return TEXT_JSON;
    return found->op == '=' && found->near && text_tag_start(scan, name->start, TEXT_LOOK_MOST / 8) != SIZE_MAX ? TEXT_MARKUP
                                                                                                                : TEXT_CODE;
}

/* ---- values without quotes */

static bool ends_bare(unsigned char c)
{
    return c <= ' ' || c == 0x7f || strchr(",;&)]}<>\"'`({[|?!\\", c);
}

/* In code a mark ends the value, too, if it is no padding of base64: then it begins another one. */
static size_t bare_end(const struct text_scan *scan, size_t at, bool line)
{
    const size_t from = at;
    for (; at < scan->text.len; at++) {
        const unsigned char c = text_at(scan, at);
        if (line ? c <= ' ' || c == '"' || c == '\'' : ends_bare(c))
            break;
        if (!line && (c == '=' || c == ':') && text_is_name_byte(text_at(scan, at + 1)))
            break;
    }
    /* "name=value; path=/": the mark parts cookies */
    return line && at > from + 1 && text_at(scan, at) == ' ' && strchr(";,", text_at(scan, at - 1)) ? at - 1 : at;
}

static bool ends_parameter(unsigned char c)
{
    return c <= ' ' || c == 0x7f || strchr("&\"'<>`#\\{}|^)", c);
}

static bool is_behind_amp(const struct text_scan *scan, size_t key)
{
    const unsigned char before = text_at(scan, key - 1);
    return before == '&' ? text_at(scan, key - 2) != '&'
                         : before == ';' && key >= scan->begin + 5 && !memcmp(scan->text.bytes + key - 5, "&amp;", 5);
}

/* "?x=name=value" */
static bool is_behind_parameter(const struct text_scan *scan, size_t key)
{
    size_t at = key;
    if (text_at(scan, --at) != '=')
        return false;
    while (key - at < PARAMETER_NAME && (text_is_name_byte(text_at(scan, at - 1)) || text_at(scan, at - 1) == '%'))
        at--;
    return at + 1 < key && strchr("?&#", text_at(scan, at - 1)) && text_at(scan, at - 1);
}

/* "?name=value", "&name=value", "&amp;name=value", and the first of "name=value&name=value". In code "?" stands before other
 * things, too. */
static bool is_parameter(const struct text_scan *scan, const struct assignment *found)
{
    const unsigned char before = text_at(scan, found->key - 1);
    if (found->op != '=' || !found->near || found->quoted)
        return false;
    if (is_behind_amp(scan, found->key) || is_behind_parameter(scan, found->key))
        return true;
    size_t at = found->value;
    bool digit = false, code = false, path = false;
    for (; at < scan->text.len && at < found->value + EXPRESSION_LOOK && !ends_parameter(text_at(scan, at)); at++) {
        digit |= text_at(scan, at) >= '0' && text_at(scan, at) <= '9';
        const bool no = text_at(scan, at) == '!' && (at == found->value || text_at(scan, at + 1) == '=');
        code |= no || strchr("(;[", text_at(scan, at)) != NULL;
        path |= strchr(".:,", text_at(scan, at)) != NULL;
    }
    if (before == '?' || before == '#')
        return !code && (!path || (digit && at - found->value >= PARAMETER_LEAST));
    if (text_at(scan, at) != '&' || !text_is_name_byte(text_at(scan, at + 1)))
        return false;
    for (at++; at < found->value + 4 * EXPRESSION_LOOK && text_is_name_byte(text_at(scan, at)); at++)
        ;
    return text_at(scan, at) == '=';
}

/* NAME, as variables of environments are written. */
static bool is_shouted(const struct text_scan *scan, const struct text_name *name)
{
    for (size_t at = name->start; at < name->end; at++)
        if (text_at(scan, at) >= 'a' && text_at(scan, at) <= 'z')
            return false;
    return text_at(scan, name->start - 1) <= ' ' && text_at(scan, name->end) == '=' && text_at(scan, name->end + 1) > ' ';
}

/* PASSWORD=value on a line by itself, which code does not look like. */
static bool is_setting(const struct text_scan *scan, const struct text_name *name, const struct assignment *found)
{
    size_t at = name->start;
    if (found->op == ' ')
        return true;
    if (found->op != '=' || found->quoted)
        return false;
    if ((text_at(scan, at - 1) == '-' && text_at(scan, at - 2) == '-') || is_shouted(scan, name))
        return true;
    while (at > scan->begin && name->start - at < EXPRESSION_LOOK && text_at(scan, at - 1) != '\n') {
        const unsigned char c = text_at(scan, --at);
        if (c && strchr("(){};=<>\"'`?&|!+*", c))
            return false;
    }
    for (at = found->value; at < scan->text.len && at < found->value + EXPRESSION_LOOK && text_at(scan, at) != '\n'; at++)
        if (strchr("(){};,[]", text_at(scan, at)))
            return false;
    return true;
}

/* In "Server=a;User Id=b;Password=c": what databases and queues are reached with. Behind the value, or 0. */
static size_t connection_end(const struct text_scan *scan, const struct assignment *found)
{
    static const char *const others[] = {"server", "data source", "host", "endpoint", "accountname", "uid", "user id"};
    const char *const bytes = scan->text.bytes;
    const size_t key = found->key, least = key > scan->begin + CONNECTION_LOOK ? key - CONNECTION_LOOK : scan->begin;
    size_t before = text_skip_blanks_back(scan, key);
    if (found->op != '=' || found->quoted || before <= scan->begin || text_at(scan, before - 1) != ';')
        return 0;
    for (unsigned names = 0; names < CONNECTION_NAMES && before > least; names++) {
        const char *const equals = memrchr(bytes + least, '=', before - least);
        if (!equals)
            return 0;
        before = (size_t)(equals - bytes);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            const size_t len = strlen(others[i]);
            if (len > before - least || strncasecmp(equals - len, others[i], len))
                continue;
            size_t at = found->value;
            while (at < scan->text.len && !strchr(";\"'<>\r\n\\", text_at(scan, at)))
                at++;
            return at;
        }
    }
    return 0;
}

/* The rest of a line, when it is a phrase: a value in the middle of which are blanks. */
static size_t phrase_end(const struct text_scan *scan, size_t at)
{
    size_t end = at;
    while (end < scan->text.len && end - at < TEXT_NAME_MOST && text_at(scan, end) >= ' ')
        end++;
    if (end < scan->text.len && text_at(scan, end) >= ' ')
        return 0;
    return text_looks_phrase((struct har_text){scan->text.bytes + at, end - at}) ? end : 0;
}

static size_t take_number(struct text_scan *scan, const struct text_name *name, size_t at)
{
    size_t end = at + (text_at(scan, at) == '-');
    while (end < scan->text.len && strchr("0123456789.eE+-", text_at(scan, end)) && text_at(scan, end))
        end++;
    if (name->verdict.tier == REDACT_ANY && end - at > 1 && !text_number_counts(scan, name))
        redact_secret_as(scan->engine, scan->text, at, end, name->verdict.rule, REDACT_SECRET_NUMBER, scan->edits);
    return end;
}

/* "/" and "+" begin other things in code, but base64, too. */
static bool begins_padded(const struct text_scan *scan, size_t at)
{
    size_t end = at;
    while (end - at < TEXT_NAME_MOST && text_at(scan, end) != '=' && !ends_bare(text_at(scan, end)))
        end++;
    while (end - at < TEXT_NAME_MOST && text_at(scan, end) == '=')
        end++;
    return text_looks_padded((struct har_text){scan->text.bytes + at, end - at});
}

static size_t take_bare(struct text_scan *scan, struct text_name *name, const struct assignment *found)
{
    const unsigned char first = text_at(scan, found->value);
    if (is_parameter(scan, found)) {
        size_t end = found->value;
        while (end < scan->text.len && !ends_parameter(text_at(scan, end)))
            end++;
        if (end == found->value || !text_know(scan, name, REDACT_NAME_PARAMETER))
            return 0;
        text_take_bare(scan, name, TEXT_PARAM, found->value, end);
        return end;
    }
    if (ends_bare(first) || (strchr("#.$@*/+=", first) && !begins_padded(scan, found->value)) ||
        !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    if (found->quoted && (first == '-' || (first >= '0' && first <= '9')))
        return take_number(scan, name, found->value);
    const size_t connection = connection_end(scan, found);
    const bool line = connection || is_setting(scan, name, found);
    const size_t phrase = line && !connection && found->op == '=' ? phrase_end(scan, found->value) : 0;
    const size_t end = connection ? connection : phrase ? phrase : bare_end(scan, found->value, line);
    if (!line && strchr("([{?!|", text_at(scan, end)) && end < scan->text.len)
        return 0;
    return text_take_bare(scan, name, line ? TEXT_LINE : TEXT_CODE, found->value, end) ? end : 0;
}

size_t text_find_assignment(struct text_scan *scan, struct text_name *name)
{
    struct assignment found;
    struct text_quote quote;
    if (!find_mark(scan, name, &found) || found.value >= scan->text.len)
        return 0;
    const unsigned char first = text_at(scan, found.value);
    if (first == '{' || first == '[')
        return found.quoted && text_know(scan, name, REDACT_NAME_TEXT) && name->verdict.tier == REDACT_ANY
                   ? text_take_inside(scan, name, found.value)
                   : 0;
    if (!text_quote_at(scan, found.value, &quote))
        return take_bare(scan, name, &found);
    if (!text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    if (!found.quoted && found.op == '=' && found.near && (is_behind_amp(scan, found.key) || text_at(scan, found.key - 1) == '?'))
        return 0; /* "...?name=" + value */
    size_t next;
    const size_t start = found.value + quote.len, end = text_value_end(scan, start, &quote, &next);
    const enum text_style style = quote.mark == '`' ? TEXT_CODE : style_of(scan, name, &found);
    return text_take_quoted(scan, name, style, start, end) ? next : start;
}
