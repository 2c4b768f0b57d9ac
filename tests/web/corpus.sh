#!/bin/sh
# Reports of real captures in Chromium: some requests of each with all tabs, copying, export. A sample of the shared folder's captures; all
# with HARMILL_LONG=1.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/web/browser.inc
. "$ROOT/tests/web/browser.inc"

need_chromium "reports of real captures" || finish
need_shared "reports of real captures" corpus || finish
counted "real captures" 1800 "$WEB/corpus.js" "$(command -v chromium)" "$HARMILL_SHARED/corpus"
finish
