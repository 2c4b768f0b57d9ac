/* Parameters of queries and forms. */
#include "derive/query.h"

#include "util/text.h"

bool derive_parameter_next(struct har_text *rest, bool semicolons, struct derive_parameter *parameter)
{
    while (rest->len) {
        size_t len = text_find(*rest, '&');
        if (semicolons)
            len = text_find((struct har_text){rest->bytes, len}, ';');
        text_split(text_take(rest, len, len < rest->len), '=', &parameter->name, &parameter->value);
        if (parameter->name.len || parameter->value.len)
            return true;
    }
    return false;
}
