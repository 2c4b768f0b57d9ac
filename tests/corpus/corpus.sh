#!/bin/sh
# Every capture of the shared folder: no crash; normalizing gives a file that normalizing leaves as it is, or nothing; verdicts
# beside npm har-validator's and beside what the fixtures' owners say, where verdicts.tsv explains every difference.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/corpus

for folder in corpus fixtures cloudflare; do
    need_shared "captures" "$folder" || finish
done
need_tool "captures" node || finish
[ -d "$HERE/node_modules/har-validator" ] || {
    lacking "captures" "har-validator (npm ci in tests/corpus)"
    finish
}
cd "$HARMILL_SHARED" || exit 3

# Slow builds leave large files out.
size=
[ "${HARMILL_SAMPLE-0}" != 1 ] || size='-size -600k'
# shellcheck disable=SC2086 # one option and its value, or none
find corpus fixtures cloudflare -type f $size \( -name '*.har' -o -name '*.harp' -o -name '*.json' \) \
    ! -name urlscanner-openapi.json | LC_ALL=C sort >"$T/files"

written=0
left=0
while IFS= read -r file; do
    run "$HARMILL" validate --report jsonl --show info "$file"
    case $status in
    0 | 1)
        cp "$T/out" "$T/report"
        cat "$T/report" >>"$T/jsonl"
        ;;
    *) not_ok "$file is judged" "$(show_run)" ;;
    esac
    [ "$status" -le 1 ] || continue
    rm -f "$T/once.har" "$T/twice.har"
    run "$HARMILL" normalize "$file" -o "$T/once.har"
    if [ "$status" -eq 0 ]; then
        written=$((written + 1))
        run "$HARMILL" normalize "$T/once.har" -o "$T/twice.har"
        if [ "$status" -eq 0 ]; then
            expect_same "$file normalized is as it was when normalized again" "$T/once.har" "$T/twice.har"
        else
            not_ok "$file normalized can be read again" "$(show_run)"
        fi
    elif [ "$status" -eq 1 ] && [ ! -e "$T/once.har" ]; then
        left=$((left + 1))
        expect_contains "$file is left out for a reason" "$T/report" '"level":"error"'
    else
        not_ok "$file is normalized, or nothing is written" "$(show_run)"
    fi
done <"$T/files"
count=$(wc -l <"$T/files")
echo "$count captures: $written normalized, $left broken"

node "$HERE/verdicts.js" harmill <"$T/jsonl" >"$T/ours" || not_ok "the report is JSON"
expect_eq "every capture has a verdict" "$((count))" "$(($(wc -l <"$T/ours")))"
node "$HERE/verdicts.js" har-validator <"$T/files" >"$T/har-validator" || not_ok "har-validator runs"
# The folder's own notes: fixtures by their owners, captures by har-validator.
awk -F '\t' 'NR > 1 && ($2 == "valid" || $2 == "invalid") { print "fixtures/" $1 "\t" $2 }' fixtures/EXPECTED.tsv >"$T/EXPECTED"
awk -F '\t' 'NR > 1 { print "corpus/" $1 "\t" $13 }' corpus/MANIFEST.tsv | LC_ALL=C sort >"$T/manifest"
grep '^corpus/' "$T/har-validator" >"$T/corpus"
if [ -z "$size" ]; then
    expect_same "har-validator says what MANIFEST.tsv says" "$T/manifest" "$T/corpus"
fi
for judge in har-validator EXPECTED; do
    node "$HERE/verdicts.js" compare "$judge" "$T/$judge" "$T/ours" "$HERE/verdicts.tsv" >"$T/compared" ||
        not_ok "verdicts are compared with $judge"
    tail -n 1 "$T/compared"
    sed '$d' "$T/compared" >"$T/differences"
    expect_empty "all differences from $judge are explained" "$T/differences"
done
finish
