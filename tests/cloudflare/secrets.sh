#!/bin/sh
# Credentials from every source, looked for while a request hangs and afterwards: in the process, its files, its outputs, a core.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "credentials" node openssl mkfifo || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"

export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT"
mkdir "$T/tmp" "$T/cores"
make_certificates
start_server other
other=$URL
start_server one --other "$other"
printf '%s\n' "$PLANTED_TOKEN" >"$T/token"
chmod 600 "$T/token"
mkfifo "$T/fifo"
reset=
if env --default-signal=INT true 2>/dev/null; then reset=--default-signal=INT,QUIT; fi
instance=0

# Starts the program in the background, in $T/cores, and waits until its request has arrived; sets $child and $id.
hangs() { # SCENARIO VARIABLE=VALUE... [OPTION]...
    instance=$((instance + 1))
    id=$(scan_id "$1" 0 "$instance")
    shift
    set -- "$@" --retry=0 --api-url "$URL/client/v4" "cloudflare:$id" -t har -o "$T/cores/out.har"
    hangs_words=
    while :; do
        case $1 in
        *=*) case $1 in -*) break ;; esac ;;
        *) break ;;
        esac
        hangs_words="$hangs_words $1"
        shift
    done
    rm -f "$T/cores/out.har"
    status=0
    # shellcheck disable=SC2086 # words without blanks
    (cd "$T/cores" && exec env $reset TMPDIR="$T/tmp" $hangs_words $limiter "$HARMILL" convert "$@") \
        <"$hangs_stdin" >"$T/out" 2>"$T/err" 3>&- &
    child=$!
    tries=0
    while [ "$(requests "$id")" -eq 0 ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 150 ] || ! kill -0 "$child" 2>/dev/null; then
            not_ok "a request arrives" "$(cat "$T/err")"
            return 1
        fi
        sleep 0.02
    done
}
hangs_stdin=/dev/null
if command -v prlimit >/dev/null 2>&1; then
    limiter='prlimit --core=unlimited'
else
    lacking "cores" prlimit
    limiter=
fi

ends() { # SIGNAL
    kill -s "$1" "$child"
    { wait "$child"; } 2>/dev/null || status=$?
}

# What the process shows of itself. /proc is closed to other users, but not to the administrator.
search_process() { # NAME
    for part in cmdline environ; do
        if cat "/proc/$child/$part" >"$T/$part" 2>/dev/null; then
            expect_no_secret "$1: $part" "$T/$part"
        else
            ok "$1: $part is closed"
        fi
    done
    [ ! -s "$T/environ" ] || expect_contains "$1: environ is that of the process" "$T/environ" CLOUDFLARE_ACCOUNT_ID
}

sent() { # NAME EXPECTED
    expect_eq "$1: what is sent" "$2" "$(grep -F -e "$id" "$LOG" | sed -n 's/^request .* \(bearer=.* key=[a-z-]*\) .*/\1/p')"
}

# One source: looked at while the request hangs, ended by SIGTERM.
source_of() { # NAME EXPECTED VARIABLE=VALUE... [OPTION]...
    name=$1
    expected=$2
    shift 2
    hangs hang "$@" || return
    search_process "$name"
    ends TERM
    expect_status "$name: died of the signal" 143
    sent "$name" "$expected"
    expect_no_secret "$name" "$T/out" "$T/err"
}

by_token='bearer=yes email=- key=-'
by_key='bearer=- email=yes key=yes'
source_of "CLOUDFLARE_API_TOKEN" "$by_token" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN"
source_of "CF_API_TOKEN" "$by_token" CF_API_TOKEN="$PLANTED_TOKEN"
source_of "address and key" "$by_key" CLOUDFLARE_EMAIL="$PLANTED_EMAIL" CLOUDFLARE_API_KEY="$PLANTED_KEY"
source_of "address and key of wrangler" "$by_key" CF_EMAIL="$PLANTED_EMAIL" CF_API_KEY="$PLANTED_KEY"
source_of "token, address and key" "$by_token" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" CLOUDFLARE_EMAIL="$PLANTED_EMAIL" \
    CLOUDFLARE_API_KEY="$PLANTED_KEY"
source_of "a file" "$by_token" A=b --token-file "$T/token"
source_of "a file before all variables" "$by_token" CLOUDFLARE_API_TOKEN="other$PLANTED_KEY" CLOUDFLARE_EMAIL="$PLANTED_EMAIL" \
    CLOUDFLARE_API_KEY="$PLANTED_KEY" --token-file "$T/token"
(cat "$T/token" >"$T/fifo") 3>&- &
source_of "a FIFO" "$by_token" A=b --token-file "$T/fifo"
hangs_stdin=$T/token
source_of "stdin" "$by_token" A=b --token-file -
hangs_stdin=/dev/null
source_of "the verbose log" "$by_token" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" -v

# ---- its files, while half of the answer is there
if hangs hang-late CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN"; then
    # Bytes of the answer are on the disk before they are all there.
    tries=0
    spools=0
    while [ "$tries" -lt 100 ] && [ "$spools" -eq 0 ]; do
        spools=$(for link in "/proc/$child/fd"/*; do readlink "$link"; done | grep -c "^$T/tmp/.* (deleted)\$")
        sleep 0.02
        tries=$((tries + 1))
    done
    if [ -r "/proc/$child/fd" ]; then
        modes=$(for link in "/proc/$child/fd"/*; do
            case $(readlink "$link") in "$T/tmp/"*) stat -Lc '%a %h' "$link" ;; esac
        done | sort -u)
        expect_eq "the spool is private and has no name" "600 0" "$modes"
    else
        skip "the spool" "/proc/PID/fd is closed"
    fi
    expect_eq "no name in TMPDIR" "" "$(ls -A "$T/tmp")"
    expect_eq "nothing of it is in the new output" "" "$(find "$T/cores" -type f -size +0)"
    ends TERM
    expect_status "while the answer comes: died of the signal" 143
    expect_eq "no file in TMPDIR" "" "$(ls -A "$T/tmp")"
    expect_eq "no file beside the output" "" "$(find "$T/cores" -type f)"
fi

# ---- cores: the shell shows that they can be made and found here at all
core_of() { # prints how many cores lie in $T/cores, and removes them
    find "$T/cores" -type f -name '*core*' | wc -l
    find "$T/cores" -type f -name '*core*' -exec rm -f {} +
}
if [ -n "$limiter" ]; then
    # shellcheck disable=SC2016 # the shell inside expands it
    (cd "$T/cores" && exec prlimit --core=unlimited sh -c 'kill -s ABRT $$') >/dev/null 2>&1
    if [ "$(core_of)" -gt 0 ]; then
        for signal in ABRT SEGV QUIT; do
            for scenario in hang hang-body; do
                hangs "$scenario" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" || continue
                ends "$signal"
                [ "$status" -gt 128 ] || not_ok "SIG$signal: died of it" "status $status"
                expect_eq "SIG$signal in $scenario: no core" 0 "$(core_of)"
            done
        done
    else
        skip "cores" "this system puts no cores into the working folder"
    fi
fi

# ---- errors before anything is sent
before=$(requests '')
told() { # NAME STATUS COMMAND...
    told_name=$1
    told_status=$2
    shift 2
    run env TMPDIR="$T/tmp" "$@"
    expect_status "$told_name" "$told_status"
    expect_no_secret "$told_name" "$T/out" "$T/err"
    [ -s "$T/err" ] || not_ok "$told_name: says why"
}
scan=cloudflare:$(scan_id fine)
api="--api-url=$URL/client/v4"
told "a key in the token's place" 2 CLOUDFLARE_API_TOKEN="$PLANTED_KEY" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "a token in the key's place" 2 CLOUDFLARE_EMAIL="$PLANTED_EMAIL" CLOUDFLARE_API_KEY="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "half a pair: the key" 2 CLOUDFLARE_API_KEY="$PLANTED_KEY" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "half a pair: the address" 2 CLOUDFLARE_EMAIL="$PLANTED_EMAIL" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "a blank in the token" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN $PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "a line's end in the token" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN
X-Other: $PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "the scheme before the token" 2 CLOUDFLARE_API_TOKEN="Bearer $PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "an address that is none" 2 CLOUDFLARE_EMAIL="$PLANTED_TOKEN é" CLOUDFLARE_API_KEY="$PLANTED_KEY" "$HARMILL" validate --fail-on=never "$api" "$scan"
told "a token as an id" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" "cloudflare:$PLANTED_TOKEN"
told "a token as an account" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" --account "$PLANTED_TOKEN" "$scan"
told "a token in the address" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never --api-url "http://u:$PLANTED_TOKEN@127.0.0.1:1/client/v4" "$scan"
told "a token in a query" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never --api-url "http://127.0.0.1:1/client/v4?t=$PLANTED_TOKEN" "$scan"
told "http to another machine" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never --api-url "http://api.example/client/v4" "$scan"
told "http to a name that looks like this machine" 2 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never \
    --api-url "http://127.0.0.1.example/client/v4" "$scan"
{ cat "$T/token" && head -c 5000 /dev/zero | tr '\0' x; } >"$T/long"
chmod 600 "$T/long"
told "a token that is too long" 2 A=b "$HARMILL" validate --fail-on=never "$api" --token-file "$T/long" "$scan"
: >"$T/none"
told "a file without a token" 2 A=b "$HARMILL" validate --fail-on=never "$api" --token-file "$T/none" "$scan"
told "a file that is not there" 3 A=b "$HARMILL" validate --fail-on=never "$api" --token-file "$T/nowhere" "$scan"
{ cat "$T/token" && cat "$T/token"; } >"$T/two"
told "a file with two lines" 2 A=b "$HARMILL" validate --fail-on=never "$api" --token-file "$T/two" "$scan"
expect_eq "nothing was sent" "$before" "$(requests '')"
chmod 644 "$T/token"
told "a file that others may read" 0 A=b "$HARMILL" validate --fail-on=never "$api" --token-file "$T/token" "$scan"
expect_contains "a file that others may read: is told" "$T/err" "other users may read"

# ---- where else they could go
told "a redirect" 3 CLOUDFLARE_EMAIL="$PLANTED_EMAIL" CLOUDFLARE_API_KEY="$PLANTED_KEY" "$HARMILL" validate --fail-on=never "$api" "cloudflare:$(scan_id redirect 302)"
for format in text json sarif junit; do
    told "the report $format" 3 CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" validate --fail-on=never "$api" --report "$format:$T/report" \
        "cloudflare:$(scan_id echo-message)"
    [ ! -e "$T/report" ] || expect_no_secret "the report $format: its file" "$T/report"
done
expect_eq "the other server saw nothing" "" "$(cat "$T/other/log")"
start_server tls --tls good
run env SSLKEYLOGFILE="$T/keys" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" "$HARMILL" fetch --cacert "$T/certificates/authority.pem" \
    --api-url "$URL/client/v4" "$scan" -o "$T/fetched.har"
expect_status "TLS with SSLKEYLOGFILE" 0
expect_same "TLS with SSLKEYLOGFILE: the HAR" "$SERVED/small.har" "$T/fetched.har"
[ ! -e "$T/keys" ] || not_ok "SSLKEYLOGFILE is not written" "$(wc -c "$T/keys")"
rm -f "$T/token" "$T/long" "$T/two"
found=$(for part in $PLANTED; do find "$T" -type f ! -name planted -exec grep -lF -e "$part" {} +; done | sort -u)
expect_eq "no file has a credential" "" "$found"
finish
