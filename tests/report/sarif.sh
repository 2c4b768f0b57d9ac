#!/bin/sh
# The SARIF report beside the rules of its makers and of GitHub (npm sarif-multitool): what that program says is listed here, with the
# reason why it may stay; anything else fails.
. "$(dirname "$0")/../lib.sh"
begin

# Its exit status says nothing: what counts is its output. FILE:PLACE: LEVEL RULE: TEXT.
#
# SARIF2002: messages have no ids, because they are made where they are found.
# SARIF2003: harmill knows nothing of the repository that a capture lies in.
# SARIF2005, SARIF2012 help URI: there is no public address to name.
# SARIF2006: the schema cannot be fetched where tests have no network.
# SARIF2009: ids of rules are words.
# SARIF2012 rules: a run that found nothing needs no rules.
# SARIF2016: an input that was named by an absolute path keeps it.
# SARIF2010, SARIF2011: the lines of a capture hold secrets.
allowed='note SARIF2002:
note SARIF2003:
does not provide .informationUri
note SARIF2006: .schema: The URI .* was not reachable
note SARIF2009:
note SARIF2010:
note SARIF2011:
note SARIF2012:.*does not provide a help URI
note SARIF2012:.*does not provide a .rules. property
note SARIF2016:.*is specified with absolute URI'
printf '%s\n' "$allowed" >"$T/allowed"

tool=$ROOT/tests/report/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
[ -e "$tool" ] || {
    lacking "SARIF" "sarif-multitool (npm ci in tests/report)"
    finish
}
[ -x "$tool" ] || chmod u+x "$tool"
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
DOTNET_BUNDLE_EXTRACT_BASE_DIR=$T/dotnet
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT DOTNET_BUNDLE_EXTRACT_BASE_DIR

judge() { # FILE; what is said is in $T/said
    "$tool" validate "$1" --rule-kind "Sarif;Ghas" --level "Error;Warning;Note" >"$T/judged" 2>&1
    grep -E ': (error|warning|note) [A-Z]+[0-9]+: ' "$T/judged" | grep -v -E -f "$T/allowed" >"$T/said"
}

# The test can fail: a report that GitHub refuses.
printf '%s' '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"a","message":{"text":"b"}}]}]}' >"$T/bad.sarif"
judge "$T/bad.sarif"
if ! grep -q '' "$T/said"; then
    if grep -q "Analysis completed" "$T/judged"; then
        not_ok "a bad report is refused" "$(head -c 2000 "$T/judged")"
    else
        lacking "SARIF" "a sarif-multitool that runs: $(head -n 3 "$T/judged" | tr '\n' ' ')"
        finish
    fi
fi

checked() { # NAME ARGUMENT...
    name=$1
    shift
    run "$HARMILL" validate -q --report "sarif:$T/report.sarif" --show info "$@"
    if [ "$status" -gt 3 ] || [ ! -f "$T/report.sarif" ]; then
        not_ok "$name" "$(show_run)"
        return
    fi
    judge "$T/report.sarif"
    expect_contains "$name: it was read" "$T/judged" "Analysis completed successfully"
    expect_empty "$name: nothing else is said" "$T/said"
}

cd "$ROOT" || exit 3
checked "all of testdata" testdata
checked "values" --show-values testdata/hostile testdata/ticket.har
checked "a clean capture" testdata/shop.har
mkdir "$T/in"
cp tests/report/small.har "$T/in/a b%#é[1].har"
cp tests/report/small.har "$T/in/$(printf 'no\377utf8\n.har')"
cp tests/report/small.har "$T/in/c:a.har"
cd "$T/in" || exit 3
mkdir -p deep/er
cp c:a.har deep/er
checked "odd names" .
checked "an absolute path" "$T/in/c:a.har"
checked "stdin and what is not there" - missing.har "$T/missing.har"
(cd deep && checked "the folder above" ../c:a.har && [ "$FAILED" -eq 0 ]) || not_ok "the folder above"

# Over the most that GitHub takes.
awk 'BEGIN {
    printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < 26000; i++) printf "%s\n7", i ? "," : ""
    print "]}}" }' >"$T/many.har"
run "$HARMILL" validate -q --report "sarif:$T/many.sarif" --show info "$T/many.har"
if need_tool "many results" jq; then
    expect_eq "many results" "25000 26000 1000" \
        "$(jq -r '.runs[0] | "\(.results | length) \(.properties.findings) \(.properties.droppedFindings)"' "$T/many.sarif")"
    expect_eq "fingerprints are told apart" 25000 \
        "$(jq -r '.runs[0].results[].partialFingerprints.primaryLocationLineHash' "$T/many.sarif" | sort -u | wc -l)"
fi
finish
