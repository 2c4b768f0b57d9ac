/* log.version, and what had to wait for it. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"

/* A number without sign at `text`, moved behind it; negative when there is none. Large ones stay at a large value. */
static long take_number(const char **text, size_t *len)
{
    long value = -1;
    for (; *len && **text >= '0' && **text <= '9'; ++*text, --*len)
        value = value > 99999 ? value : (value < 0 ? 0 : value) * 10 + (**text - '0');
    return value;
}

/* What the settings demand stands above what the file says. */
static void set_version(struct check *check, unsigned version)
{
    const unsigned demanded = har_settings_version(check->settings);
    check->version = demanded ? demanded : version;
}

static void read_version(struct check *check, const struct har_node *node)
{
    const struct check_where where = {node, false, 0};
    const struct har_arg value = check_value(check, node);
    struct har_text text = value.text;
    struct har_summary *summary = check->to->summary;
    if (!text.len) {
        set_version(check, HAR_VERSION_1_1);
        check_tell(check, HAR_RULE_EMPTY_VERSION, where, "log.version is empty", NULL, 0, "read as 1.1");
        return;
    }
    const bool old = har_settings_version(check->settings) == HAR_VERSION_1_1;
    const long major = take_number(&text.bytes, &text.len);
    const bool dot = text.len && *text.bytes == '.';
    text.bytes += dot;
    text.len -= dot;
    const long minor = dot ? take_number(&text.bytes, &text.len) : -1;
    if (major < 0 || minor < 0 || text.len) {
        set_version(check, HAR_VERSION_1_2);
        check_tell(check, HAR_RULE_MALFORMED_VERSION, where, "log.version is not of the form major.minor: %1", &value, 1,
                   "read as 1.2");
        return;
    }
    if (value.text.len < sizeof summary->version)
        memcpy(summary->version, value.text.bytes, value.text.len); /* the rest is zero; digits and one dot only */
    set_version(check, major == 1 && minor == 1 ? HAR_VERSION_1_1 : HAR_VERSION_1_2);
    const struct har_arg args[] = {check_number((uint64_t)major), check_number((uint64_t)minor)};
    if (major != 1 || minor < 1)
        check_tell(check, HAR_RULE_UNSUPPORTED_VERSION, where, "version %1.%2: readers take 1.1 and newer 1.x only", args, 2,
                   "read as 1.2");
    else if (minor > (old ? 1 : 2))
        check_tell(check, HAR_RULE_NEWER_VERSION, where,
                   old ? "version %1.%2 is newer than 1.1" : "version %1.%2 is newer than 1.2", args, 2,
                   old ? "read as 1.1" : "read as 1.2");
}

void check_version(struct check *check, const struct har_node *node)
{
    read_version(check, node);
    check_set_plain(check);
}

static bool grow(struct check *check)
{
    const size_t cap = check->deferred_cap ? check->deferred_cap * 2 : 256;
    struct check_deferred *grown = realloc(check->deferred, cap * sizeof *grown);
    if (!grown) {
        check->no_memory = true;
        return false;
    }
    check->deferred = grown;
    check->deferred_cap = cap;
    return true;
}

void check_defer(struct check *check, enum har_object object, const struct har_node *node)
{
    if (check->deferred_count >= har_settings_bound(check->settings, HAR_BOUND_DEFERRED)) {
        check->deferred_lost++;
        return;
    }
    if (check->deferred_count == check->deferred_cap && !grow(check))
        return;
    const struct har_text pointer = check_pointer(check, node);
    struct har_buffer *text = &check->deferred_text;
    const size_t at = text->len;
    const struct har_arg name = node->member == JSON_NO_MEMBER ? check_name(check, node) : check_word("");
    if (!har_buffer_append(text, pointer.bytes, pointer.len) || !har_buffer_append(text, name.text.bytes, name.text.len)) {
        check->no_memory = true;
        return;
    }
    const bool entry = check->item->kind == HAR_ITEM_ENTRY;
    struct check_deferred *deferred = &check->deferred[check->deferred_count++];
    *deferred = (struct check_deferred){.entry = entry ? (int64_t)check->item->ordinal : -1,
                                        .pointer = at,
                                        .pointer_len = pointer.len,
                                        .name_len = name.text.len,
                                        .object = (uint8_t)object,
                                        .member = node->member};
    check_span(check, (struct check_where){node, true, 0}, &deferred->place, &deferred->end);
}

static const char newer_message[] = "%1.%2 came with HAR 1.2, the file says 1.1";
static const char demanded_message[] = "%1.%2 came with HAR 1.2, 1.1 is asked for";

void check_newer(struct check *check, const struct har_object_spec *spec, const struct har_node *node)
{
    const struct har_node *parent = node == check->item->tree->node ? NULL : &check->item->tree->node[node->parent];
    if (!check->version) {
        check_defer(check, parent ? (enum har_object)parent->object : HAR_OBJECT_LOG, node);
        return;
    }
    if (check->version >= HAR_VERSION_1_2)
        return;
    const struct har_arg args[] = {check_word(spec->name), check_word(spec->members[node->member].name)};
    check_tell(check, HAR_RULE_NEWER_MEMBER, (struct check_where){node, true, 0},
               har_settings_version(check->settings) ? demanded_message : newer_message, args, 2, "kept");
}

static void tell_deferred(struct check *check, const struct check_deferred *d)
{
    const struct har_object_spec *spec = har_spec_object((enum har_object)d->object);
    const bool unknown = d->member == JSON_NO_MEMBER;
    const char *text = check->deferred_text.data + d->pointer;
    struct har_finding finding = {.rule = unknown ? HAR_RULE_UNKNOWN_MEMBER : HAR_RULE_NEWER_MEMBER,
                                  .place = d->place,
                                  .end = d->end,
                                  .entry = d->entry,
                                  .pointer = {text, d->pointer_len},
                                  .message = unknown ? "a HAR document has no member %1 beside log" : newer_message,
                                  .done = "kept"};
    if (unknown) {
        finding.arg[0] = (struct har_arg){HAR_ARG_NAME, 0, {text + d->pointer_len, d->name_len}};
    } else {
        finding.arg[0] = check_word(spec->name);
        finding.arg[1] = check_word(spec->members[d->member].name);
    }
    har_report_finding(check->to, &finding);
}

void check_deferred_end(struct check *check)
{
    const bool old = check->version && check->version < HAR_VERSION_1_2;
    const bool har = check->log.present && !check->enveloped; /* of what is no HAR only the missing log is told */
    for (size_t i = 0; i < check->deferred_count; i++) {
        const struct check_deferred *d = &check->deferred[i];
        if (d->member == JSON_NO_MEMBER ? har : old)
            tell_deferred(check, d);
    }
    if (check->deferred_lost && (old || har)) {
        const struct har_arg count = check_number(check->deferred_lost);
        check_tell(check, HAR_RULE_NEWER_MEMBER, (struct check_where){NULL, false, 0},
                   "%1 more members came before the version and were not looked at; --max-deferred takes more", &count, 1, NULL);
    }
    check->deferred_count = 0;
    check->deferred_lost = 0;
    har_buffer_clear(&check->deferred_text);
}
