/* A configuration: what a project says about how its captures are judged, as the file .harmill.json says it. */
#ifndef HARMILL_CONFIG_H
#define HARMILL_CONFIG_H

#include <harmill/place.h>
#include <harmill/profile.h>

HAR_BEGIN_DECLS

/* A zeroed one says nothing. A configuration may come from a stranger, so it can name no host, no credential and no output, and
 * can neither show values nor weaken what hides them. */
struct har_config {
    size_t size;
    const struct har_profile *profile;                     /* NULL: none is named */
    bool any_selected;                                     /* then only the selected rules are looked for */
    bool selected[HAR_RULE_COUNT], ignored[HAR_RULE_COUNT];
    bool leveled[HAR_RULE_COUNT];
    enum har_level level[HAR_RULE_COUNT];                  /* where `leveled` */
    bool fail_on_given, most_given;
    enum har_level fail_on;                                /* HAR_LEVEL_OFF: never */
    uint64_t most;                                         /* findings printed per rule and input, 0 for all */
    char *baseline;                                        /* a path below the folder of the file; NULL: none */
};

/* Reads the text of a configuration, at most HAR_CONFIG_MOST bytes, into *config, which need not be initialised and is zeroed when
 * it fails. HAR_FATAL: *error says why. With HAR_DOMAIN_USAGE the text is wrong: *place (which may be NULL) is the place as far as
 * it is known, with line 0 where the error names the key instead. Release with har_config_release(). */
#define HAR_CONFIG_MOST ((size_t)1 << 20)
HAR_API enum har_status har_config_parse(struct har_config *config, const char *bytes, size_t len, struct har_place *place,
                                         struct har_error *error);

/* Frees what was copied and zeroes it; zeroed ones are fine. */
HAR_API void har_config_release(struct har_config *config);

/* Gives each rule its level: the profile's, then what `file` says, then what `over` (a command line, say) says; each of them first
 * selects and ignores, then sets single levels. Either may be NULL. The profile and the selection of `over` replace those of
 * `file`. A rule that is off and selected comes on: what a program refuses as its profile has it, others as warnings. */
HAR_API void har_config_apply(const struct har_config *file, const struct har_config *over, struct har_settings *settings);

HAR_END_DECLS
#endif
