/* Inputs of the Cloudflare reader taken apart. Nothing here reaches the network, and no text quotes an input: it may hold what was
 * pasted by mistake. */
#include <string.h>

#include "cloudflare/cloudflare.h"
#include "util/percent.h"
#include "util/text.h"
#include "util/url.h"

enum { ACCOUNT_LENGTH = HAR_CLOUDFLARE_ACCOUNT_SIZE - 1, ID_LENGTH = HAR_CLOUDFLARE_ID_SIZE - 1 };

static const char scheme[] = "cloudflare:";

static const char which[] =
    "takes cloudflare:SCAN_ID or cloudflare:ACCOUNT_ID/SCAN_ID: a scan's id is a UUID, 8-4-4-4-12 hexadecimal "
    "digits with hyphens, an account's has 32 of them without";
static const char others[] =
    "only scans are read from the web: https://radar.cloudflare.com/scan/SCAN_ID, a scan in the dashboard, "
    "cloudflare:SCAN_ID; fetch others first: curl -o x.har URL; harmill info x.har";
static const char nameless[] = "names no scan: the address of one has its id, a UUID, as https://radar.cloudflare.com/scan/SCAN_ID";

static struct har_text text_of(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

static enum har_status refuse(struct har_error *error, const char *why)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "%s", why);
}

bool har_cloudflare_accepts(const char *input)
{
    static const char *const beginnings[] = {scheme, "https://", "http://"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (text_begins(text_of(input), beginnings[i]))
            return true;
    return false;
}

/* ---- ids */

static bool is_account(struct har_text text)
{
    size_t digits = 0;
    while (digits < text.len && text_hex(text.bytes[digits]) >= 0)
        digits++;
    return text.len == ACCOUNT_LENGTH && digits == text.len;
}

bool har_cloudflare_is_account(const char *text)
{
    return is_account(text_of(text));
}

bool cloudflare_is_id(struct har_text text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.len != ID_LENGTH)
        return false;
    for (size_t i = 0; i < ID_LENGTH; i++)
        if (form[i] == 'x' ? text_hex(text.bytes[i]) < 0 : text.bytes[i] != form[i])
            return false;
    return true;
}

void cloudflare_lower(struct har_text text, char *to)
{
    for (size_t i = 0; i < text.len; i++)
        to[i] = text_lower(text.bytes[i]);
    to[text.len] = '\0';
}

static bool is_word(unsigned char c)
{
    return text_is_letter((char)c) || text_is_digit((char)c) || c == '-';
}

/* Looks for ids that stand for themselves, not inside of a longer word. The first becomes the scan's; false when there is another
 * one. */
static bool find_ids(struct har_text text, struct har_cloudflare_scan *scan)
{
    bool inside = false;
    for (size_t i = 0; i < text.len;) {
        unsigned char byte = (unsigned char)text.bytes[i];
        const size_t escape = percent_escape(text.bytes + i, text.len - i, &byte), end = i + ID_LENGTH;
        const struct har_text found = {text.bytes + i, ID_LENGTH};
        if (!inside && end <= text.len && cloudflare_is_id(found) &&
            (end == text.len || !is_word((unsigned char)text.bytes[end]))) {
            char id[HAR_CLOUDFLARE_ID_SIZE];
            cloudflare_lower(found, id);
            if (*scan->id && strcmp(scan->id, id) != 0)
                return false;
            memcpy(scan->id, id, sizeof id);
            i = end;
            inside = true;
            continue;
        }
        inside = is_word(byte);
        i += escape ? escape : 1;
    }
    return true;
}

/* ---- addresses: each function takes a path without its first slash */

static struct har_text segment(struct har_text *path)
{
    struct har_text part = {path->bytes, 0};
    if (!text_part(path, '/', &part))
        part = (struct har_text){"", 0};
    return part;
}

/* "en-us", "pt-br", "de" */
static bool is_locale(struct har_text text)
{
    size_t good = 0;
    while (good < text.len && (text_is_letter(text.bytes[good]) || (good > 1 && is_word((unsigned char)text.bytes[good]))))
        good++;
    return good == text.len && good >= 2 && good <= 10;
}

/* [LOCALE/]scan/ID[/...] */
static bool take_radar(struct har_text path, struct har_cloudflare_scan *scan)
{
    (void)scan;
    struct har_text part = segment(&path);
    if (!text_is_exactly(part, "scan")) {
        if (!is_locale(part))
            return false;
        part = segment(&path);
    }
    return text_is_exactly(part, "scan") && cloudflare_is_id(segment(&path));
}

static bool take_account(struct har_text part, struct har_cloudflare_scan *scan)
{
    if (!is_account(part))
        return false;
    cloudflare_lower(part, scan->account);
    return true;
}

/* ACCOUNT/..., the id anywhere behind it. */
static bool take_dashboard(struct har_text path, struct har_cloudflare_scan *scan)
{
    return take_account(segment(&path), scan);
}

/* client/v4/accounts/ACCOUNT/urlscanner/ and one of the calls, then ID */
static bool take_api(struct har_text path, struct har_cloudflare_scan *scan)
{
    static const char *const before[] = {"client", "v4", "accounts"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (!text_is_exactly(segment(&path), before[i]))
            return false;
    if (!take_account(segment(&path), scan) || !text_is_exactly(segment(&path), "urlscanner"))
        return false;
    struct har_text part = segment(&path);
    const bool second = text_is_exactly(part, "v2");
    const struct har_text call = second ? segment(&path) : part;
    const bool known = second ? text_is_exactly(call, "har") || text_is_exactly(call, "result") : text_is_exactly(call, "scan");
    if (!known || !cloudflare_is_id(segment(&path)))
        return false;
    part = segment(&path);
    return !path.len && (!part.len || (!second && text_is_exactly(part, "har")));
}

static const struct {
    const char *host;
    bool (*take)(struct har_text path, struct har_cloudflare_scan *scan);
} hosts[] = {
    {"radar.cloudflare.com", take_radar},
    {"dash.cloudflare.com", take_dashboard},
    {"api.cloudflare.com", take_api},
};

static enum har_status parse_address(const char *input, struct har_cloudflare_scan *scan, struct har_error *error)
{
    struct url url;
    size_t row = 0;
    url_split(input, strlen(input), &url);
    while (row < sizeof hosts / sizeof *hosts && !text_is(url.host, hosts[row].host))
        row++;
    if (row == sizeof hosts / sizeof *hosts || url.bracketed || !text_is(url.scheme, "https"))
        return refuse(error, others);
    if (url.has_userinfo || url_port(&url) != 443)
        return refuse(error, "is no address of a scan: none has a user's name or a port of its own");
    if (!url.path.len || *url.path.bytes != '/')
        return refuse(error, nameless);
    struct har_text path = url.path;
    text_take(&path, 0, 1);
    if (!find_ids(url.path, scan) || !find_ids(url.query, scan) || !find_ids(url.fragment, scan))
        return refuse(error, "names more than one scan");
    return *scan->id && hosts[row].take(path, scan) ? HAR_OK : refuse(error, nameless);
}

static enum har_status parse_short(struct har_text text, struct har_cloudflare_scan *scan, struct har_error *error)
{
    struct har_text first, second;
    text_split(text, '/', &first, &second);
    if (first.len == text.len)
        second = first;
    else if (!take_account(first, scan))
        return refuse(error, which);
    if (!cloudflare_is_id(second))
        return refuse(error, which);
    cloudflare_lower(second, scan->id);
    return HAR_OK;
}

enum har_status har_cloudflare_parse(const char *input, struct har_cloudflare_scan *scan, struct har_error *error)
{
    struct har_text text = text_of(input);
    const bool brief = text_begins(text, scheme);
    *scan = (struct har_cloudflare_scan){.account = ""};
    if (brief)
        text_take(&text, 0, sizeof scheme - 1);
    const enum har_status status = brief ? parse_short(text, scan, error) : parse_address(input, scan, error);
    if (status != HAR_OK)
        *scan = (struct har_cloudflare_scan){.account = ""};
    return status;
}
