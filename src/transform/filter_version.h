/* For the text of --version. */
#ifndef TRANSFORM_FILTER_VERSION_H
#define TRANSFORM_FILTER_VERSION_H

#ifdef HARMILL_WITHOUT_PCRE2
#define FILTER_VERSION ""
#else
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#define FILTER_VERSION_TEXT(number)   #number
#define FILTER_VERSION_NUMBER(number) FILTER_VERSION_TEXT(number)
#define FILTER_VERSION                ", PCRE2 " FILTER_VERSION_NUMBER(PCRE2_MAJOR) "." FILTER_VERSION_NUMBER(PCRE2_MINOR)
#endif

#endif
