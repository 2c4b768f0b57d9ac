/* The rules of redaction: which names are secret, and which only look so; where a text is looked at; the forms of values. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "redact/rules.h"

Suite *suite_redact_rules(void);

static struct har_redact_rules *rules;

static void set_up(void)
{
    struct har_error error = {0};
    ck_assert_msg(har_redact_rules_new(&rules, &error) == HAR_OK, "%s", error.text);
}

static void tear_down(void)
{
    har_redact_rules_free(rules);
    rules = NULL;
}

static struct har_text text_of(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

static struct redact_verdict judged(const char *name)
{
    return redact_name(rules, text_of(name), REDACT_NAME_MEMBER, false);
}

/* ---- names */

static const char *const any_names[] = {
    "password",
    "https://example.com/x?token",
    "branch_key",
    "PASSWORD",
    "passwd",
    "user_passwd",
    "Passphrase",
    "passcode",
    "pwd",
    "userPwd",
    "mysqlpwd",
    "mysql_pwd",
    "secret",
    "client_secret",
    "clientSecret",
    "AWS_SECRET_ACCESS_KEY",
    "token",
    "access_token",
    "refreshToken",
    "id_token",
    "apikey",
    "api_key",
    "API-KEY",
    "xApiKey",
    "x-api-key",
    "accesskey",
    "secret_key",
    "privatekey",
    "private_key",
    "privkey",
    "encryption_key",
    "subscription-key",
    "functionskey",
    "servicekey",
    "accountkey",
    "db_key",
    "database_key",
    "clientkey",
    "authKey",
    "auth_key",
    "dbpass",
    "db_pass",
    "keypass",
    "authorization",
    "Authorization",
    "credential",
    "credentials",
    "session",
    "sessionid",
    "session_id",
    "csrf",
    "csrf_token",
    "xcsrftoken",
    "csrfmiddlewaretoken",
    "_csrf",
    "xsrf",
    "XSRF-TOKEN",
    "__RequestVerificationToken",
    "jwt",
    "userJwt",
    "bearer",
    "assertion",
    "client_assertion",
    "saml",
    "SAMLResponse",
    "SAMLRequest",
    "cookie",
    "cookies",
    "signature",
    "hmac",
    "X-Amz-Signature",
    "X-Goog-Signature",
    "webhook",
    "webhook_url",
    "connectionString",
    "recovery",
    "recovery_code",
    "SharedAccessSignature",
    "clientDataJSON",
    "x-client-data",
    "zumoauth",
    "appcheck",
    "clientcert",
    "stripetoken",
    "stripeToken",
    "verifier",
    "code_verifier",
    "challenge",
    "code_challenge",
    "cvv",
    "cvv2",
    "CVC",
    "cardCvc",
    "cardnumber",
    "card_number",
    "cc-number",
    "otp",
    "userOtp",
    "otp_code",
    "totp",
    "mfa",
    "mfaCode",
    "mfa_code",
    "twofactor",
    "two_factor_code",
    "contrasena",
    "contraseña",
    "CONTRASEÑA",
    ("contrasen\xCC\x83"
     "a"),
    "sess",
    "sessid",
    "PHPSESSID",
    "JSESSIONID",
    "ASP.NET_SessionId",
    "sso",
    "sso_token",
    "ssoId",
    "fb_dtsg",
    "dtsg",
    "hdnea",
    "hdnts",
    "__VIEWSTATE",
    "__EVENTVALIDATION",
    "otc",
    "kennwort",
    "Kennwort",
    "passwort",
    "Passwort",
    "motdepasse",
    "MotDePasse",
    "mot_de_passe",
    "senha",
    "пароль",
    "Пароль",
    "ПАРОЛЬ",
    "密码",
    "パスワード",
    "ﾊﾟｽﾜｰﾄﾞ",
    "ｐａｓｓｗｏｒｄ",
    "authentication",
    "keypairid",
    "Key-Pair-Id",
    "RelayState",
    "wresult",
    "usg",
    "shdf",
    "serverData",
    "fcParams",
    "facetID",
    "user_code",
    "device_code",
    "X-Amz-Credential",
    "x-amz-security-token",
    "DPoP",
    "vses2",
    "passkey",
    "SAMLart",
    "cnonce",
    "remember_me",
    "pem",
    "rsa",
    "dsa",
    "ecdsa",
    "securitytoken",
    "user[password]",
    "user.password",
    "a.b.token",
    "token[]",
    "user%5Bpassword%5D",
    "user%255Bpassword%255D",
    "pass&#119;ord",
    "pass\\u0077ord",
    "ns:token",
    "$token",
    "x token",
    "__Secure-next-auth.session-token",
    "laravel_session",
    "connect.session",
    "g-recaptcha-response",
    "authenticity_token",
    "oauth_token",
    "oauth_signature",
    "private-token",
    "deviceToken",
    "pushToken",
    "sessionKey",
    "new_password_confirmation",
    "current-password",
    "LoginForm[Password]",
    "resetPasswordToken",
    "X509Certificate",
    "SignatureValue",
    "DigestValue",
    "CipherValue",
    "NameID",
    "AttributeValue",
    "BinarySecurityToken",
    "aws_session_token",
    "sas_token",
    "jwtAssertion",
    "signing_key",
    "AppKey",
    "licenseKey",
    "verification_code",
    "smsCode",
    "password1",
    "token2",
    "2fa",
    "2fa_code",
    "userPass",
    "webhookSecret",
    "seed_phrase",
    "비밀번호",
    "hasło",
    "mdp",
};

static const char *const exact_names[] = {
    "code",       "state",   "key",   "nonce",  "hash",  "sig",      "policy",  "pin",       "pass",        "pw",
    "response",   "ticket",  "magic", "auth",   "sid",   "appid",    "appID",   "client_id", "certificate", "salt",
    "crypt",      "wctx",    "mac",   "digest", "claim", "lsd",      "md5",     "st",        "x_hmac",      "connect.sid",
    "form[code]", "a.b.key", "CODE",  "_code",  "xAuth", "user_pin", "userPin", "auth_sig",  "id.nonce",
    "sign",       "apiSign", "skey",
};

static const char *const harmless_names[] = {
    "lesson",
    "lessons",
    "author",
    "authority",
    "authored_by",
    "compass",
    "compassOrder",
    "passenger",
    "bypass",
    "keyboard",
    "keyword",
    "keywords",
    "monkey",
    "zipcode",
    "country_code",
    "countryCode",
    "status_code",
    "statusCode",
    "error_code",
    "encode",
    "codec",
    "hashtag",
    "statement",
    "estate",
    "sidebar",
    "policyholder",
    "token_type",
    "tokenType",
    "tokenizer",
    "expires_in",
    "assess",
    "assessment",
    "possession",
    "obsession",
    "cookieconsent",
    "isotope",
    "sessionTimeout",
    "passwordless",
    "classobject",
    "classObject",
    "crossorigin",
    "formFactor",
    "formfactor",
    "slotprops",
    "slotProps",
    "footprint",
    "hotpink",
    "picasso",
    "espresso",
    "embassy",
    "ambassador",
    "secretary",
    "max_tokens",
    "totalTokens",
    "prompt_tokens",
    "code_challenge_method",
    "key_id",
    "kid",
    "sessionless",
    "csrf_enabled",
    "password_required",
    "passwordMinLength",
    "session_length",
    "name",
    "id",
    "url",
    "title",
    "content",
    "value",
    "type",
    "width",
    "href",
    "spinner",
    "opinion",
    "pinned",
    "stateful",
    "states",
    "codes",
    "hashes",
    "keys",
    "responses",
    "macOS",
    "digestible",
    "claims",
    "response_type",
    "responseTime",
    "authorized",
    "signature_method",
    "masterpiece",
    "robotcraft",
    "transform",
    "position",
    "essential",
    "session_count",
    "cookieName",
    "cookie_prefix",
    "_score_cookies",
    "design",
    "signin",
    "http%3A%2F%2Fexample.com%2Fcookie-sync%3Fpartners",
    "https://example.com/token?page",
    "",
    "-",
    "[]",
};

#define EACH(name, list) for (size_t name = 0; name < sizeof(list) / sizeof *(list); name++)

START_TEST(names_of_secrets)
{
    EACH(i, any_names)
    ck_assert_msg(judged(any_names[i]).tier == REDACT_ANY, "%s", any_names[i]);
}
END_TEST

START_TEST(names_that_may_be_secret)
{
    EACH(i, exact_names)
    ck_assert_msg(judged(exact_names[i]).tier == REDACT_EXACT, "%s", exact_names[i]);
}
END_TEST

START_TEST(names_that_only_look_so)
{
    EACH(i, harmless_names)
    {
        const struct redact_verdict verdict = judged(harmless_names[i]);
        ck_assert_msg(verdict.tier == REDACT_HARMLESS, "%s: %s", harmless_names[i],
                      verdict.rule == REDACT_NO_RULE ? "" : redact_rule(rules, verdict.rule)->id);
    }
}
END_TEST

/* Whether the name is come upon in the ways that texts have. */
static bool is_triggered(const char *before, const char *name, const char *behind)
{
    char text[512];
    const int len = snprintf(text, sizeof text, "%s%s%s", before, name, behind);
    const size_t start = (size_t)(strstr(text, name) - text);
    for (size_t at = 0; (at = redact_trigger(rules, (struct har_text){text, (size_t)len}, at)) < (size_t)len; at++)
        if (at >= start && at < start + strlen(name))
            return true;
    return false;
}

START_TEST(names_are_come_upon)
{
    static const char *const around[][2] = {
        {"{\"", "\":\"x\"}                   "}, {"var ", " = 'x';"}, {"<a ", "=\"x\"/>"}, {"a=1&", "=x"}, {"", ": x"}};
    EACH(i, any_names)
    EACH(f, around)
    if (!strpbrk(any_names[i], "%&\\"))
        ck_assert_msg(is_triggered(around[f][0], any_names[i], around[f][1]), "%s%s", around[f][0], any_names[i]);
    EACH(i, exact_names)
    EACH(f, around)
    ck_assert_msg(is_triggered(around[f][0], exact_names[i], around[f][1]), "%s%s", around[f][0], exact_names[i]);
}
END_TEST

START_TEST(headers)
{
    static const struct {
        const char *name;
        enum redact_treat treat;
        bool rule;
    } rows[] = {
        {"Authorization", REDACT_SCHEME, true},
        {"proxy-authorization", REDACT_SCHEME, true},
        {"Cookie", REDACT_COOKIE, true},
        {"set-cookie", REDACT_SET_COOKIE, true},
        {"WWW-Authenticate", REDACT_PARAMS, true},
        {"X-API-Key", REDACT_VALUE, true},
        {"X-My-Secret-Thing", REDACT_VALUE, true},
        {"X-Otp", REDACT_VALUE, true},
        {"X-Auth", REDACT_VALUE, true},
        {"X-Authentication", REDACT_VALUE, true},
        {"X-State", REDACT_TEXT, false},
        {"X-Code", REDACT_TEXT, false},
        {"Sec-WebSocket-Protocol", REDACT_VALUE, true},
        {"Referer", REDACT_ADDRESS, false},
        {":path", REDACT_ADDRESS, false},
        {"Content-Type", REDACT_TEXT, false},
        {"Access-Control-Allow-Credentials", REDACT_TEXT, false},
        {"Date", REDACT_TEXT, false},
    };
    EACH(i, rows)
    {
        const struct redact_verdict verdict = redact_name(rules, text_of(rows[i].name), REDACT_NAME_HEADER, false);
        ck_assert_msg(verdict.treat == rows[i].treat, "%s", rows[i].name);
        ck_assert_msg((verdict.rule != REDACT_NO_RULE) == rows[i].rule, "%s", rows[i].name);
    }
}
END_TEST

/* ---- forms of values */

#ifdef HARMILL_WITHOUT_PCRE2
enum { HAVE_FORMS = 0 };
#else
enum { HAVE_FORMS = 1 };
#endif

/* Tokens are put together here, so that no scanner takes this file for a leak: `fill` is repeated to `count` bytes behind `front`.
 */
static const struct form {
    const char *rule, *front, *fill;
    size_t count;
    const char *end;
} forms[] = {
    {"format-jwt",
     "ey"
     "JhbGciOiJIUzI1NiJ9.ey"
     "JzdWIiOiIxMjM0In0.",
     "aB3", 43, ""},
    {"format-jwt",
     "ey"
     "JhbGciOiJub25lIn0.ey"
     "JzdWIiOiIxMjM0In0.",
     "", 0, ""},
    {"format-jwe",
     "ey"
     "JhbGciOiJSU0EifQ.aB3.",
     "cD4", 16, ".eF5.gH6"},
    {"format-jwt-base64",
     "ZXl"
     "KaGJHY2lPaUpJVXpJMU5pSjku",
     "aB3", 40, "=="},
    {"format-pem",
     "-----BEGIN RSA "
     "PRIVATE KEY-----\n",
     "MIIa/+9", 700, "\n-----END RSA PRIVATE KEY-----"},
    {"format-pem",
     "-----BEGIN "
     "PRIVATE KEY-----\n",
     "MIIa/+9", 70, ""},
    {"format-aws",
     "AK"
     "IA",
     "Q2W3", 16, ""},
    {"format-aws",
     "AS"
     "IA",
     "Q2W3", 16, ""},
    {"format-github",
     "gh"
     "p_",
     "aB3", 36, ""},
    {"format-github",
     "github"
     "_pat_",
     "aB3_", 82, ""},
    {"format-gitlab",
     "gl"
     "pat-",
     "aB3-", 20, ""},
    {"format-slack",
     "xo"
     "xb-",
     "12a-", 40, ""},
    {"format-stripe",
     "sk_"
     "live_",
     "aB3", 24, ""},
    {"format-stripe",
     "rk_"
     "test_",
     "aB3", 24, ""},
    {"format-google",
     "AI"
     "za",
     "aB3-_", 35, ""},
    {"format-google-oauth",
     "ya"
     "29.",
     "aB3-_", 60, ""},
    {"format-google-secret",
     "GOC"
     "SPX-",
     "aB3-", 28, ""},
    {"format-sendgrid",
     "S"
     "G.",
     "aB3.", 66, ""},
    {"format-npm",
     "np"
     "m_",
     "aB3", 36, ""},
    {"format-pypi",
     "py"
     "pi-AgE",
     "aB3-", 80, ""},
    {"format-openai",
     "s"
     "k-",
     "aB3", 48, ""},
    {"format-openai",
     "s"
     "k-ant-api03-",
     "aB3-", 60, ""},
    {"format-huggingface",
     "h"
     "f_",
     "aB3", 34, ""},
    {"format-shopify",
     "shp"
     "at_",
     "a1b2", 32, ""},
    {"format-twilio",
     "S"
     "K",
     "a1b2", 32, ""},
    {"format-twilio",
     "A"
     "C",
     "0f9e", 32, ""},
    {"format-telegram",
     "1234567"
     "89:",
     "aB3-_", 35, ""},
    {"format-digitalocean",
     "do"
     "p_v1_",
     "a1b2", 64, ""},
    {"format-mailgun",
     "ke"
     "y-",
     "a1b2", 32, ""},
    {"format-atlassian",
     "ATA"
     "TT3",
     "aB3-", 60, "=1A2B3C4D"},
    {"format-databricks",
     "da"
     "pi",
     "a1b2", 32, ""},
    {"format-linear",
     "lin_"
     "api_",
     "aB3", 40, ""},
    {"format-notion",
     "nt"
     "n_",
     "aB3", 46, ""},
    {"format-sentry",
     "sntr"
     "ys_",
     "aB3", 60, ""},
    {"format-newrelic",
     "NR"
     "AK-",
     "AB3", 27, ""},
    {"format-doppler",
     "dp"
     ".pt.",
     "aB3", 43, ""},
    {"format-vault",
     "hv"
     "s.",
     "aB3", 90, ""},
    {"format-square",
     "sq0"
     "csp-",
     "aB3-", 43, ""},
    {"format-age",
     "AGE-SECRET"
     "-KEY-1",
     "Q", 58, ""},
    {"format-discord",
     "MT"
     "A",
     "aB3", 23, ".aB3-_x.aB3-_xaB3-_xaB3-_xaB3-_xaB3"},
};

static size_t make_form(const struct form *form, char *out)
{
    size_t len = strlen(form->front);
    memcpy(out, form->front, len);
    for (size_t i = 0; i < form->count; i++)
        out[len++] = form->fill[i % strlen(form->fill)];
    memcpy(out + len, form->end, strlen(form->end));
    return len + strlen(form->end);
}

/* The first match in the text, as a program that looks for all would find it. */
static bool first_match(struct redact_matcher *matcher, struct har_text text, struct redact_match *match)
{
    struct redact_matching matching = {0};
    bool failed = false;
    for (size_t at = 0; (at = redact_trigger(rules, text, at)) < text.len; at++)
        if (redact_match_at(matcher, &matching, text, at, match, &failed))
            return true;
    ck_assert(!failed);
    return false;
}

static struct redact_matcher *matcher_of(bool pii)
{
    struct har_error error = {0};
    struct redact_matcher *matcher = redact_matcher_new(rules, pii, &error);
    ck_assert_msg(matcher != NULL, "%s", error.text);
    return matcher;
}

START_TEST(forms_of_values)
{
    static const char *const around[][2] = {{"", ""}, {"\"", "\""}, {"x = ", ", y"}, {"(", ")"}, {"a/", "\n"}};
    struct redact_matcher *matcher = matcher_of(false);
    EACH(i, forms)
    EACH(a, around)
    {
        char text[1024];
        struct redact_match match = {0};
        const size_t front = strlen(around[a][0]);
        memcpy(text, around[a][0], front);
        size_t len = front + make_form(&forms[i], text + front);
        const size_t end = len;
        memcpy(text + len, around[a][1], strlen(around[a][1]));
        len += strlen(around[a][1]);
        ck_assert_msg(first_match(matcher, (struct har_text){text, len}, &match), "%.*s", (int)len, text);
        ck_assert_str_eq(redact_rule(rules, match.rule)->id, forms[i].rule);
        ck_assert_msg(match.start == front, "%.*s", (int)len, text);
        if (strcmp(forms[i].rule, "format-pem") != 0 || *forms[i].end)
            ck_assert_msg(match.end == end && match.stop == end, "%.*s: %zu, not %zu", (int)len, text, match.end, end);
    }
    redact_matcher_free(matcher);
}
END_TEST

START_TEST(parts_that_go)
{
    static const struct {
        const char *text, *part, *rule; /* NULL: nothing */
    } rows[] = {
        {"Authorization: Bearer abc123def456", "abc123def456", "format-auth-scheme"},
        {"basic YW5uYTp0ZWE0dHdv", "YW5uYTp0ZWE0dHdv", "format-auth-scheme"},
        {"curl -H 'Token 9944b09199c62bcf'", "9944b09199c62bcf", "format-auth-scheme"},
        {"the token authentication failed", NULL, NULL},
        {"basic information about digest authentication", NULL, NULL},
        {"Bearer Authentication", NULL, NULL},
        {"https://anna:tea4two@example.com/", "tea4two", "userinfo"},
        {"see postgres://u:p%40ss@db:5432/x", "p%40ss", "userinfo"},
        {"https://anna@example.com/a:b@c", NULL, NULL},
        {"https://example.com:8080/a@b", NULL, NULL},
        {"http://[::1]:80/@", NULL, NULL},
        {"AccountName=a;AccountKey=aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=;x",
         "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=", "format-azure"},
        {"risk-based-authentication-of-our-users", NULL, NULL},
        {"task-sk-something-very-long-without-digits", NULL, NULL},
        {"at 12:34:56 and 2024:abc", NULL, NULL},
        {"monkey-business key-value", NULL, NULL},
    };
    struct redact_matcher *matcher = matcher_of(false);
    EACH(i, rows)
    {
        struct redact_match match = {0};
        const struct har_text text = text_of(rows[i].text);
        const bool found = first_match(matcher, text, &match);
        ck_assert_msg(found == (rows[i].part != NULL), "%s", rows[i].text);
        if (!found)
            continue;
        ck_assert_str_eq(redact_rule(rules, match.rule)->id, rows[i].rule);
        ck_assert_msg(match.end - match.start == strlen(rows[i].part), "%s", rows[i].text);
        ck_assert_mem_eq(text.bytes + match.start, rows[i].part, strlen(rows[i].part));
    }
    redact_matcher_free(matcher);
}
END_TEST

/* Check digits were computed by hand: 4111111111111111 and DE89370400440532013000 are the examples of their specifications. */
START_TEST(persons)
{
    static const struct {
        const char *text, *part, *rule;
    } rows[] = {
        {"write to anna.b+x@mail.example.org.", "anna.b+x@mail.example.org", "format-email"},
        {"logo@2x.png", NULL, NULL},
        {"a@b", NULL, NULL},
        {"@media (max-width: 10px)", NULL, NULL},
        {"card 4111 1111 1111 1111!", "4111 1111 1111 1111", "format-card"},
        {"card 4111111111111111", "4111111111111111", "format-card"},
        {"card 4111111111111112", NULL, NULL},
        {"378282246310005", "378282246310005", "format-card"},
        {"id 1700000000000", NULL, NULL},
        {"to DE89 3704 0044 0532 0130 00 please", "DE89 3704 0044 0532 0130 00", "format-iban"},
        {"DE89370400440532013000", "DE89370400440532013000", "format-iban"},
        {"DE88370400440532013000", NULL, NULL},
        {"ES91 2100 0418 4502 0005 1332 AND MORE", "ES91 2100 0418 4502 0005 1332", "format-iban"},
        {"from 203.0.113.9, port", "203.0.113.9", "format-ip"},
        {"127.0.0.1 0.0.0.0 255.255.255.0", NULL, NULL},
        {"version 1.2.3.4", NULL, NULL},
        {"Chrome/118.0.0.0 Safari/537.36", NULL, NULL},
        {"via 10.0.0.10", "10.0.0.10", "format-ip"},
        {"1.20.3.4.5", NULL, NULL},
        {"999.1.1.10", NULL, NULL},
        {"[2001:db8::8a2e:370:7334]", "2001:db8::8a2e:370:7334", "format-ip"},
        {"at 12:34:56", NULL, NULL},
        {"std::vector::size", NULL, NULL},
        {"ssn 219-09-9999", "219-09-9999", "format-ssn"},
        {"000-12-3456 987-65-4321", NULL, NULL},
        {"tel +49 30 1234567", "+49 30 1234567", "format-phone"},
        {"call (555) 234-5678", "(555) 234-5678", "format-phone"},
        {"555-234-5678", "555-234-5678", "format-phone"},
        {"1 + 2 = 3, +1", NULL, NULL},
        {"new Date(now.getTime()+315360000000)", NULL, NULL},
        {"2024-01-02 03:04:05", NULL, NULL},
    };
    struct redact_matcher *matcher = matcher_of(true), *other = matcher_of(false);
    EACH(i, rows)
    {
        struct redact_match match = {0};
        const struct har_text text = text_of(rows[i].text);
        const bool found = redact_next_person(matcher, text, 0, &match);
        ck_assert_msg(found == (rows[i].part != NULL), "%s: %s", rows[i].text,
                      found ? redact_rule(rules, match.rule)->id : "nothing");
        ck_assert(!redact_next_person(other, text, 0, &match));
        if (!found)
            continue;
        ck_assert_str_eq(redact_rule(rules, match.rule)->id, rows[i].rule);
        ck_assert_msg(match.end - match.start == strlen(rows[i].part), "%s", rows[i].text);
        ck_assert_mem_eq(text.bytes + match.start, rows[i].part, strlen(rows[i].part));
        ck_assert(!redact_next_person(matcher, text, match.stop, &match));
    }
    redact_matcher_free(matcher);
    redact_matcher_free(other);
}
END_TEST

START_TEST(names_of_persons)
{
    static const char *const names[] = {"email",     "userEmail",       "username",  "phone", "phoneNumber", "ip",
                                        "client_ip", "X-Forwarded-For", "firstName", "ssn",   "dob",
                                        "userSSN",   "ssn_last4"};
    EACH(i, names)
    {
        ck_assert_msg(judged(names[i]).tier == REDACT_HARMLESS, "%s", names[i]);
        const struct redact_verdict verdict = redact_name(rules, text_of(names[i]), REDACT_NAME_MEMBER, true);
        ck_assert_msg(verdict.tier != REDACT_HARMLESS && redact_rule(rules, verdict.rule)->pii, "%s", names[i]);
    }
    static const char *const others[] = {"iphone", "className", "lessname", "businessNumber"};
    EACH(i, others)
    ck_assert_msg(redact_name(rules, text_of(others[i]), REDACT_NAME_MEMBER, true).tier == REDACT_HARMLESS, "%s", others[i]);
    ck_assert(redact_name(rules, text_of("Sec-CH-UA-Mobile"), REDACT_NAME_HEADER, true).tier == REDACT_HARMLESS);
}
END_TEST

/* ---- texts that were made to take long */

START_TEST(what_cannot_be_decided_goes)
{
    const struct har_text file = text_of("{\"patterns\": [{\"id\": \"slow\", \"regex\": \"zzz(a+)+b\", \"literals\": [\"zzz\"]}]}");
    struct har_error error = {0};
    struct redact_match match = {0};
    ck_assert_int_eq(har_redact_rules_read(rules, file, &error), HAR_OK);
    struct redact_matcher *matcher = matcher_of(false);
    ck_assert(first_match(matcher, text_of("x zzzaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! b"), &match));
    ck_assert_str_eq(redact_rule(rules, match.rule)->id, "format-slow");
    ck_assert_uint_eq(match.start, 2);
    ck_assert_uint_eq(match.end, 48);
    redact_matcher_free(matcher);
}
END_TEST

/* ---- rule files */

START_TEST(rule_files_add)
{
    const struct har_text file =
        text_of("{\"names\": [{\"contains\": \"frobnic\", \"kind\": \"frob\"}, {\"equals\": \"Zork-Id\", \"certain\": false}],"
                " \"headers\": [{\"name\": \"X-Zork\"}, {\"name\": \"Referer\", \"treat\": \"text\"}],"
                " \"patterns\": [{\"id\": \"zork\", \"regex\": \"zork_([0-9]{8})\", \"literals\": [\"zork_\"], \"group\": 1, "
                "\"kind\": \"zork\"}],"
                " \"keep\": [\"device_token\"], \"drop\": [\"_debug\"]}");
    struct har_error error = {0};
    struct redact_match match = {0};
    ck_assert_msg(har_redact_rules_read(rules, file, &error) == HAR_OK, "%s", error.text);
    ck_assert_str_eq(redact_rule(rules, judged("myFrobnicator").rule)->id, "name-frobnic");
    ck_assert_str_eq(redact_rule(rules, judged("myFrobnicator").rule)->kind, "frob");
    ck_assert_int_eq(judged("zork_id").tier, REDACT_EXACT);
    ck_assert_int_eq(judged("a.zorkId").tier, REDACT_EXACT);
    ck_assert_int_eq(judged("password").tier, REDACT_ANY);
    ck_assert_int_eq(judged("deviceToken").tier, REDACT_HARMLESS);
    ck_assert(redact_keeps(rules, text_of("Device-Token")) && redact_drops(rules, text_of("_debug")) &&
              !redact_drops(rules, text_of("x")));
    ck_assert(redact_name(rules, text_of("x-zork"), REDACT_NAME_HEADER, false).rule != REDACT_NO_RULE);
    ck_assert_int_eq(redact_name(rules, text_of("referer"), REDACT_NAME_HEADER, false).treat, REDACT_TEXT);
    struct redact_matcher *matcher = matcher_of(false);
    ck_assert(first_match(matcher, text_of("a zork_12345678 b"), &match));
    ck_assert_uint_eq(match.start, 7);
    ck_assert_uint_eq(match.end, 15);
    redact_matcher_free(matcher);
}
END_TEST

START_TEST(rule_files_replace)
{
    struct har_error error = {0};
    ck_assert_int_eq(har_redact_rules_read(rules, text_of("{\"replace\": true, \"names\": [{\"equals\": \"zork\"}]}"), &error),
                     HAR_OK);
    ck_assert_int_eq(judged("zork").tier, REDACT_ANY);
    ck_assert_int_eq(judged("password").tier, REDACT_HARMLESS);
    ck_assert_uint_eq(redact_trigger(rules, text_of("a password b"), 0), 12);
    ck_assert_str_eq(redact_rule(rules, REDACT_RULE_COOKIE)->kind, "cookie");
}
END_TEST

START_TEST(rule_files_that_are_wrong)
{
    static const char *const rows[][2] = {
        {"{\"names\": [}", "line 1, column 12"},
        {"[]", "an object"},
        {"{\"nmaes\": []}", "a member is none of"},
        {"{\"names\": {}}", "names must be an array"},
        {"{\"names\": [{\"contains\": \"frob\"}, {\"equals\": \"a\", \"contains\": \"abc\"}]}", "names[1]"},
        {"{\"names\": [{\"contains\": \"ab\"}]}", "names[0].contains: has too few letters"},
        {"{\"names\": [{\"equals\": \"--\"}]}", "names[0].equals"},
        {"{\"names\": [{\"equals\": \"a\", \"kind\": \"K9\"}]}", "names[0].kind"},
        {"{\"names\": [{\"equals\": \"a\", \"color\": 1}]}", "names[0]: has a member"},
        {"{\"names\": [{\"equals\": 5}]}", "names[0].equals"},
        {"{\"headers\": [{\"name\": \"a\", \"treat\": \"x\"}]}", "headers[0].treat"},
        {"{\"patterns\": [{\"id\": \"a\", \"regex\": \"a(b\", \"literals\": [\"abc\"]}]}", "offset 3"},
        {"{\"patterns\": [{\"id\": \"a\", \"regex\": \"ab\", \"literals\": [\"ab\"]}]}", "patterns[0].literals"},
        {"{\"patterns\": [{\"id\": \"a\", \"regex\": \"ab\"}]}", "patterns[0].literals"},
        {"{\"patterns\": [{\"id\": \"a\", \"regex\": \"abc\", \"literals\": [\"abc\"], \"group\": 1}]}", "groups"},
        {"{\"keep\": [5]}", "keep[0]"},
        {"{\"keep\": [\"a\"], \"keep\": [\"b\"]}", "duplicate"},
    };
    EACH(i, rows)
    {
        struct har_error error = {0};
        ck_assert_msg(har_redact_rules_read(rules, text_of(rows[i][0]), &error) == HAR_FATAL, "%s", rows[i][0]);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        ck_assert_msg(strstr(error.text, rows[i][1]) != NULL, "%s: %s", rows[i][0], error.text);
        tear_down();
        set_up();
    }
}
END_TEST

static TCase *tests_of_forms(void)
{
    TCase *tests = tcase_create("forms");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    if (HAVE_FORMS) {
        tcase_add_test(tests, forms_of_values);
        tcase_add_test(tests, parts_that_go);
        tcase_add_test(tests, persons);
        tcase_add_test(tests, what_cannot_be_decided_goes);
        tcase_add_test(tests, rule_files_add);
        tcase_add_test(tests, rule_files_that_are_wrong);
    }
    tcase_add_test(tests, rule_files_replace);
    return tests;
}

Suite *suite_redact_rules(void)
{
    Suite *suite = suite_create("redact-rules");
    TCase *names = tcase_create("names");
    tcase_add_checked_fixture(names, set_up, tear_down);
    tcase_add_test(names, names_of_secrets);
    tcase_add_test(names, names_that_may_be_secret);
    tcase_add_test(names, names_that_only_look_so);
    tcase_add_test(names, names_are_come_upon);
    tcase_add_test(names, headers);
    tcase_add_test(names, names_of_persons);
    suite_add_tcase(suite, names);
    suite_add_tcase(suite, tests_of_forms());
    return suite;
}
