#!/bin/sh
# HAR to XML to HAR gives the bytes of HAR to HAR: over every capture there is and over what XML cannot hold by itself. That nothing
# is lost shows where nothing is normalized; captures are taken both ways.
. "$(dirname "$0")/../lib.sh"
begin

if ! "$HARMILL" list formats --json | grep -q '"name": "xml".*"built": true'; then
    lacking "round trips" "XML input in this build"
    finish
fi

# Both ways of one capture. Whatever cannot be written as HAR must not be written as XML either.
trip_as() { # NAME FILE [OPTION]
    rm -f "$T/ref.har" "$T/a.xml" "$T/b.har"
    # shellcheck disable=SC2086 # none or one
    "$HARMILL" convert -q ${3-} -f har -t har "$2" -o "$T/ref.har" >/dev/null 2>&1 </dev/null
    trip_ref=$?
    # shellcheck disable=SC2086
    run "$HARMILL" convert -q ${3-} -f har -t xml "$2" -o "$T/a.xml"
    if [ "$status" -ne "$trip_ref" ]; then
        not_ok "$1: as XML" "status $status, as HAR $trip_ref; $(show_run)"
        return
    fi
    case $2 in
    "$T"/document.har) ;;
    "$T"/*) [ -e "$T/ref.har" ] || not_ok "$1: the test's own capture is broken" ;;
    esac
    if [ ! -e "$T/ref.har" ]; then
        if [ -e "$T/a.xml" ]; then not_ok "$1: broken, yet written as XML"; else ok "$1: broken, not written"; fi
        return
    fi
    # shellcheck disable=SC2086
    run "$HARMILL" convert -q ${3-} -t har "$T/a.xml" -o "$T/b.har"
    if [ "$status" -eq 0 ] && cmp -s "$T/ref.har" "$T/b.har"; then
        ok "$1"
    else
        not_ok "$1" "$(cmp "$T/ref.har" "$T/b.har" 2>&1; show_run)"
    fi
}

trip() { # NAME FILE
    trip_as "$1" "$2" --no-normalize
}

both() { # NAME FILE
    trip "$1" "$2"
    trip_as "$1, normalized" "$2"
}

# A capture whose only entry has, beside the usual, what stdin says.
entry() {
    printf '{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[{"startedDateTime":"2026-01-01T00:00:00Z","time":1,'
    printf '"request":{"method":"GET","url":"http://a/","httpVersion":"1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":-1},'
    printf '"response":{"status":200,"statusText":"","httpVersion":"1","cookies":[],"headers":[],"content":{"size":0,"mimeType":""},'
    printf '"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":0,"receive":0}'
    printf ','
    cat
    printf '}]}}\n'
}

find "$DATA" -name '*.har' | LC_ALL=C sort >"$T/files"
while read -r file; do both "${file#"$DATA"/}" "$file"; done <"$T/files"

for folder in corpus cloudflare fixtures; do
    need_shared "captures of $folder" "$folder" || continue
    find "$HARMILL_SHARED/$folder" -type f \( -name '*.har' -o -name '*.json' -o -name '*.gz' -o -name '*.zst' \) |
        LC_ALL=C sort >"$T/files"
    step=3
    [ "${HARMILL_LONG-0}" != 1 ] || step=1
    [ "${HARMILL_SAMPLE-0}" != 1 ] || step=10
    awk -v step="$step" 'NR % step == 1 || step == 1' "$T/files" >"$T/some" && mv "$T/some" "$T/files"
    while read -r file; do both "$folder/${file##*/}" "$file"; done <"$T/files"
done

# All values that JSON can hold, as custom members.
if need_shared "JSONTestSuite" jsontestsuite; then
    find "$HARMILL_SHARED/jsontestsuite" -name 'y_*.json' | LC_ALL=C sort >"$T/files"
    expect_eq "JSONTestSuite has its 95 files" 95 "$(wc -l <"$T/files" | tr -d ' ')"
    while read -r file; do
        { printf '"_y":'; cat "$file"; } | entry >"$T/y.har"
        trip "${file##*/}" "$T/y.har"
        { printf '"_y":[['; cat "$file"; printf '],{"x":'; cat "$file"; printf '}]'; } | entry >"$T/y.har"
        trip "nested ${file##*/}" "$T/y.har"
    done <"$T/files"
fi

# Each code unit by itself: as value, as a name in the entry, as a name below. 64 files of 1,024, so that a fault is found.
page=0
while [ "$page" -lt 64 ]; do
    awk -v from=$((page * 1024)) 'BEGIN {
        for (i = from; i < from + 1024; i++) {
            u = sprintf("\\u%04x", i)
            printf "%s\"_v%d\":\"%s\",\"%s\":\"a%sb\",\"_n%d\":{\"%s\":{\"x%sy\":[\"%s%s\"]}}", (i > from ? "," : ""), i, u, u, u, i, u, u, u, u
        }
    }' | entry >"$T/units.har"
    trip "code units from $((page * 1024))" "$T/units.har"
    page=$((page + 1))
done

printf '%s' '"_n":[0,-0,0.0,-0.0,1e400,-1e-400,1E+2,1e-0,123456789012345678901234567890,0.10000000000000000000001,5e-324,1.0,1.00]' |
    entry >"$T/numbers.har"
trip "numbers as written" "$T/numbers.har"
printf '%s' '"_a":null,"_a":1,"_a":[null,null,{}],"_b":{"x":null,"x":{},"x":[]},"comment":null,"comment":"","time":null,"time":[]' |
    entry >"$T/null.har"
trip "nulls and duplicate keys" "$T/null.har"
printf '%s' '"":1,"_":"","a b":1,"<":2,"1":3,"xmlns":4,"a:b":5,"]]>":"]]>","&amp;":"&amp;","\"":"\"","\t\r\n":" \r\n\t ","_é":"\ud83d\ude00",
"member":1,"item":2,"chunk":3,"type":4,"\ud83d":"\ude00\ud83d","_q":"\\\\u0041","_e":"\\u0000\u0000"' | entry >"$T/names.har"
trip "names that are no XML names" "$T/names.har"
printf '%s' '"request":[{"method":1}],"response":{"cookies":{"name":1},"headers":[[{"name":1}],"x",1,null,true]},"cache":[],"timings":"x"' |
    entry >"$T/types.har"
trip "other types than the specification's" "$T/types.har"

# Bodies that readers would refuse in one go, plain and escaped, with characters of several bytes at every place.
long() { awk -v unit="$1" -v times="$2" 'BEGIN { for (i = 0; i < times; i++) printf "%s", unit }'; }
{ printf '"_x":"'; long 'abcdefgh<&>' 1100000; printf '"'; } | entry >"$T/long.har"
trip "a body of 12 MB" "$T/long.har"
{ printf '"_x":"'; long 'a€😀\u0001\\\" ' 800000; printf '"'; } | entry >"$T/long.har"
trip "an escaped body above 10 MB" "$T/long.har"

name=$(long 'n<é' 25000)
printf '"%s":{"a":1},"_x":{"%s":[1],"y":{"%s\\u0000":"z"}},"_z":1' "$name" "$name" "$name" | entry >"$T/name.har"
trip "names of 100 KB" "$T/name.har"

# Entries stand in four containers; the bound counts those too.
for depth in 100 190 195 196 197 198 199 200 240 252; do
    { printf '"_d":'; long '[' "$depth"; long ']' "$depth"; } | entry >"$T/deep.har"
    trip "arrays $depth deep" "$T/deep.har"
    { printf '"_d":'; long '{"a":' "$depth"; printf '"\\u0001é<"'; long '}' "$depth"; } | entry >"$T/deep.har"
    trip "objects $depth deep" "$T/deep.har"
done
{ printf '{"log":{"entries":[]},"_d":'; long '[' 255; printf '"\\ud800"'; long ']' 255; printf '}'; } >"$T/deep.har"
trip "beside the log, as deep as the bound" "$T/deep.har"

# Documents that are none of the usual.
for text in '[]' '[1,[2]]' '"x"' '""' 'null' '12' 'true' '{}' '{"a":1}' '{"log":{}}' '{"log":[]}' '{"log":null}' '{"log":"x"}' \
    '{"log":{"entries":[1,"x",null,[],[{}]],"pages":[[],{}]}}' '{"log":{"entries":{},"pages":null}}' '{"log":{},"log":{"version":"1"}}' \
    '{"log":{"pages":[],"pages":[{}],"entries":[],"entries":[{}]}}' '{"_a":1,"log":{"entries":[]},"b":{"log":{}}}' \
    '{"log":{"pages":{},"pages":[{},{"id":"p","pageTimings":{"_x":[1]}}],"entries":[]}}' '{"log":{"pages":5,"pages":[]}}' \
    '{"log":{"_pages":1,"pages":{"id":"a"},"pages":[{"id":"b"}]}}'; do
    printf '%s' "$text" >"$T/document.har"
    both "$text" "$T/document.har"
done
finish
