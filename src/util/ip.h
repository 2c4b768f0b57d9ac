/* Addresses of the Internet Protocol as text. */
#ifndef UTIL_IP_H
#define UTIL_IP_H

#include <stdbool.h>
#include <stddef.h>

enum ip_form {
    IP_NOT,     /* no address */
    IP_DRESSED, /* an address in brackets or with a port */
    IP_LITERAL, /* 192.0.2.1, 2001:db8::1, fe80::1%eth0 */
};

/* Whether it is an address of IPv6 (RFC 4291 section 2.2), without brackets and zone. */
bool ip_is_v6(const char *text, size_t len);

enum ip_form ip_form(const char *text, size_t len);

/* What is inside of IP_DRESSED: offset and length of the address, and the digits of the port (port_len 0: none). */
struct ip_dress {
    size_t address, address_len, port, port_len;
};
struct ip_dress ip_undress(const char *text, size_t len);

#endif
