#!/bin/sh
# Every answer that the server of the tests has, over http and over https, by token and by key: a HAR comes whole or not at all,
# the exit status and the words say which, the old output stays, and no credential is seen anywhere.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "faults of the network" node openssl mkfifo || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"

make_certificates
start_server other
other=$URL
start_server https --tls good --other "$other"
start_server http --other "$other"

# No proxy is asked for what is on this machine: this one counts, and would see the credentials.
export http_proxy="$other" https_proxy="$other" ALL_PROXY="$other"
export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT"
"$HARMILL" convert "$SERVED/small.har" -t har >"$T/small" 2>"$T/err" || not_ok "the small capture is fine" "$(cat "$T/err")"
"$HARMILL" convert "$SERVED/big.har" -t har >"$T/big" 2>"$T/err" || not_ok "the big capture is fine" "$(cat "$T/err")"
mkdir "$T/tmp"
echo "old output" >"$T/old"

tried=0
survived=0
refused=0
lost=0
secrets=0
table='| fault | tried | survived | refused, nothing written | lost | credentials found |
|---|--:|--:|--:|--:|--:|
'
sum=

# Ends a group of faults: its row of the table.
settle() {
    [ -z "$group" ] || table="$table| $group | $tried | $survived | $refused | $lost | $secrets |
"
    sum="$sum $tried $survived $refused $lost $secrets"
    tried=0
    survived=0
    refused=0
    lost=0
    secrets=0
}
group=

# The program with either of the credentials.
fetching() { # SCHEME COMMAND...
    fetching_scheme=$1
    shift
    if [ "$fetching_scheme" = token ]; then
        set -- CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" timeout -k 1 30 "$@"
    else
        set -- CLOUDFLARE_EMAIL="$PLANTED_EMAIL" CLOUDFLARE_API_KEY="$PLANTED_KEY" timeout -k 1 30 "$@"
    fi
    run env TMPDIR="$T/tmp" SSL_CERT_FILE="$T/certificates/authority.pem" "$@"
}

# What a run left: in $T/out, $T/err, $T/file. VERDICT is whole, nothing or either; WORDS stand on stderr when nothing came.
judge() { # WHAT VERDICT EXPECTED-FILE TO WORDS
    judge_before=$FAILED
    tried=$((tried + 1))
    if [ "$2" = whole ] || { [ "$2" = either ] && [ "$status" -eq 0 ]; }; then
        expect_status "$1" 0
        if [ "$4" = file ]; then expect_same "$1: the whole HAR" "$3" "$T/file"; else expect_same "$1: the whole HAR" "$3" "$T/out"; fi
        [ "$FAILED" -gt "$judge_before" ] || survived=$((survived + 1))
    else
        expect_status "$1" 3
        expect_empty "$1: nothing on stdout" "$T/out"
        expect_same "$1: the old output" "$T/old" "$T/file"
        expect_eq "$1: one message" 1 "$(grep -c '^harmill: ' "$T/err")"
        [ -z "$5" ] || grep -qE -e "$5" "$T/err" || not_ok "$1: says $5" "$(cat "$T/err")"
        if [ "$FAILED" -eq "$judge_before" ]; then refused=$((refused + 1)); fi
    fi
    [ "$FAILED" -eq "$judge_before" ] || lost=$((lost + 1))
    if LC_ALL=C grep -q '[[:cntrl:]]' "$T/err"; then not_ok "$1: no escapes" "$(cat -v "$T/err")"; fi
    expect_eq "$1: temporary files" "" "$(ls "$T/tmp")"
    expect_no_secret "$1" "$T/out" "$T/err" "$T/file" || secrets=$((secrets + 1))
}

# One row of the table below, each way: to stdout with the token, to a file with the key.
fault() { # VERDICT NAME N REQUESTS WORDS [OPTION]...
    fault_verdict=$1
    fault_name=$2
    fault_n=$3
    fault_asked=$4
    fault_words=$5
    shift 5
    case $fault_name in
    *-big | many-chunks) fault_expected=$T/big ;;
    *) fault_expected=$T/small ;;
    esac
    fault_instance=$((fault_instance + 1))
    fault_id=$(scan_id "$fault_name" "$fault_n" "$fault_instance") || not_ok "a scenario $fault_name"
    for fault_way in "http token stdout" "https key file"; do
        # shellcheck disable=SC2086 # three words
        set_way $fault_way
        cp "$T/old" "$T/file"
        [ "$fault_to" = stdout ] && fault_output=- || fault_output=$T/file
        fetching "$fault_scheme" "$HARMILL" convert --retry=0 "$@" --api-url "$URL/client/v4" "cloudflare:$fault_id" -t har \
            -o "$fault_output"
        judge "$fault_name $fault_n over $fault_server" "$fault_verdict" "$fault_expected" "$fault_to" "$fault_words"
        [ "$fault_asked" = any ] || expect_eq "$fault_name over $fault_server: requests" "$fault_asked" "$(requests "$fault_id")"
    done
}
fault_instance=0

set_way() { # SERVER SCHEME TO
    use_server "$1"
    fault_server=$1
    fault_scheme=$2
    fault_to=$3
}

# A row: VERDICT SCENARIO N REQUESTS [OPTION]... | WORDS, an extended regular expression
while IFS='|' read -r row words; do
    words=${words# }
    # shellcheck disable=SC2086 # words of the row
    set -- $row
    case ${1-} in
    '' | '#') ;;
    '##')
        settle
        group=${row#'## '}
        ;;
    *)
        verdict=$1
        name=$2
        n=$3
        asked=$4
        shift 4
        fault "$verdict" "$name" "$n" "$asked" "$words" "$@"
        ;;
    esac
done <"$CLOUDFLARE/faults.txt"
settle

# ---- certificates: refused at once, with nothing sent
group="certificates, TLS before 1.2, no server"
refuses() { # SERVER WORDS [OPTION]...
    use_server "$1"
    refuses_name="certificate: $1"
    refuses_words=$2
    shift 2
    cp "$T/old" "$T/file"
    fetching token "$HARMILL" convert --retry=0 "$@" --api-url "$URL/client/v4" "cloudflare:$(scan_id fine)" -t har -o "$T/file"
    judge "$refuses_name" nothing "$T/small" file "$refuses_words"
    expect_eq "$refuses_name: no request" 0 "$(requests '')"
}
for name in wrong expired own; do start_server "$name" --tls "$name"; done
start_server old-tls --tls good --old
refuses wrong 'certificate|name'
refuses expired 'certificate|expired'
refuses own 'certificate'
refuses old-tls 'TLS|SSL'
start_server untrusted --tls good
refuses untrusted 'certificate|authorit' --cacert "$T/certificates/own.pem"
# Each side speaks what the other does not expect.
URL_PLAIN=$(cat "$T/http/address")
URL_TLS=$(cat "$T/https/address")
before=$(grep -c '^request ' "$T/http/log")
cp "$T/old" "$T/file"
fetching token "$HARMILL" convert --retry=0 --api-url "https${URL_PLAIN#http}/client/v4" "cloudflare:$(scan_id fine)" -t har -o "$T/file"
judge "https where http is spoken" nothing "$T/small" file ''
cp "$T/old" "$T/file"
fetching token "$HARMILL" convert --retry=0 --api-url "http${URL_TLS#https}/client/v4" "cloudflare:$(scan_id fine)" -t har -o "$T/file"
judge "http where https is spoken" nothing "$T/small" file ''
expect_eq "no request where the other is spoken" "$before" "$(grep -c '^request ' "$T/http/log")"
start_server gone
stop_server gone
cp "$T/old" "$T/file"
fetching token "$HARMILL" convert --retry=1 --api-url "$URL/client/v4" "cloudflare:$(scan_id fine)" -t har -o "$T/file"
judge "nobody listens" nothing "$T/small" file 'connect'
settle

# ---- what the servers saw
expect_eq "http: each request has the token, and only that" 0 "$(grep '^request ' "$T/http/log" | grep -vc ' bearer=yes email=- key=- ')"
expect_eq "https: each request has address and key, and only these" 0 \
    "$(grep '^request ' "$T/https/log" | grep -vc ' bearer=- email=yes key=yes ')"
expect_eq "no cookie comes back" 0 "$(cat "$T/http/log" "$T/https/log" | grep -c 'names=.*cookie')"
expect_eq "the server of redirects, and of proxies, saw nothing" "" "$(cat "$T/other/log")"
for name in http https; do expect_empty "the server $name is well" "$T/$name/out"; done
expect_eq "the servers understood all requests" "" "$(grep -h '^failed' "$T/http/log" "$T/https/log")"

printf '%s' "$table"
# shellcheck disable=SC2086 # numbers
printf '%s\n' $sum | awk '{ sum[(NR - 1) % 5] += $1 } END { printf "| all | %d | %d | %d | %d | %d |\n", sum[0], sum[1], sum[2], sum[3], sum[4] }'
finish
