/* What a run may use and how strict it is. NULL settings read as the defaults. */
#include <harmill/profile.h>
#include <harmill/settings.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SPOOL_DIR  "/tmp"
#define DEFAULT_BLOCK_SIZE ((size_t)256 << 10)
#define MOST_BLOCK_SIZE    ((size_t)16 << 20)

struct har_settings {
    uint64_t bounds[HAR_BOUND_COUNT];
    unsigned char levels[HAR_RULE_COUNT]; /* enum har_level */
    char *spool_dir;                      /* NULL: the default */
    size_t block_size;
    int64_t now;
    unsigned version;
};

struct har_settings *har_settings_new(void)
{
    struct har_settings *settings = calloc(1, sizeof *settings);
    if (!settings)
        return NULL;
    for (size_t i = 0; i < HAR_BOUND_COUNT; i++)
        settings->bounds[i] = har_bound_info((enum har_bound)i)->value;
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        settings->levels[i] = (unsigned char)har_rule_info((enum har_rule)i)->level;
    settings->block_size = DEFAULT_BLOCK_SIZE;
    return settings;
}

void har_settings_free(struct har_settings *settings)
{
    if (!settings)
        return;
    free(settings->spool_dir);
    free(settings);
}

enum har_status har_settings_set_bound(struct har_settings *settings, enum har_bound bound, uint64_t value, struct har_error *error)
{
    const struct har_bound_info *info = har_bound_info(bound);
    if (!info)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "there is no such bound");
    if (value < info->least || value > info->most)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "%s takes %" PRIu64 " to %" PRIu64 " %s", info->name,
                             info->least, info->most, info->unit);
    settings->bounds[bound] = value;
    return HAR_OK;
}

uint64_t har_settings_bound(const struct har_settings *settings, enum har_bound bound)
{
    const struct har_bound_info *info = har_bound_info(bound);
    if (!info)
        return 0;
    return settings ? settings->bounds[bound] : info->value;
}

void har_settings_set_level(struct har_settings *settings, enum har_rule rule, enum har_level level)
{
    if ((unsigned)rule < HAR_RULE_COUNT)
        settings->levels[rule] = (unsigned char)level;
}

enum har_level har_settings_level(const struct har_settings *settings, enum har_rule rule)
{
    if ((unsigned)rule >= HAR_RULE_COUNT)
        return HAR_LEVEL_OFF;
    return settings ? (enum har_level)settings->levels[rule] : har_rule_info(rule)->level;
}

enum har_status har_settings_set_spool_dir(struct har_settings *settings, const char *path, struct har_error *error)
{
    if (!path || !*path)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the spool folder has no name");
    char *copy = strdup(path);
    if (!copy)
        return har_error_memory(error);
    free(settings->spool_dir);
    settings->spool_dir = copy;
    return HAR_OK;
}

const char *har_settings_spool_dir(const struct har_settings *settings)
{
    return settings && settings->spool_dir ? settings->spool_dir : DEFAULT_SPOOL_DIR;
}

enum har_status har_settings_set_block_size(struct har_settings *settings, size_t bytes, struct har_error *error)
{
    if (!bytes || bytes > MOST_BLOCK_SIZE)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the block size takes 1 to %zu bytes", MOST_BLOCK_SIZE);
    settings->block_size = bytes;
    return HAR_OK;
}

size_t har_settings_block_size(const struct har_settings *settings)
{
    return settings ? settings->block_size : DEFAULT_BLOCK_SIZE;
}

void har_settings_set_now(struct har_settings *settings, int64_t seconds)
{
    settings->now = seconds;
}

int64_t har_settings_now(const struct har_settings *settings)
{
    return settings ? settings->now : 0;
}

void har_settings_set_version(struct har_settings *settings, unsigned version)
{
    settings->version = version;
}

unsigned har_settings_version(const struct har_settings *settings)
{
    return settings ? settings->version : 0;
}

void har_settings_apply_profile(struct har_settings *settings, const struct har_profile *profile)
{
    for (int rule = 0; rule < HAR_RULE_COUNT; rule++)
        har_settings_set_level(settings, (enum har_rule)rule, profile->level((enum har_rule)rule));
    har_settings_set_version(settings, profile->version);
}
