#!/bin/sh
# Captures reduced to the shape that Cloudflare's URL Scanner documents: what normalize derives equals what the whole captures hold,
# at least as often as was measured when the rules for it were made.
. "$(dirname "$0")/../lib.sh"
begin

need_shared "derived members" cloudflare/documented-shape || finish
need_tool "derived members" node || finish

mkdir "$T/normalized"
for file in "$HARMILL_SHARED"/cloudflare/documented-shape/*.har; do
    name=$(basename "$file")
    check_status "$name" 0 "$HARMILL" normalize --keep-order "$file" -o "$T/normalized/$name"
done
run node "$ROOT/tests/normalize/cloudflare.js" "$T/normalized" "$HARMILL_SHARED/cloudflare/full"
expect_status "the captures are compared" 0
cat "$T/out"

at_least() { # MEMBER SAME OF
    if awk -F '\t' -v member="$1" -v same="$2" -v of="$3" \
        '$1 == member && $2 >= same && $3 == of { found = 1 } END { exit !found }' "$T/out"; then
        ok "$1"
    else
        not_ok "$1" "wanted: at least $2 of $3"
    fi
}
at_least request.cookies 1674 1677
at_least response.cookies 1643 1677
at_least queryString 405 405

# Nothing is derived when that is not wanted, and nothing once more.
mkdir "$T/plain"
for file in "$HARMILL_SHARED"/cloudflare/documented-shape/*.har; do
    name=$(basename "$file")
    run "$HARMILL" normalize --no-derive "$file" -o "$T/plain/$name"
    run grep -q 'derived by harmill' "$T/plain/$name"
    expect_status "$name: --no-derive tells of nothing derived" 1
    run "$HARMILL" normalize --keep-order "$T/normalized/$name"
    expect_same "$name: normalized once more" "$T/normalized/$name" "$T/out"
done
finish
