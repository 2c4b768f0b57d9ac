#!/bin/sh
# Captures made to be slow for what normalizing does: twice the size takes at most two and a half times the time, and memory in proportion; what
# was written is normalized already. Then merges of very many pages and splits into very many parts.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

measure=$HARMILL_BUILD/bench-measure
[ -x "$measure" ] || {
    lacking "slow captures" "$measure"
    finish_faults
}
count=50000
[ "${HARMILL_SAMPLE-}" != 1 ] || count=5000
slack=0.3 # seconds that a noisy machine may add
memory_factor=16
memory_base=65536

# The columns of bench-measure: name, CPU seconds, wall seconds, KiB, ratio, status.
judge() { # NAME SIZE [KIB THAT ARE ALLOWED BESIDES]
    judged=$(awk -F'\t' -v slack="$slack" -v factor="$memory_factor" -v base=$((memory_base + ${3-0})) -v size="$2" \
        -v memory="$([ "${SANITIZE-}" != "" ] || echo 1)" '
        NR == 1 { first = $2 }
        $6 > 0 { print $1 ": status " $6 }
        NR == 2 && $2 > 2.5 * first + slack { print "not linear: " first " s, " $2 " s" }
        memory && $4 > base + factor * size / 1024 { print $1 ": " $4 " KiB for " size " bytes" }
        END { if (NR < 2) print "measured: " NR }' "$T/measured")
    expect_eq "$1" "" "$judged"
    echo "$1: $2 bytes, $(awk -F'\t' '{ printf "%s%s %.2f s %d MiB", (NR > 1 ? ", " : ""), $1, $2, $4 / 1024 }' "$T/measured")"
}

try() { # SHAPE
    shape=$1
    for n in $count $((2 * count)); do
        awk -v shape="$shape" -v n="$n" -f "$ROOT/tests/fault/shapes.awk" >"$T/$n.har"
    done
    attempt "$measure" 1 half "$HARMILL normalize -q $T/$count.har -o $T/half.har" \
        whole "$HARMILL normalize -q $T/$n.har -o $T/new.har" \
        no-derive "$HARMILL normalize -q --no-derive $T/$n.har -o $T/half.har" \
        check "$HARMILL normalize -q --check $T/new.har"
    cp "$T/out" "$T/measured"
    judge "$shape" "$(wc -c <"$T/$n.har")"
    rm -f "$T"/*.har
}

for shape in cookie-header set-cookie-alone ampersands plus headers headers-odd content-types strays strays-between nameless duplicates \
    custom-duplicates custom-names names-with-nul names-taken base64-size base64-breaks base64-slashes date-digits date-blanks date-words \
    date-fraction params form-percent long-url dots; do
    try "$shape"
done

# ---- merges: as many pages as entries, the same ids in each capture

pages=10000
[ "${HARMILL_LONG-}" != 1 ] || pages=50000
[ "${HARMILL_SAMPLE-}" != 1 ] || pages=1000
for n in $pages $((2 * pages)); do
    for shape in pages-used pages-used-last; do
        awk -v shape="$shape" -v n="$n" -f "$ROOT/tests/fault/shapes.awk" >"$T/$shape-$n.har"
    done
done
attempt "$measure" 1 half "$HARMILL normalize -q --merge $T/pages-used-$pages.har $T/pages-used-last-$pages.har -o $T/new.har" \
    whole "$HARMILL normalize -q --merge $T/pages-used-$n.har $T/pages-used-last-$n.har -o $T/new.har" \
    dedupe "$HARMILL normalize -q --merge --dedupe $T/pages-used-$n.har $T/pages-used-last-$n.har -o $T/new.har"
cp "$T/out" "$T/measured"
judge "merge of many pages" "$(cat "$T/pages-used-$n.har" "$T/pages-used-last-$n.har" | wc -c)"
rm -f "$T"/*.har

# ---- splits: more hosts than there may be parts

awk 'BEGIN {
    printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < 100000; i++) printf "%s{\"request\":{\"url\":\"http://h%d.example/\"}}", i ? ",\n" : "", i
    print "]}}" }' >"$T/hosts.har"
mkdir "$T/folder"
attempt "$HARMILL" normalize -q --split host "$T/hosts.har" -o "$T/folder/parts"
expect_status "too many hosts" 3
expect_one_message "too many hosts" "$T/err"
expect_contains "too many hosts: why" "$T/err" "would be split into more than 65536 parts"
expect_files "too many hosts" "$T/folder"
finish_faults
