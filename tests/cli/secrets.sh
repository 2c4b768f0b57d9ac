#!/bin/sh
# A secret in a value of a capture reaches no log: not the findings, not the reports, not a difference, not an error.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/zip.inc"
begin

cd "$T" || exit 3
secret=Zq7xSECRETvW93
export secret

# In every value, each of them wrong in some way that has a rule.
cat >values.har <<END
{"log": {"version": "1.2", "creator": {"name": "$secret", "version": ["$secret"]}, "browser": "$secret",
 "pages": [{"startedDateTime": "$secret", "id": "$secret", "title": "$secret\u0000", "pageTimings": {"onLoad": "$secret"}}],
 "entries": [
  {"pageref": "$secret", "startedDateTime": "2026-13-01T10:00:00Z$secret", "time": "$secret", "serverIPAddress": {"a": "$secret"},
   "request": {"method": "$secret", "url": "https://u:$secret@shop.example/?k=$secret", "httpVersion": "$secret",
    "cookies": [{"name": "k", "value": "$secret", "expires": "$secret"}, "$secret"],
    "headers": [{"name": "Authorization", "value": "Bearer $secret"}, {"value": "$secret\ud800"}, "$secret"],
    "queryString": "$secret", "postData": {"mimeType": "$secret", "text": "$secret", "params": "$secret"},
    "headersSize": "$secret", "bodySize": "$secret", "headersSize": "$secret"},
   "response": {"status": "$secret", "statusText": "$secret", "httpVersion": "$secret", "cookies": [], "headers": [],
    "content": {"size": "$secret", "mimeType": "$secret", "text": "caf\u00e9 $secret", "encoding": 5},
    "redirectURL": ["$secret"], "headersSize": -1, "bodySize": -1}, "cache": {"afterRequest": "$secret"}, "timings": "$secret"},
  "$secret", ["$secret"]],
 "_own": "$secret", "comment": {"a": "$secret"}}}
END
# Broken behind it, inside it, in front of it.
printf '{"log":{"version":"%s","entries":[{"request":{"url":"%s"' "$secret" "$secret" >cut.har
printf '{"log":{"version":"%s","entries":[{"request":{"url":"%s\\x"}},{"a":%s}]}}' "$secret" "$secret" "$secret" >syntax.har
printf '{"log":{"version":"1.2","entries":[{"time":"%s\n","_a":"\377%s","_b":%s1}]}}' "$secret" "$secret" "$secret" >raw.har
printf '"%s"' "$secret" >string.har
printf '<html>%s</html>' "$secret" >page.har
printf '%s' "$secret" >text.har
printf 'callback("%s")' "$secret" >wrapped.har
# Nothing is wrong with it, but much is missing, is chosen, is left out, is there twice.
cat >derived.har <<END
{"log": {"version": "1.2", "creator": {"name": "a", "version": "1"},
 "pages": [{"startedDateTime": "2026-03-01T10:00:00Z", "id": "$secret", "title": "", "pageTimings": {}}],
 "entries": [
  {"pageref": "$secret", "startedDateTime": "2026-03-01T10:00:01Z", "time": 7,
   "request": {"method": "POST", "url": "https://$secret.example/$secret?k=$secret&$secret=1", "httpVersion": "",
    "headers": [{"name": "Cookie", "value": "k=$secret"}, {"name": "X-$secret", "value": ["$secret", "b"]}, {"name": "Content-Type", "value": "text/$secret"}],
    "postData": {"mimeType": "", "text": "$secret", "encoding": "$secret"}, "headersSize": -1, "bodySize": -1},
   "response": {"status": 302, "statusText": "", "httpVersion": "HTTP/$secret",
    "headers": [{"name": "Set-Cookie", "value": "k=$secret; Expires=$secret"}, {"name": "Location", "value": "/$secret"}],
    "content": {"text": "$secret", "encoding": "base64"}, "redirectURL": "", "headersSize": -1, "bodySize": -1}},
  {"pageref": "$secret", "startedDateTime": "Sun, 01 Mar 2026 09:00:00 GMT", "time": "7",
   "request": {"method": "GET", "url": "https://$secret.example/$secret", "cookies": [{"value": "$secret"}, "$secret"]}}]}}
END
{ cat values.har && printf '%s' "$secret"; } >behind.har
gzip -c values.har 2>/dev/null | head -c 300 >packed.har.gz

# What commands print is kept, each in a file of its own, and searched once at the end: an own search each would take longer than the
# commands. The names of the cases are in cases, by number.
mkdir seen
: >cases
number=0
keep() { # NAME; the file of the next case is $seen
    number=$((number + 1))
    seen=$T/seen/$number
    printf '%s\n' "$1" >>cases
}
silent() { # NAME COMMAND...; the outputs are searched, not the file that was written
    name=$1
    shift
    keep "$name"
    status=0
    "$@" >"$seen" 2>"$seen.err" </dev/null || status=$?
    [ "$status" -le 3 ] || not_ok "$name" "status $status, $(tail -n 5 "$seen.err")"
}
# Also cut in two or spelled with escapes: its beginning is enough, or its end.
search() {
    cp values.har seen/0
    find seen -type f -exec grep -lF -e Zq7xS -e ETvW93 {} + >told
    expect_contains "the search finds what is there" told seen/0
    sed 's/^seen\///; s/\..*//' told | sort -nu | while read -r leak; do
        [ "$leak" -ne 0 ] || continue
        sed -n "${leak}p" cases
        cat "seen/$leak" "seen/$leak.err" 2>/dev/null | grep -aoE '.{0,60}(Zq7xS|ETvW93).{0,60}' | head -n 2
    done >leaks
    expect_empty "no output shows a secret" leaks
    PASSED=$((PASSED + number - 1))
}

# All that there are; the list by hand is only for want of jq.
reports='text brief json jsonl sarif github gitlab junit'
if command -v jq >/dev/null 2>&1; then
    reports=$("$HARMILL" list reports --json | jq -r '.reports[].name')
fi

for file in *.har packed.har.gz; do
    silent "$file: validate" "$HARMILL" validate --show info --max-findings 0 -v "$file"
    if [ -s "$seen" ]; then ok "$file: something is told"; else not_ok "$file: nothing is told"; fi
    silent "$file: color" "$HARMILL" validate --show info --max-findings 0 --color always "$file"
    for report in $reports; do
        silent "$file: $report" "$HARMILL" validate --report "$report" --show info --max-findings 0 "$file"
    done
    silent "$file: normalize" "$HARMILL" normalize --show info -v "$file" -o written.har
    silent "$file: --check" "$HARMILL" normalize --check --show info -v "$file"
    silent "$file: --diff" "$HARMILL" normalize --diff --show info -v "$file"
    # shellcheck disable=SC2089,SC2090 # the quotes are the expression's
    for words in --no-derive --repair --keep-order --dedupe --drop-bodies --drop-custom "--max-body 3" "--page x" \
        "--filter url=~'(.*.*.*.*)*S'" "--filter started<'2026-01-01T00:00:00Z'" "--filter header('location')" --profile\ k6 --profile\ har-1.2-strict; do
        # shellcheck disable=SC2086,SC2090 # an option and its value
        silent "$file: normalize $words" "$HARMILL" normalize $words --show info -v "$file" -o written.har
    done
    silent "$file: --merge" "$HARMILL" normalize --merge --show info -v "$file" "$DATA/ticket.har" "$file" -o written.har
    for how in host page 1; do
        rm -rf parts
        silent "$file: --split $how" "$HARMILL" normalize --split "$how" --show info -v "$file" -o parts
        keep "$file: --split $how, names"
        find parts >"$seen" 2>/dev/null
    done
    silent "$file: convert" "$HARMILL" convert -t har --show info -v "$file" -o written.har
    silent "$file: small bounds" "$HARMILL" validate --show info --max-findings 0 --max-item-bytes 64 --max-members 16 --max-depth 8 "$file"
    silent "$file: stdin" sh -c '"$HARMILL" validate --show info --max-findings 0 - <"$1"' sh "$file"
done
if "$HARMILL" --version | grep -q libzip; then
    for file in values.har derived.har cut.har string.har; do
        sed 's/"text": "/"_file": "/' "$file" >attached.har
        zip_begin attached.zip
        zip_add capture.har attached.har
        zip_end
        silent "a zip archive, $file: validate" "$HARMILL" validate --show info --max-findings 0 -v attached.zip
        silent "a zip archive, $file: normalize" "$HARMILL" normalize --show info -v attached.zip -o written.har
    done
fi

# The comments that say what was derived hold no values.
if need_tool "comments" jq; then
    "$HARMILL" normalize -q derived.har -o written.har 2>/dev/null
    jq -r '.. | .comment? | strings | select(contains("derived by harmill"))' written.har >all
    expect_lacks "comments" all Zq7xS
    [ -s all ] || not_ok "comments: nothing was derived"
fi
for report in $reports; do
    "$HARMILL" validate -q --show info --max-findings 0 --report "$report:report.out" values.har >/dev/null 2>&1
    expect_contains "$report in a file: something is told" report.out startedDateTime
    expect_lacks "$report in a file" report.out "$secret"
    # The test can fail: asked for, it is shown. Lines of one kind are told apart by no value.
    "$HARMILL" validate -q --show info --max-findings 0 --show-values --report "$report:report.out" values.har >/dev/null 2>&1
    if [ "$report" = brief ]; then
        expect_lacks "brief --show-values" report.out "$secret"
    else
        expect_contains "$report --show-values shows it" report.out "$secret"
    fi
done
# Planted in every string of whole captures, so that rules compare it: alone, behind and before what stands there. The rules about
# other programs are on, too.
refusals=$("$HARMILL" rules | sed -n 's/^  \([a-z0-9-]*-refuses\) .*/--rule \1=error/p')
if need_tool "planted everywhere" jq; then
    for file in shop.har valid/all-members.har ticket.har; do
        for plant in '$s' '. + $s' '$s + .' '. + "; a=" + $s' '. + "%2" + $s'; do
            jq -c --arg s "$secret" "walk(if type == \"string\" then $plant else . end)" "$DATA/$file" >planted.har
            expect_contains "$file, $plant: it is planted" planted.har "$secret"
            for report in $reports; do
                # shellcheck disable=SC2086 # a list of options
                silent "$file, $plant: $report" "$HARMILL" validate --report "$report" --show info --max-findings 0 $refusals planted.har
                if [ -s "$seen" ]; then ok "something is told"; else not_ok "$file, $plant: $report tells nothing"; fi
            done
        done
    done
fi
"$HARMILL" normalize --diff --show-values values.har >all 2>/dev/null
expect_contains "--diff --show-values shows it" all "$secret"

# What redact would replace is shown by nothing, not even on a terminal, not even with --show-values: a token by its form, in the places
# from above and in names. It is put together here, so that nobody takes it for one that is in use.
token=$(printf '{"alg":"HS256","typ":"JWT"}' | base64 | tr -d '=\n').$(printf '{"exp":1800000000}' | base64 | tr -d '=\n').Zq7xSECRETsignedETvW93
mkdir hidden
for file in values derived cut syntax raw string text; do
    sed "s/$secret/$token/g" "$file.har" >"hidden/$file.har"
done
sed "s/\"time\": 7,/\"time\": 7, \"$token\": 1, \"_$token\": 2, \"$token\": 3,/; s/\"pageTimings\": {}/\"pageTimings\": {\"onLoad\": \"$token\"}/" hidden/derived.har >hidden/names.har
expect_contains "names: they are planted" hidden/names.har "\"$token\": 3"
expect_contains "values: they are planted" hidden/values.har "\"$token\""
told() { # NAME COMMAND...; also that the command was one
    silent "$@"
    if [ "$status" -eq 2 ]; then not_ok "$name: usage" "$(cat "$seen.err")"; else ok "$name: it ran"; fi
}
on_terminal() { # NAME COMMAND...
    keep "$1, on a terminal"
    shift
    script -qec "$*" /dev/null </dev/null >"$seen" 2>&1
}
for path in hidden/*.har; do
    file=${path#hidden/}
    for report in $reports; do
        told "hidden, $file: $report --show-values" "$HARMILL" validate --show-values --report "$report" --show info --max-findings 0 "$path"
        told "hidden, $file: $report" "$HARMILL" validate --report "$report" --show info --max-findings 0 "$path"
    done
    # shellcheck disable=SC2086 # a list of options
    told "hidden, $file: all rules" "$HARMILL" validate --show-values --show info --max-findings 0 --profile har-1.2-strict $refusals "$path"
    told "hidden, $file: info" "$HARMILL" info -v "$path"
    told "hidden, $file: info --json" "$HARMILL" info --json "$path"
    told "hidden, $file: --diff" "$HARMILL" normalize --diff "$path"
    told "hidden, $file: --repair --show-values" "$HARMILL" normalize --repair --show-values -o written.har "$path"
    told "hidden, $file: a report" "$HARMILL" convert -t html --show info --custom all -o written.html "$path"
    keep "hidden, $file: in the report"
    [ ! -e written.html ] || mv written.html "$seen"
    command -v script >/dev/null 2>&1 || continue
    on_terminal "hidden, $file: validate" "'$HARMILL' validate --show info --max-findings 0 $path"
    on_terminal "hidden, $file: info" "'$HARMILL' info -v $path"
    on_terminal "hidden, $file: --diff" "'$HARMILL' normalize --diff $path"
done
# The test can fail: what no rule hides is shown on a terminal, and by --diff --show-values.
if command -v script >/dev/null 2>&1; then
    script -qec "'$HARMILL' validate --show info --max-findings 0 values.har" /dev/null </dev/null >all 2>&1
    expect_contains "on a terminal values are shown" all "$secret"
    script -qec "'$HARMILL' normalize --diff hidden/derived.har" /dev/null </dev/null >all 2>&1
    expect_contains "on a terminal the difference is shown, with tokens" all 'redacted-'
fi
"$HARMILL" normalize --diff --show-values hidden/derived.har >all 2>/dev/null
expect_contains "--diff --show-values shows what is hidden otherwise" all Zq7xS
search
finish
