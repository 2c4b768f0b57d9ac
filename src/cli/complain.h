/* Messages of the program itself, to stderr. */
#ifndef CLI_COMPLAIN_H
#define CLI_COMPLAIN_H

#include <harmill/api.h>

/* Prints "harmill: " and the text, made visible, as one line. Does not change errno. */
void complain(const char *format, ...) HAR_PRINTF(1, 2);

/* On a terminal: a line of the text around `column` (in code points from 1), and a caret below it. */
void complain_place(const char *text, size_t column);

#endif
