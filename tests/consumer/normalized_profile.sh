#!/bin/sh
# What `normalize --repair --profile NAME` writes of every real capture opens in the program of that name: what it would refuse even
# so is left out, which is told.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/consumer/normalized.inc
. "$ROOT/tests/consumer/normalized.inc"
begin_captures "captures for a program" || finish

# Nothing can be written of a document that is no HAR, and Playwright reads bodies that lie beside a capture.
awk -F '\t' '$4 ~ /^it is no HAR/ { print $2 }' "$T/table" | LC_ALL=C sort -u >"$T/no_har"
awk -F '\t' '$3 == "attached-body" { print $2 }' "$T/table" >"$T/bodies"
for profile in har-validator chrome firefox k6 playwright; do
    normalize_all --profile "$profile"
    judge_written "$profile"
    expect_same "$profile: something is written of all but what is no HAR" "$T/no_har" "$T/unwritten"
    awk -F '\t' 'FILENAME == ARGV[1] { but[$1]; next } $2 == "refuses" && !($1 in but)' "$T/no_har" "$T/judged" >"$T/refused"
    [ "$profile" != playwright ] || {
        grep -vFf "$T/bodies" "$T/refused" >"$T/others"
        mv "$T/others" "$T/refused"
    }
    expect_empty "$profile opens what is written for it" "$T/refused"
    # "harmill: FILE: left out, because ..."
    sed -n 's/^harmill: \(.*\): left out, because .*/\1/p' "$T/told" | LC_ALL=C sort >"$T/left_out"
    awk -F '\t' '$2 == 1 { print $1 }' "$T/statuses" | LC_ALL=C sort >"$T/findings"
    LC_ALL=C comm -23 "$T/left_out" "$T/findings" >"$T/quiet"
    expect_empty "$profile: exit status 1 where something is left out" "$T/quiet"
    echo "$profile: of $(($(wc -l <"$T/written"))) captures $(($(wc -l <"$T/left_out"))) lost entries"
done
finish
