/* What the terminal can and wants. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Whether to color what goes to `descriptor`. With COLOR_AUTO: NO_COLOR forbids, FORCE_COLOR demands, otherwise a terminal that is
 * not dumb decides. */
bool terminal_color(enum color_choice choice, int descriptor);

bool terminal_is(int descriptor);

#endif
