#!/bin/sh
# harmill info: counts beside jq's, what is no HAR, what other programs take, text and JSON.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "info" jq || finish
cd "$ROOT" || exit 3

# Every figure of the JSON form, computed a second time by jq.
cat >"$T/facts.jq" <<'END'
def known: if . != null and . > 0 then . else 0 end;
def host: capture("^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?(?<h>\\[[^\\]]*\\]|[^/:?#]*)").h | ascii_downcase;
def tally: group_by(.) | map({name: .[0], entries: length}) | sort_by(-.entries, .name);
.log as $log | $log.entries as $e
| {pages: ($log.pages // [] | length), entries: ($e | length),
   hosts: [$e[].request.url | host] | tally,
   methods: [$e[].request.method] | tally,
   statuses: [$e[].response.status | tostring] | tally,
   sent: [$e[].request | (.headersSize | known) + (.bodySize | known)] | add,
   received: [$e[].response | [(.headersSize | known) + (.bodySize | known), (._transferSize | known)] | max] | add,
   content: [$e[].response.content.size | known] | add,
   bodies: [$e[].response.content | select((.size | known) > 0 or ((.text // "") != ""))] | length,
   bodiesKept: [$e[].response.content | select((.text // "") != "")] | length,
   posts: [$e[].request | select(.postData)] | length,
   postsKept: [$e[].request.postData // empty | select((.text // "") != "" or (.params // []) != [])] | length,
   withCookies: [$e[] | select(.request.cookies != [] or .response.cookies != [] or
       ([.request.headers[], .response.headers[]] | any(.name | ascii_downcase | . == "cookie" or . == "set-cookie")))] | length,
   withAuthorization: [$e[] | select([.request.headers[].name | ascii_downcase] | any(. == "authorization" or
       . == "proxy-authorization"))] | length,
   creator: ($log.creator | {name, version}), version: $log.version}
END
for file in testdata/shop.har testdata/valid/all-members.har testdata/valid/pages-last.har testdata/valid/version-1.1.har; do
    run "$HARMILL" info --json "$file"
    expect_status "$file" 0
    jq -S -f "$T/facts.jq" "$file" >"$T/wanted"
    jq -S --slurpfile w "$T/wanted" '.[0] | . as $o | $w[0] | with_entries(.value = $o[.key])
        | (.hosts, .methods, .statuses) |= map(del(.received))' "$T/out" >"$T/got"
    expect_same "$file: figures are those of jq" "$T/wanted" "$T/got"
done

# The bytes of hosts add up to all; so do types.
run "$HARMILL" info --json testdata/shop.har
expect_eq "bytes of hosts, methods, statuses and types add up" true \
    "$(jq '.[0] | [.hosts, .methods, .statuses, .types | map(.received) | add] | unique | length == 1' "$T/out")"
expect_eq "as seconds" "$(jq '[.log.entries[].startedDateTime[0:19] + "Z" | fromdate] | min' testdata/shop.har)" \
    "$(jq '.[0].first | floor' "$T/out")"
expect_eq "every consumer once" 6 "$(jq '.[0].opensIn | map(.profile) | unique | length' "$T/out")"

# Sizes that nobody knows are not 0 bytes.
jq '(.log.entries[] | .request, .response) |= (.headersSize = -1 | .bodySize = -1 | del(._transferSize))' testdata/shop.har >"$T/sizes.har"
run "$HARMILL" info "$T/sizes.har"
expect_contains "unknown sizes" "$T/out" "sent unknown, received unknown, bodies unpacked "

# Several inputs, one document.
run "$HARMILL" info --json testdata/shop.har testdata/ticket.har
expect_eq "several inputs in one array" '["testdata/shop.har","testdata/ticket.har"]' "$(jq -c 'map(.source)' "$T/out")"
run "$HARMILL" info --json "$T/none.har"
expect_status "a missing file" 3
expect_eq "and an empty array" '[]' "$(jq -c . "$T/out")"

# Findings are those that validate counts.
run "$HARMILL" validate --report jsonl testdata/ticket.har
counted=$(jq -cS 'select(.type == "input") | [.errors, .warnings, .infos, .rules]' "$T/out")
run "$HARMILL" info --json testdata/ticket.har
expect_eq "findings as validate counts them" "$counted" "$(jq -cS '.[0] | [.errors, .warnings, .infos, .rules]' "$T/out")"
check_status "findings do not fail" 0 "$HARMILL" info testdata/ticket.har
check_status "but with --fail-on" 1 "$HARMILL" info --fail-on error testdata/ticket.har

# What is no HAR is named; what is broken is said to be.
printf '<!DOCTYPE html><html></html>' >"$T/page.har"
run "$HARMILL" info "$T/page.har"
expect_status "a web page" 1
expect_contains "it is named" "$T/out" "not a HAR"
# What people take for a HAR: the beginning as printf writes it, and the word that must be said.
while IFS='|' read -r begins word; do
    # shellcheck disable=SC2059 # the escapes are meant
    printf "$begins" >"$T/other"
    run "$HARMILL" info "$T/other"
    expect_status "$word: status" 1
    expect_contains "$word is named" "$T/out" "$word"
done <<'END'
PK\003\004...|zip archive
\324\303\262\241...|packet capture
\115\074\262\241...|packet capture
\n\r\r\n...|packet capture
\254\355\000\005...|Charles session
<?xml version="1.0"?><charles-session/>|Charles session
[{"status":"COMPLETE","protocolVersion":"HTTP/1.1"}]|Charles session
<?xml version="1.0"?><items burpVersion="1"/>|Burp
<html><body>502</body></html>|web page
<?xml version="1.0"?><feed/>|XML document
{"constants":{},"events":[]}|NetLog
{"traceEvents":[]}|Chrome trace
[{"ph":"X","ts":1}]|Chrome trace
[{"log":{}}]|array of documents
{"lighthouseVersion":"1"}|Lighthouse
{"a":1}|no member log
17|type number
%%PDF-1.7|PDF
END
run "$HARMILL" info --json "$T/page.har"
expect_eq "no HAR" false "$(jq '.[0].har' "$T/out")"
run "$HARMILL" info --json testdata/invalid/json-syntax/fail.har
expect_status "a broken capture" 1
expect_eq "a HAR, not whole, opens nowhere; repaired it does" '[true,false,[false],[true]]' \
    "$(jq -c '.[0] | [.har, .whole, (.opensIn | map(.opens) | unique), (.opensIn | map(.normalizeMends) | unique)]' "$T/out")"
run "$HARMILL" info testdata/invalid/json-syntax/fail.har
expect_contains "what mends it is told" "$T/out" "no: the file is broken; normalize --repair mends it"

# Text: no values but names of hosts, methods, makers; stdin; color only when asked for.
run "$HARMILL" info testdata/shop.har
expect_contains "the creator" "$T/out" "WebInspector 537.36"
expect_contains "the hosts" "$T/out" "static.shop.example"
expect_eq "no escapes" "" "$(tr -d '[:print:]\n' <"$T/out")"
run "$HARMILL" info --color always testdata/shop.har
expect_contains "color" "$T/out" "$(printf '\033[1mtestdata/shop.har\033[0m')"
status=0
"$HARMILL" info --stdin-name shop.har - <testdata/shop.har >"$T/out" 2>"$T/err" || status=$?
expect_status "stdin" 0
expect_contains "its name" "$T/out" "shop.har: HAR 1.2"
run "$HARMILL" info
expect_status "an empty stdin" 1
expect_contains "is said to be empty" "$T/out" "the input is empty"
for file in testdata/hostile/*.har; do
    run "$HARMILL" info -v --color never "$file"
    if LC_ALL=C tr -d '\n' <"$T/out" | LC_ALL=C grep -q '[[:cntrl:]]'; then
        not_ok "$file: control characters" "$(cat -v "$T/out" | head -n 5)"
    else
        ok "$file: no control characters"
    fi
    run "$HARMILL" info --json "$file"
    jq . "$T/out" >/dev/null 2>"$T/jq"
    expect_empty "$file: JSON" "$T/jq"
done

# 20,000 hosts: those beyond the bound are counted together, in little memory.
jq -n '{log: {version: "1.2", creator: {name: "a", version: "1"}, entries: [range(20000) | {startedDateTime: "2026-01-01T00:00:00Z",
    time: 0, request: {method: "GET", url: "https://h\(.).example/", httpVersion: "HTTP/1.1", cookies: [], headers: [],
    queryString: [], headersSize: -1, bodySize: -1}, response: {status: 200, statusText: "", httpVersion: "HTTP/1.1", cookies: [],
    headers: [], content: {size: 0, mimeType: ""}, redirectURL: "", headersSize: -1, bodySize: -1}, cache: {},
    timings: {send: 0, wait: 0, receive: 0}}]}}' -c >"$T/hosts.har"
run "$HARMILL" info --json "$T/hosts.har"
expect_eq "hosts are bounded" "[4096,20000]" "$(jq -c '.[0] | [(.hosts | length), .entries]' "$T/out")"
finish
