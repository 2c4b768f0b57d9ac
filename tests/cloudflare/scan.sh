#!/bin/sh
# harmill scan: what is submitted and how often, what is told when, what is written, and that nothing secret shows.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/cloudflare/scan.inc
. "$ROOT/tests/cloudflare/scan.inc"

# ---- done

"$HARMILL" convert "$SERVED/small.har" -o wanted.har 2>/dev/null
"$HARMILL" convert "$SERVED/small.har" -o wanted.xml 2>/dev/null
use fine
scan --visibility unlisted -o page.har
expect_status "unlisted" 0
expect_same "unlisted: the HAR is what convert makes of it" wanted.har page.har
expect_empty "unlisted: stdout" out
expect_contains "unlisted: told" err "cloudflare:$id: submitted as unlisted, https://radar.cloudflare.com/scan/$id"
expect_eq "unlisted: submitted once" 1 "$(submissions)"
expect_eq "unlisted: what was submitted" '{"url":"https://shop.example/","visibility":"Unlisted"}' "$(body 'JSON.stringify(b)')"
expect_eq "unlisted: the scheme" "bearer=yes email=- key=-" "$(grep -F "$scenario" "$LOG" | head -n 1 | cut -d ' ' -f 6-8)"

use fine
scan --visibility public
expect_status "public" 0
expect_same "public: the HAR on stdout" wanted.har out
expect_contains "public: told" err "cloudflare:$id: submitted as public, https://"
expect_eq "public: what was submitted" Public "$(body b.visibility)"

use fine
scan --visibility public -q
expect_status "quiet" 0
expect_empty "quiet: stderr" err
expect_same "quiet: the HAR" wanted.har out

for target in "-o page.xml" "-t xml -o page.xml"; do
    use fine
    rm -f page.xml
    # shellcheck disable=SC2086 # two words
    scan --visibility public $target
    expect_status "$target" 0
    expect_same "$target: the output" wanted.xml page.xml
done
use fine
mkdir folder
scan --visibility public -o folder
expect_status "into a folder" 0
expect_same "into a folder: called like the scan" wanted.har "folder/$id.har"
use fine
scan --visibility public -o page.har.gz --filter 'status>=400' --report jsonl:found.jsonl
expect_status "with options of convert" 0
expect_eq "with options of convert: filtered" 0 "$(gzip -dc page.har.gz | grep -c serverIPAddress)"
expect_contains "with options of convert: the report" found.jsonl "\"cloudflare:$id\""

use envelope
scan --visibility public -o page.har
expect_status "an answer in an envelope" 0
use gzip
scan --visibility public --no-wait --json
expect_status "an answer that is packed, which nobody asked for" 0
expect_eq "an answer that is packed, which nobody asked for: the id" "$id" "$(json 'l[0].id')"
expect_eq "an answer that is packed, which nobody asked for: submitted once" 1 "$(submissions)"
for scenario in gzip-bomb gzip-short; do
    use "$scenario"
    scan --visibility public --no-wait --json
    expect_status "$scenario" 3
    expect_eq "$scenario: it was submitted" "no-har true" "$(json 'l[0].kind + " " + l[0].submitted')"
done

use fine
scan --visibility public --country de --agent 'Mozilla/5.0 "quoted"' -o page.har
expect_status "country and agent" 0
expect_eq "country and agent: what was submitted" 'DE Mozilla/5.0 "quoted"' "$(body 'b.country + " " + b.customagent')"

# ---- waiting

use pending
scan --visibility public -o page.har
expect_status "a scan that takes its time" 0
expect_same "a scan that takes its time: the HAR" wanted.har page.har
expect_eq "a scan that takes its time: asked for until it is there" 3 "$(requests "/har/$(scan_id pending-twice)")"
expect_eq "a scan that takes its time: submitted once" 1 "$(submissions)"

rm page.har
use late
scan --visibility public -o page.har
expect_status "a scan that the API does not know at once" 0
expect_same "a scan that the API does not know at once: the HAR" wanted.har page.har
expect_eq "a scan that the API does not know at once: asked for until it is there" 3 "$(requests "/har/$(scan_id late)")"
use failed
rm page.har
scan --visibility public --wait=300ms -o page.har
expect_status "a scan that failed" 3
expect_contains "a scan that failed: why" err "Scan failed: net::ERR_NAME_NOT_RESOLVED"
expect_contains "a scan that failed: there is nothing to come" err "a failed scan has no HAR"
expect_eq "a scan that failed: nothing is written" "" "$(ls page.har 2>/dev/null)"
use failed-task
scan --visibility public --json -o page.har
expect_status "a scan that failed, for scripts" 3
expect_eq "a scan that failed, for scripts: the table's word" "$(scan_id failed-task) failed 404 true" \
    "$(json '[l[1].id, l[1].kind, l[1].httpStatus, l[1].submitted].join(" ")')"
expect_contains "a scan that failed: the task's first error" err ": the scan failed (HTTP 404: net::ERR_CERT_DATE_INVALID, "
expect_eq "a scan that failed: is not asked for again" 1 "$(requests "/har/$(scan_id failed-task)")"

id=$(scan_id pending)
use never
scan --visibility public --wait=300ms -o page.har --report jsonl:found.jsonl
expect_status "a scan that takes too long" 3
expect_contains "too long: why" err "harmill: cloudflare:$id: "
expect_contains "too long: how to go on" err "$later$id"
expect_eq "too long: nothing is written" "" "$(ls page.har 2>/dev/null)"
expect_contains "too long: the report tells it" found.jsonl "\"cloudflare:$id\""
use never
scan --visibility public --wait=300ms -q --account "$ACCOUNT"
expect_status "too long, quiet" 3
expect_contains "too long, quiet: the id is not lost, nor the account that only the command line names" err "$later$ACCOUNT/$id"
expect_empty "too long, quiet: stdout" out
use never
scan --visibility public --wait=300ms --json -o page.har
expect_status "too long, for scripts" 3
expect_eq "too long, for scripts" "2 $id unfinished 404 $id true" \
    "$(json '[l.length, l[0].id, l[1].kind, l[1].httpStatus, l[1].id, l[1].submitted].join(" ")')"

# ---- a signal while it waits

use never
: >err # what the shell does for the process may come after the first look: that of the run before says the same
$reset env -u PLANTED_TOKEN -u PLANTED_EMAIL -u PLANTED_KEY "$HARMILL" scan --api-url "$API" --poll-interval 100ms \
    --visibility public -o page.har "$page" >out 2>err </dev/null &
pid=$!
tries=0
until grep -q submitted err || [ $((tries += 1)) -gt 1000 ]; do sleep 0.05; done
expect_contains "told while it waits" err "cloudflare:$id: submitted as public"
tr '\0' '\n' <"/proc/$pid/cmdline" >cmdline
tr '\0' '\n' <"/proc/$pid/environ" >environ
expect_no_secret "arguments and environment of the process" cmdline environ
kill -"$signal" "$pid"
status=0
wait "$pid" || status=$?
expect_eq "SIG$signal: dies by it" "$number" "$status"
expect_contains "SIG$signal: how to go on" err "$later$id"
expect_eq "SIG$signal: nothing is written" "" "$(ls page.har 2>/dev/null)"

use hang
$reset "$HARMILL" scan --api-url "$API" --visibility public -o page.har "$page" >out 2>err </dev/null &
pid=$!
tries=0
until grep -qF "$scenario" "$LOG" || [ $((tries += 1)) -gt 1000 ]; do sleep 0.05; done
kill -"$signal" "$pid"
status=0
wait "$pid" || status=$?
expect_eq "SIG$signal while it is submitted: dies by it" "$number" "$status"
expect_contains "SIG$signal while it is submitted: told" err "it is not known whether the scan was submitted"

# ---- without waiting, for scripts

use fine
id=$(scan_id fine)
scan --visibility unlisted --no-wait --json
expect_status "submitted only" 0
expect_eq "submitted only: one line" 1 "$(wc -l <out)"
expect_eq "submitted only: what" "$id|$ACCOUNT|https://radar.cloudflare.com/scan/$id|$API/accounts/$ACCOUNT/urlscanner/v2/har/$id|$page|unlisted" \
    "$(json '[l[0].id, l[0].account, l[0].page, l[0].api, l[0].url, l[0].visibility].join("|")')"
expect_eq "submitted only: no other members" "id,account,page,api,url,visibility" "$(json 'Object.keys(l[0]).join()')"
use fine
scan --visibility unlisted --no-wait
expect_status "submitted only, for people" 0
expect_empty "submitted only, for people: stdout" out
expect_contains "submitted only, for people: stderr" err "cloudflare:$id: submitted"
expect_eq "submitted only: the HAR is not asked for" "0" "$(grep "$scenario" "$LOG" | grep -c ' GET ')"
use fine
scan --visibility public --json -o page.har
expect_status "JSON and the HAR" 0
expect_eq "JSON and the HAR: the id" "1 $id" "$(json 'l.length + " " + l[0].id')"
expect_same "JSON and the HAR: the HAR" wanted.har page.har

# ---- refused

refused() { # SCENARIO STATUS KIND CODE SUBMITTED TEXT: the answer, as text and for scripts, and asked once
    use "$1"
    scan --visibility public -o page.har
    expect_status "$1" 3
    expect_contains "$1: told" err "$6"
    expect_eq "$1: submitted once" 1 "$(submissions)"
    use "$1"
    scan --visibility public --no-wait --json
    expect_status "$1, for scripts" 3
    expect_eq "$1, for scripts" "1 $2 $3 $4 $5 error,kind,httpStatus,code,retryAfter,cfRay,id,submitted" \
        "$(json '[l.length, l[0].httpStatus, l[0].kind, l[0].code, l[0].submitted, Object.keys(l[0]).join()].join(" ")')"
    expect_contains "$1, for scripts: told to people as well" err "$6"
}
rm -f page.har
refused 400 400 invalid "" false "DNS Error - Could not resolve domain"
refused 400-unlisted 400 invalid "" false "Unlisted scans are not available on this plan"
refused 401 401 denied 10000 false "Unauthorized"
refused 403 403 denied 10000 false "URL Scanner"
refused 409 409 conflict "" false "409"
refused 429 429 limited "" false "429"
refused 429-envelope 429 limited 10100 false "10100"
refused 429-far 429 limited "" false "more than a year"
refused 500 500 server 1000 true "500"
refused 502 502 server "" true "502"
refused 503-after 503 server "" true "503"
refused html 200 no-har "" true ""
refused no-uuid 200 no-har "" true ""
refused bad-uuid 200 no-har "" true ""
refused empty 200 no-har "" true ""
expect_eq "refused: nothing is written" "" "$(ls page.har 2>/dev/null)"

use 429-once
scan --visibility public -o page.har
expect_status "429 that says when to come back" 0
expect_eq "429 that says when to come back: did so" 2 "$(submissions)"
use 429-once
scan --visibility public -o page.har --retry 0
expect_status "429 without retries" 3
expect_eq "429 without retries: submitted once" 1 "$(submissions)"
use 429-far
scan --visibility public --no-wait --json
expect_eq "429 far away: the time is told" 31536000 "$(json 'Math.min(l[0].retryAfter, 31536000)')"

# ---- broken off: once a request left, it is never sent again

for how in reset-before fin-before reset-after fin-after reset-answer fin-answer; do
    use "$how"
    scan --visibility public --no-wait --json --retry 5
    expect_status "$how" 3
    expect_eq "$how: never sent again" 1 "$(submissions)"
    expect_eq "$how: it may have arrived" "no-answer true" "$(json 'l[0].kind + " " + l[0].submitted')"
    expect_contains "$how: told" err "it is not known whether the scan was submitted"
done
use hang
scan --visibility public --no-wait --json --max-time 500ms
expect_status "an answer that does not come" 3
expect_eq "an answer that does not come: submitted once" 1 "$(submissions)"
expect_eq "an answer that does not come: it may have arrived" true "$(json 'l[0].submitted')"
scenario=nobody
run "$HARMILL" scan --api-url http://127.0.0.1:1/client/v4 --visibility public --no-wait --json --retry 1 "$page"
expect_status "nobody listens" 3
expect_eq "nobody listens: it did not arrive" "no-answer false" "$(json 'l[0].kind + " " + l[0].submitted')"
expect_lacks "nobody listens: told" err "it is not known whether the scan was submitted"

# ---- answers that lie

use escapes
scan --visibility public -o page.har
expect_eq "escapes in the answer" "0" "$(LC_ALL=C tr -d '\12\40-\176' <err | wc -c)"
expect_contains "escapes: the id" err "cloudflare:$id: submitted"
use long
scan --visibility public --no-wait --json
expect_status "a long answer" 0
expect_eq "a long answer is cut" "true" "$(json 'l[0].url.length < 2048 && l[0].page.length < 256')"
use public
scan --visibility unlisted -o page.har
expect_status "public although unlisted was asked for" 1
expect_contains "public although unlisted was asked for: told" err "unlisted was asked for"
use echo-fine
scan --visibility public --no-wait --json -v
expect_status "credentials come back" 0
use echo
scan --visibility public --no-wait --json -v
expect_status "credentials come back in an error" 3

# ---- usage: told before anything is sent

usage() { # NAME TEXT [OPTION]...; $page is what is scanned
    usage_name=$1 usage_text=$2
    shift 2
    before=$(wc -l <"$LOG")
    use fine
    scan "$@"
    expect_status "$usage_name" 2
    expect_contains "$usage_name: told" err "$usage_text"
    expect_empty "$usage_name: stdout" out
    expect_eq "$usage_name: nothing is sent" "$before" "$(wc -l <"$LOG")"
}
rm -f page.har
usage "no visibility" "--visibility public lists it for everybody"
usage "no visibility, free plans" "free plans have no unlisted scans"
usage "no such visibility" "private" --visibility private
usage "an ending that says nothing" "give -t WRITER" --visibility public -o page.txt
usage "options of convert that do not go together" "--repair mends JSON only" --visibility public --repair --from xml
usage "a filter that is none" "filter" --visibility public --filter 'status>>1'
usage "no wait and an output" "leave out --output" --visibility public --no-wait -o page.har
usage "no wait and a writer" "leave out --to" --visibility public --no-wait -t har
usage "no wait and a report" "leave out --report" --visibility public --no-wait --report jsonl:found
usage "wait and no wait" "either --wait or --no-wait" --visibility public --no-wait --wait=1m
usage "quiet and no wait" "add --json" --visibility public --no-wait -q
usage "JSON and the HAR on stdout" "give -o FILE or --no-wait" --visibility public --json
usage "JSON and the HAR on stdout, named" "give -o FILE or --no-wait" --visibility public --json -o -
usage "JSON and a report on stdout" "give the report a file" --visibility public --json -o page.har --report jsonl
usage "the HAR and a report on stdout" "--report FORMAT:PATH" --visibility public --report jsonl
usage "stdin twice" "stdin can be read only once" --visibility public --token-file - --header-file -
usage "no country" "country" --visibility public --country Germany
usage "an agent with a line's end" "User-Agent takes" --visibility public --agent "a
b"
usage "an agent that is too long" "User-Agent takes" --visibility public --agent "$(head -c 4097 /dev/zero | tr '\0' a)"
usage "an account that is none" "32 hexadecimal digits" --visibility public --account 1234
unset CLOUDFLARE_ACCOUNT_ID
usage "no account" "--account ID" --visibility public
usage "no account, without waiting" "--account ID" --visibility public --no-wait
export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT"
for page in https://owner:$secret@shop.example/ "https://$secret@shop.example" "HTTP:///\\o:$secret@shop.example?x"; do
    usage "credentials in the address" "user name or password" --visibility unlisted
done
page=shop.example
usage "no scheme" "whole address" --visibility public
page="https://shop.example/ x"
usage "a blank in the address" "a blank" --visibility public
page=https://
usage "no host" "no host" --visibility public
page=cloudflare:$id
usage "a scan" "harmill convert" --visibility public
page='https://shop.example/@a?b@c#@'
use fine
scan --visibility public --no-wait --json
expect_status "an @ elsewhere" 0
page=https://shop.example/

# ---- an output that cannot be written is found before the scan is wasted

unwritable() { # NAME TEXT OPTION...
    unwritable_name=$1 unwritable_text=$2
    shift 2
    before=$(wc -l <"$LOG")
    use fine
    scan --visibility public "$@"
    expect_status "$unwritable_name" 3
    expect_contains "$unwritable_name: told" err "$unwritable_text"
    expect_eq "$unwritable_name: nothing is sent" "$before" "$(wc -l <"$LOG")"
}
unwritable "no folder" "missing/page.har: " -o missing/page.har
unwritable "no folder for the report" "missing/found: " --report jsonl:missing/found
: >file
unwritable "a file in the folder's place" "file/page.har: " -o file/page.har
expect_eq "nothing is left over" "" "$(find . -name '.harmill-*')"
use fine
scan --visibility public -t har -o /dev/full
expect_status "a full device" 3
expect_contains "a full device: how to go on" err "$later$id"
use 409
rm -f found.jsonl
scan --visibility public -o page.har --report jsonl:found.jsonl
expect_eq "refused: no report says that all is well" "" "$(ls found.jsonl 2>/dev/null)"
finish
