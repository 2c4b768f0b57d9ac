/* Normalize: time and timings. What is missing, -1 or negative is worked out where the other numbers leave no doubt about their
 * sum: time is that of blocked, dns, connect, send, wait and receive, and ssl is a part of connect. */
#include "normalize/measure.h"

#include <string.h>

/* How far a sum may be off, as the rules have it. */
#define EXACT_MS   1.0
#define EXACT_PART 1e-6

/* Nothing is worked out from numbers whose sum may be none. */
#define MOST_MS 1e300

/* What is left of time is ssl and nothing else. */
#define SAME_MS 0.001

enum part { BLOCKED, DNS, CONNECT, SEND, WAIT, RECEIVE, SSL, PARTS };

enum state {
    MISSING,    /* or null */
    KNOWN,      /* 0 and more */
    UNKNOWN,    /* -1: that it is not known, or for the optional ones that it does not apply */
    NEGATIVE,   /* less than nothing */
    UNREADABLE, /* no number, or one that is too large: left alone, with all that depends on it */
};

static const uint8_t part_rows[PARTS] = {
    [BLOCKED] = TIMINGS_blocked, [DNS] = TIMINGS_dns,         [CONNECT] = TIMINGS_connect, [SEND] = TIMINGS_send,
    [WAIT] = TIMINGS_wait,       [RECEIVE] = TIMINGS_receive, [SSL] = TIMINGS_ssl,
};

static bool is_required(enum part part)
{
    return part >= SEND && part <= RECEIVE;
}

struct duration {
    uint32_t node; /* JSON_NONE */
    enum state state;
    double ms;
};

struct times {
    uint32_t timings; /* the object; JSON_NONE */
    struct duration time, part[PARTS];
    bool odd;   /* something is to be done */
    bool empty; /* the timings have no members */
};

static struct duration read_duration(const struct normalize *n, uint32_t node)
{
    struct duration duration = {node, MISSING, 0};
    if (node == JSON_NONE || normalize_node(n, node)->kind == HAR_KIND_NULL)
        return duration;
    if (!normalize_number(n, node, &duration.ms) || duration.ms > MOST_MS || duration.ms < -MOST_MS)
        duration.state = UNREADABLE;
    else
        duration.state = duration.ms >= 0 ? KNOWN : duration.ms == -1 ? UNKNOWN : NEGATIVE;
    return duration;
}

/* False when there are timings that are no object. */
static bool read_times(const struct normalize *n, struct times *times)
{
    uint32_t member[PARTS];
    const uint32_t timings = normalize_member(n, 0, ENTRY_timings);
    const uint8_t kind = timings == JSON_NONE ? HAR_KIND_NULL : normalize_node(n, timings)->kind;
    if (kind != HAR_KIND_NULL && (kind != HAR_KIND_OBJECT || normalize_node(n, timings)->object != HAR_OBJECT_TIMINGS))
        return false;
    times->timings = kind == HAR_KIND_OBJECT ? timings : JSON_NONE;
    times->time = read_duration(n, normalize_member(n, 0, ENTRY_time));
    for (int i = 0; i < PARTS; i++)
        member[i] = JSON_NONE;
    times->empty = true;
    for (uint32_t i = times->timings == JSON_NONE ? JSON_NONE : normalize_node(n, timings)->child; i != JSON_NONE;
         i = normalize_node(n, i)->next) {
        times->empty = false;
        for (int part = 0; part < PARTS; part++)
            if (normalize_node(n, i)->member == part_rows[part])
                member[part] = i;
    }
    times->odd = times->time.state != KNOWN;
    for (int i = 0; i < PARTS; i++) {
        times->part[i] = read_duration(n, member[i]);
        const enum state state = times->part[i].state;
        times->odd |= state != KNOWN && (is_required((enum part)i) || (state != MISSING && state != UNKNOWN));
    }
    return true;
}

/* Nine digits behind the point are a millionth of a nanosecond: what lies beyond them comes from adding doubles. */
static double rounded(double ms)
{
    static const double scale = 1e9, most = 9e9;
    return ms >= 0 && ms < most ? (double)(int64_t)(ms * scale + 0.5) / scale : ms;
}

/* The sum of what is known of the parts of time. */
static double sum_of(const struct times *times)
{
    double sum = 0;
    for (int i = BLOCKED; i <= RECEIVE; i++)
        if (times->part[i].state == KNOWN)
            sum += times->part[i].ms;
    return sum;
}

static bool all_known(const struct times *times)
{
    return times->part[SEND].state == KNOWN && times->part[WAIT].state == KNOWN && times->part[RECEIVE].state == KNOWN;
}

static bool any_unreadable(const struct times *times)
{
    bool unreadable = times->time.state == UNREADABLE;
    for (int i = 0; i < PARTS; i++)
        unreadable |= times->part[i].state == UNREADABLE;
    return unreadable;
}

/* blocked, dns, connect and ssl may be left out, so what is negative without being -1 is kept aside. */
static void set_negatives_aside(struct normalize *n, struct times *times)
{
    for (int i = 0; i < PARTS; i++) {
        struct duration *part = &times->part[i];
        if (is_required((enum part)i) || part->state != NEGATIVE)
            continue;
        if (i == BLOCKED && part->ms > -1) {
            if (!n->derive)
                continue;
            part->ms = rounded(part->ms + 1);
            part->state = KNOWN;
            normalize_set_number(n, times->timings, part_rows[i], part->ms);
            normalize_derived(n, times->timings, HAR_MEND_NEGATIVE_BLOCKED);
            continue;
        }
        normalize_keep_as_custom(n, part->node);
        normalize_mended(n, HAR_MEND_NEGATIVE_OPTIONAL_TIME);
        *part = (struct duration){JSON_NONE, MISSING, 0};
    }
}

static void derive_time(struct normalize *n, struct times *times)
{
    const enum state was = times->time.state;
    if (was == NEGATIVE)
        normalize_keep_as_custom(n, times->time.node);
    times->time = (struct duration){times->time.node, KNOWN, rounded(sum_of(times))};
    normalize_set_number(n, 0, ENTRY_time, times->time.ms);
    normalize_derived(n, 0,
                      was == MISSING   ? HAR_MEND_MISSING_TIME
                      : was == UNKNOWN ? HAR_MEND_UNKNOWN_TOTAL
                                       : HAR_MEND_NEGATIVE_TOTAL);
}

/* What the known times leave of the total. Playwright adds ssl to it once more: that is nobody's. */
static double rest_of(const struct times *times)
{
    const double sum = sum_of(times), rest = sum > 0 ? rounded(times->time.ms - sum) : times->time.ms;
    const struct duration *ssl = &times->part[SSL];
    if (rest <= 0 || (ssl->state == KNOWN && ssl->ms > 0 && rest - ssl->ms < SAME_MS && ssl->ms - rest < SAME_MS))
        return 0;
    return rest;
}

/* As the total is written, where it goes to one part whole. */
static void set_whole(struct normalize *n, struct times *times, enum part part)
{
    char text[64];
    const struct har_node *node = normalize_node(n, times->time.node);
    const size_t len = node->text_len;
    if (len > sizeof text) {
        normalize_set_number(n, times->timings, part_rows[part], times->time.ms);
        return;
    }
    memcpy(text, json_text(n->edit.tree, node), len); /* which moves when something is added */
    json_edit_set_number_text(&n->edit, normalize_set(n, times->timings, part_rows[part], HAR_KIND_NUMBER), text, len);
}

static enum har_mend mend_of(const struct times *times, enum part part, bool missing)
{
    if (missing)
        return HAR_MEND_MISSING_TIMINGS;
    if (times->empty)
        return HAR_MEND_EMPTY_TIMINGS;
    return times->part[part].state == MISSING   ? HAR_MEND_INCOMPLETE_TIMINGS
           : times->part[part].state == UNKNOWN ? HAR_MEND_UNKNOWN_PART
                                                : HAR_MEND_NEGATIVE_PART;
}

/* wait takes what is left of the total, or receive, or send, whichever is the first that is not known; the others are 0. */
static void derive_parts(struct normalize *n, struct times *times)
{
    static const enum part takers[] = {WAIT, RECEIVE, SEND};
    const bool missing = times->timings == JSON_NONE;
    bool noted[HAR_MEND_COUNT] = {false};
    const double rest = rest_of(times);
    bool given = false;
    if (missing)
        times->timings = normalize_set(n, 0, ENTRY_timings, HAR_KIND_OBJECT);
    for (size_t i = 0; i < sizeof takers / sizeof *takers && !n->edit.fault; i++) {
        struct duration *part = &times->part[takers[i]];
        if (part->state == KNOWN)
            continue;
        const enum har_mend mend = mend_of(times, takers[i], missing);
        if (part->state == NEGATIVE)
            normalize_keep_as_custom(n, part->node);
        part->state = KNOWN; /* for the sums to come */
        part->ms = given ? 0 : rest;
        if (!given && rest == times->time.ms && rest > 0)
            set_whole(n, times, takers[i]);
        else
            normalize_set_number(n, times->timings, part_rows[takers[i]], part->ms);
        given = true;
        if (!noted[mend])
            normalize_derived(n, times->timings, mend);
        noted[mend] = true;
    }
}

static bool within(double time, double sum)
{
    const double off = time < sum ? sum - time : time - sum;
    return off <= EXACT_MS || off <= EXACT_PART * (time < sum ? sum : time);
}

/* The total holds ssl beside connect, and connect is too short for it: it was measured without. */
static void add_ssl_to_connect(struct normalize *n, const struct times *times)
{
    const struct duration *ssl = &times->part[SSL], *connect = &times->part[CONNECT];
    if (!n->derive || times->time.state != KNOWN || !all_known(times) || ssl->state != KNOWN)
        return;
    const double known = connect->state == KNOWN ? connect->ms : 0, sum = sum_of(times);
    if (ssl->ms <= known || within(times->time.ms, sum) || !within(times->time.ms, sum + ssl->ms))
        return;
    normalize_set_number(n, times->timings, TIMINGS_connect, rounded(known + ssl->ms));
    normalize_derived(n, times->timings, HAR_MEND_CONNECT_EXCLUDES_SSL);
}

void normalize_times(struct normalize *n)
{
    struct times times;
    if (normalize_node(n, 0)->object != HAR_OBJECT_ENTRY)
        return;
    normalize_date(n, 0, ENTRY_startedDateTime);
    if (!read_times(n, &times) || any_unreadable(&times))
        return;
    if (times.odd) {
        set_negatives_aside(n, &times);
        if (n->derive && times.time.state != KNOWN && all_known(&times))
            derive_time(n, &times);
        else if (n->derive && times.time.state == KNOWN && !all_known(&times))
            derive_parts(n, &times);
    }
    add_ssl_to_connect(n, &times);
}
