#!/bin/sh
# Whatever the size of the blocks that an input is read in: the same findings with the same places, the same output. A run reads
# many captures, those that need options of their own alone.
. "$(dirname "$0")/../lib.sh"
begin

sizes='1 2 3 7 31 65536'

# Findings of FILES in $T/found, what is written of them in $T/written, both statuses in $statuses.
read_all() { # FILE...; with $options
    # shellcheck disable=SC2086 # a list of options
    run "$HARMILL" validate --report jsonl --show info $options "$@"
    mv "$T/out" "$T/found"
    statuses=$status
    rm -rf "$T/written"
    mkdir "$T/written"
    # shellcheck disable=SC2086 # a list of options
    run "$HARMILL" normalize -q $options "$@" -o "$T/written/"
    statuses="$statuses $status"
}

compare() { # NAME FILE...; with the options in $own
    name=$1
    shift
    options=$own
    read_all "$@"
    wanted=$statuses
    mv "$T/found" "$T/found.wanted"
    rm -rf "$T/written.wanted"
    mv "$T/written" "$T/written.wanted"
    for size in $sizes; do
        options="--block-size $size $own"
        read_all "$@"
        expect_eq "$name, blocks of $size: status" "$wanted" "$statuses"
        expect_same "$name, blocks of $size: findings" "$T/found.wanted" "$T/found"
        diff -rq "$T/written.wanted" "$T/written" >"$T/differ"
        expect_empty "$name, blocks of $size: outputs" "$T/differ"
    done
}

# A folder of links, whose names say where the files lie: outputs with the same name would get into each other's way.
mkdir "$T/plain"
for file in "$DATA"/valid/*.har "$DATA"/hostile/*.har "$DATA"/invalid/*/*.har "$DATA"/invalid/*/*.xml "$DATA"/*.har; do
    [ -f "${file%/*}/options" ] || ln -s "$file" "$T/plain/$(printf '%s' "${file#"$DATA"/}" | tr / -)"
done
own=
compare "without options" "$T/plain"/*
[ "$(find "$T/written.wanted" -type f | wc -l)" -gt 300 ] || not_ok "captures are written"
for options in "$DATA"/invalid/*/options; do
    folder=${options%/options}
    own=$(cat "$options")
    compare "${folder##*/}" "$folder"/*.har
done
finish
