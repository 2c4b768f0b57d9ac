#!/bin/sh
# The program of docs/cloudflare.md: it compiles without warnings, and does what the page says.
. "$(dirname "$0")/../lib.sh"
begin
cc=${CC:-cc}
need_tool "the program of docs/cloudflare.md" node mkfifo "$cc" || finish
"$HARMILL" --version | grep -q libcurl || {
    lacking "the program of docs/cloudflare.md" "libcurl in this build"
    finish
}
# shellcheck source=tests/cloudflare/server.inc
. "$ROOT/tests/cloudflare/server.inc"
start_server one
sanitize=
[ -z "${SANITIZE-}" ] || sanitize=-fsanitize=$SANITIZE

# shellcheck disable=SC2016 # a fence, no command
sed -n '/^```c$/,/^```$/p' "$ROOT/docs/cloudflare.md" | sed '/^```/d' >"$T/scan.c"
# shellcheck disable=SC2046,SC2086 # lists of flags
run $cc $sanitize -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Werror -I"$ROOT/include" "$T/scan.c" "$HARMILL_BUILD/libharmill.a" \
    $(sed -n 's/^[A-Z0-9]*_LIBS := //p' "$HARMILL_BUILD/config.mk") -o "$T/scan"
expect_status "it compiles without warnings" 0
judge() { # SCENARIO
    run env TOKEN="$PLANTED_TOKEN" ACCOUNT="$ACCOUNT" BASE="$URL/client/v4" "$T/scan" "cloudflare:$(scan_id "$1")"
    expect_no_secret "$1" "$T/out" "$T/err"
}
judge plain
expect_status "a scan" 0
expect_eq "a scan: what is printed" "2 entries, 8 errors" "$(cat "$T/out")"
judge reset-once-plain-small
expect_status "a connection that breaks" 0
expect_contains "a connection that breaks: told" "$T/err" ", again in "
judge error-10000
expect_status "no access" 3
expect_contains "no access: told" "$T/err" "the API denied access (HTTP 403, code 10000"
run env ACCOUNT="$ACCOUNT" BASE="$URL/client/v4" "$T/scan" "cloudflare:$(scan_id plain)"
expect_status "without credentials" 3
expect_contains "without credentials: told" "$T/err" "credentials are needed"
finish
