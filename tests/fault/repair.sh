#!/bin/sh
# 10,000 damaged captures (a bit flipped, a byte replaced, cut, a range left out or doubled) are repaired: each ends soon, what is
# written is JSON to jansson, blocks of 1, 7 and 65536 bytes give the same output and findings, and entries that the damage did not
# touch come out as they were. Then texts made to be slow, within bounds of time and memory.
. "$(dirname "$0")/../lib.sh"
begin

# A condition that is a failure when it does not hold.
holds() { # NAME DETAILS CONDITION...
    holds_name=$1
    holds_details=$2
    shift 2
    if "$@"; then
        ok "$holds_name"
    else
        not_ok "$holds_name" "$holds_details"
    fi
}

few=1
[ "${HARMILL_SAMPLE-}" != 1 ] || few=20
DAMAGE=$HARMILL_BUILD/tests/damage

# Lost are entries outside the damage that are not in the output. A damage can make an untouched neighbour part of something else (an
# opened quote swallows its first brace), and where it hits what lies around the entries (their key, their bracket) more than one.
damage() { # FILE CASES MOST-LOST-PER-1000
    name=$(basename "$1")
    run "$DAMAGE" "$1" 0 $(($2 / few))
    if ! expect_status "$name: $2 cases" 0; then
        return
    fi
    set -- "$3" "$(sed -n 's/^entries: \([0-9]*\) untouched.*/\1/p' "$T/out")" \
        "$(sed -n 's/^entries: .* untouched, \([0-9]*\) lost.*/\1/p' "$T/out")" \
        "$(sed -n 's/^damage: .* slowest \([0-9]*\)\..*/\1/p' "$T/out")"
    holds "$name: entries were compared" "" [ "$2" -gt 0 ]
    holds "$name: of $2 untouched entries $3 were lost" "$(cat "$T/out")" [ $(($3 * 1000)) -le $(($1 * $2 + 2000)) ]
    holds "$name: the slowest case took $4 s" "" [ "$4" -lt 10 ]
}

damage "$ROOT/tests/fault/small.har" 2500 10
damage "$DATA/valid/pages-last.har" 2000 10
damage "$DATA/valid/one-line.har" 2000 10
damage "$DATA/cloudflare-documented.har" 2000 5
damage "$DATA/valid/all-members.har" 1000 30
damage "$DATA/shop.har" 500 1

# Every text of JSONTestSuite that is no JSON ends with JSON or without output.
if need_shared "JSONTestSuite" jsontestsuite/test_parsing && need_tool "JSONTestSuite" jq; then
    for file in "$HARMILL_SHARED"/jsontestsuite/test_parsing/n_*.json; do
        name=$(basename "$file")
        rm -f "$T/output"
        run "$HARMILL" normalize --repair "$file" -o "$T/output"
        holds "$name: status" "$(show_run)" [ "$status" -le 1 ]
        [ ! -e "$T/output" ] || jq -e . "$T/output" >/dev/null 2>&1 || not_ok "$name: the output is no JSON"
    done
fi

# A megabyte of each: candidates for an entry that never are one, brackets, quotes, comments without end.
size=1000000
[ "$few" -eq 1 ] || size=50000
slow() { # NAME PIECE
    awk -v piece="$2" -v size="$size" 'BEGIN {
        printf "%s", "{\"log\":{\"entries\":[{\"request\":1}"
        for (len = 0; len < size; len += length(piece)) printf "%s", piece }' >"$T/slow.har"
    run timeout 60 "$HARMILL" normalize --repair -q "$T/slow.har" -o "$T/slow.out"
    holds "$1: ends" "$(show_run)" [ "$status" -le 1 ]
}
slow "entries that do not end" ',{"request":'
slow "arrays that do not end" ',{"request":[1'
slow "strings that do not end" ',{"request":"'
slow "objects that do not end" ',{"request":1,"a":{"b":1'
slow "entries in strings" '"{"request":0,"x":",{"request":"'
slow "entries in entries" ',{"request":{},"response":{},"a":[{"request":{},"response":{},"b":['
slow "broken entries" ',{"request":{},"response":x}'
slow "commas" ','
slow "braces" '}'
slow "brackets" ']'
slow "comments" '/*'
slow "single quotes" "'"
finish
