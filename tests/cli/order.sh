#!/bin/sh
# The order of entries in what normalize and convert write, against jq's.
# shellcheck disable=SC2016 # shells and programs of jq further in expand it
. "$(dirname "$0")/../lib.sh"
begin

need_tool "order" jq || finish
cd "$T" || exit 3

# COUNT entries by chance over MS milliseconds: _t is the instant, _n counts. Zones differ, so that texts and instants order
# differently; every 50th entry has no date and belongs behind the one before it. LATE=1: everything else stands behind them.
make_capture() { # COUNT MS [LATE]
    awk -v count="$1" -v ms="$2" -v late="${3-0}" '
    function pad(n, len) { return sprintf("%0" len "d", n) }
    BEGIN {
        srand(7)
        rest = "\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"pages\":[]"
        printf "{\"log\":{%s\"entries\":[", late ? "" : rest ","
        for (i = 0; i < count; i++) {
            if (i == 0 || i % 50)
                t = int(rand() * ms)
            zone = i % 5 - 2
            # No instant leaves the day.
            s = int(t / 1000) + 36000 + zone * 3600
            date = "2026-03-01T" pad(int(s / 3600), 2) ":" pad(int(s / 60) % 60, 2) ":" pad(s % 60, 2) "." pad(t % 1000, 3)
            date = date (zone < 0 ? "-" : "+") pad(zone < 0 ? -zone : zone, 2) ":00"
            printf "%s{%s\"time\":0,\"request\":{\"method\":\"GET\",\"url\":\"http://a.example/\",", i ? "," : "", \
                i == 0 || i % 50 ? "\"startedDateTime\":\"" date "\"," : ""
            printf "\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],\"queryString\":[],\"headersSize\":-1,\"bodySize\":0},"
            printf "\"response\":{\"status\":200,\"statusText\":\"OK\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],"
            printf "\"content\":{\"size\":0,\"mimeType\":\"\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":0},"
            printf "\"cache\":{},\"timings\":{\"send\":0,\"wait\":0,\"receive\":0},\"_t\":%d,\"_n\":%d}\n", t, i
        }
        printf "]%s}}\n", late ? "," rest : ""
    }'
}

# What jq sorts, written as it is.
expect_sorted() { # NAME FILE OPTIONS...
    name=$1
    file=$2
    shift 2
    jq -c '.log.entries |= sort_by(._t)' "$file" >sorted.json
    "$HARMILL" normalize -q --keep-order "$@" sorted.json -o wanted.har
    run "$HARMILL" normalize -q "$@" "$file" -o written.har
    expect_status "$name" 0
    expect_same "$name: the order" wanted.har written.har
}

count=100000
[ "${HARMILL_SAMPLE-}" != 1 ] || count=20000
make_capture $count 3600000 >large.har
make_capture 20000 50 >equal.har
make_capture 3000 60000 late >late.har
expect_sorted "many entries" large.har --indent 0
cp written.har large.wanted
jq -c '[.log.entries[] | {_t, _n}]' large.wanted >pairs
expect_eq "many entries: all are there" $count "$(jq length pairs)"
expect_eq "many entries: by instant, equal ones as they came" true "$(jq '. == sort_by(._t, ._n)' pairs)"
rm large.har large.wanted pairs
expect_sorted "20,000 entries of 50 instants" equal.har --indent 0
cp written.har equal.wanted
expect_sorted "pages last" late.har --indent 8
expect_sorted "pages last, two blanks" late.har

# ---- every way out

mkdir spool
TMPDIR=$T/spool
export TMPDIR
run "$HARMILL" normalize -q --indent 0 equal.har
expect_status "stdout" 0
expect_same "stdout" equal.wanted "$T/out"
"$HARMILL" normalize -q --indent 0 equal.har | cat >piped.har
expect_same "a pipe" equal.wanted piped.har
"$HARMILL" normalize -q --indent 0 - <equal.har | cat >piped.har
expect_same "from a pipe to a pipe" equal.wanted piped.har
echo kept >appended.har
"$HARMILL" normalize -q --indent 0 equal.har >>appended.har
{ echo kept && cat equal.wanted; } | cmp -s - appended.har
expect_eq "appended to a file" 0 $?
if need_tool "packed" gzip; then
    check_status "a packed file" 0 "$HARMILL" normalize -q --indent 0 equal.har -o packed.har.gz
    gzip -dc packed.har.gz >plain.har
    expect_same "a packed file" equal.wanted plain.har
    gzip -c equal.har >packed.har.gz
    check_status "a packed file in place" 0 "$HARMILL" normalize -q -i --indent 0 packed.har.gz
    gzip -dc packed.har.gz >plain.har
    expect_same "a packed file in place" equal.wanted plain.har
fi
cp equal.har place.har
check_status "in place" 0 "$HARMILL" normalize -q -i --indent 0 place.har
expect_same "in place" equal.wanted place.har
before=$(stat -c '%i %y' place.har)
check_status "in place again" 0 "$HARMILL" normalize -q -i --indent 0 place.har
expect_eq "in place again: left alone" "$before" "$(stat -c '%i %y' place.har)"
expect_eq "no spool is left" "" "$(ls -A spool)"

# ---- what only tells

check_status "--check, in order" 0 "$HARMILL" normalize -q --check --indent 0 equal.wanted
"$HARMILL" normalize -q --keep-order equal.har -o as-it-was.har
check_status "--check, nothing but the order" 1 "$HARMILL" normalize -q --check as-it-was.har
check_status "--check --keep-order" 0 "$HARMILL" normalize -q --check --keep-order as-it-was.har
check_status "--check needs no spool" 1 env TMPDIR="$T/missing" "$HARMILL" normalize -q --check as-it-was.har
check_status "--check of what has pages last needs no spool" 1 env TMPDIR="$T/missing" "$HARMILL" normalize -q --check late.har
if need_tool "--diff" diff; then
    make_capture 3 1000 >three.har
    "$HARMILL" normalize -q --keep-order three.har -o three.before
    "$HARMILL" normalize -q three.har -o three.after
    run "$HARMILL" normalize -q --check three.before
    expect_status "--check, three entries" 1
    run "$HARMILL" normalize --diff --show-values three.before
    expect_status "--diff" 1
    cp "$T/out" order.diff
    diff -u three.before three.after | sed 1,2d >wanted.diff
    sed 1,2d order.diff >told.diff
    expect_same "--diff: from the order that was to the one that will be" wanted.diff told.diff
fi

# ---- the other writer, and no order

jq -c '.log.entries |= sort_by(._t)' equal.har >sorted.json
check_status "xml, in order" 0 "$HARMILL" convert -q -t xml --keep-order sorted.json -o wanted.xml
check_status "xml" 0 "$HARMILL" convert -q -t xml equal.har -o written.xml
expect_same "xml" wanted.xml written.xml
run "$HARMILL" convert -q -t xml equal.har
expect_same "xml to stdout" wanted.xml "$T/out"
jq -c '[.log.entries[]._n]' equal.har >numbers
for option in --keep-order --no-normalize; do
    run "$HARMILL" convert -q -t har --indent 0 "$option" equal.har
    jq -c '[.log.entries[]._n]' "$T/out" >kept
    expect_same "convert $option" numbers kept
done
run "$HARMILL" normalize -q --keep-order --indent 0 equal.har
jq -c '[.log.entries[]._n]' "$T/out" >kept
expect_same "normalize --keep-order" numbers kept
finish
