#!/bin/sh
# Copy as cURL: hostile requests as commands, run by the real shells and the real curl against a loopback server.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/web

need_tool "cURL" node curl bash zsh || finish

mkdir "$T/place"
run node "$HERE/curl.js" "$T/place" sh bash zsh
expect_status "what arrives is what the entry says" 0
expect_eq "all commands were run" "318 commands" "$(tail -n 1 "$T/out")"
finish
