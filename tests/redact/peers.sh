#!/bin/sh
# What other programs leave of the same canaries, counted by the same counter: the table of docs/redaction-measured.md. That takes a
# minute and is done by `make check-long` only; else only harmill's own rows in the page are looked at.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/redact

# The rows of harmill in a table: zeros where they must be.
expect_rows() { # FILE
    expect_eq "default leaves nothing that is named, known by its form, or learned" "0 | 0 | 0" \
        "$(sed -n 's/^| harmill redact --mode default | \(.*\) | [0-9]* | 0 |$/\1/p' "$1")"
    expect_eq "strict leaves nothing" "0 | 0 | 0 | 0" "$(sed -n 's/^| harmill redact --mode strict | \(.*\) | 0 |$/\1/p' "$1")"
}

if [ "${HARMILL_LONG-0}" != 1 ] && [ "${HARMILL_REGEN-0}" != 1 ]; then
    expect_rows "$ROOT/docs/redaction-measured.md"
    finish
fi
need_tool "other programs" node || finish
for package in har-sanitizer har-cleaner; do
    [ -d "$HERE/node_modules/$package" ] || {
        lacking "other programs" "$package (npm ci in tests/redact)"
        finish
    }
done
node "$HERE/canaries.js" "$T" >/dev/null
run node "$HERE/peers.js" "$T" "$HARMILL"
expect_status "the table is made" 0 || finish
cat "$T/out"
expect_rows "$T/out"
sed -n '/^| program, options/,/^$/p' "$ROOT/docs/redaction-measured.md" | sed '/^$/d' >"$T/page"
if [ "${HARMILL_REGEN-0}" = 1 ]; then
    awk -v table="$T/out" '/^\| program, options/ { while ((getline line < table) > 0) print line; skip = 1 } /^$/ { skip = 0 } !skip' \
        "$ROOT/docs/redaction-measured.md" >"$T/new" && cp "$T/new" "$ROOT/docs/redaction-measured.md"
else
    expect_same "docs/redaction-measured.md has this table" "$T/page" "$T/out"
fi
finish
