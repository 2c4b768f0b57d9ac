#!/bin/sh
# What each command makes of a scan is what it makes of the same bytes in a file; what it tells meanwhile; what its children see.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "commands" node mkfifo script || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"
cd "$T" || exit 3

start_server http
export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" CLOUDFLARE_BASE_URL="$URL/client/v4"
unset CI PRE_COMMIT
id=$(scan_id gzip-big)
scan=cloudflare:$id
cp "$SERVED/big.har" file.har
small=cloudflare:$(scan_id plain)
cp "$SERVED/small.har" small.har

# Both ways, with the same options; the name is all that may differ.
both() { # NAME COMMAND [OPTION]...
    both_name=$1
    shift
    run "$HARMILL" "$@" file.har
    both_status=$status
    sed "s|file\\.har|$scan|g" out >file.out
    sed "s|file\\.har|$scan|g" err >file.err
    both_requests=$(requests '')
    run "$HARMILL" "$@" "$scan"
    expect_status "$both_name: status" "$both_status"
    expect_same "$both_name: stdout" file.out out
    grep -v '^harmill: credentials go to ' err >scan.err
    expect_same "$both_name: stderr" file.err scan.err
    expect_eq "$both_name: one request" 1 $(($(requests '') - both_requests))
}

both "validate" validate
both "validate, verbose totals" validate --max-findings 0
both "validate as JSON" validate --report jsonl
both "info" info
both "info as JSON" info --json
both "normalize" normalize
both "normalize --check" normalize --check
both "normalize --diff" normalize --diff
both "convert" convert -t har --indent 0
both "convert without normalize" convert -t har --no-normalize
both "convert to XML" convert -t xml
both "convert, filtered" convert -t har --filter 'status == 200' --keep-order

# Outputs: files, folders, one of several, several of one.
same() { # NAME FILE OPTION...: the file that both ways write
    same_name=$1
    same_file=$2
    shift 2
    rm -rf made
    mkdir made
    check_status "$same_name: the file" 0 "$HARMILL" "$@" file.har small.har
    mv made made.files
    mkdir made
    check_status "$same_name: the scans" 0 "$HARMILL" "$@" "$scan" "$small"
    for same_each in $same_file; do
        expect_same "$same_name: $same_each" "made.files/$same_each" "made/$same_each"
    done
    rm -rf made.files
}
same "merged" "all.har" convert -o made/all.har --merge
same "merged and split" "one/index.json one/0001.har" convert -t har -o made/one/ --merge --split 100
check_status "split by page: the file" 0 "$HARMILL" convert -t har -o pages/ --split page file.har
before=$(requests '')
check_status "split by page: the scan" 0 "$HARMILL" convert -t har -o pages.scan/ --split page "$scan"
expect_eq "split by page: one request, however often it is read" 1 $(($(requests '') - before))
for name in pages/*; do
    expect_same "split by page: $name" "$name" "pages.scan/${name#pages/}"
done

before="$(requests '') $(connections)"
check_status "a folder of HARs" 0 "$HARMILL" convert -t har -o folder/ "$scan" "$small"
check_status "a folder of XML" 0 "$HARMILL" convert -t xml -o folder/ "$scan" "$small"
check_status "a folder of what came" 0 "$HARMILL" fetch -o fetched/ "$scan" "$small"
expect_eq "six requests, three connections" "$((${before% *} + 6)) $((${before#* } + 3))" "$(requests '') $(connections)"
other=$(scan_id plain)
expect_eq "called after the ids" "$(printf '%s\n' "$id.har" "$id.xml" "$other.har" "$other.xml" | sort)" "$(find folder -type f | sed 's|.*/||' | sort)"
expect_eq "those, too" "$(printf '%s\n' "$id.har" "$other.har" | sort)" "$(find fetched -type f | sed 's|.*/||' | sort)"
gzip -dc "fetched/$id.har" >unpacked.har
expect_same "the exact bytes: packed, as the server does it unasked" file.har unpacked.har
expect_contains "which is told" err "fetched/$id.har: the bytes are packed with gzip, which the name does not say"
expect_same "the exact bytes: small" small.har "fetched/$other.har"
check_status "one scan twice in a folder" 2 "$HARMILL" fetch -o fetched/ "$scan" "$scan"
check_status "one scan twice" 0 "$HARMILL" info "$scan" "$scan"

check_status "fetched and packed" 0 "$HARMILL" fetch -o packed.har.gz "$scan"
gzip -dc packed.har.gz >unpacked.har
expect_same "unpacks to the same" file.har unpacked.har
expect_lacks "and needs no words" err "the name"
plain_id=$(scan_id plain-big)
scan=cloudflare:$plain_id
check_status "to stdout" 0 "$HARMILL" fetch "$scan"
expect_same "as it came" file.har out
check_status "verbose" 0 "$HARMILL" fetch -v "$scan" -o verbose.har
expect_contains "tells the request" err "$scan: GET /accounts/$ACCOUNT/urlscanner/v2/har/$plain_id: status 200, $(wc -c <file.har) bytes"
expect_eq "and the bytes" "$scan: $(wc -c <file.har) bytes" "$(tail -n 1 err)"
expect_no_secret "verbose" err out
check_status "verbose and quiet" 0 "$HARMILL" fetch -vq "$scan" -o verbose.har
expect_empty "quiet wins" err

printf old >kept.har
check_status "in place" 2 "$HARMILL" normalize -i "$scan"
check_status "a missing scan" 3 "$HARMILL" fetch "cloudflare:$(scan_id error-not-found)" -o kept.har
expect_eq "replaces nothing" old "$(cat kept.har)"

# ---- what children see

mkdir bin
# shellcheck disable=SC2016 # the script expands it
printf '#!/bin/sh\nenv | grep -c "^CLOUDFLARE_API\\|^CF_" >"%s/seen"\ncat /proc/self/environ >"%s/environ"\nexec %s "$@"\n' \
    "$T" "$T" "$(command -v diff)" >bin/diff
chmod +x bin/diff
run env -u PLANTED_TOKEN -u PLANTED_KEY -u PLANTED_EMAIL PATH="$T/bin:$PATH" CF_API_KEY="$PLANTED_KEY" CF_EMAIL="$PLANTED_EMAIL" \
    "$HARMILL" normalize --diff "$scan"
expect_status "a child runs" 1
expect_eq "and has no credentials" 0 "$(cat seen)"
expect_no_secret "the child" environ

# ---- terminals

terminal() { # COMMAND...; what the terminal gets is in `typed`
    TERM=xterm script -qec "$*" /dev/null </dev/null >typed 2>&1
}
pending() { # INSTANCE
    pending=cloudflare:$(scan_id pending-twice 0 "$1")
}
escape=$(printf '\033[K')
pending 1
terminal "'$HARMILL' validate -q --wait --poll-interval 50ms $pending"
expect_lacks "quiet on a terminal" typed "$pending: "
pending 2
terminal "'$HARMILL' fetch --wait --poll-interval 50ms $pending -o waited.har"
expect_same "waited for" small.har waited.har
expect_contains "the first question stays" typed "harmill: $pending: the scan is not finished ("
expect_contains "the time is rewritten" typed ", waiting 0.1 s$escape"
expect_eq "and erased at last" "$(printf '\r\033[K')" "$(tail -c 4 typed)"
expect_eq "no line of it wraps" "" "$(tr '\r' '\n' <typed | sed "s/.\\[K//" | grep 'waiting' | grep '.\{80\}')"
for variable in CI PRE_COMMIT; do
    pending "3$(printf %s $variable | wc -c)"
    terminal "$variable=1 '$HARMILL' fetch --wait --poll-interval 50ms $pending -o waited.har"
    expect_contains "$variable: plain lines" typed "harmill: $pending: the scan is not finished ("
    expect_lacks "$variable: and no others" typed "$escape"
done
pending 4
check_status "no terminal" 0 "$HARMILL" fetch --wait --poll-interval 50ms "$pending" -o waited.har
expect_lacks "plain lines only" err "$escape"
expect_eq "one for each state" "$(grep -c 'not finished' err)" "$(grep 'not finished' err | sed 's/;.*//' | sort -u | wc -l)"
check_status "not waited for" 3 "$HARMILL" fetch "cloudflare:$(scan_id pending-twice 0 5)" -o never.har
expect_contains "says how" err "--wait"
finish
