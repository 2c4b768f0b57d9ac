/* Addresses, judged by the C library; zones, brackets and ports here. */
#include "util/ip.h"

#include <arpa/inet.h>
#include <string.h>

enum { ADDRESS_MOST = INET6_ADDRSTRLEN - 1, PORT_MOST = 5 };

static bool is_address(int family, const char *text, size_t len)
{
    char copy[ADDRESS_MOST + 1];
    struct in6_addr address; /* has room for both */
    if (len > ADDRESS_MOST || memchr(text, '\0', len))
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    return inet_pton(family, copy, &address) == 1;
}

bool ip_is_v6(const char *text, size_t len)
{
    return is_address(AF_INET6, text, len);
}

/* RFC 4007 section 11: the zone follows a %. What names it is the system's own affair. */
static bool is_literal(const char *text, size_t len)
{
    const char *zone = memchr(text, '%', len);
    if (!memchr(text, ':', len))
        return is_address(AF_INET, text, len);
    return ip_is_v6(text, zone ? (size_t)(zone - text) : len) && (!zone || zone + 1 < text + len);
}

/* ":" and a port, or nothing. */
static bool is_port(const char *text, size_t len)
{
    if (len && (text[0] != ':' || len < 2 || len > PORT_MOST + 1))
        return false;
    for (size_t i = 1; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

enum ip_form ip_form(const char *text, size_t len)
{
    if (!len)
        return IP_NOT;
    if (is_literal(text, len))
        return IP_LITERAL;
    const bool bracket = text[0] == '[';
    const char *end = memchr(text, bracket ? ']' : ':', len);
    if (!end)
        return IP_NOT;
    const char *behind = end + bracket;
    return is_literal(text + bracket, (size_t)(end - text) - bracket) && is_port(behind, (size_t)(text + len - behind)) ? IP_DRESSED
                                                                                                                        : IP_NOT;
}

struct ip_dress ip_undress(const char *text, size_t len)
{
    const bool bracket = len && text[0] == '[';
    const char *end = memchr(text, bracket ? ']' : ':', len);
    struct ip_dress dress = {bracket, len - bracket, len, 0};
    if (!end)
        return dress;
    dress.address_len = (size_t)(end - text) - bracket;
    const size_t behind = (size_t)(end - text) + bracket;
    if (len > behind + 1) {
        dress.port = behind + 1;
        dress.port_len = len - behind - 1;
    }
    return dress;
}
