/* Inputs: plain and packed ones in blocks of any size, broken ones, bounds, and the readers' own failures. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <harmill/harmill.h>

#include "files.h"

#define TEXT     "{\"log\":{\"version\":\"1.2\"}}"
#define TEXT_LEN (sizeof TEXT - 1)

Suite *suite_input(void);

static struct har_settings *settings;
static struct har_error error;

static void set_up(void)
{
    files_enter();
    settings = har_settings_new();
    ck_assert_ptr_nonnull(settings);
    memset(&error, 0, sizeof error);
}

static void tear_down(void)
{
    har_settings_free(settings);
    files_leave();
}

static enum har_status open_input(struct har_input **input, const char *name)
{
    struct har_reader_args args = {.size = sizeof args, .input = name, .settings = settings};
    return har_input_open(input, har_reader_for_input(name), &args, NULL, &error);
}

/* Reads to the end, by `cap` bytes. The caller releases *all. */
static enum har_status read_all(struct har_input *input, size_t cap, struct har_buffer *all)
{
    enum har_status status;
    size_t got = 0, block = har_settings_block_size(settings);
    har_buffer_init(all, (size_t)1 << 28);
    for (;;) {
        char *room = har_buffer_reserve(all, cap);
        status = room ? har_input_read(input, room, cap, &got, &error) : HAR_FATAL;
        if (status != HAR_OK)
            break;
        if (got < 1 || got > cap || got > block)
            ck_abort_msg("%zu bytes of at most %zu", got, cap); /* asserting each takes long */
        all->len += got;
    }
    ck_assert_uint_eq(got, 0);
    /* The end sticks, and so does its reason. */
    struct har_error again = {0};
    ck_assert_int_eq(har_input_read(input, (char[1]){0}, 1, &got, &again), status);
    if (status == HAR_FATAL)
        ck_assert_str_eq(again.text, error.text);
    return status;
}

/* Opens and reads; HAR_EOF when all of it came. */
static enum har_status read_name(const char *name, size_t cap, struct har_buffer *all)
{
    struct har_input *input;
    enum har_status status = open_input(&input, name);
    har_buffer_init(all, 1);
    if (status == HAR_OK)
        status = read_all(input, cap, all);
    har_input_close(input);
    return status;
}

static void expect_name(const char *name, size_t cap, const void *bytes, size_t len)
{
    struct har_buffer all;
    enum har_status status = read_name(name, cap, &all);
    ck_assert_msg(status == HAR_EOF, "%s: %s", name, error.text);
    ck_assert_uint_eq(all.len, len);
    ck_assert(!len || !memcmp(all.data, bytes, len));
    har_buffer_release(&all);
}

static void expect_failure(const char *name, enum har_domain domain, int code, const char *words)
{
    struct har_buffer all;
    ck_assert_int_eq(read_name(name, 1000, &all), HAR_FATAL);
    ck_assert_msg(error.domain == domain && error.code == code && strstr(error.text, words), "%s: %d, %d, %s", name, error.domain,
                  error.code, error.text);
    har_buffer_release(&all);
}

/* As zlib packs, independently of the codings: bits 31 for gzip, 15 for zlib. Returns the length. */
static size_t deflate_all(int bits, const void *bytes, size_t len, unsigned char *packed, size_t room)
{
    z_stream stream = {.avail_in = (uInt)len, .next_out = packed, .avail_out = (uInt)room};
    memcpy(&stream.next_in, &bytes, sizeof bytes);
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, bits, 9, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

static const size_t sizes[] = {1, 2, 3, 7, 31, 4096, 65536, 1 << 20};

START_TEST(every_block_size)
{
    static unsigned char packed[300000];
    size_t block = sizes[_i], len = block < 31 ? 20000 : 100000;
    unsigned char *bytes = files_noise(len, 5);
    files_write("plain", bytes, len);
    size_t gzip = deflate_all(31, bytes, len / 2, packed, sizeof packed);
    gzip += deflate_all(31, bytes + len / 2, len - len / 2, packed + gzip, sizeof packed - gzip);
    files_write("two-members", packed, gzip);
    files_write("zlib", packed, deflate_all(15, bytes, len, packed, sizeof packed));
    ck_assert_int_eq(har_settings_set_block_size(settings, block, &error), HAR_OK);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i += 3) {
        expect_name("plain", sizes[i], bytes, len);
        expect_name("two-members", sizes[i], bytes, len);
        expect_name("zlib", sizes[i], bytes, len);
    }
    free(bytes);
}
END_TEST

START_TEST(short_plain_inputs)
{
    for (size_t len = 0; len <= 6; len++) {
        files_write("short", TEXT, len);
        expect_name("short", 1, TEXT, len);
        expect_name("short", 1000, TEXT, len);
    }
    files_write("odd", "\x78", 1);
    expect_name("odd", 10, "\x78", 1);
    files_write("odd", "\x1f", 1);
    expect_name("odd", 10, "\x1f", 1);
    struct har_input *input;
    ck_assert_int_eq(open_input(&input, "odd"), HAR_OK);
    ck_assert_str_eq(har_input_name(input), "odd");
    ck_assert_ptr_null(har_input_coding(input));
    har_input_close(input);
    har_input_close(NULL);
}
END_TEST

START_TEST(what_follows_a_gzip_member)
{
    unsigned char packed[70000] = {0};
    size_t len = deflate_all(31, TEXT, TEXT_LEN, packed, 1000);
    for (size_t zeros = 0; zeros <= 66000; zeros = zeros < 6 ? zeros + 1 : zeros * 10 + 5) {
        files_write("padded", packed, len + zeros);
        expect_name("padded", 100, TEXT, TEXT_LEN);
    }
    for (size_t zeros = 0; zeros <= 66000; zeros = zeros < 6 ? zeros + 1 : zeros * 10 + 5) {
        packed[len + zeros] = 'x';
        files_write("garbage", packed, len + zeros + 1);
        char words[40];
        snprintf(words, sizeof words, "follow the gzip data at byte %zu", len + zeros);
        expect_failure("garbage", HAR_DOMAIN_DATA, 0, words);
        packed[len + zeros] = 0;
    }
    /* A second member that is only begun. */
    memcpy(packed + len, packed, 3);
    files_write("begun", packed, len + 3);
    expect_failure("begun", HAR_DOMAIN_DATA, 0, "the gzip data ends too early");
    /* An empty member holds nothing, and reading goes on behind it. */
    size_t empty = deflate_all(31, "", 0, packed, 1000);
    size_t both = empty + deflate_all(31, TEXT, TEXT_LEN, packed + empty, 1000);
    files_write("empty", packed, empty);
    expect_name("empty", 100, "", 0);
    files_write("empty-first", packed, both);
    expect_name("empty-first", 100, TEXT, TEXT_LEN);
}
END_TEST

START_TEST(cut_at_every_byte)
{
    unsigned char packed[1000];
    size_t len = deflate_all(31, TEXT, TEXT_LEN, packed, sizeof packed);
    for (size_t cut = 2; cut < len; cut++) {
        files_write("cut", packed, cut);
        expect_failure("cut", HAR_DOMAIN_DATA, 0, "the gzip data ends too early");
    }
    packed[len - 6] ^= 1; /* in the CRC */
    files_write("crc", packed, len);
    expect_failure("crc", HAR_DOMAIN_DATA, 0, "the gzip data is damaged at byte ");
    memset(packed + 10, 0xff, 4); /* behind the header: a block of an unknown type */
    files_write("damaged", packed, len);
    expect_failure("damaged", HAR_DOMAIN_DATA, 0, "the gzip data is damaged at byte 11");
}
END_TEST

START_TEST(bounds)
{
    size_t len = 20 << 20;
    unsigned char *zeros = calloc(1, len), *packed = malloc(len);
    size_t packed_len = deflate_all(31, zeros, len, packed, len);
    files_write("bomb", packed, packed_len);
    /* Deflate reaches 1030:1, and that counts only behind 16 MiB. */
    expect_failure("bomb", HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_RATIO, "--max-decoded-ratio");
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_DECODED_RATIO, 1032, &error), HAR_OK);
    expect_name("bomb", 100000, zeros, len);
    files_write("small-bomb", packed, deflate_all(31, zeros, 16 << 20, packed, len));
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_DECODED_RATIO, 2, &error), HAR_OK);
    expect_name("small-bomb", 100000, zeros, 16 << 20);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_DECODED_BYTES, 2000, &error), HAR_OK);
    files_write("just", packed, deflate_all(31, zeros, 2000, packed, len));
    expect_name("just", 7, zeros, 2000);
    files_write("over", packed, deflate_all(31, zeros, 2001, packed, len));
    expect_failure("over", HAR_DOMAIN_BOUND, HAR_BOUND_DECODED_BYTES, "--max-decoded-bytes");
    files_write("plain", zeros, 5000); /* what is not packed has no such bound */
    expect_name("plain", 1000, zeros, 5000);
    free(packed);
    free(zeros);
}
END_TEST

static void collect(void *user, const void *bytes, size_t len)
{
    har_buffer_append(user, bytes, len);
}

START_TEST(a_watch_sees_every_byte_once)
{
    static unsigned char packed[100000];
    unsigned char *bytes = files_noise(50000, 9);
    files_write("plain", bytes, 50000);
    files_write("gzip", packed, deflate_all(31, bytes, 50000, packed, sizeof packed));
    for (int i = 0; i < 2; i++) {
        struct har_input *input;
        struct har_buffer seen, all;
        har_buffer_init(&seen, 1 << 20);
        ck_assert_int_eq(open_input(&input, i ? "gzip" : "plain"), HAR_OK);
        ck_assert_str_eq(i ? har_input_coding(input)->name : "gzip", "gzip");
        har_input_watch(input, collect, &seen);
        ck_assert_int_eq(read_all(input, 777, &all), HAR_EOF);
        ck_assert_uint_eq(seen.len, 50000);
        ck_assert_mem_eq(seen.data, bytes, 50000);
        har_input_close(input);
        har_buffer_release(&seen);
        har_buffer_release(&all);
    }
    free(bytes);
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    struct har_input *input;
    expect_failure("missing", HAR_DOMAIN_SYSTEM, ENOENT, "cannot open: ");
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    expect_failure("folder", HAR_DOMAIN_SYSTEM, EISDIR, "is a directory");
    files_write("file", TEXT, TEXT_LEN);
    expect_failure("file/below", HAR_DOMAIN_SYSTEM, ENOTDIR, "cannot open: ");
    /* Shorter than when it was opened. */
    unsigned char *bytes = files_noise(100000, 1);
    struct har_buffer all;
    files_write("shrinking", bytes, 100000);
    ck_assert_int_eq(open_input(&input, "shrinking"), HAR_OK);
    ck_assert_int_eq(truncate("shrinking", 50000), 0);
    ck_assert_int_eq(read_all(input, 1000, &all), HAR_FATAL);
    ck_assert_uint_eq(all.len, 50000);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_SYSTEM);
    ck_assert_str_eq(error.text, "the file shrank while it was read");
    har_input_close(input);
    har_buffer_release(&all);
    free(bytes);
}
END_TEST

/* A build without the library names what it cannot unpack. */
START_TEST(zstd_is_known_in_every_build)
{
    files_write("zstd", "\x28\xb5\x2f\xfd\0\0", 6);
#ifdef HARMILL_WITHOUT_ZSTD
    expect_failure("zstd", HAR_DOMAIN_USAGE, 0, "packed with zstd, which this build leaves out; unpack it first");
#else
    expect_failure("zstd", HAR_DOMAIN_DATA, 0, "the zstd data ends too early");
#endif
}
END_TEST

START_TEST(standard_input)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], TEXT, TEXT_LEN), TEXT_LEN);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    expect_name("-", 5, TEXT, TEXT_LEN);
    const struct har_reader *reader = har_reader_for_input("-");
    struct har_reader_args args = {.size = sizeof args, .input = "-"};
    void *ctx = calloc(1, reader->ctx_size);
    ck_assert_int_eq(reader->open(ctx, &args, &error), HAR_OK);
    ck_assert_int_eq(reader->rewind(ctx, &error), HAR_FAILED);
    reader->close(ctx);
    /* A file on standard input rewinds to where it stood. */
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(write(fileno(file), "0123456789", 10), 10);
    ck_assert_int_eq(lseek(fileno(file), 4, SEEK_SET), 4);
    dup2(fileno(file), STDIN_FILENO);
    ck_assert_int_eq(reader->open(ctx, &args, &error), HAR_OK);
    for (int i = 0; i < 2; i++) {
        char bytes[20];
        size_t got;
        ck_assert_int_eq(reader->read(ctx, bytes, sizeof bytes, &got, &error), HAR_OK);
        ck_assert_uint_eq(got, 6);
        ck_assert_mem_eq(bytes, "456789", 6);
        ck_assert_int_eq(reader->read(ctx, bytes, sizeof bytes, &got, &error), HAR_EOF);
        ck_assert_int_eq(reader->rewind(ctx, &error), HAR_OK);
    }
    reader->close(ctx);
    fclose(file);
    free(ctx);
}
END_TEST

START_TEST(settings_have_ranges)
{
    ck_assert_uint_eq(har_settings_block_size(settings), 256 << 10);
    ck_assert_int_eq(har_settings_set_block_size(settings, 0, &error), HAR_FATAL);
    ck_assert_int_eq(har_settings_set_block_size(settings, (16 << 20) + 1, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_DEPTH, 7, &error), HAR_FATAL);
    ck_assert_str_eq(error.text, "max-depth takes 8 to 65536 levels");
    ck_assert_uint_eq(har_settings_bound(settings, HAR_BOUND_DEPTH), 256);
    ck_assert_uint_eq(har_settings_bound(NULL, HAR_BOUND_DEPTH), 256);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_COUNT, 7, &error), HAR_FATAL);
    ck_assert_ptr_null(har_bound_info(HAR_BOUND_COUNT));
    ck_assert_str_eq(har_settings_spool_dir(settings), "/tmp");
    ck_assert_int_eq(har_settings_set_spool_dir(settings, "", &error), HAR_FATAL);
    ck_assert_int_eq(har_settings_set_spool_dir(settings, "x", &error), HAR_OK);
    ck_assert_str_eq(har_settings_spool_dir(settings), "x");
    struct har_option options[] = {{"a", "1"}, {"b", NULL}, {"a", "2"}, {NULL, NULL}};
    ck_assert_str_eq(har_option_value(options, "a", "0"), "2");
    ck_assert_str_eq(har_option_value(options, "c", "0"), "0");
    ck_assert_ptr_null(har_option_value(NULL, "c", NULL));
}
END_TEST

START_TEST(errors_are_one_line_and_keep_the_reason)
{
    char name[1000];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ck_assert_int_eq(har_error_system(&error, ENOENT, "%s", name), HAR_FATAL);
    ck_assert_int_eq(error.code, ENOENT);
    ck_assert_uint_lt(strlen(error.text), sizeof error.text);
    ck_assert_ptr_nonnull(strstr(error.text, ": No such file or directory"));
    ck_assert_int_eq(har_error_set(&error, HAR_FAILED, HAR_DOMAIN_DATA, 3, "a\nb"), HAR_FAILED);
    ck_assert_str_eq(error.text, "a?b");
    ck_assert_int_eq(har_error_memory(NULL), HAR_FATAL);
    ck_assert_str_eq(har_version(), HAR_VERSION);
    ck_assert_ptr_nonnull(strstr(har_version_libraries(), "zlib " ZLIB_VERSION));
}
END_TEST

Suite *suite_input(void)
{
    Suite *suite = suite_create("input");
    TCase *tcase = tcase_create("input");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, every_block_size, 0, sizeof sizes / sizeof *sizes);
    tcase_add_test(tcase, short_plain_inputs);
    tcase_add_test(tcase, what_follows_a_gzip_member);
    tcase_add_test(tcase, cut_at_every_byte);
    tcase_add_test(tcase, bounds);
    tcase_add_test(tcase, a_watch_sees_every_byte_once);
    tcase_add_test(tcase, files_that_cannot_be_read);
    tcase_add_test(tcase, zstd_is_known_in_every_build);
    tcase_add_test(tcase, standard_input);
    tcase_add_test(tcase, settings_have_ranges);
    tcase_add_test(tcase, errors_are_one_line_and_keep_the_reason);
    suite_add_tcase(suite, tcase);
    return suite;
}
