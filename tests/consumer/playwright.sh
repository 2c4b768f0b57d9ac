#!/bin/sh
# The rule playwright-refuses names what Playwright's routeFromHAR does not replay, file by file: by the code behind it for every
# entry of every file, and end to end in Chromium for those that it refuses and some of the others (HARMILL_LONG: all).
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/consumer/replay.inc"
begin
need_tool "Playwright" node xargs || finish
[ -d "$HERE/node_modules/playwright-core" ] || {
    lacking "Playwright" "playwright-core (npm ci in tests/consumer)"
    finish
}
compare_all playwright node "$HERE/playwright.js" lookup
[ -s "$T/table" ] || finish # no shared folder
need_tool "Playwright in a browser" chromium || finish

every=9
[ "${HARMILL_LONG-0}" != 1 ] || every=1
[ "${HARMILL_SAMPLE-0}" != 1 ] || every=40
awk -F '\t' -v every="$every" '($2 == "refuses" && (every < 40 || n++ % 5 == 0)) || NR % every == 0 { print $1 }' "$T/theirs" >"$T/files"
HOME=$T timeout 300 node "$HERE/playwright.js" browser "$(command -v chromium)" <"$T/files" >"$T/browser" 2>"$T/err" ||
    not_ok "the browser runs" "$(head -c 2000 "$T/err")"
expect_eq "the browser has a verdict on each file" "$(($(wc -l <"$T/files")))" "$(($(wc -l <"$T/browser")))"
# A file whose unanswered entries no page can ask for tells nothing.
awk -F '\t' 'NR == FNR { looked[$1] = $2; next } $2 != "unasked" && $2 != looked[$1] || /differs:/ { print }' \
    "$T/theirs" "$T/browser" >"$T/differences"
expect_empty "the browser and the lookups agree" "$T/differences"
echo "in the browser: $(($(wc -l <"$T/browser"))) files, $(cut -f 2 "$T/browser" | grep -c refuses) refused," \
    "$(cut -f 2 "$T/browser" | grep -c unasked) whose entries no page asks for"
finish
