#!/bin/sh
# How fast the report is in Chromium; the table is in the log. HARMILL_LONG=1 adds 100,000 entries, HARMILL_SPEED=N adds N.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/web/browser.inc
. "$ROOT/tests/web/browser.inc"

need_chromium "speed of the report" || finish
sizes='1000 10000'
[ "${HARMILL_LONG-0}" != 1 ] || sizes="$sizes 100000"
sizes="$sizes ${HARMILL_SPEED-}"
# shellcheck disable=SC2086 # a list of numbers
counted "speed" 400 "$WEB/speed.js" "$(command -v chromium)" $sizes
finish
