#!/bin/sh
# harmill scan --header-file: what is sent, what is wrong with it, and that nothing of it shows.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/cloudflare/scan.inc
. "$ROOT/tests/cloudflare/scan.inc"

printf '# for the shop\r\nX-Shop:   %s %s \r\n\r\nCookie: a=%s;b="c"\nX-Empty:\nAuthorization: Basic %s' \
    "$secret" "$secret" "$secret" "$secret" >headers
chmod 600 headers
use fine
scan --visibility unlisted --header-file headers -o page.har
expect_status "headers" 0
expect_eq "headers: what was submitted" \
    "{\"X-Shop\":\"$secret $secret\",\"Cookie\":\"a=$secret;b=\\\"c\\\"\",\"X-Empty\":\"\",\"Authorization\":\"Basic $secret\"}" \
    "$(body 'JSON.stringify(b.customHeaders)')"
expect_lacks "headers: no warning of a file that is one's own" err "others can read"
use fine
chmod 644 headers
scan --visibility unlisted --header-file headers --no-wait
expect_contains "headers that others can read" err "harmill: headers: others can read it"
use fine
scan --visibility unlisted --header-file headers -q
expect_empty "headers that others can read, quiet" err
chmod 600 headers
use echo
scan --visibility unlisted --header-file headers --no-wait --json -v
expect_status "headers come back in an error" 3
use fine
scan --visibility public --header-file headers --no-wait
expect_eq "headers of a public scan: told before it is submitted" \
    "harmill: headers: the scan is public: its page may show these headers to everybody|cloudflare:$id: submitted as public" \
    "$(grep -e 'headers: ' -e submitted err | sed 's/submitted as public.*/submitted as public/' | paste -sd '|')"
use hang
scan --visibility public --header-file headers --no-wait --max-time 500ms
expect_contains "headers of a public scan: told although it hangs" err "its page may show these headers to everybody"
use echo-later
scan --visibility unlisted --header-file headers --wait=500ms -v -o page.har
expect_status "headers come back while it waits" 3
expect_contains "headers come back while it waits: they did" err "the scan is not finished ([hidden] and [hidden] and"
use never
: >err
"$HARMILL" scan --api-url "$API" --poll-interval 100ms --visibility public --header-file headers "$page" >out 2>err </dev/null &
pid=$!
tries=0
until grep -q submitted err || [ $((tries += 1)) -gt 1000 ]; do sleep 0.05; done
tr '\0' '\n' <"/proc/$pid/cmdline" >cmdline
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
expect_eq "SIGTERM: dies by it" 143 "$status"
expect_no_secret "headers and the process" cmdline out err
use fine
run sh -c '"$HARMILL" scan --api-url "$1" --visibility public --no-wait --header-file - https://shop.example/ <headers' sh "$API"
expect_status "headers from stdin" 0
expect_eq "headers from stdin: what was submitted" "$secret $secret" "$(body 'b.customHeaders["X-Shop"]')"

wrong_headers() { # NAME LINE TEXT; the file is `headers`
    before=$(wc -l <"$LOG")
    use fine
    scan --visibility public --header-file headers
    expect_status "headers, $1" 2
    expect_contains "headers, $1: told with its place" err "harmill: headers$2: $3"
    expect_eq "headers, $1: nothing is sent" "$before" "$(wc -l <"$LOG")"
}
printf 'A: 1\n\n%s\n' "$secret" >headers
wrong_headers "no colon" :3 "is no 'Name: value'"
printf '%s x: 1\n' "$secret" >headers
wrong_headers "a blank in the name" :1 "what stands before the colon"
printf ': %s\n' "$secret" >headers
wrong_headers "no name" :1 "what stands before the colon"
printf 'A: 1\n b: %s\n' "$secret" >headers
wrong_headers "a folded line" :2 "what stands before the colon"
printf '%s: 1\n%s: 2\n' "$secret" "$(printf %s "$secret" | tr '[:upper:]' '[:lower:]')" >headers
wrong_headers "twice" :2 "this header was there before"
printf 'A: %s\001\n' "$secret" >headers
wrong_headers "a control character" :1 "the value holds"
printf 'A: %s\r1\n' "$secret" >headers
wrong_headers "a carriage return" :1 "the value holds"
printf 'A: %s\303\244\n' "$secret" >headers
wrong_headers "no ASCII" :1 "the value holds"
printf 'A: %s\000b\n' "$secret" >headers
wrong_headers "a NUL" :1 "holds a NUL"
printf '# %s\n\n' "$secret" >headers
wrong_headers "none" "" "holds no header"
: >headers
wrong_headers "an empty file" "" "holds no header"
awk 'BEGIN { for (i = 0; i < 101; i++) print "X-" i ": 1" }' >headers
wrong_headers "101" :101 "more headers than"
{ printf 'A: %s' "$secret" && head -c 65536 /dev/zero | tr '\0' x; } >headers
wrong_headers "too long" "" "is longer than the 64 KiB"
rm headers
use fine
scan --visibility public --header-file headers
expect_status "headers, no file" 3
expect_contains "headers, no file: told" err "harmill: headers: cannot read the headers: No such file"

# A pipe that nobody writes to, and one whose writer is silent: a signal ends the waiting.
mkfifo pipe
for writer in none silent; do
    if [ "$writer" = silent ]; then exec 4<>pipe; fi
    use fine
    : >err
    $reset "$HARMILL" scan --api-url "$API" --visibility public --header-file pipe -o page.har "$page" >out 2>err </dev/null 4>&- &
    pid=$!
    tries=0
    until grep -q 'credentials go to' err || [ $((tries += 1)) -gt 1000 ]; do sleep 0.05; done
    sleep 0.2
    kill -"$signal" "$pid"
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 40 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
    kill -KILL "$pid" 2>/dev/null
    status=0
    wait "$pid" || status=$?
    expect_eq "headers from a pipe, writer: $writer: dies of SIG$signal" "$number" "$status"
    expect_lacks "headers from a pipe, writer: $writer: no complaint" err "cannot read"
    expect_eq "headers from a pipe, writer: $writer: nothing is submitted" 0 "$(submissions)"
done
exec 4>&-
rm pipe
finish
