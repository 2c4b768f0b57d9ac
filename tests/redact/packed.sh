#!/bin/sh
# Bodies that are packed, or in UTF-16: searched and packed again in the same way, or told not to be searched. Bombs stay small, and
# so does the memory that one large body takes.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/redact

need_tool "packed bodies" node zstd jq base64 || finish
cd "$T" || exit 3
printf '{"user":"a","password":"%s","x":"%s"}' Qw7-vT2x_9LkZpR4 "$(yes text | head -n 100 | tr '\n' ' ')" >text
sed 's/Qw7-vT2x_9LkZpR4/redacted-password-1/' text >wanted

make_body() { # FORM HEADER
    case $1 in
    zstd*) zstd -qc >packed && node "$HERE/packed.js" make zstd "$2" <packed ;;
    *) node "$HERE/packed.js" make "$1" "$2" ;;
    esac
}

open_body() { # FORM FILE
    case $1 in
    zstd) node "$HERE/packed.js" open zstd "$2" | zstd -dqc ;;
    *) node "$HERE/packed.js" open "$1" "$2" | sed '1s/^\xef\xbb\xbf//' ;;
    esac
}

searched() { # FORM HEADER
    make_body "$1" "$2" <text >in.har
    run "$HARMILL" redact in.har -o out.har
    expect_status "$1: searched" 0
    expect_contains "$1: found" "$T/err" "1 secret in 1 place"
    open_body "$1" out.har >opened
    expect_same "$1: packed again" wanted opened
    "$HARMILL" redact -q out.har -o twice.har
    expect_same "$1: redacted again" out.har twice.har
}

unsearched() { # FORM HEADER FILE
    make_body "$1" "$2" <"$3" >in.har
    rm -f out.har
    run "$HARMILL" redact in.har -o out.har
    expect_status "$1, \"$2\", $3: not searched" 3
    [ ! -e out.har ] || not_ok "$1, $3: an output"
}

searched plain ""
searched plain br
searched gzip ""
searched utf16 ""
searched "utf16, big" ""
searched "utf16, no mark" ""
searched zstd ""
searched zstd zstd
searched brotli br
unsearched "brotli, cut" br text
unsearched "gzip twice" "" text
unsearched "utf16, cut" "" text

head -c 20000000 /dev/zero | tr '\0' ' ' >blanks
unsearched gzip "" blanks
unsearched zstd "" blanks
unsearched brotli br blanks
rm -f blanks

# ---- memory: times the size of the file

if [ -n "${SANITIZE-}" ]; then
    finish
fi
mebibytes=40

# What is repeated, up to so many bytes, and a secret.
fill() { # TEXT
    yes "$1" | tr -d '\n' | head -c $((mebibytes << 20))
    cat text
}

measured() { # NAME MOST
    size=$(wc -c <in.har)
    peak=$("$HARMILL_BUILD/bench-measure" 1 redact "$HARMILL redact -q --allow-unsearched -o out.har in.har" | cut -f 4)
    times=$(((peak - 10000) * 1024 * 100 / size))
    echo "memory: $1: $((times / 100)).$(printf %02d $((times % 100))) times the file"
    [ "$times" -le "$2" ] || not_ok "memory: $1" "$peak KiB for $size bytes"
    ok "memory: $1"
}

plain() { # TEXT
    fill "$1" | jq -cRs '{log: {version: "1.2", creator: {name: "a", version: "1"}, pages: [], entries: [], _note: .}}' >in.har
}

plain 'some words and a few more. '
measured "plain text" 340
plain '{"id":1,"name":"two"},'
measured "JSON" 340
plain '%41%42'
measured "percent escapes" 370
plain '\u0041'
measured "escapes twice" 340
fill 'some words and a few more. ' | make_body plain "" >in.har
measured "base64" 340
fill 'some words and a few more. ' | base64 | tr -d '\n' | make_body plain "" >in.har
measured "base64 of base64" 360
finish
