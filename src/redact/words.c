/* Whether letters look like words. */
#include "redact/words.h"

#include "util/text.h"

/* How usual the column's letter is behind the row's in words of English, names and programs: 0 never, 5 as often as by chance, 9.
 */
static const char usual[26][27] = {
    "47872462625878172879654453", /* a */
    "64336221641732630554620141", /* b */
    "81548317607632841658620140", /* c */
    "63358442820523631563643030", /* d */
    "85896764523779565998565752", /* e */
    "60336610701522620555501040", /* f */
    "60227245600545520653501021", /* g */
    "72127110600433620535402030", /* h */
    "76877670203779862688270406", /* i */
    "30004000200000401030400000", /* j */
    "41227230501313320253302020", /* k */
    "73458431823733840266641071", /* l */
    "85238210702452770253511020", /* m */
    "73788694735546742488553142", /* n */
    "56774563535779671877766431", /* o */
    "71338325602722760856602150", /* p */
    "00010100000200000020600000", /* q */
    "84669552815566851677653060", /* r */
    "62748437804644773479734060", /* s */
    "83559537911654750876614262", /* t */
    "56656450601768460777201301", /* u */
    "61218120600221400011100110", /* v */
    "61125114500315510542100000", /* w */
    "31425102500231250235110310", /* x */
    "33324220400445360254012022", /* y */
    "40006000400110300011000011", /* z */
};

/* Short ones that the table cannot tell. */
static const char *const short_ones[] = {
    "api",  "app",  "apps", "avif", "bmp",  "btn",  "bz",    "cdn", "cfg",   "cgi", "cmd",  "cors", "css", "csv",  "ctrl", "db",
    "desc", "dns",  "doc",  "docx", "dom",  "ecma", "env",   "eot", "es",    "fn",  "fs",   "ftp",  "gif", "gmt",  "gtm",  "gz",
    "hd",   "href", "hr",   "htm",  "html", "http", "https", "id",  "ids",   "img", "io",   "ios",  "ip",  "jpeg", "jpg",  "js",
    "json", "jsp",  "jsx",  "js",   "kb",   "lang", "lib",   "log", "max",   "mb",  "md",   "min",  "mjs", "mov",  "mp",   "ms",
    "msg",  "nav",  "ng",   "npm",  "num",  "obj",  "org",   "os",  "pc",    "pdf", "php",  "pkg",  "png", "ppt",  "prod", "ps",
    "px",   "qa",   "rgb",  "rss",  "rtf",  "sdk",  "sh",    "sql", "src",   "srv", "ssl",  "std",  "svg", "sys",  "tcp",  "tls",
    "tmp",  "ts",   "tsx",  "ttf",  "tv",   "txt",  "udp",   "ui",  "uk",    "url", "urls", "us",   "usr", "utc",  "utf",  "ux",
    "vpn",  "wav",  "webp", "wmv",  "woff", "ws",   "wss",   "www", "xhtml", "xhr", "xls",  "xlsx", "xml", "xsl",  "yml",  "zip",
};

static bool is_short_one(struct har_text part)
{
    for (size_t i = 0; i < sizeof short_ones / sizeof *short_ones; i++)
        if (text_is(part, short_ones[i]))
            return true;
    return false;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Letters only; what would be pronounced, or nearly. */
static bool is_word(struct har_text part)
{
    size_t sum = 0, rare = 0, vowels = 0, row = 0, longest = 0, hex = 0;
    if (is_short_one(part) || part.len == 1)
        return true;
    for (size_t i = 0; i < part.len; i++) {
        const char c = text_lower(part.bytes[i]);
        vowels += is_vowel(c);
        hex += c <= 'f';
        row = is_vowel(c) ? 0 : row + 1;
        longest = row > longest ? row : longest;
        if (!i)
            continue;
        const char how = usual[text_lower(part.bytes[i - 1]) - 'a'][c - 'a'];
        sum += (size_t)(how - '0');
        rare += how < '2';
    }
    if (hex == part.len && hex >= 8)
        return false;
    return vowels && longest <= 4 && rare <= 1 + part.len / 12 && 2 * sum >= (part.len < 8 ? 10 : 11) * (part.len - 1);
}

/* Letters at the front of which the first camelCase word is. */
static size_t camel_length(struct har_text letters)
{
    size_t len = 1;
    const bool capital = letters.bytes[0] < 'a';
    if (capital && letters.len > 1 && letters.bytes[1] < 'a') {
        while (len < letters.len && letters.bytes[len] < 'a')
            len++;
        return len < letters.len && len > 1 ? len - 1 : len; /* the last capital begins the next word */
    }
    while (len < letters.len && letters.bytes[len] >= 'a')
        len++;
    return len;
}

static bool add_letters(struct words *words, struct har_text letters)
{
    while (letters.len) {
        const struct har_text word = text_take(&letters, camel_length(letters), 0);
        words->parts++;
        words->tiny += word.len < 3 && !is_short_one(word);
        if (!is_word(word) || words->tiny > 1 + words->parts / 4)
            return false;
    }
    return true;
}

static bool is_break(char c)
{
    return c && strchr("-_.,;: /{}[]()\"'=&?+\r\n\t", c);
}

static bool is_year(struct har_text number)
{
    return number.len == 4 && (text_begins(number, "19") || text_begins(number, "20"));
}

bool words_read(struct har_text text, struct words *words)
{
    *words = (struct words){.parts = 0};
    for (size_t at = 0; at < text.len;) {
        size_t letters = at, digits;
        while (letters < text.len && text_is_letter(text.bytes[letters]))
            letters++;
        for (digits = letters; digits < text.len && text_is_digit(text.bytes[digits]);)
            digits++;
        const size_t number = digits - letters;
        if (digits < text.len && !is_break(text.bytes[digits]))
            return false;
        if (number > (letters > at ? WORDS_TRAILING : WORDS_DIGITS) ||
            !add_letters(words, (struct har_text){text.bytes + at, letters - at}))
            return false;
        words->numbers += number > 0 && letters == at;
        if (number > words->longest && !is_year((struct har_text){text.bytes + letters, number}))
            words->longest = number;
        words->digits += number;
        words->letters += letters - at;
        at = digits + 1;
    }
    return true;
}
