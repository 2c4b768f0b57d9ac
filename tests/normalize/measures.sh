#!/bin/sh
# What normalize works out about times, sizes and types, over the captures in Cloudflare's documented shape and over whole ones
# from which it was cut, beside the same worked out by a script and beside the truth.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "measures" node || finish
need_shared "measures" cloudflare/full || finish

numbers() { # WHAT BEFORE AFTER
    node "$ROOT/tests/normalize/measures.js" "$1" "$2" "$3" >>"$T/$1" || not_ok "$2: counted"
}

for full in "$HARMILL_SHARED"/cloudflare/full/*.har; do
    name=$(basename "$full")
    before=$HARMILL_SHARED/cloudflare/documented-shape/$name
    check_status "$name: documented shape" 0 "$HARMILL" normalize -q --keep-order "$before" -o "$T/after.har"
    numbers shape "$before" "$T/after.har"
    node "$ROOT/tests/normalize/measures.js" cut "$full" >"$T/cut.har"
    check_status "$name: cut" 0 "$HARMILL" normalize -q --keep-order "$T/cut.har" -o "$T/after.har"
    numbers truth "$full" "$T/after.har"
    check_status "$name: normalize again" 0 "$HARMILL" normalize -q --keep-order "$T/after.har" -o "$T/again.har"
    expect_same "$name: normalize again" "$T/after.har" "$T/again.har"
    "$HARMILL" normalize -q --keep-order --no-derive "$T/cut.har" -o "$T/after.har"
    expect_lacks "$name: --no-derive works nothing out" "$T/after.har" "derived by harmill"
    expect_eq "$name: --no-derive leaves time out" 0 "$(grep -c '^        "time":' "$T/after.har")"
done

count() { # WHAT NAME
    awk -F '\t' -v name="$2" '$1 == name { sum += $2 } END { print sum + 0 }' "$T/$1"
}

all() { # WHAT NAME [OF]
    expect_eq "$1: $2" "$(count "$1" "${3:-entries}")" "$(count "$1" "$2")" && echo "$1: $2: $(count "$1" "$2")"
}

at_least() { # NAME COUNT OF
    found=$(count truth "$1")
    [ "$found" -ge "$2" ] || not_ok "$1: $found, less than $2"
    echo "truth: $1: $found of $(count truth "$3")"
}

expect_eq "entries" 1677 "$(count shape entries)"
expect_eq "cut entries" 1677 "$(count truth entries)"
for name in 'send, wait and receive are 0 and more' 'time is the sum' 'time is what it was' 'only the total is claimed' \
    'the comment says so' 'sizes and types are there'; do
    all shape "$name"
done
for name in 'time as worked out here' 'size as worked out here' 'mimeType as worked out here' 'time as it was'; do
    all truth "$name"
done
all truth 'status 204 and 304: bodySize 0' 'status 204 and 304'
# The truth here is chrome-har's, which leaves the charset out of mimeType and counts what came before an abort.
at_least 'size as it was, of bodies sent uncompressed' 1002 'bodies sent uncompressed'
at_least 'mimeType as it was' 1244 entries
finish
