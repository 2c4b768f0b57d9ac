#!/bin/sh
# A small capture cut at every byte, with every byte replaced or left out, pieces of it in another order, random bytes and
# random tokens: read, or told with a place that is right; what was written reads back, to harmill and to jq.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

mutate() { # NAME MODE FILE STRIDE
    rm -f "$T/outputs"
    settle
    run "$FAULTS/mutate" "$2" "$3" "$4" "$T/outputs"
    add_faults "$T/out"
    expect_status "$1" 0
    count=$(sed -n 's/^outputs: //p' "$T/out")
    if [ -s "$T/outputs" ] && need_tool "$1: outputs read by jq" jq; then
        # jq refuses lone surrogates, which harmill keeps on purpose.
        sed 's/\\ud[89a-f][0-9a-f][0-9a-f]/\\u0041/g' "$T/outputs" >"$T/plain"
        expect_eq "$1: outputs read by jq" "$count" "$(jq -n 'reduce inputs as $one (0; . + 1)' "$T/plain" 2>&1)"
    fi
}

expect_eq "the capture itself is whole" 0 "$("$HARMILL" validate -q --fail-on info "$SMALL" >/dev/null 2>&1; echo $?)"
size=$(wc -c <"$SMALL")
# Slow builds take fewer.
few=1
[ "${HARMILL_SAMPLE-}" != 1 ] || few=11
for mode in cut replace delete random soup splice; do
    mutate "$mode" "$mode" "$SMALL" "$few"
    mutate "$mode, documented by Cloudflare" "$mode" "$DATA/cloudflare-documented.har" $((few * 3))
done
step=997
[ "${HARMILL_LONG-}" != 1 ] || step=97
for mode in cut replace delete splice; do
    mutate "$mode, larger" "$mode" "$DATA/shop.har" $((step * few))
done

# Memory errors that no sanitizer watches here.
if [ "${SANITIZE-}" = "" ] && need_tool "under valgrind" valgrind; then
    # The code that PCRE2 makes at run time, which no object holds, looks at whole vectors up to the end of a text and behind it.
    printf '{\n  compiled patterns\n  Memcheck:Cond\n  obj:???\n}\n{\n  compiled patterns, values\n  Memcheck:Value8\n  obj:???\n}\n' >"$T/jit"
    for mode in cut replace delete random soup splice; do
        step=2103
        [ "$mode" != cut ] || step=127
        [ "$mode" != delete ] || step=127
        [ "${HARMILL_LONG-}" != 1 ] || step=11
        settle
        run valgrind -q --suppressions="$T/jit" --error-exitcode=86 --leak-check=full --show-leak-kinds=all --trace-children=yes \
            "$FAULTS/mutate" "$mode" "$SMALL" "$step"
        add_faults "$T/out"
        expect_status "$mode under valgrind" 0
    done
fi

# The program itself: status, message, and an old output that stays.
mkdir "$T/folder"
step=$(stride "$size" 120)
at=0
while [ "$at" -lt $((size - 1)) ]; do
    head -c "$at" "$SMALL" >"$T/cut.har"
    echo old >"$T/folder/out.har"
    attempt "$HARMILL" validate "$T/cut.har"
    if expect_status "validate, cut at $at" 1; then
        # path:line:column of the first finding is not behind the cut.
        set -- "$(wc -l <"$T/cut.har")" "$(tail -n 1 "$T/cut.har" | wc -m)"
        if sed -n "1s|^$T/cut.har:\([0-9]*\):\([0-9]*\): error: .*|\1 \2|p" "$T/out" | awk -v line="$1" -v column="$2" '
            { good = $1 >= 1 && $2 >= 1 && ($1 <= line || ($1 == line + 1 && $2 <= column + 1)) } END { exit !good }'; then
            ok "cut at $at: the place"
        else
            not_ok "cut at $at: the place" "$(show_run)"
        fi
    fi
    attempt "$HARMILL" normalize "$T/cut.har" -o "$T/folder/out.har"
    expect_status "normalize, cut at $at" 1
    expect_eq "normalize, cut at $at: the old output" old "$(cat "$T/folder/out.har")"
    expect_files "normalize, cut at $at" "$T/folder" out.har
    at=$((at + step))
done
finish_faults
