#!/bin/sh
# harmill normalize: where the output goes, what is told, exit status.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$ROOT/tests/fault/small.har" raw.har
# Written by hand: canonical order and spelling.
cat >one.har <<'END'
{"log":{"entries":[],"pages":[],"_b":1.50,"creator":{"version":"1","name":"caf\u00e9\/"},"version":"1.2"}}
END
cat >one.canonical <<'END'
{
  "log": {
    "version": "1.2",
    "creator": {
      "name": "café/",
      "version": "1"
    },
    "pages": [],
    "entries": [],
    "_b": 1.50
  }
}
END
cat >one.line <<'END'
{"log":{"version":"1.2","creator":{"name":"café/","version":"1"},"pages":[],"entries":[],"_b":1.50}}
END
tab4=$(sed 's/^\( *\)/\1\1/' one.canonical)
printf '%s\n' "$tab4" >one.four
printf '{"log":' >broken.har

# ---- stdout, -o

run "$HARMILL" normalize one.har
expect_status "to stdout" 0
expect_same "to stdout" one.canonical "$T/out"
expect_empty "to stdout: stderr" "$T/err"
run sh -c '"$HARMILL" normalize <one.har'
expect_same "stdin to stdout" one.canonical "$T/out"
run sh -c '"$HARMILL" normalize - -o - <one.har'
expect_same "- to -" one.canonical "$T/out"
run "$HARMILL" normalize one.har -o out.har
expect_status "-o" 0
expect_same "-o" one.canonical out.har
expect_empty "-o: stdout" "$T/out"
run "$HARMILL" normalize --indent 0 one.har
expect_same "--indent 0" one.line "$T/out"
run "$HARMILL" normalize --indent=4 one.har
expect_same "--indent 4" one.four "$T/out"
run "$HARMILL" normalize --indent 2 one.har
expect_same "--indent 2 is the default" one.canonical "$T/out"
check_status "--indent 9" 2 "$HARMILL" normalize --indent 9 one.har
run "$HARMILL" normalize -v one.har -o out.har
expect_eq "-v" "one.har: HAR 1.2, 0 entries, clean" "$(cat "$T/err")"
printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[{},{}]}}' >gaps.har
run "$HARMILL" normalize gaps.har -o out.har
expect_status "findings do not change the status" 0
expect_contains "findings: one line for each kind" "$T/err" "gaps.har: entry.request is missing, 2 times [missing-member]"
check_status "--fail-on error" 1 "$HARMILL" normalize --fail-on error gaps.har -o out.har
check_status "-q" 0 "$HARMILL" normalize -q gaps.har -o out.har
expect_empty "-q: stderr" "$T/err"
echo old >out.har
run "$HARMILL" normalize broken.har -o out.har
expect_status "broken" 1
expect_eq "broken: the old output" old "$(cat out.har)"
expect_contains "broken: told" "$T/err" "harmill: broken.har: it cannot be read whole, so nothing was written"

# ---- packed outputs, by their ending

if need_tool "packed" gzip; then
    check_status "-o a.har.gz" 0 "$HARMILL" normalize one.har -o out.har.gz
    gzip -dc out.har.gz >plain
    expect_same "-o a.har.gz" one.canonical plain
    cp out.har.gz first.gz
    check_status "packed again" 0 "$HARMILL" normalize one.har -o out.har.gz
    expect_same "packing gives the same bytes" first.gz out.har.gz
    check_status "packed to plain" 0 "$HARMILL" normalize out.har.gz -o out.har
    expect_same "packed to plain" one.canonical out.har
    gzip -c one.har >keep.har.gz
    gzip -c one.har >keep-without-ending.har
    check_status "-i keeps gzip" 0 "$HARMILL" normalize -i keep.har.gz keep-without-ending.har
    for file in keep.har.gz keep-without-ending.har; do
        gzip -dc <"$file" >plain
        expect_same "-i keeps gzip: $file" one.canonical plain
    done
    cp keep.har.gz before
    check_status "-i, packed and canonical" 0 "$HARMILL" normalize -i keep.har.gz
    expect_same "-i, packed and canonical: unchanged" before keep.har.gz
fi

# ---- folders

mkdir in other folder
cp one.har in/a.har
cp one.har in/b.har
cp one.har other/a.har
run "$HARMILL" normalize in -o folder
expect_status "-o a folder that exists" 0
expect_same "-o a folder: a" one.canonical folder/a.har
expect_same "-o a folder: b" one.canonical folder/b.har
run "$HARMILL" normalize in/a.har in/b.har -o new/
expect_status "-o DIR/ is made" 0
expect_same "-o DIR/ is made" one.canonical new/b.har
run "$HARMILL" normalize in/a.har in/b.har other/a.har -o third/
expect_status "equal names" 2
expect_eq "equal names: told" "harmill: two inputs would both be written to third/a.har" "$(cat "$T/err")"
check_status "equal names: before any work" 0 test ! -e third
check_status "two inputs, one file" 2 "$HARMILL" normalize in/a.har in/b.har -o out.har
expect_contains "two inputs, one file: what to give" "$T/err" "-o DIR/"
check_status "two inputs, stdout" 2 "$HARMILL" normalize in/a.har in/b.har
expect_empty "two inputs, stdout: nothing was written" "$T/out"
echo x >folder/kept
run "$HARMILL" normalize in/a.har broken.har in/b.har missing.har -o folder/
expect_status "some of several broken" 3
check_status "some of several broken: nothing for it" 0 test ! -e folder/broken.har
expect_same "some of several broken: the others" one.canonical folder/b.har
run sh -c '"$HARMILL" normalize - --stdin-name x/s.har -o new <one.har'
expect_same "stdin into a folder" one.canonical new/s.har

# ---- in place

cp one.har a.har
cp one.canonical b.har
touch -d '2001-01-01 00:00:00' b.har
chmod 600 a.har
inode=$(stat -c '%i %Y' b.har)
run "$HARMILL" normalize -i a.har b.har
expect_status "-i" 0
expect_same "-i: changed" one.canonical a.har
expect_eq "-i: the mode" 600 "$(stat -c %a a.har)"
expect_eq "-i: what is canonical is left alone" "$inode" "$(stat -c '%i %Y' b.har)"
expect_empty "-i: stdout" "$T/out"
cp one.har a.har
printf '{"log":' >b.har
run "$HARMILL" normalize -i b.har a.har
expect_status "-i, one broken" 1
expect_eq "-i, one broken: unchanged" '{"log":' "$(cat b.har)"
expect_same "-i, one broken: the other is changed" one.canonical a.har
check_status "-i, stdin" 2 "$HARMILL" normalize -i -
expect_eq "-i, stdin: why" "harmill: stdin cannot be changed in place" "$(cat "$T/err")"
check_status "-i and -o" 2 "$HARMILL" normalize -i one.har -o out.har
cp one.har a.har
check_status "the long name" 0 "$HARMILL" normalize --in-place --indent 0 a.har
expect_same "the long name" one.line a.har

# ---- --check and --diff

cp one.har before.har
run "$HARMILL" normalize --check one.har
expect_status "--check" 1
expect_eq "--check: named" "one.har: would change" "$(cat "$T/out")"
expect_same "--check: nothing is written" before.har one.har
cp one.canonical same.har
run "$HARMILL" normalize --check same.har
expect_status "--check, canonical" 0
expect_empty "--check, canonical: stdout" "$T/out"
run "$HARMILL" normalize --check same.har one.har same.har
expect_status "--check, several" 1
expect_eq "--check, several: named" "one.har: would change" "$(cat "$T/out")"
run "$HARMILL" normalize -q --check one.har
expect_status "--check -q" 1
expect_empty "--check -q: stdout" "$T/out"
check_status "--check --indent 0" 1 "$HARMILL" normalize --check --indent 0 same.har
check_status "--check --indent 0, one line" 0 "$HARMILL" normalize --check --indent 0 one.line
check_status "--check, broken" 1 "$HARMILL" normalize --check broken.har
check_status "--check, missing" 3 "$HARMILL" normalize --check missing.har
check_status "--check and -o" 2 "$HARMILL" normalize --check one.har -o out.har
check_status "--check and -i" 2 "$HARMILL" normalize --check -i one.har
check_status "--diff and -o" 2 "$HARMILL" normalize --diff one.har -o out.har
# One byte more at the end is a change, too.
{ cat one.canonical && echo; } >blank.har
check_status "--check, a blank line more" 1 "$HARMILL" normalize --check blank.har
if need_tool "--diff" diff; then
    run "$HARMILL" normalize --diff one.har
    expect_status "--diff" 1
    expect_eq "--diff: file names" "--- one.har +++ one.har (normalized)" "$(head -n 2 "$T/out" | tr '\n' ' ' | sed 's/ $//')"
    # Values are hidden, so only the order shows here.
    expect_contains "--diff: a line moves" "$T/out" '+    "version": "(3 bytes)",'
    run "$HARMILL" normalize --diff --show-values one.har
    expect_contains "--diff --show-values: the old spelling" "$T/out" '-      "name": "caf\u00e9\/"'
    expect_contains "--diff --show-values: the new spelling" "$T/out" '+      "name": "café/",'
    run "$HARMILL" normalize --diff same.har
    expect_status "--diff, canonical" 0
    expect_empty "--diff, canonical: stdout" "$T/out"
    run "$HARMILL" normalize --diff blank.har
    expect_status "--diff, only blanks" 1
    expect_contains "--diff, only blanks: told" "$T/out" "blank.har: only white space"
    check_status "--diff, broken" 1 "$HARMILL" normalize --diff broken.har
    expect_eq "--diff, broken: no difference is shown" "" "$(grep '^@@' "$T/out")"
fi

# ---- the same bytes for every way

"$HARMILL" normalize raw.har -o first.har
"$HARMILL" normalize raw.har >second.har
"$HARMILL" normalize - <raw.har >third.har
cp raw.har fourth.har
"$HARMILL" normalize -i fourth.har
for file in second.har third.har fourth.har; do
    expect_same "the same bytes: $file" first.har "$file"
done

# ---- other formats and endings

"$HARMILL" convert -q one.har -o one.xml
cp one.xml one.xml.before
check_status "-i would make a HAR of an XML file" 2 "$HARMILL" normalize -i one.xml
expect_contains "-i on XML: told" "$T/err" "give --output"
expect_same "-i on XML: the file stays" one.xml.before one.xml
if "$HARMILL" validate -q one.xml >/dev/null 2>&1; then # a build without libxml2 cannot read it
    check_status "XML into a folder" 0 "$HARMILL" normalize -q one.xml -o folder/
    expect_same "XML into a folder: a HAR" one.canonical folder/one.har
fi
check_status "a .zhar is packed with zlib" 0 "$HARMILL" convert one.har -o one.zhar
expect_eq "a .zhar: its first byte" 78 "$(od -A n -t x1 -N 1 one.zhar | tr -d ' ')"
check_status "a .zhar is read" 0 "$HARMILL" convert one.zhar -o again.har
expect_same "a .zhar is read: the same" one.canonical again.har
finish
