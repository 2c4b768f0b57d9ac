#!/bin/sh
# Captures made to be slow, one for each rule that looks for something, with all rules on: twice the size takes twice the time and
# memory in proportion; what else reads them is measured on the half. Times are CPU times, and the limits generous: what is quadratic passes them by far.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

measure=$HARMILL_BUILD/bench-measure
[ -x "$measure" ] || {
    lacking "slow captures" "$measure"
    finish_faults
}
count=30000
[ "${HARMILL_LONG-}" != 1 ] || count=100000
[ "${HARMILL_SAMPLE-}" != 1 ] || count=5000
ratio_most=3     # of the time for twice as much
slack=0.3        # seconds that a noisy machine may add
seconds_most=15  # for what takes well below one
memory_factor=16 # times the input
finding_bytes=300 # for each finding that is noted in a baseline
memory_base=65536
[ "${SANITIZE-}" = "" ] || seconds_most=60

all="--profile har-1.2-strict --show info"
for consumer in chrome firefox har-validator k6 mitmproxy playwright; do
    all="$all --rule $consumer-refuses=error"
done

# The columns of bench-measure: name, CPU seconds, wall seconds, KiB, ratio, status.
judge() { # NAME FILE
    judged=$(awk -F'\t' -v ratio="$ratio_most" -v slack="$slack" -v seconds="$seconds_most" -v factor="$memory_factor" \
        -v base="$memory_base" -v each="$finding_bytes" -v findings="$findings" -v first_size="$(wc -c <"$T/half.har")" -v second_size="$(wc -c <"$2")" -v memory="$([ "${SANITIZE-}" != "" ] || echo 1)" '
        NR == 1 { first = $2 }
        $6 > 1 { print $1 ": status " $6 }
        $2 > seconds { print $1 ": " $2 " s" }
        NR == 2 && $2 > ratio * first + slack { print "not linear: " first " s, " $2 " s" }
        { size = NR == 2 ? second_size : first_size }
        { most = base + (factor * size + ($1 ~ /baseline|known/ ? each * findings : 0)) / 1024 }
        memory && NR > 1 && $4 > most { print $1 ": " $4 " KiB for " size " bytes" }
        END { if (NR != 9) print "measured: " NR }' "$T/measured")
    expect_eq "$1" "" "$judged"
}

try() { # SHAPE [PART]: with one PART-th of the entries that others have
    shape=$1
    n=$((count / ${2-1}))
    attempt awk -v shape="$shape" -v n="$n" -f "$ROOT/tests/fault/shapes.awk"
    mv "$T/out" "$T/half.har"
    awk -v shape="$shape" -v n=$((2 * n)) -f "$ROOT/tests/fault/shapes.awk" >"$T/whole.har"
    "$measure" 1 half "$HARMILL validate $all --max-findings 0 $T/half.har" \
        whole "$HARMILL validate $all --max-findings 0 $T/whole.har" \
        sarif "$HARMILL validate -q $all --report sarif $T/half.har" \
        gitlab "$HARMILL validate -q $all --report gitlab $T/half.har" \
        baseline "$HARMILL validate -q $all --write-baseline $T/baseline.json $T/half.har" \
        known "$HARMILL validate -q $all --baseline $T/baseline.json $T/half.har" \
        info "$HARMILL info $T/half.har" \
        normalize "$HARMILL normalize -q $T/half.har -o $T/new.har" \
        xml "$HARMILL convert -q -t xml $T/half.har" >"$T/measured" 2>"$T/err"
    status=0
    # The summaries of the first two say how many findings there are, and so never less than there are in the half.
    findings=$(sed -n '2s/^.*entr[a-z]*, *//p' "$T/err" | tr -c '0-9' '\n' | awk '{ sum += $1 } END { print sum + 0 }')
    echo "$shape: $(wc -c <"$T/whole.har") bytes, $findings findings, $(awk -F'\t' '{ printf "%s%s %.2f s %d MiB", (NR > 1 ? ", " : ""), $1, $2, $4 / 1024 }' "$T/measured")"
    judge "$shape" "$T/whole.har"
    rm -f "$T/baseline.json" "$T/new.har"
}

for shape in headers cookie-headers header-name bad-names wrong cookies cookies-differ cookie-header set-cookie query \
    query-differs params params-differ form-percent ampersands percents plus dots at-signs colons host-dots brackets semicolons \
    long-url base64-end base64-breaks base64-slashes escapes backslashes json-in-json blanks variables; do
    try "$shape"
done
# The names of variables fill what har-to-k6's rule remembers to the last byte.
attempt sh -c 'awk -v shape=variables -v n=1 -f "$ROOT/tests/fault/shapes.awk" |
    sed "s/\"name\":\"v0\"/\"name\":\"$(head -c 65536 /dev/zero | tr "\\0" v)\"/" >"$T/full.har" &&
    exec "$HARMILL" validate --profile k6 "$T/full.har"'
expect_status "names that just fit" 1
for shape in pages-used pages-unused pages-equal pages-used-last pages-unused-last addresses addresses-same redirects-chain \
    redirects-cycle redirects-pairs redirects-one same-address; do
    try "$shape" 4
done
finish_faults
