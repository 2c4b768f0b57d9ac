#!/bin/sh
# What goes into a report comes out of it again; what is redacted is nowhere in it.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "reports unpacked" node || finish
here=$ROOT/tests/web

# Without options everything but what is documented; with them, all of it.
both() { # NAME FILE
    # What is broken makes no output at all, of either kind.
    run "$HARMILL" convert -q --keep-order -t har --indent 0 "$2" -o "$T/capture.har"
    [ "$status" -ne 1 ] || return 0
    run "$HARMILL" convert -q --keep-order -t html --no-redact --bodies all --custom all "$2" -o "$T/full.html"
    [ "$status" -eq 0 ] && run node "$here/roundtrip.js" full "$T/capture.har" "$T/full.html"
    expect_status "$1: everything" 0
    [ $# -eq 2 ] || return 0
    run "$HARMILL" convert -q --keep-order -t har --redact --allow-unsearched --indent 0 "$2" -o "$T/redacted.har"
    [ "$status" -eq 0 ] && run "$HARMILL" convert -q --keep-order -t html "$2" -o "$T/safe.html"
    [ "$status" -eq 0 ] && run node "$here/roundtrip.js" safe "$T/redacted.har" "$T/safe.html" "$T/capture.har"
    expect_status "$1: by default" 0 || return 0
    count=$(sed -n 's/^secrets //p' "$T/out")
    secrets=$((secrets + ${count:-0}))
}

secrets=0
for file in "$DATA"/*.har "$DATA"/valid/* "$DATA"/hostile/*; do
    [ -f "$file" ] && both "${file#"$DATA/"}" "$file"
done
# A test that looks for nothing finds nothing.
if [ "$secrets" -ge 5 ]; then ok "secrets were looked for"; else not_ok "secrets were looked for" "only $secrets"; fi

step=30
[ "${HARMILL_LONG-}" != 1 ] || step=1
if need_shared "strangers' captures" corpus; then
    find "$HARMILL_SHARED/corpus" "$HARMILL_SHARED/fixtures" -type f -name '*.har' -size -4000k | sort | awk -v step="$step" 'NR % step == 0' >"$T/files"
    while read -r file; do
        both "${file#"$HARMILL_SHARED/"}" "$file"
    done <"$T/files"
fi
finish
