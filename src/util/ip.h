/* Addresses of the Internet Protocol as text. */
#ifndef UTIL_IP_H
#define UTIL_IP_H

#include <stddef.h>

enum ip_form {
    IP_NOT,     /* no address */
    IP_DRESSED, /* an address in brackets or with a port */
    IP_LITERAL, /* 192.0.2.1, 2001:db8::1, fe80::1%eth0 */
};

enum ip_form ip_form(const char *text, size_t len);

#endif
