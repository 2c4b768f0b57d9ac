/* Media types sorted into a few classes. */
#ifndef UTIL_MEDIA_H
#define UTIL_MEDIA_H

#include <harmill/place.h>

/* "document", "script", "style", "image", "font", "media", "data", "other", "unknown": what the type, with its parameters or
 * without, stands for; static. */
const char *media_class(struct har_text mime);

#endif
