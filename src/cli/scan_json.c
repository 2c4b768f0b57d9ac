/* What harmill scan submitted, or why it failed, for scripts. */
#include <inttypes.h>
#include <string.h>

#include "cli/scan_json.h"

/* "" becomes null. */
static void append_text(struct har_buffer *line, const char *name, const char *text)
{
    har_buffer_printf(line, "%s\"%s\": ", line->len ? ", " : "{", name);
    if (!text || !*text) {
        har_buffer_append_text(line, "null");
        return;
    }
    har_buffer_append_char(line, '"');
    har_buffer_append_json(line, text, strlen(text));
    har_buffer_append_char(line, '"');
}

/* 0 becomes null. */
static void append_number(struct har_buffer *line, const char *name, uint64_t number)
{
    if (number)
        har_buffer_printf(line, ", \"%s\": %" PRIu64, name, number);
    else
        har_buffer_printf(line, ", \"%s\": null", name);
}

static bool print_line(struct cli *cli, struct har_buffer *line)
{
    har_buffer_append_text(line, "}\n");
    output_buffer(&cli->out, line);
    har_buffer_release(line);
    return output_flush(&cli->out);
}

bool scan_json_submitted(struct cli *cli, const struct har_cloudflare_submitted *submitted, const char *base)
{
    struct har_buffer line, api;
    har_buffer_init(&line, HAR_MIB);
    har_buffer_init(&api, HAR_MIB);
    size_t base_len = strlen(base);
    while (base_len && base[base_len - 1] == '/')
        base_len--;
    har_buffer_printf(&api, "%.*s/accounts/%s/urlscanner/v2/har/%s", (int)base_len, base, submitted->scan.account,
                      submitted->scan.id);
    append_text(&line, "id", submitted->scan.id);
    append_text(&line, "account", submitted->scan.account);
    append_text(&line, "page", submitted->page);
    append_text(&line, "api", har_buffer_string(&api));
    append_text(&line, "url", submitted->url);
    append_text(&line, "visibility", submitted->visibility);
    har_buffer_release(&api);
    return print_line(cli, &line);
}

static const char *kind_of(enum har_cloudflare_kind kind, enum har_domain domain)
{
    static const char *const words[] = {
        [HAR_CLOUDFLARE_NO_ANSWER] = "no-answer", [HAR_CLOUDFLARE_DENIED] = "denied",   [HAR_CLOUDFLARE_UNFINISHED] = "unfinished",
        [HAR_CLOUDFLARE_NOT_FOUND] = "not-found", [HAR_CLOUDFLARE_INVALID] = "invalid", [HAR_CLOUDFLARE_CONFLICT] = "conflict",
        [HAR_CLOUDFLARE_LIMITED] = "limited",     [HAR_CLOUDFLARE_SERVER] = "server",   [HAR_CLOUDFLARE_NO_HAR] = "no-har",
        [HAR_CLOUDFLARE_TOO_LARGE] = "too-large", [HAR_CLOUDFLARE_FAILED] = "failed",
    };
    if ((size_t)kind < sizeof words / sizeof *words && words[kind])
        return words[kind];
    return domain == HAR_DOMAIN_USAGE ? "usage" : domain == HAR_DOMAIN_CANCELLED ? "cancelled" : "system";
}

void scan_json_failed(struct cli *cli, const char *id, const struct har_error *error)
{
    const struct har_cloudflare_problem *problem = har_cloudflare_last_problem(cli->cloudflare);
    struct har_buffer line;
    har_buffer_init(&line, HAR_MIB);
    append_text(&line, "error", error->text);
    append_text(&line, "kind", kind_of(problem->kind, error->domain));
    append_number(&line, "httpStatus", (uint64_t)problem->http_status);
    append_number(&line, "code", (uint64_t)problem->code);
    append_number(&line, "retryAfter", problem->retry_after);
    append_text(&line, "cfRay", problem->ray);
    append_text(&line, "id", id);
    har_buffer_printf(&line, ", \"submitted\": %s", id || problem->submitted ? "true" : "false");
    print_line(cli, &line);
}
