#!/bin/sh
# Every report over the same three inputs: small.har, an empty log that is clean, a file that is not there.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/report

mkdir -p "$T/in/my captures"
cp "$HERE/small.har" "$T/in/my captures/"
printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[]}}' >"$T/in/empty.har"
cd "$T/in" || exit 3
select=wrong-type,date-without-zone,unknown-member,missing-member
for report in text brief json jsonl sarif github gitlab junit; do
    run "$HARMILL" validate --select "$select" --rule unknown-member=info --show info --report "$report" \
        "./my captures/small.har" empty.har missing.har
    expect_status "$report: the missing file" 3
    expect_golden "$report" "$HERE/golden/$report.out" "$T/out"
    # Nothing depends on where the output goes.
    run "$HARMILL" validate -q --select "$select" --rule unknown-member=info --show info --report "$report:../file" \
        "./my captures/small.har" empty.har missing.har
    expect_same "$report in a file" "$HERE/golden/$report.out" "$T/file"
done

# A new report has to come here.
if need_tool "all reports" jq; then
    expect_eq "all reports" "text brief json jsonl sarif github gitlab junit" \
        "$("$HARMILL" list reports --json | jq -r '[.reports[].name] | join(" ")')"
fi

# No input at all is refused before a report begins; a run without findings still gives whole documents.
for report in json sarif gitlab; do
    run "$HARMILL" validate --report "$report" empty.har
    expect_status "$report of a clean input" 0
    if need_tool "$report of a clean input" jq && ! jq -e . "$T/out" >/dev/null 2>&1; then
        not_ok "$report of a clean input is JSON" "$(show_run)"
    fi
done
finish
