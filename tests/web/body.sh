#!/bin/sh
# What the report makes of bodies: base64, JSON as lines, hex.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "bodies" node || finish
run node "$ROOT/tests/web/body.js"
expect_status "bodies" 0
expect_eq "all checks were made" "267 checks" "$(tail -n 1 "$T/out")"
finish
