#!/bin/sh
# Redacted captures: no finding that was not there before, sizes that fit, and the same bytes when they are redacted again.
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3

# How often each rule is told of, "count rule" in order.
told() { # FILE
    "$HARMILL" validate --report jsonl:- --show info --max-findings 0 "$1" 2>/dev/null | sed -n 's/.*"rule":"\([a-z0-9-]*\)".*/\1/p' | sort | uniq -c
}

# Rules that the second list tells more often than the first.
more() { # BEFORE AFTER
    awk 'NR == FNR { before[$2] = $1; next } $1 > before[$2] { print $2, before[$2] + 0, $1 }' "$1" "$2"
}

redact() { # NAME FILE OPTION...
    redact_name="$1: $(basename "$2")"
    redact_file=$2
    shift 2
    rm -f clean.har once.har twice.har
    "$HARMILL" normalize -q "$redact_file" -o clean.har 2>err || return 0 # broken ones are told of elsewhere
    "$HARMILL" redact -q --allow-unsearched "$@" clean.har -o once.har 2>err
    expect_eq "$redact_name: status" 0 $?
    "$HARMILL" redact -q --allow-unsearched "$@" once.har -o twice.har 2>err
    expect_same "$redact_name: twice" once.har twice.har
    told clean.har >before
    told once.har >after
    expect_eq "$redact_name: no new findings" "" "$(more before after)"
}

for file in "$DATA"/*.har "$DATA"/valid/*.har; do
    redact default "$file"
    redact strict "$file" --mode strict
done
for file in "$DATA"/*.har; do
    redact "bodies dropped" "$file" --redact-bodies drop
done
redact "bodies kept" "$DATA/shop.har" --redact-bodies keep

# A capture has findings to compare at all.
"$HARMILL" normalize -q "$DATA/shop.har" -o clean.har
told clean.har >before
expect_contains "told" before no-response

# The comparison itself finds what is new.
printf '1 a\n2 b\n' >before
printf '1 a\n3 b\n1 c\n' >after
expect_eq "more" "b 2 3
c 0 1" "$(more before after)"
finish
