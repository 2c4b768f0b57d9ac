#!/bin/sh
# Inputs that are no capture at all, or cannot be read: the message names the place, the status is right.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

# Status 1, a finding of RULE at LINE:COLUMN; normalize writes nothing.
expect_finding() { # NAME FILE RULE [LINE:COLUMN]
    attempt "$HARMILL" validate "$2"
    expect_status "$1" 1
    if grep -q "^$2:[1-9][0-9]*:[1-9][0-9]*: error: .* \[$3\]" "$T/out"; then
        ok "$1: $3"
    else
        not_ok "$1: $3" "$(show_run)"
    fi
    if [ $# -gt 3 ]; then
        expect_contains "$1: the place" "$T/out" "$2:$4: error:"
    fi
    mkdir "$T/folder"
    echo old >"$T/folder/out.har"
    attempt "$HARMILL" normalize "$2" -o "$T/folder/out.har"
    expect_status "$1: normalize" 1
    expect_eq "$1: the old output" old "$(cat "$T/folder/out.har")"
    expect_files "$1" "$T/folder" out.har
    expect_contains "$1: normalize tells" "$T/err" "$2"
    rm -r "$T/folder"
}

bad=$T/bad.har
: >"$bad"
expect_finding "empty" "$bad" json-truncated 1:1
printf ' \n\t\r\n  ' >"$bad"
expect_finding "white space" "$bad" json-truncated 1:1
printf '\357\273\277' >"$bad"
expect_finding "a byte order mark alone" "$bad" json-truncated 1:1
# Cut inside a word or a number the file ends too early, as it does anywhere else.
for end in tr nul fals - 1. 1e; do
    printf '{"log":{"version":"1.2","entries":[{"_a":%s' "$end" >"$bad"
    expect_finding "cut behind $end" "$bad" json-truncated
done
printf '[1,2]' >"$bad"
expect_finding "an array" "$bad" not-a-har 1:1
printf '42\n' >"$bad"
expect_finding "a number" "$bad" not-a-har 1:1
printf '"log"' >"$bad"
expect_finding "a string" "$bad" not-a-har 1:1
printf 'null' >"$bad"
expect_finding "null" "$bad" not-a-har 1:1
printf '{"a": 1}' >"$bad"
expect_finding "an object without log" "$bad" not-a-har
# Nothing says that this is something else: what is missing is told, and stays missing.
printf '{}' >"$bad"
attempt "$HARMILL" validate "$bad"
expect_status "an empty object" 1
expect_contains "an empty object: the place" "$T/out" "$bad:1:1: error: document.log is missing [missing-member]"
printf '{"log": 1}' >"$bad"
attempt "$HARMILL" validate "$bad"
expect_status "log is a number" 1
expect_contains "log is a number: the place" "$T/out" "$bad:1:"
printf '{"log": {}} {"log": {}}' >"$bad"
expect_finding "two documents" "$bad" json-syntax 1:13
head -c 1000 /dev/zero >"$bad"
attempt "$HARMILL" validate "$bad"
expect_status "NUL bytes" 1
expect_contains "NUL bytes: the place" "$T/out" "$bad:1:1: error:"
{ head -c 300 "$SMALL" && head -c 100 /dev/zero && tail -c +401 "$SMALL"; } >"$bad"
attempt "$HARMILL" validate "$bad"
expect_status "NUL bytes inside" 1
if need_tool "UTF-16" iconv; then
    iconv -f UTF-8 -t UTF-16LE "$SMALL" >"$bad"
    expect_finding "UTF-16 LE" "$bad" not-utf-8 1:1
    iconv -f UTF-8 -t UTF-16BE "$SMALL" >"$bad"
    expect_finding "UTF-16 BE" "$bad" not-utf-8 1:1
    iconv -f UTF-8 -t UTF-16 "$SMALL" >"$bad"
    expect_finding "UTF-16 with a mark" "$bad" not-utf-8 1:1
    iconv -f UTF-8 -t UTF-32LE "$SMALL" >"$bad"
    attempt "$HARMILL" validate "$bad"
    expect_status "UTF-32" 1
fi
# The same bytes from stdin, under the name of stdin.
attempt sh -c 'printf "[1]" | "$HARMILL" validate'
expect_status "an array from stdin" 1
expect_contains "an array from stdin: the place" "$T/out" "stdin:1:1: error:"
attempt sh -c '"$HARMILL" validate - </dev/null'
expect_status "nothing from stdin" 1
expect_contains "nothing from stdin: the place" "$T/out" "stdin:1:1: error:"

# ---- pipes: each is read once, even by info, which reads files twice

printf '\357\273\277' | cat - "$SMALL" >"$T/mark.har"
mkfifo "$T/pipe.har"
export T
for source in "$T/pipe.har" - /dev/stdin; do
    attempt sh -c 'cat "$T/mark.har" >"$T/pipe.har" & cat "$T/mark.har" | timeout 20 "$HARMILL" info --json "$1"
        status=$?; kill $! 2>/dev/null; exit $status' sh "$source"
    expect_status "info of a pipe, $source" 0
    expect_contains "info of a pipe, $source: what is refused" "$T/out" '"opens": false'
    expect_lacks "info of a pipe, $source: what nobody tried" "$T/out" '"normalizeMends": true'
done
rm "$T/pipe.har"

# ---- what cannot be read: status 3 and one message with the name

expect_unreadable() { # NAME PATH COMMAND...
    unreadable_name=$1
    unreadable_path=$2
    shift 2
    attempt "$@"
    expect_status "$unreadable_name" 3
    expect_contains "$unreadable_name: the message" "$T/err" "harmill: $unreadable_path: "
    expect_empty "$unreadable_name: stdout" "$T/out"
}

expect_unreadable "missing" "$T/missing.har" "$HARMILL" validate "$T/missing.har"
expect_contains "missing: why" "$T/err" "No such file or directory"
mkdir -p "$T/empty/in/it"
: >"$T/empty/in/it/notes.txt"
expect_unreadable "a folder without captures" "$T/empty" "$HARMILL" validate "$T/empty"
expect_contains "a folder without captures: what was looked for" "$T/err" "*.har"
mkdir "$T/outfolder"
expect_unreadable "missing, to be normalized" "$T/missing.har" "$HARMILL" normalize "$T/missing.har" -o "$T/outfolder/a.har"
expect_files "missing, to be normalized" "$T/outfolder"
# Reading from address 0 of a process fails with EIO.
if [ -r /proc/self/mem ]; then
    expect_unreadable "an error while reading" /proc/self/mem "$HARMILL" validate /proc/self/mem
    expect_unreadable "an error while reading, to be normalized" /proc/self/mem "$HARMILL" normalize /proc/self/mem -o "$T/outfolder/a.har"
    expect_files "an error while reading" "$T/outfolder"
else
    skip "an error while reading" "no /proc/self/mem"
fi
cp "$SMALL" "$T/secret.har"
chmod 000 "$T/secret.har"
if [ -r "$T/secret.har" ]; then
    # root reads everything; nobody does not.
    chmod 755 "$T"
    if command -v setpriv >/dev/null 2>&1 && setpriv --reuid=65534 --clear-groups "$HARMILL" --version >/dev/null 2>&1; then
        expect_unreadable "no right to read" "$T/secret.har" setpriv --reuid=65534 --clear-groups "$HARMILL" validate "$T/secret.har"
    else
        lacking "no right to read" "user without rights (setpriv)"
    fi
else
    expect_unreadable "no right to read" "$T/secret.har" "$HARMILL" validate "$T/secret.har"
fi
# One that cannot be read does not keep the others from it; the worst status wins.
attempt "$HARMILL" validate "$SMALL" "$T/missing.har" "$bad"
expect_status "the worst of several" 3
expect_contains "the worst of several: the others were read" "$T/out" "$bad:"

# ---- a file that shrinks while it is read, and one that grows

if [ "${HARMILL_SAMPLE-}" != 1 ]; then
    { printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[],"_x":"'; head -c 400000000 /dev/zero | tr '\0' x; } >"$T/shrink.har"
    mkdir "$T/shrunk"
    echo old >"$T/shrunk/out.har"
    attempt_begins
    "$HARMILL" normalize --max-item-bytes 1G "$T/shrink.har" -o "$T/shrunk/out.har" >"$T/out" 2>"$T/err" </dev/null &
    child=$!
    sleep 0.05
    : >"$T/shrink.har"
    wait "$child" || status=$?
    # Cut in the middle when it was caught, empty when it came too late to begin.
    case $status in
    3) expect_contains "a file that shrinks" "$T/err" "harmill: $T/shrink.har: the file shrank while it was read" ;;
    1) expect_contains "a file that shrinks" "$T/err" "$T/shrink.har" ;;
    *) not_ok "a file that shrinks" "$(show_run)" ;;
    esac
    expect_eq "a file that shrinks: the old output" old "$(cat "$T/shrunk/out.har")"
    expect_files "a file that shrinks" "$T/shrunk" out.har
fi
# A file in /proc states a size of 0 and has more.
if [ -r /proc/version ]; then
    attempt "$HARMILL" validate /proc/version
    expect_status "a file larger than it states" 1
    expect_contains "a file larger than it states: was read" "$T/out" "/proc/version:1:1: error:"
fi
finish_faults
