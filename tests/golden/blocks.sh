#!/bin/sh
# Whatever the size of the blocks that an input is read in: the same findings with the same places, the same output.
# Each third capture; all with HARMILL_LONG=1.
. "$(dirname "$0")/../lib.sh"
begin

sizes='1 2 3 7 31 65536'
every=3
[ "${HARMILL_LONG-}" != 1 ] || every=1
[ "${HARMILL_SAMPLE-}" != 1 ] || every=5
number=0
for file in "$DATA"/valid/*.har "$DATA"/hostile/*.har "$DATA"/invalid/*/*.har "$DATA"/invalid/*/*.xml "$DATA"/*.har; do
    number=$((number + 1))
    [ $((number % every)) -eq 0 ] || continue
    name=${file#"$DATA"/}
    options=
    [ ! -f "$(dirname "$file")/options" ] || options=$(cat "$(dirname "$file")/options")
    # shellcheck disable=SC2086 # a list of options
    run "$HARMILL" validate --report jsonl --show info $options "$file"
    mv "$T/out" "$T/findings"
    first=$status
    # shellcheck disable=SC2086 # a list of options
    "$HARMILL" normalize -q $options "$file" -o "$T/canonical" >/dev/null 2>&1 </dev/null
    first_normalize=$?
    bad=
    for size in $sizes; do
        # shellcheck disable=SC2086 # a list of options
        run "$HARMILL" validate --block-size "$size" --report jsonl --show info $options "$file"
        if [ "$status" -ne "$first" ] || ! cmp -s "$T/findings" "$T/out"; then
            bad="$bad validate:$size"
            diff "$T/findings" "$T/out" | head -n 6 | cut -c 1-300
        fi
        # shellcheck disable=SC2086 # a list of options
        run "$HARMILL" normalize -q --block-size "$size" $options "$file" -o "$T/other"
        if [ "$status" -ne "$first_normalize" ]; then
            bad="$bad normalize-status:$size"
        elif [ -e "$T/canonical" ] && ! cmp -s "$T/canonical" "$T/other"; then
            bad="$bad normalize:$size"
        elif [ ! -e "$T/canonical" ] && [ -e "$T/other" ]; then
            bad="$bad normalize-wrote:$size"
        fi
        rm -f "$T/other"
    done
    rm -f "$T/canonical"
    if [ -n "$bad" ]; then not_ok "$name differs:$bad"; else ok "$name"; fi
done
finish
