#!/bin/sh
# Several scans in one run use one connection; files and scans go together; what is read twice is fetched once.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "connections" node openssl mkfifo || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"

export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" SSL_CERT_FILE="$T/certificates/authority.pem"
make_certificates
start_server https --tls good
start_server http
small=$SERVED/small.har
instance=0

# A new scan of SCENARIO as an input, in $input.
new() { # SCENARIO [N]
    instance=$((instance + 1))
    input=cloudflare:$(scan_id "$1" "${2-0}" "$instance")
}

# Runs COMMAND and says how many requests and connections it took, in $asked and $connected.
count() { # COMMAND...
    count_requests=$(requests '')
    count_connections=$(connections)
    run "$@"
    asked=$(($(requests '') - count_requests))
    connected=$(($(connections) - count_connections))
}

# Fetches two scans into files, and puts these on stdout; for count.
# shellcheck disable=SC2317 # it is reached
both() { # INPUT INPUT
    rm -rf "$T/fetched"
    mkdir "$T/fetched"
    timeout -k 1 20 "$HARMILL" fetch "$api" "$1" "$2" -o "$T/fetched/" || return
    cat "$T/fetched/"*
}

for server in http https; do
    use_server "$server"
    api="--api-url=$URL/client/v4"
    inputs=
    for scenario in plain chunked gzip gzip-chunked v1 plain; do
        new "$scenario"
        inputs="$inputs $input"
    done
    # shellcheck disable=SC2086 # inputs without blanks
    count "$HARMILL" validate --fail-on=never "$api" $inputs
    expect_status "$server: six scans" 0
    expect_eq "$server: six requests, one connection" "6 1" "$asked $connected"

    new plain
    first=$input
    new chunked
    second=$input
    count both "$first" "$second"
    expect_status "$server: two scans fetched" 0
    cat "$small" "$small" >"$T/both"
    expect_same "$server: two scans fetched, one behind the other" "$T/both" "$T/out"
    expect_eq "$server: two requests, one connection" "2 1" "$asked $connected"

    new plain
    "$HARMILL" convert --merge "$small" "$DATA/shop.har" "$small" -t har >"$T/merged" 2>/dev/null
    count "$HARMILL" convert --merge "$api" "$input" "$DATA/shop.har" "$small" -t har
    expect_status "$server: a scan and files merged" 0
    expect_same "$server: a scan and files merged" "$T/merged" "$T/out"
    expect_eq "$server: a scan and files merged: one request" "1 1" "$asked $connected"

    new plain
    count "$HARMILL" info "$api" "$input"
    expect_status "$server: info" 0
    expect_eq "$server: info asks once" "1 1" "$asked $connected"
    new gzip
    count "$HARMILL" info --json "$api" "$input"
    expect_eq "$server: info --json asks once" "1 1" "$asked $connected"
    new gzip
    count "$HARMILL" normalize "$api" "$input" -o -
    expect_status "$server: normalize" 0
    expect_eq "$server: normalize asks once" "1 1" "$asked $connected"

    # The server may end the connection at any time between two requests, without having said so; it is made again.
    new closed-silently
    first=$input
    new plain
    sleep 0.1
    count both "$first" "$input"
    expect_status "$server: a connection that ends between" 0
    expect_same "$server: a connection that ends between" "$T/both" "$T/out"
    new close
    first=$input
    new plain
    count both "$first" "$input"
    expect_status "$server: an answer that ends with the connection" 0
    expect_same "$server: an answer that ends with the connection" "$T/both" "$T/out"
    expect_eq "$server: an answer that ends with the connection: two" "2 2" "$asked $connected"
    # Bytes behind an answer that nobody asked for are never taken for the next one.
    new behind
    first=$input
    new plain
    count both "$first" "$input"
    expect_status "$server: bytes behind an answer" 0
    expect_same "$server: bytes behind an answer" "$T/both" "$T/out"
    new length-small
    first=$input
    new plain
    count "$HARMILL" validate --fail-on=never "$api" --retry=0 "$first" "$input"
    expect_status "$server: an answer that is longer than it says" 3
    grep -qF "$input" "$T/err" && not_ok "$server: the next scan is fine" "$(cat "$T/err")"

    # One that fails does not stop the others, nor the connection.
    new plain
    first=$input
    new error-not-found
    missing=$input
    new plain
    count "$HARMILL" validate --fail-on=never "$api" "$first" "$missing" "$input"
    expect_status "$server: one of three is missing" 3
    expect_eq "$server: one of three is missing: three requests, one connection" "3 1" "$asked $connected"
    new pending-twice
    first=$input
    new plain
    count "$HARMILL" validate --fail-on=never "$api" --wait=10s --poll-interval=50ms "$first" "$input"
    expect_status "$server: one is waited for" 0
    expect_eq "$server: one is waited for: four requests, one connection" "4 1" "$asked $connected"
done

# A run without a scan asks nobody and needs no credentials.
unset CLOUDFLARE_API_TOKEN
count "$HARMILL" validate --fail-on=never "$api" "$DATA/shop.har"
expect_status "files only" 0
expect_eq "files only: no request" "0 0" "$asked $connected"
finish
