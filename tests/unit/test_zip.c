/* Archives through the library: listing, choosing, attachments, readers of an older size. The archives are made here, stored. */
#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <harmill/harmill.h>

#include "files.h"

Suite *suite_zip(void);

#ifndef HARMILL_WITHOUT_ZIP

#define ONE "{\"log\":{\"version\":\"1.2\"}}"
#define TWO "{\"log\":{\"version\":\"1.1\"}}"

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

/* ---- making archives */

struct member {
    const char *name, *bytes;
};

static void little(struct har_buffer *out, uint64_t number, unsigned count)
{
    for (; count; count--, number >>= 8)
        har_buffer_append_char(out, (char)(number & 255));
}

/* What the local header and the directory have in common. */
static void common(struct har_buffer *out, const struct member *member)
{
    const size_t len = strlen(member->bytes);
    const uint64_t fields[][2] = {{20, 2},
                                  {0, 2},
                                  {0, 2},
                                  {0, 4},
                                  {crc32(0, (const Bytef *)member->bytes, (uInt)len), 4},
                                  {len, 4},
                                  {len, 4},
                                  {strlen(member->name), 2},
                                  {0, 2}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        little(out, fields[i][0], (unsigned)fields[i][1]);
}

static void write_zip(const char *path, const struct member *members)
{
    struct har_buffer zip, directory;
    size_t count = 0;
    har_buffer_init(&zip, HAR_MIB);
    har_buffer_init(&directory, HAR_MIB);
    for (; members[count].name; count++) {
        const struct member *member = &members[count];
        har_buffer_append(&directory, "PK\1\2\24\0", 6);
        common(&directory, member);
        little(&directory, 0, 10);
        little(&directory, zip.len, 4);
        har_buffer_append_text(&directory, member->name);
        har_buffer_append(&zip, "PK\3\4", 4);
        common(&zip, member);
        har_buffer_append_text(&zip, member->name);
        har_buffer_append_text(&zip, member->bytes);
    }
    const size_t at = zip.len;
    har_buffer_append(&zip, directory.data, directory.len);
    har_buffer_append(&zip, "PK\5\6\0\0\0\0", 8);
    little(&zip, count, 2);
    little(&zip, count, 2);
    little(&zip, directory.len, 4);
    little(&zip, at, 4);
    little(&zip, 0, 2);
    ck_assert(!zip.failed && !directory.failed);
    files_write(path, zip.data, zip.len);
    har_buffer_release(&zip);
    har_buffer_release(&directory);
}

static const struct member several[] = {{"b.har", ONE}, {"note.txt", "hello"}, {"a.har", TWO}, {NULL, NULL}};
static const struct member single[] = {{"x.har", ONE}, {"body", "hello"}, {"sub/body", "deep"}, {"sub/", ""}, {NULL, NULL}};

/* ---- listing */

struct listed {
    struct har_buffer text;
    size_t most;
};

static bool note(void *user, const char *input, struct har_text name)
{
    struct listed *listed = user;
    har_buffer_printf(&listed->text, "%s=%.*s ", input, (int)name.len, name.bytes);
    return --listed->most > 0;
}

static void expect_list(const char *path, size_t most, enum har_status wanted, const char *text)
{
    const struct har_reader *zip = har_reader_find("zip");
    struct listed listed = {.most = most};
    har_buffer_init(&listed.text, HAR_MIB);
    ck_assert_int_eq(zip->list(path, note, &listed, &error), wanted);
    ck_assert_str_eq(har_buffer_string(&listed.text), text);
    har_buffer_release(&listed.text);
}

START_TEST(captures_are_listed)
{
    write_zip("z", several);
    expect_list("z", 9, HAR_OK, "0:z=b.har 2:z=a.har ");
    expect_list("z", 1, HAR_OK, "0:z=b.har ");
    write_zip("none", (const struct member[]){{"note.txt", "hello"}, {NULL, NULL}});
    expect_list("none", 9, HAR_EOF, "");
    files_write("plain", ONE, strlen(ONE));
    expect_list("plain", 9, HAR_EOF, "");
    files_write("short", "PK", 2);
    expect_list("short", 9, HAR_EOF, "");
    expect_list("/dev/null", 9, HAR_EOF, "");
    expect_list("missing", 9, HAR_FATAL, "");
    ck_assert_int_eq(error.domain, HAR_DOMAIN_SYSTEM);
    files_write("cut", "PK\3\4 and no more", 16);
    expect_list("cut", 9, HAR_FATAL, "");
    ck_assert_int_eq(error.domain, HAR_DOMAIN_DATA);
    write_zip("json", (const struct member[]){{"x/", ""}, {"x/only.JSON", ONE}, {NULL, NULL}});
    expect_list("json", 9, HAR_OK, "1:json=x/only.JSON ");
}
END_TEST

START_TEST(nothing_is_an_archive_by_its_name)
{
    ck_assert(!har_reader_find("zip")->accepts("a.zip"));
    ck_assert_str_eq(har_reader_for_input("0:a.zip")->name, "file");
    ck_assert_ptr_null(har_reader_find("tar"));
}
END_TEST

/* ---- reading */

static enum har_status open_as(struct har_input **input, const struct har_reader *reader, const char *name)
{
    const struct har_reader_args args = {.size = sizeof args, .input = name, .settings = settings};
    return har_input_open(input, reader, &args, NULL, &error);
}

static void expect_read(struct har_input *input, const char *wanted)
{
    char all[256];
    size_t len = 0, got;
    while (har_input_read(input, all + len, sizeof all - len, &got, &error) == HAR_OK)
        len += got;
    ck_assert_uint_eq(len, strlen(wanted));
    ck_assert_mem_eq(all, wanted, len);
}

START_TEST(each_capture_is_an_input)
{
    const struct har_reader *zip = har_reader_find("zip");
    struct har_input *input;
    write_zip("z", several);
    for (size_t block = 1; block < 40; block += 19) {
        ck_assert_int_eq(har_settings_set_block_size(settings, block, &error), HAR_OK);
        ck_assert_int_eq(open_as(&input, zip, "0:z"), HAR_OK);
        expect_read(input, ONE);
        har_input_close(input);
        ck_assert_int_eq(open_as(&input, zip, "2:z"), HAR_OK);
        expect_read(input, TWO);
        har_input_close(input);
    }
    ck_assert_int_eq(open_as(&input, zip, "3:z"), HAR_OK); /* there is none: told like other damage */
    char byte;
    size_t got;
    ck_assert_int_eq(har_input_read(input, &byte, 1, &got, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_DATA);
    har_input_close(input);
    ck_assert_int_eq(open_as(&input, zip, ":z"), HAR_FATAL); /* there are two */
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_ptr_null(input);
}
END_TEST

START_TEST(a_single_capture_needs_no_listing)
{
    struct har_input *input;
    write_zip("z", single);
    ck_assert_int_eq(open_as(&input, har_reader_for_input("z"), "z"), HAR_OK);
    ck_assert(har_input_is_contained(input));
    ck_assert_str_eq(har_input_name(input), "z");
    expect_read(input, ONE);
    har_input_close(input);
    write_zip("none", (const struct member[]){{"note.txt", "hello"}, {NULL, NULL}});
    ck_assert_int_eq(open_as(&input, har_reader_for_input("none"), "none"), HAR_OK);
    ck_assert(!har_input_is_contained(input));
    char bytes[4];
    size_t got;
    ck_assert_int_eq(har_input_read(input, bytes, sizeof bytes, &got, &error), HAR_OK);
    ck_assert_mem_eq(bytes, "PK\3\4", 4);
    har_input_close(input);
}
END_TEST

START_TEST(it_can_be_read_twice)
{
    const struct har_reader *zip = har_reader_find("zip");
    const struct har_reader_args args = {.size = sizeof args, .input = ":z", .settings = settings};
    char bytes[64];
    size_t got;
    void *ctx = calloc(1, zip->ctx_size);
    write_zip("z", single);
    ck_assert_int_eq(zip->open(ctx, &args, &error), HAR_OK);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(zip->read(ctx, bytes, sizeof bytes, &got, &error), HAR_OK);
        ck_assert_uint_eq(got, strlen(ONE));
        ck_assert_int_eq(zip->rewind(ctx, &error), HAR_OK);
    }
    zip->close(ctx);
    free(ctx);
}
END_TEST

/* ---- attachments */

static enum har_status attach(struct har_input *input, const char *name, size_t len, struct har_buffer *out)
{
    return har_input_attachment(input, (struct har_text){name, len}, out, &error);
}

START_TEST(files_beside_the_capture)
{
    static const char *const absent[] = {"BODY", "./body", "sub/", "sub/../body", "/body", "z", "", "../z", "bod", "body "};
    struct har_input *input;
    struct har_buffer out;
    char byte;
    size_t got;
    write_zip("z", single);
    ck_assert_int_eq(open_as(&input, har_reader_for_input("z"), "z"), HAR_OK);
    ck_assert_int_eq(har_input_read(input, &byte, 1, &got, &error), HAR_OK); /* in the middle of reading */
    har_buffer_init(&out, 9);
    ck_assert_int_eq(attach(input, "body", 4, &out), HAR_OK);
    ck_assert_int_eq(attach(input, "sub/body", 8, &out), HAR_OK);
    ck_assert_uint_eq(out.len, 9);
    ck_assert_mem_eq(out.data, "hellodeep", 9);
    ck_assert_int_eq(attach(input, "body", 4, NULL), HAR_OK);
    ck_assert_int_eq(attach(input, "body", 4, &out), HAR_FATAL); /* no room */
    ck_assert_int_eq(error.domain, HAR_DOMAIN_BOUND);
    ck_assert_int_eq(error.code, HAR_BOUND_ITEM_BYTES);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        ck_assert_int_eq(attach(input, absent[i], strlen(absent[i]), NULL), HAR_EOF);
        ck_assert_int_eq(attach(input, absent[i], strlen(absent[i]), &out), HAR_EOF);
    }
    ck_assert_int_eq(attach(input, "body\0x", 6, NULL), HAR_EOF);
    har_buffer_release(&out);
    expect_read(input, &ONE[1]);
    har_input_close(input);
}
END_TEST

/* A reader as one was before there were attachments: what lies behind its end is not looked at. */
START_TEST(a_reader_of_an_older_size)
{
    struct har_input *input;
    struct har_reader older = *har_reader_find("zip");
    older.size = offsetof(struct har_reader, attachment);
    write_zip("z", single);
    ck_assert_int_eq(open_as(&input, &older, ":z"), HAR_OK);
    ck_assert(!har_input_is_contained(input));
    ck_assert_int_eq(attach(input, "body", 4, NULL), HAR_EOF);
    expect_read(input, ONE);
    har_input_close(input);
    files_write("plain", ONE, strlen(ONE));
    ck_assert_int_eq(open_as(&input, har_reader_for_input("plain"), "plain"), HAR_OK);
    ck_assert(!har_input_is_contained(input));
    ck_assert_int_eq(attach(input, "plain", 5, NULL), HAR_EOF);
    har_input_close(input);
}
END_TEST

START_TEST(packed_to_more_than_the_bounds)
{
    struct har_input *input;
    struct har_buffer out;
    write_zip("z", (const struct member[]){{"x.har", ONE},
                                           {"long", "0123456789012345678901234567890123456789012345678901234567890123456789"},
                                           {NULL, NULL}});
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_DECODED_BYTES, HAR_KIB, &error), HAR_OK);
    ck_assert_int_eq(open_as(&input, har_reader_for_input("z"), "z"), HAR_OK);
    har_buffer_init(&out, HAR_MIB);
    enum har_status status = HAR_OK;
    size_t times = 0;
    for (; status == HAR_OK && times < 100; times++)
        status = attach(input, "long", 4, &out);
    ck_assert_int_eq(status, HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_BOUND);
    ck_assert_int_eq(error.code, HAR_BOUND_DECODED_BYTES);
    ck_assert_uint_eq(times, 1024 / 70 + 1);
    har_buffer_release(&out);
    har_input_close(input);
}
END_TEST

Suite *suite_zip(void)
{
    Suite *suite = suite_create("zip");
    TCase *tcase = tcase_create("archives");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, captures_are_listed);
    tcase_add_test(tcase, nothing_is_an_archive_by_its_name);
    tcase_add_test(tcase, each_capture_is_an_input);
    tcase_add_test(tcase, a_single_capture_needs_no_listing);
    tcase_add_test(tcase, it_can_be_read_twice);
    tcase_add_test(tcase, files_beside_the_capture);
    tcase_add_test(tcase, a_reader_of_an_older_size);
    tcase_add_test(tcase, packed_to_more_than_the_bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}

#else

START_TEST(is_left_out)
{
    const struct har_reader *zip = har_reader_find("zip");
    struct har_error error = {0};
    const struct har_reader_args args = {.size = sizeof args, .input = "0:a.zip"};
    ck_assert(!zip->list);
    ck_assert_int_eq(zip->open(NULL, &args, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
}
END_TEST

Suite *suite_zip(void)
{
    Suite *suite = suite_create("zip");
    TCase *tcase = tcase_create("archives");
    tcase_add_test(tcase, is_left_out);
    suite_add_tcase(suite, tcase);
    return suite;
}
#endif
