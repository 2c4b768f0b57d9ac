#!/bin/sh
# The rule firefox-refuses beside Firefox's own HAR import, in Debian's Firefox.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/consumer/replay.inc
. "$ROOT/tests/consumer/replay.inc"
need_tool "captures in Firefox" node xargs firefox-esr || finish

# shellcheck disable=SC2317 # called by its name
imports() {
    rm -rf "$T/firefox"
    mkdir "$T/firefox"
    HOME=$T timeout 300 node "$ROOT/tests/browser/firefox_import.js" "$(command -v firefox-esr)" "$T/firefox"
}

: >"$T/table"
cd "$ROOT" || exit 3
# harmill unpacks what is compressed, Firefox does not.
find testdata -type f -name '*.har' ! -path '*/compressed-data/*' ! -path '*/truncated-text/*' | LC_ALL=C sort >"$T/files"
compare_verdicts "testdata" firefox imports
for folder in corpus fixtures cloudflare; do
    need_shared "real captures" "$folder" || finish
done
cd "$HARMILL_SHARED" || exit 3
find corpus fixtures cloudflare -type f \( -name '*.har' -o -name '*.harp' -o -name '*.json' \) ! -name urlscanner-openapi.json |
    LC_ALL=C sort >"$T/files"
compare_verdicts "real captures" firefox imports
finish
