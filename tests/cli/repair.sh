#!/bin/sh
# --repair: each kind of damage (testdata/repair/) with what comes out, the same for blocks of any size; statuses; what is no HAR
# stays refused; the ways of normalize; a file that would lose something is not replaced.
. "$(dirname "$0")/../lib.sh"
begin

for file in "$DATA"/repair/*.har; do
    name=$(basename "$file" .har)
    wanted=0
    case $name in
    broken-entry | bytes | cut-entry | numbers | trailing-bytes) wanted=1 ;; # something is lost
    esac
    for block in 1 7 65536; do
        run "$HARMILL" convert --repair --no-normalize -t har --block-size "$block" "$file"
        expect_status "$name: status, blocks of $block" "$wanted"
        expect_golden "$name: output, blocks of $block" "$DATA/repair/$name.out" "$T/out"
        cp "$T/err" "$T/err.$block"
    done
    expect_same "$name: findings of blocks of 1 and 65536" "$T/err.65536" "$T/err.1"
    run "$HARMILL" convert --repair --no-normalize -t har "$DATA/repair/$name.out"
    expect_status "$name: the output needs no repair" 0
    expect_same "$name: the output stays as it is" "$DATA/repair/$name.out" "$T/out"
    case $name in
    bom) ;;
    *)
        run "$HARMILL" normalize "$file"
        expect_status "$name: not without --repair" 1
        ;;
    esac
done

# What is whole passes byte for byte, with the same findings.
for file in "$DATA"/valid/*.har "$DATA"/shop.har; do
    name=$(basename "$file")
    [ "$name" != bom.har ] || continue
    run "$HARMILL" convert --no-normalize -t har "$file"
    mv "$T/out" "$T/plain"
    mv "$T/err" "$T/plain.err"
    run "$HARMILL" convert --repair --no-normalize -t har "$file"
    expect_same "$name: the same with --repair" "$T/plain" "$T/out"
    expect_same "$name: the same findings with --repair" "$T/plain.err" "$T/err"
done

# Broken captures, which without --repair are refused: JSON comes out, and what findings say of places is about the input.
for file in "$DATA"/broken/*.har; do
    name=$(basename "$file" .har)
    run "$HARMILL" normalize --repair "$file"
    [ "$status" -le 1 ] || not_ok "$name: status" "$(show_run)"
    if need_tool "$name: read by jq" jq; then
        expect_eq "$name: read by jq" object "$(jq -r type "$T/out" 2>&1)"
    fi
done
run "$HARMILL" normalize --repair --report "jsonl:$T/told" "$DATA/broken/missing-quote.har"
expect_contains "the place of a repair" "$T/told" '"line":41,"column":12'
expect_contains "what was done" "$T/told" 'the entry is left out'

# Packed input that ends too early: what was unpacked is saved.
gzip -c "$DATA/shop.har" | head -c 6000 >"$T/cut.har"
run "$HARMILL" normalize --repair "$T/cut.har"
expect_status "cut gzip: something is lost" 1
if need_tool "cut gzip: entries" jq; then
    entries=$(jq '.log.entries | length' "$T/out" 2>&1)
    if [ "$entries" -gt 3 ]; then ok "cut gzip: entries"; else not_ok "cut gzip: entries" "$entries"; fi
fi

# No HAR at all.
printf '\211PNG\r\n\032\n\0\0' >"$T/picture.har"
printf '<!DOCTYPE html><title>x</title>' >"$T/page.har"
printf 'no JSON at all' >"$T/words.har"
printf '{' >"$T/brace.har"
printf '{"log": tru' >"$T/cut-log.har"
: >"$T/empty.har"
for name in picture page words brace cut-log empty; do
    check_status "$name is refused" 1 "$HARMILL" normalize --repair "$T/$name.har"
    expect_empty "$name: nothing is written" "$T/out"
done
printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[]}}' >"$T/small.har"
check_status "XML is not repaired" 2 "$HARMILL" normalize --repair -f xml "$T/small.har"
expect_contains "and that is told" "$T/err" "--repair mends JSON only"

# The ways of normalize.
check_status "--check" 1 "$HARMILL" normalize --repair --check "$DATA/repair/trailing-commas.har"
check_status "--diff" 1 "$HARMILL" normalize --repair --diff "$DATA/repair/trailing-commas.har"
cp "$DATA/repair/trailing-commas.har" "$T/whole.har"
cp "$DATA/repair/cut-entry.har" "$T/losing.har"
check_status "-i without loss" 0 "$HARMILL" normalize --repair -i "$T/whole.har"
check_status "-i: valid now" 0 "$HARMILL" validate -q --fail-on error "$T/whole.har"
check_status "-i with loss is refused" 1 "$HARMILL" normalize --repair -i "$T/losing.har"
expect_same "-i with loss: the old file stays" "$DATA/repair/cut-entry.har" "$T/losing.har"
expect_contains "-i with loss: what to do" "$T/err" "--backup"

# The bound.
check_status "too many repairs" 1 "$HARMILL" normalize --repair --max-repairs 2 "$DATA/repair/trailing-commas.har" -o "$T/none.har"
expect_contains "the bound is named" "$T/err" "--max-repairs"
expect_eq "too many repairs: no output" no "$([ -e "$T/none.har" ] && echo yes || echo no)"
finish
