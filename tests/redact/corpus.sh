#!/bin/sh
# Real captures: redacted or refused for a stated reason; what comes out is JSON, has no new findings and stays as it is when it is
# redacted again. How much of what is no secret goes with it: texts that changed only because of their form or because they were
# learned elsewhere, against all texts.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/redact

for folder in corpus fixtures; do
    need_shared "captures" "$folder" || finish
done
need_tool "captures" node || finish
step=12
size='-size -2000k'
[ "${HARMILL_SAMPLE-0}" != 1 ] || step=40
if [ "${HARMILL_LONG-0}" = 1 ]; then
    step=1
    size=
fi
# shellcheck disable=SC2086 # one option and its value, or none
find "$HARMILL_SHARED/corpus" "$HARMILL_SHARED/fixtures" -type f $size -name '*.har' | LC_ALL=C sort |
    awk -v step="$step" 'NR % step == 0' >"$T/files"

redacted=0
refused=0
while IFS= read -r file; do
    name=${file#"$HARMILL_SHARED/"}
    rm -f "$T/out.har" "$T/again.har"
    run "$HARMILL" normalize -q "$file" -o "$T/normalized.har"
    [ "$status" -eq 0 ] || continue
    run "$HARMILL" redact -q --allow-unsearched --manifest "$T/manifest.json" "$file" -o "$T/out.har"
    if [ "$status" -ne 0 ]; then
        refused=$((refused + 1))
        if [ "$status" -eq 3 ] && [ -s "$T/err" ] && [ ! -e "$T/out.har" ]; then
            echo "$name: $(sed -n '1s/.*har: //p' "$T/err" | cut -c 1-120)"
        fi
        not_ok "$name is redacted" "$(show_run)"
        continue
    fi
    redacted=$((redacted + 1))
    cat "$T/manifest.json" >>"$T/manifests"
    run node "$HERE/findings.js" "$HARMILL" "$T/normalized.har" "$T/out.har"
    expect_status "$name: no new findings" 0
    run "$HARMILL" redact -q --allow-unsearched "$T/out.har" -o "$T/again.har"
    expect_status "$name: redacted again" 0 && expect_same "$name: nothing changes" "$T/out.har" "$T/again.har"
done <"$T/files"
echo "$redacted captures redacted, $refused refused"
if [ "$redacted" -ge 5 ]; then ok "captures were redacted"; else not_ok "captures were redacted" "$redacted"; fi
run node "$HERE/share.js" "$T/manifests"
cat "$T/out"
expect_status "changed by form or propagation alone: below 0.5 % of all texts" 0
finish
