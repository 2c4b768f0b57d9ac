#!/bin/sh
# normalize --in-place --backup: what is kept, under which name, and when.
# shellcheck disable=SC2010,SC2012 # the names are known ones
. "$(dirname "$0")/../lib.sh"
begin
mkdir "$T/work"
cd "$T/work" || exit 3

printf '{"log":{"entries":[],"creator":{"version":"1","name":"a"},"version":"1.2"}}' >old
printf '{"log":{"entries":[],"creator":{"version":"2","name":"b"},"version":"1.2"}}' >older
"$HARMILL" normalize old >new
"$HARMILL" normalize older >newer

files() { # NAMES...: in the folder, but for the four above
    expect_eq "$1: files" "$2" "$(LC_ALL=C ls -A | grep -v -x -e old -e older -e new -e newer | tr '\n' ' ' | sed 's/ $//')"
}

cp old a.har
chmod 640 a.har
touch -d '2001-02-03 04:05:06' a.har
inode=$(stat -c '%i %Y' a.har)
run "$HARMILL" normalize -i --backup a.har
expect_status "--backup" 0
expect_same "--backup: the file" new a.har
expect_same "--backup: the old one" old a.har~
expect_eq "--backup: the modes" "640 640" "$(stat -c %a a.har a.har~ | tr '\n' ' ' | sed 's/ $//')"
expect_eq "--backup: it is the old file itself" "$inode" "$(stat -c '%i %Y' a.har~)"
files "--backup" "a.har a.har~"
run "$HARMILL" normalize -i --backup=.orig a.har
expect_status "nothing changes" 0
files "nothing changes: nothing is kept" "a.har a.har~"
cp older a.har
run "$HARMILL" normalize --in-place --backup a.har
expect_same "a backup is replaced" older a.har~
expect_same "a backup is replaced: the file" newer a.har
cp old a.har
run "$HARMILL" normalize -i --backup=.2026-03-01 a.har
expect_same "another suffix" old a.har.2026-03-01
expect_same "another suffix: the other backup stays" older a.har~
files "another suffix" "a.har a.har.2026-03-01 a.har~"
rm a.har*

cp old a.har
cp old b.har
run "$HARMILL" normalize -i --backup a.har b.har
expect_status "two files" 0
files "two files" "a.har a.har~ b.har b.har~"
rm a.har* b.har*

# A file that has its backup's name already, as a second one.
cp old a.har
ln a.har a.har~
run "$HARMILL" normalize -i --backup a.har
expect_status "the same file by two names" 0
expect_same "the same file by two names: the file" new a.har
expect_same "the same file by two names: the backup" old a.har~
files "the same file by two names" "a.har a.har~"
rm a.har*

# Behind a symbolic link: beside what is replaced.
mkdir real
cp old real/a.har
ln -s real/a.har a.har
run "$HARMILL" normalize -i --backup a.har
expect_status "a link" 0
check_status "a link: it stays" 0 test -L a.har
expect_same "a link: the backup lies beside its target" old real/a.har~
expect_eq "a link: files" "a.har a.har~" "$(LC_ALL=C ls -A real | tr '\n' ' ' | sed 's/ $//')"
files "a link" "a.har real"
# A backup that is a link is replaced; what it leads to stays.
cp old real/a.har
cp older victim
rm real/a.har~
ln -s ../victim real/a.har~
run "$HARMILL" normalize -i --backup real/a.har
expect_same "a backup that was a link" old real/a.har~
check_status "a backup that was a link is a file" 1 test -L real/a.har~
expect_same "a backup that was a link: its target" older victim
rm -r real victim a.har

# What cannot be kept is not replaced.
cp old a.har
mkdir a.har~
run "$HARMILL" normalize -i --backup a.har
expect_status "a folder with the backup's name" 3
expect_contains "a folder with the backup's name: told" "$T/err" "harmill: a.har: cannot put the backup in place: "
expect_same "a folder with the backup's name: the file stays" old a.har
files "a folder with the backup's name" "a.har a.har~"
rmdir a.har~
long=.$(printf '%0254d' 0)
run "$HARMILL" normalize -i "--backup=$long" a.har
expect_status "a name that is too long" 3
expect_same "a name that is too long: the file stays" old a.har
files "a name that is too long" a.har
printf '{"log":' >broken.har
run "$HARMILL" normalize -i --backup broken.har
expect_status "a broken file" 1
files "a broken file: nothing is kept" "a.har broken.har"
rm broken.har

# Packed files.
if need_tool "a packed file" gzip; then
    gzip -nc old >a.har.gz
    cp a.har.gz old.gz
    run "$HARMILL" normalize -i --backup a.har.gz
    expect_status "a packed file" 0
    expect_same "a packed file: the backup" old.gz a.har.gz~
    rm a.har.gz* old.gz
fi

# Usage.
for arguments in '--backup a.har' '--backup=.bak a.har -o out.har' '-i --backup= a.har' '-i --backup=/tmp/x a.har' \
    '-i --backup=../x a.har' '--check --backup a.har'; do
    # shellcheck disable=SC2086 # several words
    check_status "normalize $arguments" 2 "$HARMILL" normalize $arguments
    files "normalize $arguments" a.har
done
expect_same "after wrong usage" old a.har
cp old a.har~
check_status "a backup that would replace an input" 2 "$HARMILL" normalize -i --backup a.har a.har~
expect_eq "a backup that would replace an input: told" "harmill: the backup of a.har would replace a.har~, which is an input, too" \
    "$(cat "$T/err")"
expect_same "a backup that would replace an input: it stays" old a.har
check_status "convert knows no --backup" 2 "$HARMILL" convert --backup a.har -o b.har
finish
