/* What the JSON Schema of har-validator demands of texts. */
#ifndef HARMILL_CONSUMER_AJV_FORM_H
#define HARMILL_CONSUMER_AJV_FORM_H

#include <harmill/place.h>

enum ajv_form { AJV_ANY, AJV_STARTED, AJV_EXPIRES, AJV_CACHED, AJV_URI, AJV_ADDRESS };

/* What is wrong with a text, %1 and %2 being object and member; NULL: nothing. */
const char *ajv_judge(struct har_text value, enum ajv_form form);

#endif
