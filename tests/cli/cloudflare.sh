#!/bin/sh
# Scans of the Cloudflare URL Scanner as inputs, as far as no server is needed: names, credentials, options, and that no secret
# shows. What reaches the network here finds nobody: the exit status is 3 then, and 2 says that it was not even tried.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
begin
cd "$T" || exit 3

unset CLOUDFLARE_API_TOKEN CF_API_TOKEN CLOUDFLARE_EMAIL CF_EMAIL CF_API_EMAIL CLOUDFLARE_API_KEY CF_API_KEY
unset CLOUDFLARE_ACCOUNT_ID CF_ACCOUNT_ID CLOUDFLARE_BASE_URL CLOUDFLARE_API_BASE_URL CF_API_BASE_URL
unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR http_proxy https_proxy HTTPS_PROXY ALL_PROXY all_proxy

ID=0188b9a6-2d4f-4c3a-9d5e-6f708192a3b4
ACCOUNT=0123456789abcdef0123456789abcdef
SCAN=cloudflare:$ACCOUNT/$ID
TOKEN=Planted-Token_0123456789abcdefghijklmnopq
KEY=Planted-Key-0123456789abcdef012345678
EMAIL=planted@example.com
NOBODY=http://127.0.0.1:9 # the port "discard", where nobody listens
OUTSIDE=                  # set when the kernel lets us do without a network
if unshare -rn true 2>/dev/null; then
    OUTSIDE='unshare -rn'
fi
HAS_CURL=yes
READ="option '--poll-interval' takes 10s to 30s" # what is told, for --poll-interval 1m, once the credentials were read
if ! "$HARMILL" --version | grep -qi 'libcurl [0-9]'; then
    HAS_CURL=
    READ="this build leaves out libcurl"
fi

try() { # NAME STATUS [VARIABLE=VALUE]... COMMAND...
    try_name=$1
    try_status=$2
    shift 2
    # shellcheck disable=SC2086 # several words, or none
    run $OUTSIDE env "$@"
    expect_status "$try_name" "$try_status"
    for secret in Planted planted; do
        expect_lacks "$try_name: no secret on stdout" out "$secret"
        expect_lacks "$try_name: no secret on stderr" err "$secret"
    done
}

told() { # TEXT, of the run before
    expect_contains "$try_name: told" err "$1"
}

untold() {
    expect_lacks "$try_name: not told" err "$1"
}

# ---- names of scans

for name in '' x "$ID/" "$ACCOUNT" "$ACCOUNT/" "$ACCOUNT/x" "/$ID" "${ACCOUNT}0/$ID" "../$ID" "$ACCOUNT/$ID/.." \
    "$ID?x=1" "$ID#x" " $ID" "g${ID#?}" "$ACCOUNT\\$ID"; do
    try "name cloudflare:$name" 2 CLOUDFLARE_API_TOKEN=$TOKEN CLOUDFLARE_ACCOUNT_ID=$ACCOUNT "$HARMILL" validate "cloudflare:$name"
    told "harmill: 'cloudflare:$name': "
    expect_empty "$try_name: nothing on stdout" out
done
for name in "x$ID" "${ID}0" "$ACCOUNT-$TOKEN" "$TOKEN" "$ACCOUNT/$TOKEN" "$ID?token=$TOKEN"; do
    try "long name cloudflare:$name" 2 CLOUDFLARE_API_TOKEN=$TOKEN CLOUDFLARE_ACCOUNT_ID=$ACCOUNT "$HARMILL" validate "cloudflare:$name"
    told "...': " # it might be a token: its beginning is enough to find it
done
for name in https://example.com/ http://radar.cloudflare.com.example.com/scan/$ID https:// https://radar.cloudflare.com/ \
    https://radar.cloudflare.com/scan/x "https://radar.cloudflare.com@example.com/scan/$ID"; do
    try "address $name" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" info "$name"
    told "harmill: '$name': "
done
try "a good name among others" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "$DATA/shop.har" "$SCAN" cloudflare:x
told "'cloudflare:x': "
expect_empty "nothing is read before all names are known" out
printf '%s\ncloudflare:y\n' "$DATA/shop.har" >list
try "a bad name in a list" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --files-from list
told "'cloudflare:y': "
try "a scan as a command" 2 "$HARMILL" "cloudflare:$ID"
told "try: harmill info cloudflare:$ID"

try "in place" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" normalize -i "$SCAN"
told "cloudflare:$ID: a scan cannot be changed in place"
cp "$DATA/shop.har" cloudflare:x
check_status "a file of such a name" 0 "$HARMILL" validate ./cloudflare:x

# ---- accounts

try "no account" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "cloudflare:$ID"
told "Give --account ID, set CLOUDFLARE_ACCOUNT_ID, or name it cloudflare:ACCOUNT_ID/SCAN_ID"
try "an empty account" 2 CLOUDFLARE_ACCOUNT_ID= CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "cloudflare:$ID"
for account in x "${ACCOUNT}0" "${ACCOUNT%?}" "${ACCOUNT%?}g" "../../../../../../../../../../../.."; do
    try "account $account" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --account "$account" "$SCAN"
    told "--account is no account"
    try "account $account of the environment" 2 CLOUDFLARE_ACCOUNT_ID="$account" CLOUDFLARE_API_TOKEN=$TOKEN \
        "$HARMILL" validate "cloudflare:$ID"
    told "CLOUDFLARE_ACCOUNT_ID is no account"
done
try "the older account" 2 CF_ACCOUNT_ID=x CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "cloudflare:$ID"
told "CF_ACCOUNT_ID is no account"

# ---- credentials of the environment

try "no credentials" 2 "$HARMILL" validate "$SCAN"
told "give --token-file FILE, or set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY"
try "empty credentials" 2 CLOUDFLARE_API_TOKEN= CLOUDFLARE_EMAIL= CLOUDFLARE_API_KEY= CF_API_TOKEN= "$HARMILL" validate "$SCAN"
told "no credentials for Cloudflare"
for variable in CLOUDFLARE_EMAIL CF_EMAIL CF_API_EMAIL; do
    try "$variable alone" 2 $variable=$EMAIL "$HARMILL" validate "$SCAN"
    told "$variable is set, but CLOUDFLARE_API_KEY is not"
done
for variable in CLOUDFLARE_API_KEY CF_API_KEY; do
    try "$variable alone" 2 $variable=$KEY "$HARMILL" validate "$SCAN"
    told "$variable is set, but CLOUDFLARE_EMAIL is not"
done
for variable in CLOUDFLARE_API_TOKEN CF_API_TOKEN; do
    try "$variable with a blank" 2 $variable="$TOKEN x" "$HARMILL" validate "$SCAN"
    told "$variable: holds a blank"
    try "$variable with a line's end" 2 $variable="$TOKEN
X-Header: x" "$HARMILL" validate "$SCAN"
    told "$variable: holds a line's end"
    try "$variable in Latin letters" 2 $variable="${TOKEN}ä" "$HARMILL" validate "$SCAN"
    told "$variable: holds a character that is no printable ASCII"
    try "$variable with a scheme" 2 $variable="Bearer $TOKEN" "$HARMILL" validate "$SCAN"
    told "$variable: begins with 'Bearer ': only the token itself"
done
try "an e-mail address with a blank" 2 CLOUDFLARE_EMAIL="$EMAIL x" CLOUDFLARE_API_KEY=$KEY "$HARMILL" validate "$SCAN"
told "CLOUDFLARE_EMAIL: holds a blank"
try "a key with a line's end" 2 CLOUDFLARE_EMAIL=$EMAIL CF_API_KEY="$KEY
" "$HARMILL" validate "$SCAN"
told "CF_API_KEY: holds a line's end"
try "a token of 5 KiB" 2 CLOUDFLARE_API_TOKEN="$TOKEN$(head -c 5000 /dev/zero | tr '\0' x)" "$HARMILL" validate "$SCAN"
told "CLOUDFLARE_API_TOKEN: is longer than 4096 bytes"

# ---- the file with the token

umask 077
for text in "$TOKEN" "$TOKEN\\n" "$TOKEN\\r\\n"; do
    # shellcheck disable=SC2059
    printf "$text" >token
    try "token file '$text'" 2 "$HARMILL" validate --token-file token --poll-interval 1m "$SCAN"
    told "$READ"
done
bad_file() { # NAME WHAT
    try "token file: $1" 2 "$HARMILL" validate --token-file token "$SCAN"
    told "harmill: token: $2"
}
: >token && bad_file "empty" "holds no token"
printf '\n' >token && bad_file "an empty line" "holds no token"
printf '\r\n' >token && bad_file "an empty line of Windows" "holds no token"
printf '%s\n\n' $TOKEN >token && bad_file "two line's ends" "holds a line's end"
printf '%s\n%s\n' $TOKEN $TOKEN >token && bad_file "two tokens" "holds a line's end"
printf '%s \n' $TOKEN >token && bad_file "a blank behind" "holds a blank"
printf ' %s\n' $TOKEN >token && bad_file "a blank before" "holds a blank"
printf '%s\t%s\n' $TOKEN x >token && bad_file "a tab" "holds a blank"
printf '%s\303\244\n' $TOKEN >token && bad_file "no ASCII" "holds a character that is no printable ASCII"
printf '\357\273\277%s\n' $TOKEN >token && bad_file "a byte order mark" "holds a character that is no printable ASCII"
printf '%s\000\n' $TOKEN >token && bad_file "a NUL" "holds a NUL byte"
printf 'Bearer %s\n' $TOKEN >token && bad_file "a scheme" "begins with 'Bearer '"
{ printf '%s' $TOKEN && head -c 5120 /dev/zero | tr '\0' x; } >token && bad_file "5 KiB" "is longer than the 4096 bytes"
head -c 4097 /dev/zero | tr '\0' x >token && bad_file "one byte too many" "is longer than the 4096 bytes"
try "no token file" 3 "$HARMILL" validate --token-file missing "$SCAN"
told "missing: cannot read the token: No such file"
try "a folder as token file" 3 "$HARMILL" validate --token-file . "$SCAN"
told ".: cannot read the token: Is a directory"

printf '%s\n' $TOKEN >token
try "the file comes before the environment" 3 CLOUDFLARE_API_TOKEN="bad one" "$HARMILL" validate --token-file missing "$SCAN"
try "half a pair does not matter then" 2 CF_API_KEY=$KEY "$HARMILL" validate --token-file token --poll-interval 1m "$SCAN"
told "$READ"
for mode in 640 604 644; do
    chmod $mode token
    try "mode $mode" 2 "$HARMILL" validate --token-file token --poll-interval 1m "$SCAN"
    told "token: other users may read the token"
    try "mode $mode, quiet" 2 "$HARMILL" validate -q --token-file token --poll-interval 1m "$SCAN"
    untold "other users"
done
chmod 600 token
try "mode 600" 2 "$HARMILL" validate --token-file token --poll-interval 1m "$SCAN"
untold "other users"
try "a descriptor" 2 "$HARMILL" validate --token-file /dev/fd/7 --poll-interval 1m "$SCAN" 7<token
told "$READ"

status=0
printf '%s\n' $TOKEN | "$HARMILL" validate --token-file - --poll-interval 1m "$SCAN" >out 2>err || status=$?
expect_status "the token on stdin" 2
expect_contains "is read there" err "$READ"
for arguments in "- $SCAN" "$SCAN -" "--files-from - $SCAN" "--files-from -" "-" ""; do
    status=0
    # shellcheck disable=SC2086
    printf '%s\n' $TOKEN | "$HARMILL" validate --token-file - $arguments >out 2>err || status=$?
    expect_status "stdin twice: $arguments" 2
    expect_contains "stdin twice: $arguments: told" err "stdin can be read only once"
    expect_lacks "stdin twice: $arguments: no secret" err "$TOKEN"
done
printf '%s\n-\n' "$SCAN" >list
status=0
printf '%s\n' $TOKEN | "$HARMILL" validate --token-file - --files-from list >out 2>err || status=$?
expect_status "stdin twice: of a list" 2
expect_contains "stdin twice: of a list: told" err "stdin can be read only once"

check_status "without a scan none of it matters" 0 env CLOUDFLARE_API_KEY=x CLOUDFLARE_ACCOUNT_ID=x CLOUDFLARE_BASE_URL=x \
    "$HARMILL" validate --token-file missing --account x --api-url x --cacert missing --poll-interval 1s "$DATA/shop.har"

# ---- a pipe, behind which the program can be looked at while it waits

mkfifo pipe
env CLOUDFLARE_API_TOKEN=$TOKEN CF_API_KEY=$KEY CLOUDFLARE_EMAIL=$EMAIL "$HARMILL" validate --token-file pipe --poll-interval 1m \
    "$SCAN" >out 2>err &
pid=$!
tries=0
while [ "$tries" -lt 50 ] && { [ ! -e /proc/$pid/limits ] || ! grep -q 'Max core file size  *0 ' /proc/$pid/limits; }; do
    sleep 0.1
    tries=$((tries + 1))
done
sleep 0.3
expect_contains "no core while a secret is there" /proc/$pid/limits "Max core file size        0 "
if cat /proc/$pid/environ >environ 2>/dev/null; then
    expect_contains "the environment can be looked at" environ CLOUDFLARE_API_TOKEN=
    for secret in "$TOKEN" "$KEY" "$EMAIL"; do
        expect_lacks "and shows no secret" environ "$secret"
    done
else
    ok "nobody may look at the environment"
fi
tr '\0' '\n' </proc/$pid/cmdline >cmdline
expect_lacks "nor does the command line" cmdline "$TOKEN"
printf '%s\n' $TOKEN >pipe
status=0
wait $pid || status=$?
expect_status "a pipe gives the token" 2
expect_contains "which was read" err "$READ"

# ---- where the credentials go

try "an address without https" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --api-url http://api.example.com/client/v4 "$SCAN"
try "no address" 2 CLOUDFLARE_API_TOKEN=$TOKEN CLOUDFLARE_BASE_URL=nonsense "$HARMILL" validate "$SCAN"
try "a host that only looks like this machine" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --poll-interval 50ms \
    --api-url https://127.example.com "$SCAN"
told "$READ"
try "an address with a password" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --api-url "https://planted:pw@127.0.0.1/" "$SCAN"
try "a key in the token's place" 2 CLOUDFLARE_API_TOKEN=cfk_$TOKEN "$HARMILL" validate "$SCAN"
try "a token in the key's place" 2 CLOUDFLARE_EMAIL=$EMAIL CLOUDFLARE_API_KEY=cfut_$TOKEN "$HARMILL" validate "$SCAN"
try "another one" 2 CLOUDFLARE_EMAIL=$EMAIL CLOUDFLARE_API_KEY=cfat_$TOKEN "$HARMILL" validate "$SCAN"
try "authorities that are not there" 3 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --cacert missing.pem "$SCAN"
told "missing.pem: cannot read the certificate authorities that --cacert names"
for variable in CURL_CA_BUNDLE SSL_CERT_FILE; do
    try "authorities of $variable" 3 $variable=missing.pem CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "$SCAN"
    told "that $variable names"
done
for interval in 9s 31s 1m; do
    try "asked every $interval" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --poll-interval $interval "$SCAN"
    told "$READ"
done
for option in "--wait=x" "--wait=0" "--retry=-1" "--retry=101" "--connect-timeout=0" "--max-time=x" "--retry-max-time=1d"; do
    try "option $option" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "$option" "$SCAN"
done

reach() { # NAME [VARIABLE=VALUE]... COMMAND...: everything is in order, but nobody is there
    reach_name=$1
    shift
    try "$reach_name" 3 "$@"
    told "harmill: cloudflare:$ID: "
    expect_empty "$reach_name: nothing on stdout" out
}
if [ -n "$HAS_CURL" ]; then
    reach "a token" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --retry 0 --api-url $NOBODY "$SCAN"
    told "credentials go to 127.0.0.1, which --api-url names"
    reach "quiet" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate -q --retry 0 --api-url $NOBODY "$SCAN"
    untold "credentials go to"
    for variable in CLOUDFLARE_BASE_URL CLOUDFLARE_API_BASE_URL CF_API_BASE_URL; do
        reach "$variable" $variable=$NOBODY CF_API_TOKEN=$TOKEN "$HARMILL" validate --retry 0 "$SCAN"
        told "credentials go to 127.0.0.1, which $variable names"
    done
    reach "a pair" CF_API_EMAIL=$EMAIL CF_API_KEY=$KEY "$HARMILL" validate --retry 0 --api-url $NOBODY "$SCAN"
    reach "a token and a pair" CF_EMAIL=$EMAIL CLOUDFLARE_API_KEY=$KEY CLOUDFLARE_API_TOKEN=$TOKEN \
        "$HARMILL" validate --retry 0 --api-url $NOBODY "$SCAN"
    told "CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_KEY are both set: the token is used"
    reach "both, quiet" CF_EMAIL=$EMAIL CLOUDFLARE_API_KEY=$KEY CLOUDFLARE_API_TOKEN=$TOKEN \
        "$HARMILL" validate -q --retry 0 --api-url $NOBODY "$SCAN"
    untold "both set"
    reach "a token and half a pair" CF_EMAIL=$EMAIL CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --retry 0 --api-url $NOBODY "$SCAN"
    untold "both set"
    reach "often, of this machine" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --retry 0 --poll-interval 1s --api-url $NOBODY "$SCAN"
    reach "the account of an option" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --account $ACCOUNT --retry 0 --api-url $NOBODY \
        "cloudflare:$ID"
    reach "the page of a scan" CLOUDFLARE_ACCOUNT_ID=$ACCOUNT CLOUDFLARE_API_TOKEN=$TOKEN \
        "$HARMILL" info --retry 0 --api-url $NOBODY "https://radar.cloudflare.com/scan/$ID"
    reach "an id in capitals" CLOUDFLARE_ACCOUNT_ID=$ACCOUNT CLOUDFLARE_API_TOKEN=$TOKEN \
        "$HARMILL" info --retry 0 --api-url $NOBODY "cloudflare:$(echo $ID | tr a-f A-F)"
    printf old >kept.har
    reach "no answer replaces nothing" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" fetch --retry 0 --api-url $NOBODY "$SCAN" -o kept.har
    expect_eq "the old one stays" old "$(cat kept.har)"
    reach "retries are told" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --retry 1 --api-url $NOBODY "$SCAN"
    told "; retry 1 of 1 in 0."
    try "the others are still read" 3 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --retry 0 --api-url $NOBODY "$SCAN" "$DATA/shop.har"
    told "1 could not be read"
    SSLKEYLOGFILE=$T/keys
    export SSLKEYLOGFILE
    reach "no keys of connections" CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate --retry 0 --api-url https://127.0.0.1:9 "$SCAN"
    [ ! -e keys ]
    expect_eq "are kept" 0 $?
    unset SSLKEYLOGFILE
else
    try "a build without libcurl" 2 CLOUDFLARE_API_TOKEN=$TOKEN "$HARMILL" validate "$SCAN"
    told "this build leaves out libcurl"
fi
finish
