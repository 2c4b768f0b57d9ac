/* What a run may use and how strict it is. One settings object may serve many runs and threads once it no longer changes. */
#ifndef HARMILL_SETTINGS_H
#define HARMILL_SETTINGS_H

#include <harmill/bound.h>
#include <harmill/rule.h>
#include <harmill/status.h>

HAR_BEGIN_DECLS

struct har_settings;

/* Every bound and rule at its default, spool folder "/tmp". NULL when memory is short. Free with har_settings_free(). */
HAR_API struct har_settings *har_settings_new(void);

/* Frees them and what they copied; NULL is fine. No run may use them any more. */
HAR_API void har_settings_free(struct har_settings *settings);

/* Sets a bound, in its unit (see <harmill/bound.h>). HAR_FATAL (usage) when `value` is outside its range; then nothing changes. */
HAR_API enum har_status har_settings_set_bound(struct har_settings *settings, enum har_bound bound, uint64_t value,
                                               struct har_error *error);

/* The bound in force. All functions that only read take NULL settings for the defaults. */
HAR_API uint64_t har_settings_bound(const struct har_settings *settings, enum har_bound bound);

/* Findings of `rule` come with `level` from now on; HAR_LEVEL_OFF silences the rule. What lets no output be made of
 * an input does so at any level. */
HAR_API void har_settings_set_level(struct har_settings *settings, enum har_rule rule, enum har_level level);
HAR_API enum har_level har_settings_level(const struct har_settings *settings, enum har_rule rule);

/* The version whose members are known, as HAR_VERSION_1_1 of <harmill/spec.h>; 0, the default: the one that the file names. */
HAR_API void har_settings_set_version(struct har_settings *settings, unsigned version);
HAR_API unsigned har_settings_version(const struct har_settings *settings);

/* Folder of the unlinked spool files (0600) that an output may need; copied. The library never reads the environment: a
 * program that honours TMPDIR passes it here. */
HAR_API enum har_status har_settings_set_spool_dir(struct har_settings *settings, const char *path, struct har_error *error);
HAR_API const char *har_settings_spool_dir(const struct har_settings *settings);

/* Bytes asked of an input at once, 1 to 16 MiB, default 256 KiB. The result of a run never depends on it. */
HAR_API enum har_status har_settings_set_block_size(struct har_settings *settings, size_t bytes, struct har_error *error);
HAR_API size_t har_settings_block_size(const struct har_settings *settings);

/* The time of the run, in seconds since 1970-01-01T00:00:00Z: dates far behind it are told. 0, the default: not known, none are.
 * The library never reads the clock. */
HAR_API void har_settings_set_now(struct har_settings *settings, int64_t seconds);
HAR_API int64_t har_settings_now(const struct har_settings *settings);

HAR_END_DECLS
#endif
