/* What the client of the Cloudflare URL Scanner is doing, told on stderr. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <harmill/cloudflare.h>

struct progress {
    bool quiet, verbose;
    bool live;       /* a line of a terminal is rewritten */
    bool shown;      /* it is there */
    uint64_t since;  /* when the bytes of an answer began to come, in ms of the clock; 0: none came */
    uint64_t waited; /* ms for the scan that is not finished */
    char id[HAR_CLOUDFLARE_ID_SIZE];
    char state[32]; /* that was told last */
};

void progress_init(struct progress *progress, bool quiet, bool verbose);

/* A har_cloudflare_notice_fn; `user` is the struct progress. */
void progress_notice(void *user, const struct har_cloudflare_notice *notice);

/* Takes the line of the terminal away, before anything else is printed. */
void progress_erase(struct progress *progress);

#endif
