#!/bin/sh
# The rule k6-refuses names what npm har-to-k6 makes no script of, file by file.
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/consumer/replay.inc"
begin
need_tool "har-to-k6" node xargs || finish
[ -d "$HERE/node_modules/har-to-k6" ] || {
    lacking "har-to-k6" "har-to-k6 (npm ci in tests/consumer)"
    finish
}
compare_all k6 node "$HERE/k6.js" 20
finish
