#!/bin/sh
# harmill redact: options, inputs that can be read only once, outputs, the account, exit statuses. What is found is tests/redact's matter.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "redact" jq mkfifo || finish
cd "$T" || exit 3
umask 022
cp "$DATA/login.har" login.har
printf '%s\n' Tea4two-8Kq! 6qT0vXb1kPz9 Xy7-22kQ-p0Lm c7Rk2Pq9Xw st_1f9b7c3d >secrets
grep -qF -f secrets login.har || not_ok "the secrets of the test stand in its capture"

no_secret() { # NAME FILE
    if [ ! -e "$2" ]; then
        not_ok "$1" "there is no $2"
    elif grep -qF -f secrets "$2"; then
        not_ok "$1: a secret" "$(grep -oF -f secrets "$2" | sort | uniq -c)"
    else
        ok "$1"
    fi
}

# ---- a file

run "$HARMILL" redact -o clean.har login.har
expect_status "a file" 0
no_secret "a file" clean.har
expect_empty "a file: stdout" "$T/out"
no_secret "a file: stderr" "$T/err"
expect_contains "a file: the summary" "$T/err" "login.har: "
expect_contains "a file: the summary tells places" "$T/err" " places replaced by tokens"
expect_contains "a file: and the proof" "$T/err" " found in the output"
expect_eq "a new file is for nobody else" 600 "$(stat -c %a clean.har)"
expect_eq "the mark" '{"tool":"harmill 0.1.0","mode":"default","rules":"built-in"}' "$(jq -c .log._redaction clean.har)"
expect_eq "all entries" "$(jq '.log.entries | length' login.har)" "$(jq '.log.entries | length' clean.har)"
expect_eq "a secret has one token everywhere" 1 "$(grep -o 'redacted-password-[0-9]*' clean.har | sort -u | wc -l)"
check_status "it is canonical" 0 "$HARMILL" normalize --check clean.har
check_status "it is valid" 0 "$HARMILL" validate -q clean.har
"$HARMILL" redact -q -o twice.har clean.har
expect_same "redacted again: the same" clean.har twice.har
run "$HARMILL" redact -q -o quiet.har login.har
expect_empty "--quiet" "$T/err"
run "$HARMILL" redact -v -o verbose.har login.har
expect_contains "--verbose: rules and places" "$T/err" "login.har: name-password in the "
no_secret "--verbose" "$T/err"

# ---- other ways in and out

expect_eq "stdout" "$(cat clean.har)" "$("$HARMILL" redact -q login.har)"
expect_eq "stdin" "$(cat clean.har)" "$("$HARMILL" redact -q <login.har)"
# shellcheck disable=SC2002 # a pipe is meant
expect_eq "a pipe" "$(cat clean.har)" "$(cat login.har | "$HARMILL" redact -q -)"
mkfifo fifo
cat login.har >fifo &
expect_eq "a named pipe" "$(cat clean.har)" "$("$HARMILL" redact -q fifo)"
wait
"$HARMILL" redact --stdin-name a.har <login.har 2>named >/dev/null
expect_contains "stdin has its name" named "a.har: "
gzip -c login.har >login.har.gz
"$HARMILL" redact -q -o packed.har.gz login.har.gz
gzip -dc packed.har.gz >unpacked.har
expect_same "packed" clean.har unpacked.har
mkdir spools
TMPDIR=$T/spools "$HARMILL" redact -q <login.har >/dev/null
expect_eq "nothing is left in the folder for temporary files" "" "$(ls -A spools)"
"$HARMILL" redact -q -o clean.xml login.har
no_secret "as XML" clean.xml
expect_contains "as XML: the mark" clean.xml redaction
"$HARMILL" convert -q -o back.har clean.xml
expect_eq "as XML and back: the mark" "$(jq -c .log._redaction clean.har)" "$(jq -c .log._redaction back.har)"
run "$HARMILL" redact -t har --indent 0 login.har
expect_eq "options of the writer" 1 "$(wc -l <"$T/out")"
"$HARMILL" redact -q -o clean.html login.har
no_secret "as a report" clean.html

run "$HARMILL" redact -q --pii --suspicious -o random.har login.har
expect_status "--pii --suspicious" 0
no_secret "--pii --suspicious" random.har
"$HARMILL" redact -q --pii --suspicious -o twice.har random.har
expect_same "--pii --suspicious: redacted again: the same" random.har twice.har

# ---- in place

mkdir place
cp login.har place/a.har
cp clean.har place/b.har
chmod 640 place/a.har place/b.har
touch -d 2020-01-01 place/b.har
run "$HARMILL" redact -i --backup place
expect_status "in place" 0
expect_same "in place" clean.har place/a.har
expect_eq "in place: the mode stays" 640 "$(stat -c %a place/a.har)"
expect_same "in place: the backup" login.har place/a.har~
expect_eq "in place: what would not change stays" 2020 "$(date -r place/b.har +%Y)"
expect_eq "in place: nothing else" "a.har a.har~ b.har" "$(cd place && echo *)"
cp login.har linked.har
ln linked.har other.har
"$HARMILL" redact -q -o linked.har linked.har
expect_same "-o may name the input" clean.har linked.har
expect_same "and whoever has the old file keeps it" login.har other.har

# ---- several

mkdir several
"$HARMILL" redact -q -o several login.har place/b.har
expect_same "a folder: each for itself" clean.har several/login.har
expect_same "a folder: the second" clean.har several/b.har
sed 's/Tea4two-8Kq!/Milk0one-5Wz?/g' login.har >other.har
run "$HARMILL" redact --merge -o merged.har login.har other.har
expect_status "--merge" 0
no_secret "--merge" merged.har
expect_lacks "--merge: of the second" merged.har Milk0one
expect_eq "--merge: two passwords, two tokens" 2 "$(grep -o 'redacted-password-[0-9]*' merged.har | sort -u | wc -l)"
expect_eq "--merge: what is the same in both has one" 1 "$(grep -o 'redacted-code-[0-9]*' merged.har | sort -u | wc -l)"
expect_contains "--merge: one summary" "$T/err" "merged.har: "
expect_eq "--merge: of a pipe, too" "$(cat merged.har)" "$("$HARMILL" redact -q --merge - other.har <login.har)"
run "$HARMILL" redact --split host -o parts login.har
expect_status "--split" 0
cat parts/* >all
no_secret "--split" all
expect_eq "--split: files" "600 600 600" "$(stat -c %a parts/0001.har parts/0002.har parts/0001.har | tr '\n' ' ' | sed 's/ $//')"
"$HARMILL" redact -q --split 2 --merge -o split-merged login.har other.har
cat split-merged/* >all
no_secret "--split --merge" all
expect_lacks "--split --merge: of the second" all Milk0one
expect_eq "--split --merge: entries" 12 "$(jq -s '[.[].log.entries | length] | add' split-merged/0*.har)"

# ---- tokens with a key

printf 'a key of ours, which is long enough\n' >key
chmod 600 key
run "$HARMILL" redact --key-file key -o keyed.har login.har
expect_status "--key-file" 0
no_secret "--key-file" keyed.har
expect_empty "--key-file: a private one is not told of" "$(grep -l 'others can read' "$T/err" || echo /dev/null)"
"$HARMILL" redact -q --key-file key -o keyed-other.har other.har
one=$(grep -o 'redacted-code-[0-9a-f]*' keyed.har | sort -u)
expect_eq "--key-file: ten digits of a hash" 10 "$(printf %s "${one##*-}" | wc -c)"
expect_eq "--key-file: the same in other captures" "$one" "$(grep -o 'redacted-code-[0-9a-f]*' keyed-other.har | sort -u)"
expect_eq "--key-file: another password, another token" 2 "$(cat keyed.har keyed-other.har | grep -o 'redacted-password-[0-9a-f]*' | sort -u | wc -l)"
printf 'a key of ours, which is long enough' | "$HARMILL" redact -q --key-file - -o keyed-stdin.har login.har
expect_same "--key-file: from stdin, without the line's end" keyed.har keyed-stdin.har
chmod 644 key
run "$HARMILL" redact --key-file key -o keyed.har login.har
expect_contains "--key-file: others can read it" "$T/err" "chmod 600"
printf 'short' >short
check_status "--key-file: too short" 2 "$HARMILL" redact --key-file short -o no.har login.har
expect_lacks "--key-file: too short: not shown" "$T/err" "harmill: short: short"
head -c 5000 /dev/zero | tr '\0' k >long
check_status "--key-file: too long" 2 "$HARMILL" redact --key-file long -o no.har login.har
check_status "--key-file: missing" 3 "$HARMILL" redact --key-file none -o no.har login.har
check_status "--key-file: stdin twice" 2 "$HARMILL" redact --key-file - -o no.har -

# ---- the account

run "$HARMILL" redact --manifest manifest.json -o clean2.har login.har
expect_status "--manifest" 0
no_secret "--manifest" manifest.json
expect_eq "--manifest: mode" 600 "$(stat -c %a manifest.json)"
expect_eq "--manifest: members" "tool version mode rules inputs" "$(jq -r 'keys_unsorted | join(" ")' manifest.json)"
expect_eq "--manifest: of an input" \
    "name secrets values propagated short strings bodies unsearched suspicious proven_bytes counts" \
    "$(jq -r '.inputs[0] | keys_unsorted | join(" ")' manifest.json)"
expect_eq "--manifest: proven bytes are those of the output" "$(wc -c <clean2.har)" "$(jq '.inputs[0].proven_bytes' manifest.json)"
expect_eq "--manifest: counts add up" "$(jq '.inputs[0].values' manifest.json)" "$(jq '[.inputs[0].counts[].values] | add' manifest.json)"
# What a pointer names has that token in the output, and no token in the input.
jq -r '.inputs[0].counts[] | select(.first.token != "") | .first | "\(.pointer) \(.token)"' manifest.json >places
expect_eq "--manifest: there are places" 1 "$([ "$(wc -l <places)" -ge 10 ] && echo 1)"
while read -r pointer token; do
    there=$(jq -r --arg p "$pointer" 'getpath($p | split("/")[1:] | map(if test("^[0-9]+$") then tonumber else . end))' clean2.har)
    case $there in
    *"$token"*) ok "--manifest: $pointer" ;;
    *) not_ok "--manifest: $pointer" "there is: $there" ;;
    esac
done <places
"$HARMILL" redact -q --manifest manifest.json -o several login.har clean.har
expect_eq "--manifest: of two" "login.har clean.har" "$(jq -r '[.inputs[].name] | join(" ")' manifest.json)"
expect_eq "--manifest: of one without secrets" 0 "$(jq '.inputs[1].values' manifest.json)"
"$HARMILL" redact -q --manifest manifest.json --merge -o merged.har login.har other.har
expect_eq "--manifest: of a merge" '["login.har","other.har"]' "$(jq -c '.inputs[0].merged' manifest.json)"
check_status "--manifest is no output" 2 "$HARMILL" redact --manifest x.har -o x.har login.har
cp clean.har before.har
check_status "--manifest that cannot be written" 3 "$HARMILL" redact --manifest missing/m.json -o before.har other.har
expect_same "--manifest that cannot be written: the output is as it was" clean.har before.har
check_status "--manifest is a folder" 3 "$HARMILL" redact --manifest . -o before.har other.har
expect_same "--manifest is a folder: the output is as it was" clean.har before.har
check_status "--manifest to stdout" 2 "$HARMILL" redact --manifest - -o x.har login.har
expect_eq "nothing was written" "" "$(ls x.har 2>/dev/null)"
check_status "--manifest where none can be" 3 "$HARMILL" redact --manifest none/m.json -o clean2.har login.har

# ---- what is found

"$HARMILL" redact -q --keep password -o kept.har login.har
expect_contains "--keep" kept.har 'Tea4two-8Kq!'
expect_eq "--keep: the mark tells own rules" "built-in and own" "$(jq -r .log._redaction.rules kept.har)"
"$HARMILL" redact -q --keep state,password --keep code -o kept.har login.har
expect_contains "--keep: several" kept.har st_1f9b7c3d
expect_contains "--keep: again" kept.har c7Rk2Pq9Xw
"$HARMILL" redact -q --drop user -o dropped.har login.har
expect_lacks "--drop" dropped.har '"value": "anna"'
"$HARMILL" redact -q --mode strict -o strict.har login.har
no_secret "--mode strict" strict.har
expect_lacks "--mode strict: other texts" strict.har anna
expect_eq "--mode strict: the mark" strict "$(jq -r .log._redaction.mode strict.har)"
check_status "--mode strict: it is valid" 0 "$HARMILL" validate -q strict.har
"$HARMILL" redact -q --redact-bodies drop -o bodyless.har login.har
expect_eq "--redact-bodies drop" "" "$(jq -r '.log.entries[].response.content.text // empty' bodyless.har | grep -v '^redacted')"
check_status "--redact-bodies keep: not searched" 3 "$HARMILL" redact --redact-bodies keep -o no.har login.har
expect_contains "--redact-bodies keep: told" "$T/err" "could not be searched: nothing was written"
expect_eq "--redact-bodies keep: nothing is written" "" "$(ls no.har 2>/dev/null)"
"$HARMILL" redact -q --drop-custom -o custom.har login.har
expect_eq "--drop-custom: no mark" null "$(jq .log._redaction custom.har)"
check_status "--filter" 0 "$HARMILL" redact -q --filter 'status>=300' -o filtered.har login.har
no_secret "--filter" filtered.har
printf '{"nonsense": 1}' >rules.json
check_status "--rules: wrong" 2 "$HARMILL" redact --rules rules.json -o no.har login.har
expect_contains "--rules: wrong: the file" "$T/err" "rules.json"
check_status "--rules: missing" 3 "$HARMILL" redact --rules none.json -o no.har login.har

# ---- what could not be searched

jq '.log.entries[0].response.content |= (.text = "3q2+7wABAgMEBQYHCAkKCwwNDg8=" | .encoding = "base64" | .mimeType = "application/octet-stream")' \
    login.har >packed.har
printf old >old.har
run "$HARMILL" redact -o old.har packed.har
if [ "$status" -eq 3 ]; then
    expect_contains "a body that cannot be searched" "$T/err" "--allow-unsearched"
    expect_eq "the old output is untouched" old "$(cat old.har)"
    run "$HARMILL" redact --allow-unsearched -o old.har packed.har
    expect_status "--allow-unsearched" 0
    expect_contains "--allow-unsearched: told" "$T/err" "1 body could not be searched"
    check_status "--verify: not searched" 3 "$HARMILL" redact --verify old.har
    check_status "--verify --allow-unsearched" 0 "$HARMILL" redact --verify --allow-unsearched old.har
else
    expect_status "a body of plain bytes is searched" 0
fi

# ---- findings

run "$HARMILL" redact --check login.har
expect_status "--check" 1
expect_contains "--check: a finding" "$T/out" "error: the request header holds a secret, found by the rule header-authorization [secret-header]"
expect_contains "--check: its pointer" "$T/out" "(/log/entries/3/request/headers/2/value)"
no_secret "--check" "$T/out"
no_secret "--check: stderr" "$T/err"
run "$HARMILL" redact --check --show-values --max-findings 0 login.har
no_secret "--check --show-values: no secret, either" "$T/out"
check_status "--check: redacted" 0 "$HARMILL" redact --check clean.har
expect_empty "--check: redacted" "$T/out"
check_status "--check --fail-on never" 0 "$HARMILL" redact --check --fail-on never login.har
check_status "--check --ignore" 0 "$HARMILL" redact --check --ignore secret login.har
check_status "--check --select" 1 "$HARMILL" redact --check --select secret-header --max-findings 0 login.har
expect_lacks "--check --select" "$T/out" secret-cookie
run "$HARMILL" redact --check --report sarif login.har
no_secret "--check: sarif" "$T/out"
expect_eq "sarif: severity" "8.0" "$(jq -r '.runs[0].tool.driver.rules[] | select(.id == "secret-header").properties["security-severity"]' "$T/out")"
expect_eq "sarif: tag" '["secret","security"]' "$(jq -c '.runs[0].tool.driver.rules[] | select(.id == "secret-header").properties.tags' "$T/out")"
for report in json jsonl github gitlab junit; do
    run "$HARMILL" redact --check --report $report --max-findings 0 login.har
    no_secret "--check: $report" "$T/out"
    expect_contains "--check: $report tells" "$T/out" "secret-cookie"
done
check_status "--write-baseline" 0 "$HARMILL" redact --check --fail-on never --write-baseline known.json login.har
no_secret "--write-baseline" known.json
check_status "--baseline" 0 "$HARMILL" redact --check --baseline known.json login.har
check_status "--write-baseline needs --check" 2 "$HARMILL" redact --write-baseline known.json login.har -o no.har
mkdir project
cp login.har project
printf '{"ignore": ["secret"], "rules": {"secret-header": "off"}, "fail-on": "never"}' >project/.harmill.json
(cd project && "$HARMILL" redact --check login.har >"$T/out" 2>"$T/err")
expect_eq "a configuration cannot hide secrets" 1 $?
expect_contains "a configuration cannot hide secrets: told" "$T/out" secret-header
printf '{"keep": ["password"]}' >project/.harmill.json
(cd project && "$HARMILL" redact -o x.har login.har >"$T/out" 2>"$T/err")
expect_eq "a configuration cannot weaken redaction" 2 $?
check_status "validate looks when it is asked" 1 "$HARMILL" validate --rule secret-header=error --max-findings 0 login.har
expect_contains "validate looks when it is asked: told" "$T/out" "[secret-header]"
expect_lacks "validate looks for that only" "$T/out" "[secret-cookie]"
check_status "validate does not look otherwise" 0 "$HARMILL" validate login.har
head -c 900 login.har >cut.har
check_status "--check: cut" 1 "$HARMILL" redact --check cut.har

run "$HARMILL" redact --verify clean.har
expect_status "--verify" 0
expect_contains "--verify: told" "$T/err" "clean.har: 0 secrets found in "
run "$HARMILL" redact --verify login.har
expect_status "--verify: secrets" 3
no_secret "--verify" "$T/out"
check_status "--verify: cut" 3 "$HARMILL" redact --verify cut.har
check_status "--verify --check" 2 "$HARMILL" redact --verify --check login.har
check_status "--verify -o" 2 "$HARMILL" redact --verify -o x.har login.har
check_status "--check --manifest" 2 "$HARMILL" redact --check --manifest x.json login.har

# ---- what cannot be written

printf old >old.har
check_status "cut" 1 "$HARMILL" redact -o old.har cut.har
expect_eq "cut: the old output is untouched" old "$(cat old.har)"
check_status "--max-secrets" 3 "$HARMILL" redact --max-secrets 3 -o old.har login.har
expect_eq "--max-secrets: the old output is untouched" old "$(cat old.har)"
expect_contains "--max-secrets: told" "$T/err" "max-secrets"
run "$HARMILL" redact cut.har
expect_empty "cut: nothing on stdout" "$T/out"
check_status "missing" 3 "$HARMILL" redact -o old.har none.har
check_status "a full disk" 3 "$HARMILL" redact -o /dev/full login.har
# Killed in the middle: the old output stays.
jq -c '.log.entries = [range(400) as $i | .log.entries[]]' login.har >many.har
cp many.har other-many.har
for delay in 0.05 0.1 0.2 0.4; do
    "$HARMILL" redact -q -o other-many.har many.har &
    pid=$!
    sleep $delay
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    if cmp -s many.har other-many.har || ! grep -qF -f secrets other-many.har; then
        ok "killed after $delay s"
    else
        not_ok "killed after $delay s" "the output is neither the old one nor clean"
    fi
    rm -f .harmill-*
done

# ---- usage

check_status "several inputs and one output" 2 "$HARMILL" redact login.har clean.har -o one.har
check_status "-i and stdin" 2 "$HARMILL" redact -i -
check_status "a typo in a mode" 2 "$HARMILL" redact --mode strickt login.har
expect_contains "a typo in a mode: suggestion" "$T/err" "'strict'"
check_status "--merge and --check" 2 "$HARMILL" redact --merge --check login.har
check_status "--diff is normalize's" 2 "$HARMILL" redact --diff login.har
check_status "an empty list" 2 "$HARMILL" redact --keep '' login.har

# ---- the replacing and the proof agree

# An entry with members of its own.
member_capture() { # file members
    {
        printf '{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[{"startedDateTime":"2026-03-01T10:00:00.000Z",'
        printf '"time":1,"request":{"method":"GET","url":"https://shop.example/","httpVersion":"HTTP/1.1","headers":[{"name":"X-Api-Key",'
        printf '"value":"8273648172645"}],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":-1},"response":{"status":200,'
        printf '"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],"cookies":[],"content":{"size":0,"mimeType":"text/plain"},'
        printf '"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":1,"receive":0},%s}]}}\n' "$2"
    } >"$1"
}

# Redacted without complaint; nothing is found in it; redacting it again changes nothing.
agrees() { # name file option...
    name=$1
    input=$2
    pii=
    shift 2
    case " $* " in *' --pii '*) pii=--pii ;; esac
    check_status "$name: redacted" 0 "$HARMILL" redact -q "$@" "$input" -o agreed.har
    check_status "$name: verified" 0 "$HARMILL" redact -q --verify $pii agreed.har
    check_status "$name: again" 0 "$HARMILL" redact -q "$@" agreed.har -o again.har
    expect_same "$name: again the same" agreed.har again.har
}

digits=$(printf '%0.sAw4YOa82IusCsuI28aOY4wAkgyccygk' 1 2 3 4 5 6 7 | cut -c1-200)
member_capture agree-in.har "\"_a\":\"page=2&sig=$digits&sort=up\""
agrees "a pattern that ends within a value" agree-in.har
expect_contains "a pattern that ends within a value: all of it goes" agreed.har '"page=2&sig=redacted-signature-1&sort=up"'

alike=$(awk 'BEGIN { for (i = 0; i < 40; i++) same = same "a"
                     for (i = 0; i < 120; i++) { same = same "a"; printf "\"_token%d\":\"%sb%d\",", i, same, i }
                     printf "\"_text\":\""; for (i = 0; i < 200; i++) printf "%s", same; print "\"" }')
member_capture agree-in.har "$alike"
agrees "secrets that begin alike" agree-in.har

member_capture agree-in.har '"_x":"8273648172645","_y":8273648172645,"_z":1'
agrees "a secret that is a number" agree-in.har
expect_lacks "a secret that is a number" agreed.har 8273648172645
expect_contains "a secret that is a number: in a number" agreed.har '"_y": 0'

member_capture agree-in.har '"_a":"CFv66ntA99bAabD6kghd1880 and the rest","_b":"?d=H4sIAAAAAAAAA%2Bbxs4WAAAA"'
agrees "stretches that look packed are text" agree-in.har
expect_contains "stretches that look packed are text: kept" agreed.har 'CFv66ntA99bAabD6kghd1880 and the rest'

member_capture agree-in.har "\"_a\":\"https://shop.example/?q=Basic%20$(printf 'user77:pass-word-88174' | base64)\""
agrees "base64 behind an escape" agree-in.har
expect_contains "base64 behind an escape: the escape stays" agreed.har '?q=Basic%20redacted-'

member_capture agree-in.har '"token":"tea%204Zurich-88","_token2":"tea 4Zurich-88","_token3":"tea%25204Zurich-88","_token4":"Tea 4Zurich-88"'
agrees "one secret, spelled differently" agree-in.har
expect_eq "one secret, spelled differently: one token" 3 "$(grep -c '"redacted-token-1"' agreed.har)"
expect_eq "another case is another secret" 1 "$(grep -c '"redacted-token-2"' agreed.har)"
printf 0123456789abcdefghij >agree.key
chmod 600 agree.key
agrees "one secret, spelled differently, with a key" agree-in.har --key-file agree.key
expect_eq "one secret, spelled differently, with a key: two tokens" 2 "$(grep -o 'redacted-token-[0-9a-f]*' agreed.har | sort -u | wc -l)"

member_capture agree-in.har '"pwd=hunter27":"x","https://shop.example/find;authorization=lurzibkor_zibpexjun_4227":"x","serverIPAddress":"203.0.114.9","nice":1'
for mode in default strict; do
    agrees "names of members, $mode" agree-in.har --mode $mode --pii
    expect_contains "names of members, $mode: the underscore" agreed.har '"_'
done
run "$HARMILL" validate agree-in.har
expect_contains "names that hold a secret are hidden" "$T/out" '[hidden]'
expect_eq "names that hold a secret are not told" 0 "$(cat "$T/out" "$T/err" | grep -c 'hunter27\|lurzibkor')"

for file in login shop; do
    for mode in default strict; do
        agrees "$file, $mode" "$DATA/$file.har" --mode $mode
        agrees "$file, $mode, --pii" "$DATA/$file.har" --mode $mode --pii
    done
done
run "$HARMILL" redact --mode strict login.har -o agreed.har
expect_lacks "strict: nothing is left that looks random" "$T/err" 'looks random'

# ---- convert

"$HARMILL" convert -q -o report.html login.har
no_secret "a report is redacted" report.html
"$HARMILL" convert -q --no-redact -o open.html login.har
run "$HARMILL" convert -o report.html login.har
expect_contains "a report is redacted: told" "$T/err" "replaced by tokens"
expect_eq "a report has the usual mode" 644 "$(stat -c %a report.html)"
"$HARMILL" convert -q -o plain.har login.har
expect_contains "another writer does not redact" plain.har 'Tea4two-8Kq!'
"$HARMILL" convert -q --redact -o redacted.har login.har
expect_same "--redact" clean.har redacted.har
"$HARMILL" convert -q --redact --no-normalize -o raw.har login.har
no_secret "--redact --no-normalize" raw.har
check_status "--redact --no-redact" 2 "$HARMILL" convert --redact --no-redact -o x.html login.har
check_status "--no-redact without a report" 2 "$HARMILL" convert --no-redact -o x.har login.har
check_status "--keep without --redact" 2 "$HARMILL" convert --keep code -o x.har login.har
expect_contains "--keep without --redact: told" "$T/err" "--redact"
check_status "--pii with a report" 0 "$HARMILL" convert -q --pii -o report.html login.har

# ---- what a replacement makes of what is around it, in a body of which only the surroundings of changes are looked at again

head -c 32 /dev/urandom >around.key
secret=Zq7kfW2mXb9tRv4c
capture() { # SECOND_SECRET TEXT: a large body with the text in its middle
    jq -n --arg one "$secret" --arg two "$1" --arg text "$2" '("All of us sit down and have some tea.\n" * 150) as $tea |
        {log: {version: "1.2", creator: {name: "test", version: "1"}, entries: [{startedDateTime: "2026-03-01T10:00:00.000Z", time: 0,
        request: {method: "GET", url: "https://shop.example/", httpVersion: "HTTP/1.1", cookies: [], queryString: [],
            headers: ([$one, $two] | map({name: "X-Api-Key", value: .})), headersSize: -1, bodySize: 0},
        response: {status: 200, statusText: "OK", httpVersion: "HTTP/1.1", cookies: [], headers: [], redirectURL: "", headersSize: -1, bodySize: -1,
            content: {size: 0, mimeType: "text/plain", text: ($tea + $text + "\n" + $tea)}},
        cache: {}, timings: {send: 0, wait: 0, receive: 0}}]}}'
}
capture other "the $secret" >around.har
"$HARMILL" redact -q --key-file around.key -o around2.har around.har
token=$(jq -r '.log.entries[0].request.headers[0].value' around2.har)
expect_eq "around changes: the rest of the body stays" "$(jq -r '.log.entries[0].response.content.text' around.har | sed "s/$secret/$token/")" \
    "$(jq -r '.log.entries[0].response.content.text' around2.har)"
capture "Xp4.$token.kL9w" "the Xp4.$secret.kL9w" >around.har
check_status "around changes: a secret that a token completes" 0 "$HARMILL" redact -q --key-file around.key -o around2.har around.har
expect_lacks "around changes: it is not left" around2.har "Xp4.$token.kL9w"

# ---- what is written beside the output is nothing that is read

cp login.har kept.har
ln -s kept.har link.har
head -c 32 login.har >kept.key
echo '{"names": []}' >kept.json
refuses() { # NAME OPTION...
    label=$1
    shift
    check_status "$label" 2 "$HARMILL" "$@"
    expect_contains "$label: told" "$T/err" "would overwrite"
    expect_same "$label: the input is as it was" login.har kept.har
}
refuses "the manifest is the input" redact -o over.har --manifest kept.har kept.har
refuses "... by a link" redact -o over.har --manifest link.har kept.har
refuses "... in place" redact -i --manifest ./kept.har kept.har
refuses "the manifest is the key" redact -o over.har --manifest kept.key --key-file kept.key kept.har
refuses "the manifest is the rules" redact -o over.har --manifest kept.json --rules kept.json kept.har
refuses "the manifest is the output" redact -o link.har --manifest kept.har login.har
refuses "a report is the input" validate --report json:kept.har kept.har
refuses "a report is the input of convert" convert -o over.har --report json:link.har kept.har
if [ -e over.har ]; then not_ok "nothing is written"; else ok "nothing is written"; fi

finish
