/* Baselines: {"harmill-baseline": 1, "inputs": {NAME: {"RULE-ID FINGERPRINT": COUNT}}}. */
#include "core/baseline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/buffer.h>

#include "core/loaded.h"
#include "util/utf8.h"

#define VERSION   1
#define NAME_MOST ((size_t)1 << 20)

enum { ID_SIZE = 48, HASH_DIGITS = 16, LINE_MOST = 128 /* bytes of a finding's line */ };

static const char version_key[] = "harmill-baseline", inputs_key[] = "inputs";

/* By its rule's id, because another version of the program may know other rules. */
struct item {
    uint64_t fingerprint, count;
    char id[ID_SIZE];
};

struct section {
    char *name; /* clean_name() of the display name */
    struct item *item;
    size_t count;
    size_t number; /* of two with one name the one that came later counts */
};

struct har_baseline {
    struct section *section; /* sorted by name while `sorted` */
    size_t count, cap;
    bool sorted;
};

struct har_baseline *har_baseline_new(void)
{
    return calloc(1, sizeof(struct har_baseline));
}

static void drop_section(struct section *section)
{
    free(section->name);
    free(section->item);
    *section = (struct section){0};
}

static void drop_all(struct har_baseline *baseline)
{
    for (size_t i = 0; i < baseline->count; i++)
        drop_section(&baseline->section[i]);
    free(baseline->section);
    *baseline = (struct har_baseline){0};
}

void har_baseline_free(struct har_baseline *baseline)
{
    if (!baseline)
        return;
    drop_all(baseline);
    free(baseline);
}

/* The name without "./" before it; what is no UTF-8 in it becomes U+FFFD. The caller frees it. NULL when memory is short. */
static char *clean_name(const char *name)
{
    struct har_buffer clean;
    while (name[0] == '.' && name[1] == '/') {
        name++;
        name += strspn(name, "/");
    }
    const size_t len = strlen(name);
    har_buffer_init(&clean, NAME_MOST);
    for (size_t i = 0; i < len;) {
        uint32_t point;
        const size_t step = utf8_decode(name + i, len - i, &point);
        if (step)
            har_buffer_append(&clean, name + i, step);
        else
            har_buffer_append_text(&clean, "\xEF\xBF\xBD");
        i += step ? step : 1;
    }
    if (!har_buffer_string(&clean))
        har_buffer_release(&clean);
    return clean.data;
}

static int by_name(const void *a, const void *b)
{
    const struct section *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static int by_name_and_age(const void *a, const void *b)
{
    const struct section *left = a, *right = b;
    const int order = by_name(a, b);
    return order ? order : left->number < right->number ? -1 : left->number > right->number;
}

static int by_id(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    const int order = strcmp(left->id, right->id);
    return order ? order : left->fingerprint < right->fingerprint ? -1 : left->fingerprint > right->fingerprint;
}

static struct section *add_section(struct har_baseline *baseline, const char *name, size_t items)
{
    if (baseline->count == baseline->cap) {
        const size_t cap = baseline->cap ? baseline->cap * 2 : 16;
        struct section *grown = cap < SIZE_MAX / sizeof *grown ? realloc(baseline->section, cap * sizeof *grown) : NULL;
        if (!grown)
            return NULL;
        baseline->section = grown;
        baseline->cap = cap;
    }
    struct section *section = &baseline->section[baseline->count];
    *section = (struct section){clean_name(name), calloc(items ? items : 1, sizeof(struct item)), 0, baseline->count};
    if (!section->name || !section->item) {
        drop_section(section);
        return NULL;
    }
    baseline->count++;
    baseline->sorted = false;
    return section;
}

/* Sorts, and drops the older of two sections with one name. */
static void settle(struct har_baseline *baseline)
{
    size_t kept = 0;
    struct section *section = baseline->section;
    if (baseline->count)
        qsort(section, baseline->count, sizeof *section, by_name_and_age);
    for (size_t i = 0; i < baseline->count; i++) {
        if (kept && by_name(&section[kept - 1], &section[i]) == 0)
            drop_section(&section[--kept]);
        section[kept++] = section[i];
    }
    for (size_t i = 0; i < kept; i++)
        section[i].number = i;
    baseline->count = kept;
    baseline->sorted = true;
}

/* RULE-ID, a blank, 16 hex digits. */
static bool parse_key(const char *key, struct item *item)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz0123456789-", hex[] = "0123456789abcdef";
    const size_t len = strspn(key, small);
    if (len == 0 || len >= sizeof item->id || key[len] != ' ')
        return false;
    if (strspn(key + len + 1, hex) != HASH_DIGITS || key[len + 1 + HASH_DIGITS])
        return false;
    memcpy(item->id, key, len);
    item->fingerprint = strtoull(key + len + 1, NULL, 16);
    return true;
}

static enum har_status parse_section(struct har_baseline *baseline, const char *name, json_t *object, struct har_error *error)
{
    const char *key;
    json_t *count;
    if (!json_is_object(object))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "'%s': '%.60s' takes an object", inputs_key, name);
    struct section *section = add_section(baseline, name, json_object_size(object));
    if (!section)
        return har_error_memory(error);
    json_object_foreach(object, key, count)
    {
        struct item *item = &section->item[section->count];
        if (!parse_key(key, item) || !json_is_integer(count) || json_integer_value(count) < 1)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                                 "'%s': '%.60s' has a line that is not \"RULE FINGERPRINT\": COUNT", inputs_key, name);
        item->count = (uint64_t)json_integer_value(count);
        section->count++;
    }
    return HAR_OK;
}

static enum har_status parse_root(struct har_baseline *baseline, json_t *root, struct har_error *error)
{
    const char *name;
    json_t *section;
    const json_t *version = json_object_get(root, version_key);
    json_t *inputs = json_object_get(root, inputs_key);
    if (!json_is_integer(version) || !json_is_object(inputs) || json_object_size(root) != 2)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "is no baseline, which --write-baseline makes");
    if (json_integer_value(version) != VERSION)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "is a baseline of version %" PRId64 ", not %d",
                             (int64_t)json_integer_value(version), VERSION);
    json_object_foreach(inputs, name, section)
    {
        const enum har_status status = parse_section(baseline, name, section, error);
        if (status != HAR_OK)
            return status;
    }
    return HAR_OK;
}

enum har_status har_baseline_parse(struct har_baseline *baseline, const char *bytes, size_t len, struct har_place *place,
                                   struct har_error *error)
{
    json_t *root;
    struct har_baseline read = {0};
    enum har_status status = loaded_parse(&root, bytes, len, HAR_BASELINE_MOST, place, error);
    if (status != HAR_OK)
        return status;
    status = parse_root(&read, root, error);
    json_decref(root);
    if (status != HAR_OK) {
        drop_all(&read);
        return status;
    }
    settle(&read);
    drop_all(baseline);
    *baseline = read;
    return HAR_OK;
}

enum har_status har_baseline_merge(struct har_baseline *baseline, const struct har_baseline *newer, struct har_error *error)
{
    for (size_t i = 0; i < newer->count; i++) {
        const struct section *from = &newer->section[i];
        struct section *section = add_section(baseline, from->name, from->count);
        if (!section)
            return har_error_memory(error);
        section->count = from->count;
        memcpy(section->item, from->item, from->count * sizeof *from->item);
    }
    settle(baseline);
    return HAR_OK;
}

static void append_section(struct har_buffer *out, const struct section *section)
{
    har_buffer_append_text(out, "    \"");
    har_buffer_append_json(out, section->name, strlen(section->name));
    har_buffer_append_text(out, "\": {\n");
    for (size_t i = 0; i < section->count; i++) {
        const struct item *item = &section->item[i];
        har_buffer_printf(out, "      \"%s %0*" PRIx64 "\": %" PRIu64 "%s\n", item->id, HASH_DIGITS, item->fingerprint, item->count,
                          i + 1 < section->count ? "," : "");
    }
    har_buffer_append_text(out, "    }");
}

static enum har_status too_large(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "a baseline of it would have more than %zu bytes",
                         HAR_BASELINE_MOST - HAR_KIB);
}

/* A section whose items stand in the order in which they are written. */
static enum har_status write_section(const struct section *section, struct har_buffer *out, size_t *size, struct har_sink *sink,
                                     struct har_error *error)
{
    struct section copy = {section->name, malloc(section->count * sizeof *copy.item), section->count, 0};
    if (!copy.item)
        return har_error_memory(error);
    memcpy(copy.item, section->item, section->count * sizeof *copy.item);
    qsort(copy.item, copy.count, sizeof *copy.item, by_id);
    append_section(out, &copy);
    free(copy.item);
    if (out->failed)
        return out->max - out->len < LINE_MOST ? too_large(error) : har_error_memory(error);
    *size += out->len;
    if (*size > HAR_BASELINE_MOST - HAR_KIB)
        return too_large(error);
    const enum har_status status = har_sink_write(sink, HAR_SECTION_BODY, out->data, out->len, error);
    har_buffer_clear(out);
    return status;
}

enum har_status har_baseline_write(const struct har_baseline *baseline, struct har_sink *sink, struct har_error *error)
{
    struct har_buffer out;
    bool any = false;
    size_t size = 0;
    har_buffer_init(&out, HAR_BASELINE_MOST);
    enum har_status status = har_sink_close_section(sink, HAR_SECTION_HEAD, error);
    har_buffer_printf(&out, "{\n  \"%s\": %d,\n  \"%s\": {", version_key, VERSION, inputs_key);
    for (size_t i = 0; i < baseline->count && status == HAR_OK; i++) {
        if (baseline->section[i].count == 0)
            continue; /* an input without findings needs no line */
        har_buffer_append_text(&out, any ? ",\n" : "\n");
        any = true;
        status = write_section(&baseline->section[i], &out, &size, sink, error);
    }
    har_buffer_append_text(&out, any ? "\n  }\n}\n" : "}\n}\n");
    if (status == HAR_OK)
        status = out.failed ? har_error_memory(error) : har_sink_write(sink, HAR_SECTION_BODY, out.data, out.len, error);
    har_buffer_release(&out);
    return status;
}

/* The section of a clean name; NULL when there is none. Of several the latest, while they are not sorted. */
static const struct section *find_section(const struct har_baseline *baseline, const char *name)
{
    const struct section wanted = {.name = (char *)(uintptr_t)name};
    if (baseline->count && baseline->sorted)
        return bsearch(&wanted, baseline->section, baseline->count, sizeof wanted, by_name);
    for (size_t i = baseline->count; i > 0; i--)
        if (strcmp(baseline->section[i - 1].name, name) == 0)
            return &baseline->section[i - 1];
    return NULL;
}

size_t har_baseline_inputs(const struct har_baseline *baseline)
{
    return baseline->count;
}

uint64_t har_baseline_count(const struct har_baseline *baseline, const char *display)
{
    uint64_t count = 0;
    char *name = clean_name(display);
    const struct section *section = name ? find_section(baseline, name) : NULL;
    for (size_t i = 0; section && i < section->count; i++)
        count += section->item[i].count;
    free(name);
    return count;
}

bool baseline_begin(struct known *known, const struct har_baseline *baseline, bool listing, const char *display)
{
    if (!baseline)
        return known_init(known, 0, listing);
    char *name = clean_name(display);
    const struct section *section = name ? find_section(baseline, name) : NULL;
    const bool done = known_init(known, section ? section->count : 0, listing) && name;
    free(name);
    for (size_t i = 0; done && section && i < section->count; i++) {
        enum har_rule rule;
        const struct item *item = &section->item[i];
        if (har_rule_find(item->id, &rule))
            known_expect(known, (struct known_finding){item->fingerprint, item->count, rule});
    }
    known_begin(known);
    return done;
}

enum har_status baseline_take(struct har_baseline *baseline, struct known *known, const char *display, struct har_error *error)
{
    if (!known_settle(known))
        return known->full ? too_large(error) : har_error_memory(error);
    struct section *section = add_section(baseline, display, known->list_count);
    if (!section)
        return har_error_memory(error);
    for (size_t i = 0; i < known->list_count; i++) {
        struct item *item = &section->item[i];
        const char *id = har_rule_info(known->list[i].rule)->id;
        memcpy(item->id, id, strnlen(id, sizeof item->id - 1));
        item->fingerprint = known->list[i].fingerprint;
        item->count = known->list[i].count;
    }
    section->count = known->list_count;
    return HAR_OK;
}
