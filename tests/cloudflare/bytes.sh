#!/bin/sh
# An answer that breaks off at any byte gives nothing, on stdout neither, and is asked for again when retries are allowed: each
# byte of a small answer, each KiB of a big one, in every framing, by a reset, by an end as it should be, and by one without TLS's
# close. By default some of the bytes; with HARMILL_LONG=1 all of them, over TLS each third.
. "$(dirname "$0")/../lib.sh"
begin
need_tool "broken off at every byte" node openssl mkfifo xargs awk || finish
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"

export CLOUDFLARE_ACCOUNT_ID="$ACCOUNT" CLOUDFLARE_API_TOKEN="$PLANTED_TOKEN" SSL_CERT_FILE="$T/certificates/authority.pem"
make_certificates
start_server https --tls good
start_server http
for size in small big; do "$HARMILL" convert "$SERVED/$size.har" -t har >"$T/$size" 2>"$T/err" || not_ok "$size" "$(cat "$T/err")"; done
node "$CLOUDFLARE/server.js" --sizes >"$T/sizes"
export TMPDIR="$T/tmp"
mkdir "$TMPDIR" "$T/work"

# One process for many runs: `worker nothing|whole FILE OPTION ID...`. Runs with an odd id write to a file, the others to stdout.
cat >"$T/worker" <<'END'
verdict=$1
expected=$2
option=$3
shift 3
cd "$T/work" || exit 3
file=$$.har
out=$$.out
passed=0
for id in "$@"; do
    case $id in
    *[13579bdf]) to=$file ;;
    *) to=- ;;
    esac
    status=0
    timeout -k 1 30 "$HARMILL" convert "$option" --api-url "$URL/client/v4" "cloudflare:$id" -t har -o "$to" >"$out" 2>$$.err </dev/null || status=$?
    why=
    if [ "$verdict" = nothing ]; then
        [ "$status" -eq 3 ] || why="status $status"
        [ ! -s "$out" ] || why="$why, something on stdout"
        [ ! -e "$file" ] || why="$why, a file"
        [ -s "$$.err" ] || why="$why, no message"
    else
        [ "$to" = - ] && got=$out || got=$file
        [ "$status" -eq 0 ] || why="status $status"
        cmp -s "$expected" "$got" || why="$why, not the HAR"
    fi
    rm -f "$file"
    if [ -z "$why" ]; then passed=$((passed + 1)); else echo "not ok: $id: $why: $(head -c 300 $$.err)"; fi
done
rm -f "$out" $$.err
echo "passed $passed"
END

# sweep SERVER HOW FRAMING SIZE FROM TO STEP VERDICT OPTION JOBS: the scenario HOW-FRAMING-SIZE at these bytes.
sweep() {
    sweep_name="$2-$3-$4 over $1"
    use_server "$1"
    export URL
    sweep_id=$(scan_id "$2-$3-$4") || not_ok "$sweep_name"
    awk -v id="${sweep_id%????????????}" -v from="$5" -v to="$6" -v step="$7" 'BEGIN {
        for (n = from; n < to; n += step) printf "%s%012x\n", id, n }' >"$T/ids"
    sweep_count=$(wc -l <"$T/ids")
    xargs -n "$((sweep_count / ${10} < 40 ? sweep_count / ${10} + 1 : 40))" -P "${10}" sh "$T/worker" "$8" "$T/$4" "$9" <"$T/ids" >"$T/verdicts" 2>&1
    sweep_passed=$(awk '$1 == "passed" { sum += $2 } END { print sum + 0 }' "$T/verdicts")
    if [ "$sweep_passed" -eq "$sweep_count" ]; then
        PASSED=$((PASSED + sweep_count))
    else
        PASSED=$((PASSED + sweep_passed))
        not_ok "$sweep_name: $((sweep_count - sweep_passed)) of $sweep_count" "$(grep -v '^passed' "$T/verdicts" | head -n 20)"
    fi
    runs=$((runs + sweep_count))
}
runs=0

# Steps are odd or prime, and begin elsewhere each time, so that together they meet all bytes' kinds.
small_step=11
tls_step=37
big_step=61440
retry_step=83
if [ "${HARMILL_LONG-}" = 1 ]; then
    small_step=1
    tls_step=3
    big_step=1024
    retry_step=7
elif [ "${HARMILL_SAMPLE-}" = 1 ]; then
    small_step=61
    tls_step=127
    big_step=200001
    retry_step=401
fi
start=0
while read -r which bytes; do
    framing=${which%-*}
    size=${which##*-}
    whole=$bytes
    case $framing in
    *chunked) bytes=$((bytes - 1)) ;; # libcurl does not miss the last of the two bytes behind the last chunk
    esac
    for how in reset fin cut; do
        case $size-$framing in
        small-*) http_step=$small_step https_step=$tls_step ;;
        big-gzip*) http_step=$((big_step / 8 + 1)) https_step=$((big_step / 4 + 1)) ;;
        *) http_step=$((big_step + 1)) https_step=$((big_step * 3 + 1)) ;;
        esac
        [ "${HARMILL_LONG-}" != 1 ] || [ "$size" = small ] || { http_step=1024 https_step=1024; }
        start=$((start + 1))
        [ "$how" = cut ] || sweep http "$how" "$framing" "$size" "$((start % http_step))" "$bytes" "$http_step" nothing --retry=0 4
        sweep https "$how" "$framing" "$size" "$((start * 7 % https_step))" "$bytes" "$https_step" nothing --retry=0 4
        # The first try breaks off, the second is whole. Waiting for it takes half a second, so many wait at once.
        [ "$size" = small ] || continue
        sweep http "$how-once" "$framing" "$size" "$((start * 5 % retry_step))" "$bytes" "$retry_step" whole --retry=1 24
    done
    # Broken off where nothing is left to come: by then it is whole, in every framing.
    sweep http fin "$framing" "$size" "$whole" "$((whole + 1))" 1 whole --retry=0 1
    sweep https fin "$framing" "$size" "$whole" "$((whole + 1))" 1 whole --retry=0 1
done <"$T/sizes"
expect_eq "no temporary file stays" "" "$(ls -A "$TMPDIR")"
expect_eq "no output stays" "" "$(ls -A "$T/work")"
expect_eq "the servers understood all requests" "" "$(grep -h '^failed' "$T/http/log" "$T/https/log")"
echo "$runs answers broken off, or whole at last"
finish
