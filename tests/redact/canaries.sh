#!/bin/sh
# Planted secrets: none of those that the rules are about comes out by default, none at all with --mode strict; not in another format,
# not in what is told about it. Prints how many were planted and how many are left.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/redact

need_tool "canaries" node || finish
run node "$HERE/canaries.js" "$T" "${HARMILL_SEED:-1}"
expect_status "captures are made" 0 || finish

# At least as many as were planted in the tools of docs/redaction-measured.md by others.
while read -r class least; do
    run node "$HERE/leaks.js" --quiet "$T/$class.json" "$T/$class.har"
    planted=$(cut -d ' ' -f 1 "$T/out")
    expect_eq "$class: all that is planted can be found" "$planted $planted" "$(cat "$T/out")"
    if [ "$planted" -ge "$least" ]; then ok "$class: many"; else not_ok "$class: many" "$planted"; fi
done <<LIST
named 1602
format 108
propagated 101
places 109
LIST

# What specification and schema have, the generator has.
run node "$HERE/members.js" "$HARMILL"
expect_status "no text of the schema is forgotten" 0

# Counts what is left of CLASS in FILES; the ids of what is left are shown.
none_left() { # NAME CLASS FILE...
    label=$1
    of=$2
    shift 2
    run node "$HERE/leaks.js" "$T/$of.json" "$@"
    left=$(sed -n '1s/.* //p' "$T/out")
    if [ "$status" -eq 0 ] && [ "$left" = 0 ]; then
        ok "$label"
    else
        sed -n '2,$s/:.*//p' "$T/out" | sort | uniq -c | sort -rn | head -n 8 >"$T/where"
        not_ok "$label" "$left are left: $(sed -n '2,12p' "$T/out")
$(cat "$T/where")"
    fi
}

# In another mode or format the number is told and no failure.
count_left() { # CLASS FILE...
    of=$1
    shift
    node "$HERE/leaks.js" --quiet "$T/$of.json" "$@" | cut -d ' ' -f 2
}

table="| class | planted | default | strict |
|---|---|---|---|"
for class in named format propagated places; do
    row="| $class | $(node -p 'require(process.argv[1]).length' "$T/$class.json")"
    run "$HARMILL" normalize -q "$T/$class.har" -o "$T/normalized.har"
    expect_status "$class: normalized" 0
    for mode in default strict; do
        name="$class, $mode"
        out=$T/$class-$mode.har
        run "$HARMILL" redact --mode "$mode" --manifest "$T/manifest.json" "$T/$class.har" -o "$out"
        if ! expect_status "$name: redacted" 0 || [ ! -s "$out" ]; then
            row="$row | no output"
            continue
        fi
        if [ "$mode" = strict ] || [ "$class" != places ]; then
            cat "$T/out" "$T/err" "$T/manifest.json" >"$T/told"
            none_left "$name: nothing is left" "$class" "$out"
            row="$row | $left"
            none_left "$name: nothing is told" "$class" "$T/told"
        else
            row="$row | $(count_left "$class" "$out")"
        fi
        run node "$HERE/findings.js" "$HARMILL" "$T/normalized.har" "$out"
        expect_status "$name: no new findings" 0
        run "$HARMILL" redact --mode "$mode" "$out" -o "$T/again.har"
        expect_status "$name: redacted again" 0 && expect_same "$name: nothing changes" "$out" "$T/again.har"
        check_status "$name: --verify" 0 "$HARMILL" redact --mode "$mode" --verify "$out"
    done
    table="$table
$row |"
    [ "$class" != places ] || continue
    run "$HARMILL" redact --check "$T/$class.har"
    expect_status "$class: --check finds" 1
    cp "$T/out" "$T/checked" && cat "$T/err" >>"$T/checked"
    none_left "$class: --check tells nothing" "$class" "$T/checked"
    check_status "$class: --check of what is redacted" 0 "$HARMILL" redact --check "$T/$class-default.har"
    run "$HARMILL" convert -q -t xml --redact "$T/$class.har" -o "$T/out.xml"
    expect_status "$class: XML" 0 && none_left "$class: XML" "$class" "$T/out.xml"
    run "$HARMILL" convert -q -t html --bodies all --custom all "$T/$class.har" -o "$T/out.html"
    if expect_status "$class: HTML" 0; then
        node "$ROOT/tests/web/unpack.js" "$T/out.html" | sed 's/^[a-z]* //' >"$T/unpacked"
        none_left "$class: HTML" "$class" "$T/out.html" "$T/unpacked"
    fi
done
printf '%s\n' "$table"
finish
