#!/bin/sh
# The HTML report on the command line: its options, other writers that have none of them, terminals, several inputs, its size.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$ROOT/tests/fault/small.har" a.har
cp a.har b.har

refused() { # MESSAGE WORDS...
    message=$1
    shift
    run "$HARMILL" "$@"
    expect_status "refused: $*" 2
    expect_eq "refused: $*" "harmill: $message" "$(cat "$T/err")"
    expect_empty "refused: $*: stdout" "$T/out"
}

is_report() { # NAME FILE
    expect_eq "$1" "<!doctype html>" "$(head -c 15 "$2")"
}

# ---- where it goes

check_status "by the output's name" 0 "$HARMILL" convert -q a.har -o report.html
is_report "by the output's name" report.html
check_status "by another name" 0 "$HARMILL" convert -q a.har -o report.HTM
is_report "by another name" report.HTM
check_status "by -t" 0 "$HARMILL" convert -q -t html a.har -o page
expect_same "by -t" report.html page
check_status "to stdout" 0 "$HARMILL" convert -q -t html a.har
expect_same "to stdout" report.html "$T/out"
check_status "packed" 0 "$HARMILL" convert -q a.har -o report.html.gz
gzip -dc report.html.gz >page
expect_same "packed" report.html page
check_status "into a folder" 0 "$HARMILL" convert -q -t html a.har b.har -o each/
expect_eq "into a folder: names" "a.html b.html" "$(cd each && echo ./* | sed 's|\./||g')"
check_status "split" 0 "$HARMILL" convert -q -t html --split host a.har -o parts/
is_report "split: a part" parts/0001.html
expect_contains "split: a part has its number" parts/0001.html "<title>a.har, part 1</title>"
expect_contains "it is listed" /dev/stdin "one file that shows what happened, for any browser (.html .htm)" <<LIST
$("$HARMILL" list writers)
LIST

if need_tool "terminals" script; then
    script -qec "'$HARMILL' convert -t html a.har" /dev/null </dev/null >out 2>&1
    expect_eq "to a terminal" "harmill: a terminal cannot show it: give -o report.html; -o - forces it" "$(tr -d '\r' <out)"
    script -qec "'$HARMILL' convert -t html a.har; echo status \$?" /dev/null </dev/null >out 2>&1
    expect_contains "to a terminal: status" out "status 2"
    script -qec "'$HARMILL' convert -t html --merge a.har b.har; echo status \$?" /dev/null </dev/null >out 2>&1
    expect_contains "a merge to a terminal" out "status 2"
    script -qec "'$HARMILL' convert -q -t html a.har -o -; echo status \$?" /dev/null </dev/null >out 2>&1
    expect_contains "to a terminal with -o -" out "status 0"
    is_report "to a terminal with -o -" out
    script -qec "'$HARMILL' convert -q -t har a.har; echo status \$?" /dev/null </dev/null >out 2>&1
    expect_contains "another writer to a terminal" out "status 0"
    script -qec "'$HARMILL' convert -q -t html a.har | head -c 15" /dev/null </dev/null >out 2>&1
    expect_eq "through a pipe on a terminal" "<!doctype html>" "$(tr -d '\r' <out)"
fi

# ---- options

check_status "all options" 0 "$HARMILL" convert -q a.har -o all.html --bodies all --static-rows all --title 'A title' --links \
    --no-redact --custom all
check_status "their other forms" 0 "$HARMILL" convert -q a.har -o all.html --bodies=text --static-rows=0 --title='A title' \
    --custom=known
check_status "none" 0 "$HARMILL" convert -q a.har -o all.html --bodies none --static-rows 500 --custom known
expect_same "what is said is the default" report.html all.html
check_status "the last one counts" 0 "$HARMILL" convert -q a.har -o all.html --bodies all --bodies none
expect_same "the last one counts" report.html all.html

# Before any input is opened: this one does not exist.
refused "unknown choice 'some'; there are: none, text, all" convert -t html --bodies some missing.har
refused "unknown choice 'texts'; did you mean 'text'?" convert -t html --bodies texts missing.har
refused "unknown choice ''; there are: none, text, all" convert -t html --bodies '' missing.har
refused "unknown choice 'none'; there are: known, all" convert -t html --custom none missing.har
refused "unknown choice 'x'; there are: known, all" convert -t html --custom x missing.har
for rows in many -1 '' 1K 1.5 ' 1' 99999999999999999999; do
    refused "option '--static-rows' needs a number or all, not '$rows'" convert -t html --static-rows "$rows" missing.har
done
refused "option '--title' needs TEXT, which is empty here" convert -t html --title '' missing.har
refused "option '--links' takes no argument" convert -t html --links=yes missing.har
refused "option '--bodies' needs WHICH" convert -t html missing.har --bodies

# Writers that have no such option.
refused "writer 'har' has no option '--bodies'" convert -t har --bodies none missing.har
refused "writer 'har' has no option '--static-rows'" convert -t har --static-rows 5 missing.har
refused "writer 'har' has no option '--title'" convert -t har --title x missing.har
refused "writer 'har' has no option '--links'" convert -o x.har --links missing.har
refused "--no-redact is for reports: what writer 'xml' writes is redacted with --redact only" convert -t xml --no-redact missing.har
refused "writer 'xml' has no option '--custom'" convert -o x.xml --custom all missing.har
refused "writer 'html' has no option '--indent'" convert -t html --indent 2 missing.har
refused "writer 'har' has no option '--bodies'" convert --merge -t har --bodies none missing.har missing.har
refused "writer 'har' has no option '--bodies'" convert --split host -o new/ -t har --bodies none missing.har
expect_eq "nothing was made" no "$([ -e new ] && echo yes || echo no)"
refused "'normalize' has no option '--bodies'; see: harmill normalize --help" normalize --bodies none missing.har
refused "'validate' has no option '--links'; see: harmill validate --help" validate --links missing.har
run env CLOUDFLARE_API_TOKEN=t "$HARMILL" scan --visibility public --account 0123456789abcdef0123456789abcdef \
    --api-url http://127.0.0.1:9 -o x.har --bodies none https://example.com
expect_status "scan: another writer" 2
expect_contains "scan: another writer" "$T/err" "writer 'har' has no option '--bodies'"

# Credentials in places that rows, tables and members of the log are made of, in the page and its data; none stays.
cat >told.har <<'HAR'
{"log":{"version":"1.2","creator":{"name":"Cookie: s3cret","version":"1"},"comment":"seen\r\nCookie: s3cret","Authorization":"s3cret",
"cookies":[{"name":"a","value":"s3cret"}],"_cookies":"a=s3cret",
"pages":[{"id":"Cookie: s3cret","title":"Set-Cookie: s3cret","startedDateTime":"2026-03-02T09:14:07Z","pageTimings":{"Cookie":"s3cret"}}],
"entries":[{"startedDateTime":"2026-03-02T09:14:07Z","time":1,"request":{"method":"GET\nCookie: s3cret","url":"Cookie: s3cret",
"httpVersion":"HTTP/1.1","headers":["Cookie","s3cret"],"cookies":"a=s3cret","queryString":[],"headersSize":-1,"bodySize":-1},
"response":{"status":200,"statusText":"Set-Cookie: s3cret","httpVersion":"Cookie: s3cret","headers":{"set_cookie":"s3cret"},
"cookies":[{"a":"s3cret"}],"content":{"size":0,"mimeType":"Cookie: s3cret"},"redirectURL":"","headersSize":-1,"bodySize":-1},
"cache":{},"timings":{"send":0,"wait":1,"receive":0},"serverIPAddress":"Cookie: s3cret"}]}}
HAR
for how in '' '--no-normalize' '--custom all' '--no-normalize --custom all --bodies all --static-rows 0'; do
    # shellcheck disable=SC2086 # several words
    run "$HARMILL" convert -q $how told.har -o told.html
    is_report "credentials in tables: $how" told.html
    expect_eq "credentials in tables: $how" 0 "$(grep -c s3cret told.html)"
done
check_status "they can be kept" 0 "$HARMILL" convert -q --no-normalize --no-redact told.har -o told.html
expect_contains "they can be kept" told.html '"comment"'
expect_contains "they can be kept in the tables" told.html 'Set-Cookie: s3cret'

# What the page says of itself.
check_status "no rows" 0 "$HARMILL" convert -q a.har -o told.html --static-rows 0
expect_contains "no rows" told.html '<p id="more">2 requests need JavaScript'
expect_contains "no rows: the options that were given" told.html '<code>--bodies none --static-rows 0</code>.'
check_status "all but one row" 0 "$HARMILL" convert -q a.har -o told.html --static-rows 1 --links --custom all
expect_contains "all but one row" told.html '<p id="more">1 more request needs JavaScript'
expect_contains "a click is a request" told.html 'an address that is clicked is asked for once more'

# What was redacted is said, and what it means that nothing was.
check_status "a login" 0 "$HARMILL" convert -q "$DATA/login.har" -o told.html
expect_eq "a login: how much, of what" 1 "$(grep -c '<strong>Redacted</strong>: [0-9]* values of [0-9]* kinds ([a-z]* [0-9]*, .*) were replaced by tokens such as <code>redacted-' told.html)"
expect_eq "a login: what was proven" 1 "$(grep -c ' 0 of [0-9]* secrets were found in this file when it was written. Bodies are not' told.html)"
check_status "a login as it is" 0 "$HARMILL" convert -q --no-redact "$DATA/login.har" -o told.html
expect_contains "a login as it is" told.html 'class="note error"><strong>Nothing was redacted</strong>: this file may hold passwords'
printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[]}}' >told.har
check_status "no secrets" 0 "$HARMILL" convert -q told.har -o told.html
expect_contains "no secrets" told.html '<strong>Nothing had to be redacted</strong>'

# Names of inputs, titles and findings come in no item; a secret that was learned is not in them either.
printf '%s' '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[{"startedDateTime":"2026-03-02T09:14:07Z","time":1,
"request":{"method":"GET","url":"https://shop.example/?access_token=Zq7xSplanted93","httpVersion":"HTTP/1.1","headers":[],"cookies":[],"queryString":[],
"headersSize":-1,"bodySize":-1,"Zq7xSplanted93":1},"response":{"status":200,"statusText":"","httpVersion":"HTTP/1.1","headers":[],"cookies":[],
"content":{"size":0,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":1,"receive":0}}]}}' >by-Zq7xSplanted93.har
check_status "a secret in names" 0 "$HARMILL" convert -q by-Zq7xSplanted93.har -o told.html --title 'of Zq7xSplanted93' --no-normalize
expect_eq "a secret in names" 0 "$(grep -c Zq7xSpl told.html)"
expect_contains "a secret in names: the title" told.html '<title>of redacted-'

# An answer with a status beyond the classes is one all the same.
sed 's/"status": *200/"status":999/' a.har >told.har
check_status "status 999" 0 "$HARMILL" convert -q told.har -o told.html
expect_contains "status 999" told.html 'data-filter="status:1-99,600-32767">other</th>'

# What the transforms have is for all writers.
check_status "--max-body" 0 "$HARMILL" convert -q a.har -o all.html --bodies all --max-body 10
check_status "--filter" 0 "$HARMILL" convert -q a.har -o all.html --filter 'status==200'

# ---- several inputs

refused "2 inputs and one output: give -o DIR/ to write one file for each, or --merge" convert -t html a.har b.har -o both.html
check_status "several inputs in one" 0 "$HARMILL" convert -q a.har b.har -o both.html --merge
is_report "several inputs in one" both.html
check_status "one input to merge" 0 "$HARMILL" convert -q a.har -o one.html --merge
expect_same "one input to merge" report.html one.html
mkdir many
n=0
while [ $n -lt 103 ]; do
    n=$((n + 1))
    cp a.har many/$n.har
done
check_status "a folder of many" 0 "$HARMILL" convert -q --merge many -o many.html
expect_eq "a folder of many: some are listed" "100" "$(sed -n '/<section id="sources">/,/<\/section>/p' many.html | grep -c '<tr><td>')"
expect_contains "a folder of many: the others are counted" many.html '<p class="more">and 3 more</p>'
printf '{"log":{"entries":[' >cut.har
check_status "one of them is broken" 1 "$HARMILL" convert -q a.har cut.har -o both.html --merge
is_report "one of them is broken: the old report stays" both.html

# ---- its size

{
    printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[{"startedDateTime":"2026-01-01T00:00:00Z",'
    printf '"time":0,"request":{"method":"GET","url":"http://a.example/","httpVersion":"HTTP/1.1","cookies":[],"headers":[],'
    printf '"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,"statusText":"","httpVersion":"HTTP/1.1",'
    printf '"cookies":[],"headers":[],"content":{"size":60500000,"mimeType":"text/plain","text":"'
    head -c 60500000 /dev/zero | tr '\0' x
    printf '"},"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":0,"receive":0}}]}}\n'
} >large.har
slow="MB; browsers open it slowly: --filter, --max-body and --bodies none make it smaller"
said() { # NAME; the warning of the last run
    expect_eq "$1" 1 "$(grep -c "^harmill: .*: 6[01] $slow\$" "$T/err")"
}
check_status "a large report" 0 "$HARMILL" convert --bodies all large.har -o large.html
said "a large report"
expect_contains "a large report: its name" "$T/err" "harmill: large.html: 6"
check_status "a large report on stdout" 0 sh -c '"$HARMILL" convert -t html --bodies all large.har >page'
said "a large report on stdout"
expect_contains "a large report on stdout" "$T/err" "harmill: stdout: 6"
check_status "a large report, packed" 0 "$HARMILL" convert --bodies all large.har -o large.html.gz
said "a large report, packed"
check_status "a large report of several inputs" 0 "$HARMILL" convert --merge --bodies all large.har a.har -o large.html
said "a large report of several inputs"
check_status "a large part" 0 "$HARMILL" convert -t html --split 1 --bodies all large.har -o large/
said "a large part"
check_status "a large report, quiet" 0 "$HARMILL" convert -q --bodies all large.har -o large.html
expect_empty "a large report, quiet" "$T/err"
for how in "--bodies none" "--bodies all --max-body 100" "--bodies all --filter status==404"; do
    # shellcheck disable=SC2086 # words
    check_status "smaller with $how" 0 "$HARMILL" convert $how large.har -o large.html
    expect_lacks "smaller with $how" "$T/err" "browsers open it slowly"
done
check_status "another writer may write so much" 0 "$HARMILL" convert large.har -o out.har
expect_lacks "another writer may write so much" "$T/err" "browsers open it slowly"
finish
