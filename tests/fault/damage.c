/* Damages captures and has them repaired: `damage FILE FIRST COUNT`. Each case must end, in bounded time, with JSON (to jansson,
 * too) or without output; entries whose bytes lie outside the damage must come out as they come out of the whole capture. Blocks of
 * 1, 7 and 65536 bytes must give the same. Prints sums for the script. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include <harmill/harmill.h>

#include "memory_reader.h"

enum { ENTRIES_MOST = 4096, LINES_MOST = 20 };

struct result {
    enum har_status status;
    struct har_summary summary;
    struct har_error error;
    struct har_buffer output, findings;
    size_t len; /* of the input */
    bool misplaced, unrepaired;
};

static enum har_status take(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(error);
}

static void note_finding(void *user, const struct har_finding *finding)
{
    struct result *result = user;
    const struct har_rule_info *info = har_rule_info(finding->rule);
    har_buffer_printf(&result->findings, "%" PRIu64 ":%" PRIu64 ":%" PRIu64 " %s %d %s ", finding->place.offset,
                      finding->place.line, finding->place.column, info->id, (int)finding->repair,
                      finding->done ? finding->done : "");
    har_buffer_append(&result->findings, finding->pointer.bytes, finding->pointer.len);
    har_buffer_append_char(&result->findings, '\n');
    result->unrepaired |=
        finding->repair == HAR_REPAIR_NONE && (finding->rule == HAR_RULE_JSON_SYNTAX || finding->rule == HAR_RULE_JSON_TRUNCATED);
    result->misplaced |= finding->place.offset > result->len || !finding->place.line || !finding->place.column;
}

static struct result run(const char *bytes, size_t len, bool repair, size_t block)
{
    struct result result = {.len = len};
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_settings *settings = har_settings_new();
    struct har_job job = {.size = sizeof job,
                          .settings = settings,
                          .input = "memory",
                          .display = "case.har",
                          .reader = &memory_reader,
                          .outputs = &output,
                          .output_count = 1,
                          .on_finding = note_finding,
                          .user = &result,
                          .repair = repair};
    har_buffer_init(&result.output, 64 * HAR_MIB);
    har_buffer_init(&result.findings, 64 * HAR_MIB);
    memory.bytes = bytes;
    memory.len = len;
    if (!settings || har_settings_set_block_size(settings, block, &result.error) != HAR_OK ||
        har_sink_function(&output.sink, take, &result.output, settings, &result.error) != HAR_OK)
        exit(3);
    result.status = har_convert(&job, &result.summary, &result.error);
    har_sink_free(output.sink);
    har_settings_free(settings);
    return result;
}

static void release(struct result *result)
{
    har_buffer_release(&result->output);
    har_buffer_release(&result->findings);
}

/* Where an object ends whose brace is at `at`; the text is JSON. */
static size_t object_end(const char *text, size_t len, size_t at)
{
    size_t depth = 0;
    bool in_string = false;
    for (; at < len; at++) {
        const char c = text[at];
        if (in_string) {
            at += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return len;
}

struct entry {
    size_t from, to;
};

/* The elements of log.entries: found by their key, which canonical captures have once at that depth. */
static size_t find_entries(const char *text, size_t len, struct entry *entries)
{
    size_t depth = 0, count = 0;
    bool in_string = false;
    for (size_t at = 0; at < len; at++) {
        const char c = text[at];
        if (in_string) {
            at += c == '\\';
            in_string = c != '"';
        } else if (c == '"' && depth == 2 && len - at > 9 && !memcmp(text + at, "\"entries\"", 9)) {
            for (at = at + 9; at < len && text[at] != '['; at++)
                ;
            for (at++; at < len && text[at] != ']'; at++)
                if (text[at] == '{' && count < ENTRIES_MOST) {
                    entries[count] = (struct entry){at, object_end(text, len, at)};
                    at = entries[count++].to - 1;
                }
            return count;
        } else if (c == '"') {
            in_string = true;
        } else {
            depth += c == '{' || c == '[';
            depth -= c == '}' || c == ']';
        }
    }
    return count;
}

/* The same numbers everywhere (xorshift64*). */
static uint64_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static size_t random_below(uint64_t *state, size_t most)
{
    return most ? (size_t)(random_next(state) >> 16) % most : 0;
}

enum kind { FLIP, BYTE, CUT, DELETE, DOUBLE, KINDS };

static const char *const kind_names[KINDS] = {"flip", "byte", "cut", "delete", "double"};

struct damage {
    enum kind kind;
    size_t from, to; /* what of the source is not as it was */
};

/* Ranges are short more often than long. */
static size_t range(uint64_t *state, size_t most)
{
    const size_t length = (size_t)1 << random_below(state, 13);
    const size_t some = 1 + random_below(state, length);
    return some < most ? some : most;
}

static struct damage make(const char *source, size_t len, size_t index, char *out, size_t *out_len)
{
    static const char odd[] = "\"\\{}[],:'0x\n\0\xff /#";
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15) * (index + 1);
    random_next(&state);
    struct damage damage = {(enum kind)(index % KINDS), random_below(&state, len), 0};
    const size_t from = damage.from, some = range(&state, len - from);
    damage.to = from + (damage.kind == FLIP || damage.kind == BYTE ? 1 : some);
    memcpy(out, source, len);
    *out_len = len;
    switch (damage.kind) {
    case FLIP:
        out[from] = (char)(out[from] ^ (1 << random_below(&state, 8)));
        break;
    case BYTE:
        out[from] = odd[random_below(&state, sizeof odd - 1)];
        break;
    case CUT:
        damage.to = len;
        *out_len = from;
        break;
    case DELETE:
        memmove(out + from, out + damage.to, len - damage.to);
        *out_len = len - some;
        break;
    case DOUBLE:
        memcpy(out + damage.to, source + from, len - from);
        *out_len = len + some;
        damage.from = damage.to; /* all of the source is there; more stands in between */
        break;
    case KINDS:
        break;
    }
    return damage;
}

struct sums {
    uint64_t cases, outputs, entries, lost, neighbours, hit[KINDS], unread, bad;
    uint64_t losing; /* cases that lost an entry outside the damage */
    double slowest;
};

static bool is_in(const char *text, size_t len, const struct result *result, const struct entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i].to - entries[i].from == len && !memcmp(result->output.data + entries[i].from, text, len))
            return true;
    return false;
}

struct whole {
    const char *bytes;
    size_t len, count;
    struct entry source[ENTRIES_MOST], canonical[ENTRIES_MOST];
    struct result result;
};

static void complain(struct sums *sums, size_t index, const struct damage *damage, const char *what)
{
    if (sums->bad++ < LINES_MOST)
        printf("case %zu (%s %zu-%zu): %s\n", index, kind_names[damage->kind], damage->from, damage->to, what);
}

/* Entries whose bytes are untouched: which of them are missing, and whether those lie beside the damage. */
static void compare(const struct whole *whole, const struct damage *damage, const struct result *result, size_t index,
                    struct sums *sums)
{
    static struct entry entries[ENTRIES_MOST];
    const size_t count = result->status == HAR_OK ? find_entries(result->output.data, result->output.len, entries) : 0;
    uint64_t lost = 0, beside = 0;
    for (size_t i = 0; i < whole->count; i++) {
        const struct entry *from = &whole->source[i], *as = &whole->canonical[i];
        if (from->from < damage->to && from->to > damage->from)
            continue;
        if (damage->from == damage->to && from->from < damage->from && from->to > damage->from)
            continue;
        sums->entries++;
        if (is_in(whole->result.output.data + as->from, as->to - as->from, result, entries, count))
            continue;
        lost++;
        beside += (from->to <= damage->from && (i + 1 == whole->count || whole->source[i + 1].to > damage->from)) ||
                  (from->from >= damage->to && (i == 0 || whole->source[i - 1].from < damage->to));
    }
    sums->lost += lost;
    sums->neighbours += beside;
    sums->losing += lost > 0;
    sums->hit[damage->kind] += lost > 0;
    if (lost && getenv("DAMAGE_SHOW"))
        printf("lost %" PRIu64 " (%" PRIu64 " beside) in case %zu (%s %zu-%zu)%s\n", lost, beside, index, kind_names[damage->kind],
               damage->from, damage->to, result->status == HAR_OK ? "" : ", no output");
}

static bool same(const struct har_buffer *a, const struct har_buffer *b)
{
    return a->len == b->len && (!a->len || !memcmp(a->data, b->data, a->len));
}

/* jansson takes no U+0000 in keys and no half surrogate pairs, which JSON does. */
static json_t *read_json(struct har_buffer *text, json_error_t *error)
{
    for (size_t i = 0; i + 6 <= text->len; i++) {
        char *p = text->data + i;
        if (p[0] != '\\')
            continue;
        if (p[1] == 'u' && (!memcmp(p + 2, "0000", 4) || (p[2] == 'd' && !strchr("01234567", p[3]))))
            memcpy(p + 2, "0041", 4);
        i++;
    }
    return json_loadb(text->data, text->len, JSON_ALLOW_NUL, error);
}

static void judge(const struct whole *whole, size_t index, struct sums *sums)
{
    char *out = malloc(2 * whole->len + 1);
    size_t len;
    struct timespec begin, end;
    const struct damage damage = make(whole->bytes, whole->len, index, out, &len);
    char *exact = malloc(len ? len : 1); /* so that a sanitizer sees reads behind it */
    memcpy(exact, out, len);
    if (getenv("DAMAGE_DUMP")) {
        FILE *dump = fopen(getenv("DAMAGE_DUMP"), "wb");
        fwrite(exact, 1, len, dump);
        fclose(dump);
    }
    clock_gettime(CLOCK_MONOTONIC, &begin);
    struct result result = run(exact, len, true, 65536), small = run(exact, len, true, index % 2 ? 1 : 7);
    clock_gettime(CLOCK_MONOTONIC, &end);
    const double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    json_error_t error;
    sums->cases++;
    sums->outputs += result.status == HAR_OK;
    sums->unread += result.status != HAR_OK;
    sums->slowest = seconds > sums->slowest ? seconds : sums->slowest;
    if (result.status == HAR_FATAL)
        complain(sums, index, &damage, result.error.text);
    else if (result.unrepaired && len)
        complain(sums, index, &damage, "the repaired text is no JSON");
    else if (result.misplaced)
        complain(sums, index, &damage, "a finding whose place is not in the input");
    else if (!same(&result.output, &small.output) && result.status == HAR_OK)
        complain(sums, index, &damage, "blocks of another size give another output");
    else if (!same(&result.findings, &small.findings) || result.status != small.status)
        complain(sums, index, &damage, "blocks of another size give other findings");
    compare(whole, &damage, &result, index, sums);
    json_t *json = result.status == HAR_OK ? read_json(&result.output, &error) : NULL;
    if (result.status == HAR_OK && !json)
        complain(sums, index, &damage, error.text);
    json_decref(json);
    release(&result);
    release(&small);
    free(exact);
    free(out);
}

static bool load(const char *path, struct whole *whole)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(HAR_MIB);
    if (!file || !bytes)
        return false;
    whole->len = fread(bytes, 1, HAR_MIB, file);
    fclose(file);
    whole->bytes = bytes;
    whole->result = run(bytes, whole->len, false, 65536);
    whole->count = find_entries(bytes, whole->len, whole->source);
    return whole->result.status == HAR_OK &&
           find_entries(whole->result.output.data, whole->result.output.len, whole->canonical) == whole->count && whole->count;
}

int main(int argc, char **argv)
{
    static struct whole whole;
    struct sums sums = {0};
    if (argc != 4 || !load(argv[1], &whole)) {
        fputs("usage: damage FILE FIRST COUNT\n", stderr);
        return 2;
    }
    const size_t first = strtoul(argv[2], NULL, 10), count = strtoul(argv[3], NULL, 10);
    for (size_t i = first; i < first + count; i++)
        judge(&whole, i, &sums);
    printf("damage: %" PRIu64 " cases, %" PRIu64 " outputs, %" PRIu64 " without, slowest %.3f s\n", sums.cases, sums.outputs,
           sums.unread, sums.slowest);
    printf("entries: %" PRIu64 " untouched, %" PRIu64 " lost, %" PRIu64 " of them beside the damage, in %" PRIu64 " cases (",
           sums.entries, sums.lost, sums.neighbours, sums.losing);
    for (int kind = 0; kind < KINDS; kind++)
        printf("%s%s %" PRIu64, kind ? ", " : "", kind_names[kind], sums.hit[kind]);
    printf(")\nbad: %" PRIu64 "\n", sums.bad);
    release(&whole.result);
    free((char *)(uintptr_t)whole.bytes);
    return sums.bad ? 1 : 0;
}
