#!/bin/sh
# Hostile strings in every place of a capture, in titles, names of files and addresses: nothing runs, nothing is added, nothing is asked
# for. HARMILL_LONG=1 puts each payload into each place alone.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/web/browser.inc
. "$ROOT/tests/web/browser.inc"

need_chromium "hostile captures" || finish
"$HARMILL" schema >"$T/schema.xsd"
mkdir "$T/hostile"
node "$WEB/hostile.js" "$T/schema.xsd" "$T/hostile" || not_ok "hostile captures are written"
limit=900
[ "${HARMILL_LONG-0}" != 1 ] || limit=7200
counted "hostile captures" "$limit" "$WEB/hostile_report.js" "$(command -v chromium)" "$T/hostile"
named hostile
finish
