#!/bin/sh
# Baselines: what is known is silent and does not count, what is new is told; runs over other files merge.
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
mkdir sub

entry() { # URL MEMBER
    printf '{"startedDateTime": "2020-01-01T00:00:00.000Z", "time": 0, "%s": 1, "request": {"method": "GET", "url": "%s", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "queryString": [], "headersSize": -1, "bodySize": -1}, "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "content": {"size": 0, "mimeType": ""}, "redirectURL": "", "headersSize": -1, "bodySize": -1}, "cache": {}, "timings": {"send": 0, "wait": 0, "receive": 0}}' "$2" "$1"
}
capture() { # FILE ENTRY...
    {
        printf '{"log": {"version": "1.2", "creator": {"name": "a", "version": "1"}, "entries": ['
        shift
        separator=
        for each in "$@"; do
            printf '%s%s' "$separator" "$each"
            separator=,
        done
        printf ']}}\n'
    } >"$1"
}
one=$(entry https://a.example/1 odd)
two=$(entry https://a.example/2?token=hush odd)
new=$(entry https://a.example/3 odd)
good=$(entry https://a.example/4 _fine)
# One rule, at a level that fails.
set -- --select unknown-member --rule unknown-member=error
capture a.har "$one" "$two"
capture sub/b.har "$one"

run "$HARMILL" validate "$@" --write-baseline known.json a.har
expect_status "writing it tells as ever" 1
expect_eq "writing it tells as ever: findings" 2 "$(wc -l <"$T/out")"
if need_tool "its form" jq; then
    expect_eq "its form" '[["harmill-baseline","inputs"],["a.har"],2]' \
        "$(jq -c '[keys, (.inputs | keys), ([.inputs[][]] | add)]' known.json)"
fi
expect_lacks "no values in it" known.json example
expect_lacks "no values in it: query" known.json hush
run "$HARMILL" validate "$@" --baseline known.json a.har
expect_status "a second run is silent" 0
expect_empty "a second run is silent: stdout" "$T/out"
expect_eq "a second run is silent: the summary" "a.har: HAR 1.2, 2 entries, clean" "$(cat "$T/err")"
check_status "another name for the same file" 0 "$HARMILL" validate "$@" --baseline known.json ./a.har
check_status "another folder is another input" 1 "$HARMILL" validate "$@" --baseline known.json sub/b.har
check_status "-q" 0 "$HARMILL" validate -q "$@" --baseline known.json a.har

cp a.har old.har
capture a.har "$good" "$two" "$one"
check_status "reordered, one put in" 0 "$HARMILL" validate "$@" --baseline known.json a.har
expect_empty "reordered, one put in: stdout" "$T/out"
capture a.har "$one" "$new" "$two"
run "$HARMILL" validate "$@" --baseline known.json a.har
expect_status "a new one counts" 1
expect_eq "a new one counts: alone" "/log/entries/1/odd" "$(sed -n 's/.*(\(.*\))$/\1/p' "$T/out")"
expect_contains "a new one counts: the summary" "$T/err" ", 1 error"
capture a.har "$one" "$two" "$one"
run "$HARMILL" validate "$@" --baseline known.json a.har
expect_status "once more than known" 1
expect_eq "once more than known: told once" 1 "$(wc -l <"$T/out")"
# Applied before the caps: the new one is told though three old ones come first.
capture a.har "$one" "$one" "$one" "$one"
"$HARMILL" validate -q "$@" --write-baseline caps.json a.har
capture a.har "$one" "$one" "$one" "$one" "$new"
run "$HARMILL" validate "$@" --max-findings 1 --baseline caps.json a.har
expect_eq "before the caps" "/log/entries/4/odd" "$(sed -n 's/.*(\(.*\))$/\1/p' "$T/out")"
mv old.har a.har

# ---- reports see the same

run "$HARMILL" validate "$@" --baseline known.json --report jsonl a.har
expect_lacks "jsonl: no known findings" "$T/out" '"type":"finding"'
expect_contains "jsonl: clean" "$T/out" '"status":"clean"'
run "$HARMILL" normalize "$@" --fail-on error --baseline known.json a.har -o y.har
expect_status "normalize takes one, too" 0
# What was worked out is told all the same.
expect_eq "normalize takes one, too: nothing that is known is told" \
    "a.har: queryString is empty, but url has a query: wrote the parameters of url [query-omitted]" "$(cat "$T/err")"

# ---- merging

cp known.json first.json
"$HARMILL" validate -q "$@" --write-baseline known.json sub/b.har
check_status "two runs over two files merge" 0 "$HARMILL" validate "$@" --baseline known.json a.har sub/b.har
"$HARMILL" validate -q "$@" --write-baseline both.json sub/b.har a.har
expect_same "one run over both is the same" known.json both.json
capture sub/b.har "$good"
"$HARMILL" validate -q "$@" --write-baseline known.json sub/b.har
expect_same "an input that is clean now has no section" first.json known.json
"$HARMILL" validate -q "$@" --write-baseline known.json missing.har 2>/dev/null
expect_same "an input that cannot be read keeps its section" first.json known.json
capture a.har "$one" "$new"
run "$HARMILL" validate "$@" --baseline known.json --write-baseline known.json a.har
expect_status "both options, one file: the new one is told" 1
expect_eq "both options, one file: alone" 1 "$(wc -l <"$T/out")"
check_status "both options, one file: and known from then on" 0 "$HARMILL" validate "$@" --baseline known.json a.har
run "$HARMILL" validate "$@" --fail-on never --baseline fresh.json --write-baseline fresh.json a.har
expect_status "both options, no file yet" 0
expect_contains "both options, no file yet: written" fresh.json '"a.har": {'

# ---- broken inputs

printf '{"log": {"version": "1.2", "creator": {"name": "a", "version": "1"}, "odd": 1, "entries": [{"x": y}, %s]}}\n' "$one" >broken.har
"$HARMILL" validate -q --write-baseline broken.json broken.har
run "$HARMILL" validate --baseline broken.json broken.har
expect_status "what cannot be read is never known" 1
expect_eq "what cannot be read is never known: told alone" json-syntax "$(sed -n 's/.*\[\([a-z0-9-]*\)\] .*/\1/p' "$T/out")"
check_status "nor is it written" 1 "$HARMILL" normalize --baseline broken.json broken.har -o broken-out.har
check_status "nor is it written: nothing there" 1 test -e broken-out.har
head -c 700 old.har >cut.har 2>/dev/null || head -c 700 a.har >cut.har
cp known.json before.json
cp a.har whole.har
cp cut.har a.har
"$HARMILL" validate -q "$@" --write-baseline known.json a.har
expect_same "an input that is cut keeps its section" before.json known.json
cp whole.har a.har

# ---- what is wrong

check_status "missing" 3 "$HARMILL" validate --baseline missing.json a.har
expect_eq "missing: told" "harmill: missing.json: cannot read the baseline: No such file or directory" "$(cat "$T/err")"
expect_empty "missing: nothing is judged" "$T/out"
check_status "missing, another one is written" 3 "$HARMILL" validate --baseline missing.json --write-baseline new.json a.har
check_status "missing, another one is written: not" 1 test -e new.json
check_status "a capture is no baseline" 2 "$HARMILL" validate --baseline a.har a.har
expect_eq "a capture is no baseline: told" "harmill: a.har: is no baseline, which --write-baseline makes" "$(cat "$T/err")"
cp a.har keep.har
check_status "a capture is not overwritten" 2 "$HARMILL" validate --write-baseline a.har a.har
expect_same "a capture is not overwritten: as it was" keep.har a.har
printf '{"harmill-baseline": 1,\n' >torn.json
check_status "torn" 2 "$HARMILL" validate --baseline torn.json a.har
expect_eq "torn: told" "harmill: torn.json:2:1: string or '}' expected" "$(cat "$T/err")"
check_status "torn, to be written" 2 "$HARMILL" validate --write-baseline torn.json a.har
check_status "no folder for it" 3 "$HARMILL" validate -q --fail-on never --write-baseline none/known.json a.har
expect_contains "no folder for it: told" "$T/err" "harmill: none/known.json: cannot write the baseline: "
if [ -e /dev/full ]; then
    check_status "a device is no baseline" 3 "$HARMILL" validate -q --fail-on never --write-baseline /dev/full a.har
fi
"$HARMILL" validate -q "$@" --write-baseline packed.json.gz a.har
check_status "its name does not pack it" 0 "$HARMILL" validate "$@" --baseline packed.json.gz a.har

run "$HARMILL" validate -q --write-baseline nothing.json missing.har
check_status "nothing was judged, nothing is written" 1 test -e nothing.json

# ---- from the configuration: the path begins in its folder

mkdir -p project/.git project/inner project/data
cp a.har project/inner
echo '{"baseline": "data/known.json", "select": ["unknown-member"], "rules": {"unknown-member": "error"}}' >project/.harmill.json
cd project/inner || exit 3
check_status "named, missing" 3 "$HARMILL" validate a.har
check_status "named, written for the first time" 1 "$HARMILL" validate --write-baseline ../data/known.json a.har
check_status "named" 0 "$HARMILL" validate a.har
echo '{"harmill-baseline": 1, "inputs": {}}' >empty.json
check_status "--baseline replaces it" 1 "$HARMILL" validate --baseline empty.json a.har
check_status "--no-config" 0 "$HARMILL" validate --no-config a.har
expect_contains "--no-config: told" "$T/out" unknown-member
rm ../data/known.json
mkfifo ../data/known.json
check_status "a pipe of the configuration's choice is not waited for" 3 "$HARMILL" validate a.har

finish
