/* libcurl, loaded when the first client is made. */
#include "cloudflare/curl.h"

#ifndef HARMILL_WITHOUT_CURL

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY       "libcurl.so.4"
#define PACKAGE       "libcurl4"
#define LEAST_VERSION 0x075500 /* CURLOPT_PROTOCOLS_STR */
#define LEAST_TEXT    "7.85"

static const struct {
    const char *name;
    size_t at; /* of the function's pointer */
} functions[] = {
#define FUNCTION_ROW(name) {"curl_" #name, offsetof(struct cloudflare_curl, name)},
    CLOUDFLARE_CURL_FUNCTIONS(FUNCTION_ROW)
#undef FUNCTION_ROW
};

/* A pointer to data becomes one to a function by its bytes: C has no other way. */
static bool find_functions(struct cloudflare_curl *curl)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *address = dlsym(curl->library, functions[i].name);
        if (!address)
            return false;
        memcpy((char *)curl + functions[i].at, &address, sizeof address);
    }
    return true;
}

static enum har_status check_version(struct cloudflare_curl *curl, struct har_error *error)
{
    const curl_version_info_data *info = curl->version_info(CURLVERSION_NOW);
    curl->version = info->version;
    if (info->version_num < LEAST_VERSION)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, ENOSYS,
                             "inputs from the network need libcurl " LEAST_TEXT " or newer, and this is %s", info->version);
    if (!(info->features & CURL_VERSION_SSL))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, ENOSYS, "the libcurl of this system knows no TLS");
    return HAR_OK;
}

/* The library stays where it is when its last user is gone: it and the TLS library below it do not promise to be removable. */
static enum har_status load(struct cloudflare_curl *curl, struct har_error *error)
{
    curl->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!curl->library)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, ENOENT,
                             "inputs from the network need " LIBRARY ", which cannot be loaded (Debian package: " PACKAGE ")");
    if (!find_functions(curl))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, ENOSYS,
                             "inputs from the network need libcurl " LEAST_TEXT " or newer, and the " LIBRARY
                             " here lacks functions");
    const enum har_status status = check_version(curl, error);
    if (status != HAR_OK)
        return status;
    curl->begun = curl->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return curl->begun ? HAR_OK : har_error_memory(error);
}

enum har_status cloudflare_curl_load(struct cloudflare_curl **curl, struct har_error *error)
{
    *curl = NULL;
    struct cloudflare_curl *loaded = calloc(1, sizeof *loaded);
    if (!loaded)
        return har_error_memory(error);
    const enum har_status status = load(loaded, error);
    if (status == HAR_OK)
        *curl = loaded;
    else
        cloudflare_curl_unload(loaded);
    return status;
}

void cloudflare_curl_unload(struct cloudflare_curl *curl)
{
    if (!curl)
        return;
    if (curl->begun)
        curl->global_cleanup();
    if (curl->library)
        dlclose(curl->library);
    free(curl);
}

#else

enum har_status cloudflare_curl_load(struct cloudflare_curl **curl, struct har_error *error)
{
    *curl = NULL;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, CLOUDFLARE_NO_CURL);
}

void cloudflare_curl_unload(struct cloudflare_curl *curl)
{
    (void)curl;
}

#endif
