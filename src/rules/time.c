/* Dates, their order, and durations that must add up. */
#include "check/semantic.h"

#include "json/tree.h"
#include "util/text.h"

#define DAY_SECONDS INT64_C(86400)
#define DAY_MS      86400000.0

/* Captures did not exist before: 1990-01-01T00:00:00 wherever the clock stood. */
#define FIRST_SECOND INT64_C(631152000)

/* Seconds since 1970, from 1973 on: fewer digits may be a date without dashes. */
#define SECONDS_LEAST 9
#define SECONDS_MOST  12

/* How far a sum may be off without a finding, and with one about rounding: writers round each part on its own. */
#define EXACT_MS    1.0
#define EXACT_PART  1e-6
#define NEARLY_MS   5.0
#define NEARLY_PART 0.01

/* What is remembered of the last entry that has a date. */
struct time_ctx {
    bool known;
    struct iso8601 started;
    uint64_t ordinal;
};

/* Dates that no capture has: left over from a clock that was not set, from a conversion, from a placeholder. */
static void look_at_date(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const bool page = check->item->kind == HAR_ITEM_PAGE;
    const struct har_node *node = page ? facts->page[PAGE_startedDateTime] : facts->entry[ENTRY_startedDateTime];
    if (facts->started_form < ISO8601_OTHER)
        return;
    const int64_t now = har_settings_now(check->settings);
    if (facts->started.seconds + facts->started.offset_minutes * INT64_C(60) < FIRST_SECOND) {
        const struct har_text text = semantic_text(check, node, &check->decoded);
        uint64_t year = 0;
        for (size_t i = 0; i < 4 && i < text.len; i++)
            year = year * 10 + (uint64_t)(text.bytes[i] - '0'); /* all forms begin with it */
        const struct har_arg arg = check_number(year);
        semantic_tell(check, HAR_RULE_UNLIKELY_DATE, node, "the year is %1, there were no captures then", &arg, 1);
    } else if (now && facts->started.seconds - DAY_SECONDS > now) {
        const struct har_arg arg = check_number((uint64_t)(facts->started.seconds - now) / (uint64_t)DAY_SECONDS);
        semantic_tell(check, HAR_RULE_UNLIKELY_DATE, node, "the date lies in the future, %1 days and more from now", &arg, 1);
    }
}

static void look_at_order(struct check *check, const struct facts *facts, void *ctx)
{
    struct time_ctx *last = ctx;
    if (facts->started_form < ISO8601_OTHER)
        return;
    const double ms = last->known ? iso8601_later_ms(&last->started, &facts->started) : 0;
    const struct har_arg args[] = {semantic_decimal(ms), check_number(last->ordinal)};
    if (ms > 0)
        semantic_tell(check, HAR_RULE_UNSORTED_ENTRIES, facts->entry[ENTRY_startedDateTime],
                      "starts %1 ms before entry %2, which stands before it", args, 2);
    *last = (struct time_ctx){true, facts->started, check->item->ordinal};
}

static bool is_seconds(struct har_text text)
{
    size_t digits = 0;
    while (digits < text.len && text.bytes[digits] >= '0' && text.bytes[digits] <= '9')
        digits++;
    const bool zero = digits == 1 && *text.bytes == '0';
    return digits == text.len && (zero || (digits >= SECONDS_LEAST && digits <= SECONDS_MOST));
}

/* A date that is not the start of anything. The zone may be missing: the specification's own examples have none. */
static void look_at_expiry(struct check *check, const struct har_node *node, bool cached)
{
    if (!node)
        return;
    if (!node->text_len) {
        const struct har_arg name = check_name(check, node);
        semantic_tell(check, HAR_RULE_EMPTY_EXPIRES, node, "%1 is empty; what is unknown is left out", &name, 1);
        return;
    }
    const struct har_text text = semantic_text(check, node, &check->decoded);
    const enum iso8601_form form = iso8601_parse(text.bytes, text.len, NULL);
    const struct har_arg value = {HAR_ARG_VALUE, 0, text};
    if (form < ISO8601_NO_ZONE && cached && is_seconds(text)) {
        const struct har_arg args[] = {check_name(check, node), value};
        semantic_tell(check, HAR_RULE_NUMERIC_EXPIRES, node, "%1 counts seconds since 1970: %2", args, 2);
        return;
    }
    if (form >= ISO8601_NO_ZONE || !semantic_on(check, HAR_RULE_MALFORMED_EXPIRES))
        return;
    semantic_tell(check, HAR_RULE_MALFORMED_EXPIRES, node,
                  form == ISO8601_IMPOSSIBLE ? "there is no such date: %1" : "this is no ISO 8601 date and time: %1", &value, 1);
}

static void look_at_cookies(struct check *check, const struct har_node *cookies)
{
    for (const struct har_node *cookie = semantic_first(check, cookies); cookie; cookie = semantic_next(check, cookie)) {
        const struct har_node *member[COOKIE_rows] = {NULL};
        if (cookie->object != HAR_OBJECT_COOKIE)
            continue;
        semantic_gather(check, cookie, member);
        look_at_expiry(check, member[COOKIE_expires], false);
    }
}

static void look_at_expiries(struct check *check, const struct facts *facts, void *ctx)
{
    static const unsigned states[] = {CACHE_beforeRequest, CACHE_afterRequest};
    (void)ctx;
    look_at_cookies(check, facts->request[REQUEST_cookies]);
    look_at_cookies(check, facts->response[RESPONSE_cookies]);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const struct har_node *state = facts->cache[states[i]];
        const struct har_node *member[CACHE_ENTRY_rows] = {NULL};
        if (!state || state->object != HAR_OBJECT_CACHE_ENTRY)
            continue;
        semantic_gather(check, state, member);
        look_at_expiry(check, member[CACHE_ENTRY_expires], true);
        look_at_expiry(check, member[CACHE_ENTRY_lastAccess], true);
    }
}

/* The durations of an entry; the first is their sum, without ssl, which is a part of connect. */
enum duration { TIME, BLOCKED, DNS, CONNECT, SEND, WAIT, RECEIVE, SSL, DURATIONS };

static const struct {
    const char *name;
    unsigned row;  /* of the timings */
    bool required; /* -1, "does not apply", is for the others */
} durations[DURATIONS] = {
    [TIME] = {"entry.time", 0, true},
    [BLOCKED] = {"timings.blocked", TIMINGS_blocked, false},
    [DNS] = {"timings.dns", TIMINGS_dns, false},
    [CONNECT] = {"timings.connect", TIMINGS_connect, false},
    [SEND] = {"timings.send", TIMINGS_send, true},
    [WAIT] = {"timings.wait", TIMINGS_wait, true},
    [RECEIVE] = {"timings.receive", TIMINGS_receive, true},
    [SSL] = {"timings.ssl", TIMINGS_ssl, false},
};

struct times {
    const struct har_node *node[DURATIONS];
    double ms[DURATIONS];
    bool known[DURATIONS]; /* there is such a number, and it is not negative */
};

/* What is wrong with a duration alone. */
static void look_at_duration(struct check *check, struct times *times, enum duration which)
{
    const double ms = times->ms[which];
    const struct har_arg args[] = {check_word(durations[which].name), semantic_decimal(ms)};
    times->known[which] = ms >= 0;
    if (ms == -1 && durations[which].required)
        semantic_tell(check, HAR_RULE_UNKNOWN_TIME, times->node[which], "%1 is -1, but it has to be known", args, 1);
    else if (ms < 0 && ms > -1 && which == BLOCKED)
        semantic_tell(check, HAR_RULE_NEGATIVE_BLOCKED, times->node[which], "%1 is %2 ms, between -1 and 0", args, 2);
    else if (ms < 0 && ms != -1)
        semantic_tell(check, HAR_RULE_NEGATIVE_TIME, times->node[which],
                      durations[which].required ? "%1 is %2 ms, no time is less than nothing"
                                                : "%1 is %2 ms; -1, which does not apply, is the only negative number",
                      args, 2);
    else if (ms > DAY_MS)
        semantic_tell(check, HAR_RULE_UNLIKELY_DURATION, times->node[which], "%1 is %2 ms, more than a day", args, 2);
}

static bool within(double time, double sum, double ms, double part)
{
    const double off = time < sum ? sum - time : time - sum, share = part * (time < sum ? sum : time);
    return off <= ms || off <= share;
}

/* Whether time is the sum. True when the sum shows that connect lacks ssl, and that was told. */
static bool look_at_sum(struct check *check, const struct times *times)
{
    static const enum duration required[] = {TIME, SEND, WAIT, RECEIVE};
    double sum = 0;
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        if (!times->known[required[i]])
            return false;
    for (int i = BLOCKED; i <= RECEIVE; i++) {
        if (times->node[i] && !times->known[i] && times->ms[i] != -1)
            return false; /* a negative time was told, the sum would be about the same */
        sum += times->known[i] ? times->ms[i] : 0;
    }
    const double time = times->ms[TIME], ssl = times->known[SSL] ? times->ms[SSL] : 0;
    const double connect = times->known[CONNECT] ? times->ms[CONNECT] : 0;
    if (within(time, sum, EXACT_MS, EXACT_PART))
        return false;
    const struct har_arg args[] = {semantic_decimal(time), semantic_decimal(sum), semantic_decimal(ssl), semantic_decimal(connect)};
    if (ssl > 0 && within(time, sum + ssl, EXACT_MS, EXACT_PART)) {
        if (ssl > connect)
            semantic_tell(check, HAR_RULE_CONNECT_EXCLUDES_SSL, times->node[SSL],
                          connect > 0 ? "time is %1, which is the sum %2 and ssl %3: connect %4 lacks the time of ssl"
                                      : "time is %1, which is the sum %2 and ssl %3: there is no connect that holds it",
                          args, connect > 0 ? 4 : 3);
        else
            semantic_tell(check, HAR_RULE_SSL_COUNTED_TWICE, times->node[TIME],
                          "time is %1, which is the sum %2 and ssl %3: ssl is a part of connect %4 already", args, 4);
        return ssl > connect && semantic_on(check, HAR_RULE_CONNECT_EXCLUDES_SSL);
    }
    const bool nearly = within(time, sum, NEARLY_MS, NEARLY_PART);
    semantic_tell(check, nearly ? HAR_RULE_TIME_ROUNDING : HAR_RULE_TIME_MISMATCH, times->node[TIME],
                  nearly ? "time is %1, the timings add up to %2" : "time is %1 but the timings add up to %2", args, 2);
    return false;
}

/* ssl is a part of connect, and of https only. 0 says that it took no time, whatever it is a part of. */
static void look_at_ssl(struct check *check, const struct facts *facts, const struct times *times, bool excluded)
{
    if (!times->known[SSL] || times->ms[SSL] <= 0)
        return;
    const bool connect = times->known[CONNECT];
    const struct har_arg args[] = {semantic_decimal(times->ms[SSL]), semantic_decimal(connect ? times->ms[CONNECT] : 0)};
    if (!excluded && (!connect || times->ms[SSL] > times->ms[CONNECT] + EXACT_MS))
        semantic_tell(check, HAR_RULE_SSL_OUTSIDE_CONNECT, times->node[SSL],
                      connect ? "ssl is %1 ms, connect, of which it is a part, is %2 ms"
                              : "ssl is %1 ms, connect, of which it is a part, is not known",
                      args, connect ? 2 : 1);
    if (semantic_on(check, HAR_RULE_SSL_WITHOUT_HTTPS) && (text_is(facts->url.scheme, "http") || text_is(facts->url.scheme, "ws")))
        semantic_tell(check, HAR_RULE_SSL_WITHOUT_HTTPS, times->node[SSL], "ssl is %1 ms, but the request went without TLS", args,
                      1);
}

static void look_at_times(struct check *check, const struct facts *facts, void *ctx)
{
    struct times times = {0};
    (void)ctx;
    for (int i = 0; i < DURATIONS; i++) {
        times.node[i] = i == TIME ? facts->entry[ENTRY_time] : facts->timings[durations[i].row];
        if (semantic_number(check, times.node[i], &times.ms[i]))
            look_at_duration(check, &times, (enum duration)i);
        else
            times.node[i] = NULL; /* absent, or too large to be one */
    }
    look_at_ssl(check, facts, &times, look_at_sum(check, &times));
}

static const struct semantic_row rows[] = {
    {look_at_date, IN(PAGE) | IN(ENTRY), {HAR_RULE_UNLIKELY_DATE, HAR_RULE_COUNT}},
    {look_at_order, IN(ENTRY), {HAR_RULE_UNSORTED_ENTRIES, HAR_RULE_COUNT}},
    {look_at_expiries, IN(ENTRY), {HAR_RULE_MALFORMED_EXPIRES, HAR_RULE_NUMERIC_EXPIRES, HAR_RULE_EMPTY_EXPIRES, HAR_RULE_COUNT}},
    {look_at_times,
     IN(ENTRY),
     {HAR_RULE_UNKNOWN_TIME, HAR_RULE_NEGATIVE_TIME, HAR_RULE_NEGATIVE_BLOCKED, HAR_RULE_TIME_MISMATCH, HAR_RULE_TIME_ROUNDING,
      HAR_RULE_CONNECT_EXCLUDES_SSL, HAR_RULE_SSL_COUNTED_TWICE, HAR_RULE_SSL_OUTSIDE_CONNECT, HAR_RULE_SSL_WITHOUT_HTTPS,
      HAR_RULE_UNLIKELY_DURATION, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_time = {rows, sizeof(struct time_ctx), NULL};
