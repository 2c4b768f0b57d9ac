#!/bin/sh
# What harmill rules says of the rules: that it is the rows of their headers, that nothing is left unexplained, that examples
# are JSON.
. "$(dirname "$0")/../lib.sh"
begin

# Rules without an example, because a line cannot show it: bad, or bad and good.
no_bad='byte-order-mark compressed-data json-control-character missing-attachment not-utf-8 pages-not-compared too-deep too-large truncated-text'
no_good='byte-order-mark compressed-data missing-attachment not-utf-8 pages-not-compared too-deep too-large truncated-text'
# Rules whose examples are no JSON, because that is what they are about; some readers refuse half a surrogate pair.
bad_is_no_json='json-escape json-syntax json-truncated json-wrapper lone-surrogate not-a-number xml-syntax xml-vocabulary'
good_is_no_json='xml-syntax xml-vocabulary'

rows=$(sed -n 's/^ *X([A-Z0-9_]*, "\([a-z0-9-]*\)", \([A-Z]*\), \([A-Z]*\),.*/\1 \2 \3/p' "$ROOT"/include/harmill/rules_*.h |
    tr '[:upper:]' '[:lower:]')
printf '%s\n' "$rows" | LC_ALL=C sort >"$T/wanted"
if [ "$(wc -l <"$T/wanted")" -ge 30 ]; then ok "rows"; else not_ok "rows: the headers hold too few"; fi

# ---- the list

check_status "rules" 0 "$HARMILL" rules
awk '/^  / { print $1, $2, $3 }' "$T/out" | LC_ALL=C sort >"$T/found"
expect_same "rules: the rows with their levels" "$T/wanted" "$T/found"
sed -n 's/^\([a-z]*\):$/\1/p' "$T/out" >"$T/groups"
sed -n 's/^ *X([A-Z]*, "\([a-z]*\)").*/\1/p' "$ROOT/include/harmill/rule.h" >"$T/groups.wanted"
expect_same "rules: the groups" "$T/groups.wanted" "$T/groups"
expect_eq "rules: each line is a group, a rule or empty" "" \
    "$(grep -v -e '^[a-z]*:$' -e '^  [a-z0-9-]*  *[a-z]*  *[a-z]*  *[^ ]' -e '^$' "$T/out")"

# ---- one of them

while read -r rule level strict; do
    check_status "rules $rule" 0 "$HARMILL" rules "$rule" </dev/null
    expect_eq "rules $rule: its id" "$rule" "$(sed -n '1s/: .*//p' "$T/out")"
    expect_contains "rules $rule: its level" "$T/out" "Level:      $level ("
    expect_contains "rules $rule: its level in the strict profile" "$T/out" "Strict:     $strict"
    for label in Group Source normalize; do
        grep -q "^$label:  *[^ ]" "$T/out" || not_ok "rules $rule: no $label" "$(cat "$T/out")"
    done
    expect_eq "rules $rule: nothing is empty" "" "$(grep -n '^[A-Z][a-z ]*: *$' "$T/out")"
    # What cannot be broken: a stretch of JSON, a line of XML.
    expect_eq "rules $rule: width" "" "$(awk 'length($0) > 79 && $0 !~ /["<][^ ]*$/' "$T/out")"
done <"$T/wanted"

# ---- for programs

need_tool "rules --json" jq || finish
check_status "rules --json" 0 "$HARMILL" rules --json
cp "$T/out" "$T/rules.json"
jq -r '.[] | "\(.id) \(.level) \(.strict)"' "$T/rules.json" | LC_ALL=C sort >"$T/found"
expect_same "rules --json" "$T/wanted" "$T/found"
expect_eq "rules --json: its members" "bad,good,group,id,level,mend,seen,source,strict,text,title" \
    "$(jq -r '[.[] | keys | join(",")] | unique[]' "$T/rules.json")"
expect_eq "rules --json: nothing but texts" string "$(jq -r '[.[][] | type] | unique[]' "$T/rules.json")"
check_status "rules RULE --json" 0 "$HARMILL" rules wrong-type --json
jq '.[] | select(.id == "wrong-type")' "$T/rules.json" >"$T/one"
jq . "$T/out" >"$T/found"
expect_same "rules RULE --json" "$T/one" "$T/found"

# Ids for which a jq condition holds, but for those of a list.
unless() { # NAME IDS CONDITION
    jq -r ".[] | select($3) | .id" "$T/rules.json" >"$T/ids"
    # shellcheck disable=SC2086 # a list of ids
    expect_eq "$1" "" "$(printf '%s\n' $2 '' | sed '/^$/d' | grep -vxF -f - "$T/ids" 2>/dev/null | tr '\n' ' ')"
}

json='def is_json: (try (fromjson | true) catch false) or (try ("{\(.)}" | fromjson | true) catch false);'
unless "every rule has a text of a sentence or more" "" '.text | test("^.{40,}\\.$") | not'
unless "every rule says what normalize does" "" '.mend | test("^[A-Z].*\\.$") | not'
unless "who writes it is a sentence" "" '.seen | test("^$|^[A-Za-z].*\\.$") | not'
unless "every rule has a source and a title" "" '.source == "" or .title == "" or .group == ""'
unless "every rule shows what is wrong" "$no_bad" '.bad == ""'
unless "every rule shows what is right" "$no_good" '.good == ""'
unless "what is wrong is JSON" "$no_bad $bad_is_no_json" "$json .bad | is_json | not"
unless "what is right is JSON" "$no_good $good_is_no_json" "$json .good | is_json | not"
unless "right is not wrong" "$no_good" '.bad == .good'
# The exceptions are rules, and are needed.
for rule in $no_bad; do
    expect_eq "$rule shows nothing wrong" "" "$(jq -r --arg id "$rule" '.[] | select(.id == $id) | .bad' "$T/rules.json")"
done
for rule in $no_bad $bad_is_no_json; do
    if grep -q "^$rule " "$T/wanted"; then ok "$rule is a rule"; else not_ok "$rule: no such rule"; fi
done

# ---- the pages

for page in src/man/harmill-rules.7 docs/rules.md; do
    while read -r rule level strict; do
        grep -qE -e "^\.It Cm $rule\$|^### $rule\$" "$ROOT/$page" || not_ok "$page: nothing about $rule ($level, $strict)"
    done <"$T/wanted"
    ok "$page"
done
finish
