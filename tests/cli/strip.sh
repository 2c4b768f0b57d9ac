#!/bin/sh
# --drop-bodies, --max-body, --drop-custom: what goes, what stays, and that the rest is as valid as before.
# shellcheck disable=SC2016 # jq's variables
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$DATA/shop.har" shop.har
"$HARMILL" normalize -q shop.har -o clean.har

# Each twice, valid, and by --check and -i the same.
strip() { # NAME OPTION...; leaves some.har
    strip_name=$1
    shift
    check_status "$strip_name" 0 "$HARMILL" normalize -q "$@" shop.har -o some.har
    expect_empty "$strip_name: nothing is told" "$T/err"
    check_status "$strip_name: valid" 0 "$HARMILL" validate -q --fail-on warning some.har
    check_status "$strip_name: twice" 0 "$HARMILL" normalize -q --check "$@" some.har
    cp clean.har place.har
    check_status "$strip_name: -i" 0 "$HARMILL" normalize -q -i "$@" place.har
    expect_same "$strip_name: -i writes the same" some.har place.har
}

told='body left out by harmill'
strip "all bodies" --drop-bodies
if need_tool "what goes" jq; then
    def='def tell($o): if .comment then .comment += "; '$told' " + $o else .comment = "'$told' " + $o end;
        def answer($o): if (.text // "") == "" then . else del(.text, .encoding) | tell($o) end;
        def post($o): if (.text // "") == "" and (.params // []) == [] then . else del(.params) | .text = "" | tell($o) end;'
    same() { # NAME JQ-PROGRAM: some.har is what jq makes of clean.har
        jq -S "$def $2" clean.har >wanted
        jq -S . some.har >given
        expect_same "$1: as jq" wanted given
    }
    same "all bodies" '.log.entries[] |= ((.request.postData | select(.)) |= post("--drop-bodies") | .response.content |= answer("--drop-bodies"))'
    strip "images and forms" --drop-bodies='image/*,application/x-www-form-urlencoded'
    same "images and forms" '.log.entries[] |= (
        (.request.postData | select(. and (.mimeType | startswith("application/x-www-form-urlencoded")))) |= post("--drop-bodies") |
        (.response.content | select(.mimeType | startswith("image/"))) |= answer("--drop-bodies"))'
    strip "large ones" --max-body 1K
    same "large ones" '.log.entries[].response.content |= (if (if .encoding then (.text | @base64d | length) else (.text // "" | utf8bytelength) end) > 1024
        and (.encoding | not) then answer("--max-body") else . end)
        | .log.entries[].response.content |= (if .encoding and .size > 1024 then answer("--max-body") else . end)'
    strip "custom members" --drop-custom
    same "custom members" 'walk(if type == "object" then with_entries(select(.key | startswith("_") | not)) else . end)'
    strip "all of it" --drop-custom --drop-bodies --max-body 0
    expect_lacks "all of it" some.har '"_'
fi
check_status "a bound no body passes" 0 "$HARMILL" normalize -q --check --max-body 1G clean.har

# ---- after the filter, in every writer; sizes and what else was told stay

cat >one.har <<'END'
{"log":{"version":"1.2","_c":{"a":1},"creator":{"name":"a","version":"1"},"entries":[{"startedDateTime":"2024-01-01T00:00:00.000Z","time":1,
"request":{"method":"POST","url":"http://a.example/","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],
"postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"secret","value":"hunter2"}]},"headersSize":-1,"bodySize":14},
"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":5,"mimeType":"text/plain","text":"abcde",
"comment":"c"},"redirectURL":"","headersSize":-1,"bodySize":5},"cache":{},"timings":{"send":0,"wait":1,"receive":0},"_x":1}]}}
END
run "$HARMILL" normalize -q --drop-bodies --drop-custom --filter '_x' one.har
expect_status "a custom member is no field" 2
run "$HARMILL" normalize -q --drop-bodies --drop-custom --filter 'size==5' one.har --indent 0
expect_lacks "what was sent is gone" "$T/out" hunter2
expect_contains "its size stays" "$T/out" '"bodySize":14'
expect_contains "postData keeps what it must have" "$T/out" '"postData":{"mimeType":"application/x-www-form-urlencoded","text":"","comment":"body left out by harmill --drop-bodies"}'
expect_contains "content" "$T/out" '"content":{"size":5,"mimeType":"text/plain","comment":"c; body left out by harmill --drop-bodies"}'
expect_lacks "custom members" "$T/out" '"_'
run "$HARMILL" normalize -q --max-body 5 one.har --indent 0
expect_contains "--max-body, as large as allowed" "$T/out" '"text":"abcde"'
run "$HARMILL" normalize -q --max-body 4 one.har --indent 0
expect_lacks "--max-body, one byte more" "$T/out" '"text":"abcde"'
expect_lacks "--max-body, parameters" "$T/out" hunter2
if "$HARMILL" list writers --json | grep -q '"name": "xml"'; then
    run "$HARMILL" convert -q -t xml --drop-bodies one.har
    expect_lacks "to XML" "$T/out" abcde
    expect_lacks "to XML: what was sent" "$T/out" hunter2
fi

# ---- wrong values: before any input is opened

run "$HARMILL" normalize --drop-bodies=image missing.har
expect_status "no media type" 2
expect_eq "no media type: told" "harmill: --drop-bodies: 'image' is no media type, as image/* or text/html" "$(cat "$T/err")"
check_status "no number" 2 "$HARMILL" normalize --max-body much missing.har
finish
