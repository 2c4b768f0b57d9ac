/* The sink: sections in every order, what a commit puts in place, and what is left when there is none. */
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

#include "files.h"

#define LARGE ((size_t)3 << 20) /* more than a section keeps in memory */

Suite *suite_sink(void);

static struct har_settings *settings;
static struct har_error error;
static struct har_sink *sink;

static void set_up(void)
{
    const char *folder = files_enter();
    char spool[100];
    strcpy(spool, folder);
    strcat(spool, "/spool");
    ck_assert_int_eq(mkdir(spool, 0700), 0);
    settings = har_settings_new();
    ck_assert_ptr_nonnull(settings);
    ck_assert_int_eq(har_settings_set_spool_dir(settings, spool, &error), HAR_OK);
    memset(&error, 0, sizeof error);
    sink = NULL;
}

static void tear_down(void)
{
    ck_assert_uint_eq(files_count("spool"), 0);
    har_settings_free(settings);
    files_leave();
}

static void open_file(const char *path)
{
    enum har_status status = har_sink_file(&sink, path, settings, &error);
    ck_assert_msg(status == HAR_OK, "%s: %s", path, error.text);
}

static void put(enum har_section section, const char *text)
{
    enum har_status status = har_sink_write(sink, section, text, strlen(text), &error);
    ck_assert_msg(status == HAR_OK, "%s", error.text);
}

static void close_section(enum har_section section)
{
    ck_assert_int_eq(har_sink_close_section(sink, section, &error), HAR_OK);
}

static void commit(void)
{
    enum har_status status = har_sink_commit(sink, &error);
    ck_assert_msg(status == HAR_OK, "%s", error.text);
    har_sink_free(sink);
    sink = NULL;
}

static void refuse_file(const char *path, int code)
{
    ck_assert_int_eq(har_sink_file(&sink, path, settings, &error), HAR_FATAL);
    ck_assert_ptr_null(sink);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_SYSTEM);
    ck_assert_msg(error.code == code, "%s: %s", path, error.text);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static enum har_status collect(void *user, const void *bytes, size_t len, struct har_error *e)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(e);
}

static void look(void *user, const void *bytes, size_t len)
{
    har_buffer_append(user, bytes, len);
}

static int make_descriptor(void)
{
    int fd = open("descriptor", O_RDWR | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(fd, 0);
    return fd;
}

/* Each section gets two pieces and is closed: all orders of these nine steps in which a section is closed last. */
static void run_order(const int *order, int kind)
{
    static const char *const texts[HAR_SECTION_COUNT][2] = {{"head1 ", "head2 "}, {"body1 ", "body2 "}, {"tail1 ", "tail2"}};
    struct har_buffer out, seen;
    har_buffer_init(&out, 1000);
    har_buffer_init(&seen, 1000);
    int steps[HAR_SECTION_COUNT] = {0}, fd = -1;
    if (kind == 0)
        ck_assert_int_eq(har_sink_function(&sink, collect, &out, settings, &error), HAR_OK);
    else if (kind <= 2)
        ck_assert_int_eq(har_sink_descriptor(&sink, fd = make_descriptor(), kind == 2, settings, &error), HAR_OK);
    else
        open_file("out");
    if (kind != 3)
        har_sink_watch(sink, look, &seen);
    for (int i = 0; i < 9; i++) {
        int section = order[i], step = steps[section]++;
        if (step < 2)
            put((enum har_section)section, texts[section][step]);
        else
            close_section((enum har_section)section);
        struct stat st;
        if (kind == 2)
            ck_assert(fstat(fd, &st) == 0 && st.st_size == 0);
    }
    commit();
    static const char joined[] = "head1 head2 body1 body2 tail1 tail2";
    if (kind == 0)
        ck_assert(out.len == strlen(joined) && !memcmp(out.data, joined, out.len));
    else
        files_expect(kind == 3 ? "out" : "descriptor", joined);
    if (kind != 3)
        ck_assert(seen.len == strlen(joined) && !memcmp(seen.data, joined, seen.len));
    if (fd >= 0)
        ck_assert_int_eq(close(fd), 0); /* it is still the caller's */
    har_buffer_release(&out);
    har_buffer_release(&seen);
}

static int permute(int *order, int at, int *left, int kind)
{
    int count = 0;
    if (at == 9) {
        run_order(order, kind);
        return 1;
    }
    for (int section = 0; section < 3; section++) {
        if (!left[section])
            continue;
        left[section]--;
        order[at] = section;
        count += permute(order, at + 1, left, kind);
        left[section]++;
    }
    return count;
}

START_TEST(every_order_of_sections)
{
    if (_i < 3) {
        ck_assert_int_eq(permute((int[9]){0}, 0, (int[3]){3, 3, 3}, _i), 1680); /* 9! / 3!^3 */
    } else {                                                                    /* files are flushed to disk: a few */
        run_order((const int[]){0, 0, 0, 1, 1, 1, 2, 2, 2}, 3);
        run_order((const int[]){2, 2, 2, 1, 1, 1, 0, 0, 0}, 3);
        run_order((const int[]){1, 2, 0, 2, 1, 0, 1, 0, 2}, 3);
    }
}
END_TEST

/* Sections that are larger than the memory they may take, in pieces of odd sizes, held back by an open head. */
START_TEST(large_sections_are_spooled)
{
    static const size_t sizes[] = {1, 17, 65536, 100000, 1 << 20, (1 << 20) + 1, 0};
    unsigned char *bytes = files_noise(LARGE, 4);
    open_file("out");
    struct har_sink *other = NULL;
    struct har_buffer collected;
    har_buffer_init(&collected, LARGE * 2 + 10);
    ck_assert_int_eq(har_sink_function(&other, collect, &collected, settings, &error), HAR_OK);
    for (int section = HAR_SECTION_TAIL; section >= HAR_SECTION_BODY; section--)
        for (size_t at = 0, i = 0; at < LARGE; i = (i + 1) % 6) {
            size_t len = LARGE - at < sizes[i] ? LARGE - at : sizes[i];
            ck_assert_int_eq(har_sink_write(sink, (enum har_section)section, bytes + at, len, &error), HAR_OK);
            ck_assert_int_eq(har_sink_write(other, (enum har_section)section, bytes + at, len, &error), HAR_OK);
            at += len;
        }
    ck_assert_uint_eq(collected.len, 0);
    ck_assert_uint_eq(files_count("spool"), 0); /* the spool file has no name */
    put(HAR_SECTION_HEAD, "head");
    commit();
    sink = other;
    put(HAR_SECTION_HEAD, "head");
    commit();
    size_t len;
    unsigned char *out = files_read("out", &len);
    ck_assert_uint_eq(len, 4 + 2 * LARGE);
    ck_assert_mem_eq(out, "head", 4);
    ck_assert_mem_eq(out + 4, bytes, LARGE);
    ck_assert_mem_eq(out + 4 + LARGE, bytes, LARGE);
    ck_assert_uint_eq(collected.len, len);
    ck_assert_mem_eq(collected.data, out, len);
    har_buffer_release(&collected);
    free(out);
    free(bytes);
}
END_TEST

START_TEST(the_head_is_written_anew)
{
    unsigned char *bytes = files_noise(LARGE, 4);
    open_file("out");
    ck_assert_int_eq(har_sink_reopen_head(sink, NULL), HAR_FATAL); /* not closed yet */
    put(HAR_SECTION_HEAD, "provisional head");
    close_section(HAR_SECTION_HEAD);
    ck_assert(har_sink_can_reopen(sink));
    ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_BODY, bytes, LARGE, &error), HAR_OK);
    ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
    put(HAR_SECTION_HEAD, "void, too");
    close_section(HAR_SECTION_HEAD);
    put(HAR_SECTION_TAIL, "tail");
    ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
    put(HAR_SECTION_HEAD, "HE");
    put(HAR_SECTION_BODY, "end of body");
    close_section(HAR_SECTION_BODY);
    put(HAR_SECTION_HEAD, "AD");
    commit();
    size_t len;
    unsigned char *out = files_read("out", &len);
    ck_assert_uint_eq(len, 4 + LARGE + strlen("end of bodytail"));
    ck_assert_mem_eq(out, "HEAD", 4);
    ck_assert_mem_eq(out + 4, bytes, LARGE);
    ck_assert_mem_eq(out + 4 + LARGE, "end of bodytail", strlen("end of bodytail"));
    ck_assert_uint_eq(files_count("."), 2);
    free(out);
    /* A longer head, an empty body, and no commit. */
    open_file("out");
    close_section(HAR_SECTION_HEAD);
    ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
    ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_HEAD, bytes, LARGE, &error), HAR_OK);
    commit();
    out = files_read("out", &len);
    ck_assert_uint_eq(len, LARGE);
    ck_assert_mem_eq(out, bytes, LARGE);
    free(out);
    open_file("out");
    close_section(HAR_SECTION_HEAD);
    ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_OK);
    har_sink_free(sink);
    ck_assert_uint_eq(files_count("."), 2);
    free(bytes);
}
END_TEST

START_TEST(who_cannot_reopen)
{
    struct har_buffer out;
    har_buffer_init(&out, 100);
    ck_assert_int_eq(har_sink_function(&sink, collect, &out, settings, &error), HAR_OK);
    close_section(HAR_SECTION_HEAD);
    ck_assert(!har_sink_can_reopen(sink));
    ck_assert_int_eq(har_sink_reopen_head(sink, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    har_sink_free(sink);
    open_file("a.har.gz");
    ck_assert(!har_sink_can_reopen(sink));
    har_sink_free(sink);
    open_file("a.har");
    har_sink_watch(sink, look, &out);
    ck_assert(!har_sink_can_reopen(sink));
    har_sink_free(sink);
    open_file("/dev/null");
    ck_assert(!har_sink_can_reopen(sink));
    har_sink_free(sink);
    har_buffer_release(&out);
}
END_TEST

START_TEST(nothing_is_there_before_the_commit)
{
    files_write("old", "old bytes", 9);
    open_file("old");
    put(HAR_SECTION_HEAD, "new bytes");
    files_expect("old", "old bytes");
    har_sink_free(sink);
    files_expect("old", "old bytes");
    open_file("new");
    ck_assert_int_ne(access("new", F_OK), 0);
    put(HAR_SECTION_HEAD, "x");
    har_sink_free(sink);
    ck_assert_int_ne(access("new", F_OK), 0);
    ck_assert_uint_eq(files_count("."), 2); /* old, spool */
    open_file("old");
    put(HAR_SECTION_BODY, "new bytes");
    commit();
    files_expect("old", "new bytes");
    ck_assert_uint_eq(files_count("."), 2);
    har_sink_free(NULL);
}
END_TEST

START_TEST(modes)
{
    static const mode_t masks[] = {0, 022, 027, 077};
    for (size_t i = 0; i < 4; i++) {
        umask(masks[i]);
        open_file("new");
        commit();
        ck_assert_uint_eq(mode_of("new"), 0666 & ~masks[i]);
        ck_assert_uint_eq(umask(masks[i]), masks[i]);
        files_write("old", "x", 1);
        ck_assert_int_eq(chmod("old", 0640), 0);
        open_file("old");
        commit();
        ck_assert_uint_eq(mode_of("old"), 0640);
        unlink("new");
    }
    umask(022);
}
END_TEST

START_TEST(links_lead_to_what_is_replaced)
{
    struct stat st;
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    files_write("folder/file", "old", 3);
    ck_assert_int_eq(symlink("folder/second", "first"), 0);
    ck_assert_int_eq(symlink("file", "folder/second"), 0);
    ck_assert_int_eq(symlink("folder/made", "dangling"), 0);
    ck_assert_int_eq(symlink("loop", "loop"), 0);
    ck_assert_int_eq(symlink("folder", "to-folder"), 0);
    open_file("first");
    put(HAR_SECTION_HEAD, "new");
    commit();
    files_expect("folder/file", "new");
    ck_assert(lstat("first", &st) == 0 && S_ISLNK(st.st_mode));
    ck_assert(lstat("folder/second", &st) == 0 && S_ISLNK(st.st_mode));
    open_file("dangling");
    put(HAR_SECTION_HEAD, "made");
    commit();
    files_expect("folder/made", "made");
    ck_assert(lstat("dangling", &st) == 0 && S_ISLNK(st.st_mode));
    ck_assert_uint_eq(files_count("folder"), 3);
    refuse_file("loop", ELOOP);
    refuse_file("to-folder", EISDIR);
    refuse_file("folder", EISDIR);
    refuse_file("folder/new/", EISDIR);
    refuse_file("", EISDIR);
    refuse_file("missing/new", ENOENT);
    refuse_file("folder/file/new", ENOTDIR);
}
END_TEST

START_TEST(what_is_no_file_is_written_directly)
{
    open_file("/dev/null");
    put(HAR_SECTION_HEAD, "x");
    commit();
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    int end = open("pipe", O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(end, 0);
    open_file("pipe");
    put(HAR_SECTION_BODY, "through a pipe");
    commit();
    char bytes[100] = "";
    ck_assert_int_eq(read(end, bytes, sizeof bytes), 14);
    ck_assert_str_eq(bytes, "through a pipe");
    close(end);
    struct stat st;
    ck_assert(lstat("pipe", &st) == 0 && S_ISFIFO(st.st_mode));
}
END_TEST

START_TEST(a_full_disk_fails)
{
    char *bytes = calloc(1, LARGE);
    for (int i = 0; i < 2; i++) {
        open_file("/dev/full");
        enum har_status status = HAR_OK;
        if (i) /* early, because it is much; or at the end */
            status = har_sink_write(sink, HAR_SECTION_HEAD, bytes, LARGE, &error);
        else
            put(HAR_SECTION_HEAD, "x");
        ck_assert_int_eq(status, i ? HAR_FATAL : HAR_OK);
        memset(&error, 0, sizeof error);
        for (int again = 0; again < 2; again++) {
            ck_assert_int_eq(har_sink_commit(sink, &error), HAR_FATAL);
            ck_assert_int_eq(error.domain, HAR_DOMAIN_SYSTEM);
            ck_assert_int_eq(error.code, ENOSPC);
        }
        ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_HEAD, "x", 1, &error), HAR_FATAL);
        har_sink_free(sink);
    }
    /* A closed pipe. */
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    ck_assert_int_eq(har_sink_descriptor(&sink, ends[1], false, settings, &error), HAR_OK);
    put(HAR_SECTION_HEAD, "x");
    ck_assert_int_eq(har_sink_commit(sink, &error), HAR_FATAL);
    ck_assert_int_eq(error.code, EPIPE);
    har_sink_free(sink);
    /* No spool folder. */
    ck_assert_int_eq(har_settings_set_spool_dir(settings, "missing", &error), HAR_OK);
    files_write("old", "old", 3);
    open_file("old");
    ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_BODY, bytes, LARGE, &error), HAR_FATAL);
    ck_assert_int_eq(error.code, ENOENT);
    ck_assert_int_eq(har_sink_commit(sink, &error), HAR_FATAL);
    har_sink_free(sink);
    files_expect("old", "old");
    free(bytes);
}
END_TEST

START_TEST(calls_out_of_order)
{
    struct har_buffer out;
    har_buffer_init(&out, 100);
    ck_assert_int_eq(har_sink_function(&sink, collect, &out, settings, &error), HAR_OK);
    close_section(HAR_SECTION_BODY);
    close_section(HAR_SECTION_BODY);
    ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_BODY, "x", 1, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    put(HAR_SECTION_HEAD, "head");
    ck_assert_int_eq(har_sink_commit(sink, &error), HAR_OK);
    ck_assert_int_eq(har_sink_write(sink, HAR_SECTION_HEAD, "x", 1, &error), HAR_FATAL);
    ck_assert_int_eq(har_sink_commit(sink, &error), HAR_FATAL);
    ck_assert_uint_eq(out.len, 4);
    har_sink_free(sink);
    har_buffer_release(&out);
}
END_TEST

/* What is packed is the joined output; twice gives the same bytes; the reader unpacks it again. */
START_TEST(packed_output)
{
    static const char *const names[][2] = {{"a.har.gz", "b.har.gz"}, {"a.zhar", "b.zhar"}, {"a.har.zst", "b.har.zst"}};
    unsigned char *bytes = files_noise(LARGE, 8), *out[2];
    size_t len[2];
    if (har_coding_for_path(names[_i][0])->encode) {
        for (int i = 0; i < 2; i++) {
            struct har_buffer seen;
            har_buffer_init(&seen, LARGE + 100);
            open_file(names[_i][i]);
            har_sink_watch(sink, look, &seen);
            for (size_t at = 0, piece = i ? 100000 : 4096; at < LARGE; at += piece)
                ck_assert_int_eq(
                    har_sink_write(sink, HAR_SECTION_BODY, bytes + at, LARGE - at < piece ? LARGE - at : piece, &error), HAR_OK);
            put(HAR_SECTION_HEAD, "head");
            commit();
            ck_assert_uint_eq(seen.len, 4 + LARGE);
            ck_assert_mem_eq(seen.data + 4, bytes, LARGE);
            har_buffer_release(&seen);
            out[i] = files_read(names[_i][i], &len[i]);
        }
        ck_assert_uint_eq(len[0], len[1]);
        ck_assert_mem_eq(out[0], out[1], len[0]);
        free(out[0]);
        free(out[1]);
    }
    if (_i == 0) { /* zlib's own reader */
        gzFile file = gzopen("a.har.gz", "rb");
        unsigned char *back = malloc(LARGE + 10);
        ck_assert_int_eq(gzread(file, back, LARGE + 10), LARGE + 4);
        ck_assert_mem_eq(back, "head", 4);
        ck_assert_mem_eq(back + 4, bytes, LARGE);
        ck_assert_int_eq(gzclose(file), Z_OK);
        free(back);
    }
    free(bytes);
}
END_TEST

/* The coding of the caller stands above the name's ending; nothing written is an empty stream, not an empty file. */
START_TEST(chosen_coding)
{
    open_file("plain.gz");
    har_sink_set_coding(sink, NULL);
    put(HAR_SECTION_HEAD, "plain");
    commit();
    files_expect("plain.gz", "plain");
    open_file("packed");
    har_sink_set_coding(sink, har_coding_for_path("x.gz"));
    commit();
    size_t len;
    unsigned char *out = files_read("packed", &len);
    ck_assert_uint_eq(len, 20); /* header 10, empty block 2, CRC 4, length 4 */
    free(out);
}
END_TEST

Suite *suite_sink(void)
{
    Suite *suite = suite_create("sink");
    TCase *tcase = tcase_create("sink");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, every_order_of_sections, 0, 4);
    tcase_add_test(tcase, large_sections_are_spooled);
    tcase_add_test(tcase, the_head_is_written_anew);
    tcase_add_test(tcase, who_cannot_reopen);
    tcase_add_test(tcase, nothing_is_there_before_the_commit);
    tcase_add_test(tcase, modes);
    tcase_add_test(tcase, links_lead_to_what_is_replaced);
    tcase_add_test(tcase, what_is_no_file_is_written_directly);
    tcase_add_test(tcase, a_full_disk_fails);
    tcase_add_test(tcase, calls_out_of_order);
    tcase_add_loop_test(tcase, packed_output, 0, 3);
    tcase_add_test(tcase, chosen_coding);
    suite_add_tcase(suite, tcase);
    return suite;
}
