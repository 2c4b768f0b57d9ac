#!/bin/sh
# What `normalize --repair` writes of every real capture opens in every program that can be run here; normalized.tsv lists each one
# that does not, with the rule that says what would have to be made up. The counts are the table of docs/consumers.md.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/consumer/normalized.inc
. "$ROOT/tests/consumer/normalized.inc"
begin_captures "normalized captures" || finish

# shellcheck disable=SC2119 # no options of its own
normalize_all
total=$(($(wc -l <"$T/files")))
: >"$T/refused"
printf '| program | opened before | opened after | of |\n|---|---|---|---|\n' >"$T/counts"
for consumer in har-validator chrome firefox k6 har-sdk playwright; do
    program_says "$consumer" <"$T/files" >"$T/before"
    expect_eq "$consumer: a verdict on each capture" "$total" "$(($(wc -l <"$T/before")))"
    judge_written "$consumer"
    awk -F '\t' -v consumer="$consumer" -v OFS='\t' '$2 == "refuses" { print consumer, $1, $3 }' "$T/judged" >>"$T/refused"
    printf '| %s | %d | %d | %d |\n' "$consumer" "$(grep -c '	accepts' "$T/before")" "$(grep -c '	accepts' "$T/judged")" \
        "$total" >>"$T/counts"
done
cat "$T/counts"

# ---- each capture that does not open is listed, and no other

awk -F '\t' -v OFS='\t' '{ count = split($1, program, ","); for (i = 1; i <= count; i++) print program[i], $2 }' "$T/table" |
    LC_ALL=C sort >"$T/listed"
cut -f 1,2 "$T/refused" | LC_ALL=C sort >"$T/found"
LC_ALL=C comm -13 "$T/listed" "$T/found" >"$T/unlisted"
LC_ALL=C comm -23 "$T/listed" "$T/found" >"$T/gone"
awk -F '\t' 'NR == FNR { wanted[$1 "\t" $2]; next } ($1 "\t" $2) in wanted' "$T/unlisted" "$T/refused" >"$T/explained"
expect_empty "what does not open is listed" "$T/explained"
expect_empty "what is listed does not open" "$T/gone"

# ---- the rule that a row names is told of its capture

cut -f 3 "$T/table" | grep -vx -- - | LC_ALL=C sort -u >"$T/rules"
while read -r rule; do
    awk -F '\t' -v rule="$rule" '$3 == rule { print $2 }' "$T/table" | LC_ALL=C sort -u >"$T/named"
    tr '\n' '\0' <"$T/named" | xargs -0 "$HARMILL" validate --report jsonl --show error --rule "$rule=error" -- >"$T/jsonl" 2>"$T/err"
    node "$HERE/refused.js" "$rule" <"$T/jsonl" | awk -F '\t' '$2 != "refuses"' >"$T/untold"
    expect_empty "$rule is told of each capture that is listed with it" "$T/untold"
done <"$T/rules"

# ---- the page

if [ "${HARMILL_SAMPLE-0}" != 1 ]; then
    page=$ROOT/docs/consumers.md
    grep -v '^#' "$HERE/normalized.tsv" | awk -F '\t' -v OFS='\t' '
        { key = $3 OFS $4; if (!(key in count)) order[++keys] = key; count[key]++; split($1, program, ",")
          for (i in program) list[key, program[i]] }
        END {
            print "| captures | programs | rule | why |"; print "|---|---|---|---|"
            split("har-validator chrome firefox k6 har-sdk playwright", all, " ")
            for (k = 1; k <= keys; k++) {
                names = ""
                for (i = 1; i <= 6; i++) if ((order[k], all[i]) in list) names = names (names ? ", " : "") all[i]
                split(order[k], part, OFS)
                printf "| %d | %s | %s | %s |\n", count[order[k]], names, part[1] == "-" ? "-" : "`" part[1] "`", part[2]
            }
        }' >"$T/reasons"
    for part in counts reasons; do
        if [ "${HARMILL_REGEN-0}" = 1 ]; then
            sed -i -e "/^<!-- $part -->\$/,/^<!-- end of $part -->\$/{//!d}" -e "/^<!-- $part -->\$/r $T/$part" "$page"
        fi
        sed -n "/^<!-- $part -->\$/,/^<!-- end of $part -->\$/{//!p}" "$page" >"$T/documented"
        expect_same "the $part of docs/consumers.md" "$T/$part" "$T/documented"
    done
fi
finish
