/* Preloaded into the program: no name server answers for 20 seconds, and then without a result. What is an address already is
 * resolved as always. */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

typedef int resolve(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found);

enum { SILENCE = 20 };

__attribute__((visibility("default"))) int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                                                       struct addrinfo **found)
{
    struct in_addr address;
    resolve *real;
    void *symbol = dlsym(RTLD_NEXT, "getaddrinfo");
    memcpy(&real, &symbol, sizeof real);
    if (!node || inet_pton(AF_INET, node, &address) == 1)
        return real(node, service, hints, found);
    sleep(SILENCE);
    return EAI_AGAIN;
}
