#!/bin/sh
# The profile chrome refuses what the HAR import of Chrome DevTools refuses, file by file.
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/consumer/verdicts.inc"
begin
need_tool "Chrome" node || finish
for package in chrome-devtools-frontend typescript; do
    [ -d "$HERE/node_modules/$package" ] || {
        lacking "Chrome" "$package (npm ci in tests/consumer)"
        finish
    }
done
compare_all chrome node "$HERE/chrome.js"
finish
