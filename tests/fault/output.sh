#!/bin/sh
# Outputs that cannot be written, or are no plain files: the old output stays, nothing else is left, the mode is kept.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

mode_of() {
    stat -c %a "$1"
}

"$HARMILL" normalize "$SMALL" -o "$T/wanted.har" || not_ok "the small capture is written"
export SMALL

# ---- a full disk

if [ -w /dev/full ]; then
    attempt sh -c '"$HARMILL" normalize "$DATA/shop.har" >/dev/full'
    expect_status "normalize to a full stdout" 3
    expect_one_message "normalize to a full stdout" "$T/err"
    expect_contains "normalize to a full stdout: why" "$T/err" "No space left on device"
    attempt sh -c '"$HARMILL" normalize "$SMALL" >/dev/full'
    expect_status "a little to a full stdout" 3
    expect_one_message "a little to a full stdout" "$T/err"
    awk 'BEGIN { printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
        for (i = 0; i < 30000; i++) printf "%s{\"startedDateTime\":\"2026-03-01T10:00:%02dZ\"}", i ? ",\n" : "", i % 60
        print "]}}" }' >"$T/unsorted.har"
    attempt sh -c '"$HARMILL" normalize -q "$T/unsorted.har" >/dev/full'
    expect_status "out of order to a full stdout" 3
    expect_one_message "out of order to a full stdout" "$T/err"
    expect_contains "out of order to a full stdout: why" "$T/err" "No space left on device"
    attempt env TMPDIR=/dev/null "$HARMILL" normalize -q "$T/unsorted.har"
    expect_status "no folder for what waits to be put in order" 3
    expect_one_message "no folder for what waits to be put in order" "$T/err"
    attempt sh -c '{ "$HARMILL" normalize -q "$T/unsorted.har" 2>"$T/err"; echo $? >"$T/status"; } | head -c 10 >/dev/null'
    expect_eq "out of order to a closed pipe: ended by SIGPIPE" 141 "$(cat "$T/status")"
    rm -f "$T/unsorted.har"
    attempt "$HARMILL" normalize "$SMALL" -o /dev/full
    expect_status "-o /dev/full" 3
    expect_one_message "-o /dev/full" "$T/err"
    attempt sh -c '"$HARMILL" validate "$DATA/invalid/wrong-type/fail.har" >/dev/full'
    expect_status "findings to a full stdout" 3
    expect_contains "findings to a full stdout: why" "$T/err" "No space left on device"
    attempt sh -c '"$HARMILL" validate --report jsonl "$SMALL" "$SMALL" "$SMALL" >/dev/full'
    expect_status "a report to a full stdout" 3
    attempt "$HARMILL" validate --report jsonl:/dev/full "$SMALL"
    expect_status "a report to /dev/full" 3
    expect_contains "a report to /dev/full: why" "$T/err" "No space left on device"
    printf '\357\273\277' | cat - "$SMALL" >"$T/mark.har"
    export T
    for command in "info $SMALL" "info --json $SMALL" "info $T/mark.har" "info --json $T/mark.har $SMALL"; do
        # shellcheck disable=SC2086 # words of a command
        attempt sh -c '"$HARMILL" "$@" >/dev/full' sh $command
        expect_status "$command to a full stdout" 3
        expect_one_message "$command to a full stdout" "$T/err"
        # shellcheck disable=SC2086 # words of a command
        attempt sh -c 'exec "$HARMILL" "$@" >&-' sh $command
        expect_status "$command to a closed stdout" 3
        # shellcheck disable=SC2086 # words of a command
        attempt sh -c '{ "$HARMILL" "$@" 2>"$T/err"; echo $? >"$T/status"; } | sleep 0' sh $command
        case $(cat "$T/status") in
        0 | 141) expect_empty "$command to a closed pipe: no message" "$T/err" ;;
        *) not_ok "$command to a closed pipe" "$(cat "$T/status" "$T/err")" ;;
        esac
    done
    for command in "list" "rules" "rules --json" "help" "--version" "validate --help" "completion bash"; do
        # shellcheck disable=SC2086 # words of a command
        attempt sh -c '"$HARMILL" "$@" >/dev/full' sh $command
        expect_status "$command to a full stdout" 3
        expect_one_message "$command to a full stdout" "$T/err"
    done
    check_status "/dev/full is still a device" 0 test -c /dev/full
else
    skip "a full disk" "no /dev/full"
fi
attempt sh -c 'exec "$HARMILL" normalize "$SMALL" >&-'
expect_status "a closed stdout" 3
attempt sh -c 'exec "$HARMILL" validate "$DATA/invalid/wrong-type/fail.har" >&-'
expect_status "findings to a closed stdout" 3
attempt sh -c 'exec "$HARMILL" normalize "$SMALL" -o "$T/closed.har" >&- 2>&- <&-'
expect_status "all streams closed" 0
expect_same "all streams closed: the output" "$T/wanted.har" "$T/closed.har"
rm -f "$T/closed.har"

# ---- files may not grow past a limit: the signal is SIGXFSZ unless it is ignored

mkdir "$T/limit"
echo old >"$T/limit/out.har"
attempt sh -c 'trap "" XFSZ; ulimit -f 16; exec "$HARMILL" normalize "$DATA/shop.har" -o "$T/limit/out.har"'
expect_status "a limit on files" 3
expect_contains "a limit on files: why" "$T/err" "File too large"
expect_one_message "a limit on files" "$T/err"
expect_eq "a limit on files: the old output" old "$(cat "$T/limit/out.har")"
expect_files "a limit on files" "$T/limit" out.har
cp "$DATA/shop.har" "$T/limit/shop.har"
attempt sh -c 'trap "" XFSZ; ulimit -f 16; exec "$HARMILL" normalize -i --indent 1 "$T/limit/shop.har"'
expect_status "a limit on files, in place" 3
expect_same "a limit on files, in place: unchanged" "$DATA/shop.har" "$T/limit/shop.har"
expect_files "a limit on files, in place" "$T/limit" "out.har shop.har"
# The signal itself is the system's way to end it; the old file stays.
attempt sh -c 'ulimit -f 16; exec "$HARMILL" normalize "$DATA/shop.har" -o "$T/limit/out.har"'
case $status in
3 | 153) ok "a limit on files, with its signal" ;;
*) not_ok "a limit on files, with its signal" "$(show_run)" ;;
esac
expect_eq "a limit on files, with its signal: the old output" old "$(cat "$T/limit/out.har")"

# ---- a pipe that nobody reads any more

attempt sh -c '{ "$HARMILL" normalize "$DATA/shop.har" 2>"$T/err"; echo $? >"$T/status"; } | head -c 10 >/dev/null'
expect_eq "a closed pipe: ended by SIGPIPE" 141 "$(cat "$T/status")"
expect_empty "a closed pipe: no message" "$T/err"
awk 'BEGIN { printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < 30000; i++) printf "%s7", i ? ",\n" : ""
    print "]}}" }' >"$T/many.har"
attempt sh -c '{ "$HARMILL" validate --max-findings 0 "$T/many.har" 2>"$T/err"; echo $? >"$T/status"; } | head -c 10 >/dev/null'
expect_eq "findings to a closed pipe: ended by SIGPIPE" 141 "$(cat "$T/status")"
expect_empty "findings to a closed pipe: no message" "$T/err"
rm -f "$T/many.har"

# ---- folders

mkdir "$T/folder"
attempt "$HARMILL" normalize "$SMALL" -o "$T/folder/missing/out.har"
expect_status "a missing folder" 3
expect_one_message "a missing folder" "$T/err"
expect_contains "a missing folder: its name" "$T/err" "$T/folder/missing/out.har"
expect_files "a missing folder" "$T/folder"
attempt "$HARMILL" normalize "$SMALL" -o "$SMALL/out.har"
expect_status "a file as folder" 3
attempt "$HARMILL" normalize "$SMALL" -o "$T/folder"
expect_status "an existing folder takes the input's name" 0
expect_same "an existing folder: the output" "$T/wanted.har" "$T/folder/small.har"
mkdir "$T/folder/taken.har"
cp "$SMALL" "$T/taken.har"
attempt "$HARMILL" normalize "$T/taken.har" -o "$T/folder/"
expect_status "a folder where the file should be" 3
expect_contains "a folder where the file should be: why" "$T/err" "$T/folder/taken.har: is a directory"
expect_files "a folder where the file should be" "$T/folder" "small.har taken.har"
attempt "$HARMILL" normalize "$SMALL" -o ''
expect_status "an output without name" 2

readonly_as() { # COMMAND... as somebody who may not write to the folder
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}
mkdir "$T/read-only"
cp "$T/wanted.har" "$T/read-only/out.har"
cp "$SMALL" "$T/read-only/other.har"
chmod 755 "$T"
chmod 444 "$T/read-only"/*
chmod 555 "$T/read-only"
if [ "$(id -u)" -ne 0 ] || { command -v setpriv >/dev/null 2>&1 && readonly_as "$HARMILL" --version >/dev/null 2>&1; }; then
    attempt readonly_as "$HARMILL" normalize "$SMALL" -o "$T/read-only/new.har"
    expect_status "a read-only folder" 3
    expect_one_message "a read-only folder" "$T/err"
    expect_contains "a read-only folder: why" "$T/err" "Permission denied"
    attempt readonly_as "$HARMILL" normalize -i "$T/read-only/other.har"
    expect_status "in place in a read-only folder" 3
    expect_same "in place in a read-only folder: unchanged" "$SMALL" "$T/read-only/other.har"
    expect_files "a read-only folder" "$T/read-only" "other.har out.har"
    chmod 777 "$T/read-only"
    attempt readonly_as "$HARMILL" normalize -i "$T/read-only/other.har"
    expect_status "a read-only file" 3
    expect_same "a read-only file: unchanged" "$SMALL" "$T/read-only/other.har"
    expect_files "a read-only file" "$T/read-only" "other.har out.har"
else
    lacking "a read-only folder" "user without rights (setpriv)"
fi

# ---- output is input, links, modes

cp "$SMALL" "$T/folder/self.har"
chmod 640 "$T/folder/self.har"
attempt "$HARMILL" normalize "$T/folder/self.har" -o "$T/folder/self.har"
expect_status "output is input" 0
expect_same "output is input: the output" "$T/wanted.har" "$T/folder/self.har"
expect_eq "output is input: the mode" 640 "$(mode_of "$T/folder/self.har")"
head -c 900 "$SMALL" >"$T/folder/self.har"
cp "$T/folder/self.har" "$T/broken.har"
attempt "$HARMILL" normalize "$T/folder/self.har" -o "$T/folder/self.har"
expect_status "output is input, broken" 1
expect_same "output is input, broken: unchanged" "$T/broken.har" "$T/folder/self.har"
attempt "$HARMILL" normalize -i "$T/folder/self.har"
expect_status "in place, broken" 1
expect_same "in place, broken: unchanged" "$T/broken.har" "$T/folder/self.har"
expect_contains "in place, broken: told" "$T/err" "nothing was written"
rm "$T/folder/self.har"

mkdir "$T/links" "$T/elsewhere"
echo old >"$T/elsewhere/real.har"
chmod 604 "$T/elsewhere/real.har"
ln -s ../elsewhere/real.har "$T/links/one.har"
ln -s one.har "$T/links/two.har"
attempt "$HARMILL" normalize "$SMALL" -o "$T/links/two.har"
expect_status "a link to a link" 0
expect_eq "a link to a link: the links stay" "one.har ../elsewhere/real.har" "$(readlink "$T/links/two.har") $(readlink "$T/links/one.har")"
expect_same "a link to a link: the target is replaced" "$T/wanted.har" "$T/elsewhere/real.har"
expect_eq "a link to a link: the mode" 604 "$(mode_of "$T/elsewhere/real.har")"
expect_files "a link to a link" "$T/elsewhere" real.har
expect_files "a link to a link" "$T/links" "one.har two.har"
cp "$SMALL" "$T/elsewhere/real.har"
attempt "$HARMILL" normalize -i "$T/links/two.har"
expect_status "a link in place" 0
expect_same "a link in place: the target is replaced" "$T/wanted.har" "$T/elsewhere/real.har"
check_status "a link in place: it stays" 0 test -L "$T/links/two.har"
ln -s new.har "$T/links/dangling.har"
attempt "$HARMILL" normalize "$SMALL" -o "$T/links/dangling.har"
expect_status "a dangling link" 0
expect_same "a dangling link: its target is made" "$T/wanted.har" "$T/links/new.har"
ln -s circle.har "$T/links/circle.har"
attempt "$HARMILL" normalize "$SMALL" -o "$T/links/circle.har"
expect_status "a link to itself" 3
expect_files "links" "$T/links" "circle.har dangling.har new.har one.har two.har"

for mask in 000 022 027 077; do
    attempt sh -c 'umask "$1"; exec "$HARMILL" normalize "$SMALL" -o "$T/masked.har"' sh "$mask"
    expect_status "umask $mask" 0
    case $mask in
    000) wanted=666 ;;
    022) wanted=644 ;;
    027) wanted=640 ;;
    *) wanted=600 ;;
    esac
    expect_eq "umask $mask: the mode" "$wanted" "$(mode_of "$T/masked.har")"
    rm -f "$T/masked.har"
done

mkfifo "$T/pipe"
attempt_begins
cat "$T/pipe" >"$T/piped.har" &
reader=$!
run "$HARMILL" normalize "$SMALL" -o "$T/pipe"
wait "$reader"
expect_status "a named pipe" 0
expect_same "a named pipe: the output" "$T/wanted.har" "$T/piped.har"
check_status "a named pipe: it stays" 0 test -p "$T/pipe"

# ---- the spool folder

attempt env TMPDIR="$T/no-such-folder" "$HARMILL" normalize "$SMALL" -o "$T/spool.har"
expect_status "a spool that is not needed" 0
mkdir "$T/spool"
attempt env TMPDIR="$T/spool" "$HARMILL" normalize "$DATA/shop.har" -o "$T/spool.har"
expect_status "a spool" 0
expect_files "a spool" "$T/spool"

# ---- locales

for locale in C de_DE.UTF-8 tr_TR.UTF-8 de_DE.utf8 tr_TR.utf8; do
    if [ "$locale" != C ] && ! locale -a 2>/dev/null | grep -qx "$locale"; then
        continue
    fi
    attempt env LC_ALL="$locale" "$HARMILL" normalize "$SMALL"
    expect_status "locale $locale" 0
    expect_same "locale $locale: the output" "$T/wanted.har" "$T/out"
    env LC_ALL=C.UTF-8 "$HARMILL" validate --show info --max-findings 0 "$DATA/invalid/impossible-date/fail.har" >"$T/findings" 2>/dev/null
    attempt env LC_ALL="$locale" "$HARMILL" validate --show info --max-findings 0 "$DATA/invalid/impossible-date/fail.har"
    expect_same "locale $locale: the findings" "$T/findings" "$T/out"
done
finish_faults
