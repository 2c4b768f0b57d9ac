/* Answers of the URL Scanner: what their headers say of their framing, and whether they are whole. Nothing is sent. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <harmill/harmill.h>

#include "cloudflare/client.h"
#include "cloudflare/prove.h"

Suite *suite_cloudflare_prove(void);

#define HAR "{\"log\":{\"version\":\"1.2\",\"comment\":\"}]\\\"}\",\"entries\":[]}}"

static struct har_settings *settings;
static struct cloudflare_reply reply;
static struct cloudflare_proof proof;
static struct har_error error;

static void set_up(void)
{
    settings = har_settings_new();
    ck_assert_ptr_nonnull(settings);
    cloudflare_reply_init(&reply, settings);
    cloudflare_proof_init(&proof, settings, false);
}

static void tear_down(void)
{
    cloudflare_proof_release(&proof);
    cloudflare_reply_release(&reply);
    har_settings_free(settings);
}

/* ---- headers */

static const struct {
    const char *lines; /* each ends with \n */
    bool measured;
    uint64_t length;
} headers[] = {
    {"HTTP/1.1 200 OK\n\n", false, 0},
    {"HTTP/1.1 200 OK\nContent-Length: 12\n\n", true, 12},
    {"HTTP/1.1 200 OK\ncontent-LENGTH:12\n\n", true, 12},
    {"HTTP/1.1 200 OK\nContent-Length: 12\nContent-Length: 12\n\n", true, 12},
    {"HTTP/1.1 200 OK\nContent-Length: 12\nContent-Length: 13\n\n", false, 0},
    {"HTTP/1.1 200 OK\nContent-Length: -1\n\n", false, 0},
    {"HTTP/1.1 200 OK\nContent-Length: 12x\n\n", false, 0},
    {"HTTP/1.1 200 OK\nContent-Length: 99999999999999999999\n\n", false, 0},
    {"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", true, 0},
    {"HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\nContent-Length: 12\n\n", true, 0},
    {"HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\n", false, 0},
    {"HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n", false, 0},
    {"HTTP/1.1 200 OK\nTransfer-Encoding: gzip\nTransfer-Encoding: chunked\n\n", false, 0},
    /* the answer before the answer does not count, nor do trailers */
    {"HTTP/1.1 103 Early Hints\nContent-Length: 12\n\nHTTP/1.1 200 OK\n\n", false, 0},
    {"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nContent-Length: 12\n", true, 0},
};

static const struct har_cloudflare client; /* without secrets */

static const char *feed(struct cloudflare_head *head, const char *lines)
{
    for (const char *end; (end = strchr(lines, '\n')); lines = end + 1)
        ck_assert(cloudflare_head_line(head, &client, lines, (size_t)(end + 1 - lines), &reply));
    return lines;
}

START_TEST(test_framing)
{
    struct cloudflare_head head = {.bytes = 0};
    feed(&head, headers[_i].lines);
    ck_assert_msg(reply.measured == headers[_i].measured, "%s", headers[_i].lines);
    ck_assert_uint_eq(reply.length, headers[_i].length);
    ck_assert(head.complete);
}
END_TEST

START_TEST(test_names)
{
    struct cloudflare_head head = {.bytes = 0};
    feed(&head, "HTTP/1.1 200 OK\nContent-Type:  application/json; charset=utf-8 \ncf-ray: 8a\x1b[31m<b>c-FRA\n"
                "CONTENT-ENCODING: gzip\nX-Content-Type: no\nno colon here\n\n");
    ck_assert_str_eq(reply.type, "application/json; charset=utf-8");
    ck_assert_str_eq(reply.ray, "8ax1b31mbc-FRA"); /* the escape character as \x1b, less what is no letter */
    ck_assert_str_eq(reply.encoding, "gzip");
}
END_TEST

START_TEST(test_large_header)
{
    struct cloudflare_head head = {.bytes = 0};
    char line[1024];
    size_t fed = 0;
    memset(line, 'a', sizeof line);
    while (cloudflare_head_line(&head, &client, line, sizeof line, &reply) && fed < 1 << 20)
        fed += sizeof line;
    ck_assert_uint_eq(fed, 256 << 10);
}
END_TEST

/* ---- bodies */

static void answer(const void *bytes, size_t len, bool measured)
{
    spool_release(&reply.body);
    ck_assert_int_eq(spool_append(&reply.body, bytes, len, &error), HAR_OK);
    reply.status = 200;
    reply.end = CLOUDFLARE_ANSWERED;
    reply.measured = measured;
}

static enum cloudflare_end prove(void)
{
    ck_assert_int_eq(cloudflare_prove(&proof, &reply, &error), HAR_OK);
    return reply.end;
}

static const struct {
    const char *body;
    bool measured;
    enum cloudflare_end end;
    bool no_json;
} bodies[] = {
    {HAR, true, CLOUDFLARE_ANSWERED, false},
    {HAR, false, CLOUDFLARE_ANSWERED, false},
    {"\xef\xbb\xbf \r\n" HAR "\n\t ", true, CLOUDFLARE_ANSWERED, false},
    {"\xef\xbb\xbf \r\n" HAR "\n\t ", false, CLOUDFLARE_ANSWERED, false},
    {HAR "x", true, CLOUDFLARE_CUT, false},
    {HAR "x", false, CLOUDFLARE_CUT, false},
    {HAR "}", false, CLOUDFLARE_CUT, false},
    {HAR HAR, false, CLOUDFLARE_CUT, false},
    {"", true, CLOUDFLARE_ANSWERED, true},
    {"", false, CLOUDFLARE_CUT, false},
    {"  ", true, CLOUDFLARE_ANSWERED, true},
    {"<html>", true, CLOUDFLARE_ANSWERED, true},
    {"<html>", false, CLOUDFLARE_ANSWERED, true},
    {"[{}]", true, CLOUDFLARE_ANSWERED, true},
    {"PK\3\4", true, CLOUDFLARE_ANSWERED, true},
    {"\x1f", true, CLOUDFLARE_ANSWERED, true},
    {"\x1f", false, CLOUDFLARE_CUT, false},
    {"\xef", false, CLOUDFLARE_CUT, false},
    {"\xef\xbb", false, CLOUDFLARE_CUT, false},
    {"\xef\xbc", false, CLOUDFLARE_ANSWERED, true},
};

START_TEST(test_bodies)
{
    answer(bodies[_i].body, strlen(bodies[_i].body), bodies[_i].measured);
    ck_assert_int_eq(prove(), bodies[_i].end);
    ck_assert_int_eq(proof.no_json, bodies[_i].no_json);
}
END_TEST

/* Nothing but the whole of it is whole. */
START_TEST(test_every_cut)
{
    for (size_t len = 0; len < sizeof HAR - 1; len++) {
        answer(HAR, len, false);
        ck_assert_msg(prove() == CLOUDFLARE_CUT, "%zu of %zu bytes count as whole", len, sizeof HAR - 1);
        ck_assert_ptr_nonnull(reply.why);
    }
}
END_TEST

static size_t pack(const void *bytes, size_t len, unsigned char *to, size_t size)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)len, .next_out = to, .avail_out = (uInt)size};
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return stream.total_out;
}

START_TEST(test_every_cut_packed)
{
    unsigned char packed[512];
    const size_t len = pack(HAR, sizeof HAR - 1, packed, sizeof packed);
    for (size_t part = 2; part < len; part++) {
        answer(packed, part, true);
        ck_assert_msg(prove() == CLOUDFLARE_CUT, "%zu of %zu bytes count as whole", part, len);
    }
    answer(packed, len, false);
    ck_assert_int_eq(prove(), CLOUDFLARE_ANSWERED);
    char bytes[sizeof HAR - 1];
    ck_assert_uint_eq(spool_length(&reply.body), sizeof bytes);
    ck_assert_int_eq(spool_read(&reply.body, 0, bytes, sizeof bytes, &error), HAR_OK);
    ck_assert_mem_eq(bytes, HAR, sizeof bytes);
}
END_TEST

START_TEST(test_every_flip_packed)
{
    unsigned char packed[512];
    const size_t len = pack(HAR, sizeof HAR - 1, packed, sizeof packed);
    for (size_t at = len - 8; at < len; at++) { /* checksum and length */
        packed[at] ^= 1;
        answer(packed, len, true);
        ck_assert_int_eq(prove(), CLOUDFLARE_CUT);
        packed[at] ^= 1;
    }
}
END_TEST

START_TEST(test_exact)
{
    unsigned char packed[512], bytes[512];
    const size_t len = pack(HAR, sizeof HAR - 1, packed, sizeof packed);
    proof.exact = true;
    answer(packed, len, true);
    ck_assert_int_eq(prove(), CLOUDFLARE_ANSWERED);
    ck_assert(proof.packed);
    ck_assert_uint_eq(spool_length(&reply.body), len);
    ck_assert_int_eq(spool_read(&reply.body, 0, bytes, len, &error), HAR_OK);
    ck_assert_mem_eq(bytes, packed, len);
}
END_TEST

START_TEST(test_bounds)
{
    const size_t len = 32 << 20;
    char *blanks = malloc(len);
    unsigned char *packed = malloc(1 << 20);
    ck_assert(blanks && packed);
    memset(blanks, ' ', len);
    const size_t small = pack(blanks, 2000, packed, 1 << 20);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_RESPONSE_BYTES, 1999, &error), HAR_OK);
    answer(packed, small, true);
    ck_assert_int_eq(prove(), CLOUDFLARE_PASSED);
    ck_assert_ptr_nonnull(strstr(reply.why, "--max-response-bytes"));
    ck_assert_uint_eq(reply.bound, 1999);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_RESPONSE_BYTES, 2000, &error), HAR_OK);
    answer(packed, small, true);
    ck_assert_int_eq(prove(), CLOUDFLARE_ANSWERED);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_RESPONSE_BYTES, len, &error), HAR_OK);
    answer(packed, pack(blanks, len, packed, 1 << 20), true);
    ck_assert_int_eq(prove(), CLOUDFLARE_PASSED);
    ck_assert_ptr_nonnull(strstr(reply.why, "--max-decoded-ratio"));
    ck_assert_uint_eq(reply.bound, 200);
    free(packed);
    free(blanks);
}
END_TEST

/* The ends of an answer are found when blocks lie between them. */
START_TEST(test_long)
{
    const size_t len = 3 << 20;
    char *bytes = malloc(len);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, ' ', len);
    bytes[600000] = '{';
    bytes[len - 600000] = '}';
    answer(bytes, len, true);
    ck_assert_int_eq(prove(), CLOUDFLARE_CUT); /* only the last block is looked at for the end */
    bytes[len - 1] = '}';
    answer(bytes, len, true);
    ck_assert_int_eq(prove(), CLOUDFLARE_ANSWERED);
    free(bytes);
}
END_TEST

Suite *suite_cloudflare_prove(void)
{
    Suite *suite = suite_create("cloudflare_prove");
    TCase *tests = tcase_create("answers");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, test_framing, 0, (int)(sizeof headers / sizeof *headers));
    tcase_add_test(tests, test_names);
    tcase_add_test(tests, test_large_header);
    tcase_add_loop_test(tests, test_bodies, 0, (int)(sizeof bodies / sizeof *bodies));
    tcase_add_test(tests, test_every_cut);
    tcase_add_test(tests, test_every_cut_packed);
    tcase_add_test(tests, test_every_flip_packed);
    tcase_add_test(tests, test_exact);
    tcase_add_test(tests, test_bounds);
    tcase_add_test(tests, test_long);
    suite_add_tcase(suite, tests);
    return suite;
}
