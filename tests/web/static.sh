#!/bin/sh
# What can be read of a report without running it: form, figures, what a hostile capture cannot do, the same bytes every time.
. "$(dirname "$0")/../lib.sh"
begin

here=$ROOT/tests/web
need_tool "static report" node || finish
[ -d "$here/node_modules/parse5" ] || {
    lacking "static report" "parse5 (npm ci in tests/web)"
    finish
}

report() { # NAME OUTPUT ARGUMENT...
    name=$1
    output=$2
    shift 2
    run "$HARMILL" convert -t html -o "$output" "$@"
    expect_status "$name: made" 0
}

look() { # NAME ARGUMENT...
    name=$1
    shift
    run node "$here/static.js" "$@"
    expect_status "$name" 0
}

report "shop" "$T/shop.html" "$DATA/shop.har"
check_status "shop as a capture" 0 "$HARMILL" convert -t har -o "$T/shop.har" "$DATA/shop.har"
look "figures of the shop" figures "$T/shop.har" "$T/shop.html"

report "once more" "$T/again.html" "$DATA/shop.har"
check_status "the same bytes" 0 cmp "$T/shop.html" "$T/again.html"

report "few rows" "$T/few.html" --static-rows 5 "$DATA/shop.har"
look "few rows" form "$T/few.html"
run grep -c '<tr id="e' "$T/few.html"
expect_eq "few rows: five" 5 "$(cat "$T/out")"
expect_contains "few rows: more are named" "$T/few.html" '<p id="more">42 more requests need JavaScript'

report "several captures" "$T/merged.html" --merge "$DATA/shop.har" "$DATA/ticket.har"
look "several captures" form "$T/merged.html"
expect_contains "several captures: the hash of each" "$T/merged.html" \
    "$(sha256sum "$DATA/ticket.har" | cut -d ' ' -f 1)"

# An input with a name that is markup; a title that is.
look "a hostile capture" hostile "$T/<img src=x onerror=alert(1)>&\"'.har"
report "hostile" "$T/hostile.html" --no-normalize --title "</title><script>alert(1)</script>" "$T/<img src=x onerror=alert(1)>&\"'.har"
look "hostile strings are text" shown "$T/hostile.html"
report "hostile name" "$T/name.html" --no-normalize "$T/<img src=x onerror=alert(1)>&\"'.har"
look "hostile name" shown "$T/name.html"
report "hostile, nothing left out" "$T/all.html" --no-normalize --no-redact --bodies all --custom all \
    "$T/<img src=x onerror=alert(1)>&\"'.har"
look "hostile, nothing left out" shown "$T/all.html"
expect_contains "that nothing was redacted is said" "$T/all.html" "Nothing was redacted"

# Every small capture of the tests, whatever is wrong with it.
mkdir "$T/forms"
for file in "$DATA"/hostile/*.har "$DATA"/valid/*.har "$DATA"/ticket.har "$DATA"/invalid/*/*.har; do
    [ -f "$file" ] || continue
    "$HARMILL" convert -t html -o "$T/forms/$(echo "$file" | cksum | cut -d ' ' -f 1).html" "$file" 2>/dev/null
done
set -- "$T"/forms/*.html
expect_eq "small captures: a report of most" 1 $(($# >= 20))
look "small captures" form "$@"
finish
