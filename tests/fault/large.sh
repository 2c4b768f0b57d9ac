#!/bin/sh
# Depth, giant strings, a million keys, very many findings, little memory, a small stack.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

# shellcheck disable=SC2089,SC2090 # the quotes are JSON
start='{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"pages":[],"entries":[],"_x":'

repeat() { # TEXT COUNT
    yes "$1" 2>/dev/null | head -n "$2" | tr -d '\n'
}

# User time of the last command, in hundredths of a second; only printed, machines differ.
timed() { # NAME COMMAND...
    timed_name=$1
    shift
    attempt sh -c '"$@"; status=$?; times >&3; exit $status' sh "$@" 3>"$T/times"
    echo "time: $timed_name: $(sed -n '2s/ .*//p' "$T/times")"
}

# ---- depth

for shape in arrays objects; do
    case $shape in
    arrays) open='[' close=']' ;;
    *) open='{"a":' close='}' ;;
    esac
    { printf '%s' "$start"; repeat "$open" 100000; printf 1; repeat "$close" 100000; printf '}}\n'; } >"$T/deep.har"
    attempt "$HARMILL" validate "$T/deep.har"
    expect_status "100,000 $shape" 1
    expect_contains "100,000 $shape: the rule" "$T/out" "[too-deep]"
    # 256 levels are allowed, of which the root and log are two.
    column=$((${#start} + 1 + (256 - 2) * ${#open}))
    expect_contains "100,000 $shape: the place" "$T/out" "$T/deep.har:1:$column: error:"
    attempt "$HARMILL" normalize "$T/deep.har" -o "$T/deep.out"
    expect_status "100,000 $shape, normalized" 1
    [ ! -e "$T/deep.out" ] || not_ok "100,000 $shape: something was written"
    # Alone, without a HAR around it, and never closed.
    repeat "$open" 100000 >"$T/deep.har"
    attempt "$HARMILL" validate "$T/deep.har"
    expect_status "100,000 $shape alone" 1
    # As deep as the bound can be set, with the smallest stack.
    { printf '%s' "$start"; repeat "$open" 60000; printf 1; repeat "$close" 60000; printf '}}\n'; } >"$T/deep.har"
    attempt sh -c 'ulimit -s 256; exec "$HARMILL" "$@"' sh normalize --max-depth 65536 --indent 0 "$T/deep.har" -o "$T/deep.out"
    expect_status "60,000 $shape, allowed" 0
    expect_same "60,000 $shape, allowed: the output" "$T/deep.har" "$T/deep.out"
    rm -f "$T/deep.out"
done

# ---- a giant string, piped

giant=300000000
[ "${HARMILL_SAMPLE-}" != 1 ] || giant=280000000
# shellcheck disable=SC2090 # the quotes are JSON
export giant start
giant_text='{ printf "%s\"" "$start"; head -c "$giant" /dev/zero | tr "\0" x; printf "\"}}\n"; } | "$HARMILL" "$@"'
attempt sh -c "$giant_text" sh validate
expect_status "a giant string" 1
expect_contains "a giant string: the rule" "$T/out" "[too-large]"
expect_contains "a giant string: the option" "$T/out" "max-item-bytes"
expect_contains "a giant string: the place" "$T/out" "stdin:1:"
attempt sh -c "$giant_text" sh validate --max-item-bytes 1G
expect_status "a giant string, allowed" 0
attempt sh -c "$giant_text" sh normalize --max-item-bytes 1G --indent 0 -o "$T/giant.out"
expect_status "a giant string, to be held back" 1
expect_contains "a giant string, to be held back: the option" "$T/err" "max-kept-bytes"
[ ! -e "$T/giant.out" ] || not_ok "a giant string, to be held back: something was written"
attempt sh -c "$giant_text" sh normalize --max-item-bytes 1G --max-kept-bytes 1G --indent 0 -o "$T/giant.out"
expect_status "a giant string, allowed and written" 0
expect_eq "a giant string: its size" $((${#start} + giant + 5)) "$(wc -c <"$T/giant.out" 2>/dev/null)"
rm -f "$T/giant.out"
# Memory for 64 MiB in all: told, not crashed.
if [ "${SANITIZE-}" = "" ]; then
    attempt sh -c 'ulimit -v 65536; '"$giant_text" sh validate --max-item-bytes 1G
    case $status in
    1) expect_contains "a giant string in little memory" "$T/out" "[too-large]" ;;
    3) expect_contains "a giant string in little memory" "$T/err" "out of memory" ;;
    *) not_ok "a giant string in little memory" "$(show_run)" ;;
    esac
    for command in validate "normalize --check" "convert -t har -o $T/limited.out"; do
        # shellcheck disable=SC2086 # words of a command
        attempt sh -c 'ulimit -v 65536; exec "$HARMILL" "$@"' sh $command "$DATA/shop.har"
        if [ "$status" -le 1 ]; then
            ok "$command in 64 MiB"
        else
            not_ok "$command in 64 MiB" "$(show_run)"
        fi
    done
fi

# ---- a million keys

keys() { # COUNT different|equal
    printf '%s{' "$start"
    awk -v count="$1" -v kind="$2" 'BEGIN {
        for (i = 0; i < count; i++) printf "%s\"k%d\":%d", i ? "," : "", kind == "equal" ? 0 : i, i }'
    printf '}}}\n'
}

keys 500000 different >"$T/half.har"
keys 1000000 different >"$T/keys.har"
timed "500,000 keys" "$HARMILL" validate "$T/half.har"
expect_status "500,000 different keys" 0
timed "1,000,000 keys" "$HARMILL" validate "$T/keys.har"
expect_status "a million different keys" 0
attempt "$HARMILL" normalize --indent 0 "$T/keys.har" -o "$T/keys.out"
expect_status "a million different keys, normalized" 0
expect_same "a million different keys: the output" "$T/keys.har" "$T/keys.out"
attempt "$HARMILL" validate --max-members 999999 "$T/keys.har"
expect_status "one key too many" 1
expect_contains "one key too many: the option" "$T/out" "max-members"
keys 500000 equal >"$T/half.har"
keys 1000000 equal >"$T/keys.har"
timed "500,000 equal keys" "$HARMILL" validate "$T/half.har"
expect_status "500,000 equal keys" 1
timed "1,000,000 equal keys" "$HARMILL" validate "$T/keys.har"
expect_status "a million equal keys" 1
expect_contains "a million equal keys: the rest" "$T/out" "and 999996 more [duplicate-key]"
rm -f "$T"/keys.* "$T/half.har"

# ---- very many findings

findings=100000
export findings
awk -v count="$findings" 'BEGIN {
    printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < count; i++) printf "%s\n7", i ? "," : ""
    print "]}}" }' >"$T/many.har"
timed "100,000 findings" "$HARMILL" validate "$T/many.har"
expect_status "100,000 findings" 1
expect_contains "100,000 findings: counted" "$T/out" "and $((findings - 3)) more [wrong-type]"
attempt "$HARMILL" validate --max-findings 0 "$T/many.har"
expect_eq "100,000 findings: all printed" "$findings" "$(grep -c '\[wrong-type\]' "$T/out")"
expect_eq "100,000 findings: the last place" "$T/many.har:$((findings + 1)):1" "$(tail -n 1 "$T/out" | cut -d : -f 1-3)"
attempt "$HARMILL" validate --report jsonl "$T/many.har"
expect_eq "100,000 findings: all reported" "$findings" "$(grep -c '"rule":"wrong-type"' "$T/out")"

# ---- a small stack

for command in validate "normalize --check"; do
    # shellcheck disable=SC2086 # words of a command
    attempt sh -c 'ulimit -s 256; exec "$HARMILL" "$@"' sh $command "$DATA/shop.har"
    if [ "$status" -le 1 ]; then
        ok "$command with a small stack"
    else
        not_ok "$command with a small stack" "$(show_run)"
    fi
done
finish_faults
