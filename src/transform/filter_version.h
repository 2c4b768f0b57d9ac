/* The library of regular expressions, as text, for core/version.c. */
#ifndef TRANSFORM_FILTER_VERSION_H
#define TRANSFORM_FILTER_VERSION_H

#ifdef HARMILL_WITHOUT_PCRE2
#define FILTER_VERSION ""
#else
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#define FILTER_QUOTE(number)  #number
#define FILTER_DIGITS(number) FILTER_QUOTE(number)
#define FILTER_VERSION        ", PCRE2 " FILTER_DIGITS(PCRE2_MAJOR) "." FILTER_DIGITS(PCRE2_MINOR)
#endif

#endif
