#!/bin/sh
# Everything in testdata/valid/ and the bundled shop capture are valid: no error, no warning, status 0; normalizing gives a
# file that means the same to jq, that validates, and that normalizing leaves as it is.
. "$(dirname "$0")/../lib.sh"
begin

for file in "$DATA"/valid/*.har "$DATA/shop.har"; do
    name=$(basename "$file")
    run "$HARMILL" validate --report jsonl --fail-on warning "$file"
    expect_status "$name has no error or warning" 0
    check_status "$name is normalized" 0 "$HARMILL" normalize "$file" -o "$T/once.har"
    check_status "$name, normalized, has no warning" 0 "$HARMILL" validate -q --fail-on warning "$T/once.har"
    check_status "$name normalized twice" 0 "$HARMILL" normalize "$T/once.har" -o "$T/twice.har"
    expect_same "$name: normalizing again changes nothing" "$T/once.har" "$T/twice.har"
    check_status "$name: --check agrees" 0 "$HARMILL" normalize --check "$T/once.har"
    if need_tool "$name means the same" jq; then
        # Numbers compare as doubles here; their text is the writer's own test. What normalize adds to these: the list of pages,
        # the version 1.2, and members that keep another version, what stood beside the log, and pseudo-headers.
        jq -S '(.result.har? // .result // .) | (if .log | type == "object" then .log else null end)' "$file" >"$T/log" 2>&1
        [ "$(cat "$T/log")" != null ] || jq -S .log "$file" >"$T/log"
        jq -S 'def pseudo: .name? // "" | tostring | startswith(":");
            .pages |= (. // []) | .version = "1.2" | (.entries[]? | .request, .response) |=
            if any(.headers[]; pseudo) then ._pseudoHeaders = [.headers[] | select(pseudo)] | .headers |= map(select(pseudo | not))
            else . end' "$T/log" >"$T/before" 2>&1
        jq -S '.log | del(._version, ._messages, ._before, ._after, ._result)' "$T/once.har" >"$T/after" 2>&1
        expect_same "$name means the same" "$T/before" "$T/after"
    fi
    rm -f "$T"/*.har
done
finish
