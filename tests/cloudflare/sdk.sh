#!/bin/sh
# The official client of the API, npm `cloudflare`, beside harmill: the same HAR from Prism, from nginx and from the server of the
# tests wherever both take one, and a table of what the two make of the same faults. Only harmill's side of it is judged.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "the official client" node jq mkfifo openssl || finish
# shellcheck source=tests/cloudflare/parts.inc
. "$ROOT/tests/cloudflare/parts.inc"
# shellcheck source=tests/cloudflare/nginx.inc
. "$ROOT/tests/cloudflare/nginx.inc"
[ -d "$CLOUDFLARE/node_modules/cloudflare" ] || {
    lacking "the official client" "npm cloudflare (npm ci in tests/cloudflare)"
    finish
}

# How long the official client may take, in seconds: less where it only shows what it makes of a fault, which may be to wait.
PATIENCE=30
FAULT_PATIENCE=12
[ "${HARMILL_LONG-0}" != 1 ] || PATIENCE=90
[ "${HARMILL_LONG-0}" != 1 ] || FAULT_PATIENCE=90
official() { # [ARGUMENT]...: of sdk.js; the credentials are for it alone
    PLANTED_TOKEN=$PLANTED_TOKEN PLANTED_EMAIL=$PLANTED_EMAIL PLANTED_KEY=$PLANTED_KEY NODE_EXTRA_CA_CERTS=$T/ca.pem \
        timeout "$PATIENCE" node "$CLOUDFLARE/sdk.js" "$@"
}

sdk() { # SCHEME BASE SCAN_ID: leaves what it did in $made, and its memory in $memory
    rm -f "$T/sdk.har"
    if official "$1" "$2" "$ACCOUNT" "$3" "$T/sdk.har" >"$T/sdk" 2>"$T/sdk.err"; then
        made=$(cut -f 1 "$T/sdk")
        memory=$(cut -f 2 "$T/sdk")
    else
        made="ends with status $?"
        [ "$made" != "ends with status 124" ] || made="has not ended after $PATIENCE s"
        memory=
    fi
}

expect_har() { # NAME WHAT-IT-DID
    case $2 in
    HAR*) ok "$1: the official client takes it" ;;
    *) not_ok "$1: the official client takes it" "$2 $(cat "$T/sdk.err")" ;;
    esac
}

# harmill fetches what the official client has made FILE of.
expect_both() { # NAME SCHEME BASE SCAN_ID FILE
    rm -f "$T/fetched.har"
    run "with_$2" "$HARMILL" fetch --cacert "$T/ca.pem" --api-url "$3" "cloudflare:$4" -o "$T/fetched.har"
    expect_status "$1: harmill takes it" 0
    if node "$CLOUDFLARE/sdk.js" same "$T/fetched.har" "$5" 2>"$T/err"; then
        ok "$1: both have the same"
    else
        not_ok "$1: both have the same" "$(head -n 30 "$T/err")"
    fi
}

both() { # NAME SCHEME BASE [SCAN_ID]
    sdk "$2" "$3" "${4-$ID}"
    expect_har "$1" "$made"
    expect_both "$1" "$2" "$3" "${4-$ID}" "$T/sdk.har"
}

# The captures of the shared folder, as so many scans.
all_captures() { # BASE
    set -- "$1"
    captures_number=0
    for captures_file in "$HARMILL_SHARED"/cloudflare/full/*.har; do
        captures_number=$((captures_number + 1))
        captures_id=${ID%??????}$((100000 + captures_number))
        publish "$captures_file" "$captures_id"
        set -- "$@" "$captures_id" "$T/captures.$captures_number"
        echo "$captures_id $T/captures.$captures_number $(basename "$captures_file")" >>"$T/captures"
    done
    captures_base=$1
    shift
    official token "$captures_base" "$ACCOUNT" "$@" >"$T/sdk" 2>"$T/sdk.err"
    cut -f 1 "$T/sdk" | paste -d ' ' "$T/captures" - >"$T/judged"
    expect_eq "there are captures" yes "$([ "$captures_number" -gt 20 ] && echo yes)"
    while read -r captures_id captures_file captures_name captures_made; do
        expect_har "$captures_name" "$captures_made"
        expect_both "$captures_name" token "$captures_base" "$captures_id" "$captures_file"
    done <"$T/judged"
}

new_ca ca
if start_prism; then
    both "Prism with a token" token "$PRISM"
    both "Prism with a key" key "$PRISM"
fi
if need_nginx && start_nginx; then
    publish "$DATA/cloudflare-documented.har"
    for how in plain packed stored; do
        both "nginx, $how, with a token" token "https://localhost:$main/$how"
    done
    both "nginx, packed, with a key" key "https://localhost:$main/packed"
    if need_shared "captures of chrome-har" cloudflare/full; then
        all_captures "https://localhost:$main/packed"
    fi
fi
start_server one --other "https://localhost:${other-1}"
for scenario in plain chunked close gzip-big gzip-chunked v1 v1-log many-chunks; do
    both "the server's $scenario" token "$URL/client/v4" "$(scan_id $scenario)"
done

# ---- the same faults

PATIENCE=$FAULT_PATIENCE

# What reached the server that redirects lead to, in words.
leaked() {
    [ -s "$T/nginx/other.access" ] || return
    leaked_what=$(for leaked_value in "token $PLANTED_TOKEN" "e-mail $PLANTED_EMAIL" "key $PLANTED_KEY"; do
        grep -qF -e "${leaked_value#* }" "$T/nginx/other.access" && echo "${leaked_value% *}"
    done | paste -sd , | sed 's/,/ and /g')
    forget other
    echo "; the other server got ${leaked_what:-no secret}"
}

requests_told() { # COUNT
    [ "$1" = 1 ] && echo "1 request" || echo "$1 requests"
}

# What harmill must do: "HAR" or "refused", and in how many requests.
fault() { # WORDS SCENARIO N SCHEME EXPECTED REQUESTS
    faults=$((faults + 1))
    fault_id=$(scan_id "$2" "$3" $((2 * faults)))
    run "with_$4" "$HARMILL" convert -t har --api-url "$URL/client/v4" "cloudflare:$fault_id"
    case $5 in
    HAR)
        expect_status "$1: harmill" 0
        "$HARMILL" convert -t har "$T/one/small.har" >"$T/expected.har" 2>/dev/null
        expect_same "$1: harmill has the HAR" "$T/expected.har" "$T/out"
        ;;
    *)
        expect_status "$1: harmill" 3
        expect_empty "$1: harmill writes nothing" "$T/out"
        ;;
    esac
    expect_no_secret "$1" "$T/out" "$T/err"
    fault_ours="HAR"
    [ "$status" -eq 0 ] ||
        fault_ours="status $status: $(sed -n '$s/^harmill: *//p' "$T/err" | sed 's/cloudflare:[^ ]*: //' | cut -c 1-160)"
    fault_count=$(requests "$fault_id")
    expect_eq "$1: harmill's requests" "$6" "$fault_count"
    fault_ours="$fault_ours ($(requests_told "$fault_count"))$(leaked)"

    fault_id=$(scan_id "$2" "$3" $((2 * faults + 1)))
    if [ "$2" = bomb ] && [ "${HARMILL_LONG-0}" != 1 ]; then
        fault_theirs="needs memory: measured with HARMILL_LONG=1"
    else
        sdk "$4" "$URL/client/v4" "$fault_id"
        [ ! -s "$T/nginx/other.access" ] || made="$made of the other server"
        fault_theirs="$made ($(requests_told "$(requests "$fault_id")"))$(leaked)"
        [ "${memory:-0}" -lt 400 ] || fault_theirs="$fault_theirs; $memory MiB of memory"
        if [ "$5" = HAR ] && [ -s "$T/sdk.har" ]; then
            case $made in
            HAR)
                node "$CLOUDFLARE/sdk.js" same "$T/one/small.har" "$T/sdk.har" 2>"$T/err" ||
                    not_ok "$1: both have the same" "$(head -n 30 "$T/err")"
                ;;
            esac
        fi
    fi
    printf '| %s | %s | %s |\n' "$1" "$(echo "$fault_ours" | tr '|' '/')" "$(echo "$fault_theirs" | tr '|' '/')" >>"$T/table"
}

faults=0
printf '| fault | harmill | npm cloudflare |\n|---|---|---|\n' >"$T/table"
fault "the body ends early, and its length said so" fin-plain-small 1500 token refused 3
fault "the same, once" fin-once-plain-small 1500 token HAR 2
fault "the connection is reset in the body, once" reset-once-plain-small 1500 token HAR 2
fault "the connection is reset before the answer, once" reset-once-plain-small 0 token HAR 2
fault "gzip cut in its middle, with a length that fits" short-gzip 400 token refused 3
packed=$(node -p 'require("zlib").gzipSync(require("fs").readFileSync(process.argv[1])).length' "$T/one/small.har")
fault "gzip without its last 8 bytes, with a length that fits" short-gzip "$((packed - 8))" token refused 3
fault "gzip whose checksum is wrong" gzip-crc 0 token refused 3
fault "a length that is 500 bytes short" length-small 0 token refused 3
fault "a length that is a byte too long" length-large 0 token refused 3
fault "no length, and the JSON ends early" open-close 0 token refused 3
fault "a page of HTML with status 200" html 0 token refused 1
if [ -n "${other-}" ]; then
    fault "302 to another server, with a token" redirect 302 token refused 1
    fault "302 to another server, with a key and an e-mail address" redirect 302 key refused 1
    fault "307 to another server, with a key and an e-mail address" redirect 307 key refused 1
fi
fault "404: the scan is not finished" pending 0 token refused 1
fault "429 with Retry-After: 1, once" limited-once-1 0 token HAR 2
fault "429 with Retry-After: 99999999" limited-huge 0 token refused 1
fault "502 as plain text, once" error-502-once 0 token HAR 2
fault "1 GiB in a gzip of 1 MB" bomb 0 token refused 1
cat "$T/table"
finish
