#!/bin/sh
# Every XML that harmill writes is well-formed for xmllint with its default limits and valid against harmill's own schema:
# captures of testdata/ and of the shared folder, JSONTestSuite's values as custom members, and what is long, deep or misplaced.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "XML" xmllint || finish
run "$HARMILL" schema --for xsd
expect_status "the schema is printed" 0
mv "$T/out" "$T/har.xsd"

# Judges $T/xml/*.xml in one go, named as their captures were.
judge() { # NAME
    [ -n "$(ls "$T/xml")" ] || {
        not_ok "$1" "nothing was written"
        return
    }
    run xmllint --noout --schema "$T/har.xsd" "$T"/xml/*.xml
    if [ "$status" -eq 0 ]; then
        ok "$1"
    else
        not_ok "$1" "$(grep -v ' validates$' "$T/err")"
    fi
    rm -f "$T"/xml/*
}

# Converts, in both layouts; an input that is broken is not written. Counts what was written.
convert() { # CAPTURE NAME
    for indent in 0 2; do
        "$HARMILL" convert -q --max-depth 4096 -f har -t xml --indent "$indent" "$1" -o "$T/xml/$2-$indent.xml" >"$T/out" 2>&1
        case $? in
        0) written=$((written + 1)) ;;
        1) ;; # broken input: told by its own tests
        *) not_ok "$2 can be converted" "$(head -c 1000 "$T/out")" ;;
        esac
    done
}

mkdir "$T/xml"
written=0
wanted=0
for file in "$DATA"/valid/*.har "$DATA"/*.har; do
    convert "$file" "$(basename "$file" .har)"
    wanted=$((wanted + 2))
done
expect_eq "all valid captures are written" "$wanted" "$written"
judge "testdata/valid"

# The example of the documentation, which is also what its HAR would be written as.
# shellcheck disable=SC2016 # fences of markdown
sed -n '/^```xml$/,/^```$/p' "$ROOT/docs/xml.md" | sed '1d;$d' >"$T/xml/documented.xml"
if "$HARMILL" list formats | grep -q '^xml .*\.xml'; then
    run "$HARMILL" convert -q --no-normalize "$T/xml/documented.xml" -o "$T/documented.har"
    expect_status "the documentation's example is read" 0
    run "$HARMILL" convert -q --no-normalize -t xml "$T/documented.har" -o "$T/again.xml"
    expect_same "and written as it stands there" "$T/xml/documented.xml" "$T/again.xml"
else
    skip "the documentation's example is read" "XML input in this build"
fi
judge "the documentation's example"
for file in "$DATA"/invalid/*/*.har; do
    convert "$file" "$(basename "$(dirname "$file")")-$(basename "$file" .har)"
done
judge "testdata/invalid, as far as it is written"

# JSONTestSuite: each value that must be accepted, as a custom member of the log, of an entry, and in place of a member.
if need_shared "JSONTestSuite" jsontestsuite/test_parsing; then
    written=0
    wanted=0
    for file in "$HARMILL_SHARED"/jsontestsuite/test_parsing/y_*.json; do
        name=$(basename "$file" .json)
        {
            printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"_suite":'
            cat "$file"
            printf ',"entries":[{"_suite":'
            cat "$file"
            printf ',"request":'
            cat "$file"
            printf '}]}}'
        } >"$T/in.har"
        convert "$T/in.har" "$name"
        wanted=$((wanted + 2))
    done
    expect_eq "all values of JSONTestSuite are written" "$wanted" "$written"
    judge "JSONTestSuite"
fi

# What readers would refuse were it written as it is.
entry() { # VALUE of the custom member
    printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[{"_x":%s}]}}' "$1"
}
repeat() { # TEXT COUNT
    awk -v text="$1" -v count="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s", text }'
}
written=0
for depth in 190 200 300 2000; do
    entry "$(repeat '[' "$depth")1$(repeat ']' "$depth")" >"$T/in.har"
    convert "$T/in.har" "arrays-$depth"
    entry "$(repeat '{"a":' "$depth")1$(repeat '}' "$depth")" >"$T/in.har"
    convert "$T/in.har" "objects-$depth"
done
expect_eq "deep values are written" 16 "$written"
judge "deep values"
written=0
for size in 7999990 8000000 8000001 16000001; do
    {
        printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"comment":"'
        head -c "$size" /dev/zero | tr '\0' x
        printf '","entries":[{"_x":["'
        head -c "$size" /dev/zero | tr '\0' '&'
        printf '"],"_y":"'
        head -c "$((size / 6))" /dev/zero | sed 's/\x00/\\u0001/g'
        printf '"}]}}'
    } >"$T/in.har"
    convert "$T/in.har" "text-$size"
done
expect_eq "long texts are written" 8 "$written"
if grep -q '<comment>' "$T/xml/text-8000000-0.xml" && grep -q '<comment chunked="true"><chunk>' "$T/xml/text-8000001-0.xml"; then
    ok "text above 8,000,000 bytes comes in chunks"
else
    not_ok "text above 8,000,000 bytes comes in chunks"
fi
judge "long texts"
written=0
for size in 45000 45001 1000000; do
    entry "{\"a\":{\"$(repeat '<' "$size")\":\"b\"}}" >"$T/in.har"
    convert "$T/in.har" "name-$size"
done
expect_eq "long names are written" 6 "$written"
judge "long names"

# Values where the specification has others.
written=0
number=0
for log in '"pages":{"id":1}' '"pages":[[{"id":"a"}],5]' '"creator":[{"name":"a"}],"entries":{"a":[]}' '"entries":[1,[2],null]' \
    '"entries":[{"request":{"headers":[[{"name":"a"}],"b"],"cookies":{"name":"c"},"url":{"a":[{}]}},"cache":{"beforeRequest":null}}]' \
    '"entries":[],"entries":[{"time":1}],"pages":3,"pages":[{"_a":{"id":1}}]' '"":{"":[""]},"a b":"c","<&>\"\u0000":"d"'; do
    number=$((number + 1))
    printf '{"log":{%s},"log":{"version":"2","entries":[{"time":1}]},"_root":[{}]}' "$log" >"$T/in.har"
    convert "$T/in.har" "misplaced-$number"
done
expect_eq "misplaced values are written" 14 "$written"
judge "misplaced values"

if need_shared "the shared captures" corpus; then
    # Names of captures may be anything; the folder is judged in portions, for the length of the command line.
    find "$HARMILL_SHARED/corpus" -type f \( -name '*.har' -o -name '*.har.gz' -o -name '*.har.zst' -o -name '*.zhar' \) |
        sort >"$T/list"
    if [ "${HARMILL_SAMPLE-}" = 1 ]; then
        awk 'NR % 10 == 1' "$T/list" >"$T/some"
        mv "$T/some" "$T/list"
    fi
    written=0
    number=0
    while IFS= read -r file; do
        number=$((number + 1))
        convert "$file" "$number"
        [ $((number % 100)) -ne 0 ] || judge "shared captures up to $file"
    done <"$T/list"
    [ -z "$(ls "$T/xml")" ] || judge "shared captures, the last ones"
    if [ "$written" -ge "$number" ]; then
        ok "most shared captures are written"
    else
        not_ok "most shared captures are written" "$written of $((2 * number)) files"
    fi
fi
finish
