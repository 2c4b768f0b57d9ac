/* Remembers the memory failures that jansson swallows. The flag is per thread and the only mutable state of the library. */
#include <harmill/alloc.h>

#include <jansson.h>
#include <stdlib.h>

static _Thread_local bool failed;

static void *remember_malloc(size_t size)
{
    void *memory = malloc(size);
    if (!memory && size)
        failed = true;
    return memory;
}

/* The seed is drawn here because jansson would otherwise draw it at first use, which is not safe between threads. */
void har_alloc_install(void)
{
    json_set_alloc_funcs(remember_malloc, free);
    json_object_seed(0);
}

bool har_alloc_failed(void)
{
    return failed;
}

void har_alloc_reset(void)
{
    failed = false;
}
