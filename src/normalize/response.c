/* Normalize: the response. */
#include "normalize/message.h"

/* ---- status */

static void derive_status(struct normalize *n, uint32_t response)
{
    struct derive_start start = {.status = 0};
    const struct har_text pseudo = message_text(n, message_pseudo(n, response, ":status"), 0);
    if (pseudo.len == 3 && *pseudo.bytes >= '1' && *pseudo.bytes <= '5' && text_is_digit(pseudo.bytes[1]) &&
        text_is_digit(pseudo.bytes[2]))
        start.status = (pseudo.bytes[0] - '0') * 100 + (pseudo.bytes[1] - '0') * 10 + pseudo.bytes[2] - '0';
    else if (!message_start(n, response, 0, &start))
        return;
    if (!start.status)
        return;
    normalize_set_number(n, response, RESPONSE_status, start.status);
    normalize_derived(n, response, HAR_MEND_STATUS);
}

/* What no HTTP has becomes 0, which is how browsers write that there was no response; consumers wait for ever at -1. */
static void mend_status(struct normalize *n, uint32_t response)
{
    const uint32_t status = message_member(n, response, RESPONSE_status);
    double number;
    if (status == JSON_NONE && n->derive)
        derive_status(n, response);
    if (status == JSON_NONE || normalize_node(n, status)->kind != HAR_KIND_NUMBER)
        return;
    const bool finite = normalize_number(n, status, &number) && number < 1e15;
    if (finite && number >= 0 && number == (double)(int64_t)number)
        return;
    const bool unknown = finite && number == -1;
    message_keep(n, status, HAR_KIND_NUMBER);
    normalize_set_number(n, response, RESPONSE_status, 0);
    normalize_mended(n, unknown ? HAR_MEND_STATUS_UNKNOWN : HAR_MEND_STATUS_IMPOSSIBLE);
}

/* ---- redirects */

static void derive_redirect(struct normalize *n, uint32_t response)
{
    const uint32_t headers = message_headers(n, response);
    uint32_t after = JSON_NONE, value;
    double status;
    if (!normalize_number(n, message_member(n, response, RESPONSE_status), &status) || !derive_redirects(status))
        return;
    while ((value = message_header(n, headers, "location", &after)) != JSON_NONE) {
        const struct har_text text = text_trim(message_text(n, value, 0));
        if (!text.len)
            continue;
        if (!n->derive) {
            normalize_leave_missing(n, response, RESPONSE_redirectURL);
            return;
        }
        normalize_set_text(n, response, RESPONSE_redirectURL, text.bytes, text.len);
        normalize_derived(n, response, HAR_MEND_REDIRECT_URL);
        return;
    }
}

/* Internet Explorer's name for redirectURL, also where it was made a custom one. */
static uint32_t misnamed(const struct normalize *n, uint32_t response)
{
    const uint32_t plain = message_named(n, response, "redirectionURL", HAR_KIND_STRING);
    return plain != JSON_NONE ? plain : message_named(n, response, "_redirectionURL", HAR_KIND_STRING);
}

static void mend_redirect(struct normalize *n, uint32_t response)
{
    uint32_t redirect = message_member(n, response, RESPONSE_redirectURL);
    if (redirect == JSON_NONE) {
        const uint32_t other = misnamed(n, response);
        if (other != JSON_NONE) {
            const uint32_t null = normalize_member(n, response, RESPONSE_redirectURL);
            if (null != JSON_NONE)
                json_edit_remove(&n->edit, null);
            json_edit_set_key(&n->edit, other, "redirectURL", 11);
            json_edit_bind(&n->edit, other, RESPONSE_redirectURL, HAR_OBJECT_NONE);
            normalize_mended(n, HAR_MEND_REDIRECTION_URL);
            redirect = other;
        }
    }
    const bool empty =
        redirect == JSON_NONE || (normalize_node(n, redirect)->kind == HAR_KIND_STRING && !normalize_node(n, redirect)->text_len);
    if (empty)
        derive_redirect(n, response);
}

void normalize_response(struct normalize *n)
{
    const uint32_t response = message_of(n, ENTRY_response);
    if (response == JSON_NONE || n->edit.fault)
        return;
    mend_status(n, response);
    message_version(n, response);
    message_cookies(n, response, DERIVE_SET_COOKIE);
    mend_redirect(n, response);
}
