/* har_fetch(): the exact bytes of an input, with readers of the test's own. */
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <harmill/harmill.h>

#include "files.h"

Suite *suite_fetch(void);

/* What the reader gives, where it fails, and what was done to it. */
struct source {
    const unsigned char *bytes;
    size_t len, at, step; /* at most `step` bytes at once */
    size_t breaks_at;     /* SIZE_MAX: never */
    enum har_status breaks_with;
    bool refuses;
    volatile sig_atomic_t *cancels; /* set by the second read; NULL: never */
    unsigned opened, reads, closed;
    bool exact;
};

struct ctx {
    struct source *source;
};

static enum har_status open_source(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct ctx *c = ctx;
    ck_assert_ptr_null(c->source); /* the context is zeroed */
    ck_assert_str_eq(args->input, "the input");
    c->source = args->user;
    c->source->opened++;
    c->source->exact = har_option_value(args->options, "exact", "") == NULL;
    return c->source->refuses ? har_error_system(error, ENOENT, "cannot open") : HAR_OK;
}

static enum har_status read_source(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct source *source = ((struct ctx *)ctx)->source;
    size_t part = source->len - source->at;
    *got = 0;
    ck_assert_uint_eq(source->closed, 0);
    if (++source->reads == 2 && source->cancels)
        *source->cancels = 1;
    if (source->at >= source->breaks_at)
        return har_error_set(error, source->breaks_with, HAR_DOMAIN_NETWORK, 502, "the answer broke off");
    if (!part)
        return HAR_EOF;
    part = part < source->step ? part : source->step;
    part = part < cap ? part : cap;
    memcpy(bytes, source->bytes + source->at, part);
    source->at += part;
    *got = part;
    return HAR_OK;
}

static void close_source(void *ctx)
{
    ((struct ctx *)ctx)->source->closed++;
}

static const struct har_reader reader = {
    .size = sizeof(struct har_reader),
    .name = "test",
    .summary = "bytes of a test",
    .ctx_size = sizeof(struct ctx),
    .open = open_source,
    .read = read_source,
    .close = close_source,
};

static struct source source;
static struct har_fetched fetched;
static struct har_error error;

static void set_up(void)
{
    files_enter();
    source = (struct source){.step = SIZE_MAX, .breaks_at = SIZE_MAX, .breaks_with = HAR_FATAL};
    fetched = (struct har_fetched){.size = sizeof fetched};
    error = (struct har_error){.domain = HAR_DOMAIN_NONE};
}

static void tear_down(void)
{
    files_leave();
}

static enum har_status fetch_to(const char *path, const struct har_option *options, const volatile sig_atomic_t *cancel)
{
    struct har_fetch_args args = {
        .size = sizeof args, .input = "the input", .reader = &reader, .options = options, .reader_user = &source, .cancel = cancel};
    ck_assert_int_eq(har_sink_file(&args.sink, path, NULL, &error), HAR_OK);
    har_sink_set_coding(args.sink, NULL);
    const enum har_status status = har_fetch(&args, &fetched, &error);
    har_sink_free(args.sink);
    ck_assert_uint_eq(source.opened, 1);
    ck_assert_uint_eq(source.closed, 1);
    return status;
}

static void expect_bytes(const char *path)
{
    size_t len = 0;
    unsigned char *written = files_read(path, &len);
    ck_assert_uint_eq(len, source.len);
    ck_assert_int_eq(memcmp(written, source.bytes, len), 0);
    free(written);
}

START_TEST(bytes_stay_as_they_are)
{
    static const size_t steps[] = {1, 7, 4096, SIZE_MAX};
    source.step = steps[_i];
    source.len = source.step == 1 ? 5000 : 1500000;
    unsigned char *noise = files_noise(source.len, 3);
    source.bytes = noise;
    ck_assert_int_eq(fetch_to("page.har.gz", NULL, NULL), HAR_OK); /* the name packs nothing */
    ck_assert_uint_eq(fetched.bytes, source.len);
    ck_assert_ptr_null(fetched.coding);
    ck_assert(!source.exact);
    expect_bytes("page.har.gz");
    free(noise);
}
END_TEST

START_TEST(nothing_is_written_as_nothing)
{
    source.bytes = (const unsigned char *)"";
    ck_assert_int_eq(fetch_to("empty", NULL, NULL), HAR_OK);
    ck_assert_uint_eq(fetched.bytes, 0);
    ck_assert_ptr_null(fetched.coding);
    files_expect("empty", "");
}
END_TEST

START_TEST(packed_bytes_stay_packed_and_are_named)
{
    unsigned char packed[128];
    uLongf len = sizeof packed - 1;
    const struct har_option exact[] = {{"exact", NULL}, {NULL, NULL}};
    ck_assert_int_eq(compress(packed, &len, (const unsigned char *)"{\"log\": {}}", 11), Z_OK);
    source.bytes = packed;
    source.len = len;
    source.step = 1;
    ck_assert_int_eq(fetch_to("page.har", exact, NULL), HAR_OK);
    ck_assert(source.exact);
    ck_assert_ptr_nonnull(fetched.coding);
    ck_assert_str_eq(fetched.coding->name, "zlib");
    expect_bytes("page.har");
}
END_TEST

START_TEST(what_breaks_off_replaces_nothing)
{
    static const enum har_status ends[] = {HAR_FATAL, HAR_FAILED};
    files_write("page.har", "old", 3);
    source.bytes = (const unsigned char *)"0123456789";
    source.len = 10;
    source.step = 4;
    source.breaks_at = 8;
    source.breaks_with = ends[_i];
    ck_assert_int_eq(fetch_to("page.har", NULL, NULL), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_NETWORK);
    ck_assert_int_eq(error.code, 502);
    ck_assert_str_eq(error.text, "the answer broke off");
    ck_assert_uint_eq(fetched.bytes, 8);
    files_expect("page.har", "old");
    ck_assert_uint_eq(files_count("."), 1);
}
END_TEST

START_TEST(what_cannot_be_opened_makes_nothing)
{
    source.refuses = true;
    ck_assert_int_eq(fetch_to("page.har", NULL, NULL), HAR_FATAL);
    ck_assert_int_eq(error.code, ENOENT);
    ck_assert_uint_eq(source.reads, 0);
    ck_assert_uint_eq(files_count("."), 0);
}
END_TEST

START_TEST(a_run_that_is_cancelled_writes_nothing)
{
    volatile sig_atomic_t cancel = 0;
    source.bytes = (const unsigned char *)"0123456789";
    source.len = 10;
    source.step = 1;
    source.cancels = &cancel;
    ck_assert_int_eq(fetch_to("page.har", NULL, &cancel), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_CANCELLED);
    ck_assert_uint_eq(source.reads, 2);
    ck_assert_uint_eq(files_count("."), 0);
}
END_TEST

static enum har_status refuse(void *user, const void *bytes, size_t len, struct har_error *e)
{
    (void)user;
    (void)bytes;
    (void)len;
    return har_error_system(e, ENOSPC, "cannot write");
}

START_TEST(a_sink_that_fails_ends_it)
{
    struct har_fetch_args args = {.size = sizeof args, .input = "the input", .reader = &reader, .reader_user = &source};
    source.len = 4000000;
    source.step = 65536;
    unsigned char *noise = files_noise(source.len, 5);
    source.bytes = noise;
    ck_assert_int_eq(har_sink_function(&args.sink, refuse, NULL, NULL, &error), HAR_OK);
    ck_assert_int_eq(har_fetch(&args, &fetched, NULL), HAR_FATAL); /* who does not ask gets no error */
    ck_assert_uint_lt(source.at, source.len);
    ck_assert_uint_eq(source.closed, 1);
    har_sink_free(args.sink);
    free(noise);
}
END_TEST

START_TEST(without_a_reader_the_form_decides)
{
    struct har_fetch_args args = {.size = sizeof args, .input = "page.har.gz"};
    unsigned char packed[128];
    uLongf len = sizeof packed;
    ck_assert_int_eq(compress(packed, &len, (const unsigned char *)"bytes", 5), Z_OK);
    files_write("page.har.gz", packed, len);
    ck_assert_int_eq(har_sink_file(&args.sink, "copy", NULL, &error), HAR_OK);
    ck_assert_int_eq(har_fetch(&args, &fetched, &error), HAR_OK);
    har_sink_free(args.sink);
    source.bytes = packed;
    source.len = len;
    expect_bytes("copy");
}
END_TEST

Suite *suite_fetch(void)
{
    Suite *suite = suite_create("fetch");
    TCase *fetch = tcase_create("fetch");
    tcase_add_checked_fixture(fetch, set_up, tear_down);
    tcase_add_loop_test(fetch, bytes_stay_as_they_are, 0, 4);
    tcase_add_test(fetch, nothing_is_written_as_nothing);
    tcase_add_test(fetch, packed_bytes_stay_packed_and_are_named);
    tcase_add_loop_test(fetch, what_breaks_off_replaces_nothing, 0, 2);
    tcase_add_test(fetch, what_cannot_be_opened_makes_nothing);
    tcase_add_test(fetch, a_run_that_is_cancelled_writes_nothing);
    tcase_add_test(fetch, a_sink_that_fails_ends_it);
    tcase_add_test(fetch, without_a_reader_the_form_decides);
    suite_add_tcase(suite, fetch);
    return suite;
}
