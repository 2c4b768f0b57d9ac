#!/bin/sh
# --merge: several captures become one. jq says what must be in it.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "merging" jq || finish
cd "$T" || exit 3

# What the merged capture must be, from its inputs as normalize writes each of them alone.
merges() { # NAME FILE...
    merges_name=$1
    shift
    rm -rf alone
    mkdir alone
    count=0
    for file in "$@"; do
        count=$((count + 1))
        "$HARMILL" normalize -q --keep-order "$file" -o "alone/$(printf %03d $count).har" ||
            not_ok "$merges_name: $file alone"
    done
    check_status "$merges_name" 0 "$HARMILL" normalize -q --merge --keep-order "$@" -o merged.har || return
    jq -c '.log.entries[] | del(.pageref)' alone/*.har >wanted
    jq -c '.log.entries[] | del(.pageref)' merged.har >got
    expect_same "$merges_name: entries" wanted got
    jq -c '.log.pages[]? | del(.id)' alone/*.har >wanted
    jq -c '.log.pages[]? | del(.id)' merged.har >got
    expect_same "$merges_name: pages" wanted got
    # How many entries each page has, and how many have none: the same before and after.
    # shellcheck disable=SC2016 # variables of jq
    pages='[.log.entries[].pageref] as $refs | (.log.pages // [])[] | .id as $id | [$refs[] | select(. == $id)] | length'
    # shellcheck disable=SC2016
    strays='[(.log.pages // [])[].id] as $ids | .log.entries[].pageref | select(. as $ref | $ids | index([$ref]) | not) | type'
    jq -c "$pages" alone/*.har >wanted
    jq -c "$pages" merged.har >got
    expect_same "$merges_name: entries of each page" wanted got
    jq -c "$strays" alone/*.har >wanted
    jq -c "$strays" merged.har >got
    expect_same "$merges_name: entries without page" wanted got
    "$HARMILL" normalize -q --merge "$@" -o sorted.har
    expect_eq "$merges_name: sorted" "$(jq -cS '.log.entries[]' merged.har | sort | cksum)" \
        "$(jq -cS '.log.entries[]' sorted.har | sort | cksum)"
    check_status "$merges_name: merged is canonical" 0 "$HARMILL" normalize --check sorted.har
    if "$HARMILL" validate -q alone/*.har 2>/dev/null; then
        check_status "$merges_name: merged is valid" 0 "$HARMILL" validate merged.har
    fi
}

different() { # NAME FILE: no two pages of FILE have one id
    expect_eq "$1: ids" true "$(jq '[.log.pages[]?.id] | length == (unique | length)' "$2")"
}

merges "one capture three times" "$DATA/shop.har" "$DATA/shop.har" "$DATA/shop.har"
different "one capture three times" merged.har
expect_eq "one capture three times: ids" "page_1 page_2 page_3 page_1-2 page_2-2 page_3-2 page_1-3 page_2-3 page_3-3" \
    "$(jq -r '[.log.pages[].id] | join(" ")' merged.har)"
expect_eq "the logs agree: the creator stays" "$(jq -c .log.creator "$DATA/shop.har")" "$(jq -c .log.creator merged.har)"
merges "different ones" "$DATA/shop.har" "$DATA/ticket.har" "$DATA/cloudflare-documented.har"
expect_eq "different ones: creator" '["harmill","merged from 3 captures"]' "$(jq -c '.log.creator | [.name, .comment]' merged.har)"
expect_eq "different ones: each capture's own creator" "$(jq -c '.log.creator' alone/*.har)" "$(jq -c '.log._merged[].log.creator' merged.har)"
expect_eq "different ones: each capture's number of entries" "$(jq '.log.entries | length' alone/*.har)" \
    "$(jq '.log._merged[].entries' merged.har)"
expect_eq "version" '"1.2"' "$(jq .log.version merged.har)"
expect_lacks "no names of files" merged.har "$DATA"
expect_lacks "no names of files" merged.har ticket.har
turn=0
for file in "$DATA"/valid/*.har; do
    turn=$((1 - turn))
    case ${HARMILL_SAMPLE-}$turn in 10) ;; *) merges "shop.har and ${file##*/}" "$DATA/shop.har" "$file" ;; esac
    case ${HARMILL_SAMPLE-}$turn in 11) ;; *) merges "${file##*/} twice" "$file" "$file" ;; esac
done
every=15
[ "${HARMILL_LONG-}" != 1 ] || every=1
[ "${HARMILL_SAMPLE-}" != 1 ] || every=60
if need_shared "captures of others" corpus; then
    find "$HARMILL_SHARED/corpus" -name '*.har' -size -500k | LC_ALL=C sort | awk -v every="$every" 'NR % every == 1 || every == 1' >files
    while read -r file; do
        "$HARMILL" normalize -q "$file" -o one.har 2>/dev/null || continue
        jq empty one.har 2>/dev/null || continue
        merges "shop.har and ${file##*/}" "$DATA/shop.har" "$file"
    done <files
fi

# ---- one input, no entries, other writers

"$HARMILL" normalize -q "$DATA/shop.har" -o wanted.har
check_status "one input" 0 "$HARMILL" normalize --merge "$DATA/shop.har" -o one.har
expect_same "one input is itself" wanted.har one.har
run sh -c '"$HARMILL" normalize --merge <"$DATA/shop.har"'
expect_same "stdin alone" wanted.har out
printf '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}' >empty.har
check_status "an empty one" 0 "$HARMILL" normalize -q --merge "$DATA/shop.har" empty.har -o one.har
expect_eq "an empty one: entries" "$(jq -cS '.log.entries, .log.pages' wanted.har)" "$(jq -cS '.log.entries, .log.pages' one.har)"
check_status "two empty ones" 0 "$HARMILL" normalize -q --merge --indent 0 empty.har empty.har -o one.har
"$HARMILL" normalize -q --indent 0 empty.har -o wanted.har
expect_same "two empty ones: the same" wanted.har one.har
"$HARMILL" normalize -q --merge "$DATA/shop.har" "$DATA/ticket.har" -o wanted.har
if "$HARMILL" list formats --json | grep -q '"name": "xml".*"built": true'; then
    check_status "as XML" 0 "$HARMILL" convert -q --merge -t xml "$DATA/shop.har" "$DATA/ticket.har" -o m.xml
    check_status "as XML: read back" 0 "$HARMILL" convert -q m.xml -o back.har
    expect_same "as XML" wanted.har back.har
    check_status "XML and JSON" 0 "$HARMILL" convert -q "$DATA/ticket.har" -o ticket.xml
    check_status "XML and JSON" 0 "$HARMILL" normalize -q --merge "$DATA/shop.har" ticket.xml -o back.har
    expect_same "XML and JSON" wanted.har back.har
fi
run sh -c '"$HARMILL" normalize -q --merge "$DATA/shop.har" - <"$DATA/ticket.har"'
expect_status "stdin as the second, to stdout" 0
expect_same "stdin as the second, to stdout" wanted.har out
for size in 1 7 100000; do
    run "$HARMILL" normalize -q --merge --block-size $size "$DATA/shop.har" "$DATA/ticket.har"
    expect_same "blocks of $size" wanted.har out
done
if need_tool "packed" gzip; then
    gzip -nc "$DATA/ticket.har" >ticket.har.gz
    check_status "packed" 0 "$HARMILL" normalize -q --merge "$DATA/shop.har" ticket.har.gz -o m.har.gz
    gzip -dc m.har.gz >m.har
    expect_same "packed" wanted.har m.har
fi
mkdir in
cp "$DATA/shop.har" in/1.har
cp "$DATA/ticket.har" in/2.har
check_status "a folder" 0 "$HARMILL" normalize -q --merge in -o m.har
expect_same "a folder" wanted.har m.har
check_status "into one of the inputs" 0 "$HARMILL" normalize -q --merge in/1.har in/2.har -o in/1.har
expect_same "into one of the inputs" wanted.har in/1.har
check_status "without custom members" 0 "$HARMILL" normalize -q --merge --drop-custom "$DATA/shop.har" "$DATA/ticket.har" -o m.har
expect_eq "without custom members" null "$(jq -c .log._merged m.har)"

# ---- over all inputs: what was there before is left out, entries and pages

"$HARMILL" normalize -q "$DATA/shop.har" -o wanted.har
check_status "--dedupe" 0 "$HARMILL" normalize -q --merge --dedupe "$DATA/shop.har" "$DATA/shop.har" "$DATA/shop.har" -o m.har
expect_same "--dedupe: the same again and again is itself" wanted.har m.har
for how in page host 7; do
    "$HARMILL" normalize -q --split $how "$DATA/shop.har" -o "by.$how"
    check_status "--dedupe: parts by $how" 0 "$HARMILL" normalize -q --merge --dedupe "by.$how"/[0-9]*.har -o m.har
    expect_same "--dedupe: parts by $how make the whole" wanted.har m.har
done

# ---- findings of all inputs

printf '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{}]}}' >odd.har
check_status "findings" 0 "$HARMILL" normalize --no-derive --merge "$DATA/shop.har" odd.har odd.har -o m.har --report json:findings.json
expect_eq "findings: of all inputs" 3 "$(jq '[.. | objects | select(has("entries") and has("bytes"))] | length' findings.json)"
check_status "--fail-on" 1 "$HARMILL" normalize -q --fail-on error --merge odd.har "$DATA/shop.har" -o m.har

# ---- nothing is written of what cannot be read

head -c 20000 "$DATA/shop.har" >cut.har
echo old >m.har
for order in "cut.har $DATA/shop.har" "$DATA/shop.har cut.har" "$DATA/shop.har cut.har odd.har"; do
    # shellcheck disable=SC2086 # names
    check_status "broken: $order" 1 "$HARMILL" normalize --merge $order -o m.har
    expect_eq "broken: $order: the old output" old "$(cat m.har)"
    expect_contains "broken: $order: told" "$T/err" "harmill: cut.har: it cannot be read whole, so nothing was written"
    # shellcheck disable=SC2086 # names
    run "$HARMILL" normalize -q --merge $order
    expect_empty "broken: $order: stdout" "$T/out"
done
run "$HARMILL" normalize --merge cut.har odd.har -o m.har
expect_contains "broken: the others are judged" "$T/err" "odd.har:1:"
for order in "none.har $DATA/shop.har" "$DATA/shop.har none.har"; do
    # shellcheck disable=SC2086 # names
    check_status "missing: $order" 3 "$HARMILL" normalize -q --merge $order -o m.har
    expect_eq "missing: $order: the old output" old "$(cat m.har)"
done
check_status "a folder that is missing one" 3 "$HARMILL" normalize -q --merge in none/ -o m.har
expect_eq "a folder that is missing one: the old output" old "$(cat m.har)"
jq -c '.log.pages[].title = ("x" * 3000)' "$DATA/shop.har" >titles.har
check_status "a bound" 1 "$HARMILL" normalize --max-kept-bytes 10K --merge titles.har titles.har -o m.har
expect_contains "a bound: which" "$T/err" "--max-kept-bytes"
expect_eq "a bound: the old output" old "$(cat m.har)"
printf '[1]' >list.har
check_status "no capture" 1 "$HARMILL" normalize -q --merge "$DATA/shop.har" list.har -o m.har
expect_eq "no capture: the old output" old "$(cat m.har)"

# ---- usage

mkdir -p folder
for words in "-i" "--check" "--diff" "-o folder" "-o new/"; do
    # shellcheck disable=SC2086 # words
    check_status "usage: $words" 2 "$HARMILL" normalize --merge "$DATA/shop.har" "$DATA/ticket.har" $words
    expect_contains "usage: $words" "$T/err" "harmill: --merge"
    expect_empty "usage: $words" "$T/out"
done
check_status "several and no --merge" 2 "$HARMILL" normalize "$DATA/shop.har" "$DATA/ticket.har" -o m.har
expect_contains "several and no --merge: a hint" "$T/err" "--merge"

# ---- hostile ids never reach a terminal or a name of a file

# shellcheck disable=SC2016 # $ids is jq's
jq -c --argjson ids '["../../x\n\u001b[31mred\u0007","\u202e","a\"b\\"]' \
    '(.log.pages |= to_entries | .log.pages[] |= (.value.id = $ids[.key] | .value)) | .log.entries[].pageref = $ids[0]' \
    "$DATA/shop.har" >hostile.har
merges "hostile ids" hostile.har hostile.har
different "hostile ids" merged.har
run "$HARMILL" normalize -v --merge hostile.har hostile.har -o m.har
expect_eq "hostile ids: stderr" 0 "$(LC_ALL=C tr -d '\n -~' <"$T/err" | wc -c)"
finish
