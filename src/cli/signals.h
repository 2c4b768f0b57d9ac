/* SIGINT and SIGTERM end the run in order: temporary files go, then the program dies by the signal. */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

void signals_install(void);

/* Non-zero once the run shall end; what har_job.cancel wants. */
const volatile sig_atomic_t *signals_flag(void);

/* Ends the run from within, as a signal does. */
void signals_stop(void);

/* Dies by the signal that came, if one came. */
void signals_die(void);

/* Dies as a program does that writes to a closed pipe. */
void signals_die_of_pipe(void);

#endif
