#!/bin/sh
# HAR to XML to HAR gives the bytes of HAR to HAR: over every capture there is and over what XML cannot hold by itself. That nothing
# is lost shows where nothing is normalized; all are taken both ways. A run converts many: one process for each would take minutes.
. "$(dirname "$0")/../lib.sh"
begin

if ! "$HARMILL" list formats --json | grep -q '"name": "xml".*"built": true'; then
    lacking "round trips" "XML input in this build"
    finish
fi

mkdir "$T/cases"
# The file of a case; those that are no file of the project or of the shared folder have to be good captures.
case_file() { # NAME
    printf '%s/cases/%s.har' "$T" "$(printf '%s' "$1" | tr '/ ' '-')"
}
own() { # NAME; the capture is stdin
    cat >"$(case_file "own $1")"
}

# All cases both ways. What cannot be written as HAR must not be written as XML either.
trip() { # NAME [OPTION]
    name=$1
    shift
    rm -rf "$T/ref" "$T/xml" "$T/back"
    mkdir "$T/ref" "$T/xml" "$T/back"
    run "$HARMILL" convert -q "$@" -f har -t har "$T/cases/"*.har -o "$T/ref/"
    wanted=$status
    run "$HARMILL" convert -q "$@" -f har -t xml "$T/cases/"*.har -o "$T/xml/"
    expect_status "$name: the status is that of HAR" "$wanted"
    run "$HARMILL" convert -q "$@" -t har "$T/xml/"*.xml -o "$T/back/"
    expect_status "$name: back" 0
    for file in "$T/cases/"*.har; do
        base=${file##*/}
        if [ -e "$T/ref/$base" ]; then continue; fi
        case $base in
        own-document-*) ;;
        own-*) not_ok "$name: $base: the test's own capture is broken" ;;
        esac
        if [ -e "$T/xml/${base%.har}.xml" ]; then not_ok "$name: $base: broken, yet written as XML"; else ok "$base: broken"; fi
    done
    diff -rq "$T/ref" "$T/back" >"$T/differ"
    expect_empty "$name: the same bytes" "$T/differ"
    same=$(find "$T/ref" -type f | wc -l)
    PASSED=$((PASSED + same - $(wc -l <"$T/differ")))
    echo "$name: $same captures"
    [ "$same" -gt 100 ] || not_ok "$name: there are captures"
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
while read -r file; do ln -s "$file" "$(case_file "${file#"$DATA"/}")"; done <"$T/files"

for folder in corpus cloudflare fixtures; do
    need_shared "captures of $folder" "$folder" || continue
    find "$HARMILL_SHARED/$folder" -type f \( -name '*.har' -o -name '*.json' -o -name '*.gz' -o -name '*.zst' \) |
        LC_ALL=C sort >"$T/files"
    step=3
    [ "${HARMILL_LONG-0}" != 1 ] || step=1
    [ "${HARMILL_SAMPLE-0}" != 1 ] || step=10
    awk -v step="$step" 'NR % step == 1 || step == 1' "$T/files" >"$T/some" && mv "$T/some" "$T/files"
    while read -r file; do ln -s "$file" "$(case_file "${file#"$HARMILL_SHARED"/}")"; done <"$T/files"
done

# All values that JSON can hold, as custom members.
if need_shared "JSONTestSuite" jsontestsuite; then
    find "$HARMILL_SHARED/jsontestsuite" -name 'y_*.json' | LC_ALL=C sort >"$T/files"
    expect_eq "JSONTestSuite has its 95 files" 95 "$(wc -l <"$T/files" | tr -d ' ')"
    while read -r file; do
        { printf '"_y":'; cat "$file"; } | entry | own "${file##*/}"
        { printf '"_y":[['; cat "$file"; printf '],{"x":'; cat "$file"; printf '}]'; } | entry | own "nested ${file##*/}"
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
    }' | entry | own "code units from $((page * 1024))"
    page=$((page + 1))
done

printf '%s' '"_n":[0,-0,0.0,-0.0,1e400,-1e-400,1E+2,1e-0,123456789012345678901234567890,0.10000000000000000000001,5e-324,1.0,1.00]' |
    entry | own "numbers as written"
printf '%s' '"_a":null,"_a":1,"_a":[null,null,{}],"_b":{"x":null,"x":{},"x":[]},"comment":null,"comment":"","time":null,"time":[]' |
    entry | own "nulls and duplicate keys"
printf '%s' '"":1,"_":"","a b":1,"<":2,"1":3,"xmlns":4,"a:b":5,"]]>":"]]>","&amp;":"&amp;","\"":"\"","\t\r\n":" \r\n\t ","_é":"\ud83d\ude00",
"member":1,"item":2,"chunk":3,"type":4,"\ud83d":"\ude00\ud83d","_q":"\\\\u0041","_e":"\\u0000\u0000"' | entry | own "names that are no XML names"
printf '%s' '"request":[{"method":1}],"response":{"cookies":{"name":1},"headers":[[{"name":1}],"x",1,null,true]},"cache":[],"timings":"x"' |
    entry | own "other types than the specification's"

# Bodies that readers would refuse in one go, plain and escaped, with characters of several bytes at every place.
long() { awk -v unit="$1" -v times="$2" 'BEGIN { for (i = 0; i < times; i++) printf "%s", unit }'; }
{ printf '"_x":"'; long 'abcdefgh<&>' 1100000; printf '"'; } | entry | own "a body of 12 MB"
{ printf '"_x":"'; long 'a€😀\u0001\\\" ' 800000; printf '"'; } | entry | own "an escaped body above 10 MB"

name=$(long 'n<é' 25000)
printf '"%s":{"a":1},"_x":{"%s":[1],"y":{"%s\\u0000":"z"}},"_z":1' "$name" "$name" "$name" | entry | own "names of 100 KB"

# Entries stand in four containers; the bound counts those too.
for depth in 100 190 195 196 197 198 199 200 240 252; do
    { printf '"_d":'; long '[' "$depth"; long ']' "$depth"; } | entry | own "arrays $depth deep"
    { printf '"_d":'; long '{"a":' "$depth"; printf '"\\u0001é<"'; long '}' "$depth"; } | entry | own "objects $depth deep"
done
{ printf '{"log":{"entries":[]},"_d":'; long '[' 255; printf '"\\ud800"'; long ']' 255; printf '}'; } | own "beside the log, as deep as the bound"

# Documents that are none of the usual.
number=0
for text in '[]' '[1,[2]]' '"x"' '""' 'null' '12' 'true' '{}' '{"a":1}' '{"log":{}}' '{"log":[]}' '{"log":null}' '{"log":"x"}' \
    '{"log":{"entries":[1,"x",null,[],[{}]],"pages":[[],{}]}}' '{"log":{"entries":{},"pages":null}}' '{"log":{},"log":{"version":"1"}}' \
    '{"log":{"pages":[],"pages":[{}],"entries":[],"entries":[{}]}}' '{"_a":1,"log":{"entries":[]},"b":{"log":{}}}' \
    '{"log":{"pages":{},"pages":[{},{"id":"p","pageTimings":{"_x":[1]}}],"entries":[]}}' '{"log":{"pages":5,"pages":[]}}' \
    '{"log":{"_pages":1,"pages":{"id":"a"},"pages":[{"id":"b"}]}}'; do
    number=$((number + 1))
    printf '%s' "$text" | own "document $number"
done

trip "as they are" --no-normalize
rm "$(case_file "own beside the log, as deep as the bound")" # it goes into the log, too deep to be read again
trip "normalized"
finish
