#!/bin/sh
# --split: one capture becomes several. jq says what must be in them.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "splitting" jq || finish
cd "$T" || exit 3

# Entries of all parts together are those of the input; each part is a whole capture and has the pages of its entries.
splits() { # NAME HOW FILE
    splits_name="$1 by $2"
    rm -rf parts whole.har
    "$HARMILL" normalize -q --keep-order "$3" -o whole.har || not_ok "$splits_name: the whole"
    check_status "$splits_name" 0 "$HARMILL" normalize -q --keep-order --split "$2" "$3" -o parts/ || return
    check_status "$splits_name: index" 0 jq -e . parts/index.json
    expect_eq "$splits_name: files" "$(jq -r '.parts[].file, "index.json"' parts/index.json | sort)" \
        "$(find parts -type f -exec basename {} \; | LC_ALL=C sort)"
    expect_eq "$splits_name: names" "" "$(find parts -type f -exec basename {} \; | grep -vE '^([0-9]{4}\.har|index\.json)$')"
    jq -cS '.log.entries[]' whole.har | sort >wanted
    jq -cS '.log.entries[]' parts/*.har | sort >got
    expect_same "$splits_name: entries" wanted got
    jq -cS '.log | del(.entries, .pages)' whole.har >log
    jq -cS '.log | del(.entries, .pages)' parts/*.har | sort -u >got
    expect_same "$splits_name: the log's members, in each part" log got
    jq -cS 'del(.log)' whole.har >wanted
    jq -cS 'del(.log)' parts/*.har | sort -u >got
    expect_same "$splits_name: members beside the log, in each part" wanted got
    check_status "$splits_name: each part is canonical" 0 "$HARMILL" normalize --keep-order --check parts/*.har
    expect_eq "$splits_name: entries of each part" "$(jq '.parts[].entries' parts/index.json)" "$(jq '.log.entries | length' parts/*.har)"
    # A reference that had its page has it still; each page is somewhere; no part has one that none of its entries refers to, but
    # by page, and the first one, which has those that nobody refers to.
    # shellcheck disable=SC2016 # variables of jq
    strays='[(.log.pages // [])[].id] as $ids | .log.entries[].pageref | select(. as $ref | $ids | index([$ref]) | not)'
    expect_eq "$splits_name: references without page" "$(jq -c "$strays" whole.har | sort)" "$(jq -c "$strays" parts/*.har | sort)"
    jq -cS '.log.pages[]?' whole.har | sort -u >wanted
    jq -cS '.log.pages[]?' parts/*.har | sort -u >got
    expect_same "$splits_name: pages" wanted got
    # shellcheck disable=SC2016
    lonely='[.log.entries[].pageref] as $refs | (.log.pages // [])[].id | select(. as $id | $refs | index([$id]) | not)'
    if [ "$2" != page ]; then
        expect_eq "$splits_name: pages without entries" "$(jq -c "$lonely" whole.har)" "$(jq -c "$lonely" parts/*.har)"
    fi
    if "$HARMILL" validate -q "$3" 2>/dev/null; then
        check_status "$splits_name: all parts are valid" 0 "$HARMILL" validate -q parts
    fi
}

for how in page host 1 7 1000; do
    splits "shop.har" $how "$DATA/shop.har"
done
"$HARMILL" normalize -q --keep-order --split host "$DATA/shop.har" -o hosts
expect_eq "by host: entries" "$(jq -r '.log.entries[].request.url | split("/")[2]' "$DATA/shop.har" | sort | uniq -c | awk '{print $2, $1}')" \
    "$(jq -r '.parts[] | "\(.host) \(.entries)"' hosts/index.json | sort)"
for part in hosts/*.har; do
    expect_eq "by host: ${part##*/}" "$(jq -r --arg file "${part##*/}" '.parts[] | select(.file == $file).host' hosts/index.json)" \
        "$(jq -r '.log.entries[].request.url | split("/")[2]' "$part" | sort -u)"
done
expect_eq "by host: first" "$(jq -r '[.log.entries[].startedDateTime] | min' hosts/*.har)" "$(jq -r '.parts[].first' hosts/index.json)"
"$HARMILL" normalize -q --split page "$DATA/shop.har" -o pages
expect_eq "by page: parts" "$(jq -c '[.log.pages[].id]' "$DATA/shop.har")" "$(jq -c '[.parts[].page]' pages/index.json)"
expect_eq "by page: pages" "$(jq -r '.parts[].page' pages/index.json)" "$(jq -r '.log.pages[].id' pages/*.har)"
expect_eq "by page: entries" "$(jq -r '.parts[].page' pages/index.json)" "$(for part in pages/*.har; do
    jq -r '.log.entries[].pageref' "$part" | sort -u
done)"
"$HARMILL" normalize -q --keep-order --split 10 "$DATA/shop.har" -o tens
"$HARMILL" normalize -q --keep-order "$DATA/shop.har" -o whole.har
expect_eq "by number" "$(jq -c '.log.entries | [range(0; length; 10) as $i | .[$i:$i + 10]][]' whole.har)" "$(jq -c '.log.entries' tens/*.har)"
expect_eq "by number: index" '{"split":10,"files":["0001.har","0002.har","0003.har","0004.har","0005.har"],"entries":[10,10,10,10,7]}' \
    "$(jq -c '{split, files: [.parts[].file], entries: [.parts[].entries]}' tens/index.json)"
# Each in one of the ways, in turn; in all of them with HARMILL_LONG=1.
turn=page
for file in "$DATA"/valid/*.har "$DATA/ticket.har" "$DATA/cloudflare-documented.har"; do
    case $turn in page) turn=host ;; host) turn=1 ;; *) turn=page ;; esac
    ways=$turn
    [ "${HARMILL_LONG-}" != 1 ] || ways='page host 1'
    for how in $ways; do
        splits "${file##*/}" "$how" "$file"
    done
done
jq -c '.log.pages += [{startedDateTime: .log.pages[0].startedDateTime, id: "lonely", title: "", pageTimings: {}}]
    | .log.entries[3].pageref = "nowhere" | del(.log.entries[4].pageref)' "$DATA/shop.har" >stray.har
for how in page host 5; do
    splits "pages and entries that miss each other" $how stray.har
done
"$HARMILL" normalize -q --split page stray.har -o stray
expect_eq "a page without entries, entries without page" \
    "$(jq -c '[.log.entries[].pageref] as $refs | [(.log.pages[].id | . as $id | [$refs[] | select(. == $id)] | length), 2]' stray.har)" \
    "$(jq -c '[.parts[].entries]' stray/index.json)"
expect_eq "a page without entries, entries without page: the last" null "$(jq '.parts[-1].page' stray/index.json)"

# ---- more parts than may be open at once, whose entries take turns; more than four digits

awk 'BEGIN {
    printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < 1200; i++) {
        printf "%s{\"startedDateTime\":\"2026-03-01T10:00:00Z\",\"time\":%d,\"request\":{\"method\":\"GET\",\"url\":\"http://h%d.example/\",", i ? "," : "", i, i % 600
        printf "\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],\"queryString\":[],\"headersSize\":-1,\"bodySize\":0},"
        printf "\"response\":{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],"
        printf "\"content\":{\"size\":0,\"mimeType\":\"\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":0},"
        printf "\"cache\":{},\"timings\":{\"send\":%d,\"wait\":0,\"receive\":0}}", i
    }
    print "]}}" }' >turns.har
check_status "600 hosts in turns" 0 "$HARMILL" normalize -q --keep-order --split host turns.har -o turns
expect_eq "600 hosts in turns: times" "$(jq -c '.log.entries as $e | range(600) | [$e[.].time, $e[. + 600].time]' turns.har)" \
    "$(jq -c '[.log.entries[].time]' turns/*.har)"
expect_eq "600 hosts in turns: index" "$(jq -r '.log.entries[:600][].request.url' turns.har | cut -d / -f 3)" "$(jq -r '.parts[].host' turns/index.json)"
if [ "${HARMILL_LONG-}" = 1 ]; then
    # shellcheck disable=SC2016 # a variable of jq
    jq -c '.log.entries = [range(10001) as $i | {time: $i}]' turns.har >many.har
    check_status "10,001 parts" 0 "$HARMILL" convert -q -t har --no-normalize --split 1 many.har -o many
    expect_eq "10,001 parts: five digits" "00001.har 10001.har" "$(jq -r '"\(.parts[0].file) \(.parts[-1].file)"' many/index.json)"
fi
awk 'BEGIN { printf "{\"log\":{\"entries\":[{}"; for (i = 0; i < 65536; i++) printf ",{}"; print "]}}" }' >more.har
check_status "too many parts" 3 "$HARMILL" convert -q -t har --no-normalize --split 1 more.har -o more
expect_eq "too many parts: told" "harmill: more.har: would be split into more than 65536 parts" "$(cat "$T/err")"
check_status "too many parts: before anything is written" 1 test -e more

# ---- inputs that are read once only, other formats, merged ones

"$HARMILL" normalize -q --split host "$DATA/shop.har" -o expected
run sh -c '"$HARMILL" normalize -q --split host -o stdin <"$DATA/shop.har"'
expect_status "stdin" 0
run diff -r expected stdin
expect_status "stdin" 0
run sh -c 'cat "$DATA/shop.har" | "$HARMILL" normalize -q --split host - -o pipe/'
run diff -r expected pipe
expect_status "a pipe" 0
mkfifo fifo
cat "$DATA/shop.har" >fifo &
run "$HARMILL" normalize -q --split host fifo -o fifos
wait
run diff -r expected fifos
expect_status "a named pipe" 0
if need_tool "packed" gzip; then
    gzip -nc "$DATA/shop.har" >shop.har.gz
    check_status "packed" 0 "$HARMILL" normalize -q --split host shop.har.gz -o packed
    run diff -r expected packed
    expect_status "packed" 0
    run sh -c '"$HARMILL" normalize -q --split host -o piped <shop.har.gz'
    run diff -r expected piped
    expect_status "packed, from stdin" 0
fi
if "$HARMILL" list formats --json | grep -q '"name": "xml".*"built": true'; then
    check_status "as XML" 0 "$HARMILL" convert -q -t xml --split host "$DATA/shop.har" -o xml
    expect_eq "as XML: files" "0001.xml 0002.xml 0003.xml 0004.xml index.json" "$(find xml -type f -exec basename {} \; | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
    for part in xml/*.xml; do
        name=${part##*/}
        "$HARMILL" convert -q -t har "$part" -o back.har
        expect_same "as XML: $name" "expected/${name%.xml}.har" back.har
    done
fi
"$HARMILL" normalize -q --merge "$DATA/shop.har" "$DATA/ticket.har" -o m.har
"$HARMILL" normalize -q --split host m.har -o two
check_status "merged and split" 0 "$HARMILL" normalize -q --merge --split host "$DATA/shop.har" "$DATA/ticket.har" -o one
run diff -r two one
expect_status "merged and split at once is the same" 0
check_status "merged and split, one input" 0 "$HARMILL" normalize -q --merge --split host "$DATA/shop.har" -o single
run diff -r expected single
expect_status "merged and split, one input" 0
printf '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{}]}}' >odd.har
check_status "findings are told once" 0 "$HARMILL" normalize --no-derive --split host odd.har -o odd --report jsonl:findings.jsonl
expect_eq "findings are told once" "$("$HARMILL" normalize --no-derive odd.har -q -o o.har --report jsonl:again.jsonl && cat again.jsonl)" "$(cat findings.jsonl)"

# ---- what cannot be done leaves nothing

head -c 20000 "$DATA/shop.har" >cut.har
check_status "broken" 1 "$HARMILL" normalize --split host cut.har -o nothing
expect_contains "broken: told" "$T/err" "harmill: cut.har: it cannot be read whole, so nothing was written"
check_status "broken: no folder" 1 test -e nothing
check_status "missing" 3 "$HARMILL" normalize -q --split host none.har -o nothing
check_status "missing: no folder" 1 test -e nothing
check_status "one of two is broken" 1 "$HARMILL" normalize -q --merge --split host cut.har odd.har -o nothing
check_status "one of two is broken: no folder" 1 test -e nothing
for old in 0001.har 00017.har index.json; do
    rm -rf old
    mkdir old
    echo old >"old/$old"
    check_status "a folder with $old" 2 "$HARMILL" normalize --split host "$DATA/shop.har" -o old
    expect_contains "a folder with $old: told" "$T/err" "harmill: old: holds $old"
    expect_eq "a folder with $old: untouched" "old $old" "$(cat "old/$old") $(ls old)"
done
mkdir mine
echo mine >mine/notes.har
check_status "a folder with other files" 0 "$HARMILL" normalize -q --split page "$DATA/shop.har" -o mine
expect_eq "a folder with other files" "0001.har 0002.har 0003.har index.json notes.har" "$(find mine -type f -exec basename {} \; | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
check_status "the same again" 2 "$HARMILL" normalize -q --split page "$DATA/shop.har" -o mine
check_status "a file, no folder" 3 "$HARMILL" normalize -q --split page "$DATA/shop.har" -o mine/notes.har
expect_eq "a file, no folder: untouched" mine "$(cat mine/notes.har)"
check_status "a folder in one that is missing" 3 "$HARMILL" normalize -q --split page "$DATA/shop.har" -o none/parts

# ---- usage

for how in 0 -1 5x '' pages HOST 1.5 18446744073709551616; do
    check_status "--split '$how'" 2 "$HARMILL" normalize --split="$how" "$DATA/shop.har" -o nothing
    check_status "--split '$how': no folder" 1 test -e nothing
done
for words in "-i" "--check" "--diff" "" "-o -"; do
    # shellcheck disable=SC2086 # words
    check_status "usage: $words" 2 "$HARMILL" normalize --split host "$DATA/shop.har" $words
    expect_contains "usage: $words" "$T/err" "harmill: --split"
    expect_empty "usage: $words" "$T/out"
done
check_status "two inputs" 2 "$HARMILL" normalize --split host "$DATA/shop.har" "$DATA/ticket.har" -o nothing
expect_contains "two inputs: a hint" "$T/err" "--merge"
check_status "convert needs -t" 2 "$HARMILL" convert --split host "$DATA/shop.har" -o nothing
check_status "nothing was made" 1 test -e nothing

# ---- hostile names stay inside the index

# shellcheck disable=SC2016 # $ids is jq's
jq -c --argjson ids '["../../x\n\u001b[31mred\u0007","\u202e","a\"b\\"]' \
    '(.log.pages |= to_entries | .log.pages[] |= (.value.id = $ids[.key] | .value))
    | .log.entries[0].pageref = $ids[0] | .log.entries[0].request.url = "http://..%2f\u001b[0m\"x\\/"' "$DATA/shop.har" >hostile.har
for how in page host 7; do
    splits "hostile names" $how hostile.har
    run "$HARMILL" normalize -v --split $how hostile.har -o "hostile.$how"
    expect_eq "hostile names by $how: stderr" 0 "$(LC_ALL=C tr -d '\n -~' <"$T/err" | wc -c)"
done
expect_eq "hostile names: ids" "$(jq -c '[.log.pages[].id]' hostile.har)" "$(jq -c '[.parts[].page | select(. != null)]' hostile.page/index.json)"
expect_eq "nothing beside the folders" "" "$(find . -name 'x*' ! -name 'xml')"

# ---- an archive that comes through a pipe

if "$HARMILL" --version | grep -q libzip && need_tool "a split archive" zip; then
    mkdir archived && cp "$DATA/shop.har" archived/a.har && (cd archived && zip -q a.zip a.har)
    check_status "an archive" 0 "$HARMILL" normalize --split 20 -o archived/file archived/a.zip
    run sh -c '"$HARMILL" normalize --split 20 -o archived/stdin <archived/a.zip'
    expect_status "an archive on stdin" 0
    run sh -c 'cat archived/a.zip | "$HARMILL" normalize --split 20 -o archived/pipe'
    expect_status "an archive through a pipe" 0
    for part in 0001.har 0002.har 0003.har index.json; do
        expect_same "an archive on stdin: $part" archived/file/$part archived/stdin/$part
        expect_same "an archive through a pipe: $part" archived/file/$part archived/pipe/$part
    done
fi

finish
