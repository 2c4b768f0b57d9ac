#!/bin/sh
# The report as a person uses it, in Chromium and in Firefox, opened from files. HARMILL_SCREENS=1 leaves pictures of each state in
# tests/screens of the build folder.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/web/browser.inc
. "$ROOT/tests/web/browser.inc"

need_chromium "the report in browsers" || finish
counted "Chromium" 400 "$WEB/browser.js" "$(command -v chromium)"
"$HARMILL" schema >"$T/schema.xsd"
mkdir "$T/hostile" "$T/profile"
node "$WEB/hostile.js" "$T/schema.xsd" "$T/hostile" || not_ok "hostile captures are written"
need_tool "the report in Firefox" firefox-esr &&
    counted "Firefox" 120 "$WEB/firefox.js" "$(command -v firefox-esr)" "$T/profile" "$T/hostile/square.har"
named browser
finish
