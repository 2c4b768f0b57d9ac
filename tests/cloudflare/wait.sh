#!/bin/sh
# --wait: a scan that is not finished is asked for until it is, in good time, and the waiting ends at once when it is broken off.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "waiting" node mkfifo || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"

export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN"
start_server one
instance=0

now() { # milliseconds
    date +%s%3N
}

# Asks for a new scan of SCENARIO; sets $id and $took. Nothing is waited for longer than 20 seconds.
asks() { # SCENARIO [OPTION]...
    instance=$((instance + 1))
    id=$(scan_id "$1" 0 "$instance")
    shift
    from=$(now)
    run timeout -k 1 20 "$HARMILL" fetch --api-url "$URL/client/v4" "$@" "cloudflare:$id" -o "$T/fetched.har"
    took=$(($(now) - from))
}

expect_took() { # NAME LEAST MOST
    if [ "$took" -ge "$2" ] && [ "$took" -le "$3" ]; then ok "$1"; else not_ok "$1" "took $took ms, not $2 to $3"; fi
}

# ---- it comes
asks pending-twice --wait=10s --poll-interval=300ms
expect_status "a scan that is finished later" 0
expect_same "a scan that is finished later: the HAR" "$SERVED/small.har" "$T/fetched.har"
expect_eq "a scan that is finished later: requests" 3 "$(requests "$id")"
expect_took "two pauses of 0.3 s" 600 3000
expect_eq "one connection for all of it" 1 "$(connections)"
expect_contains "its state is told" "$T/err" Queued
expect_contains "its next state is told, too" "$T/err" InProgress
asks pending-twice --wait --poll-interval=50ms -q
expect_status "without words" 0
expect_empty "without words: none" "$T/err"
asks pending-limited --wait=10s --poll-interval=50ms
expect_status "too many requests meanwhile" 0
expect_eq "too many requests meanwhile: requests" 4 "$(requests "$id")"
expect_took "Retry-After: 1 is kept" 1000 4000
asks pending-reset --wait=10s --poll-interval=50ms
expect_status "a reset meanwhile" 0
expect_eq "a reset meanwhile: requests" 3 "$(requests "$id")"
asks fine --wait
expect_status "a scan that is finished" 0
expect_eq "a scan that is finished: requests" 1 "$(requests "$id")"

# ---- it does not come
rm -f "$T/fetched.har"
asks pending
expect_status "not waited for" 3
expect_eq "not waited for: requests" 1 "$(requests "$id")"
expect_contains "not waited for: what to do" "$T/err" --wait
asks pending --wait=1s --poll-interval=100ms
expect_status "waited for in vain" 3
expect_took "waited for in vain: a second" 800 2500
polls=$(requests "$id")
if [ "$polls" -ge 5 ] && [ "$polls" -le 12 ]; then ok "polls of a second"; else not_ok "polls of a second" "$polls requests"; fi
asks pending --wait=1s --poll-interval=5s
expect_status "the time is over before the next question" 3
expect_took "the time is over before the next question" 0 2500
asks hang --wait=10s --poll-interval=50ms --max-time=1s --retry=0
expect_status "an answer that does not come while waiting" 3
expect_took "an answer that does not come while waiting" 900 3000
for scenario in error-not-found failed error-10000 error-7003; do
    asks "$scenario" --wait=10s --poll-interval=50ms
    expect_status "$scenario is not waited for" 3
    expect_eq "$scenario is not waited for: requests" 1 "$(requests "$id")"
done
asks pending-failed --wait=10s --poll-interval=50ms
expect_status "a scan that fails" 3
expect_eq "a scan that fails: requests" 2 "$(requests "$id")"
[ ! -e "$T/fetched.har" ] || not_ok "nothing is written"
asks fine --poll-interval=5m
expect_status "an interval that is too long" 2

# ---- broken off: within 1.5 seconds, whatever is waited for
reset=
if env --default-signal=INT true 2>/dev/null; then reset="env --default-signal=INT,QUIT"; fi
broken_off() { # NAME SIGNAL STATUS SCENARIO [OPTION]...
    name=$1
    signal=$2
    expected=$3
    instance=$((instance + 1))
    id=$(scan_id "$4" 0 "$instance")
    shift 4
    echo old >"$T/fetched.har"
    status=0
    # shellcheck disable=SC2086 # two words or none
    $reset "$HARMILL" convert --api-url "$URL/client/v4" "$@" "cloudflare:$id" -t har -o "$T/fetched.har" >"$T/out" 2>"$T/err" </dev/null 3>&- &
    child=$!
    tries=0
    while [ "$(requests "$id")" -eq 0 ] && [ "$tries" -lt 150 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    sleep 0.2
    from=$(now)
    kill -s "$signal" "$child"
    wait "$child" || status=$?
    took=$(($(now) - from))
    expect_status "$name: died of SIG$signal" "$expected"
    expect_took "$name: at once" 0 1500
    expect_eq "$name: the old output" old "$(cat "$T/fetched.har")"
    expect_eq "$name: requests" 1 "$(requests "$id")"
    expect_empty "$name: stdout" "$T/out"
}
if [ -n "$reset" ]; then
    broken_off "between polls" INT 130 pending --wait=10m --poll-interval=20s
    broken_off "before an answer" INT 130 hang
    broken_off "in an answer" INT 130 hang-body
    broken_off "before a retry" INT 130 limited-300
else
    lacking "SIGINT" "env --default-signal"
fi
broken_off "between polls" TERM 143 pending --wait=10m --poll-interval=20s
broken_off "before an answer" HUP 129 hang
broken_off "before a retry" TERM 143 limited-300

# ---- a name server that is silent: libcurl asks it in a thread, which nobody waits for

deaf=$HARMILL_BUILD/tests/deafname.so
named() { # [OPTION]...
    LD_PRELOAD=$deaf exec "$HARMILL" convert --api-url https://api.example/client/v4 "$@" "cloudflare:$(scan_id plain)" -t har \
        -o "$T/fetched.har"
}
if [ "${SANITIZE-}" != "" ]; then
    echo "not under sanitizers: a silent name server, which is preloaded"
elif [ ! -e "$deaf" ]; then
    lacking "a silent name server" "$deaf"
else
    echo old >"$T/fetched.har"
    : >"$T/err"
    (named >"$T/out" 2>"$T/err" </dev/null 3>&-) &
    child=$!
    tries=0
    while ! grep -q 'credentials go to api.example' "$T/err" && [ "$tries" -lt 150 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    sleep 0.2
    from=$(now)
    status=0
    kill -s TERM "$child"
    wait "$child" || status=$?
    took=$(($(now) - from))
    expect_status "while a name is resolved: died of SIGTERM" 143
    expect_took "while a name is resolved: at once" 0 1500
    from=$(now)
    status=0
    (named --retry=0 --connect-timeout=300ms >"$T/out" 2>"$T/err" </dev/null 3>&-) || status=$?
    took=$(($(now) - from))
    expect_status "a name that is not resolved in time" 3
    expect_took "a name that is not resolved in time" 250 2500
    expect_contains "a name that is not resolved in time: told" "$T/err" "--connect-timeout"
    expect_eq "a silent name server: the old output" old "$(cat "$T/fetched.har")"
fi
finish
