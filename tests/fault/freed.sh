#!/bin/sh
# What harmill redact decodes and learns is overwritten before its memory is given back. The secret stands in the inputs encoded only,
# so that blocks with its bytes are redact's own.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

if [ -n "${SANITIZE-}" ]; then
    # No skip: the plain build runs it, here it can never run.
    echo "not under sanitizers, which have an allocator of their own"
    finish_faults
fi
need_tool "freed memory" jq gzip base64 || finish_faults
secret=Qw7-vT2x_9LkZpR4

# The secret in front, behind it so much with escapes that what decodes them has to grow.
shape() { # KIND COUNT
    awk -v kind="$1" -v count="$2" -v secret="$secret" 'BEGIN {
        if (kind == "percent") {
            printf "a=b&password=Qw7%%2DvT2x%%5F9LkZpR4"
            for (i = 0; i < count; i++) printf "&m%%41%d=text%%20%d", i, i
        } else if (kind == "unicode") {
            printf "{\"password\":\"Qw7\\u002dvT2x\\u005f9LkZpR4\""
            for (i = 0; i < count; i++) printf ",\"m\\u0041%d\":\"te\\\"xt %d\"", i, i
            printf "}"
        } else {
            printf "{\"password\":\"%s\"", secret
            for (i = 0; i < count; i++) printf ",\"member-%d\":\"some text %d\"", i, i
            printf "}"
        }
    }'
}

capture() { # FILE ENCODING
    jq -c --rawfile text "$1" --arg encoding "$2" '.log.entries |= .[:1] | .log.entries[0].response.content =
        {size: 1, mimeType: "text/plain", encoding: $encoding, text: $text}' "$DATA/login.har" >"$T/in.har"
}

freed() { # NAME OPTION...
    freed_name=$1
    shift
    attempt env LD_PRELOAD="$HARMILL_BUILD/tests/freed.so" FREED_TEXT="$secret" FREED_COUNT="$T/count" "$HARMILL" redact -q \
        --allow-unsearched "$@" "$T/in.har"
    [ "$status" -le 1 ] || not_ok "$freed_name: status" "$(show_run)"
    expect_eq "$freed_name: blocks with a secret" 0 "$(cat "$T/count")"
}

for count in 3 400 100000; do
    for kind in percent unicode base64 gzip twice; do
        shape "$kind" "$count" >"$T/text"
        encoding=base64
        case $kind in
        base64) base64 <"$T/text" | tr -d '\n' >"$T/body" ;;
        gzip) gzip -nc "$T/text" | base64 | tr -d '\n' >"$T/body" ;;
        twice) base64 <"$T/text" | tr -d '\n' | base64 | tr -d '\n' >"$T/body" ;;
        *)
            cp "$T/text" "$T/body"
            encoding=
            ;;
        esac
        capture "$T/body" "$encoding"
        if grep -qF "$secret" "$T/in.har"; then
            not_ok "$kind, $count: the input has the secret as it is"
        fi
        freed "$kind, $count" -o "$T/clean.har"
        freed "$kind, $count, strict" --mode strict -o "$T/clean.har"
        freed "$kind, $count, checked" --check
    done
done

# It is seen where it is: in what was read.
printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[],"_password":"%s"}}' "$secret" >"$T/in.har"
attempt env LD_PRELOAD="$HARMILL_BUILD/tests/freed.so" FREED_TEXT="$secret" FREED_COUNT="$T/count" "$HARMILL" normalize -q "$T/in.har" \
    -o "$T/clean.har"
[ "$(cat "$T/count")" -gt 0 ] || not_ok "blocks of an input are not seen"
finish_faults
