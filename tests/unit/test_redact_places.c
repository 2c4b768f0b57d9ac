/* What goes by its place, and what an entry becomes. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "redact/walk.h"
#include "small.h"

Suite *suite_redact_places(void);

/* One redaction: an engine, and the walk of the reading that runs. */
static struct {
    struct har_redact_rules *rules;
    struct redact_engine engine;
    struct redact_walk walk;
    uint64_t left, found;
} now;

static enum har_status open_places(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    (void)ctx;
    (void)args;
    (void)error;
    return HAR_OK;
}

static enum har_status item_places(void *ctx, struct har_item *item, struct har_error *error)
{
    uint64_t left = 0;
    (void)ctx;
    enum har_status status = redact_walk_item(&now.walk, item, error);
    if (status == HAR_OK && redact_sealed(now.engine.dictionary))
        status = redact_walk_prove(&now.walk, item, &left, error);
    now.left += left;
    return status;
}

static void close_places(void *ctx)
{
    (void)ctx;
}

static const struct har_transform places = {.size = sizeof places,
                                            .name = "places",
                                            .summary = "the walk alone",
                                            .ctx_size = 1,
                                            .open = open_places,
                                            .item = item_places,
                                            .close = close_places};

static void note(void *user, const struct har_item *item, const struct har_node *node, bool key, const char *place,
                 struct har_text text, const struct redact_edits *edits)
{
    (void)item;
    (void)node;
    (void)key;
    (void)text;
    ck_assert_ptr_nonnull(place);
    *(uint64_t *)user += edits->count;
}

/* `keep` and `drop` may be NULL. */
static void begin(struct har_redact_options options, const char *keep, const char *drop)
{
    struct har_error error;
    memset(&now, 0, sizeof now);
    ck_assert_int_eq(har_redact_rules_new(&now.rules, &error), HAR_OK);
    ck_assert(!keep || har_redact_rules_keep(now.rules, (struct har_text){keep, strlen(keep)}));
    ck_assert(!drop || har_redact_rules_drop(now.rules, (struct har_text){drop, strlen(drop)}));
    now.engine = (struct redact_engine){.rules = now.rules, .options = options};
    now.engine.dictionary = redact_dictionary_new(NULL, options.key);
    now.engine.matcher = redact_matcher_new(now.rules, options.pii, &error);
    ck_assert_ptr_nonnull(now.engine.dictionary);
    ck_assert_ptr_nonnull(now.engine.matcher);
    now.walk = (struct redact_walk){.engine = &now.engine, .found = note, .user = &now.found};
}

static void end(void)
{
    redact_walk_release(&now.walk);
    redact_engine_release(&now.engine);
    redact_dictionary_free(now.engine.dictionary);
    har_redact_rules_free(now.rules);
}

static void read_once(struct memory_run *run, struct har_text text)
{
    static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};
    static const struct har_transform *const transforms[] = {&places, NULL};
    memory_run_init(run, NULL);
    memory_text_raw(&run->text, text.bytes, text.len);
    memory_only(run->settings, 0);
    memory_run_write(run, one_line);
    run->job.transforms = (const struct har_transform **)(uintptr_t)transforms;
    memory_run_go(run);
    ck_assert_msg(run->status != HAR_FATAL, "%s", run->error.text);
}

/* Both readings: what `text` becomes, to be freed. */
static char *redacted(struct har_text text, struct har_redact_options options, const char *keep, const char *drop)
{
    struct memory_run run;
    begin(options, keep, drop);
    read_once(&run, text);
    memory_run_release(&run);
    ck_assert_int_eq(redact_seal(now.engine.dictionary, &now.engine.error), HAR_OK);
    now.found = 0;
    read_once(&run, text);
    char *const out = strdup(memory_string(&run.written[0]));
    ck_assert_ptr_nonnull(out);
    memory_run_release(&run);
    end();
    return out;
}

static struct har_text text_of(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

static void expect_with(const char *notation, struct har_redact_options options, const char *keep, const char *drop,
                        const char *wanted)
{
    struct memory_text text, want;
    memory_text_init(&text, notation);
    memory_text_init(&want, wanted);
    char *const once = redacted((struct har_text){text.bytes, text.len}, options, keep, drop);
    const size_t len = strlen(once);
    ck_assert_msg(len == want.len + 1 && memcmp(once, want.bytes, want.len) == 0, "%s\ngave\n%swanted\n%s", text.bytes, once,
                  want.bytes);
    ck_assert_uint_eq(now.left, 0);
    char *const twice = redacted(text_of(once), options, keep, drop);
    ck_assert_str_eq(twice, once);
    free(once);
    free(twice);
    memory_text_release(&text);
    memory_text_release(&want);
}

static void expect(const char *notation, const char *wanted)
{
    expect_with(notation, (struct har_redact_options){.size = sizeof(struct har_redact_options)}, NULL, NULL, wanted);
}

#define IN_REQUEST(more)    "{'log':{'entries':[{'request':{" more "}}]}}"
#define IN_RESPONSE(more)   "{'log':{'entries':[{'response':{" more "}}]}}"
#define IN_ENTRY(more)      "{'log':{'entries':[{" more "}]}}"
#define URL(url)            IN_REQUEST("'url':'" url "'")
#define HEADER(name, value) IN_REQUEST("'headers':[{'name':'" name "','value':'" value "'}]")
#define POST(mime, text)    IN_REQUEST("'postData':{'mimeType':'" mime "','text':'" text "'}")

START_TEST(test_addresses)
{
    static const char *const rows[][2] = {
        {"https://example.com/a?token=tea4twoTea4two&x=1", "https://example.com/a?token=redacted-token-1&x=1"},
        {"https://example.com/a?x=1&amp;token=tea4twoTea4two", "https://example.com/a?x=1&amp;token=redacted-token-1"},
        {"https://anna:tea4two!@example.com/", "https://anna:redacted-password-1@example.com/"},
        {"https://example.com/a;jsessionid=0A1B2C3D4E5F6071?x", "https://example.com/a;jsessionid=redacted-session-1?x"},
        {"/cb#access_token=tea4twoTea4two&y=2", "/cb#access_token=redacted-token-1&y=2"},
        {"https://example.com/#/in?token=tea4twoTea4two", "https://example.com/#/in?token=redacted-token-1"},
        {"https://example.com/a?x=1;token=tea4twoTea4two", "https://example.com/a?x=1;token=redacted-token-1"},
        {"https://example.com/token/abc123def456abc1/x", "https://example.com/token/redacted-token-1/x"},
        {"https://example.com/tokens/bundle-1a2b3c4d5e6f.js", "https://example.com/tokens/bundle-1a2b3c4d5e6f.js"},
        {"https://example.com/go?to=https%3A%2F%2Fa.example%2F%3Ftoken%3Dtea4twoTea4two%26z%3D1",
         "https://example.com/go?to=https%3A%2F%2Fa.example%2F%3Ftoken%3Dredacted-token-1%26z%3D1"},
        {"blob:https://anna:tea4two!@example.com/1", "blob:https://anna:redacted-password-1@example.com/1"},
        {"https://example.com/?a=b&token=", "https://example.com/?a=b&token="},
        {"https://example.com/?token_type=Bearer", "https://example.com/?token_type=Bearer"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char given[512], wanted[512];
        snprintf(given, sizeof given, URL("%s"), rows[i][0]);
        snprintf(wanted, sizeof wanted, URL("%s"), rows[i][1]);
        expect(given, wanted);
    }
}
END_TEST

START_TEST(test_headers)
{
    static const char *const rows[][3] = {
        {"Authorization", "Bearer tea4twoTea4two", "Bearer redacted-credential-1"},
        {"authorization", "Basic YW5uYTp0ZWE0dHdvIQ==", "Basic redacted-credential-1"},
        {"Authorization", "tea4twoTea4two", "redacted-credential-1"},
        {"Authorization", "Digest username=\\\"anna\\\", realm=\\\"r\\\", nonce=\\\"tea4two\\\", response=\\\"two4tea\\\"",
         "Digest username=\\\"anna\\\", realm=\\\"r\\\", nonce=\\\"redacted-credential-1\\\", "
         "response=\\\"redacted-credential-2\\\""},
        {"Cookie", "a=tea4two; b=\\\"two4tea\\\"; c=", "a=redacted-cookie-1; b=\\\"redacted-cookie-2\\\"; c="},
        {"Set-Cookie", "a=tea4two; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT\\nb=two4tea; HttpOnly",
         "a=redacted-cookie-1; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT\\nb=redacted-cookie-2; HttpOnly"},
        {"Set-Cookie", "a=tea4two; Path=/, b=two4tea; Secure", "a=redacted-cookie-1; Path=/, b=redacted-cookie-2; Secure"},
        {"Referer", "https://example.com/?token=tea4twoTea4two", "https://example.com/?token=redacted-token-1"},
        {"Link", "</a?token=tea4twoTea4two>; rel=next, <https://u:tea4two!@a.example/>",
         "</a?token=redacted-token-1>; rel=next, <https://u:redacted-password-1@a.example/>"},
        {"Refresh", "5; url=/a?token=tea4twoTea4two", "5; url=/a?token=redacted-token-1"},
        {"Accept", "text/html, */*;q=0.1", "text/html, */*;q=0.1"},
        {"X-Plain", "https://example.com/?token=tea4twoTea4two", "https://example.com/?token=redacted-token-1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char given[512], wanted[512];
        snprintf(given, sizeof given, HEADER("%s", "%s"), rows[i][0], rows[i][1]);
        snprintf(wanted, sizeof wanted, HEADER("%s", "%s"), rows[i][0], rows[i][2]);
        expect(given, wanted);
    }
}
END_TEST

/* Who answers a challenge is told by no secret, but is a person. */
START_TEST(test_persons_in_headers)
{
    expect_with(HEADER("Authorization", "Digest username=\\\"anna.smith\\\", qop=auth, uri=\\\"/a\\\""),
                (struct har_redact_options){.size = sizeof(struct har_redact_options), .pii = true}, NULL, NULL,
                HEADER("Authorization", "Digest username=\\\"redacted-user-1\\\", qop=auth, uri=\\\"/a\\\""));
}
END_TEST

/* The parameter of an address whose escapes are half taken away is named behind its "?", as in the address itself. */
START_TEST(test_half_decoded)
{
    static const char *const text = IN_REQUEST(
        "'url':'https://example.com/?r=http%3A%2F%2Fa.example%2Fcookie-sync%3Fpartner%3Dpp','queryString':[{'name':'r',"
        "'value':'http%3A%2F%2Fa.example%2Fcookie-sync%3Fpartner=pp'}]");
    expect(text, text);
}
END_TEST

START_TEST(test_shapes)
{
    /* A map, pairs, a flat list, values that are lists, a text of lines. */
    expect(IN_REQUEST("'headers':{'Cookie':'a=tea4two','Accept':'*/*'}"),
           IN_REQUEST("'headers':{'Cookie':'a=redacted-cookie-1','Accept':'*/*'}"));
    expect(IN_REQUEST("'headers':[['Cookie','a=tea4two'],['Accept','*/*']]"),
           IN_REQUEST("'headers':[['Cookie','a=redacted-cookie-1'],['Accept','*/*']]"));
    expect(IN_REQUEST("'_rawHeaders':['Cookie','a=tea4two','Accept','*/*']"),
           IN_REQUEST("'_rawHeaders':['Cookie','a=redacted-cookie-1','Accept','*/*']"));
    expect(IN_RESPONSE("'headers':[{'name':'Set-Cookie','value':['a=tea4two; Path=/','b=two4tea']}]"),
           IN_RESPONSE("'headers':[{'name':'Set-Cookie','value':['a=redacted-cookie-1; Path=/','b=redacted-cookie-2']}]"));
    expect(IN_ENTRY("'_x':[{'name':'X-Api-Key','value':'tea4two'}]"),
           IN_ENTRY("'_x':[{'name':'X-Api-Key','value':'redacted-apikey-1'}]"));
    expect(IN_ENTRY("'_x':{'response':'tea4twoTea4two'}"), IN_ENTRY("'_x':{'response':'redacted-token-1'}"));
    expect(IN_REQUEST("'cookies':{'a':'tea4two'}"), IN_REQUEST("'cookies':{'a':'redacted-cookie-1'}"));
    expect(IN_REQUEST("'cookies':'a=tea4two'"), IN_REQUEST("'cookies':'a=redacted-cookie-1'"));
    expect(IN_REQUEST("'cookies':[{'name':'a','value':'tea4two','path':'/','domain':'example.com','expires':null,'_own':'more'}]"),
           IN_REQUEST("'cookies':[{'name':'a','value':'redacted-cookie-1','path':'/','domain':'example.com','expires':null,"
                      "'_own':'redacted-cookie-2'}]"));
    expect(IN_ENTRY("'_password':'tea4two','_session':{'a':['b1',7,true,null,0]},'_x':7"),
           IN_ENTRY("'_password':'redacted-password-1','_session':{'a':['redacted-session-1',0,true,null,0]},'_x':7"));
    expect(IN_ENTRY("'_tokenless':{}"), IN_ENTRY("'_tokenless':{}"));
}
END_TEST

/* The same secret has the same token wherever it stands. */
START_TEST(test_together)
{
    expect(IN_REQUEST("'url':'https://example.com/?token=tea%204%20twoTwo','queryString':[{'name':'token','value':'tea 4 twoTwo'},"
                      "{'name':'x','value':'tea 4 twoTwo'}]"),
           IN_REQUEST("'url':'https://example.com/?token=redacted-token-1','queryString':[{'name':'token','value':"
                      "'redacted-token-1'},{'name':'x','value':'redacted-token-1'}]"));
    expect(IN_REQUEST("'cookies':[{'name':'a','value':'tea4twoTea4two'}],'headers':[{'name':'Cookie','value':'a=tea4twoTea4two'}]"),
           IN_REQUEST("'cookies':[{'name':'a','value':'redacted-cookie-1'}],'headers':[{'name':'Cookie','value':"
                      "'a=redacted-cookie-1'}]"));
    /* In a name of a member, too. */
    expect(IN_ENTRY("'_password':'tea4twoTea4two','_tea4twoTea4two':1"),
           IN_ENTRY("'_password':'redacted-password-1','_redacted-password-1':1"));
}
END_TEST

START_TEST(test_bodies)
{
    /* Half a surrogate pair stays what it is. */
    expect(POST("application/x-www-form-urlencoded", "a=\\ud800\\u00e9&password=tea4two&b=\\n\\udc00"),
           POST("application/x-www-form-urlencoded", "a=\\ud800\xc3\xa9&password=redacted-password-1&b=\\n\\udc00"));
    expect(POST("application/x-www-form-urlencoded", "a=b&password=tea4two&c"),
           POST("application/x-www-form-urlencoded", "a=b&password=redacted-password-1&c"));
    expect(POST("text/plain", "a=b&password=tea4two"), POST("text/plain", "a=b&password=redacted-password-1"));
    expect(POST("multipart/form-data; boundary=x",
                "--x\\r\\nContent-Disposition: form-data; name=\\\"password\\\"\\r\\n\\r\\ntea4two\\r\\n--x\\r\\n"
                "Content-Disposition: form-data; name=\\\"a\\\"; filename=\\\"b.txt\\\"\\r\\n\\r\\nb\\r\\n--x--\\r\\n"),
           POST("multipart/form-data; boundary=x",
                "--x\\r\\nContent-Disposition: form-data; name=\\\"password\\\"\\r\\n\\r\\nredacted-password-1\\r\\n--x\\r\\n"
                "Content-Disposition: form-data; name=\\\"a\\\"; filename=\\\"b.txt\\\"\\r\\n\\r\\nb\\r\\n--x--\\r\\n"));
    expect(IN_REQUEST("'postData':{'mimeType':'a/b','params':[{'name':'password','value':'tea4two'},{'name':'x','value':'y',"
                      "'fileName':'f'}]}"),
           IN_REQUEST("'postData':{'mimeType':'a/b','params':[{'name':'password','value':'redacted-password-1'},{'name':'x',"
                      "'value':'y','fileName':'f'}]}"));
}
END_TEST

#define SIZED(size, compression, body, text)                                                                                       \
    IN_RESPONSE("'content':{'size':" size ",'compression':" compression ",'mimeType':'a/b','text':'" text "'},'bodySize':" body)

START_TEST(test_sizes)
{
    /* 'password=tea4two' has 16 bytes, 'password=redacted-password-1' 28. */
    expect(SIZED("16", "6", "10", "password=tea4two"), SIZED("28", "18", "10", "password=redacted-password-1"));
    expect(SIZED("16", "0", "16", "password=tea4two"), SIZED("28", "0", "28", "password=redacted-password-1"));
    expect(SIZED("17", "1", "16", "password=tea4two"), SIZED("29", "13", "16", "password=redacted-password-1"));
    expect(SIZED("0", "0", "16", "password=tea4two"), SIZED("0", "0", "16", "password=redacted-password-1"));
    expect(SIZED("-1", "0", "-1", "password=tea4two"), SIZED("-1", "0", "-1", "password=redacted-password-1"));
    expect(IN_REQUEST("'postData':{'mimeType':'a/b','text':'password=tea4two'},'bodySize':16"),
           IN_REQUEST("'postData':{'mimeType':'a/b','text':'password=redacted-password-1'},'bodySize':28"));
    expect(IN_REQUEST("'postData':{'mimeType':'a/b','text':'password=tea4two'},'bodySize':15"),
           IN_REQUEST("'postData':{'mimeType':'a/b','text':'password=redacted-password-1'},'bodySize':15"));
}
END_TEST

START_TEST(test_options)
{
    struct har_redact_options options = {.size = sizeof options};
    const char *const pair = "{'log':{'entries':[{'request':{'headers':[{'name':'Cookie','value':'a=tea4two'},{'name':'X-Api-Key',"
                             "'value':'two4tea'}],'_password':'tea'}}]}}";
    expect_with(pair, options, "cookie", NULL,
                "{'log':{'entries':[{'request':{'headers':[{'name':'Cookie','value':'a=tea4two'},{'name':'X-Api-Key',"
                "'value':'redacted-apikey-1'}],'_password':'redacted-password-1'}}]}}");
    expect_with(pair, options, NULL, "cookie",
                "{'log':{'entries':[{'request':{'headers':[{'name':'X-Api-Key','value':'redacted-apikey-1'}],'_password':"
                "'redacted-password-1'}}]}}");
    expect_with(pair, options, NULL, "_password",
                "{'log':{'entries':[{'request':{'headers':[{'name':'Cookie','value':'a=redacted-cookie-1'},{'name':'X-Api-Key',"
                "'value':'redacted-apikey-1'}]}}]}}");
    options.bodies = HAR_REDACT_BODIES_KEEP;
    expect_with(POST("text/plain", "password=tea4two"), options, NULL, NULL, POST("text/plain", "password=tea4two"));
    options.bodies = HAR_REDACT_BODIES_DROP;
    expect_with(POST("text/plain", "hello"), options, NULL, NULL, POST("text/plain", "redacted-body-1"));
    expect_with(IN_RESPONSE("'content':{'size':5,'mimeType':'a/b','text':'hello','encoding':'x'}"), options, NULL, NULL,
                IN_RESPONSE("'content':{'size':5,'mimeType':'a/b'}"));
}
END_TEST

/* Nothing that is no name or number of a list is left. */
START_TEST(test_strict)
{
    const struct har_redact_options options = {.size = sizeof options, .mode = HAR_REDACT_STRICT};
    expect_with(IN_REQUEST("'method':'GET','url':'https://shop.example/tea/cups?cup=blue%20one#top','httpVersion':'HTTP/1.1',"
                           "'headers':[{'name':'Host','value':'shop.example'},{'name':'X-Own','value':'mine'},{'name':'Accept',"
                           "'value':'text/html'}],'queryString':[{'name':'cup','value':'blue one'}]"),
                options, NULL, NULL,
                IN_REQUEST("'method':'GET','url':'https://redacted-host-1/redacted-path-1/redacted-path-2?redacted-name-1="
                           "redacted-value-1#redacted-fragment-1','httpVersion':'HTTP/1.1','headers':[{'name':'Host','value':"
                           "'redacted-host-1'},{'name':'redacted-header-1','value':'redacted-value-2'},{'name':'Accept','value':"
                           "'text/html'}],'queryString':[{'name':'redacted-name-1','value':'redacted-value-1'}]"));
    expect_with(IN_ENTRY("'response':{'status':200,'statusText':'OK','content':{'size':5,'mimeType':'text/html; charset=utf-8',"
                         "'text':'hello'}},'serverIPAddress':'10.1.2.3','connection':'443','pageref':'p','_mine':{'a':'b','n':3}"),
                options, NULL, NULL,
                IN_ENTRY("'pageref':'redacted-id-2','response':{'status':200,'statusText':'OK','content':{'size':5,'mimeType':"
                         "'text/html; charset=utf-8'}},'serverIPAddress':'192.0.2.1','connection':'redacted-id-1',"
                         "'_redacted-member-1':{'redacted-member-2':'redacted-text-1','redacted-member-3':3}"));
}
END_TEST

/* Messages, base64, titles, initiators, and what cannot be searched. */
START_TEST(test_others)
{
    /* {"password":"tea4two"} and {"password":"redacted-password-1"} */
    expect(IN_ENTRY("'_webSocketMessages':[{'type':'send','opcode':2,'data':'eyJwYXNzd29yZCI6InRlYTR0d28ifQ=='},{'opcode':1,"
                    "'data':'{\\'password\\':\\'tea4two\\'}'}]"),
           IN_ENTRY("'_webSocketMessages':[{'type':'send','opcode':2,'data':'eyJwYXNzd29yZCI6InJlZGFjdGVkLXBhc3N3b3JkLTEifQ=='},"
                    "{'opcode':1,'data':'{\\'password\\':\\'redacted-password-1\\'}'}]"));
    expect("{'log':{'pages':[{'id':'p','title':'In - https://example.com/?token=tea4twoTea4two'}]}}",
           "{'log':{'pages':[{'id':'p','title':'In - https://example.com/?token=redacted-token-1'}]}}");
    expect(IN_ENTRY("'_initiator':{'stack':{'callFrames':[{'url':'/a?code=tea4twoTea4two','lineNumber':7}]}}"),
           IN_ENTRY("'_initiator':{'stack':{'callFrames':[{'url':'/a?code=redacted-code-1','lineNumber':7}]}}"));
    /* The host of the capture is no secret, whatever has it for a value. */
    expect(IN_REQUEST("'url':'https://tea.example.com/a','cookies':[{'name':'a','value':'tea.example.com'}]"),
           IN_REQUEST("'url':'https://tea.example.com/a','cookies':[{'name':'a','value':'redacted-cookie-1'}]"));
    /* Nor does a path in a cookie make it one elsewhere. */
    expect(IN_REQUEST("'url':'https://example.com/css/a.css','cookies':[{'name':'a','value':'/css/a.css'}]"),
           IN_REQUEST("'url':'https://example.com/css/a.css','cookies':[{'name':'a','value':'redacted-cookie-1'}]"));
}
END_TEST

static void count(const char *notation, uint64_t strings, uint64_t bodies, uint64_t unsearched)
{
    struct memory_text text;
    struct memory_run run;
    memory_text_init(&text, notation);
    begin((struct har_redact_options){.size = sizeof(struct har_redact_options)}, NULL, NULL);
    ck_assert_int_eq(redact_seal(now.engine.dictionary, &now.engine.error), HAR_OK);
    read_once(&run, (struct har_text){text.bytes, text.len});
    ck_assert_uint_eq(now.walk.strings, strings);
    ck_assert_uint_eq(now.walk.bodies, bodies);
    ck_assert_uint_eq(now.walk.unsearched, unsearched);
    memory_run_release(&run);
    memory_text_release(&text);
    end();
}

START_TEST(test_counts)
{
    count(IN_RESPONSE("'content':{'mimeType':'a/b','text':'hello'}"), 2, 1, 0);
    count(IN_RESPONSE("'content':{'mimeType':'a/b','_file':'a.bin'}"), 2, 1, 1);
    count(IN_RESPONSE("'content':{'mimeType':'a/b','text':'not base64!','encoding':'base64'}"), 3, 1, 1);
    count(IN_RESPONSE("'content':{'mimeType':'a/b','text':''}"), 1, 0, 0);
}
END_TEST

/* Many values in one address, parameters in parameters: each once. */
START_TEST(test_many)
{
    enum { COUNT = 20000 };
    struct har_buffer given;
    har_buffer_init(&given, (size_t)1 << 24);
    har_buffer_append_text(&given, "{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://example.com/");
    for (int i = 0; i < COUNT; i++)
        har_buffer_append_text(&given, i % 2 ? ";a=?" : "/;b=#c?");
    har_buffer_append_text(&given, "token=tea4twoTea4two\"}}]}}");
    char *const out = redacted((struct har_text){given.data, given.len},
                               (struct har_redact_options){.size = sizeof(struct har_redact_options)}, NULL, NULL);
    ck_assert_ptr_null(strstr(out, "tea4two"));
    ck_assert_ptr_nonnull(strstr(out, "token=redacted-token-1"));
    ck_assert_uint_eq(now.left, 0);
    free(out);
    har_buffer_release(&given);
}
END_TEST

static void list_suite(TCase *tcase)
{
    tcase_add_test(tcase, test_others);
    tcase_add_test(tcase, test_counts);
    tcase_add_test(tcase, test_many);
    tcase_add_test(tcase, test_addresses);
    tcase_add_test(tcase, test_headers);
    tcase_add_test(tcase, test_persons_in_headers);
    tcase_add_test(tcase, test_half_decoded);
    tcase_add_test(tcase, test_shapes);
    tcase_add_test(tcase, test_together);
    tcase_add_test(tcase, test_bodies);
    tcase_add_test(tcase, test_sizes);
    tcase_add_test(tcase, test_options);
    tcase_add_test(tcase, test_strict);
}

Suite *suite_redact_places(void)
{
    Suite *suite = suite_create("redact_places");
    TCase *tcase = tcase_create("places");
    list_suite(tcase);
    suite_add_tcase(suite, tcase);
    return suite;
}
