/* Bodies that lie in files beside the capture. */
#include <string.h>

#include "check/semantic.h"

struct attached {
    struct har_buffer name; /* scratch */
};

enum { NAME_MOST = 1 << 16 }; /* longer ones are in no archive */

static bool is_contained(const struct check *check)
{
    return check->input && har_input_is_contained(check->input);
}

/* A name that cannot be asked for is not there. */
static bool is_there(struct check *check, const struct har_node *file, struct attached *attached)
{
    attached->name.max = NAME_MOST;
    const struct har_text name = semantic_text(check, file, &attached->name);
    return har_input_attachment(check->input, name, NULL, NULL) == HAR_OK;
}

static void judge(struct check *check, const struct har_node *body, const struct har_node *text, const char *object,
                  struct attached *attached)
{
    static const char name[] = "_file";
    const struct har_node *file = NULL;
    for (const struct har_node *node = semantic_first(check, body); node; node = semantic_next(check, node))
        if (node->member == JSON_NO_MEMBER && node->kind == HAR_KIND_STRING &&
            json_key_is(check->item->tree, node, name, sizeof name - 1))
            file = node;
    if (!file || !file->text_len || (text && text->text_len))
        return;
    const struct har_arg arg = check_word(object);
    semantic_tell(check, HAR_RULE_ATTACHED_BODY, file, "the body of %1 lies in a file beside the capture, which _file names", &arg,
                  1);
    if (semantic_on(check, HAR_RULE_MISSING_ATTACHMENT) && is_contained(check) && !is_there(check, file, attached))
        semantic_tell(check, HAR_RULE_MISSING_ATTACHMENT, file, "the archive does not hold the file that _file of %1 names", &arg,
                      1);
}

static void run_entry(struct check *check, const struct facts *facts, void *ctx)
{
    judge(check, facts->request[REQUEST_postData], facts->post_data[POST_DATA_text], "postData", ctx);
    judge(check, facts->response[RESPONSE_content], facts->content[CONTENT_text], "content", ctx);
}

static void release(void *ctx)
{
    struct attached *attached = ctx;
    har_buffer_release(&attached->name);
}

static const struct semantic_row rows[] = {
    {run_entry, IN(ENTRY), {HAR_RULE_ATTACHED_BODY, HAR_RULE_MISSING_ATTACHMENT, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_attached = {rows, sizeof(struct attached), release};
