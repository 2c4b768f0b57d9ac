/* Places of the repaired text become places of the input: pieces, between whose beginnings both texts have the same bytes. */
#include <stdlib.h>

#include "repair/internal.h"
#include "util/position.h"

/* A piece begins where the repaired text is now. One that only left something out is replaced by the next at the same place. */
bool repair_map_add(struct repair *r, struct har_place before, struct har_place after, const char *ins, size_t len)
{
    struct har_place columns = {0, 1, 1};
    struct repair_piece *last = r->piece_count ? &r->piece[r->piece_count - 1] : NULL;
    if (!last || last->ins || last->repaired.offset != r->repaired.offset) {
        if (r->piece_count == r->piece_cap) {
            const size_t cap = r->piece_cap ? r->piece_cap * 2 : 64;
            struct repair_piece *grown = realloc(r->piece, cap * sizeof *grown);
            if (!grown)
                return false;
            r->piece = grown;
            r->piece_cap = cap;
        }
        last = &r->piece[r->piece_count++];
    }
    if (len)
        position_advance(&columns, ins, len);
    *last = (struct repair_piece){r->repaired, before, after, len, columns.column - 1};
    r->repaired.offset += len;
    r->repaired.column += columns.column - 1;
    return true;
}

/* The last piece that begins at or before `offset`. */
static const struct repair_piece *find_piece(const struct repair *r, uint64_t offset)
{
    size_t low = 0, high = r->piece_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (r->piece[middle].repaired.offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &r->piece[low - 1] : NULL;
}

static struct har_place original(const struct repair *r, struct har_place place)
{
    const struct repair_piece *piece = find_piece(r, place.offset);
    if (!piece)
        return place;
    if (place.offset < piece->repaired.offset + piece->ins)
        return piece->before;
    struct har_place found = piece->after;
    found.offset += place.offset - piece->repaired.offset - piece->ins;
    found.line += place.line - piece->repaired.line;
    if (place.line == piece->repaired.line)
        found.column += place.column - piece->repaired.column - piece->ins_columns;
    else
        found.column = place.column;
    return found;
}

void repair_before(void *repair, struct har_finding *finding)
{
    struct repair *r = repair;
    if (r->telling)
        return;
    const struct har_place from = finding->place;
    finding->place = original(r, from);
    finding->end = finding->end.offset == from.offset ? finding->place : original(r, finding->end);
    if (finding->end.offset < finding->place.offset) /* pieces whose order was changed */
        finding->end = finding->place;
    repair_tell_until(r, finding->place.offset);
}
