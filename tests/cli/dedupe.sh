#!/bin/sh
# --dedupe: entries that are the same as an earlier one.
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$DATA/shop.har" shop.har
"$HARMILL" normalize -q shop.har -o clean.har

check_status "no two are the same" 0 "$HARMILL" normalize -q --check --dedupe clean.har
if need_tool "doubles" jq; then
    # Every entry four times, half of them with other members first; twice, spelled in two ways.
    jq '.log.entries |= [.[], .[] | ., ({timings, response} + .)]' shop.har >four.har
    jq -c '.log.entries[]' shop.har >plain
    jq -a -c '.log.entries[]' shop.har >escaped
    jq -c 'del(.log.entries)' shop.har | sed 's/}}$/,"entries":[/' | tr -d '\n' >twice.har
    { cat plain escaped | paste -s -d , - && echo ']}}'; } >>twice.har
    for file in four.har twice.har; do
        check_status "$file" 0 "$HARMILL" normalize -q --dedupe $file -o out.har
        expect_same "$file" clean.har out.har
        run "$HARMILL" normalize -q --dedupe --keep-order $file
        expect_same "$file: the first one stays" clean.har "$T/out"
    done
    run "$HARMILL" normalize -v --dedupe four.har -o out.har
    expect_contains "-v" "$T/err" "four.har: 141 left out by --dedupe, 47 written"
    run "$HARMILL" normalize -v --dedupe --filter 'status==404' four.har -o out.har
    expect_contains "-v with a filter" "$T/err" "four.har: 184 left out by --filter or --page, 3 left out by --dedupe, 1 written"
    check_status "--check" 1 "$HARMILL" normalize -q --check --dedupe twice.har
    cp twice.har place.har
    check_status "-i" 0 "$HARMILL" normalize -q -i --dedupe place.har
    expect_same "-i" clean.har place.har
    # Each input for itself.
    mkdir in
    cp shop.har in/a.har
    cp shop.har in/b.har
    check_status "two inputs" 0 "$HARMILL" normalize -q --dedupe in -o made/
    expect_same "two inputs: the second" clean.har made/b.har

    # Another time, page or address is another entry; what is left out of both makes them the same.
    jq '.log.entries |= [.[0], (.[0] | .startedDateTime = "2026-03-02T09:14:07.251Z"), (.[0] | .pageref = "page_2"), (.[0] | ._x = 1)]' \
        shop.har >other.har
    "$HARMILL" normalize -q --dedupe other.har -o out.har
    expect_eq "differences" 4 "$(jq '.log.entries | length' out.har)"
    "$HARMILL" normalize -q --dedupe --drop-custom other.har -o out.har
    expect_eq "differences that were left out" 3 "$(jq '.log.entries | length' out.har)"
fi
finish
