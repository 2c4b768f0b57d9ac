/* Feeds broken captures to the library and checks what comes back: `mutate MODE FILE STRIDE [OUTPUTS]`. Runs batches in a
 * child, so that a crash is counted and the next case still comes. Appends whole outputs to OUTPUTS for another reader. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <harmill/harmill.h>

#include "memory_reader.h"

#define CASE_MAX  ((size_t)1 << 20)
#define LINES_MAX 10 /* complaints that are printed */

struct verdict {
    enum har_status status;
    struct har_summary summary;
    struct har_error error;
    struct har_buffer output;
    const char *bytes; /* of the input */
    size_t len;
    bool exact; /* lines and columns are checked: the input is UTF-8 but for its end */
    uint64_t findings;
    const char *lost; /* what was wrong, NULL while nothing was */
};

static enum har_status take(void *user, const void *bytes, size_t len, struct har_error *error)
{
    struct verdict *verdict = user;
    return har_buffer_append(&verdict->output, bytes, len) ? HAR_OK : har_error_memory(error);
}

/* Line and column counted again, from the start. */
static bool place_fits(const struct verdict *verdict, const struct har_place *place)
{
    uint64_t line = 1, column = 1;
    if (place->offset > verdict->len)
        return false;
    for (size_t i = 0; i < place->offset; i++) {
        unsigned char c = (unsigned char)verdict->bytes[i];
        if (c == '\n') {
            line++;
            column = 1;
        } else if ((c & 0xC0) != 0x80) {
            column++;
        }
    }
    return line == place->line && column == place->column;
}

static void judge_finding(void *user, const struct har_finding *finding)
{
    struct verdict *verdict = user;
    verdict->findings++;
    if (finding->place.offset > verdict->len)
        verdict->lost = "a finding behind the end";
    else if (verdict->exact && !place_fits(verdict, &finding->place))
        verdict->lost = "a finding whose line or column is wrong";
    else if (finding->place.line == 0 || finding->place.column == 0)
        verdict->lost = "a finding without place";
}

static struct verdict convert(struct har_settings *settings, const char *bytes, size_t len, bool exact)
{
    struct verdict verdict = {.bytes = bytes, .len = len, .exact = exact};
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_job job = {.size = sizeof job,
                          .settings = settings,
                          .input = "memory",
                          .display = "case.har",
                          .reader = &memory_reader,
                          .outputs = &output,
                          .output_count = 1,
                          .on_finding = judge_finding,
                          .user = &verdict,
                          .blind = len % 16 != 0}; /* what hides values takes longer than all else to get ready */
    har_buffer_init(&verdict.output, 8 * HAR_MIB);
    memory = (struct memory){.bytes = bytes, .len = len};
    verdict.summary.size = sizeof verdict.summary;
    verdict.status = har_sink_function(&output.sink, take, &verdict, settings, &verdict.error);
    if (verdict.status == HAR_OK)
        verdict.status = har_convert(&job, &verdict.summary, &verdict.error);
    har_sink_free(output.sink);
    return verdict;
}

/* What was written whole is left as it is by a second run. */
static const char *check_again(struct har_settings *settings, const struct verdict *first)
{
    struct verdict again = convert(settings, first->output.data, first->output.len, true);
    const char *lost = again.lost;
    if (again.status != HAR_OK)
        lost = "the output is not read back";
    else if (again.output.len != first->output.len || memcmp(again.output.data, first->output.data, again.output.len) != 0)
        lost = "the output is not canonical";
    har_buffer_release(&again.output);
    return lost;
}

struct source {
    char *bytes;
    size_t len, whole; /* `whole`: without the white space at the end */
};

struct mode {
    const char *name;
    size_t (*make)(const struct source *source, size_t index, char *out);
    bool exact, must_fail;
    size_t cases, per_byte; /* `per_byte` cases for each byte of the capture, or `cases` */
};

/* Shared with the child. */
struct board {
    size_t next; /* the case that runs, or would run */
    uint64_t tried, survived, lost, crashed;
    uint64_t whole; /* outputs that were written */
};

/* The promise for every input: read or told. NULL when it was kept. */
static const char *check_case(struct har_settings *settings, const char *bytes, size_t len, const struct mode *mode,
                              struct board *board, FILE *outputs)
{
    struct verdict verdict = convert(settings, bytes, len, mode->exact);
    const char *lost = verdict.lost;
    if (lost)
        ;
    else if (verdict.status == HAR_FATAL)
        lost = verdict.error.text[0] ? "the run was given up" : "the run was given up without a word";
    else if (verdict.status == HAR_FAILED && !verdict.summary.level_count[HAR_LEVEL_ERROR])
        lost = "broken, but no error was told";
    else if (mode->must_fail && verdict.status == HAR_OK)
        lost = "cut, but taken for whole";
    else if (verdict.status == HAR_OK && (verdict.summary.broken || verdict.summary.cut))
        lost = "parts were lost, but it was taken for whole";
    else if (verdict.status == HAR_OK)
        lost = check_again(settings, &verdict);
    board->whole += verdict.status == HAR_OK;
    if (verdict.status == HAR_OK && outputs)
        fwrite(verdict.output.data, 1, verdict.output.len, outputs);
    har_buffer_release(&verdict.output);
    return lost;
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

static const unsigned char replacements[] = {0x00, 0xFF, '"', '\\', '{', ',', '}'};

enum { RANDOM_CASES = 20000 };

static size_t make_cut(const struct source *source, size_t index, char *out)
{
    memcpy(out, source->bytes, index);
    return index;
}

static size_t make_replaced(const struct source *source, size_t index, char *out)
{
    memcpy(out, source->bytes, source->len);
    out[index / sizeof replacements] = (char)replacements[index % sizeof replacements];
    return source->len;
}

static size_t make_deleted(const struct source *source, size_t index, char *out)
{
    memcpy(out, source->bytes, index);
    memcpy(out + index, source->bytes + index + 1, source->len - index - 1);
    return source->len - 1;
}

static size_t make_random(const struct source *source, size_t index, char *out)
{
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15) * (index + 1);
    size_t len = random_below(&state, 600);
    (void)source;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)random_next(&state);
    return len;
}

static const char *const tokens[] = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\"log\"",
    "\"entries\"",
    "\"pages\"",
    "\"version\"",
    "\"1.2\"",
    "\"request\"",
    "\"response\"",
    "\"timings\"",
    "\"url\"",
    "\"_x\"",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e400",
    "1e-400",
    "-0.0",
    "01",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"\\x\"",
    "\n",
    " ",
    "\t",
    "\xEF\xBB\xBF",
    "\xFF",
    "\xC3",
    "{\"log\":{",
    "\"entries\":[{",
    "{\"startedDateTime\":\"2026-03-01T10:00:00Z\",",
    "},{",
    "]}}",
    "{}",
    "[]",
    "//",
    "/*",
    "NaN",
    "'",
    "\"a\":",
    "\"result\":",
};

static size_t make_soup(const struct source *source, size_t index, char *out)
{
    uint64_t state = UINT64_C(0xD1B54A32D192ED03) * (index + 1);
    size_t len = 0, count = random_below(&state, 60);
    (void)source;
    if (random_next(&state) & UINT64_C(1) << 40) {
        static const char start[] = "{\"log\":{\"version\":\"1.2\",\"entries\":[";
        memcpy(out, start, sizeof start - 1);
        len = sizeof start - 1;
    }
    for (size_t i = 0; i < count; i++) {
        const char *token = tokens[random_below(&state, sizeof tokens / sizeof tokens[0])];
        memcpy(out + len, token, strlen(token));
        len += strlen(token);
    }
    return len;
}

/* Pieces of the capture, in another order, some twice. */
static size_t make_splice(const struct source *source, size_t index, char *out)
{
    uint64_t state = UINT64_C(0xA0761D6478BD642F) * (index + 1);
    size_t len = 0;
    for (size_t piece = 0; piece < 3; piece++) {
        size_t from = piece ? random_below(&state, source->len) : 0;
        size_t most = source->len - from;
        size_t take_len = piece == 2 ? most : random_below(&state, most + 1);
        memcpy(out + len, source->bytes + from, take_len);
        len += take_len;
    }
    return len;
}

static const struct mode modes[] = {
    {"cut", make_cut, true, true, 0, 1},
    {"replace", make_replaced, false, false, 0, sizeof replacements},
    {"delete", make_deleted, false, false, 0, 1},
    {"random", make_random, false, false, RANDOM_CASES, 0},
    {"soup", make_soup, false, false, RANDOM_CASES, 0},
    {"splice", make_splice, false, false, RANDOM_CASES, 0},
};

static void run_cases(const struct mode *mode, const struct source *source, size_t count, size_t stride, struct board *board,
                      FILE *outputs)
{
    struct har_settings *settings = har_settings_new();
    char *out = malloc(CASE_MAX);
    if (!settings || !out)
        exit(3);
    for (; board->next < count; board->next += stride) {
        size_t index = board->next;
        size_t len = mode->make(source, index, out);
        struct har_error error = {0};
        board->tried++;
        if (har_settings_set_block_size(settings, 1 + index % 131, &error) != HAR_OK)
            exit(3);
        /* Exactly as long as the case, so that a sanitizer sees reads behind it. */
        char *bytes = malloc(len ? len : 1);
        if (!bytes)
            exit(3);
        memcpy(bytes, out, len);
        const char *lost = check_case(settings, bytes, len, mode, board, outputs);
        free(bytes);
        if (lost && board->lost++ < LINES_MAX)
            printf("%s %zu: %s\n", mode->name, index, lost);
        board->survived += !lost;
    }
    free(out);
    har_settings_free(settings);
}

/* A child that dies is followed by one that goes on behind the case that killed it. */
static bool run_mode(const struct mode *mode, const struct source *source, size_t stride, FILE *outputs)
{
    struct board *board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    size_t count = mode->cases ? mode->cases : mode->per_byte * source->whole;
    if (board == MAP_FAILED)
        return false;
    for (;;) {
        int status = 0;
        fflush(NULL);
        pid_t child = fork();
        if (child < 0)
            return false;
        if (child == 0) {
            run_cases(mode, source, count, stride, board, outputs);
            exit(0);
        }
        if (waitpid(child, &status, 0) != child)
            return false;
        if (status == 0)
            break;
        printf("%s %zu: crashed, wait status %d\n", mode->name, board->next, status);
        board->crashed++;
        if (board->crashed == LINES_MAX || board->next >= count)
            break;
        board->next += stride;
    }
    printf("faults: %" PRIu64 " tried, %" PRIu64 " survived, %" PRIu64 " lost, %" PRIu64 " crashed\n", board->tried,
           board->survived, board->lost, board->crashed);
    printf("outputs: %" PRIu64 "\n", board->whole);
    bool good = !board->lost && !board->crashed && board->tried;
    munmap(board, sizeof *board);
    return good;
}

static bool read_source(const char *path, struct source *source)
{
    FILE *file = fopen(path, "rb");
    source->bytes = malloc(CASE_MAX / 4);
    if (!file || !source->bytes)
        return false;
    source->len = fread(source->bytes, 1, CASE_MAX / 4, file);
    fclose(file);
    source->whole = source->len;
    while (source->whole && strchr(" \t\r\n", source->bytes[source->whole - 1]))
        source->whole--;
    return source->whole > 0;
}

int main(int argc, char **argv)
{
    struct source source = {0};
    const struct mode *mode = NULL;
    size_t stride = argc > 3 ? (size_t)strtoul(argv[3], NULL, 10) : 0;
    for (size_t i = 0; argc > 3 && i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(modes[i].name, argv[1]) == 0)
            mode = &modes[i];
    if (!mode || !stride || !read_source(argv[2], &source)) {
        fputs("usage: mutate cut|replace|delete|random|soup|splice FILE STRIDE [OUTPUTS]\n", stderr);
        return 2;
    }
    FILE *outputs = argc > 4 ? fopen(argv[4], "ab") : NULL;
    bool good = (argc <= 4 || outputs) && run_mode(mode, &source, stride, outputs);
    if (outputs && fclose(outputs) != 0)
        good = false;
    free(source.bytes);
    return good ? 0 : 1;
}
