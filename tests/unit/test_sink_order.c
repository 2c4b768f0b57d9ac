/* A body that changes its order: in every kind of sink, with heads that change too, and what cannot be. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <harmill/harmill.h>

#include "core/sink.h"

#include "files.h"

Suite *suite_sink_order(void);

enum { MOST_PIECES = 2000 };

static struct har_settings *settings;
static struct har_error error;
static struct har_sink *sink;
static struct har_buffer collected;
static uint32_t random_state;

static size_t below(size_t limit)
{
    random_state = random_state * 1664525 + 1013904223;
    return (size_t)(random_state >> 8) % limit;
}

static enum har_status collect(void *user, const void *bytes, size_t len, struct har_error *e)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(e);
}

static void look(void *user, const void *bytes, size_t len)
{
    har_buffer_append(user, bytes, len);
}

static void set_up(void)
{
    files_enter();
    ck_assert_int_eq(mkdir("spool", 0700), 0);
    settings = har_settings_new();
    ck_assert_int_eq(har_settings_set_spool_dir(settings, "spool", &error), HAR_OK);
    har_buffer_init(&collected, (size_t)1 << 26);
    sink = NULL;
    random_state = 11;
}

static void tear_down(void)
{
    har_sink_free(sink);
    ck_assert_uint_eq(files_count("spool"), 0);
    har_buffer_release(&collected);
    har_settings_free(settings);
    files_leave();
}

/* A body of pieces, and the order in which they are wanted. */
struct order {
    size_t count, next;
    const char *separator;
    struct {
        uint64_t offset, len;
    } piece[MOST_PIECES];
    struct har_buffer body, wanted;
};

static enum har_status give(void *user, uint64_t *offset, uint64_t *len, struct har_error *e)
{
    struct order *order = user;
    (void)e;
    if (order->next == order->count)
        return HAR_EOF;
    *offset = order->piece[order->next].offset;
    *len = order->piece[order->next++].len;
    return HAR_OK;
}

/* `count` pieces of up to `most` bytes, and their order by chance. */
static struct order *make_order(size_t count, size_t most, const char *separator)
{
    struct order *order = calloc(1, sizeof *order);
    order->count = count;
    order->separator = separator;
    har_buffer_init(&order->body, (size_t)1 << 26);
    har_buffer_init(&order->wanted, (size_t)1 << 26);
    for (size_t i = 0; i < count; i++) {
        if (i)
            har_buffer_append_text(&order->body, separator);
        order->piece[i].offset = order->body.len;
        har_buffer_printf(&order->body, "<%zu ", i);
        for (size_t left = below(most); left; left--)
            har_buffer_append_char(&order->body, (char)('a' + below(26)));
        har_buffer_append_text(&order->body, ">");
        order->piece[i].len = order->body.len - order->piece[i].offset;
    }
    for (size_t i = count; i > 1; i--) {
        const size_t other = below(i);
        const uint64_t offset = order->piece[other].offset, len = order->piece[other].len;
        order->piece[other] = order->piece[i - 1];
        order->piece[i - 1].offset = offset;
        order->piece[i - 1].len = len;
    }
    for (size_t i = 0; i < count; i++) {
        if (i)
            har_buffer_append_text(&order->wanted, separator);
        har_buffer_append(&order->wanted, order->body.data + order->piece[i].offset, order->piece[i].len);
    }
    return order;
}

static void free_order(struct order *order)
{
    har_buffer_release(&order->body);
    har_buffer_release(&order->wanted);
    free(order);
}

static void put(enum har_section section, const char *bytes, size_t len)
{
    const enum har_status status = har_sink_write(sink, section, bytes, len, &error);
    ck_assert_msg(status == HAR_OK, "%s", error.text);
}

static void put_text(enum har_section section, const char *text)
{
    put(section, text, strlen(text));
}

static void put_body(const struct order *order)
{
    for (size_t at = 0, part; at < order->body.len; at += part) {
        part = 1 + below(70000);
        if (part > order->body.len - at)
            part = order->body.len - at;
        put(HAR_SECTION_BODY, order->body.data + at, part);
    }
}

static void reorder(struct order *order)
{
    const enum har_status status = har_sink_reorder(sink, give, order, order->separator, strlen(order->separator), &error);
    ck_assert_msg(status == HAR_OK, "%s", error.text);
    ck_assert_uint_eq(order->next, order->count);
}

static void commit(void)
{
    const enum har_status status = har_sink_commit(sink, &error);
    ck_assert_msg(status == HAR_OK, "%s", error.text);
    har_sink_free(sink);
    sink = NULL;
}

/* head + the wanted body + tail, against what is in `collected`. */
static void expect_collected(const struct order *order, const char *head, const char *tail)
{
    const size_t head_len = strlen(head), tail_len = strlen(tail);
    ck_assert_uint_eq(collected.len, head_len + order->wanted.len + tail_len);
    ck_assert_mem_eq(collected.data, head, head_len);
    if (order->wanted.len)
        ck_assert_mem_eq(collected.data + head_len, order->wanted.data, order->wanted.len);
    ck_assert_mem_eq(collected.data + head_len + order->wanted.len, tail, tail_len);
}

static void collect_file(const char *name)
{
    size_t len;
    unsigned char *bytes = files_read(name, &len);
    har_buffer_append(&collected, bytes, len);
    free(bytes);
}

static void collect_packed(const char *name)
{
    static char block[65536];
    int got;
    gzFile file = gzopen(name, "rb");
    ck_assert_ptr_nonnull(file);
    while ((got = gzread(file, block, sizeof block)) > 0)
        har_buffer_append(&collected, block, (size_t)got);
    ck_assert_int_eq(gzclose(file), Z_OK);
}

enum kind {
    FILE_LEFT,     /* the body has left for the file */
    FILE_HELD,     /* the head is open */
    FILE_REOPENED, /* and written anew, before the order changes */
    FILE_REOPENED_OPEN,
    FILE_REOPENED_LATER, /* behind the change of the order */
    DESCRIPTOR,
    WHOLE,
    FUNCTION,
    WATCHED,
    PACKED,
    KINDS,
};

static void open_kind(enum kind kind, int fd)
{
    enum har_status status = HAR_OK;
    switch (kind) {
    case DESCRIPTOR:
    case WHOLE:
        status = har_sink_descriptor(&sink, fd, kind == WHOLE, settings, &error);
        break;
    case FUNCTION:
        status = har_sink_function(&sink, collect, &collected, settings, &error);
        break;
    case PACKED:
        status = har_sink_file(&sink, "out.gz", settings, &error);
        break;
    default:
        status = har_sink_file(&sink, "out", settings, &error);
        break;
    }
    ck_assert_msg(status == HAR_OK, "%s", error.text);
    if (kind == WATCHED)
        har_sink_watch(sink, look, &collected);
    ck_assert_int_eq(har_sink_can_reorder(sink), kind <= FILE_REOPENED_LATER);
}

/* Writes and orders; the head is "HEAD:" in the end. */
static void run_kind(enum kind kind, struct order *order)
{
    const bool left = kind == FILE_LEFT || (kind >= FILE_REOPENED && kind <= FILE_REOPENED_LATER);
    const bool anew = left && kind != FILE_LEFT;
    put_text(HAR_SECTION_HEAD, anew ? "a head that is longer:" : "HEAD:");
    if (left)
        ck_assert_int_eq(har_sink_close_section(sink, HAR_SECTION_HEAD, &error), HAR_OK);
    put_body(order);
    put_text(HAR_SECTION_TAIL, ":t");
    if (kind == FILE_REOPENED || kind == FILE_REOPENED_OPEN) {
        ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
        put_text(HAR_SECTION_HEAD, "HEAD:");
        if (kind == FILE_REOPENED)
            ck_assert_int_eq(har_sink_close_section(sink, HAR_SECTION_HEAD, &error), HAR_OK);
    }
    reorder(order);
    ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_BODY, "x", 1, NULL), HAR_FATAL);
    if (kind == FILE_REOPENED_LATER) {
        ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
        put_text(HAR_SECTION_HEAD, "HEAD:");
    }
    put_text(HAR_SECTION_TAIL, "ail");
    commit();
}

START_TEST(every_kind)
{
    static const struct {
        size_t count, most;
        const char *separator;
    } sizes[] = {{0, 1, ","}, {1, 1, ","}, {2, 10, ""}, {50, 30, ","}, {MOST_PIECES, 3000, ", and "}, {20, 400000, ","}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct order *order = make_order(sizes[i].count, sizes[i].most, sizes[i].separator);
        int fd = open("descriptor", O_RDWR | O_CREAT | O_TRUNC, 0600);
        open_kind((enum kind)_i, fd);
        run_kind((enum kind)_i, order);
        if (_i == DESCRIPTOR || _i == WHOLE)
            collect_file("descriptor");
        else if (_i == PACKED)
            collect_packed("out.gz");
        else if (_i != FUNCTION && _i != WATCHED)
            collect_file("out");
        expect_collected(order, "HEAD:", ":tail");
        if (_i == WATCHED) {
            har_buffer_clear(&collected);
            collect_file("out");
            expect_collected(order, "HEAD:", ":tail");
        }
        close(fd);
        unlink("descriptor");
        unlink("out");
        unlink("out.gz");
        ck_assert_uint_eq(files_count("."), 1); /* the folder of spools */
        har_buffer_clear(&collected);
        free_order(order);
    }
}
END_TEST

/* Nothing is held back, and the run is told that its watch has not seen the final bytes. */
START_TEST(nowhere)
{
    struct order *order = make_order(300, 20000, ",");
    ck_assert_int_eq(har_settings_set_spool_dir(settings, "missing", &error), HAR_OK);
    ck_assert_int_eq(har_sink_nowhere(&sink, settings, &error), HAR_OK);
    har_sink_watch(sink, look, &collected);
    har_sink_set_coding(sink, har_coding_for_path("a.gz"));
    ck_assert(har_sink_can_reopen(sink) && har_sink_can_reorder(sink));
    put_text(HAR_SECTION_HEAD, "head");
    ck_assert_int_eq(har_sink_close_section(sink, HAR_SECTION_HEAD, &error), HAR_OK);
    put_body(order);
    ck_assert(!sink_changed_order(sink));
    if (_i) {
        ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
        put_text(HAR_SECTION_HEAD, "another");
    } else {
        ck_assert_int_eq(har_sink_reorder(sink, give, order, ",", 1, &error), HAR_OK);
    }
    ck_assert(sink_changed_order(sink));
    put_text(HAR_SECTION_TAIL, "tail");
    ck_assert_int_eq(har_sink_commit(sink, &error), HAR_OK);
    ck_assert_uint_eq(collected.len, 8 + order->body.len);
    free_order(order);
}
END_TEST

START_TEST(who_cannot)
{
    struct order *order = make_order(3, 10, ",");
    for (int i = 0; i < 3; i++) {
        int fd = open("descriptor", O_RDWR | O_CREAT | O_TRUNC, 0600);
        if (i)
            ck_assert_int_eq(har_sink_file(&sink, i == 1 ? "out" : "/dev/null", settings, &error), HAR_OK);
        else
            ck_assert_int_eq(har_sink_descriptor(&sink, fd, false, settings, &error), HAR_OK);
        ck_assert_int_eq(har_sink_close_section(sink, HAR_SECTION_HEAD, &error), HAR_OK);
        put_body(order);
        if (i == 1) /* a file could, but not behind its body's end */
            ck_assert_int_eq(har_sink_close_section(sink, HAR_SECTION_BODY, &error), HAR_OK);
        ck_assert_int_eq(har_sink_reorder(sink, give, order, ",", 1, &error), HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        har_sink_free(sink);
        sink = NULL;
        close(fd);
        unlink("descriptor");
    }
    free_order(order);
}
END_TEST

static enum har_status give_up(void *user, uint64_t *offset, uint64_t *len, struct har_error *e)
{
    (void)user;
    (void)offset;
    (void)len;
    return har_error_set(e, HAR_FATAL, HAR_DOMAIN_SYSTEM, ENOENT, "no more");
}

static volatile sig_atomic_t cancelled;

/* Pieces that are not the body, or that stop coming: the old file stays. */
START_TEST(wrong_pieces)
{
    for (int i = 0; i < 7; i++) {
        struct order *order = make_order(40, 9000, ",");
        files_write("out", "old", 3);
        open_kind(_i ? FILE_HELD : FILE_LEFT, -1);
        put_text(HAR_SECTION_HEAD, "head");
        if (!_i)
            ck_assert_int_eq(har_sink_close_section(sink, HAR_SECTION_HEAD, &error), HAR_OK);
        put_body(order);
        cancelled = i == 5;
        sink_set_cancel(sink, &cancelled);
        switch (i) {
        case 0: /* one is missing */
            order->count--;
            break;
        case 1:
            order->piece[order->count++].len = 0;
            break;
        case 2:
            order->piece[7].offset = order->body.len + 1;
            break;
        case 3:
            order->piece[7].len = UINT64_MAX;
            break;
        case 4: /* one comes twice */
            order->piece[order->count] = order->piece[3];
            order->count++;
            break;
        default:
            break;
        }
        ck_assert_int_eq(har_sink_reorder(sink, i == 6 ? give_up : give, order, ",", 1, &error), HAR_FATAL);
        ck_assert_int_eq(error.domain, i == 5 ? HAR_DOMAIN_CANCELLED : i == 6 ? HAR_DOMAIN_SYSTEM : HAR_DOMAIN_USAGE);
        ck_assert_int_eq(har_sink_commit(sink, NULL), HAR_FATAL);
        har_sink_free(sink);
        sink = NULL;
        files_expect("out", "old");
        ck_assert_uint_eq(files_count("."), 2);
        free_order(order);
    }
}
END_TEST

Suite *suite_sink_order(void)
{
    Suite *suite = suite_create("sink_order");
    TCase *tcase = tcase_create("sink_order");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, every_kind, 0, KINDS);
    tcase_add_loop_test(tcase, nowhere, 0, 2);
    tcase_add_test(tcase, who_cannot);
    tcase_add_loop_test(tcase, wrong_pieces, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
