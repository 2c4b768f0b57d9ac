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

# No proxy is asked for what is sent in the clear: this one counts, and would see the credentials.
export http_proxy="$other" ALL_PROXY="$other"
export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT"
"$HARMILL" convert "$SERVED/small.har" -t har >"$T/small" 2>"$T/err" || not_ok "the small capture is fine" "$(cat "$T/err")"
"$HARMILL" convert "$SERVED/big.har" -t har >"$T/big" 2>"$T/err" || not_ok "the big capture is fine" "$(cat "$T/err")"
mkdir "$T/tmp"
echo "old output" >"$T/old"

# Counts one run of the group.
count() { # survived|refused|lost FOUND-CREDENTIALS
    echo "$group|$1|$2" >>"$T/counts"
}
: >"$T/counts"

# What is told before the end.
notices='^harmill: credentials go to |; retry [0-9]+ of [0-9]+ in |; asking again in |: it cannot be read whole, so nothing was written$'

# The program with either of the credentials.
fetching() { # SCHEME COMMAND...
    fetching_scheme=$1
    shift
    if [ "$fetching_scheme" = token ]; then
        set -- CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" timeout -k 1 30 "$@"
    else
        set -- CLOUDFLARE_EMAIL="$PLANTED_EMAIL" CLOUDFLARE_API_KEY="$PLANTED_KEY" timeout -k 1 30 "$@"
    fi
    case $URL in https:*) set -- NO_PROXY="*" "$@" ;; esac
    run env TMPDIR="$T/tmp" SSL_CERT_FILE="$T/certificates/authority.pem" "$@"
}

# Compares what was written with FILE.
expect_written() { # NAME FILE TO
    if [ "$3" = file ]; then expect_same "$1" "$2" "$T/file"; else expect_same "$1" "$2" "$T/out"; fi
}

expect_nothing() { # NAME WORDS
    expect_status "$1" 3
    expect_empty "$1: nothing on stdout" "$T/out"
    expect_same "$1: the old output" "$T/old" "$T/file"
    expect_eq "$1: one message" 1 "$(grep '^harmill: ' "$T/err" | grep -vEc "$notices")"
    [ -z "$2" ] || grep -qE -e "$2" "$T/err" || not_ok "$1: says $2" "$(cat "$T/err")"
}

expect_like_file() { # NAME FILE TO
    cp "$T/old" "$T/local"
    local_status=0
    "$HARMILL" convert "$2" -t har -o "$T/local" >/dev/null 2>&1 || local_status=$?
    expect_status "$1: as from a file" "$local_status"
    if [ "$3" = file ] || [ "$status" -eq 0 ]; then
        expect_written "$1: as from a file" "$T/local" "$3"
    else
        expect_empty "$1: nothing on stdout" "$T/out"
    fi
}

# What a run left: in $T/out, $T/err, $T/file. VERDICT is that of faults.txt; WORDS stand on stderr when nothing came.
judge() { # NAME VERDICT EXPECTED-FILE TO WORDS
    judge_before=$FAILED
    judge_found=0
    case $2-$status in
    whole-* | either-0)
        expect_status "$1" 0
        expect_written "$1: the whole HAR" "$3" "$4"
        ;;
    local-*) expect_like_file "$1" "$3" "$4" ;;
    *) expect_nothing "$1" "$5" ;;
    esac
    if LC_ALL=C grep -q '[[:cntrl:]]' "$T/err"; then not_ok "$1: no escapes" "$(cat -v "$T/err")"; fi
    expect_eq "$1: temporary files" "" "$(ls "$T/tmp")"
    expect_no_secret "$1" "$T/out" "$T/err" "$T/file" || judge_found=1
    if [ "$FAILED" -gt "$judge_before" ]; then
        count lost "$judge_found"
    elif [ "$status" -eq 0 ]; then
        count survived 0
    else
        count refused 0
    fi
}

# One row of the table below, each way: to stdout with the token, to a file with the key.
fault() { # VERDICT NAME N REQUESTS WORDS [OPTION]...
    fault_verdict=$1
    fault_name=$2
    fault_n=$3
    fault_asked=$4
    fault_words=$5
    shift 5
    case $fault_verdict-$fault_name in
    local-*) fault_expected=$T/http/texts/$fault_name ;;
    *-big | *-many-chunks) fault_expected=$T/big ;;
    *) fault_expected=$T/small ;;
    esac
    fault_id=$(scan_id "$fault_name" "$fault_n" "$line") || not_ok "a scenario $fault_name"
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

set_way() { # SERVER SCHEME TO
    use_server "$1"
    fault_server=$1
    fault_scheme=$2
    fault_to=$3
}

# Goes through the rows whose numbers leave this rest, in a folder of its own; most of the time is waiting, so there are several.
work() { # REST OF
    mkdir "$T/work$1" "$T/work$1/tmp"
    ln -s ../http ../https ../certificates ../old ../names ../planted ../small ../big "$T/work$1/"
    T=$T/work$1
    line=0
    while IFS='|' read -r row words; do
        line=$((line + 1))
        words=${words# }
        case $row in
        '' | '# '* | '#') continue ;;
        '## '*)
            group=${row#'## '}
            continue
            ;;
        esac
        [ $((line % $2)) -eq "$1" ] || continue
        # shellcheck disable=SC2086 # words of the row
        set_row $row
    done <"$CLOUDFLARE/faults.txt"
    echo "$PASSED $FAILED" >"$T/result"
}

set_row() { # VERDICT SCENARIO N REQUESTS [OPTION]...
    row_verdict=$1
    row_name=$2
    row_n=$3
    row_asked=$4
    shift 4
    fault "$row_verdict" "$row_name" "$row_n" "$row_asked" "$words" "$@"
}

workers=6
scan_id fine >/dev/null
expect_no_secret "the captures themselves" "$T/small" "$T/big"
children=
rest=0
while [ "$rest" -lt "$workers" ]; do
    work "$rest" "$workers" >"$T/log$rest" 2>&1 3>&- &
    children="$children $!"
    rest=$((rest + 1))
done
# shellcheck disable=SC2086 # process ids
wait $children
rest=0
while [ "$rest" -lt "$workers" ]; do
    cat "$T/log$rest"
    if read -r worked failed <"$T/work$rest/result"; then
        PASSED=$((PASSED + worked))
        FAILED=$((FAILED + failed))
    else
        not_ok "worker $rest comes to its end"
    fi
    cat "$T/work$rest/counts" >>"$T/counts"
    rest=$((rest + 1))
done

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

# ---- what the servers saw
expect_eq "http: each request has the token, and only that" 0 "$(grep '^request ' "$T/http/log" | grep -vc ' bearer=yes email=- key=- ')"
expect_eq "https: each request has address and key, and only these" 0 \
    "$(grep '^request ' "$T/https/log" | grep -vc ' bearer=- email=yes key=yes ')"
expect_eq "no cookie comes back" 0 "$(cat "$T/http/log" "$T/https/log" | grep -c 'names=.*cookie')"
expect_eq "the server of redirects, and of proxies, saw nothing" "" "$(cat "$T/other/log")"
for name in http https; do expect_empty "the server $name is well" "$T/$name/out"; done
expect_eq "the servers understood all requests" "" "$(grep -h '^failed' "$T/http/log" "$T/https/log")"

# The table, in the order of the groups.
awk -F '|' -v last="$group" '
    FNR == 1 { file++ }
    file == 1 && /^## / { order[++groups] = substr($0, 4) }
    file == 2 { sum[$1, "tried"]++; sum[$1, $2]++; sum[$1, "found"] += $3
                sum["all", "tried"]++; sum["all", $2]++; sum["all", "found"] += $3 }
    function show(name) {
        printf "| %s | %d | %d | %d | %d | %d |\n", name, sum[name, "tried"], sum[name, "survived"], sum[name, "refused"], sum[name, "lost"], sum[name, "found"]
    }
    END {
        print "| fault | tried | survived | refused, nothing written | lost | credentials found |"
        print "|---|--:|--:|--:|--:|--:|"
        for (i = 1; i <= groups; i++) show(order[i])
        show(last)
        show("all")
    }' "$CLOUDFLARE/faults.txt" "$T/counts"
finish
