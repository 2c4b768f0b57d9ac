/* Captures full of quirks: what the tables of the specification say is written with mistakes at random, each of a kind that
 * producers make. Whatever is wrong, normalizing gives a capture, the same one when it is normalized again, without a mistake in
 * its structure but what nobody can know. The seeds are fixed; HARMILL_LONG=1 tries ten times as many, HARMILL_SAMPLE=1 a fifth. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_quirks(void);

#define POSTED(params)                                                                                                             \
    HAR_LOG("1.2", ",'pages':[]",                                                                                                  \
            "{" DATE ",'time':0,'request':{'method':'POST','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[],'headers':[],"  \
            "'queryString':[],'postData':{'mimeType':'multipart/form-data','params':[" params "]}," SIZES "},'response':" RESPONSE \
            ",'cache':{}," TIMINGS "}")

enum { GROUPS = 20, GROUP = 100, LONG_GROUP = 1000, SAMPLE_GROUP = 20, ELEMENTS = 3, DEEP = 60 };

struct writing {
    struct har_buffer *out;
    uint32_t state;
    unsigned quirks; /* of a thousand members */
};

/* xorshift. */
static uint32_t pick(struct writing *w, uint32_t most)
{
    w->state ^= w->state << 13;
    w->state ^= w->state >> 17;
    w->state ^= w->state << 5;
    return w->state % most;
}

static void put(struct writing *w, const char *text)
{
    if (!har_buffer_append_text(w->out, text)) /* an assertion that holds costs far more */
        ck_abort_msg("out of memory");
}

#define PICK(w, list) (list)[pick(w, sizeof(list) / sizeof *(list))]

static void put_string(struct writing *w, const struct har_member *row)
{
    static const char *const dates[] = {"\"2026-03-01T10:00:00.000Z\"", "\"2026-03-01T11:00:00+01:00\""};
    static const char *const odd_dates[] = {"\"2026-03-01 10:00:00+0100\"",
                                            "\"March 1, 2026 10:00:00 GMT\"",
                                            "\"1772359200\"",
                                            "\"1772359200000.25\"",
                                            "\"NaN-NaN-NaNTNaN:NaN:NaN\"",
                                            "\"2026-13-01T10:00:00Z\"",
                                            "\"2026-03-01T10:00:00\"",
                                            "\"20260301T100000Z\"",
                                            "\"\"",
                                            "\"Sun Mar 01 2026 10:00:00 GMT+0100 (CET)\"",
                                            "\"3/1/26, 10:00:00 AM\"",
                                            "\"2026-03-01t10:00:00.123456789123z\"",
                                            "\"0000-00-00T00:00:00Z\"",
                                            "\"99999-01-01T00:00:00Z\"",
                                            "1772359200000",
                                            "1772359200.5",
                                            "\"\\u0032026-03-01T10:00:00Z\"",
                                            "\" 2026-03-01T10:00:00Z \""};
    static const char *const texts[] = {"\"a\"",
                                        "\"text/html; charset=utf-8\"",
                                        "\"https://shop.example/a?b=c&d=%65&b\"",
                                        "\"GET\"",
                                        "\"HTTP/1.1\"",
                                        "\"Cookie\"",
                                        "\"Set-Cookie\"",
                                        "\"192.0.2.1\"",
                                        "\"p1\"",
                                        "\"base64\"",
                                        "\"YQ==\"",
                                        "\"application/x-www-form-urlencoded\""};
    static const char *const odd_texts[] = {"\"\"",
                                            "\"a=b; c\"",
                                            "\"a=b; Path=/; Secure\\nc=d; Expires=Sun, 01 Mar 2026 10:00:00 GMT\"",
                                            "\"content-type\"",
                                            "\"\\u0000\"",
                                            "\"\\ud800\"",
                                            "\"\\u0048TTP/2.0\"",
                                            "\"h2\"",
                                            "\"unknown\"",
                                            "\"0\"",
                                            "\"-1\"",
                                            "\"1e3\"",
                                            "\"true\"",
                                            "\"[::1]\"",
                                            "\"192.0.2.1:443\"",
                                            "\"data:text/plain,x\"",
                                            "\"//\"",
                                            "\"x y\"",
                                            "\":status\"",
                                            "\" a \"",
                                            "\"get\"",
                                            "\"HTTP/1.1 200 OK\"",
                                            "\"%\"",
                                            "\"?\\u0026=\"",
                                            "\"YQ\"",
                                            "\"caf\\u00e9 \xc3\xa9\"",
                                            "\"null\"",
                                            "\"location\"",
                                            "\"content-length\"",
                                            "\"transfer-encoding\""};
    const bool odd = pick(w, 1000) < w->quirks;
    if (row->form == HAR_FORM_DATE_TIME)
        put(w, odd ? PICK(w, odd_dates) : PICK(w, dates));
    else
        put(w, odd ? PICK(w, odd_texts) : PICK(w, texts));
}

static void put_number(struct writing *w)
{
    static const char *const numbers[] = {"0", "-1", "200", "12.5", "1024", "404"};
    static const char *const odd[] = {"-0",
                                      "1e400",
                                      "-1e-400",
                                      "123456789012345678901234567890",
                                      "9007199254740993",
                                      "0.1e1",
                                      "-5",
                                      "1E2",
                                      "-0.0",
                                      "\"200\"",
                                      "\"12.50\"",
                                      "\"\"",
                                      "\"NaN\"",
                                      "\"1,5\"",
                                      "true",
                                      "\" 7 \"",
                                      "1.0",
                                      "5e-1",
                                      "\"-1\"",
                                      "\"0x10\""};
    put(w, pick(w, 1000) < w->quirks ? PICK(w, odd) : PICK(w, numbers));
}

static void put_object(struct writing *w, enum har_object object);

static void put_array(struct writing *w, enum har_object object)
{
    put(w, "[");
    for (uint32_t i = 0, count = pick(w, ELEMENTS + 1); i < count; i++) {
        static const char *const strays[] = {
            "7", "null", "\"a=b\"", "[]", "[\"a\",\"b\"]", "{}", "false", "[{\"name\":\"a\",\"value\":\"b\"}]", "[[[]]]"};
        put(w, i ? "," : "");
        if (pick(w, 1000) < w->quirks / 2)
            put(w, PICK(w, strays));
        else
            put_object(w, object);
    }
    put(w, "]");
}

static void put_good(struct writing *w, const struct har_member *row)
{
    if (row->types & 1u << HAR_KIND_OBJECT)
        put_object(w, (enum har_object)row->object);
    else if (row->types & 1u << HAR_KIND_ARRAY)
        put_array(w, (enum har_object)row->object);
    else if (row->types & 1u << HAR_KIND_NUMBER)
        put_number(w);
    else if (row->types & 1u << HAR_KIND_STRING)
        put_string(w, row);
    else
        put(w, pick(w, 2) ? "true" : "false");
}

static void put_wrong(struct writing *w, const struct har_member *row)
{
    static const char *const values[] = {"null",
                                         "true",
                                         "7",
                                         "\"x\"",
                                         "[]",
                                         "{}",
                                         "[null]",
                                         "[7,\"a\"]",
                                         "{\"a\":\"b\",\"c\":[\"d\",\"e\"]}",
                                         "{\"\":null}",
                                         "\"[]\"",
                                         "\"{}\"",
                                         "{\"name\":\"a\"}",
                                         "{\"log\":{}}",
                                         "{\"a\":1,\"a\":2}",
                                         "{\"comment\":5}"};
    switch (pick(w, 4)) {
    case 0: /* a list of one */
        put(w, "[");
        put_good(w, row);
        put(w, "]");
        break;
    case 1:
        for (unsigned i = 0; i < DEEP; i++)
            put(w, i % 2 ? "{\"a\":" : "[");
        put(w, "1");
        for (unsigned i = DEEP; i-- > 0;)
            put(w, i % 2 ? "}" : "]");
        break;
    default:
        put(w, PICK(w, values));
    }
}

static void put_key(struct writing *w, const char *name)
{
    char escaped[32];
    snprintf(escaped, sizeof escaped, "\"\\u%04x", (unsigned)*name);
    if (pick(w, 1000) < w->quirks / 4) {
        put(w, escaped);
        put(w, name + 1);
    } else if (pick(w, 1000) < w->quirks / 8) {
        *escaped = (char)(*name - 'a' + 'A');
        escaped[1] = '\0';
        put(w, "\"");
        put(w, escaped);
        put(w, name + 1);
    } else {
        put(w, "\"");
        put(w, name);
    }
    put(w, "\":");
}

static void put_more(struct writing *w, bool first)
{
    static const char *const members[] = {"\"max-age\":1",
                                          "\"_a\":{\"b\":null}",
                                          "\"a\":1,\"\\u0061\":[2]",
                                          "\"comment\":5",
                                          "\"\":0",
                                          "\"comment\":null",
                                          "\"_comment\":1",
                                          "\"sameSite\":\"Lax\"",
                                          "\"_name\":2,\"name\":3",
                                          "\"__proto__\":{}",
                                          "\"a\\u0000b\":1",
                                          "\"\\ud800\":1",
                                          "\"comment\":\"x\",\"comment\":\"y\"",
                                          "\"_file\":\"../x\"",
                                          "\"Headers\":{\"a\":\"b\"}"};
    if (pick(w, 1000) >= w->quirks)
        return;
    put(w, first ? "" : ",");
    put(w, PICK(w, members));
}

static void put_object(struct writing *w, enum har_object object)
{
    const struct har_object_spec *spec = har_spec_object(object);
    const struct har_member *row = spec->members;
    bool first = true;
    put(w, "{");
    for (size_t i = 0; i < spec->count; i++) {
        /* What is optional is mostly left out, what is not, seldom. */
        const bool required = row[i].presence == HAR_REQUIRED;
        if (required ? pick(w, 1000) < w->quirks : pick(w, 3) > 0)
            continue;
        for (uint32_t times = pick(w, 1000) < w->quirks / 4 ? 2 : 1; times; times--) {
            put(w, first ? "" : ",");
            put_key(w, row[i].name);
            if (pick(w, 1000) < w->quirks)
                put_wrong(w, &row[i]);
            else
                put_good(w, &row[i]);
            first = false;
        }
    }
    put_more(w, first);
    put(w, "}");
}

/* What may be found afterwards: what nobody knows, and values that are kept because any other would be a guess. */
static bool may_be_found(const char *line, bool derive)
{
    static const char *const words[] = {"entry.request is missing",
                                        "entry.response is missing",
                                        "request.method is missing",
                                        "request.url is missing",
                                        "response.status is missing",
                                        "entry.time is missing",
                                        "entry.timings is missing",
                                        "timings.send is missing",
                                        "timings.wait is missing",
                                        "timings.receive is missing",
                                        "startedDateTime is missing",
                                        "page.id is missing",
                                        "[malformed-date]",
                                        "[impossible-date]",
                                        "[date-without-zone]",
                                        "[empty-timings]",
                                        "[nul-character]",
                                        "[lone-surrogate]",
                                        "[number-precision]",
                                        "[not-a-number]"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(line, words[i]))
            return true;
    /* Without deriving, nothing stands where something could be derived. */
    if (!derive && strstr(line, "[missing-member]"))
        return true;
    /* In custom members keys do as they please, also where their names are hidden. */
    return strstr(line, "[duplicate-key]") && (strstr(line, "/_") || strstr(line, "[hidden]"));
}

static void expect_found(struct memory_run *run, const char *before, bool derive)
{
    for (size_t i = 0; i < run->told.len; i++)
        if (!run->told.data[i]) /* of a name */
            run->told.data[i] = '?';
    for (char *line = strtok((char *)(uintptr_t)memory_string(&run->told), "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_msg(may_be_found(line, derive), "%s\n%.1200s\nis normalized to\n%.1200s", line, before, run->text.bytes);
}

static void normalize(struct memory_run *run, const struct har_option *options)
{
    memory_run_normalize(run, options);
    memory_run_go(run);
    ck_assert_msg(run->status == HAR_OK, "%.2500s\ngave the status %d: %s", run->text.bytes, (int)run->status, run->error.text);
}

static void try_one(uint32_t seed)
{
    static const struct har_option no_derive[] = {{"no-derive", NULL}, {NULL, NULL}};
    const struct har_option *options = seed % 4 ? NULL : no_derive;
    struct har_buffer text;
    struct memory_run first, second;
    struct writing writing = {&text, seed * 2654435761u | 1, 20u << seed % 5};
    har_buffer_init(&text, HAR_MIB);
    do { /* without a log it is no capture at all */
        har_buffer_clear(&text);
        put(&writing, "{\"log\":");
        put_object(&writing, HAR_OBJECT_LOG);
        put(&writing, "}");
    } while (!strstr(har_buffer_string(&text), "ntries\":["));
    memory_run_init(&first, NULL);
    memory_text_raw(&first.text, text.data, text.len);
    normalize(&first, options);
    memory_run_init(&second, NULL);
    memory_text_raw(&second.text, first.written[0].data, first.written[0].len);
    memory_only(second.settings, MEMORY_STRUCTURE);
    normalize(&second, options);
    const char *again = memory_string(&second.written[0]);
    size_t same = 0;
    while (again[same] && again[same] == second.text.bytes[same])
        same++;
    const size_t from = same > 200 ? same - 200 : 0;
    ck_assert_msg(strcmp(second.text.bytes, again) == 0, "capture %u\n%.2000s\ngave\n%.400s\nand that\n%.400s", (unsigned)seed,
                  first.text.bytes, second.text.bytes + from, again + from);
    expect_found(&second, first.text.bytes, !options);
    memory_run_release(&second);
    memory_run_release(&first);
    har_buffer_release(&text);
}

/* What such captures have shown. */
START_TEST(shown)
{
    /* A list of cookies without names is an empty list: the headers' cookies come at once, not when it is normalized again. */
    memory_expect_normalized(
        HAR_LOG("1.2", ",'pages':[]",
                "{" DATE ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[{'value':'a'}],"
                "'headers':[{'name':'Cookie','value':'b=c'}],'queryString':[]," SIZES "},'response':" RESPONSE
                ",'cache':{}," TIMINGS "}"),
        HAR_LOG(
            "1.2", ",'pages':[]",
            "{" DATE
            ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[{'name':'b','value':'c'}],"
            "'headers':[{'name':'Cookie','value':'b=c'}],'queryString':[]," SIZES
            ",'comment':'derived by harmill: cookies from headers','_cookies':[{'value':'a'}]},'response':" RESPONSE
            ",'cache':{}," TIMINGS "}"),
        "stray-element 1, cookies-omitted 1");
    /* A parameter has an encoding in the proposal for HAR 1.3, too. */
    memory_expect_normalized(POSTED("{'name':'a','value':'w6k=','encoding':'base64'},{'name':'b','encoding':'gzip'}"),
                             POSTED("{'name':'a','value':'é'},{'name':'b','_encoding':'gzip'}"),
                             "post-data-encoding 1, post-data-encoding-kept 1");
}
END_TEST

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && strcmp(value, "1") == 0;
}

START_TEST(quirks)
{
    const uint32_t count = is_set("HARMILL_LONG") ? LONG_GROUP : is_set("HARMILL_SAMPLE") ? SAMPLE_GROUP : GROUP;
    for (uint32_t i = 0; i < count; i++)
        try_one((uint32_t)_i * LONG_GROUP + i + 1);
}
END_TEST

Suite *suite_quirks(void)
{
    Suite *suite = suite_create("quirks");
    TCase *tcase = tcase_create("captures");
    tcase_add_test(tcase, shown);
    tcase_add_loop_test(tcase, quirks, 0, GROUPS);
    suite_add_tcase(suite, tcase);
    return suite;
}
