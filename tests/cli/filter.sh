#!/bin/sh
# --filter and --page: which entries stay, beside jq; what is said about wrong expressions; bounds.
# shellcheck disable=SC2016 # jq's variables
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$DATA/shop.har" shop.har
"$HARMILL" normalize -q shop.har -o clean.har
regex=
if "$HARMILL" --version | grep -q PCRE2; then regex=yes; fi

# ---- the same selection, made with jq: EXPRESSION TAB what jq selects

cat >selections <<'END'
status>=400	.response.status>=400
status in (303, 304) and method!="GET"	(.response.status==303 or .response.status==304) and .request.method!="GET"
time>0.1s and time<=103.125	.time>100 and .time<=103.125
size>=1K and size<1.75K	.response.content.size>=1024 and .response.content.size<1792
body<100 and body>=62	.response.bodySize<100 and .response.bodySize>=62
host=="SHOP.example"	(.request.url|startswith("https://shop.example/"))
host not in ("static.shop.example","shop.example")	(.request.url|test("^https?://(static\\.)?shop\\.example/")|not)
path=="/korb" or path=="/css/base.css"	(.request.url|test("^https://shop\\.example/korb([?]|$)|/css/base\\.css"))
not query and scheme=="https"	(.request.url|contains("?")|not) and (.request.url|startswith("https:"))
type=="style" or type in ("xhr","fetch")	._resourceType=="stylesheet" or ._resourceType=="xhr" or ._resourceType=="fetch"
mime=="text/html" and not page=="page_2"	(.response.content.mimeType|startswith("text/html")) and .pageref!="page_2"
index>=10 and index<20	$i>=10 and $i<20
started>="2026-03-02T10:14:22+01:00" and started<"2026-03-02T09:14:22.443Z"	.startedDateTime>="2026-03-02T09:14:22.000Z" and .startedDateTime<"2026-03-02T09:14:22.443Z"
ip=="192.0.2.31" and http!="http/1.1"	.serverIPAddress=="192.0.2.31" and .response.httpVersion!="http/1.1"
not ip	(.serverIPAddress|not)
header("content-encoding")=="gzip"	([.response.headers[]|select((.name|ascii_downcase)=="content-encoding").value]|index("gzip")!=null)
request_header("cookie")	([.request.headers[]|select((.name|ascii_downcase)=="cookie")]|length>0)
status==200 or status==404 and type=="image" or not (time>20 and size>0)	.response.status==200 or (.response.status==404 and ._resourceType=="image") or ((.time>20 and .response.content.size>0)|not)
END
cat >patterns <<'END'
url=~'[.]png([?]|$)'	(.request.url|test("[.]png([?]|$)"))
url!~"\\bcss\\b" and host=~"^static[.]"	(.request.url|test("\\bcss\\b")|not) and (.request.url|test("^https://static[.]"))
mime=~'^IMAGE/'	(.response.content.mimeType|startswith("image/"))
header("content-type")=~"charset=" and page!~"1$"	([.response.headers[]|select((.name|ascii_downcase)=="content-type").value|test("charset=")]|any) and (.pageref|test("1$")|not)
END
[ -z "$regex" ] || cat patterns >>selections
if need_tool "beside jq" jq; then
    while IFS='	' read -r expression predicate; do
        jq -c ".log.entries|to_entries[]|.key as \$i|.value|select($predicate)" clean.har >wanted
        check_status "$expression" 0 "$HARMILL" normalize -q --filter "$expression" shop.har -o some.har
        jq -c '.log.entries[]' some.har >given
        expect_same "$expression: as jq" wanted given
        # Neither nothing nor all, so that the comparison says something.
        lines=$(wc -l <wanted)
        if [ "$lines" -gt 0 ] && [ "$lines" -lt 47 ]; then ok some; else not_ok "$expression: $lines lines"; fi
    done <selections
    jq -c '.log.pages' clean.har >wanted
    jq -c '.log.pages' some.har >given
    expect_same "all pages stay" wanted given
fi

# ---- normalized values are compared

printf '%s' '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"pages":[],"entries":[{"time":1},{"time":2}]}}' >two.har
run "$HARMILL" normalize -q --filter 'time==2' two.har --indent 0
expect_contains "some entries" "$T/out" '"time":2'
expect_lacks "the others" "$T/out" '"time":1,'
run "$HARMILL" convert -q -t har --no-normalize --filter 'time==1' two.har --indent 0
expect_eq "without normalizing" '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"pages":[],"entries":[{"time":1}]}}' "$(cat "$T/out")"
if "$HARMILL" list writers --json | grep -q '"name": "xml"'; then
    run "$HARMILL" convert -q -t xml --filter 'status==404' shop.har
    expect_eq "to XML" 1 "$(grep -c '<entry>' "$T/out")"
fi
run "$HARMILL" normalize -v --filter 'status>=400' shop.har -o some.har
expect_contains "-v" "$T/err" "shop.har: 46 left out by --filter or --page, 1 written"
check_status "nothing fits" 0 "$HARMILL" normalize -q --filter 'status==1' shop.har -o none.har
expect_eq "nothing fits: no entries" 0 "$(grep -c startedDateTime none.har | awk '{ print $1 - 3 }')"

# ---- --check, --diff, -i

run "$HARMILL" normalize --check --filter 'status==404' clean.har
expect_status "--check" 1
check_status "--check, all stay" 0 "$HARMILL" normalize --check --filter 'status>=0' clean.har
cp clean.har place.har
check_status "-i" 0 "$HARMILL" normalize -i --filter 'status==404' place.har
"$HARMILL" normalize -q --filter 'status==404' clean.har -o wanted.har
expect_same "-i: what -o writes" wanted.har place.har
check_status "-i again" 0 "$HARMILL" normalize --check --filter 'status==404' place.har
run "$HARMILL" normalize --diff --filter 'index!=3' clean.har
expect_status "--diff" 1
expect_contains "--diff: an entry goes" "$T/out" '-        "time": 32.75,'

# ---- the same with any block size, and from stdin

"$HARMILL" normalize -q --filter 'time>50 and not type=="image"' shop.har -o wanted.har
for size in 1 7 4096; do
    run "$HARMILL" normalize -q --block-size $size --filter 'time>50 and not type=="image"' shop.har
    expect_same "blocks of $size" wanted.har "$T/out"
done

# ---- wrong expressions: before any input is opened

run "$HARMILL" normalize --filter 'status>=' missing.har -o made.har
expect_status "wrong" 2
expect_eq "wrong: where" "harmill: --filter: column 9: expected a number after >=" "$(cat "$T/err")"
[ ! -e made.har ] || not_ok "wrong: an output was made"
run "$HARMILL" convert -t har --filter 'hots=="a"' missing.har
expect_eq "a suggestion" "harmill: --filter: column 1: unknown field 'hots'; did you mean 'host'?" "$(cat "$T/err")"
check_status "empty" 2 "$HARMILL" normalize --filter '' shop.har
run "$HARMILL" normalize --filter "$(printf 'ip == \033[31m')" shop.har
expect_status "control characters" 2
if grep -q "$(printf '\033')" "$T/err"; then not_ok "control characters: shown"; else ok "control characters"; fi
long=$(awk 'BEGIN { for (i = 0; i < 12000; i++) printf "status==1 or "; print "ip" }' | head -c 120000)
run "$HARMILL" normalize --filter "$long" shop.har
expect_status "a long one" 2
expect_eq "a long one: told" "harmill: --filter: column 1: the expression has more than 16384 bytes" "$(cat "$T/err")"
if need_tool "a caret on a terminal" script; then
    script -qec "'$HARMILL' normalize --filter 'status==200 and hots==1' shop.har" /dev/null </dev/null 2>&1 | tr -d '\r' >shown
    expect_eq "a caret on a terminal" "harmill: --filter: column 17: unknown field 'hots'; did you mean 'host'?
    status==200 and hots==1
                    ^" "$(cat shown)"
fi

# ---- regular expressions end, whatever the text

if [ -n "$regex" ]; then
    awk 'BEGIN {
        printf "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"request\":{\"url\":\"http://a.example/"
        for (i = 0; i < 40000; i++) printf "aaaaaaaaaa"
        print "!\"}}]}}" }' >slow.har
    for pattern in '(a+)+$' 'a*[bc]' '(a|a)*[bc]'; do
        echo old >out.har
        run timeout 60 "$HARMILL" normalize -q --filter "url=~'$pattern'" slow.har -o out.har
        expect_status "$pattern" 3
        expect_eq "$pattern: told" "harmill: slow.har: the regular expression in column 6 of the filter takes too many steps on url of /log/entries/0" "$(cat "$T/err")"
        expect_eq "$pattern: the old output" old "$(cat out.har)"
    done
    check_status "a fast one" 0 "$HARMILL" normalize -q --filter 'url=~"^http://a[.]example/a+!$"' slow.har -o out.har
else
    run "$HARMILL" normalize -q --filter 'url=~"a"' shop.har
    expect_status "without PCRE2" 2
    expect_eq "without PCRE2: told" "harmill: --filter: column 7: regular expressions need PCRE2, which this build leaves out" "$(cat "$T/err")"
fi

# ---- --page

if need_tool "--page" jq; then
    for page in page_1 page_2 page_3; do
        jq -c --arg page $page '[.log.pages[]|select(.id==$page)],[.log.entries[]|select(.pageref==$page)]' clean.har >wanted
        check_status "--page $page" 0 "$HARMILL" normalize -q --page $page shop.har -o some.har
        jq -c '.log.pages,.log.entries' some.har >given
        expect_same "--page $page: as jq" wanted given
        check_status "--page $page: valid" 0 "$HARMILL" validate -q some.har
    done
    jq -c '[.log.entries[]|select(.pageref=="page_2" and .response.status==404)]' clean.har >wanted
    "$HARMILL" normalize -q --page page_2 --filter 'status==404' shop.har | jq -c .log.entries >given
    expect_same "--page and --filter" wanted given
fi
run "$HARMILL" normalize -q --page page_9 shop.har -o some.har
expect_status "an unknown page" 1
expect_eq "an unknown page: told" "harmill: shop.har: no page has the id 'page_9'" "$(cat "$T/err")"
expect_lacks "an unknown page: no entries" some.har '"startedDateTime"'
cp clean.har place.har
run "$HARMILL" normalize -i --page page_9 place.har
expect_status "an unknown page, -i" 1
expect_same "an unknown page, -i: the file stays" clean.har place.har
expect_eq "an unknown page, -i: told once" 1 "$(wc -l <"$T/err" | tr -d ' ')"
finish
