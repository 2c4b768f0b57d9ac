#!/bin/sh
# What Playwright records into a .zip, where bodies lie beside the capture, is one file with its bodies once it is normalized: Playwright
# serves all of it again from there.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/consumer
need_tool "Playwright's archives" node jq chromium || finish
[ -d "$HERE/node_modules/playwright-core" ] || {
    lacking "Playwright's archives" "playwright-core (npm ci in tests/consumer)"
    finish
}
"$HARMILL" --version | grep -q libzip || {
    skip "Playwright's archives" "this build leaves out zip"
    finish
}
mkdir "$T/inside"
address=$(HOME=$T timeout 120 node "$HERE/attached.js" record "$(command -v chromium)" "$T/inside/x.zip" 2>"$T/node") ||
    not_ok "Playwright records" "$(head -c 2000 "$T/node")"
[ -s "$T/inside/x.zip" ] || finish

run "$HARMILL" validate --report jsonl --show info "$T/inside/x.zip"
expect_status "the archive has no error" 0
expect_eq "the archive has no error and no warning" "" \
    "$(jq -r 'select(.level == "error" or .level == "warning") | "\(.level): \(.message) [\(.rule)] (\(.pointer))"' "$T/out")"
attached=$(grep -c '"attached-body"' "$T/out")
[ "$attached" -ge 8 ] || not_ok "bodies lie beside the capture" "$attached"
run "$HARMILL" info "$T/inside/x.zip"
expect_status "info" 0
expect_contains "info: the name" "$T/out" "x.zip/har.har: HAR 1.2"
check_status "it is normalized" 0 "$HARMILL" normalize "$T/inside/x.zip" -o "$T/inside/x.har"
expect_lacks "no body lies beside it any more" "$T/inside/x.har" '"_file"'
mv "$T/inside/x.zip" "$T/x.zip" # Playwright reads what is beside a capture
check_status "normalized again it stays" 0 "$HARMILL" normalize --check "$T/inside/x.har"
check_status "it has no error and no warning" 0 "$HARMILL" validate --fail-on warning "$T/inside/x.har"
replay() { # CAPTURE OUTPUT
    HOME=$T timeout 120 node "$HERE/attached.js" replay "$(command -v chromium)" "$1" "$address" >"$2" 2>"$T/node" ||
        not_ok "Playwright replays $1" "$(head -c 2000 "$T/node")"
}
replay "$T/x.zip" "$T/wanted"
replay "$T/inside/x.har" "$T/served"
expect_same "Playwright serves the same bodies as from its own archive" "$T/wanted" "$T/served"
node "$HERE/attached.js" site | grep -v latin >"$T/site"
grep -v latin "$T/served" >"$T/served.others"
expect_same "they are the site's" "$T/site" "$T/served.others"
echo "$attached bodies of $(jq '.log.entries | length' "$T/inside/x.har") entries"
finish
