#!/bin/sh
# Prism serves Cloudflare's own description of the API, which judges what harmill sends and makes what it has to take: both schemes
# of credentials, the official examples of every status, version 1's envelope, and answers made at random from the schema.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/cloudflare/parts.inc
. "$ROOT/tests/cloudflare/parts.inc"
start_prism || finish
mkdir "$T/relay"
serve relay node "$CLOUDFLARE/relay.js" "$PRISM" "$T/relay"
await relay 'relay: \(http://127\.0\.0\.1:[0-9]*\)' || finish
RELAY=$answer

# ---- the official example, asked for with either scheme

for scheme in token key; do
    curl -sS --fail -H "@$T/$scheme.headers" -o "$T/example.har" "$PRISM$HAR_PATH" 2>"$T/err" ||
        not_ok "curl fetches the example with the $scheme" "$(cat "$T/err")"
    run "with_$scheme" "$HARMILL" fetch --api-url "$PRISM" "cloudflare:$ID" -o "$T/fetched.har"
    expect_status "fetch with the $scheme" 0
    expect_same "fetch with the $scheme: the exact bytes" "$T/example.har" "$T/fetched.har"
    expect_no_secret "fetch with the $scheme" "$T/out" "$T/err" "$T/fetched.har"

    "$HARMILL" convert -t har "$T/example.har" >"$T/expected.har" 2>"$T/expected.err"
    run "with_$scheme" "$HARMILL" convert -t har --api-url "$PRISM" "cloudflare:$ID"
    expect_status "convert with the $scheme" 0
    expect_same "convert with the $scheme: as from a file" "$T/expected.har" "$T/out"
    expect_no_secret "convert with the $scheme" "$T/out" "$T/err"

    run "with_$scheme" "$HARMILL" fetch --api-url "$RELAY/as-is" "cloudflare:$ACCOUNT/$ID"
    expect_status "fetch with the $scheme, through the relay" 0
    expect_same "fetch with the $scheme to stdout: the exact bytes" "$T/relay/body" "$T/out"
done
expect_eq "one scheme is sent, never both" "authorization
x-auth-email x-auth-key" "$(awk '{ sent = ""; for (i = 4; i <= NF; i++) if ($i ~ /^(authorization|x-auth-)/) sent = sent " " $i
    print substr(sent, 2) }' "$T/relay/log" | LC_ALL=C sort -u)"

status=0
"$HARMILL" validate --report jsonl --stdin-name NAME - <"$T/example.har" >"$T/expected" 2>/dev/null || status=$?
expected=$status
run with_token "$HARMILL" validate --report jsonl --api-url "$PRISM" "cloudflare:$ID"
expect_status "validate judges the example as from a file" "$expected"
jq -c 'del(.source)' "$T/expected" >"$T/expected.findings"
jq -c 'del(.source)' "$T/out" >"$T/findings"
expect_same "validate finds the same" "$T/expected.findings" "$T/findings"

# ---- the other answers of the description

ask() { # WORD COMMAND...: through the relay
    ask_word=$1
    shift
    run with_token "$HARMILL" "$@" --api-url "$RELAY/$ask_word" --retry 0
}

ask code-404 convert -t har "cloudflare:$ID"
expect_fault "404 for a scan that is not finished" --wait
expect_contains "404 for a scan that is not finished: its state" "$T/err" Queued
ask code-404 fetch "cloudflare:$ID" -o "$T/none.har"
expect_fault "404 with an output" --wait
expect_eq "404 with an output: no file" "" "$(find "$T" -name 'none.har*')"
ask code-400 convert -t har "cloudflare:$ID"
expect_fault "400" 400
expect_contains "400: the API's words" "$T/err" "Invalid url"

ask v1 fetch "cloudflare:$ID" -o "$T/envelope.har"
expect_status "version 1's envelope is fetched" 0
expect_same "version 1's envelope: the exact bytes" "$T/relay/body" "$T/envelope.har"
ask v1 convert -t har "cloudflare:$ID"
expect_status "version 1's envelope is converted" 0
expect_eq "version 1's envelope: its HAR comes out" "$(jq -S '.result.har.log.entries | map(.request.url)' "$T/envelope.har")" \
    "$(jq -S '.log.entries | map(.request.url)' "$T/out")"
"$HARMILL" convert -t har "$T/envelope.har" >"$T/expected.har" 2>/dev/null
expect_same "version 1's envelope: as from a file" "$T/expected.har" "$T/out"
ask v1-202 convert -t har "cloudflare:$ID"
expect_fault "version 1's 202" --wait
ask v1-404 convert -t har "cloudflare:$ID"
expect_fault "version 1's 404" "Scan not found"
ask v1-400 convert -t har "cloudflare:$ID"
expect_fault "version 1's 400" "not a valid UUID"

# What the description does not know, and what is no part of the API at all, comes as problem+json.
ask code-429 convert -t har "cloudflare:$ID"
expect_fault "a problem in another form" 404
run with_token "$HARMILL" convert -t har --retry 0 --api-url "$PRISM/client/v4" "cloudflare:$ID"
expect_fault "an address that is no API" 404

# Ids that are none never leave.
before=$(wc -l <"$T/relay/log")
ask as-is convert -t har "cloudflare:${ID%?}"
expect_status "a scan's id that is no UUID" 2
ask as-is convert -t har "cloudflare:${ACCOUNT%?}/$ID"
expect_status "an account's id that is none" 2
run "$HARMILL" convert -t har --api-url "$RELAY/as-is" "cloudflare:$ID"
expect_status "no credentials" 2
expect_eq "nothing of it was sent" "$before" "$(wc -l <"$T/relay/log")"

# ---- answers made from the schema

seeds=60
[ "${HARMILL_LONG-0}" != 1 ] || seeds=1000
[ "${HARMILL_SAMPLE-0}" != 1 ] || seeds=15
made() { # SEED
    ask "seed-$1" fetch "cloudflare:$ID" -o "$T/made.har"
    expect_status "seed $1 is fetched" 0
    expect_same "seed $1: the exact bytes" "$T/relay/body" "$T/made.har"
    status=0
    "$HARMILL" convert -t har "$T/made.har" >"$T/expected.har" 2>/dev/null || status=$?
    made_expected=$status
    ask "seed-$1" convert -t har "cloudflare:$ID"
    expect_status "seed $1 is converted, with a file's status" "$made_expected"
    expect_same "seed $1: as from a file" "$T/expected.har" "$T/out"
    jq -e '.log.entries | type == "array"' "$T/out" >/dev/null 2>&1 || not_ok "seed $1: the output is a HAR"
}
seed=0
while [ "$seed" -lt "$seeds" ]; do
    seed=$((seed + 1))
    made "$seed"
done
echo "made from the schema: $seeds answers, of $(grep -c 'har.* 200 ' "$T/relay/log") in all"

# ---- a scan that is submitted

printf 'X-Shop-Session: planted-session-0a1b2c3d\n' >"$T/shop.headers"
ask as-is scan https://shop.example/ --visibility public --no-wait --country US --agent 'A browser/1.0' \
    --header-file "$T/shop.headers"
expect_status "a scan is submitted" 0
cat "$T/out" "$T/err" >"$T/said"
expect_contains "a scan is submitted: its id is told" "$T/said" "$ID"
expect_lacks "a scan is submitted: its headers are not told" "$T/said" planted-session
expect_eq "a scan is submitted: what was sent" \
    '["A browser/1.0","US",{"X-Shop-Session":"planted-session-0a1b2c3d"},"https://shop.example/","public"]' \
    "$(jq -c '[.customagent, .country, .customHeaders, .url, (.visibility | ascii_downcase)]' "$T/relay/posted")"
expect_eq "a scan is submitted: the description takes it" 200 "$(tail -n 1 "$T/relay/log" | cut -d ' ' -f 3)"

ask as-is scan https://shop.example/ --visibility public -o "$T/scanned.har"
expect_status "a scan is submitted and fetched" 0
curl -sS --fail -H "@$T/token.headers" -o "$T/example.har" "$PRISM$HAR_PATH"
"$HARMILL" convert -t har "$T/example.har" >"$T/expected.har" 2>/dev/null
# Written as it came, or as convert writes it.
cmp -s "$T/example.har" "$T/scanned.har" ||
    expect_same "a scan is submitted and fetched: its HAR" "$T/expected.har" "$T/scanned.har"
# The example says that the scan is public.
ask as-is scan https://shop.example/ --visibility unlisted --no-wait
expect_status "an unlisted scan that becomes public" 1
expect_contains "an unlisted scan that becomes public: told" "$T/err" "unlisted was asked for"
expect_eq "an unlisted scan: what was sent" unlisted "$(jq -r '.visibility | ascii_downcase' "$T/relay/posted")"
ask as-is scan https://shop.example/ --visibility public --no-wait --json
expect_status "a scan for a script" 0
expect_eq "a scan for a script: JSON with its id" "$ID" "$(jq -r '.. | strings' "$T/out" | grep -x "$ID" | head -n 1)"

for code in 400 409 429; do
    posts=$(grep -c '^POST' "$T/relay/log")
    run with_token "$HARMILL" scan https://shop.example/ --visibility public --api-url "$RELAY/code-$code"
    expect_fault "a scan answered with $code" "$code"
    expect_eq "a scan answered with $code is not sent again" "$((posts + 1))" "$(grep -c '^POST' "$T/relay/log")"
done
finish
