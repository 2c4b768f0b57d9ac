#!/bin/sh
# Captures that are made to cost, or to confuse: each is redacted in time, or refused for a stated reason, without output.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/redact

need_tool "adversarial captures" node timeout || finish
size=150000
limit=20
[ "${HARMILL_SAMPLE-0}" != 1 ] || size=60000
[ "${HARMILL_LONG-0}" != 1 ] || size=10000000
[ "${HARMILL_LONG-0}" != 1 ] || limit=120

node "$HERE/adversarial.js" >"$T/names"
while IFS= read -r name; do
    node "$HERE/adversarial.js" "$name" "$size" >"$T/in.har"
    rm -f "$T/out.har"
    run timeout "$limit" "$HARMILL" redact -q "$T/in.har" -o "$T/out.har"
    case $status in
    0) ok "$name" ;;
    3)
        if [ -s "$T/err" ] && [ ! -e "$T/out.har" ]; then
            echo "$name: refused: $(head -n 1 "$T/err" | cut -c 1-120)"
            ok "$name: refused for a reason"
        else
            not_ok "$name: refused without a reason, or with an output" "$(show_run)"
        fi
        ;;
    *) not_ok "$name" "$(show_run)" ;;
    esac
done <"$T/names"

# Twice the bytes take about twice the time; a machine that does something else as well is no failure.
if [ "${HARMILL_LONG-0}" = 1 ]; then
    while IFS= read -r name; do
        node "$HERE/adversarial.js" "$name" 4000000 >"$T/one.har"
        node "$HERE/adversarial.js" "$name" 8000000 >"$T/two.har"
        ratio=$("$HARMILL_BUILD/bench-measure" 3 one "$HARMILL redact -q $T/one.har -o $T/out.har" \
            two "$HARMILL redact -q $T/two.har -o $T/out.har" | awk -F '\t' '{ t[NR] = $2 } END { print (t[1] > 0.05 && t[2] > 4 * t[1]) ? "more" : "fine" }')
        expect_eq "$name: twice the bytes, less than four times the time" fine "$ratio"
    done <"$T/names"
fi

# What must not come out, whatever is around it.
run node "$HERE/confusing.js" "$HARMILL" "$T"
expect_status "confusing captures: nothing is left" 0

# Many secrets: all are found; too many: no output.
count=2000
bytes=2000000
if [ "${HARMILL_LONG-0}" = 1 ]; then
    count=10000
    bytes=100000000
fi
node "$HERE/adversarial.js" many "$count" "$bytes" >"$T/many.har"
run timeout "$limit" "$HARMILL" redact "$T/many.har" -o "$T/out.har"
expect_status "$count secrets" 0
expect_eq "$count secrets: each is replaced twice" "$((count * 2))" "$(grep -oE 'redacted-[a-z]+-[0-9]+' "$T/out.har" | wc -l | tr -d ' ')"
node "$HERE/adversarial.js" many 70000 >"$T/toomany.har"
rm -f "$T/out.har"
run timeout "$limit" "$HARMILL" redact --max-secrets 64K "$T/toomany.har" -o "$T/out.har"
expect_status "70,000 secrets are too many for 65,536" 3
if [ -e "$T/out.har" ]; then not_ok "too many secrets: no output"; else ok "too many secrets: no output"; fi

# Memory does not grow with the capture.
megabytes=10
[ "${HARMILL_LONG-0}" != 1 ] || megabytes=100
if [ -x "$HARMILL_BUILD/bench-generate" ] && [ -z "${SANITIZE-}" ]; then
    "$HARMILL_BUILD/bench-generate" body "$megabytes" >"$T/large.har"
    peak=$("$HARMILL_BUILD/bench-measure" 1 redact "$HARMILL redact -q --allow-unsearched $T/large.har -o $T/out.har" | cut -f 4)
    echo "peak memory for $megabytes MB: $((peak / 1024)) MiB"
    if [ "$peak" -gt 0 ] && [ "$peak" -lt $((32 * 1024)) ]; then ok "memory"; else not_ok "memory" "$peak KiB"; fi
fi
finish
