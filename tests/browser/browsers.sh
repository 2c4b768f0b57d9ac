#!/bin/sh
# Captures that real browsers make of a small site on this machine: none has an error or a warning by default, and what harmill
# normalizes has none either and opens in other programs. Infos are printed, with how many there are.
. "$(dirname "$0")/../lib.sh"
begin
# shellcheck source=tests/consumer/normalized.inc
. "$ROOT/tests/consumer/normalized.inc"
HERE=$ROOT/tests/browser

need_tool "captures of browsers" node openssl jq mkfifo || finish
[ -d "$ROOT/tests/consumer/node_modules/playwright-core" ] || {
    lacking "captures of browsers" "playwright-core (npm ci in tests/consumer)"
    finish
}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$T/key.pem" -out "$T/certificate.pem" 2>"$T/err" || not_ok "a certificate is made" "$(cat "$T/err")"

# The site is served until descriptor 3 is closed.
mkfifo "$T/open" "$T/address"
node "$HERE/server.js" "$T/certificate.pem" "$T/key.pem" <"$T/open" >"$T/address" 2>"$T/server" 3>&- &
exec 3>"$T/open"
IFS= read -r address <"$T/address" || not_ok "the site is served" "$(cat "$T/server")"

# browse NAME DRIVER PROGRAM [FILE]...: PROGRAM, driven by DRIVER, writes these captures of the site.
browse() {
    browse_name=$1
    browse_driver=$2
    browse_program=$3
    shift 3
    need_tool "$browse_name" "$browse_program" || return
    mkdir "$T/$browse_driver"
    HOME=$T timeout 120 node "$HERE/$browse_driver.js" "$address" "$(command -v "$browse_program")" "$T" "$T/$browse_driver" \
        >"$T/out" 2>&1 3>&- </dev/null || not_ok "$browse_name visits the site" "$(tail -n 30 "$T/out")"
    for browse_file in "$@"; do
        [ -s "$T/$browse_file.har" ] || {
            not_ok "$browse_file.har is written"
            continue
        }
        judge "$browse_file"
    done
}

# All that the site answers with is in it, so that a visit that went wrong cannot pass.
expect_whole() { # NAME FILE
    entries=$(jq '.log.entries | length' "$2")
    [ "$entries" -ge 40 ] || not_ok "$1 has 40 entries and more" "$entries entries"
    for part in / /two.html /style.css /script.js /dot.gif /frame.html /api/form /api/json /api/multipart /none /missing /redirect \
        /tagged /packed /socket /h2; do
        jq -e --arg part "$part" 'any(.log.entries[]; .request.url | split("?")[0] | endswith($part))' "$2" >/dev/null ||
            not_ok "$1 has $part"
    done
    jq -e 'any(.log.entries[]; (.request.url | startswith("https://localhost:")) and .response.status == 200)' "$2" >/dev/null ||
        not_ok "$1 has answers over HTTP/2"
    # Playwright sees the answer of the cache, which a 304 only confirmed.
    confirmed=304
    case $1 in playwright-*) confirmed= ;; esac
    for status in 200 204 206 302 $confirmed 404 500; do
        jq -e --argjson status "$status" 'any(.log.entries[]; .response.status == $status)' "$2" >/dev/null ||
            not_ok "$1 has an answer with status $status"
    done
}

judge() { # NAME
    har=$T/$1.har
    expect_whole "$1" "$har"
    run "$HARMILL" validate --report jsonl --show info "$har"
    expect_status "$1 has no error" 0
    expect_eq "$1 has no error and no warning" "" "$(jq -r 'select(.level == "error" or .level == "warning") |
        "\(.level): \(.message) [\(.rule)] (\(.pointer))"' "$T/out")"
    echo "$1: $(jq -r '.log.creator | "\(.name) \(.version)"' "$har"), $(jq '.log.entries | length' "$har") entries; infos:" \
        "$(jq -r 'select(.level == "info") | .rule' "$T/out" | sort | uniq -c | awk '{ printf "%s%s %s", sep, $2, $1; sep = ", " }')"
    check_status "$1: harmill info" 0 "$HARMILL" info "$har"
    check_status "$1 is normalized" 0 "$HARMILL" normalize "$har" -o "$T/$1.normal.har"
    check_status "$1 normalized has no error and no warning" 0 "$HARMILL" validate --fail-on warning "$T/$1.normal.har"
    check_status "$1 normalized stays as it is" 0 "$HARMILL" normalize --check "$T/$1.normal.har"
    # shellcheck disable=SC2016 # the inner shell expands them
    check_status "$1 as XML has no error and no warning" 0 sh -c '"$1" convert "$2" -t xml | "$1" validate -f xml --fail-on warning' \
        sh "$HARMILL" "$har"
}

browse "Playwright" playwright chromium playwright-full-embed playwright-full-omit playwright-minimal-embed playwright-minimal-omit
browse "DevTools of Chromium" devtools chromium chrome-sanitized chrome-sensitive
browse "Firefox" firefox firefox-esr firefox
exec 3>&-
wait

# har-to-k6 refuses a capture with data: and blob: addresses, so it is asked about what is written for it. @har-sdk/validator refuses
# a time that is not known, as in Playwright's minimal captures.
HERE=$ROOT/tests/consumer
find "$T" -name '*.normal.har' | LC_ALL=C sort >"$T/normal"
while read -r har; do
    "$HARMILL" normalize -q --profile k6 "$har" -o "${har%.har}.k6" 2>"$T/err" || echo "$har: $(cat "$T/err")"
done <"$T/normal"
for program in har-validator chrome firefox har-sdk playwright k6; do
    case $program in
    k6) sed 's/\.har$/.k6/' "$T/normal" ;;
    har-sdk) grep -v /playwright-minimal- "$T/normal" ;;
    *) cat "$T/normal" ;;
    esac >"$T/asked"
    program_says "$program" <"$T/asked" >"$T/said"
    expect_eq "$program: a verdict on each normalized capture" "$(($(wc -l <"$T/asked")))" "$(($(wc -l <"$T/said")))"
    grep -v '	accepts' "$T/said" >"$T/refused"
    expect_empty "$program opens each normalized capture" "$T/refused"
done
finish
