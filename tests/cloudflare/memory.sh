#!/bin/sh
# While a scan is fetched, every allocation fails once, then from there on, and every call that reads or writes: the HAR comes
# whole or not at all, nothing is left behind, no credential is seen.
. "$(dirname "$0")/../lib.sh"
begin
if [ "${SANITIZE-}" != "" ]; then
    # No skip: the plain build runs it, here it can never run.
    echo "not under sanitizers, which have allocators and calls of their own"
    finish
fi
need_tool "short memory" node openssl mkfifo || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"
for shim in failalloc failio; do
    [ -e "$HARMILL_BUILD/tests/$shim.so" ] || {
        lacking "short memory" "$HARMILL_BUILD/tests/$shim.so"
        finish
    }
done

export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" SSL_CERT_FILE="$T/certificates/authority.pem"
make_certificates
start_server https --tls good
start_server http
"$HARMILL" convert "$SERVED/small.har" -t har >"$T/small" 2>/dev/null
"$HARMILL" convert "$SERVED/big.har" -t har >"$T/big" 2>/dev/null
mkdir "$T/tmp" "$T/folder"
echo "old output" >"$T/old"
most=25
[ "${HARMILL_LONG-}" != 1 ] || most=2000
[ "${HARMILL_SAMPLE-}" != 1 ] || most=15

# Fetches $id with one thing failing; what came is judged.
disturbed() { # NAME WHOLE-FILE SHIM SETTING...
    disturbed_name=$1
    disturbed_whole=$2
    disturbed_shim=$HARMILL_BUILD/tests/$3.so
    shift 3
    rm -f "$T/folder"/.harmill-* # of a run that crashed
    cp "$T/old" "$T/folder/out"
    run env TMPDIR="$T/tmp" "$@" LD_PRELOAD="$disturbed_shim" timeout -k 1 20 "$HARMILL" convert -q --retry=0 --max-time=5s \
        --api-url "$URL/client/v4" "cloudflare:$id" -t har -o "$T/folder/out"
    # What glibc says, and ends with, when a library that was loaded later has no memory for a thread's data.
    if [ "$status" -eq 127 ] && grep -q '^cannot allocate memory for thread-local data: ABORT' "$T/err"; then status=3; fi
    if [ "$status" -eq 0 ]; then
        expect_same "$disturbed_name: whole" "$disturbed_whole" "$T/folder/out"
    elif expect_status "$disturbed_name" 3; then
        told=$((told + 1))
        expect_same "$disturbed_name: the old output" "$T/old" "$T/folder/out"
        expect_eq "$disturbed_name: one message" 1 "$(grep -c '^harmill: ' "$T/err")"
    fi
    expect_empty "$disturbed_name: stdout" "$T/out"
    expect_eq "$disturbed_name: files" out "$(find "$T/folder" "$T/tmp" -type f -exec basename {} \;)"
    expect_no_secret "$disturbed_name" "$T/err"
}

# Which calls to make fail of COUNT: all, or MOST of them at even distances.
places() { # COUNT MOST
    awk -v count="$1" -v most="$2" 'BEGIN {
        step = count > most ? count / most : 1
        for (at = 1; at <= count; at += step) print int(at) }'
}

allocations() { # SERVER SCENARIO WHOLE-FILE
    use_server "$1"
    id=$(scan_id "$2")
    told=0
    env TMPDIR="$T/tmp" LD_PRELOAD="$HARMILL_BUILD/tests/failalloc.so" FAILALLOC_AT=0 FAILALLOC_COUNT="$T/count" "$HARMILL" convert -q \
        --api-url "$URL/client/v4" "cloudflare:$id" -t har -o "$T/folder/out" || not_ok "$2 over $1: undisturbed"
    count=$(cat "$T/count")
    for at in $(places "$count" "$most"); do
        disturbed "$2 over $1, allocation $at of $count" "$3" failalloc FAILALLOC_AT="$at"
        disturbed "$2 over $1, allocation $at of $count and all after it" "$3" failalloc FAILALLOC_AT="$at" FAILALLOC_ON=1
    done
    echo "$2 over $1: $count allocations, $told runs ended with status 3"
    [ "$told" -gt 0 ] || not_ok "$2 over $1: no failure was told"
}
# A scan that is at work never counts as one that is not there.
use_server http
id=$(scan_id pending)
env TMPDIR="$T/tmp" LD_PRELOAD="$HARMILL_BUILD/tests/failalloc.so" FAILALLOC_AT=0 FAILALLOC_COUNT="$T/count" "$HARMILL" convert -q \
    --api-url "$URL/client/v4" "cloudflare:$id" -t har -o "$T/folder/out" 2>"$T/err"
expect_contains "pending: undisturbed" "$T/err" "the scan is not finished (Queued)"
count=$(cat "$T/count")
told=0
for at in $(places "$count" "$most"); do
    disturbed "pending, allocation $at of $count" /dev/null failalloc FAILALLOC_AT="$at"
    expect_lacks "pending, allocation $at of $count: is not missing" "$T/err" "no such scan"
    expect_lacks "pending, allocation $at of $count: is at the API" "$T/err" "nothing is there"
done
allocations http gzip "$T/small"
# OpenSSL 3.0 follows a null pointer when its own initialisation finds no memory.
export FAILALLOC_SPARE=libcrypto
allocations https chunked "$T/small"
unset FAILALLOC_SPARE

use_server http
id=$(scan_id gzip-big)
told=0
env TMPDIR="$T/tmp" LD_PRELOAD="$HARMILL_BUILD/tests/failio.so" FAILIO=read:1000000:EIO FAILIO_COUNT="$T/count" "$HARMILL" convert -q \
    --api-url "$URL/client/v4" "cloudflare:$id" -t har -o "$T/folder/out" || not_ok "a big one: undisturbed"
for call in read write pread open mkostemp rename; do
    for at in $(places "$(sed -n "s/^$call //p" "$T/count")" $((most / 3))); do
        for how in EIO ENOSPC; do
            disturbed "a big one, $call $at: $how" "$T/big" failio FAILIO="$call:$at:$how"
        done
    done
done
cat "$T/count"
echo "a big one: $told runs ended with status 3"
[ "$told" -gt 0 ] || not_ok "a big one: no failure was told"
finish
