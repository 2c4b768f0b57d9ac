#!/bin/sh
# The profile har-validator refuses what npm har-validator refuses, file by file.
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/consumer/verdicts.inc"
begin
need_tool "har-validator" node || finish
[ -d "$ROOT/tests/corpus/node_modules/har-validator" ] || {
    lacking "har-validator" "har-validator (npm ci in tests/corpus)"
    finish
}
compare_all har-validator node "$VERDICTS" har-validator
finish
