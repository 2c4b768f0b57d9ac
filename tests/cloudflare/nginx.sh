#!/bin/sh
# Debian's nginx with TLS and its own authority, beside harmill: packing, slowness, limits, certificates, redirects, HTTP/2,
# connections that are used again, large captures, and proxies on the way.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/cloudflare/parts.inc
. "$ROOT/tests/cloudflare/parts.inc"
# shellcheck source=tests/cloudflare/nginx.inc
. "$ROOT/tests/cloudflare/nginx.inc"
need_nginx || finish
start_nginx || finish

HAR=$DATA/cloudflare-documented.har
publish "$HAR"
forget main

# ask SERVER WORD COMMAND...: of the capture, with the right authority
ask() {
    ask_url=https://localhost:$1/$2
    shift 2
    run with_token "$HARMILL" "$@" --cacert "$T/ca.pem" --api-url "$ask_url" "cloudflare:$ID"
}

# How long the last command took may be at most this; a bound that a busy machine keeps.
timed() { # NAME SECONDS COMMAND...
    timed_name=$1
    timed_most=$2
    shift 2
    timed_start=$(date +%s)
    "$@"
    timed_took=$(($(date +%s) - timed_start))
    [ "$timed_took" -le "$timed_most" ] || not_ok "$timed_name: ends within $timed_most s" "$timed_took s"
}

# ---- what comes is what is there

for how in "$main plain" "$main packed" "$main stored" "$two plain" "$new plain"; do
    # shellcheck disable=SC2086 # two words
    ask $how fetch
    expect_status "fetch of $how" 0
    expect_same "fetch of $how: the exact bytes" "$HAR" "$T/out"
    expect_no_secret "fetch of $how" "$T/out" "$T/err"
    "$HARMILL" convert -t har "$HAR" >"$T/expected" 2>/dev/null
    # shellcheck disable=SC2086 # two words
    ask $how convert -t har
    expect_status "convert of $how" 0
    expect_same "convert of $how: as from a file" "$T/expected" "$T/out"
done
ask "$main" always convert -t har
expect_status "convert of what is always packed" 0
expect_same "convert of what is always packed: as from a file" "$T/expected" "$T/out"
ask "$main" always fetch
expect_status "fetch of what is always packed" 0
expect_same "fetch of what is always packed: the exact bytes" "$T/www$HAR_PATH.gz" "$T/out"

told main 8 >"$T/told"
expect_eq "fetch asks for no packing, convert for gzip alone" "accepts=identity accepts=gzip" \
    "$(awk '$8 ~ "^/plain/" { print $9 }' "$T/told" | paste -sd ' ')"
expect_eq "packed answers came packed" 3 "$(awk -v whole="$(($(wc -c <"$HAR")))" \
    '$8 ~ "^/(packed|stored|always)/" && $6 < whole && $9 == "accepts=gzip"' "$T/told" | wc -l | tr -d ' ')"
told two 2 >"$T/told"
echo "over port two harmill speaks $(cut -d ' ' -f 3 "$T/told" | sort -u | paste -sd ' ')"

run with_key "$HARMILL" fetch --cacert "$T/ca.pem" --api-url "https://127.0.0.1:$main/plain" "cloudflare:$ID"
expect_status "the key, and an address of digits" 0
expect_same "the key, and an address of digits: the exact bytes" "$HAR" "$T/out"
told main 9 | tail -n 1 >"$T/told"
expect_eq "the key is sent without a token" "token=- email=$PLANTED_EMAIL key=$PLANTED_KEY" "$(cut -d ' ' -f 10-12 "$T/told")"

# ---- several scans at once

for digit in 1 2 3 4; do
    publish "$HAR" "${ID%?}$digit"
done
for port in "$main" "$two"; do
    forget main
    forget two
    set --
    for digit in 1 2 3 4; do
        set -- "$@" "cloudflare:${ID%?}$digit"
    done
    run with_token "$HARMILL" validate -q --cacert "$T/ca.pem" --api-url "https://localhost:$port/plain" "$@"
    "$HARMILL" validate -q "$HAR" >/dev/null 2>&1
    expect_status "four scans at once" $?
    server=main
    [ "$port" = "$main" ] || server=two
    told "$server" 4 >"$T/told"
    expect_eq "four scans at once: one connection of $server" "1 connection, requests 1 2 3 4" \
        "$(cut -d ' ' -f 4 "$T/told" | sort -u | wc -l | tr -d ' ') connection, requests \
$(cut -d ' ' -f 5 "$T/told" | paste -sd ' ')"
done

# ---- slow answers

ask "$main" slow fetch --stall-timeout 2s
expect_status "a slow answer" 0
expect_same "a slow answer: whole" "$HAR" "$T/out"
timed "an answer that drips" 15 ask "$main" drip fetch --stall-timeout 2s --retry 0
expect_fault "an answer that drips" stall
timed "an answer that takes too long" 15 ask "$main" drip fetch --max-time 2s --retry 0
expect_fault "an answer that takes too long" max-time

# ---- limits and faults of the service

# A slow machine may stay below one request a second for a while.
above_limit() { # OPTION...: leaves a run that met the limit
    above_left=20
    while [ "$above_left" -gt 0 ]; do
        ask "$main" limited fetch "$@"
        ! grep -q 429 "$T/err" || return
        above_left=$((above_left - 1))
    done
}
ask "$main" limited fetch
expect_status "below the limit" 0
above_limit
expect_status "above the limit, with retries" 0
expect_same "above the limit, with retries: whole" "$HAR" "$T/out"
expect_contains "above the limit, with retries: told" "$T/err" 429
above_limit --retry 0
expect_fault "above the limit, without retries" 429
forget main
ask "$main" broken convert -t har --retry 1
expect_fault "a gateway without its service" 502
told main 2 >"$T/told"
expect_eq "a gateway without its service: asked again once" "502 502" "$(cut -d ' ' -f 2 "$T/told" | paste -sd ' ')"
forget main
ask "$main" page convert -t har
expect_fault "a page of HTML with status 200" HTML
ask "$main" nowhere convert -t har
expect_fault "a page of HTML with status 404" 404
told main 2 >"$T/told"
expect_eq "neither page is asked for again" "200 404" "$(cut -d ' ' -f 2 "$T/told" | paste -sd ' ')"

# ---- redirects are not followed, and where they lead hears nothing

for code in 301 302 303 307 308; do
    for scheme in token key; do
        run "with_$scheme" "$HARMILL" convert -t har --cacert "$T/ca.pem" \
            --api-url "https://localhost:$redirects/moved-$code" "cloudflare:$ID"
        expect_fault "redirect $code to another port, with the $scheme" "$code"
        run "with_$scheme" "$HARMILL" fetch --cacert "$T/ca.pem" \
            --api-url "https://localhost:$redirects/here-$code" "cloudflare:$ID"
        expect_fault "redirect $code to another server, with the $scheme" "$code"
    done
done
expect_eq "each redirect was met, in four requests" "4 301 4 302 4 303 4 307 4 308" \
    "$(told redirects 20 | cut -d ' ' -f 2 | sort | uniq -c | awk '{ print $1, $2 }' | paste -sd ' ')"
expect_eq "nothing reached where redirects lead" 0 "$(($(wc -l <"$T/nginx/other.access")))"
expect_eq "nothing was asked for where the other redirects lead" 2 "$(($(wc -l <"$T/nginx/main.access")))"
# The log would have told: curl -L follows, with the key.
curl -sL --cacert "$T/ca.pem" -H "@$T/key.headers" -o "$T/null" "https://localhost:$redirects/moved-302$HAR_PATH"
expect_contains "the log of where redirects lead holds what comes" "$T/nginx/other.access" "$PLANTED_KEY"

# ---- certificates

refused() { # NAME PORT SERVER
    timed "$1" 5 ask "$2" plain convert -t har
    expect_fault "$1" "$4"
    expect_eq "$1: no request arrives" 0 "$(($(wc -l <"$T/nginx/$3.access")))"
}
refused "a certificate for another name" "$named" named certificate
refused "a certificate of yesterday" "$expired" expired certificate
refused "a certificate of an unknown authority" "$unknown" unknown --cacert
forget main
run with_token "$HARMILL" convert -t har --api-url "https://localhost:$main/plain" "cloudflare:$ID"
expect_fault "no authority is named" --cacert
expect_eq "no authority is named: no request arrives" 0 "$(($(wc -l <"$T/nginx/main.access")))"
# What the system's own settings refuse proves nothing: these let TLS 1.0 pass, as curl shows.
cat >"$T/weak.conf" <<END
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = weak
[weak]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
END
if OPENSSL_CONF=$T/weak.conf curl -s --fail --tlsv1.0 --cacert "$T/ca.pem" -o "$T/null" \
    "https://localhost:$old/plain$HAR_PATH"; then
    told old 1 >"$T/told"
    forget old
    OPENSSL_CONF=$T/weak.conf
    export OPENSSL_CONF
    refused "TLS 1.1" "$old" old TLS
    unset OPENSSL_CONF
else
    skip "TLS 1.1" "OpenSSL lets nobody speak it"
fi

trusts() { # NAME [VARIABLE=VALUE]... ; the variables name the authority
    trusts_name=$1
    shift
    run with_token env "$@" "$HARMILL" fetch --api-url "https://localhost:$main/plain" "cloudflare:$ID"
    expect_status "$trusts_name" 0
    expect_same "$trusts_name: the exact bytes" "$HAR" "$T/out"
}
mkdir "$T/folder"
cp "$T/ca.pem" "$T/folder/ca.pem"
openssl rehash "$T/folder" 2>"$T/openssl.err"
trusts "SSL_CERT_FILE" "SSL_CERT_FILE=$T/ca.pem"
trusts "CURL_CA_BUNDLE" "CURL_CA_BUNDLE=$T/ca.pem"
trusts "SSL_CERT_DIR" "SSL_CERT_DIR=$T/folder"
forget main
run with_token env SSL_CERT_FILE="$T/ca.pem" "$HARMILL" fetch --cacert "$T/stranger.pem" \
    --api-url "https://localhost:$main/plain" "cloudflare:$ID"
expect_fault "--cacert counts before SSL_CERT_FILE" --cacert
run with_token "$HARMILL" fetch --cacert "$T/none.pem" --api-url "https://localhost:$main/plain" "cloudflare:$ID"
[ "$status" -eq 2 ] || [ "$status" -eq 3 ] || not_ok "a file of authorities that is not there" "$(show_run)"
expect_contains "a file of authorities that is not there: named" "$T/err" none.pem
expect_eq "neither sends a request" 0 "$(($(wc -l <"$T/nginx/main.access")))"

# ---- large captures

large() { # MEGABYTES
    "$HARMILL_BUILD/bench-generate" small "$1" >"$T/large.har"
    publish "$T/large.har"
    for how in "$main plain" "$two plain"; do
        # shellcheck disable=SC2086 # two words
        ask $how fetch -o "$T/large.out"
        expect_status "$1 MB of $how" 0
        cmp "$T/large.har" "$T/large.out" >"$T/cmp" 2>&1 || not_ok "$1 MB of $how: the exact bytes" "$(cat "$T/cmp")"
        rm -f "$T/large.out"
    done
    ask "$main" packed validate -q
    expect_status "$1 MB, packed, is judged" 0
    ask "$main" plain fetch --max-response-bytes 1M -o "$T/large.out"
    expect_fault "$1 MB, with a bound of 1 MB" --max-response-bytes
    ask "$main" packed validate --max-response-bytes 1M
    expect_fault "$1 MB, packed, with a bound of 1 MB" --max-response-bytes
    [ ! -e "$T/large.out" ] || not_ok "$1 MB, with a bound of 1 MB: no file"
}
if [ -x "$HARMILL_BUILD/bench-generate" ]; then
    large 5
    [ "${HARMILL_SAMPLE-0}" = 1 ] || large 100
    publish "$HAR"
else
    lacking "large captures" "bench-generate"
fi

# ---- proxies

mkdir "$T/proxy"
serve proxy node "$CLOUDFLARE/connect.js" "$main" "$T/proxy"
await proxy 'proxy: http://\(127\.0\.0\.1:[0-9]*\)' || finish
# libcurl itself knows that names below localhost are of this machine; to harmill they are hosts as others are.
FAR=https://scanner.localhost:$main/plain

through() { # URL VARIABLE=VALUE...
    : >"$T/proxy/heads"
    : >"$T/proxy/tunnel"
    forget main
    through_url=$1
    shift
    run with_token env "$@" "$HARMILL" fetch --retry 0 --connect-timeout 2s --cacert "$T/ca.pem" \
        --api-url "$through_url" "cloudflare:$ID"
}
expect_tunnel() { # NAME [HOST]
    expect_status "$1" 0
    expect_same "$1: the exact bytes" "$HAR" "$T/out"
    expect_eq "$1: the proxy is asked to connect" "CONNECT ${2-scanner.localhost}:$main" "$(head -n 1 "$T/proxy/heads")"
    expect_lacks "$1: no token in the proxy's sight" "$T/proxy/heads" "$PLANTED_TOKEN"
    expect_eq "$1: nor anything of the request" "" "$(grep -iE '^(authorization|x-auth|accept)|urlscanner' "$T/proxy/heads")"
    expect_eq "$1: nor in what it passes on" 0 "$(grep -acF -e "$PLANTED_TOKEN" -e urlscanner "$T/proxy/tunnel")"
    [ -s "$T/proxy/tunnel" ] || not_ok "$1: it passes something on"
}
for variable in https_proxy HTTPS_PROXY ALL_PROXY all_proxy; do
    through "$FAR" "$variable=http://$answer"
    expect_tunnel "$variable"
done
through "$FAR" "HTTPS_PROXY=http://planted-user:planted-word@$answer"
expect_tunnel "a proxy with a password"
expect_contains "a proxy with a password: it gets it" "$T/proxy/heads" "Proxy-Authorization: Basic"
through "$FAR" "HTTPS_PROXY=http://nobody:planted-word@$answer"
expect_fault "a proxy that refuses" proxy
expect_lacks "a proxy that refuses: its password is not told" "$T/err" planted-word
timed "a proxy that does not answer" 10 through "$FAR" "HTTPS_PROXY=http://mute:planted-word@$answer"
expect_fault "a proxy that does not answer" connect-timeout

expect_direct() { # NAME
    expect_status "$1" 0
    expect_same "$1: the exact bytes" "$HAR" "$T/out"
    expect_empty "$1: the proxy hears nothing" "$T/proxy/heads"
}
through "$FAR" "HTTPS_PROXY=http://$answer" "NO_PROXY=scanner.localhost"
expect_direct "NO_PROXY"
through "$FAR" "HTTPS_PROXY=http://$answer" "no_proxy=example.com,.localhost"
expect_direct "no_proxy with a domain"
# As with curl: https goes where the variables say, even to this machine. Plain requests never leave it.
through "https://localhost:$main/plain" "HTTPS_PROXY=http://$answer"
expect_tunnel "https to this machine" localhost
start_server plain
id=$(scan_id plain)
run with_token env "http_proxy=http://$answer" "ALL_PROXY=http://$answer" "$HARMILL" fetch \
    --api-url "$URL/client/v4" "cloudflare:$id"
expect_status "no proxy for plain requests" 0
expect_same "no proxy for plain requests: the exact bytes" "$SERVED/small.har" "$T/out"
expect_eq "no proxy for plain requests: they come straight" 1 "$(requests "$id")"
through "$FAR" "HTTPS_PROXY=http://127.0.0.1:$closed"
expect_fault "a proxy that is not there" "no connection"
through "http://scanner.localhost:$main/plain" "http_proxy=http://$answer" "ALL_PROXY=http://$answer"
expect_status "no http to other hosts, with a proxy or without" 2
expect_empty "no http to other hosts: the proxy hears nothing" "$T/proxy/heads"
finish
