#!/bin/sh
# The profile chrome refuses what the HAR import of Chrome DevTools refuses, file by file.
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/consumer/verdicts.inc"
begin
need_tool "Chrome" node || finish
[ -d "$HERE/node_modules/chrome-devtools-frontend" ] && [ -d "$HERE/node_modules/typescript" ] || {
    lacking "Chrome" "chrome-devtools-frontend and typescript (npm ci in tests/consumer)"
    finish
}
compare_all chrome node "$HERE/chrome.js"
finish
