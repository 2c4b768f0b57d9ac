/* Forms of values. Columns: id, kind, regex, literals (see struct pattern_row), back, group, form, folds, check. Each regex is
 * tried only where one of its literals stands, and runs over bytes, not characters. Repeats are bounded or possessive: no going
 * back. */
#ifndef REDACT_PATTERNS_TABLE_H
#define REDACT_PATTERNS_TABLE_H

#include "redact/rules_in.h"

/* Front of a word: no letter, digit or _ before it. */
#define FRONT "(?<![A-Za-z0-9_])"

#define WHOLE 0, 0, REDACT_FORM_PLAIN, false, NULL
#define JWT   0, 0, REDACT_FORM_JWT, false, NULL
#define GROUP 0, 1, REDACT_FORM_PLAIN, false, NULL

static const struct pattern_row patterns_table[] = {
    {"jwt", "jwt", FRONT "ey[A-Za-z0-9_-]{8,4096}+\\.ey[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]*+", "eyJ\0eyI\0eyA\0", JWT},
    {"jwe", "jwt", FRONT "ey[A-Za-z0-9_-]{8,4096}+(?:\\.[A-Za-z0-9_-]*+){4}", "eyJ\0eyI\0eyA\0", WHOLE},
    {"jwt-base64", "jwt", FRONT "ZXlK[A-Za-z0-9+/_-]{16,}+={0,2}+", "ZXlK\0", 0, 0, REDACT_FORM_PLAIN, false, check_jwt},
    {"auth-scheme", "credential",
     FRONT "(?:bearer|basic|token|negotiate|digest|dpop|ssws|apikey)[ \\t+]{1,8}+([A-Za-z0-9_/-][A-Za-z0-9._~+/%|:=-]{7,}+)",
     "bearer\0basic\0token\0negotiate\0digest\0dpop\0ssws\0apikey\0", 0, 1, REDACT_FORM_PLAIN, true, check_credential},
    {NULL, "password", "://[^\\s/?#@\"'<>:\\\\]{0,256}+:([^\\s/?#\"'<>@\\\\]{1,512}+)@", "://\0", 0, 1, REDACT_FORM_PLAIN, false,
     check_password},
    {"pem", "key",
     "-----BEGIN[ A-Z0-9_-]{0,100}?PRIVATE KEY(?: BLOCK)?-----(?:[^-]++|-(?!----END))*+(?:-----END[^-\\r\\n]{0,100}+-----|$|)",
     "-----BEGIN\0", WHOLE},
    {"aws", "key", FRONT "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}+(?![A-Za-z0-9_])", "A3T\0AKIA\0ASIA\0ABIA\0ACCA\0",
     WHOLE},
    {"github", "token", FRONT "(?:gh[pousr]_[0-9A-Za-z]{36,255}+|github_pat_\\w{22,255}+)",
     "ghp_\0gho_\0ghu_\0ghs_\0ghr_\0github_pat_\0", WHOLE},
    {"gitlab", "token", FRONT "gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|oas|ffct)-[\\w.-]{20,255}+",
     "glpat-\0gldt-\0glrt-\0glcbt-\0glptt-\0glft-\0glsoat-\0glimt-\0glagent-\0gloas-\0glffct-\0", WHOLE},
    {"slack", "token", FRONT "xox[abceoprs]-[0-9A-Za-z-]{10,512}+", "xoxa-\0xoxb-\0xoxc-\0xoxe-\0xoxo-\0xoxp-\0xoxr-\0xoxs-\0",
     WHOLE},
    {"slack-app", "token", FRONT "(?:xapp-|xoxe\\.xox[bp]-|xoxd-)[0-9A-Za-z%+/=-]{10,512}+", "xapp-\0xoxe.\0xoxd-\0", WHOLE},
    {"slack-hook", "secret", "hooks\\.slack\\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/]{20,255}+)", "hooks.slack\0",
     GROUP},
    {"discord-hook", "secret", "discord(?:app)?\\.com/api/(?:v[0-9]+/)?webhooks/([0-9]{15,22}+/[A-Za-z0-9_-]{40,100}+)",
     "discord.com\0discordapp.com\0", GROUP},
    {"discord", "token", FRONT "MT[A-Za-z0-9_-]{22,26}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}+",
     "MTA\0MTE\0MTI\0MTM\0MTQ\0MTU\0MTY\0MTc\0MTg\0MTk\0", WHOLE},
    {"stripe", "key", FRONT "(?:sk|rk|pk)_(?:test|live|prod)_[a-zA-Z0-9]{10,255}+",
     "sk_test\0sk_live\0sk_prod\0rk_test\0rk_live\0rk_prod\0pk_test\0pk_live\0pk_prod\0", WHOLE},
    {"stripe-hook", "secret", FRONT "whsec_[A-Za-z0-9+/=]{24,255}+", "whsec_\0", WHOLE},
    {"google", "apikey", FRONT "AIza[\\w-]{35}+", "AIza\0", WHOLE},
    {"google-oauth", "token", FRONT "ya29\\.[\\w.-]{10,}+", "ya29.\0", WHOLE},
    {"google-refresh", "token", FRONT "1//0[\\w-]{30,255}+", "1//0\0", WHOLE},
    {"google-secret", "secret", FRONT "GOCSPX-[\\w-]{28}", "GOCSPX-\0", WHOLE},
    {"sendgrid", "apikey", FRONT "SG\\.[\\w=.-]{60,255}+", "SG.\0", WHOLE},
    {"npm", "token", FRONT "npm_[A-Za-z0-9]{36}", "npm_\0", WHOLE},
    {"pypi", "token", FRONT "pypi-AgE[\\w-]{50,1000}+", "pypi-AgE\0", WHOLE},
    {"openai", "apikey", FRONT "sk-(?=[A-Za-z_-]{0,255}[0-9])[A-Za-z0-9_-]{20,255}+", "sk-\0", WHOLE},
    {"huggingface", "token", FRONT "(?:hf_[A-Za-z0-9]{34,40}+|api_org_[A-Za-z0-9]{34})", "hf_\0api_org_\0", WHOLE},
    {"shopify", "token", FRONT "shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}", "shpat_\0shpca_\0shppa_\0shpss_\0shpua_\0", WHOLE},
    {"twilio", "key", FRONT "(?:SK|AC)[0-9a-fA-F]{32}(?![A-Za-z0-9_])", "SK\2\0AC\2\0", WHOLE},
    {"telegram", "token", "(?<![0-9A-Za-z_])(?:bot)?([0-9]{8,10}+:[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])", "\1\1\1:\0", 10, 1,
     REDACT_FORM_PLAIN, false, NULL},
    {"azure", "key", "(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/%]{40,4096}+={0,2}+)", "AccountKey=\0SharedAccessKey=\0", 0, 1,
     REDACT_FORM_PLAIN, true, NULL},
    {"azure-sas", "signature", "[?&;]sig=([A-Za-z0-9%+/_-]{40,4096}+={0,2}+)", "?sig=\0&sig=\0;sig=\0", GROUP},
    {"digitalocean", "token", FRONT "do[opr]_v1_[a-f0-9]{64}", "dop_v1_\0doo_v1_\0dor_v1_\0", WHOLE},
    {"mailgun", "apikey", FRONT "key-[0-9a-f]{32}(?![A-Za-z0-9_])", "key-\0", WHOLE},
    {"mailchimp", "apikey", FRONT "[0-9a-f]{32}-us[0-9]{1,2}(?![A-Za-z0-9_])", "-us\1\0", 32, 0, REDACT_FORM_PLAIN, false, NULL},
    {"atlassian", "token", FRONT "AT(?:ATT|CTT|BB)[A-Za-z0-9_=+-]{20,255}+", "ATATT\0ATCTT\0ATBB\0", WHOLE},
    {"databricks", "token", FRONT "dapi[a-f0-9]{32}(?:-[0-9])?", "dapi\2\0", WHOLE},
    {"linear", "apikey", FRONT "lin_(?:api|oauth)_[A-Za-z0-9]{40,64}+", "lin_api_\0lin_oauth_\0", WHOLE},
    {"notion", "token", FRONT "(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{46})", "secret_\0ntn_\0", WHOLE},
    {"sentry", "token", FRONT "sntry[su]_[A-Za-z0-9+/=_-]{40,512}+", "sntrys_\0sntryu_\0", WHOLE},
    {"newrelic", "apikey", FRONT "NR(?:AK|JS|AL|II|RA|BR)-[A-Za-z0-9]{19,40}+", "NRAK-\0NRJS-\0NRAL-\0NRII-\0NRRA-\0NRBR-\0",
     WHOLE},
    {"doppler", "token", FRONT "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9._-]{40,64}+",
     "dp.pt.\0dp.st.\0dp.ct.\0dp.sa.\0dp.scim.\0dp.audit.\0", WHOLE},
    {"vault", "token", FRONT "hv[sbr]\\.[\\w-]{24,255}+", "hvs.\0hvb.\0hvr.\0", WHOLE},
    {"terraform", "token", FRONT "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9=_-]{60,80}+", ".atlasv1.\0", 14, 0, REDACT_FORM_PLAIN,
     false, NULL},
    {"onepassword", "token", FRONT "ops_eyJ[A-Za-z0-9+/=_-]{100,}+", "ops_eyJ\0", WHOLE},
    {"age", "key", FRONT "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "AGE-SECRET-KEY-\0", WHOLE},
    {"square", "token", FRONT "(?:sq0(?:csp|atp|idp)-[\\w-]{22,43}+|(?<![+/])EAAA[\\w-]{60}(?![\\w+/=]))",
     "sq0csp-\0sq0atp-\0sq0idp-\0EAAA\0", WHOLE},
    {"paypal", "token", "access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}", "access_token$\0", WHOLE},
    {"facebook", "token", FRONT "(?<![+/])EAA(?=[A-Za-z]{0,200}[0-9])[A-Za-z0-9]{60,512}+(?![+/=])", "EAA\0", WHOLE},
    {"postman", "apikey", FRONT "PMAK-[a-f0-9]{24}-[a-f0-9]{34}", "PMAK-\0", WHOLE},
    {"figma", "token", FRONT "fig[dour]_[\\w-]{40,60}+", "figd_\0figo_\0figu_\0figr_\0", WHOLE},
    {"grafana", "token", FRONT "gl(?:c_[A-Za-z0-9+/=]{32,400}+|sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})", "glc_\0glsa_\0", WHOLE},
    {"rubygems", "apikey", FRONT "rubygems_[a-f0-9]{48}", "rubygems_\0", WHOLE},
    {"docker", "token", FRONT "dckr_(?:pat|oat)_[\\w-]{27,40}+", "dckr_pat_\0dckr_oat_\0", WHOLE},
    {"flyio", "token", FRONT "fo1_[\\w-]{43}", "fo1_\0", WHOLE},
    {"supabase", "token", FRONT "sb(?:p_[a-f0-9]{40}|_secret_[\\w-]{22,40}+)", "sbp_\0sb_secret_\0", WHOLE},
    {"groq", "apikey", FRONT "gsk_[A-Za-z0-9]{52}", "gsk_\0", WHOLE},
    {"planetscale", "token", FRONT "pscale_(?:tkn|oauth|pw)_[\\w=.-]{32,64}+", "pscale_\0", WHOLE},
    {"dynatrace", "token", FRONT "dt0[a-z]01\\.[A-Z2-7]{24}\\.[A-Z2-7]{64}", "dt0c01.\0dt0s01.\0", WHOLE},
    {"alibaba", "key", FRONT "LTAI[A-Za-z0-9]{17,24}+(?![A-Za-z0-9_])", "LTAI\0", WHOLE},
    {"tencent", "key", FRONT "AKID[A-Za-z0-9]{32}(?![A-Za-z0-9_])", "AKID\0", WHOLE},
    {"easypost", "apikey", FRONT "EZ[AT]K[A-Za-z0-9]{54}", "EZAK\0EZTK\0", WHOLE},
    {"pulumi", "token", FRONT "pul-[a-f0-9]{40}", "pul-\2\0", WHOLE},
    {"sql", "password",
     FRONT "identified[ \\t\\r\\n]{1,8}+by[ \\t\\r\\n]{1,8}+(?:password[ \\t]{1,8}+)?+'(?![%?:@]\\w{0,32}+'|[<{*]|\\$\\{|\\.\\.\\.)"
           "([^'\\r\\n\\\\]{3,512}+)'",
     "identified by\0", 0, 1, REDACT_FORM_PLAIN, true, NULL},
    {"netrc", "password",
     FRONT "machine[ \\t]{1,8}+[^\\s\"'<>\\\\]{1,256}+\\s{1,8}+login\\s{1,8}+[^\\s\"'<>\\\\]{1,256}+\\s{1,8}+password[ \\t]{1,8}+"
           "(?![<{*]|\\$\\{)([^\\s\"'<>\\\\]{3,256}+)",
     "machine \0", GROUP},
    {"one-time-code", "code",
     "(?:(?:verification|security|confirmation|one-time|login|sign-in) code|(?:verifizierungs|best\xc3\xa4tigungs|sicherheits)code|"
     "code de (?:v\xc3\xa9rification|s\xc3\xa9"
     "curit\xc3\xa9)|digo de (?:verificaci\xc3\xb3n|verifica\xc3\xa7\xc3\xa3o)|"
     "codice di verifica)(?: (?:is|ist|lautet|est|es|\xc3\xa9|\xc3\xa8))?+(?: ?: ?| )(?:<[^<>]{1,128}+>){0,4}+"
     "([0-9]{4,8}+|[0-9]{3}[ -][0-9]{3})(?![\\w%]|[.,:/-][0-9])",
     "verification code\0security code\0confirmation code\0one-time code\0login code\0sign-in "
     "code\0verifizierungscode\0tigungscode\0"
     "sicherheitscode\0code de v\0code de s\0digo de ver\0codice di ver\0",
     8, 1, REDACT_FORM_PLAIN, true, NULL},
    {"one-time-code-first", "code",
     "(?<![\\w.,:/-])(?:G-)?+([0-9]{4,8}+|[0-9]{3}[ -][0-9]{3}) is your [A-Za-z][A-Za-z -]{0,48}+(?<=[Cc]ode|OTP)(?![\\w-])",
     " is your \0", 10, 1, REDACT_FORM_PLAIN, false, NULL},
};

/* Only with --pii. They are looked for by redact_next_person(): their literals are too frequent for the others' way. */
static const struct pattern_row person_patterns_table[] = {
    {"email", "email", "", "", 0, 0, REDACT_FORM_PLAIN, false, NULL},
    {"card", "card", "", "", 0, 0, REDACT_FORM_PLAIN, false, NULL},
    {"iban", "iban", "", "", 0, 0, REDACT_FORM_PLAIN, false, NULL},
    {"ip", "ip", "", "", 0, 0, REDACT_FORM_PLAIN, false, NULL},
    {"ssn", "ssn", "", "", 0, 0, REDACT_FORM_PLAIN, false, NULL},
    {"phone", "phone", "", "", 0, 0, REDACT_FORM_PLAIN, false, NULL},
};

#undef FRONT
#undef WHOLE
#undef JWT
#undef GROUP

#endif
