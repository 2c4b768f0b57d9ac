/* Remembers the memory failures that jansson and libxml2 swallow. The flag and the reserve are per thread and the only mutable
 * state of the library. */
#include "core/reserve.h"

#include <harmill/alloc.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#ifndef HARMILL_WITHOUT_XML
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#endif

static _Thread_local bool failed;
static _Thread_local void *reserve;
static _Thread_local size_t reserve_size;

static void *remember_malloc(size_t size)
{
    void *memory = malloc(size);
    if (memory || !size)
        return memory;
    failed = true;
    if (size > reserve_size)
        return NULL;
    memory = reserve;
    reserve = NULL;
    reserve_size = 0;
    return memory;
}

bool reserve_memory(size_t size)
{
    release_reserve();
    reserve = malloc(size);
    reserve_size = reserve ? size : 0;
    return reserve != NULL;
}

void release_reserve(void)
{
    free(reserve);
    reserve = NULL;
    reserve_size = 0;
}

#ifndef HARMILL_WITHOUT_XML
static void *remember_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size);
    if (!memory && size)
        failed = true;
    return memory;
}

static char *remember_strdup(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        failed = true;
    return copy;
}
#endif

#ifndef HARMILL_WITHOUT_XML
/* libxml2 prints when memory is short, unless somebody else takes the message; the flag is all that is needed. */
static void keep_quiet(void *user, const char *message, ...)
{
    (void)user;
    (void)message;
}
#endif

/* The seed is drawn here because jansson would otherwise draw it at first use, which is not safe between threads. */
void har_alloc_install(void)
{
    json_set_alloc_funcs(remember_malloc, free);
    json_object_seed(0);
#ifndef HARMILL_WITHOUT_XML
    xmlMemSetup(free, remember_malloc, remember_realloc, remember_strdup);
    xmlSetGenericErrorFunc(NULL, keep_quiet);
#endif
}

bool har_alloc_failed(void)
{
    return failed;
}

void har_alloc_reset(void)
{
    failed = false;
}
