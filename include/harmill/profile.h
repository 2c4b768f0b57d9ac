/* Profiles: for whom a capture is judged. A profile is a set of levels. */
#ifndef HARMILL_PROFILE_H
#define HARMILL_PROFILE_H

#include <harmill/settings.h>

HAR_BEGIN_DECLS

struct har_profile {
    size_t size;
    const char *name;        /* "har-1.2-strict", "chrome" */
    const char *summary;
    const char *consumer;    /* the program that it stands for, "Chrome"; NULL for versions of the specification */
    enum har_rule refuses;   /* with a consumer: the rule that tells what this program refuses or misreads */
    bool tested;             /* against that program itself; otherwise it follows what is documented */
    unsigned version;        /* the members are judged by this version (HAR_VERSION_1_1), 0: by the one that the file names */
    enum har_level (*level)(enum har_rule rule); /* of each rule */
};

/* What is built in, the default first; the list ends with NULL. */
HAR_API const struct har_profile *const *har_profiles(void);

/* By name; NULL when there is none. */
HAR_API const struct har_profile *har_profile_find(const char *name);

/* Gives every rule the level that it has in `profile`, and the version that members are judged by. Later calls of
 * har_settings_set_level() change single rules. */
HAR_API void har_settings_apply_profile(struct har_settings *settings, const struct har_profile *profile);

HAR_END_DECLS
#endif
