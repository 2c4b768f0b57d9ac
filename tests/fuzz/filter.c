/* Fuzz target: any bytes up to the first NUL as an expression of --filter, what follows as a capture; a capture of its own where
 * nothing follows. A wrong expression is told with its column. One that is right says of every entry the opposite of "not (it)",
 * and the same as "it and it" and "it or it" do. */
#include "fed.h"

static const char usual[] =
    "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":[{},7,"
    "{\"pageref\":\"p\",\"startedDateTime\":\"2026-03-01T10:00:00.5+01:00\",\"time\":1500.5,\"_resourceType\":\"Script\","
    "\"request\":{"
    "\"method\":\"GET\",\"url\":\"https://a.example/b/c.js?d=e\",\"headers\":[{\"name\":\"Accept\",\"value\":\"*/"
    "*\"}]},\"response\":{"
    "\"status\":404,\"httpVersion\":\"h2\",\"headers\":[{\"name\":\"A\\u0042\",\"value\":\"caf\\u00e9\"},{\"name\":7}],"
    "\"bodySize\":-1,"
    "\"content\":{\"size\":2048,\"mimeType\":\"text/CSS; charset=utf-8\"}},\"serverIPAddress\":\"192.0.2.7\"},"
    "{\"startedDateTime\":\"x\",\"time\":\"1\",\"request\":{\"url\":\"data:,x\"},\"response\":{\"status\":200}}]}}";

struct asked {
    struct har_filter *filter[4];
    bool gave_up; /* a regular expression may take too many steps */
};

static enum har_status make(const char *before, const char *text, const char *between, const char *again, const char *after,
                            struct har_filter **filter)
{
    struct har_buffer whole;
    struct har_error error = {0};
    size_t column = 0;
    har_buffer_init(&whole, HAR_MIB);
    require(har_buffer_append_text(&whole, before) && har_buffer_append_text(&whole, text) &&
            har_buffer_append_text(&whole, between) && har_buffer_append_text(&whole, again) &&
            har_buffer_append_text(&whole, after));
    const enum har_status status = har_filter_new(har_buffer_string(&whole), filter, &column, &error);
    require(status == HAR_OK ? *filter != NULL : *filter == NULL && status == HAR_FATAL);
    require(status == HAR_OK || (error.domain == HAR_DOMAIN_USAGE && error.text[0] && column <= whole.len + 1));
    har_buffer_release(&whole);
    return status;
}

static void ask(void *user, const struct har_item *item)
{
    struct asked *asked = user;
    struct har_error error = {0};
    bool holds[4] = {false};
    if (item->kind != HAR_ITEM_ENTRY)
        return;
    for (size_t i = 0; i < 4; i++) {
        if (!asked->filter[i])
            continue;
        if (har_filter_test(asked->filter[i], item, &holds[i], &error) != HAR_OK) {
            require(error.text[0] && error.domain != HAR_DOMAIN_MEMORY);
            asked->gave_up = true;
        }
    }
    if (asked->gave_up)
        return;
    require(!asked->filter[1] || holds[1] == !holds[0]);
    require(!asked->filter[2] || holds[2] == holds[0]);
    require(!asked->filter[3] || holds[3] == holds[0]);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const unsigned char *end = size ? memchr(data, 0, size) : NULL;
    const size_t len = end ? (size_t)(end - data) : size;
    char *text = malloc(len + 1);
    struct asked asked = {.gave_up = false};
    require(text != NULL);
    memcpy(text, data, len);
    text[len] = '\0';
    if (make("", text, "", "", "", &asked.filter[0]) == HAR_OK) {
        struct har_summary summary;
        struct har_error error;
        struct har_job job = {.size = sizeof job, .input = "fuzz.har", .reader = &reader, .on_item = ask, .user = &asked};
        const bool own = !end || len + 1 == size;
        source =
            own ? (struct source){(const unsigned char *)usual, sizeof usual - 1, 0} : (struct source){end + 1, size - len - 1, 0};
        /* These may be too long, too deep or have too many steps. */
        make("not (", text, "", "", ")", &asked.filter[1]);
        make("(", text, ") and (", text, ")", &asked.filter[2]);
        make("(", text, ") or (", text, ")", &asked.filter[3]);
        require(har_convert(&job, &summary, &error) != HAR_FATAL);
    }
    for (size_t i = 0; i < 4; i++)
        har_filter_free(asked.filter[i]);
    free(text);
    return 0;
}
