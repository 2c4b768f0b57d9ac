/* What says something about a person: found by its form, and right by its check digits where it has such. */
#include "redact/persons.h"

#include "util/ip.h"
#include "util/text.h"

enum {
    EMAIL_LOCAL_MOST = 64,
    EMAIL_HOST_MOST = 253,
    CARD_LEAST = 13,
    CARD_MOST = 19,
    IBAN_LEAST = 15,
    IBAN_MOST = 34,
    PHONE_LEAST = 8,
    PHONE_MOST = 15,
    WRITTEN_MOST = 40, /* digits with blanks and the like between them */
};

static inline bool is_alnum(char c)
{
    return text_is_letter(c) || text_is_digit(c);
}

static inline bool is_word(char c)
{
    return is_alnum(c) || c == '_' || (c & 0x80);
}

static bool word_before(struct har_text text, size_t at)
{
    return at && is_word(text.bytes[at - 1]);
}

static bool word_behind(struct har_text text, size_t end)
{
    return end < text.len && is_word(text.bytes[end]);
}

/* ---- e-mail */

static inline bool is_local(char c)
{
    return is_word(c) || c == '.' || c == '+' || c == '-' || c == '\'' || c == '*' || c == '!' || c == '~';
}

/* The last label has only letters, two at least, and is not that of a picture: "logo@2x.png". */
static bool is_top(struct har_text label)
{
    static const char *const files[] = {"png", "jpg", "jpeg", "gif",  "svg", "webp", "avif",
                                        "css", "js",  "mjs",  "json", "map", "ts",   "html"};
    if (label.len < 2 || label.len > 24)
        return false;
    for (size_t i = 0; i < label.len; i++)
        if (!text_is_letter(label.bytes[i]))
            return false;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (text_is(label, files[i]))
            return false;
    return true;
}

size_t person_email(struct har_text text, size_t at, size_t *end)
{
    size_t start = at, stop = at + 1, label = at + 1;
    while (start && at - start < EMAIL_LOCAL_MOST && is_local(text.bytes[start - 1]))
        start--;
    while (start < at && (text.bytes[start] == '.' || text.bytes[start] == '\'' || text.bytes[start] == '-'))
        start++;
    for (; stop < text.len && stop - at <= EMAIL_HOST_MOST; stop++) {
        const char c = text.bytes[stop];
        if (c == '.' && stop > label)
            label = stop + 1;
        else if (!is_alnum(c) && c != '-')
            break;
    }
    if (stop == label && stop > at + 1 && text.bytes[stop - 1] == '.') { /* the end of a sentence */
        stop--;
        for (label = stop; label > at + 1 && text.bytes[label - 1] != '.'; label--)
            ;
    }
    *end = stop;
    return start < at && label > at + 1 && is_top((struct har_text){text.bytes + label, stop - label}) ? start : SIZE_MAX;
}

/* ---- cards */

/* The digits of a number that may have blanks or hyphens, one at a time, between them. */
struct digits {
    char digit[WRITTEN_MOST];
    size_t count, end;
    unsigned gaps;
};

static struct digits digits_at(struct har_text text, size_t at, const char *between)
{
    struct digits digits = {.end = at};
    for (size_t i = at; i < text.len && digits.count < WRITTEN_MOST; i++) {
        const char c = text.bytes[i];
        if (text_is_digit(c)) {
            digits.digit[digits.count++] = c;
            digits.end = i + 1;
        } else if (c && strchr(between, c) && i == digits.end) {
            digits.gaps++;
        } else {
            break;
        }
    }
    return digits;
}

static bool luhn(const struct digits *digits)
{
    unsigned sum = 0;
    for (size_t i = 0; i < digits->count; i++) {
        unsigned value = (unsigned)(digits->digit[digits->count - 1 - i] - '0');
        if (i % 2)
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

/* First digits of issuers (four of them, from, to) and the lengths of their numbers. */
static const struct {
    unsigned from, to;
    uint8_t least, most;
} issuers[] = {
    {4000, 4999, 13, 19},                                             /* Visa */
    {5100, 5599, 16, 16},                                             /* Mastercard */
    {2221, 2720, 16, 16}, {3400, 3499, 15, 15},                       /* American Express */
    {3700, 3799, 15, 15}, {3528, 3589, 16, 19},                       /* JCB */
    {3000, 3059, 14, 19},                                             /* Diners */
    {3600, 3699, 14, 19}, {3800, 3999, 16, 19}, {6011, 6011, 16, 19}, /* Discover */
    {6440, 6599, 16, 19}, {6200, 6299, 16, 19},                       /* UnionPay */
    {5018, 5018, 13, 19},                                             /* Maestro */
    {5020, 5038, 13, 19}, {5893, 5893, 13, 19}, {6304, 6304, 13, 19}, {6759, 6763, 13, 19},
};

static bool is_issued(const struct digits *digits)
{
    unsigned front = 0;
    for (size_t i = 0; i < 4; i++)
        front = front * 10 + (unsigned)(digits->digit[i] - '0');
    for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++)
        if (front >= issuers[i].from && front <= issuers[i].to && digits->count >= issuers[i].least &&
            digits->count <= issuers[i].most)
            return true;
    return false;
}

bool person_card(struct har_text text, size_t at, size_t *end)
{
    const struct digits digits = digits_at(text, at, " -");
    *end = digits.end;
    if (digits.count < CARD_LEAST || digits.count > CARD_MOST || word_before(text, at) || word_behind(text, digits.end) ||
        digits.gaps > 5)
        return false;
    if (at && (text.bytes[at - 1] == '.' || text.bytes[at - 1] == '-'))
        return false;
    return is_issued(&digits) && luhn(&digits) &&
           !(digits.end + 1 < text.len && text.bytes[digits.end] == '.' && text_is_digit(text.bytes[digits.end + 1]));
}

/* ---- accounts */

/* ISO 13616: the country and the check digits moved to the end, letters as numbers from 10 on, the rest of the division by 97 is 1.
 */
static bool iban_is_right(const char *sign, size_t count)
{
    unsigned rest = 0;
    if (count < IBAN_LEAST)
        return false;
    for (size_t n = 0; n < count; n++) {
        const char c = sign[(n + 4) % count];
        const unsigned value = text_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

/* Groups of four may have blanks between them. A word behind one may look like a group, too: the first end that is right counts. */
bool person_iban(struct har_text text, size_t at, size_t *end)
{
    char sign[IBAN_MOST];
    size_t count = 0;
    if (word_before(text, at))
        return false;
    for (size_t i = at; i <= text.len && count <= IBAN_MOST; i++) {
        const char c = i < text.len ? text.bytes[i] : '\0';
        const bool letter = c >= 'A' && c <= 'Z';
        if ((letter || text_is_digit(c)) && (count < 2 ? letter : count >= 4 || !letter)) {
            if (count == IBAN_MOST)
                return false;
            sign[count++] = c;
            continue;
        }
        if (!is_word(c) && iban_is_right(sign, count)) {
            *end = i;
            return true;
        }
        if (c != ' ' || count % 4 || !count || text.bytes[i - 1] == ' ')
            return false;
    }
    return false;
}

/* ---- addresses of the Internet Protocol */

static bool is_v4_part(struct har_text text, size_t at, size_t *len)
{
    unsigned value = 0;
    *len = 0;
    while (*len < 3 && at + *len < text.len && text_is_digit(text.bytes[at + *len]))
        value = value * 10 + (unsigned)(text.bytes[at + (*len)++] - '0');
    return *len && value <= 255 && (*len == 1 || text.bytes[at] != '0');
}

/* Of four numbers with a part of two digits at least: 1.2.3.4 is a version, and so is what ends with three zeros, as that of a
 * browser does: Chrome/118.0.0.0. Those of this machine, and masks, tell nothing. */
bool person_v4(struct har_text text, size_t at, size_t *end)
{
    size_t place = at, longest = 0;
    for (unsigned part = 0; part < 4; part++) {
        size_t len;
        if ((part && (place >= text.len || text.bytes[place++] != '.')) || !is_v4_part(text, place, &len))
            return false;
        place += len;
        longest = len > longest ? len : longest;
    }
    *end = place;
    if (word_before(text, at) || word_behind(text, place) || longest < 2 ||
        (at && (text.bytes[at - 1] == '.' || text.bytes[at - 1] == '-')))
        return false;
    if (place + 1 < text.len && text.bytes[place] == '.' && text_is_digit(text.bytes[place + 1]))
        return false;
    const struct har_text address = {text.bytes + at, place - at};
    return !text_begins(address, "127.") && !text_begins(address, "0.") && !text_begins(address, "255.") &&
           !text_ends(address, ".0.0.0");
}

/* `at` is the first colon. */
size_t person_v6(struct har_text text, size_t at, size_t *end)
{
    size_t start = at, stop = at, colons = 0;
    while (start && at - start < 4 && text_hex(text.bytes[start - 1]) >= 0)
        start--;
    if (start && (is_word(text.bytes[start - 1]) || text.bytes[start - 1] == ':'))
        return SIZE_MAX;
    for (; stop < text.len && stop - start < 46 &&
           (text_hex(text.bytes[stop]) >= 0 || text.bytes[stop] == ':' || text.bytes[stop] == '.');
         stop++)
        colons += text.bytes[stop] == ':';
    if (stop > start && text.bytes[stop - 1] == '.')
        stop--;
    *end = stop;
    if (colons < 3 || stop - start < 8 || word_behind(text, stop))
        return SIZE_MAX;
    return ip_is_v6(text.bytes + start, stop - start) ? start : SIZE_MAX;
}

/* ---- social security numbers of the United States: 3-2-4 digits, no group of zeros, areas that are given out */

bool person_ssn(struct har_text text, size_t at, size_t *end)
{
    const char *c = text.bytes + at;
    if (text.len - at < 11 || word_before(text, at) || word_behind(text, at + 11) || (at && strchr("-./", text.bytes[at - 1])) ||
        (at + 11 < text.len && strchr("-/", text.bytes[at + 11])))
        return false;
    for (size_t i = 0; i < 11; i++)
        if (i == 3 || i == 6 ? c[i] != '-' : !text_is_digit(c[i]))
            return false;
    *end = at + 11;
    return memcmp(c, "000", 3) != 0 && memcmp(c, "666", 3) != 0 && c[0] != '9' && memcmp(c + 4, "00", 2) != 0 &&
           memcmp(c + 7, "0000", 4) != 0;
}

/* ---- phones: +49 30 1234567, (555) 123-4567, 555-123-4567 */

/* "f()+86400000" is a sum. */
static bool international(struct har_text text, size_t at, size_t *end)
{
    const struct digits digits = digits_at(text, at + 1, " -.()/");
    *end = digits.end;
    return digits.count >= PHONE_LEAST && digits.count <= PHONE_MOST && digits.digit[0] != '0' && !word_before(text, at) &&
           !(at && text.bytes[at - 1] == ')') && !word_behind(text, digits.end);
}

static bool fits(struct har_text text, size_t at, const char *form, size_t *end)
{
    const size_t len = strlen(form);
    if (text.len - at < len || word_before(text, at) || word_behind(text, at + len) || (at && strchr("-.+/", text.bytes[at - 1])) ||
        (at + len < text.len && strchr("-/", text.bytes[at + len])))
        return false;
    for (size_t i = 0; i < len; i++) {
        const char c = text.bytes[at + i];
        const bool right = form[i] == '#' ? text_is_digit(c) : form[i] == '2' ? c >= '2' && c <= '9' : c == form[i];
        if (!right)
            return false;
    }
    *end = at + len;
    return true;
}

bool person_phone(struct har_text text, size_t at, size_t *end)
{
    static const char *const forms[] = {"(2##) 2##-####", "(2##)2##-####", "2##-2##-####", "2##.2##.####", "1-2##-2##-####"};
    if (text.bytes[at] == '+')
        return international(text, at, end);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (fits(text, at, forms[i], end))
            return true;
    return false;
}

/* ---- all of them */

/* What may stand where one begins; the @ and the : are within. */
enum { NOT = 0, DIGIT = 1, CAPITAL = 2, AT = 4, COLON = 8, PLUS = 16 };

static unsigned sort_of(char c)
{
    return text_is_digit(c)       ? DIGIT
           : c >= 'A' && c <= 'Z' ? CAPITAL
           : c == '@'             ? AT
           : c == ':'             ? COLON
           : c == '+' || c == '(' ? PLUS
                                  : NOT;
}

/* The rule of what is there; NULL. */
static const char *person_at(struct har_text text, size_t at, unsigned sort, size_t *start, size_t *end)
{
    *start = at;
    if (sort == AT)
        return (*start = person_email(text, at, end)) != SIZE_MAX ? "format-email" : NULL;
    if (sort == COLON)
        return (*start = person_v6(text, at, end)) != SIZE_MAX ? "format-ip" : NULL;
    if (sort == CAPITAL)
        return at + IBAN_LEAST <= text.len && text_is_digit(text.bytes[at + 2]) && person_iban(text, at, end) ? "format-iban"
                                                                                                              : NULL;
    if (sort == DIGIT && person_v4(text, at, end))
        return "format-ip";
    if (sort == DIGIT && person_ssn(text, at, end))
        return "format-ssn";
    if (sort == DIGIT && person_card(text, at, end))
        return "format-card";
    return person_phone(text, at, end) ? "format-phone" : NULL;
}

bool person_next(const struct har_redact_rules *rules, struct har_text text, size_t from, struct redact_match *match)
{
    for (size_t at = from; at < text.len; at++) {
        const unsigned sort = sort_of(text.bytes[at]);
        size_t start, end = at;
        /* Digits and capitals begin something only at the front of their word: long runs are looked at once. */
        if (!sort || (sort & (DIGIT | CAPITAL) && at && is_alnum(text.bytes[at - 1])))
            continue;
        const char *id = person_at(text, at, sort, &start, &end);
        if (!id || end <= from)
            continue;
        for (size_t i = 0; i < rules->patterns; i++)
            if (rules->pattern[i].pii && !*rules->pattern[i].regex &&
                strcmp(redact_rule(rules, rules->pattern[i].rule)->id, id) == 0) {
                *match = (struct redact_match){start < from ? from : start, end, end, rules->pattern[i].rule, REDACT_FORM_PLAIN};
                return true;
            }
    }
    return false;
}
