/* Fuzz target: a byte of options, then any bytes, in which \001, \002 and \003 stand for three secrets, as the bodies, values and names
 * of a capture in which the secrets are learned from a header, a cookie and a member. None of them may be in what is written, as it
 * is or in base64; redacting that again must change nothing; the size of blocks must not matter. */
#include "fed.h"

enum { BLOCKS = 7, STRICT = 8, SUSPICIOUS = 16, PIECES = 5 };

static const char *const secrets[] = {"Zq7kfW2mXb9tRv4c", "h0NeyPot-5831_kLw", "9f31c7a0be52d846"};
/* The same as the beginning of a stretch of base64. */
static const char *const encoded[] = {"WnE3a2ZXMm1YYjl0UnY0Y", "aDBOZXlQb3QtNTgzMV9rTH", "OWYzMWM3YTBiZTUyZDg0N"};

static void add(struct har_buffer *out, const char *text)
{
    require(har_buffer_append_text(out, text));
}

/* The bytes as the inside of a JSON string. */
static void add_string(struct har_buffer *out, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char escape[8];
        if (bytes[i] >= 1 && bytes[i] <= 3) {
            add(out, secrets[bytes[i] - 1]);
        } else if (bytes[i] < 0x20 || bytes[i] >= 0x7f || bytes[i] == '"' || bytes[i] == '\\') {
            snprintf(escape, sizeof escape, "\\u%04x", bytes[i]);
            add(out, escape);
        } else {
            require(har_buffer_append(out, bytes + i, 1));
        }
    }
}

static void make(struct har_buffer *out, const unsigned char *bytes, size_t len)
{
    static const char *const around[PIECES + 1] = {
        "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":[{\"startedDateTime\":"
        "\"2026-03-01T10:00:00.000Z\",\"time\":0,\"request\":{\"method\":\"POST\",\"url\":\"https://a.example/",
        "\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[{\"name\":\"a\",\"value\":\"h0NeyPot-5831_kLw\"}],\"headers\":[{\"name\":"
        "\"X-Api-Key\",\"value\":\"Zq7kfW2mXb9tRv4c\"},{\"name\":\"X-Note\",\"value\":\"",
        "\"}],\"queryString\":[],\"headersSize\":-1,\"bodySize\":-1,\"postData\":{\"mimeType\":\"text/plain\",\"text\":\"",
        "\"}},\"response\":{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],"
        "\"content\":{\"size\":0,\"mimeType\":\"text/html\",\"text\":\"",
        "\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1},\"cache\":{},\"timings\":{\"send\":0,\"wait\":0,"
        "\"receive\":0},\"_password\":\"9f31c7a0be52d846\",\"_map\":{\"",
        "\":1}}]}}",
    };
    for (size_t i = 0; i < PIECES; i++) {
        const size_t from = len * i / PIECES, to = len * (i + 1) / PIECES;
        add(out, around[i]);
        add_string(out, bytes + from, to - from);
    }
    add(out, around[PIECES]);
}

struct redacted {
    unsigned char options;
    const struct har_settings *settings;
    struct har_buffer out;
};

static enum har_status run(struct redacted *redacted, const char *bytes, size_t len)
{
    struct har_error error = {0};
    struct har_redaction *redaction = NULL;
    struct har_redact_options options = {.size = sizeof options,
                                         .mode = redacted->options & STRICT ? HAR_REDACT_STRICT : HAR_REDACT_DEFAULT,
                                         .suspicious = (redacted->options & SUSPICIOUS) != 0,
                                         .allow_unsearched = true};
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_summary summary;
    struct har_job job = {.size = sizeof job,
                          .settings = redacted->settings,
                          .input = "fuzz.har",
                          .reader = &reader,
                          .transforms = har_transforms(),
                          .outputs = &output,
                          .output_count = 1};
    require(har_redaction_new(&redaction, NULL, &options, redacted->settings, &error) == HAR_OK);
    job.redaction = redaction;
    source = (struct source){(const unsigned char *)bytes, len, 0};
    enum har_status status = har_redaction_learn(redaction, &job, &error);
    if (status == HAR_OK) {
        source.at = 0;
        har_buffer_clear(&redacted->out);
        require(har_sink_function(&output.sink, append, &redacted->out, redacted->settings, &error) == HAR_OK);
        status = har_convert(&job, &summary, &error);
        har_sink_free(output.sink);
    }
    if (status != HAR_OK)
        fprintf(stderr, "%s\n%.*s\n", error.text, (int)len, bytes);
    har_redaction_free(redaction);
    return status;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 64, 100, 4096};
    if (!size)
        return 0;
    struct har_settings *settings = har_settings_new();
    require(settings != NULL);
    har_settings_set_now(settings, 1798761600);
    struct redacted first = {.options = data[0], .settings = settings}, second = first;
    struct har_buffer input;
    har_buffer_init(&input, 64 * HAR_MIB);
    har_buffer_init(&first.out, 64 * HAR_MIB);
    har_buffer_init(&second.out, 64 * HAR_MIB);
    make(&input, data + 1, size - 1);
    require(run(&first, input.data, input.len) == HAR_OK);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        require(!memmem(first.out.data, first.out.len, secrets[i], strlen(secrets[i])));
        require(!memmem(first.out.data, first.out.len, encoded[i], strlen(encoded[i])));
    }
    har_settings_set_block_size(settings, blocks[data[0] & BLOCKS], NULL);
    require(run(&second, input.data, input.len) == HAR_OK && same_bytes(&first.out, &second.out));
    require(run(&second, first.out.data, first.out.len) == HAR_OK);
    if (!same_bytes(&first.out, &second.out))
        fprintf(stderr, "first:\n%.*s\nsecond:\n%.*s\n", (int)first.out.len, first.out.data, (int)second.out.len, second.out.data);
    require(same_bytes(&first.out, &second.out));
    har_buffer_release(&input);
    har_buffer_release(&first.out);
    har_buffer_release(&second.out);
    har_settings_free(settings);
    return 0;
}
