#!/bin/sh
# What reads the data of the HTML report and what filters it, outside of a browser: filter.js.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "filter" node || finish
node "$ROOT/tests/web/filter.js"
exit
