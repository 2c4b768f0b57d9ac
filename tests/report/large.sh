#!/bin/sh
# Large inputs: the window of a line of 100 MB, and what findings cost that nobody prints.
. "$(dirname "$0")/../lib.sh"
begin

head='{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":['
rest='"request":{"method":"GET","url":"https://shop.example/","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":-1},"response":{"status":200,"statusText":"é","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":0,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":0,"receive":0}}'
begin_entry='{"startedDateTime":"2026-01-01T00:00:00.000Z","time":'

# Doubles a file until it has at least $2 bytes.
fill() { # FILE BYTES
    while [ "$(wc -c <"$1")" -lt "$2" ]; do
        cat "$1" "$1" >"$T/double"
        mv "$T/double" "$1"
    done
}

# Runs a command; its user time in milliseconds is in $took.
timed() { # COMMAND...
    run sh -c '"$@"; status=$?; times >"$T/times"; exit $status' sh "$@"
    took=$(sed -n '2s/ .*//p' "$T/times" | awk -F '[ms]' '{ printf "%d", ($1 * 60 + $2) * 1000 }')
}

bytes=100000000
[ "${HARMILL_SAMPLE-0}" != 1 ] || bytes=10000000

# ---- one line

printf '%s0,%s,' "$begin_entry" "$rest" >"$T/entries"
one=$(wc -c <"$T/entries")
fill "$T/entries" "$bytes"
{
    printf '%s' "$head"
    cat "$T/entries"
    printf '%s"x",%s]}}' "$begin_entry" "$rest"
} >"$T/line.har"
# A character of two bytes in each entry.
count=$(($(wc -c <"$T/entries") / one))
column=$((${#head} + count * (one - 1) + ${#begin_entry} + 1))

cd "$T" || exit 3
timed "$HARMILL" validate --select wrong-type line.har
plain=$took
expect_status "a long line" 1
expect_eq "a long line: the place" "line.har:1:$column: error: entry.time is a string, not a number [wrong-type] (/log/entries/$count/time)" \
    "$(cat "$T/out")"
timed "$HARMILL" validate --select wrong-type --show-values line.har
echo "time: $bytes bytes in one line: $plain ms, with the window $took ms"
# 30 columns before the place, 72 in all with the mark of the cut; of other texts than the finding's only that they are there.
before='{"startedDateTime":"…","time":'
behind='"x","request":{"method":"…","url":"…","'
expect_eq "a long line: the window" "    ...$before$behind..." "$(sed -n 2p "$T/out")"
expect_eq "a long line: the caret" "$(printf '    %33s^~~' '')" "$(sed -n 3p "$T/out")"
if [ "$took" -gt $((2 * plain + 300)) ]; then
    not_ok "a long line: the window costs too much" "$plain ms without, $took ms with it"
fi
rm -f line.har

# ---- every entry is wrong

printf '%s' "$head" >clean.har
cat entries >>clean.har
printf '%s0,%s]}}' "$begin_entry" "$rest" >>clean.har
sed 's/"time":0,/"time":"",/g' clean.har >wrong.har
rm -f entries
timed "$HARMILL" validate --select wrong-type clean.har
expect_status "all entries right" 0
clean=$took
for report in text github junit sarif; do
    timed "$HARMILL" validate --select wrong-type --report "$report" wrong.har
    expect_status "all entries wrong, $report" 1
    echo "time: all entries right: $clean ms, all wrong, $report: $took ms"
    if [ "$took" -gt $((2 * clean + 500)) ]; then
        not_ok "all entries wrong, $report: it costs too much" "$clean ms when all are right, $took ms"
    fi
    case $report in
    text) expect_contains "all wrong: counted" "$T/out" "wrong.har: and $((count + 1 - 3)) more [wrong-type]" ;;
    github) expect_contains "all wrong, github: counted" "$T/out" "harmill: 1 input: $((count + 1)) errors; $((count + 1 - 10)) more than shown" ;;
    junit) expect_contains "all wrong, junit: counted" "$T/out" "message=\"$((count + 1)) errors\"" ;;
    sarif) expect_contains "all wrong, sarif: counted" "$T/out" "\"findings\":$((count + 1)),\"droppedFindings\":$((count + 1 - 25000))" ;;
    esac
done

# Nothing but the current line is held by reports without a cap.
for report in jsonl json gitlab; do
    [ -z "${SANITIZE-}" ] || break # which needs address space of its own
    run sh -c 'ulimit -v 120000; exec "$HARMILL" validate --select wrong-type --report "$1" wrong.har >counted' sh "$report"
    expect_status "little memory, $report" 1
    expect_eq "little memory, $report: all findings" "$((count + 1))" "$(grep -c '"wrong-type","\(group\|fingerprint\)"' counted)"
done
finish
