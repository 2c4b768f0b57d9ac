#!/bin/sh
# Every rule has its folder in testdata/invalid/: each fail* makes validate name the rule, each nearly* does not.
. "$(dirname "$0")/../lib.sh"
begin

# The ids from the program, one per line; `rules --json` is an array of objects with a member id.
run "$HARMILL" rules --json
expect_status "rules --json" 0
jq_ids='.. | objects | select(has("id")) | .id'
if need_tool "ids of all rules" jq; then
    jq -r "$jq_ids" "$T/out" 2>"$T/jq" | LC_ALL=C sort -u >"$T/ids"
    expect_empty "rules --json is JSON" "$T/jq"
    sed -n 's/^ *X([A-Z0-9_]*, "\([a-z0-9-]*\)".*/\1/p' "$ROOT"/include/harmill/rules_*.h | LC_ALL=C sort -u >"$T/rows"
    expect_same "rules --json lists the rows of the rules' headers" "$T/rows" "$T/ids"
else
    sed -n 's/^ *X([A-Z0-9_]*, "\([a-z0-9-]*\)".*/\1/p' "$ROOT"/include/harmill/rules_*.h >"$T/ids"
fi
for folder in "$DATA"/invalid/*/; do basename "$folder"; done | LC_ALL=C sort >"$T/folders"
expect_same "one folder per rule" "$T/ids" "$T/folders"

zip=
! "$HARMILL" --version | grep -q libzip || zip=.yes
xml=
! "$HARMILL" list formats --json | grep -q '"name": "xml".*"built": true' || xml=.yes
for folder in "$DATA"/invalid/*/; do
    folder=${folder%/}
    rule=$(basename "$folder")
    options=
    [ ! -f "$folder/options" ] || options=$(cat "$folder/options")
    for file in "$folder"/fail.har "$folder"/nearly.har; do
        [ -f "$file" ] || [ -f "${file%.har}.xml" ] || [ -f "$file.zip" ] || not_ok "$rule: $(basename "$file") is missing"
    done
    for file in "$folder"/fail*.har "$folder"/nearly*.har "$folder"/fail*.xml "$folder"/nearly*.xml "$folder"/fail*.zip "$folder"/nearly*.zip; do
        [ -f "$file" ] || continue
        case $file in
        *.xml) built=$xml ;;
        *.zip) built=$zip ;;
        *) built=.yes ;;
        esac
        [ -n "$built" ] || continue # not in this build
        name="$rule/$(basename "$file")"
        # shellcheck disable=SC2086 # a list of options
        run "$HARMILL" validate --report jsonl --show info $options "$file"
        if [ "$status" -gt 1 ]; then
            not_ok "$name" "$(show_run)"
            continue
        fi
        found=no
        ! grep -q "\"type\": *\"finding\".*\"rule\": *\"$rule\"" "$T/out" || found=yes
        case $name:$found in
        */fail*:yes | */nearly*:no) ok "$name" ;;
        */fail*) not_ok "$name: the rule is not named" "$(show_run)" ;;
        *) not_ok "$name: the rule is named" "$(grep "\"$rule\"" "$T/out")" ;;
        esac
    done
done
finish
