#!/bin/sh
# What the report shows of requests with thousands of headers, cookies, parameters, messages or findings: little at first.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "details" node || finish
run node "$ROOT/tests/web/detail.js"
expect_status "details" 0
expect_eq "all checks were made" "53 checks" "$(tail -n 1 "$T/out")"
finish
