#!/bin/sh
# XML that wants to harm: each ends in a finding, exit status 1, little memory, and nothing written.
. "$(dirname "$0")/../lib.sh"
begin

if ! "$HARMILL" list formats --json | grep -q '"name": "xml".*"built": true'; then
    lacking "hostile XML" "XML input in this build"
    finish
fi

ns='xmlns="urn:harmill:har:1"'
long() { awk -v unit="$1" -v times="$2" 'BEGIN { for (i = 0; i < times; i++) printf "%s", unit }'; }

# A sanitizer's own memory is beyond any such limit.
limit=1000000
[ -z "${SANITIZE-}" ] || limit=unlimited

# Validates and converts $T/x.xml under a limit of memory and time. The finding must name the rule and, if given, the place.
refuse() { # NAME RULE [LINE:COLUMN]
    rm -f "$T/out.har"
    # shellcheck disable=SC3045 # dash and bash both have it
    run timeout 60 sh -c 'ulimit -v '"$limit"' && exec "$@"' sh "$HARMILL" validate --show info "$T/x.xml"
    if [ "$status" -ne 1 ] || ! grep -q "\[$2\]" "$T/out"; then
        not_ok "$1: validate" "wanted status 1 and $2, $(show_run | cut -c 1-400)"
    elif [ $# -gt 2 ] && ! grep -q ":$3: error: .*\[$2\]" "$T/out"; then
        not_ok "$1: place" "wanted $3, $(show_run | cut -c 1-400)"
    else
        ok "$1: validate"
    fi
    # shellcheck disable=SC3045
    run timeout 60 sh -c 'ulimit -v '"$limit"' && exec "$@"' sh "$HARMILL" convert -t har "$T/x.xml" -o "$T/out.har"
    if [ "$status" -eq 1 ] && [ ! -e "$T/out.har" ]; then ok "$1: convert"; else not_ok "$1: convert" "$(show_run | cut -c 1-400)"; fi
}

put() { cat >"$T/x.xml"; }

# Entities and document types.
{
    printf '<?xml version="1.0"?>\n<!DOCTYPE har [\n<!ENTITY a0 "ha">\n'
    i=1
    while [ $i -le 30 ]; do
        printf '<!ENTITY a%d "&a%d;&a%d;&a%d;">\n' $i $((i - 1)) $((i - 1)) $((i - 1))
        i=$((i + 1))
    done
    printf ']>\n<har %s><log><comment>&a30;</comment></log></har>\n' "$ns"
} | put
refuse "entity bomb" xml-vocabulary 2:1
printf '<!DOCTYPE har [<!ENTITY a "%s">]><har %s><log><comment>%s</comment></log></har>' "$(long x 50000)" "$ns" "$(long '&a;' 50000)" | put
refuse "quadratic entity bomb" xml-vocabulary 1:1
printf '<har %s><log><comment>&a;</comment></log></har>' "$ns" | put
refuse "undeclared entity" xml-syntax
printf '<har %s><log><member name="&a;"/></log></har>' "$ns" | put
refuse "undeclared entity in an attribute" xml-syntax
printf '<har %s><!ENTITY a "b"><log/></har>' "$ns" | put
refuse "declaration in the document" xml-vocabulary 1:32
printf '<!DOCTYPE har><har %s><log/></har>' "$ns" | put
refuse "plain document type" xml-vocabulary 1:1

# External entities and DTDs: nobody may come to this socket, no file may be read.
printf 'SECRET-OF-A-FILE' >"$T/secret"
if need_tool "external entities" node; then
    cat >"$T/listen.js" <<'JS'
const net = require("net"), fs = require("fs");
const server = net.createServer(socket => { fs.appendFileSync(process.argv[2], "connected\n"); socket.destroy(); });
server.listen(0, "127.0.0.1", () => fs.writeFileSync(process.argv[3], String(server.address().port)));
JS
    : >"$T/connections"
    node "$T/listen.js" "$T/connections" "$T/port" >/dev/null 2>&1 &
    listener=$!
    waited=0
    while [ ! -s "$T/port" ] && [ $waited -lt 50 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    port=$(cat "$T/port")
    for text in "<!DOCTYPE har SYSTEM \"http://127.0.0.1:$port/a.dtd\"><har $ns><log/></har>" \
        "<!DOCTYPE har PUBLIC \"x\" \"http://127.0.0.1:$port/a.dtd\"><har $ns><log/></har>" \
        "<!DOCTYPE har [<!ENTITY e SYSTEM \"http://127.0.0.1:$port/e\">]><har $ns><log><comment>&e;</comment></log></har>" \
        "<!DOCTYPE har [<!ENTITY % p SYSTEM \"http://127.0.0.1:$port/p\"> %p;]><har $ns><log/></har>" \
        "<!DOCTYPE har [<!ENTITY e SYSTEM \"file://$T/secret\">]><har $ns><log><comment>&e;</comment></log></har>" \
        "<har $ns xmlns:xi=\"http://www.w3.org/2001/XInclude\"><log><xi:include href=\"http://127.0.0.1:$port/x\"/></log></har>"; do
        printf '%s' "$text" | put
        refuse "external: $(printf '%s' "$text" | cut -c 1-40)" xml-vocabulary
        expect_lacks "nothing of the file" "$T/err" SECRET
    done
    printf '<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:%s/s.xsl" type="text/xsl"?><har %s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:harmill:har:1 http://127.0.0.1:%s/har.xsd"><log/></har>' \
        "$port" "$ns" "$port" | put
    run "$HARMILL" validate "$T/x.xml"
    expect_lacks "a style sheet and a schema's place are no faults" "$T/out" "[xml-"
    kill "$listener"
    wait "$listener" 2>/dev/null
    expect_empty "no connection" "$T/connections"
fi

# Too much of everything.
{ printf '<har %s><log' "$ns"; awk 'BEGIN { for (i = 0; i < 100000; i++) printf " a%d=\"x\"", i }'; printf '/></har>'; } | put
refuse "100,000 attributes" xml-vocabulary 1:32
{ printf '<har %s><log' "$ns"; awk 'BEGIN { for (i = 0; i < 100000; i++) printf " xmlns:a%d=\"x\"", i }'; printf '/></har>'; } | put
refuse "100,000 namespaces" xml-vocabulary 1:32
{ printf '<har %s><log>' "$ns"; long '<member name="a" type="object">' 100000; } | put
refuse "100,000 levels" too-deep
{ printf '<har %s><log>' "$ns"; long '<x>' 100000; } | put
refuse "100,000 levels of unknown elements" too-deep
{ printf '<har %s><log><member name="_a" type="json">' "$ns"; long '[' 100000; long ']' 100000; printf '</member></log></har>'; } | put
refuse "100,000 levels of JSON" too-deep
{ printf '<har %s><log>' "$ns"; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "<x%d/>", i }'; printf '</log></har>'; } | put
refuse "200,000 unknown elements" xml-vocabulary 1:37
{ printf '<har %s><log><member name="a" type="array">' "$ns"; long '<item type="json">[1]</item>' 20000; printf '</member></log'; } | put
refuse "20,000 parts as JSON, cut" xml-syntax
{ printf '<har %s><!--' "$ns"; long 'comment - ' 3000000; } | put
refuse "an endless comment" xml-syntax 1:32
{ printf '<har %s><log a="' "$ns"; long 'xxxxxxxxxx' 3000000; } | put
refuse "an endless attribute" xml-syntax 1:32
{ printf '<har %s><log><comment>' "$ns"; long 'xxxxxxxxxx' 3000000; } | put
refuse "an endless text" xml-syntax 1:30000046
{ printf '<har %s><log><comment><![CDATA[' "$ns"; long 'xxxxxxxxx]' 3000000; } | put
refuse "an endless CDATA section" xml-syntax
# Whole, but beyond what libxml2 takes by default.
for text in '<!--:-->' '<?p :?>' '<comment><![CDATA[:]]></comment>' '<member name=":"/>' '<member name="&lt;:"/>' '<:/>'; do
    { printf '<har %s><log>%s' "$ns" "${text%%:*}"; long 'abcdefghij' 1500000; printf '%s</log></har>' "${text#*:}"; } | put
    refuse "15 MB of $text" xml-syntax
    expect_contains "15 MB of $text: why" "$T/err" "bytes"
done
{ printf '<har %s><log><comment>' "$ns"; long '&amp;&#65;' 3000000; printf '&</comment>'; } | put
refuse "references without end" xml-syntax

# What is no XML, or other XML.
for text in '' ' ' 'x' '{"log":{}}' '<' '<har' "<har $ns" "<har $ns>" "<har $ns/>x" "<har $ns/><har $ns/>" "</har>" "<har $ns></log>" \
    "<har $ns><log></har></log>" "<har $ns><log a=1/></har>" "<har $ns><log type='a' type='b'/></har>" "<har $ns a=\"<\"/>" "<a:har $ns/>" \
    "<har $ns>]]></har>" "<har $ns><!-- -- --></har>" "<har $ns>&#0;</har>" "<har $ns>&#xd800;</har>" "<har $ns>&#xffff;</har>" \
    "x<har $ns/>" " <?xml version=\"1.0\"?><har $ns/>" "<?xml version=\"1.0\" encoding=\"nonsense\"?><har $ns/>" "<?xml?><har $ns/>"; do
    printf '%s' "$text" | put
    refuse "no XML: $text" xml-syntax
done
for text in '<har/>' '<html/>' '<rss version="2.0"/>' '<har xmlns="urn:harmill:har:2"/>' "<log $ns/>" "<har $ns>x</har>" "<har $ns><log>x</log></har>" \
    "<har $ns><log><entries><item/><page/></entries></log></har>" "<har $ns><log><version><b/></version></log></har>" "<har $ns><entry/></har>" \
    "<har $ns><log><member/></log></har>" "<har $ns type=\"json\">{}</har>" "<har $ns><log type=\"json\">{}</log></har>" \
    "<har $ns><log><entries type=\"json\">[]</entries></log></har>" "<har $ns><log><comment type=\"number\"/></log></har>" \
    "<har $ns><log><comment type=\"boolean\">yes</comment></log></har>" "<har $ns><log><comment type=\"null\">x</comment></log></har>" \
    "<har $ns><log><comment chunked=\"true\">x</comment></log></har>" "<har $ns><log><comment><chunk>x</chunk></comment></log></har>" \
    "<har $ns><log><comment escaped=\"maybe\">x</comment></log></har>" "<har $ns><log escaped=\"true\"/></har>" \
    "<har $ns><log><comment escaped=\"true\">\\q</comment></log></har>" "<har $ns><log><member name=\"\\u12\" escaped-name=\"true\"/></log></har>" \
    "<har $ns xmlns:o=\"o\"><log o:type=\"object\"/></har>" "<har $ns xmlns:o=\"o\"><o:log/></har>" "<har $ns><log name=\"x\"/></har>"; do
    printf '%s' "$text" | put
    refuse "other XML: $text" xml-vocabulary
done

# Bounds, each told where the item begins; one byte less passes.
bound() { # NAME OPTION VALUE STATUS
    run "$HARMILL" validate "--$2" "$3" --ignore missing-member "$T/x.xml"
    if [ "$status" -eq "$4" ] && { [ "$4" -eq 0 ] || grep -q ':1:37: error: .*\[too-large\]' "$T/out"; }; then
        ok "$1: $2 $3"
    else
        not_ok "$1: $2 $3" "$(show_run)"
    fi
}
for text in '' ' escaped="true"' ' type="json"'; do
    { printf '<har %s><log><comment%s>"' "$ns" "$text"; long 'x' 4998; printf '"</comment></log></har>'; } | put
    bound "5,000 bytes$text" max-item-bytes 4999 1
    bound "5,000 bytes$text" max-item-bytes 20000 0
done
{ printf '<har %s><log><!-- ' "$ns"; long 'x' 4000; printf ' --></log></har>'; } | put
bound "a comment" max-item-bytes 4000 1
bound "a comment" max-item-bytes 4009 0
{ printf '<har %s><log><member name="_a" type="array">' "$ns"; long '<item/>' 1000; printf '</member></log></har>'; } | put
bound "1,001 values" max-tree-bytes 64000 1
bound "1,001 values" max-tree-bytes 64064 0

# Named as if it were JSON, it is told what it is; -f xml reads it.
printf '<?xml version="1.0"?>\n<har %s type="array"/>' "$ns" >"$T/x.har"
run "$HARMILL" validate "$T/x.har"
expect_status "XML named .har" 1
expect_contains "XML named .har" "$T/out" "this is a HAR as XML: give -f xml"
run "$HARMILL" convert -f xml -t har "$T/x.har" -o -
expect_status "XML named .har, an array" 1
expect_lacks "read with -f xml" "$T/err" "[xml-"

# Characters and encodings.
for byte in 001 010 013 014 037; do
    # shellcheck disable=SC2059 # the byte is part of the format
    printf "<har %s><log><comment>a\\${byte}b</comment></log></har>" "$ns" | put
    refuse "control character $byte" xml-syntax 1:47
done
printf '<har %s><log><comment>a\000b</comment></log></har>' "$ns" | put
refuse "NUL character" xml-syntax 1:47
for bytes in '\377' '\300\200' '\355\240\200' '\364\220\200\200' '\303'; do
    printf '<har %s><log><comment>é'"$bytes"'</comment></log></har>' "$ns" | put
    refuse "no UTF-8: $bytes" xml-syntax 1:47
done
printf '<har %s><log><comment>\357\277\276</comment></log></har>' "$ns" | put
refuse "U+FFFE" xml-syntax
printf '\377\376<\000h\000a\000r\000x' | put
refuse "half a character of UTF-16" xml-syntax
printf '<?xml version="1.0" encoding="UTF-16"?><har %s/>' "$ns" | put
refuse "said to be UTF-16, is not" xml-syntax
printf '<?xml version="1.0" encoding="UTF-8"?><har %s><log><comment>\351</comment></log></har>' "$ns" | put
refuse "said to be UTF-8, is not" xml-syntax
printf '<?xml version="1.0" encoding="UTF-8//TRANSLIT"?><har %s><log/></har>' "$ns" | put
refuse "a converter's own options" xml-syntax

# Cut at every byte (each seventh where that is slow): never accepted, always told.
printf '<?xml version="1.0"?>\n<!-- é --><har %s><log><version>1.2</version><?p q?><member name="_a&lt;" type="array"><item><![CDATA[x]]></item>\n<item type="null"/></member></log></har>' \
    "$ns" >"$T/whole.xml"
size=$(wc -c <"$T/whole.xml" | tr -d ' ')
step=1
[ "${HARMILL_SAMPLE-0}" = 0 ] || step=7
cut=0
bad=
while [ "$cut" -lt "$size" ]; do
    head -c "$cut" "$T/whole.xml" >"$T/x.xml"
    run "$HARMILL" validate "$T/x.xml"
    grep -q '\[xml-syntax\]' "$T/out" && [ "$status" -eq 1 ] || bad="$bad $cut"
    cut=$((cut + step))
done
expect_eq "cut at every byte" "" "$bad"
finish
