#!/bin/sh
# The report for GitLab against what GitLab documents (gitlab.js), and its fingerprints.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/report

need_tool "GitLab" node jq || finish
cd "$ROOT" || exit 3

checked() { # NAME ARGUMENT...
    name=$1
    shift
    run "$HARMILL" validate -q --report "gitlab:$T/report.json" --show info "$@"
    if ! node "$HERE/gitlab.js" <"$T/report.json" >"$T/problems" 2>&1; then
        not_ok "$name" "$(cat "$T/problems")"
        return
    fi
    expect_empty "$name" "$T/problems"
}

# The test can fail.
printf '[{"description":"a","check_name":"b","fingerprint":"0123456789abcdef","severity":"bad","location":{"path":"./a","lines":{"begin":0}}}]' |
    node "$HERE/gitlab.js" >"$T/problems"
expect_eq "a bad report has problems" 3 "$(($(wc -l <"$T/problems")))"

checked "all of testdata" testdata
checked "a clean capture" testdata/valid/one-entry.har
expect_eq "a clean capture: an empty array" "[]" "$(cat "$T/report.json")"
checked "what is not there" ./missing.har
expect_eq "what is not there" "unreadable major missing.har" \
    "$(jq -r '.[] | "\(.check_name) \(.severity) \(.location.path)"' "$T/report.json")"
checked "two inputs that are alike" tests/report/small.har ./tests/report/golden/../small.har

# An entry in front of the others changes no fingerprint of what was there.
sed 's|"entries": \[|"entries": [{"startedDateTime": "2026-03-09T08:30:00.500Z", "_x": 1, "time": "1"},|' tests/report/small.har >"$T/small.har"
cd "$ROOT/tests/report" || exit 3
"$HARMILL" validate -q --report gitlab small.har | jq -r '.[].fingerprint' | sort >"$T/before"
cd "$T" || exit 3
"$HARMILL" validate -q --report gitlab small.har | jq -r '.[].fingerprint' | sort >"$T/after"
expect_eq "fingerprints stay when an entry is inserted" "" "$(comm -23 "$T/before" "$T/after")"
if cmp -s before after; then
    not_ok "the entry that was inserted has findings of its own"
fi
finish
