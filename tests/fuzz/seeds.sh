#!/bin/sh
# Makes seeds for the fuzz targets: `seeds.sh PROGRAM FOLDER`. Each capture of testdata/ stands there behind three bytes of options,
# which go round, so that every profile and every report meets many of them; see convert.c.
set -u
program=$1
folder=$2
number=0
mkdir -p "$folder/convert" "$folder/loaded"

byte() { # NUMBER
    # shellcheck disable=SC2059 # an octal escape
    printf "\\$(printf '%03o' "$1")"
}

options() { # BITS OF THE FIRST BYTE
    byte $(($1 + number % 8))
    byte $((number % 9 + 16 * (number % 2) + 32 * (number / 2 % 2) + 64 * (number / 4 % 2)))
    byte $((number / 3 % 8 + 8 * (number / 5 % 32)))
}

find testdata -type f -name '*.har' -size -16k | LC_ALL=C sort >"$folder/list"
while read -r file; do
    number=$((number + 1))
    { options 0 && cat "$file"; } >"$folder/convert/$(echo "$file" | tr / _)"
done <"$folder/list"
while read -r file; do
    number=$((number + 1))
    case $file in
    testdata/valid/*) { options 16 && "$program" convert -q -t xml "$file"; } >"$folder/convert/$(echo "$file" | tr / _).xml" ;;
    esac
done <"$folder/list"
rm "$folder/list"

printf '0{"profile": "chrome", "select": ["structure", "time-sum"], "ignore": ["page"], "rules": {"wrong-type": "info"}, %s' \
    '"fail-on": "never", "baseline": "a/b.json", "max-findings": 3}' >"$folder/loaded/config"
for file in testdata/invalid/*/fail.har; do
    printf 1 >"$folder/loaded/$(echo "$file" | tr / _)"
    "$program" validate -q --write-baseline "$folder/baseline" "$file" >/dev/null
    cat "$folder/baseline" >>"$folder/loaded/$(echo "$file" | tr / _)" 2>/dev/null
    rm -f "$folder/baseline"
done
