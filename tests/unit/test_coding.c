/* The codings: what they pack is what came in, whatever the pieces, and other programs' libraries read it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#ifndef HARMILL_WITHOUT_ZSTD
#include <zstd.h>
#endif

#include <harmill/registry.h>

#include "files.h"

#define ROOM ((size_t)1 << 20)

Suite *suite_coding(void);

static const struct har_coding *find(const char *name)
{
    for (const struct har_coding *const *coding = har_codings(); *coding; coding++)
        if (!strcmp((*coding)->name, name))
            return *coding;
    ck_abort_msg("there is no coding %s", name);
    return NULL;
}

/* Packs in pieces of `in_piece` bytes, into pieces of `out_piece`. The caller frees the result. */
static unsigned char *encode(const struct har_coding *coding, const unsigned char *bytes, size_t len, size_t in_piece,
                             size_t out_piece, size_t *packed_len)
{
    struct har_error error;
    unsigned char *packed = malloc(ROOM);
    void *ctx = calloc(1, coding->encode_ctx_size);
    ck_assert(packed && ctx);
    ck_assert_int_eq(coding->encode_begin(ctx, &error), HAR_OK);
    size_t at = 0, taken = 0;
    for (enum har_status status = HAR_OK; status != HAR_EOF;) {
        size_t piece = len - taken < in_piece ? len - taken : in_piece;
        struct har_coding_io io = {bytes + taken, piece, packed + at, out_piece};
        if (ROOM - at < out_piece || (status = coding->encode(ctx, &io, taken + piece == len, &error)) < HAR_OK)
            ck_abort_msg("at %zu of %zu: %d", taken, len, status); /* asserting each takes long */
        taken += piece - io.in_len;
        at += out_piece - io.out_len;
    }
    ck_assert_uint_eq(taken, len);
    coding->encode_end(ctx);
    free(ctx);
    *packed_len = at;
    return packed;
}

/* Unpacks one stream. The status that ended it; HAR_OK when the bytes were used up before. */
static enum har_status decode(const struct har_coding *coding, const unsigned char *packed, size_t len, size_t in_piece,
                              size_t out_piece, unsigned char *bytes, size_t *got, struct har_error *error)
{
    void *ctx = calloc(1, coding->decode_ctx_size);
    ck_assert_ptr_nonnull(ctx);
    ck_assert_int_eq(coding->decode_begin(ctx, error), HAR_OK);
    size_t taken = 0;
    enum har_status status = HAR_OK;
    *got = 0;
    while (status == HAR_OK) {
        size_t piece = len - taken < in_piece ? len - taken : in_piece;
        struct har_coding_io io = {packed + taken, piece, bytes + *got, out_piece};
        if (ROOM - *got < out_piece)
            ck_abort_msg("no room behind %zu bytes", *got);
        status = coding->decode(ctx, &io, error);
        taken += piece - io.in_len;
        *got += out_piece - io.out_len;
        if (status == HAR_OK && taken == len && io.out_len == out_piece)
            break;
    }
    coding->decode_end(ctx);
    free(ctx);
    return status;
}

static const size_t pieces[] = {1, 2, 3, 7, 31, 65536};
static const size_t lengths[] = {0, 1, 5, 1000, 131072, 200000};
static const char *const names[] = {"gzip", "zlib", "zstd"};

START_TEST(round_trips_do_not_depend_on_pieces)
{
    const struct har_coding *coding = find(names[_i]);
    unsigned char *back = malloc(ROOM);
    for (size_t l = 0; coding->decode && l < sizeof lengths / sizeof *lengths; l++) {
        unsigned char *bytes = files_noise(lengths[l], (unsigned)l);
        size_t len, first_len = 0, got;
        unsigned char *first = NULL;
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
            struct har_error error;
            unsigned char *packed = encode(coding, bytes, lengths[l], pieces[p], pieces[5 - p], &len);
            if (first) {
                ck_assert_uint_eq(len, first_len);
                ck_assert_mem_eq(packed, first, len);
            }
            ck_assert_int_eq(decode(coding, packed, len, pieces[5 - p], pieces[p], back, &got, &error), HAR_EOF);
            ck_assert_uint_eq(got, lengths[l]);
            ck_assert_mem_eq(back, bytes, got);
            free(first);
            first = packed;
            first_len = len;
        }
        ck_assert(coding->accepts(first, 4));
        free(first);
        free(bytes);
    }
    free(back);
}
END_TEST

/* The libraries' one-call functions and the RFCs' headers. */
START_TEST(others_read_what_is_packed)
{
    static unsigned char back[100000];
    unsigned char *bytes = files_noise(sizeof back, 3);
    uLongf got = sizeof back;
    size_t len;
    unsigned char *packed = encode(find("zlib"), bytes, sizeof back, 999, 999, &len);
    ck_assert_uint_lt(len, sizeof back * 3 / 4);
    ck_assert_int_eq(uncompress(back, &got, packed, len), Z_OK);
    ck_assert_mem_eq(back, bytes, sizeof back);
    free(packed);

    packed = encode(find("gzip"), bytes, sizeof back, 999, 999, &len);
    z_stream stream = {.next_in = packed, .avail_in = (uInt)len, .next_out = back, .avail_out = sizeof back};
    memset(back, 0, sizeof back);
    ck_assert_int_eq(inflateInit2(&stream, 15 + 16), Z_OK);
    ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(stream.avail_in, 0);
    ck_assert_mem_eq(back, bytes, sizeof back);
    inflateEnd(&stream);
    /* RFC 1952: method 8, no flags (no name, no comment), no time; the last byte says no operating system */
    ck_assert_mem_eq(packed, "\x1f\x8b\x08\0\0\0\0\0", 8);
    ck_assert_uint_eq(packed[9], 255);
    free(packed);
#ifndef HARMILL_WITHOUT_ZSTD
    packed = encode(find("zstd"), bytes, sizeof back, 999, 999, &len);
    memset(back, 0, sizeof back);
    ck_assert_uint_eq(ZSTD_decompress(back, sizeof back, packed, len), sizeof back);
    ck_assert_mem_eq(back, bytes, sizeof back);
    free(packed);
#endif
    free(bytes);
}
END_TEST

/* Cut: never whole. Changed: refused, or the change was in a part that means nothing; never other bytes. */
START_TEST(cut_and_changed)
{
    const struct har_coding *coding = find(names[_i]);
    unsigned char *bytes = files_noise(2000, 1), *back = malloc(ROOM);
    size_t len, got, refused = 0;
    struct har_error error;
    if (coding->decode) {
        unsigned char *packed = encode(coding, bytes, 2000, 2000, 65536, &len);
        for (size_t cut = 0; cut < len; cut++)
            ck_assert_int_eq(decode(coding, packed, cut, 100, 100, back, &got, &error), HAR_OK);
        for (size_t at = 0; at < len; at++) {
            packed[at] ^= 0x55;
            enum har_status status = decode(coding, packed, len, 65536, 65536, back, &got, &error);
            if (status == HAR_EOF)
                ck_assert(got == 2000 && !memcmp(back, bytes, got));
            if (status == HAR_FATAL)
                ck_assert_int_eq(error.domain, HAR_DOMAIN_DATA);
            refused += status != HAR_EOF;
            packed[at] ^= 0x55;
        }
        ck_assert_uint_ge(refused, len - 8); /* gzip's time, extra flags and system are not checked */
        free(packed);
    }
    free(back);
    free(bytes);
}
END_TEST

START_TEST(first_bytes)
{
    const struct har_coding *zlib = find("zlib"), *gzip = find("gzip"), *zstd = find("zstd");
    size_t count = 0, wrong = 0; /* each assertion costs a write to the runner */
    for (unsigned n = 0; n < 0x10000; n++) {
        unsigned char bytes[4] = {n >> 8 & 0xff, n & 0xff, '"', '}'};
        count += zlib->accepts(bytes, 4);
        wrong += gzip->accepts(bytes, 4) != (n == 0x1f8b);
        wrong += zstd->accepts(bytes, 4);
    }
    ck_assert_uint_eq(wrong, 0);
    /* RFC 1950: 0x78 and a second byte that makes the pair a multiple of 31, bit 5 (a dictionary) clear: levels 0 to 3 */
    ck_assert_uint_eq(count, 4);
    for (int i = 0; i < 4; i++)
        ck_assert(find("zlib")->accepts((const unsigned char[]){0x78, (const unsigned char[]){0x01, 0x5e, 0x9c, 0xda}[i]}, 2));
    ck_assert(find("zstd")->accepts((const unsigned char *)"\x28\xb5\x2f\xfd", 4));
    ck_assert(find("zstd")->accepts((const unsigned char *)"\x5a\x2a\x4d\x18", 4));
    static const char *const plain[] = {"{\"lo", "[1,2", "\xef\xbb\xbf{", "x({\"", "xhr(", "null", "\xff\xfe{", "PK\3\4", "    "};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        for (size_t len = 0; len <= 4; len++)
            for (const struct har_coding *const *coding = har_codings(); *coding; coding++)
                ck_assert(!(*coding)->accepts((const unsigned char *)plain[i], len));
}
END_TEST

static const char *coding_name(const char *path)
{
    const struct har_coding *coding = har_coding_for_path(path);
    return coding ? coding->name : "none";
}

START_TEST(endings_of_paths)
{
    ck_assert_str_eq(coding_name("a.har.gz"), "gzip");
    ck_assert_str_eq(coding_name("A.HAR.GZ"), "gzip");
    ck_assert_str_eq(coding_name("a.zhar"), "zlib");
    ck_assert_str_eq(coding_name("dir.gz/a.har.zst"), "zstd");
    ck_assert_str_eq(coding_name("dir.gz/a.har"), "none");
    ck_assert_str_eq(coding_name("gz"), "none");
    ck_assert_str_eq(coding_name(""), "none");
    ck_assert_ptr_eq(har_format_for_path("x/a.har.gz"), har_format_find("har"));
    ck_assert_ptr_eq(har_writer_for_path("x/a.HAR.zst"), har_writer_find("har"));
    ck_assert_ptr_eq(har_writer_for_path("x/a.har"), har_writer_find("har"));
    ck_assert_ptr_null(har_format_for_path("x.har/a.nothing.gz"));
    ck_assert_ptr_null(har_writer_for_path(".gz"));
    ck_assert_str_eq(har_reader_for_input("-")->name, "stdin");
    ck_assert_str_eq(har_reader_for_input("./-")->name, "file");
    ck_assert_ptr_null(har_reader_for_input(""));
    ck_assert_ptr_null(har_format_find("none"));
}
END_TEST

Suite *suite_coding(void)
{
    Suite *suite = suite_create("coding");
    TCase *tcase = tcase_create("coding");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, round_trips_do_not_depend_on_pieces, 0, 3);
    tcase_add_test(tcase, others_read_what_is_packed);
    tcase_add_loop_test(tcase, cut_and_changed, 0, 3);
    tcase_add_test(tcase, first_bytes);
    tcase_add_test(tcase, endings_of_paths);
    suite_add_tcase(suite, tcase);
    return suite;
}
