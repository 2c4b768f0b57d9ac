#!/bin/sh
# Captures in testdata/hostile/ try to speak to the terminal, to CI logs and to shells through names and values: what is
# printed holds no control characters and no bidirectional controls, and machine reports stay one JSON object per line.
. "$(dirname "$0")/../lib.sh"
begin

for file in "$DATA"/hostile/*.har; do
    name=$(basename "$file")
    for show in "" --show-values; do
        # shellcheck disable=SC2086 # empty or one option
        run "$HARMILL" validate --show info --max-findings 0 --color never $show "$file"
        if [ "$status" -gt 1 ]; then
            not_ok "$name $show" "$(show_run)"
            continue
        fi
        cat "$T/out" "$T/err" >"$T/text"
        if LC_ALL=C tr -d '\n' <"$T/text" | LC_ALL=C grep -q '[[:cntrl:]]'; then
            not_ok "$name $show: control characters" "$(LC_ALL=C grep -n '[[:cntrl:]]' "$T/text" | cat -v | head -n 5)"
        else
            ok "$name $show: no control characters"
        fi
        # C1 controls and U+202A to U+202E, U+2066 to U+2069 as UTF-8 bytes.
        if LC_ALL=C grep -qaP '\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$T/text"; then
            not_ok "$name $show: invisible controls" "$(cat -v "$T/text" | head -n 5)"
        else
            ok "$name $show: no invisible controls"
        fi
        # Runners of GitHub take lines that begin with :: as commands.
        if grep -q '^::' "$T/text"; then
            not_ok "$name $show: a workflow command"
        else
            ok "$name $show: no workflow command"
        fi
    done
    run "$HARMILL" validate --report jsonl --show info "$file"
    if need_tool "$name: jsonl" jq; then
        lines=$(wc -l <"$T/out")
        objects=$(jq -c 'select(type == "object")' "$T/out" 2>/dev/null | wc -l)
        expect_eq "$name: one object per line" "$lines" "$objects"
    fi
done
finish
