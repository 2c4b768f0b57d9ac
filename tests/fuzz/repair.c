/* A target for libFuzzer: the repair filter. The first byte chooses bounds and the size of blocks; what comes out must not depend
 * on the latter, and a second time there is nothing to repair. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/harmill.h>

#include "check/diag.h"
#include "repair/repair.h"

enum { SMALL_BOUNDS = 8, BLOCKS = 7 };

struct filtered {
    struct har_buffer out, told;
    const unsigned char *bytes;
    size_t len, at, block;
    uint64_t repairs, refused;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static enum har_status read_bytes(void *user, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct filtered *f = user;
    const size_t left = f->len - f->at, most = cap < f->block ? cap : f->block;
    (void)error;
    *got = left < most ? left : most;
    if (*got)
        memcpy(bytes, f->bytes + f->at, *got);
    f->at += *got;
    return *got ? HAR_OK : HAR_EOF;
}

static void tell(void *user, const struct har_finding *finding)
{
    struct filtered *f = user;
    har_buffer_printf(&f->told, "%d %llu:%llu:%llu %d\n", (int)finding->rule, (unsigned long long)finding->place.offset,
                      (unsigned long long)finding->place.line, (unsigned long long)finding->place.column, (int)finding->repair);
    f->repairs += finding->repair != HAR_REPAIR_NONE;
    f->refused += finding->repair == HAR_REPAIR_NONE;
}

static void filter(struct filtered *f, const struct har_settings *settings)
{
    static char bytes[4096];
    struct har_summary summary = {.size = sizeof summary};
    struct har_report_to to = {.settings = settings, .summary = &summary, .blind = true, .on_finding = tell, .user = f};
    struct har_error error = {0};
    enum har_status status;
    size_t got;
    har_buffer_init(&f->out, 64 * HAR_MIB);
    har_buffer_init(&f->told, 64 * HAR_MIB);
    struct repair *repair = repair_new(settings, &to, read_bytes, f);
    require(repair != NULL);
    while ((status = repair_read(repair, bytes, sizeof bytes, &got, &error)) == HAR_OK)
        require(har_buffer_append(&f->out, bytes, got));
    require(status == HAR_EOF);
    repair_tell_rest(repair);
    repair_free(repair);
    diag_release(&to);
}

static bool same(const struct har_buffer *a, const struct har_buffer *b)
{
    return a->len == b->len && (!a->len || !memcmp(a->data, b->data, a->len));
}

static void release(struct filtered *f)
{
    har_buffer_release(&f->out);
    har_buffer_release(&f->told);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 64, 100, 4096};
    if (!size)
        return 0;
    struct har_settings *settings = har_settings_new();
    require(settings != NULL);
    har_settings_set_bound(settings, HAR_BOUND_DEPTH, 32, NULL);
    if (data[0] & SMALL_BOUNDS) {
        har_settings_set_bound(settings, HAR_BOUND_ITEM_BYTES, 512, NULL);
        har_settings_set_bound(settings, HAR_BOUND_KEPT_BYTES, HAR_KIB, NULL);
        har_settings_set_bound(settings, HAR_BOUND_REPAIRS, 16, NULL);
    }
    struct filtered one = {.bytes = data + 1, .len = size - 1, .block = 65536};
    struct filtered other = {.bytes = data + 1, .len = size - 1, .block = blocks[data[0] & BLOCKS]};
    filter(&one, settings);
    filter(&other, settings);
    require(same(&one.out, &other.out) && same(&one.told, &other.told));
    if (!one.refused && one.repairs) {
        struct filtered again = {.bytes = (const unsigned char *)one.out.data, .len = one.out.len, .block = 65536};
        filter(&again, settings);
        require(!again.repairs || data[0] & SMALL_BOUNDS);
        require(again.repairs || same(&one.out, &again.out));
        release(&again);
    }
    release(&one);
    release(&other);
    har_settings_free(settings);
    return 0;
}
