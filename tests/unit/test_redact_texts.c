/* Names with values in texts of all kinds: what is found, and what is left. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "redact/level.h"

Suite *suite_redact_texts(void);

/* The settled edits of a text, as the bytes that they replace, with "|" between them. */
struct row {
    const char *text, *found;
};

static const struct row json_rows[] = {
    {"{\"token[a-z]+\":\"Xk29lo\",\"x.*\":1}", "Xk29lo"},
    {"at(url+token+\":\"+port)", ""},
    {"{\"password\":\"a\"}", "a"},
    {"{\"password\":\"Xk29 lo-1\",\"b\":\"password\"}", "Xk29 lo-1"},
    {"{ \"password\" :\n  \"Xk29lo\" }", "Xk29lo"},
    {"{\"user\":{\"access_token\":\"Xk29lo\",\"name\":\"Ann\"}}", "Xk29lo"},
    {"{\"password\":\"a\\\"b\\\\\",\"c\":1}", "a\\\"b\\\\"},
    {"{\"password\":\"never clos", "never clos"},
    {"{\"password\":123456,\"b\":7}", "123456"},
    {"{\"token_count\":123456,\"sessionTimeout\":30,\"maxTokens\":9,\"tokenExpiresIn\":3600}", ""},
    {"{\"password\":null,\"token\":true,\"secret\":\"\",\"session\":0}", ""},
    {"{\"password\":[\"Xk29lo\",{\"a\":\"b7\",\"c\":12}],\"d\":\"e\"}", "Xk29lo|b7|12"},
    {"{\"secret\":{\"expires\":99,\"k\":\"Xk29lo\"", "Xk29lo"},
    {"{\"a\":1}\n{\"password\":\"Xk29lo\"}\n{\"password\":\"Zq77\"}\n", "Xk29lo|Zq77"},
    {")]}',\n{\"password\":\"Xk29lo\"}", "Xk29lo"},
    {"for(;;);{\"password\":\"Xk29lo\"}", "Xk29lo"},
    {"event: x\ndata: {\"password\":\"Xk29lo\"}\n\n", "Xk29lo"},
    {"42[\"login\",{\"password\":\"Xk29lo\"}]", "Xk29lo"},
    {"{\"a\":\"{\\\"password\\\":\\\"Xk29lo\\\",\\\"b\\\":1}\"}", "Xk29lo"},
    {"{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"password\\\\\\\":\\\\\\\"Xk29lo\\\\\\\"}\\\"}\"}", "Xk29lo"},
    {"{\"a\":\"{\\\"password\\\":\\\"Xk\\\\\\\"29\\\",\\\"b\\\":1}\"}", "Xk\\\\\\\"29"},
    {"{\"a\":\"{\\\"password\\\":\\\"Xk29lo\"}", "Xk29lo"},
    {"{'password': 'Xk29lo', 'b': None}", "Xk29lo"},
    {"{\"key\":\"backgroundColor\",\"code\":\"InvalidRequest\",\"state\":\"a b1 cdefghijklm\"}", ""},
    {"{\"key\":\"Xk29loQp71Zr\",\"code\":200,\"response\":{\"id\":\"Xk29loQp71Zr\"}}", "Xk29loQp71Zr"},
    {"{\"code\":\"Xk29lo\"}", ""},
    {"{\"state\":\"fooz-state-0042-x\",\"code\":\"FOOZ_CODE_0042\"}", "fooz-state-0042-x|FOOZ_CODE_0042"},
    {"{\"nonce\":\"a few words 0042\",\"hash\":\"fooz-0042-x\",\"key\":\"two-words-only\"}", ""},
    {"{\"hmac\":\"Xk29lo\"}", "Xk29lo"},
    {"{\"Authorization\":\"Bearer Xk29loQp71\"}", "Xk29loQp71"},
    {"{\"Cookie\":\"a=Xk29lo; b=Qp71\"}", "Xk29lo|Qp71"},
    {"{\"token_type\":\"Xk29loQp71Zr\",\"kid\":\"Xk29loQp71Zr\"}", ""},
};

static const struct row pair_rows[] = {
    {"{\"name\":\"password\",\"value\":\"Xk29lo\"}", "Xk29lo"},
    {"{\"value\":\"Xk29lo\",\"name\":\"password\"}", "Xk29lo"},
    {"[{\"name\":\"a\",\"value\":\"b\"},{\"Name\":\"password\",\"x\":{\"value\":\"c\"},\"Value\":\"Xk29lo\"}]", "Xk29lo"},
    {"[{\"name\":\"password\"},{\"name\":\"a\",\"value\":\"b\"}]", ""},
    {"[{\"value\":\"b\",\"name\":\"a\"},{\"id\":\"password\",\"value\":7654321}]", "7654321"},
    {"{\"k\":\"password\",\"v\":\"Xk29lo\"}", "Xk29lo"},
    {"{\"a\":\"[{\\\"name\\\":\\\"password\\\",\\\"value\\\":\\\"Xk29lo\\\"}]\"}", "Xk29lo"},
    {"[[\"password\",\"Xk29lo\"],[\"a\",\"b\"]]", "Xk29lo"},
    {"[\"password\",\"token\"]", ""},
    {"[\"password\",\"Xk29lo\",\"c\"]", ""},
    {"localStorage.setItem('auth_token', 'Xk29loQp')", "Xk29loQp"},
    {"xhr.setRequestHeader(\"X-Api-Key\", \"Xk29loQp\")", "Xk29loQp"},
    {"on(\"session\",\"click\")", ""},
    {"localStorage.setItem('password', 'swordfish');f('password','swordfish')", "swordfish"},
    {"f(\"passcode\",\"IwyziVZTGIYwCPMOhLXfng==\");x.setRequestHeader(\"X-Api-Key\",\"X-Api-Key\")", "IwyziVZTGIYwCPMOhLXfng=="},
};

static const struct row code_rows[] = {
    {"var password = \"Xk29lo\";", "Xk29lo"},
    {"var password = 'swordfish';", "swordfish"},
    {"window.csrfToken=`Xk29lo`", "Xk29lo"},
    {"e[\"password\"]=\"Xk29lo\"", "Xk29lo"},
    {"mutation{login(user:\"ann\",password:\"Xk29lo\"){token}}", "Xk29lo"},
    {":password => 'Xk29lo'", "Xk29lo"},
    {"token=getToken();a.token=b.token;c.session=this.state.session2", ""},
    {"{password:this.state.password,secret:e.secret,key:function(e){},token:t,session:n1.session}", ""},
    {"password==\"Xk29lo\"||token===\"Xk29lo\"||token!=\"Xk29lo\"", ""},
    {"type:e?\"password\":\"text\",f=x?token:\"Xk29lo\"", ""},
    {"switch(e){case\"password\":\"x29lo1\";case \"token\":return\"b29lo1\"}", ""},
    {"token=>\"Xk29lo\"", ""},
    {"{passwordHint:\"Enter a password\",TOKEN:\"token\",sessionStart:\"session.start\",credentials:\"include\"}", ""},
    {"{tokenUrl:\"/oauth2/token\",secretUrl:\"https://a.example/1\"}", ""},
    {"{tokenType:\"string\",password:\"${password}\",token:\"{{csrf}}\"}", ""},
    {".token:before{content:\"Xk29lo\"}.session{width:1200px}", ""},
    {"--token-width:1200px;--token-color:#ff00aa", ""},
    {"key:\"backgroundColor\",code:\"KeyA\",hash:\"Xk29loQp71Zr\"", "Xk29loQp71Zr"},
    {"document.cookie = \"a=Xk29lo; path=/\"", "Xk29lo"},
    {"document.cookie=`a=${b}; path=/`", ""},
    {"if(document.cookie.indexOf('uid_'+n)<0){document.cookie='uid_for_'+n+'='+n}", ""},
    {"log(\"from cookie: \",e);f=function(){x1=2};g(\"x\")", ""},
    {"log(\"code: \"+a1[bcdefghijkl]+\"x\")", ""},
    {"u=\"?sid=\"+s1+\"&token=\"+t1+\"b\"", ""},
    {"{\"user-sessions_ts\":\"sha512-OOL9GodvJHHJLcmfT5ZTcqw4f\"}", ""},
    {"[[\"jquery.cookie\",\"1ikjr\"],[\"x\",\"y\"]]", ""},
    {"{\"key\":\"click.calculator.15_members\"}", ""},
    {"f({state: \"fooz-state-0042-x\", key: \"fooz.state.0042\"})", "fooz-state-0042-x"},
    {"var passcode = \"/ikpjOddXaBhnNsabUEvAQ==\", dbKey = 'swordfish';", "/ikpjOddXaBhnNsabUEvAQ==|swordfish"},
    {"f(servicekey, \"x\");challenge=\"COAaRArqcYNuRiLmynhbfg==\"", "COAaRArqcYNuRiLmynhbfg=="},
    {"debug passcode=/ikpjOddXaBhnNsabUEvAQ== done", "/ikpjOddXaBhnNsabUEvAQ=="},
    {"window.zumoauth = \"//ygasuaG4pUlKwqMtyqcA==\"; b.token=\"//a.example/xYz1\"", "//ygasuaG4pUlKwqMtyqcA=="},
    {"token=/ab/.test(x);a.token=+b", ""},
    {"{\"headers\":{\"Scoped-CSRF-Token\":`${this.csrf}`}}", ""},
    {"secret:9876543", "9876543"},
    {"var myJwt = \"hevfalvat dronkijun 77 kelorwam\";", "hevfalvat dronkijun 77 kelorwam"},
    {"f({a: 1, senha: 'Xk2\"lo9Qp\\'z71rT', b: 2})", "Xk2\"lo9Qp\\'z71rT"},
    {"var motDePasse = \"Xk29lo&Qp7<zR8v>Nw\";", "Xk29lo&Qp7<zR8v>Nw"},
    {"var wert = { webhook: \"xkLqWz%rtpqk%vmBnXz\" }", "xkLqWz%rtpqk%vmBnXz"},
    {"mutation { enter(passCode: \"Xk29lo\\\"Qp71z'R8\") { id } }", "Xk29lo\\\"Qp71z'R8"},
    {"{password:\"Use at least 8 characters\",pin:\"Mindestens 8 Zeichen verwenden\"}", ""},
    {"{passwordIcon:\"M12 17c1.1 0 2-.9 2-2s-.9-2-2-2\",token:\"<b class=x1>a</b>\"}", ""},
    {"{\"credentials\":\"include\",\"a\":1}", ""},
    {"{\"csrfHeaderName\":\"X-CSRF-Token\"}", ""},
    {"a:1:{s:8:\"password\";s:6:\"Xk29lo\";s:1:\"b\";s:1:\"c\";}", "Xk29lo"},
    {"Server=a;User Id=b;Password=Xk29!lo;Pooling=true", "Xk29!lo"},
    {"a=1;b=2;password=c.d;token=e", ""},
};

static const struct row param_rows[] = {
    {"https://a.example/p?token=Xk29lo&b=c", "Xk29lo"},
    {"see https://a.example/p?b=c&code=k1#x", "k1"},
    {"<a href=\"/p?b=c&amp;state=k1&amp;d=e\">", "k1"},
    {"state=k1&b=c", "k1"},
    {"GET /x?contrase\u00f1a=P@ss!01382$w*rd", "P@ss!01382$w*rd"},
    {"x?token=!0:token=b!=c", ""},
    {"user[password]=Xk29lo&b=c", "Xk29lo"},
    {"a&&token=b", ""},
    {"t?state=e.key:f", ""},
    {"?token={token}&state=${state}", ""},
    {"see /p?x=token=Xk29lo here", "Xk29lo"},
    {"/p?a=1;sig=Xk29loQp71ZrTb83MnWv64HsYc50JdGfXk29loQp71ZrTb83MnWv64HsYc50JdGfXk29loQp71ZrTb83MnWv64HsYc50JdGfXk",
     "Xk29loQp71ZrTb83MnWv64HsYc50JdGfXk29loQp71ZrTb83MnWv64HsYc50JdGfXk29loQp71ZrTb83MnWv64HsYc50JdGfXk"},
};

static const struct row markup_rows[] = {
    {"<input type=\"hidden\" name=\"csrf\" value=\"Xk29lo\">", "Xk29lo"},
    {"<input value='Xk29lo' name='csrf' type=hidden>", "Xk29lo"},
    {"<input name=csrf value=Xk29lo>", "Xk29lo"},
    {"<input data-if=\"a<0\" name=csrf value=Xk29lo>", "Xk29lo"},
    {"<input type=password value=Xk29lo>", "Xk29lo"},
    {"<meta content=\"Xk29lo\" name=\"csrf-token\">", "Xk29lo"},
    {"<meta name=\"csrf-param\" content=\"\"><b content=\"Xk29lo\">", ""},
    {"<param name=\"password\" value=\"Xk29lo\"/>", "Xk29lo"},
    {"<add key=\"ConnectionString\" value=\"Xk29lo\"/>", "Xk29lo"},
    {"<div data-csrf=\"Xk29lo\" class=\"token\">x1</div>", "Xk29lo"},
    {"<wsse:Password Type=\"a#b\">Xk29lo</wsse:Password>", "Xk29lo"},
    {"<ds:SignatureValue>\n Xk29lo=\n</ds:SignatureValue>", "Xk29lo="},
    {"<password><![CDATA[Xk<29lo]]></password>", "Xk<29lo"},
    {"<password>Xk29lo", "Xk29lo"},
    {"<credentials><user>ann</user><pw>Xk29lo</pw></credentials><a>b</a>", "ann|Xk29lo"},
    {"<key>password</key>\n<string>Xk29lo</string>", "Xk29lo"},
    {"<string name=\"password\">Xk29lo</string>", "Xk29lo"},
    {"<code>Xk29loQp71Zr</code><state>open</state>", "Xk29loQp71Zr"},
    {"<password/><token></token><b>c1</b>", ""},
    {"<label for=\"password\">Password: 1 of 2</label>", ""},
    {"<x y=\"{&quot;token&quot;:&quot;Xk29lo&quot;,&quot;a&quot;:1}\">", "Xk29lo"},
    {"<form><button name=\"session\">Session</button></form>", ""},
    {"<input name=\"webhook\" value=\"hevfalvat dronkijun 77 kelorwam\">", "hevfalvat dronkijun 77 kelorwam"},
    {"<fb_dtsg><![CDATA[hevfalvat dronkijun 77 kelorwam]]></fb_dtsg>", "hevfalvat dronkijun 77 kelorwam"},
    {"<textarea name=\"secret\">Xk29lo</textarea>", "Xk29lo"},
    {"<div data-code=\"step2\" data-state=\"open\">", ""},
    {"<div data-state=\"fooz-state-0042-x\" data-authentication='Xk29lo' data-x=\"y\">", "fooz-state-0042-x|Xk29lo"},
    {"<div data-state=\"open\" my-data-state=\"fooz-state-0042-x\">", ""},
};

static const struct row line_rows[] = {
    {"seen\r\nCookie: Xk29lo", "Xk29lo"},
    {"Cookie: we use 3 cookies", ""},
    {"ConnectionString = hevfal.dronki.5607.kelor", "hevfal.dronki.5607.kelor"},
    {"2026-03-02 09:14 [info] login token=Xk29lo ok", "Xk29lo"},
    {"recovery = hevfalvat dronkijun kelorwam 7158\nb = c", "hevfalvat dronkijun kelorwam 7158"},
    {"PHPSESSID=Xk29lo; path=/", "Xk29lo"},
    {"Your password is Xk29loQp71Zr.", "Xk29loQp71Zr"},
    {"The token is invalid, the password is required", ""},
    {"curl 'https://a.example' -u'ann:Xk29lo'", "Xk29lo"},
    {"GET / HTTP/1.1\r\nAuthorization: Bearer Xk29loQp71\r\nAccept: a\r\n", "Xk29loQp71"},
    {"Cookie: a=Xk29lo; b=Qp71\r\nX: y", "Xk29lo|Qp71"},
    {"< Set-Cookie: a=Xk29lo; Path=/\n", "Xk29lo"},
    {"X-Api-Key: Xk29lo\n", "Xk29lo"},
    {"curl -H 'X-Api-Key: Xk29lo' -H 'Accept: a' https://a.example/", "Xk29lo"},
    {"ALTER USER ann IDENTIFIED BY 'hevfalvat'", "hevfalvat"},
    {"create user a identified by '%s'; identified by '{password}'; identified by 'redacted-password-1'", ""},
    {"machine a.example\n  login ann\n  password hevfalvat\n", "hevfalvat"},
    {"the machine asks for login and password again; machine a login b password ${P}", ""},
    {"Your verification code is 493021.", "493021"},
    {"Code de v\xc3\xa9rification : 123456", "123456"},
    {"Dein Sicherheitscode lautet <b>123 456</b>", "123 456"},
    {"493021 is your Example verification code", "493021"},
    {"verification code is required, security code 12.5, confirmation code 2024-01-02, 1234 is your number", ""},
    {"Your security code is redacted-code-1", ""},
    {"curl -u ann:Xk29lo --user 'ann:Qp 71' https://a.example/", "Xk29lo|Qp 71"},
    {"curl --password Xk29lo --token=Qp71zz", "Xk29lo|Qp71zz"},
    {"log: sent Cookie: a=Xk29lo; b=Qp71", "Xk29lo|Qp71"},
    {"export TOKEN=swordfish\nPASSWORD=Xk29lo;9\n", "swordfish|Xk29lo;9"},
    {"[db]\npassword = Xk29lo\n", "Xk29lo"},
    {"password: Xk29loQp\n", "Xk29loQp"},
    {"Password: must be long enough\nSession: expired\n", ""},
    {"State: connected\nPolicy: default-src\n", ""},
    {"--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nXk29lo\r\n--b--\r\n", "Xk29lo"},
    {"redacted-token-1=Xk29lo", ""},
    {"token=redacted-token-1&code=redacted-code-1", ""},
};

struct world {
    struct har_redact_rules *rules;
    struct redact_engine engine;
};

static void begin(struct world *world)
{
    struct har_error error;
    *world = (struct world){.engine = {.options = {.size = sizeof(struct har_redact_options)}}};
    ck_assert_int_eq(har_redact_rules_new(&world->rules, &error), HAR_OK);
    world->engine.rules = world->rules;
    world->engine.matcher = redact_matcher_new(world->rules, false, &error);
    world->engine.dictionary = redact_dictionary_new(NULL, (struct har_text){"", 0});
    ck_assert_ptr_nonnull(world->engine.matcher);
    ck_assert_ptr_nonnull(world->engine.dictionary);
}

static void end(struct world *world)
{
    ck_assert(!world->engine.failed);
    redact_dictionary_free(world->engine.dictionary);
    redact_engine_release(&world->engine);
    har_redact_rules_free(world->rules);
}

static void check_row(struct world *world, const struct row *row)
{
    const struct har_text text = {row->text, strlen(row->text)};
    struct redact_edits edits = {.count = 0};
    struct har_buffer found;
    har_buffer_init(&found, 1 << 16);
    redact_find_text(&world->engine, text, &edits);
    redact_edits_settle(&edits, text);
    for (size_t i = 0; i < edits.count; i++) {
        if (i)
            har_buffer_append_char(&found, '|');
        har_buffer_append(&found, text.bytes + edits.edit[i].start, edits.edit[i].end - edits.edit[i].start);
    }
    const char *const string = har_buffer_string(&found);
    ck_assert_msg(!strcmp(string, row->found), "%s\n found: %s\n not: %s", row->text, string, row->found);
    har_buffer_release(&found);
    redact_edits_release(&edits);
}

#define ROWS(name)                                                                                                                 \
    START_TEST(name)                                                                                                               \
    {                                                                                                                              \
        struct world world;                                                                                                        \
        begin(&world);                                                                                                             \
        check_row(&world, &name##_rows[_i]);                                                                                       \
        end(&world);                                                                                                               \
    }                                                                                                                              \
    END_TEST

ROWS(json)
ROWS(pair)
ROWS(code)
ROWS(param)
ROWS(markup)
ROWS(line)

/* Texts that are made to be slow: 1 MB of a piece, behind a front. What is quadratic does not end within the time of a test. */
static const struct {
    const char *front, *piece;
} traps[] = {
    {"{", "\"name\": \"Authorization\", "},
    {"", "\""},
    {"password=", "\\"},
    {"token=", "&"},
    {"", "password"},
    {"token=", "a1"},
    {"", "token='"},
    {"", "token=\""},
    {"", "token=`"},
    {"", "token=\\\""},
    {"", "\"token\":{"},
    {"", "\"token\":[\"a\","},
    {"", "\"token\":["},
    {"", "{\"name\":\"token\",\"x\":"},
    {"", "<token>"},
    {"", "<token "},
    {"", "<token><![CDATA["},
    {"", "<code><![CDATA["},
    {"<x a=", "name=\"token\""},
    {"<x ", "name='token' a=\""},
    {"", "?token="},
    {"", "Cookie: a=b "},
    {"", "token: token: "},
    {"", "[\"token\",\""},
    {"token=&quot;", "&quot"},
    {"", "form-data; name=\"token\""},
};

#ifdef __SANITIZE_ADDRESS__ /* as slow as ten times that */
enum { TRAP_BYTES = 1 << 18 };
#else
enum { TRAP_BYTES = 1 << 20 };
#endif

START_TEST(trap)
{
    struct world world;
    struct redact_edits edits = {.count = 0};
    const size_t front = strlen(traps[_i].front), piece = strlen(traps[_i].piece);
    char *bytes = malloc(TRAP_BYTES);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, traps[_i].front, front);
    for (size_t at = front; at < TRAP_BYTES; at++)
        bytes[at] = traps[_i].piece[(at - front) % piece];
    begin(&world);
    redact_level(&world.engine, (struct har_text){bytes, TRAP_BYTES}, REDACT_AS_TEXT, &edits);
    redact_edits_settle(&edits, (struct har_text){bytes, TRAP_BYTES});
    bool inside = true;
    for (size_t i = 0; i < edits.count; i++)
        inside &= edits.edit[i].start < edits.edit[i].end && edits.edit[i].end <= TRAP_BYTES;
    ck_assert(inside);
    redact_edits_release(&edits);
    end(&world);
    free(bytes);
}
END_TEST

/* Learned, replaced, looked at again: nothing is left to find, whatever was put between the pieces. */
static const char *const again[] = {
    "{\"password\":\",Xk29loQp71\",\"token\":\";/ Xk29loQp\"}",
    "password: Xk29loQp<token> Zr82nvWs\n",
    "<input name=\"xSet-Cookie: a=Xk29loQp71\" value=\"Zr82nvWs\">",
    "curl -H 'Authorization: Basic YW5uOlhrMjlsb1FwNzE=' 'https://a.example/?token=Xk29loQp71&x=Xk29loQp71'",
};

START_TEST(stable)
{
    struct world world;
    struct redact_edits edits = {.count = 0};
    struct har_buffer made;
    struct har_error error;
    const struct har_text text = {again[_i], strlen(again[_i])};
    har_buffer_init(&made, 1 << 16);
    begin(&world);
    redact_level(&world.engine, text, REDACT_AS_TEXT, &edits);
    ck_assert_int_eq(redact_seal(world.engine.dictionary, &error), HAR_OK);
    redact_edits_clear(&edits);
    redact_level(&world.engine, text, REDACT_AS_TEXT, &edits);
    redact_edits_settle(&edits, text);
    ck_assert_uint_gt(edits.count, 0);
    ck_assert(redact_edits_apply(&edits, text, &made));
    ck_assert_ptr_null(memmem(made.data, made.len, "Xk29loQp", 8));
    redact_edits_clear(&edits);
    const struct har_text after = {made.data, made.len};
    redact_level(&world.engine, after, REDACT_AS_TEXT, &edits);
    redact_edits_settle(&edits, after);
    ck_assert_uint_eq(edits.count, 0);
    redact_edits_release(&edits);
    har_buffer_release(&made);
    end(&world);
}
END_TEST

/* Each value ends with the text, however the text is cut: nothing behind it is read. */
START_TEST(cut)
{
    struct world world;
    struct redact_edits edits = {.count = 0};
    const size_t len = strlen(_i < 2 ? json_rows[16 + _i].text : markup_rows[10 + _i].text);
    const char *const text = _i < 2 ? json_rows[16 + _i].text : markup_rows[10 + _i].text;
    begin(&world);
    for (size_t most = 0; most < len; most++) {
        char *copy = malloc(most + 1);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, text, most);
        redact_find_text(&world.engine, (struct har_text){copy, most}, &edits);
        redact_edits_clear(&edits);
        free(copy);
    }
    redact_edits_release(&edits);
    end(&world);
}
END_TEST

/* Random in the sense of suspicious.c: 3.5 bits a character, letters and digits, 32 to 512 characters. */
static const struct {
    const char *text;
    unsigned count;
} suspicious_rows[] = {
    {"id Xk29loQp71ZrTb83MnWv64HsYc50JdGf end", 1},
    {"id Xk29loQp71ZrTb83MnWv64HsYc50JdG end", 0}, /* 31 */
    {"0123456789abcdef0123456789abcdef01234567", 1},
    {"abababababababab1212121212121212abab", 0},
    {"aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgHiJkLmN", 0}, /* no digit */
    {"/static/Xk29loQp71ZrTb83MnWv64HsYc50JdGf.js", 0},
    {"/static/one/two/three/four/five/six7/eight8/nine9", 0},
    {"a=redacted-token-1-Xk29loQp71ZrTb83MnWv64Hs", 0},
    {"Xk29loQp71ZrTb83MnWv64HsYc50JdGf,Yk29loQp71ZrTb83MnWv64HsYc50JdGf", 2},
    /* parts of a JSON Web Token stay */
    {"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhbGciOiJhIn0.redacted-jwt-1", 0},
    {"a=eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhbGciOiJhIn0.redacted-jwt-1", 0},
    {"eyJhbGciOiJhIn0.eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.redacted-jwt-1", 0},
    {"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9 by itself", 1},
    {"eyJXk29loQp71ZrTb83MnWv64HsYc50JdGf.eyJhbGciOiJhIn0.redacted-jwt-1", 1}, /* no text in base64 */
};

START_TEST(suspicious)
{
    struct world world;
    struct redact_edits edits = {.count = 0};
    const struct har_text text = {suspicious_rows[_i].text, strlen(suspicious_rows[_i].text)};
    begin(&world);
    redact_find_suspicious(&world.engine, text, &edits);
    ck_assert_uint_eq(world.engine.suspicious, suspicious_rows[_i].count);
    ck_assert_uint_eq(edits.count, 0);
    world.engine.options.suspicious = true;
    redact_find_suspicious(&world.engine, text, &edits);
    ck_assert_uint_eq(edits.count, suspicious_rows[_i].count);
    redact_edits_release(&edits);
    end(&world);
}
END_TEST

/* What goes with something that was found is not left. */
START_TEST(suspicious_found)
{
    struct world world;
    struct redact_edits edits = {.count = 0};
    const struct har_text text = {suspicious_rows[0].text, strlen(suspicious_rows[0].text)};
    begin(&world);
    redact_edits_add(&edits, (struct redact_edit){.start = 3, .end = 35}, (struct har_text){"a", 1});
    redact_find_suspicious(&world.engine, text, &edits);
    ck_assert_uint_eq(world.engine.suspicious, 0);
    redact_edits_clear(&edits);
    redact_edits_add(&edits, (struct redact_edit){.start = 3, .end = 34}, (struct har_text){"a", 1});
    redact_find_suspicious(&world.engine, text, &edits);
    ck_assert_uint_eq(world.engine.suspicious, 1);
    redact_edits_release(&edits);
    end(&world);
}
END_TEST

Suite *suite_redact_texts(void)
{
    Suite *suite = suite_create("redact_texts");
    TCase *tcase = tcase_create("redact_texts");
    tcase_add_loop_test(tcase, json, 0, (int)(sizeof json_rows / sizeof *json_rows));
    tcase_add_loop_test(tcase, pair, 0, (int)(sizeof pair_rows / sizeof *pair_rows));
    tcase_add_loop_test(tcase, code, 0, (int)(sizeof code_rows / sizeof *code_rows));
    tcase_add_loop_test(tcase, param, 0, (int)(sizeof param_rows / sizeof *param_rows));
    tcase_add_loop_test(tcase, markup, 0, (int)(sizeof markup_rows / sizeof *markup_rows));
    tcase_add_loop_test(tcase, line, 0, (int)(sizeof line_rows / sizeof *line_rows));
    tcase_add_loop_test(tcase, trap, 0, (int)(sizeof traps / sizeof *traps));
    tcase_add_loop_test(tcase, cut, 0, 4);
    tcase_add_loop_test(tcase, stable, 0, (int)(sizeof again / sizeof *again));
    tcase_add_loop_test(tcase, suspicious, 0, (int)(sizeof suspicious_rows / sizeof *suspicious_rows));
    tcase_add_test(tcase, suspicious_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
