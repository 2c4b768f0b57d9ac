#!/bin/sh
# Profiles: what is an error for the letter of the specification, for HAR 1.1, for a consumer.
. "$(dirname "$0")/../lib.sh"
begin
INVALID=$DATA/invalid

# Prints the levels that findings of a rule have in a file, each once.
levels() { # PROFILE RULE FILE
    "$HARMILL" validate --profile "$1" --report jsonl --show info "$3" 2>"$T/err" |
        sed -n 's/.*"rule": *"'"$2"'".*"level": *"\([a-z]*\)".*/\1/p; s/.*"level": *"\([a-z]*\)".*"rule": *"'"$2"'".*/\1/p' | LC_ALL=C sort -u
}

expect_level() { # PROFILE RULE LEVEL [FILE below the rule's folder]
    expect_eq "$2 in $1" "$3" "$(levels "$1" "$2" "$INVALID/$2/${4-fail.har}")"
}

# By the letter: what browsers write out of habit is a mistake there.
expect_level har-1.2 null-member info
expect_level har-1.2-strict null-member error
expect_level har-1.2 common-custom-member info
expect_level har-1.2-strict common-custom-member warning
check_status "shop.har in har-1.2" 0 "$HARMILL" validate --profile har-1.2 "$DATA/shop.har"
check_status "null members in har-1.2" 0 "$HARMILL" validate --profile har-1.2 "$INVALID/null-member/fail.har"
check_status "null members in har-1.2-strict" 1 "$HARMILL" validate --profile har-1.2-strict "$INVALID/null-member/fail.har"

# HAR 1.1: members that came later are errors, whatever version the file gives.
cat >"$T/head" <<'END'
,"creator":{"name":"a","version":"1"},"entries":[{"startedDateTime":"2024-01-01T00:00:00Z","time":0,"request":{"method":"GET",
"url":"https://shop.example/","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":-1},
"response":{"status":204,"statusText":"","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":0,"mimeType":""},
"redirectURL":"","headersSize":-1,"bodySize":0},"cache":{},"timings":{"send":0,"wait":0,"receive":0}
END
for version in 1.1 1.2; do
    { printf '{"log":{"version":"%s"' "$version"; cat "$T/head"; printf '}]}}\n'; } >"$T/old-$version.har"
    { printf '{"log":{"version":"%s"' "$version"; cat "$T/head"; printf ',"connection":"1"}]}}\n'; } >"$T/new-$version.har"
    expect_eq "no newer member, version $version" "" "$(levels har-1.1 newer-member "$T/old-$version.har")"
    expect_eq "a newer member, version $version" "error" "$(levels har-1.1 newer-member "$T/new-$version.har")"
    check_status "a newer member in har-1.1, version $version" 1 "$HARMILL" validate --profile har-1.1 "$T/new-$version.har"
    check_status "a newer member in har-1.2, version $version" 0 "$HARMILL" validate --profile har-1.2 "$T/new-$version.har"
done
expect_eq "a newer member of a file of 1.1, in har-1.2" "info" "$(levels har-1.2 newer-member "$T/new-1.1.har")"

# Consumers: what JSON parsers get over is no error, what they do not is one, and what else is wrong at most a warning.
"$HARMILL" convert "$DATA/shop.har" -o "$T/shop.xml" 2>"$T/err" || xml=no
for profile in chrome har-validator playwright k6 firefox mitmproxy; do
    printf '\377\376{\0}\0' >"$T/utf-16.har"
    expect_eq "UTF-16 in $profile" "error" "$(levels "$profile" "$profile-refuses" "$T/utf-16.har")"
    [ "${xml-}" = no ] || expect_eq "XML in $profile" "error" "$(levels "$profile" "$profile-refuses" "$T/shop.xml")"
done
for profile in chrome har-validator firefox; do
    for rule in duplicate-key missing-member wrong-type malformed-date; do
        expect_level "$profile" "$rule" warning
    done
    for rule in json-syntax json-truncated json-control-character json-escape json-wrapper not-a-number not-a-har; do
        expect_level "$profile" "$rule" error
    done
    expect_level "$profile" null-member info
    for rule in number-precision nul-character lone-surrogate byte-order-mark; do
        expect_eq "$rule is no error in $profile" "" "$(levels "$profile" "$rule" "$INVALID/$rule/fail.har" | grep error)"
    done
    # A byte that is no UTF-8 is replaced.
    { printf '{"log":{"pages":[],"comment":"\377","version":"1.2"'; cat "$T/head"; printf '}]}}\n'; } >"$T/byte.har"
    expect_eq "a byte that is no UTF-8 in $profile" "warning" "$(levels "$profile" not-utf-8 "$T/byte.har")"
    expect_eq "a byte that is no UTF-8 is not refused in $profile" "" "$(levels "$profile" "$profile-refuses" "$T/byte.har")"
    printf '{"log":{"pages":[],"version":"1.2"' >"$T/deep.har"
    { printf ',"_deep":'; awk 'BEGIN { for (i = 0; i < 300; i++) printf "["; for (i = 0; i < 300; i++) printf "]" }'; } >>"$T/deep.har"
    { cat "$T/head"; printf '}]}}\n'; } >>"$T/deep.har"
    expect_eq "deeper than harmill goes in $profile" "warning" "$(levels "$profile" too-deep "$T/deep.har")"
done
finish
