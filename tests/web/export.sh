#!/bin/sh
# The export of a report: what it holds, by a comparison with the capture, and by harmill's own judgement.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/web

need_tool "export" node jq || finish

findings() { # FILE; "rule level" of every finding but those of the order
    "$HARMILL" validate -q --show info --max-findings 0 --ignore unsorted-entries --report "json:$T/report.json" "$1" >/dev/null 2>&1
    jq -r '.. | objects | select(has("pointer")) | "\(.rule) \(.level)"' "$T/report.json" | sort
}

exported() { # NAME CAPTURE
    run node "$HERE/export.js" "$2" "$T/some.har"
    expect_status "$1: the members" 0
    expect_empty "$1: nothing differs" "$T/out"
    findings "$2" >"$T/before"
    findings "$T/some.har.all" >"$T/after"
    expect_same "$1: everything has the findings of the capture" "$T/before" "$T/after"
    findings "$T/some.har" >"$T/after"
    comm -13 "$T/before" "$T/after" >"$T/new"
    expect_empty "$1: a part has no new findings" "$T/new"
    check_status "$1: nothing at all is valid" 0 "$HARMILL" validate -q "$T/some.har.none"
}

exported "a shop" "$DATA/shop.har"
exported "one entry" "$DATA/valid/one-entry.har"
if need_shared "a capture of a browser" corpus/saucelabs__network-viewer; then
    exported "a capture of a browser" "$HARMILL_SHARED/corpus/saucelabs__network-viewer/examples__src__data__network.har"
fi
finish
