/* Waits for a scan by reading it. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "cli/scan_fetch.h"
#include "cli/signals.h"

enum { SECOND = 1000, POLL_DEFAULT = 15 * SECOND, SETTLING = 60 * SECOND };

static uint64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* A signal ends it early. */
static void pause_ms(uint64_t ms)
{
    struct timespec left = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    while (*signals_flag() == 0 && nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

static enum har_status fetch(const struct cli *cli, const char *input, struct har_error *error)
{
    const struct har_reader *reader = har_reader_find("cloudflare");
    const struct har_reader_args args = {
        .size = sizeof args, .input = input, .settings = cli->options.settings, .user = cli->cloudflare};
    void *ctx = reader ? calloc(1, reader->ctx_size) : NULL;
    if (!ctx)
        return har_error_memory(error);
    const enum har_status status = reader->open(ctx, &args, error);
    reader->close(ctx);
    free(ctx);
    return status;
}

/* The API answers that there is no such scan in the same way as it does for one that is not finished, and nothing says how soon it
 * knows one that it has just taken. So for a minute that is no answer. */
enum har_status scan_fetch(const struct cli *cli, const char *input, struct har_error *error)
{
    const struct cloudflare_options *given = &cli->options.cloudflare;
    const uint64_t poll_ms = given->poll_ms ? given->poll_ms : POLL_DEFAULT;
    const uint64_t settling_ms = given->wait_ms && given->wait_ms < SETTLING ? given->wait_ms : SETTLING;
    const uint64_t begin = now_ms();
    for (;;) {
        const enum har_status status = fetch(cli, input, error);
        if (status == HAR_OK || har_cloudflare_last_problem(cli->cloudflare)->kind != HAR_CLOUDFLARE_NOT_FOUND ||
            now_ms() - begin >= settling_ms || *signals_flag() != 0)
            return status;
        pause_ms(poll_ms);
        if (*signals_flag() != 0)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
    }
}
