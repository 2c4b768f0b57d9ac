/* Normalize: address and connection. */
#include "normalize/measure.h"

#include <string.h>

#include "util/ip.h"

enum { ADDRESS_MOST = 100 }; /* longer texts are no addresses */

static const char port_name[] = "_serverPort";

/* Brackets and port off; the port is kept beside, unless that name is taken: then the whole is. */
static void undress(struct normalize *n, uint32_t member, struct har_text text)
{
    char copy[ADDRESS_MOST];
    const struct ip_dress dress = ip_undress(text.bytes, text.len);
    memcpy(copy, text.bytes, text.len); /* which moves when something is added */
    if (dress.port_len && json_edit_find(n->edit.tree, 0, port_name) != JSON_NONE)
        normalize_keep_as_custom(n, member);
    else if (dress.port_len)
        json_edit_set_text(&n->edit, json_edit_member(&n->edit, 0, port_name, HAR_KIND_STRING, JSON_NO_MEMBER, HAR_OBJECT_NONE),
                           copy + dress.port, dress.port_len);
    normalize_set_text(n, 0, ENTRY_serverIPAddress, copy + dress.address, dress.address_len);
    normalize_mended(n, dress.port_len ? HAR_MEND_SERVER_IP_PORT : HAR_MEND_BRACKETED_SERVER_IP);
}

static void mend_address(struct normalize *n)
{
    const uint32_t member = normalize_member(n, 0, ENTRY_serverIPAddress);
    if (member == JSON_NONE || normalize_node(n, member)->kind != HAR_KIND_STRING)
        return;
    const struct har_text text = normalize_text(n, member, 0);
    if (!text.len) {
        json_edit_remove(&n->edit, member);
        normalize_mended(n, HAR_MEND_EMPTY_SERVER_IP);
        return;
    }
    const enum ip_form form = text.len > ADDRESS_MOST ? IP_NOT : ip_form(text.bytes, text.len);
    if (form == IP_DRESSED) {
        undress(n, member, text);
    } else if (form == IP_NOT) {
        normalize_keep_as_custom(n, member);
        normalize_mended(n, HAR_MEND_MALFORMED_SERVER_IP);
    }
}

static void mend_connection(struct normalize *n)
{
    const uint32_t member = normalize_member(n, 0, ENTRY_connection);
    if (member == JSON_NONE || normalize_node(n, member)->kind != HAR_KIND_STRING || normalize_node(n, member)->text_len)
        return;
    json_edit_remove(&n->edit, member);
    normalize_mended(n, HAR_MEND_EMPTY_CONNECTION);
}

void normalize_entry(struct normalize *n)
{
    if (normalize_node(n, 0)->object != HAR_OBJECT_ENTRY)
        return;
    normalize_cache(n);
    mend_address(n);
    mend_connection(n);
}
