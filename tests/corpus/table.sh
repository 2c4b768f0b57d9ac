#!/bin/sh
# The tables of docs/corpus.md, between its two comments, tell what harmill says today. `HARMILL_REGEN=1 tests/run corpus/table`
# writes them anew.
. "$(dirname "$0")/../lib.sh"
begin
PAGE=$ROOT/docs/corpus.md

if [ "${HARMILL_SAMPLE-0}" = 1 ]; then
    skip "the tables of docs/corpus.md" "one build is enough"
    finish
fi
for folder in corpus fixtures cloudflare; do
    need_shared "the tables of docs/corpus.md" "$folder" || finish
done
need_tool "the tables of docs/corpus.md" node xargs || finish
cd "$HARMILL_SHARED" || exit 3
find corpus fixtures cloudflare -type f \( -name '*.har' -o -name '*.harp' -o -name '*.json' \) ! -name urlscanner-openapi.json |
    LC_ALL=C sort | tr '\n' '\0' >"$T/files"
for profile in har-1.2 har-1.2-strict; do
    xargs -0 "$HARMILL" validate --profile "$profile" --report jsonl --show error -- <"$T/files" >"$T/$profile" 2>"$T/err"
    expect_eq "all captures are judged in $profile" "$(tr -cd '\0' <"$T/files" | wc -c)" "$(grep -c '"type":"input"' "$T/$profile")"
done
run "$HARMILL" rules --json
cp "$T/out" "$T/rules"
check_status "the tables are made" 0 node "$ROOT/tests/corpus/table.js" "$T/rules" "$T/har-1.2" "$T/har-1.2-strict" corpus/MANIFEST.tsv
awk -v tables="$T/out" '/^<!-- end/ { inside = 0 }
    !inside { print }
    /^<!-- begin/ { inside = 1; while ((getline line < tables) > 0) print line }' "$PAGE" >"$T/page"
expect_golden "docs/corpus.md has the tables of today" "$PAGE" "$T/page"
finish
