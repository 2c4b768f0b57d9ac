#!/bin/sh
# Packed input that is cut, damaged, a bomb, or more than one piece.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

has_zstd=
! "$HARMILL" list codings | grep '^zstd' | grep -qv 'not in this build' || has_zstd=yes
"$HARMILL" normalize "$SMALL" -o "$T/wanted.har"

# harmill's own packing, judged by the tools of the codings.
codings=gzip
for pair in gzip:har.gz zlib:zhar zstd:har.zst; do
    coding=${pair%%:*}
    file=$T/small.${pair#*:}
    [ "$coding" != zstd ] || [ -n "$has_zstd" ] || continue
    attempt "$HARMILL" normalize "$SMALL" -o "$file"
    expect_status "$coding is written" 0
    case $coding in
    gzip) need_tool "gzip" gzip && gzip -dc <"$file" >"$T/plain" ;;
    zlib)
        # A gzip header before the bytes of a zlib stream, without its own two and its checksum.
        codings="$codings zlib"
        need_tool "zlib" gzip && { printf '\037\213\010\000\000\000\000\000\000\003'; tail -c +3 "$file"; } | gzip -dc >"$T/plain" 2>/dev/null
        ;;
    zstd)
        codings="$codings zstd"
        need_tool "zstd" zstd && zstd -qdc <"$file" >"$T/plain"
        ;;
    esac
    expect_same "$coding unpacked by others" "$T/wanted.har" "$T/plain"
done
# And the tools' packing.
if need_tool "packed by gzip" gzip; then
    gzip -c "$SMALL" >"$T/small.har.gz"
fi
if [ -n "$has_zstd" ] && need_tool "packed by zstd" zstd; then
    zstd -qfc --check "$SMALL" >"$T/small.har.zst"
fi

expect_damaged() { # NAME FILE CODING
    expect_status "$1" 1
    if grep -q "^$2:[1-9][0-9]*:[1-9][0-9]*: error: .*$3.*\[compressed-data\]" "$T/out"; then
        ok "$1: told"
    else
        not_ok "$1: told" "$(show_run)"
    fi
}

mkdir "$T/folder"
cut_step=7
[ "${HARMILL_SAMPLE-}" != 1 ] || cut_step=35
for coding in $codings; do
    case $coding in
    gzip) file=$T/small.har.gz ;;
    zlib) file=$T/small.zhar ;;
    zstd) file=$T/small.har.zst ;;
    esac
    attempt "$HARMILL" normalize "$file" -o "$T/whole.har"
    expect_status "$coding: whole" 0
    expect_same "$coding: whole, the output" "$T/wanted.har" "$T/whole.har"
    size=$(wc -c <"$file")
    bad=$T/bad.${file##*/small.}

    # Cut; below 4 bytes nothing tells what it is.
    at=4
    while [ "$at" -lt "$size" ]; do
        head -c "$at" "$file" >"$bad"
        attempt "$HARMILL" validate --max-findings 0 "$bad"
        expect_damaged "$coding, cut at $at of $size" "$bad" "$coding"
        echo old >"$T/folder/out.har"
        attempt "$HARMILL" normalize "$bad" -o "$T/folder/out.har"
        expect_status "$coding, cut at $at of $size: normalize" 1
        expect_eq "$coding, cut at $at of $size: the old output" old "$(cat "$T/folder/out.har")"
        expect_files "$coding, cut at $at of $size" "$T/folder" out.har
        at=$((at + cut_step))
    done

    # A byte changed anywhere: noticed, or harmless (a name, a time stamp, an unused bit).
    at=0
    most=60
    [ "${HARMILL_SAMPLE-}" != 1 ] || most=30
    step=$(stride "$size" "$most")
    noticed=0
    while [ "$at" -lt "$size" ]; do
        {
            head -c "$at" "$file"
            tail -c +$((at + 1)) "$file" | head -c 1 | LC_ALL=C tr '\000-\377' '\001-\377\000'
            tail -c +$((at + 2)) "$file"
        } >"$bad"
        attempt "$HARMILL" normalize "$bad" -o "$T/folder/out.har"
        if [ "$status" -eq 1 ]; then
            noticed=$((noticed + 1))
            expect_eq "$coding, byte $at changed: the old output" old "$(cat "$T/folder/out.har")"
        elif expect_status "$coding, byte $at changed" 0; then
            expect_same "$coding, byte $at changed: not noticed, but harmless" "$T/wanted.har" "$T/folder/out.har"
            echo old >"$T/folder/out.har"
        fi
        at=$((at + step))
    done
    check_status "$coding: changes are noticed" 0 test "$noticed" -gt 10

    # The checksum: the last bytes but for gzip's length.
    back=1
    [ "$coding" != gzip ] || back=5
    {
        head -c $((size - back)) "$file"
        tail -c "$back" "$file" | head -c 1 | LC_ALL=C tr '\000-\377' '\001-\377\000'
        tail -c $((back - 1)) "$file"
    } >"$bad"
    attempt "$HARMILL" validate --max-findings 0 "$bad"
    expect_damaged "$coding, a wrong checksum" "$bad" "$coding"

    # What follows a whole stream.
    { cat "$file" && printf 'more'; } >"$bad"
    attempt "$HARMILL" validate --max-findings 0 "$bad"
    expect_damaged "$coding, followed by other bytes" "$bad" "$coding"
    { cat "$file" && head -c 5000 /dev/zero; } >"$bad"
    attempt "$HARMILL" validate -q "$bad"
    expect_status "$coding, filled up with zeros" 0
    # One document in two streams, cut inside a string.
    case $coding in
    gzip) pack='gzip -c' ;;
    zstd) pack='zstd -qc' ;;
    *) pack= ;;
    esac
    if [ -n "$pack" ]; then
        { head -c 1000 "$SMALL" | $pack && tail -c +1001 "$SMALL" | $pack; } >"$bad"
        attempt "$HARMILL" normalize "$bad" -o "$T/joined.har"
        expect_status "$coding, two streams" 0
        expect_same "$coding, two streams: the output" "$T/wanted.har" "$T/joined.har"
        { head -c 1000 "$SMALL" | $pack && tail -c +1001 "$SMALL" | $pack | head -c 40; } >"$bad"
        attempt "$HARMILL" validate --max-findings 0 "$bad"
        expect_damaged "$coding, the second stream is cut" "$bad" "$coding"
    fi
    # Packed twice is not unpacked twice.
    if [ -n "$pack" ]; then
        $pack <"$file" >"$bad"
        attempt "$HARMILL" validate "$bad"
        expect_status "$coding, packed twice" 1
    fi
done

# ---- bombs

bomb() { # NAME FILE CODING
    attempt "$HARMILL" validate "$2"
    expect_damaged "$1" "$2" "$3"
    expect_contains "$1: the option" "$T/out" "max-decoded-ratio"
    # Small memory is enough for it, and the bound can be moved.
    if [ "${SANITIZE-}" = "" ]; then
        attempt sh -c 'ulimit -v 131072; exec "$HARMILL" validate "$@"' sh "$2"
        expect_status "$1, in 128 MiB" 1
    fi
}
size=268435456 # more than the memory that it may take
[ "${HARMILL_LONG-}" != 1 ] || size=1073741824
[ "${HARMILL_SAMPLE-}" != 1 ] || size=104857600
if need_tool "a bomb" gzip; then
    # White space: as zeros it would end at the first byte.
    { cat "$SMALL" && head -c "$size" /dev/zero | tr '\0' ' '; } | gzip -c >"$T/bomb.har.gz"
    bomb "a bomb of white space" "$T/bomb.har.gz" gzip
    attempt "$HARMILL" validate --max-decoded-ratio 1000000 "$T/bomb.har.gz"
    expect_status "a bomb that is allowed" 0
    attempt "$HARMILL" validate --max-decoded-ratio 1000000 --max-decoded-bytes 50M "$T/bomb.har.gz"
    expect_damaged "a bomb that is too large" "$T/bomb.har.gz" gzip
    expect_contains "a bomb that is too large: the option" "$T/out" "max-decoded-bytes"
    head -c "$size" /dev/zero | gzip -c >"$T/zeros.har.gz"
    attempt "$HARMILL" validate "$T/zeros.har.gz"
    expect_status "a bomb of zeros" 1
    { printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[],"_x":"'; head -c "$size" /dev/zero | tr '\0' x; } | gzip -c >"$T/bomb.har.gz"
    bomb "a bomb of a string" "$T/bomb.har.gz" gzip
fi
if [ -n "$has_zstd" ] && need_tool "a bomb of zstd" zstd; then
    { cat "$SMALL" && head -c "$size" /dev/zero | tr '\0' ' '; } | zstd -qc >"$T/bomb.har.zst"
    bomb "a bomb of zstd" "$T/bomb.har.zst" zstd
    # A frame that asks for a window of gigabytes.
    zstd -qc --ultra -22 --long=31 <"$SMALL" >"$T/window.har.zst" 2>/dev/null
    attempt "$HARMILL" validate "$T/window.har.zst"
    if [ "$status" -le 1 ]; then
        ok "a large window"
    else
        not_ok "a large window" "$(show_run)"
    fi
fi
finish_faults
