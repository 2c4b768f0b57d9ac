#!/bin/sh
# Captures that break the grammar of JSON (testdata/broken/): what is said, where, and that everything whole is judged, whatever
# the size of the blocks. Nothing is written of them.
. "$(dirname "$0")/../lib.sh"
begin

for file in "$DATA"/broken/*.har; do
    name=$(basename "$file" .har)
    for block in 1 2 3 7 31 65536; do
        status=0
        "$HARMILL" validate -v --block-size "$block" --stdin-name "$name.har" - <"$file" >"$T/told" 2>&1 || status=$?
        expect_status "$name: status, blocks of $block" 1
        expect_golden "$name: blocks of $block" "$DATA/broken/$name.out" "$T/told"
    done
    echo old >"$T/old"
    echo old >"$T/output"
    run "$HARMILL" normalize -q "$file" -o "$T/output"
    expect_status "$name is not normalized" 1
    expect_same "$name: the old output stays" "$T/old" "$T/output"
done
finish
