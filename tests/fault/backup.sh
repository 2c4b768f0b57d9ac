#!/bin/sh
# normalize --in-place --backup, killed before each call and with each call failing: under the file's name there is the old or the new
# one, whole, at any time, and under the backup's the old one, whole, or what was there before.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

mkdir "$T/folder"
file=$T/folder/a.har
"$HARMILL" normalize --indent 3 "$DATA/shop.har" -o "$T/old.har"
"$HARMILL" normalize "$DATA/shop.har" -o "$T/new.har"
"$HARMILL" normalize "$SMALL" -o "$T/older.har"

set_up() { # yes: there is a backup already
    rm -rf "$T/folder"
    mkdir "$T/folder"
    cp "$T/old.har" "$file"
    chmod 640 "$file"
    [ "$1" = no ] || cp "$T/older.har" "$file~"
}

# Whole, and the file's new form only where the old one is kept.
expect_kept() { # NAME yes|no
    if cmp -s "$file" "$T/old.har"; then
        is=old
    elif cmp -s "$file" "$T/new.har"; then
        is=new
    else
        is=neither
    fi
    if [ ! -e "$file~" ]; then
        kept=none
    elif cmp -s "$file~" "$T/old.har"; then
        kept=old
    elif cmp -s "$file~" "$T/older.har"; then
        kept=older
    else
        kept=neither
    fi
    case $2:$is:$kept in
    no:old:none | no:old:old | no:new:old | yes:old:older | yes:old:old | yes:new:old) ok "$1" ;;
    *) not_ok "$1" "the file is $is, the backup $kept" ;;
    esac
    expect_eq "$1: the mode" 640 "$(stat -c %a "$file")"
}

# ---- killed at some time

rounds=40
[ "${HARMILL_LONG-}" != 1 ] || rounds=400
round=0
killed=0
while [ "$round" -lt "$rounds" ]; do
    before=no
    [ $((round % 2)) = 0 ] || before=yes
    set_up "$before"
    attempt_begins
    "$HARMILL" normalize -i --backup "$file" >"$T/out" 2>"$T/err" </dev/null &
    child=$!
    sleep "0.0$((round % 4))$((round * 7 % 10))"
    kill -s KILL "$child" 2>/dev/null
    wait "$child" || status=$?
    [ "$status" -ne 137 ] || killed=$((killed + 1))
    expect_kept "killed in round $round" "$before"
    round=$((round + 1))
done
echo "killed in $killed of $rounds rounds"

shim=$FAULTS/failio.so
if [ "${SANITIZE-}" != "" ]; then
    echo "not under sanitizers, which have allocators and calls of their own"
    finish_faults
fi
[ -e "$shim" ] || {
    lacking "failing calls" "$shim"
    finish_faults
}

inject() { # SPEC
    attempt env LD_PRELOAD="$shim" "$1" "$HARMILL" normalize -i --backup "$file"
}

# ---- killed before each call, failing ones

set_up no
attempt env LD_PRELOAD="$shim" FAILIO_COUNT="$T/counts" "$HARMILL" normalize -i --backup "$file"
expect_status "nothing fails" 0
expect_kept "nothing fails" no
tr '\n' ',' <"$T/counts" && echo
while read -r call count; do
    step=$(stride "$count" 12)
    at=1
    while [ "$at" -le "$count" ]; do
        for before in no yes; do
            set_up "$before"
            inject "FAILIO=$call:$at:kill"
            expect_status "killed before $call $at of $count" 137
            expect_kept "killed before $call $at of $count, backup before: $before" "$before"
            case $call in
            read | open) hows=EIO ;;
            link) hows='EPERM EXDEV' ;;
            copy_file_range) hows=EXDEV ;;
            *) hows='EIO ENOSPC' ;;
            esac
            for how in $hows; do
                set_up "$before"
                inject "FAILIO=$call:$at:$how"
                what="$call $at of $count: $how, backup before: $before"
                expect_kept "$what" "$before"
                case $call:$status:$(wc -l <"$T/err") in
                link:0:0) cmp -s "$file~" "$T/old.har" || not_ok "$what: the backup is a copy" ;; # where links are impossible
                *:0:0 | *:3:1) ok "$what: told" ;;
                *) not_ok "$what: told" "$(show_run)" ;;
                esac
                left=$(find "$T/folder" -name '.harmill*')
                [ -z "$left" ] || not_ok "$what: nothing is left" "$left"
            done
        done
        at=$((at + step))
    done
done <"$T/counts"

# ---- a copy instead of a link: the same, with the copy's own calls

cat >"$T/nolink.c" <<'END'
#include <errno.h>
int link(const char *from, const char *to);
int link(const char *from, const char *to)
{
    (void)from;
    (void)to;
    errno = EPERM;
    return -1;
}
END
if need_tool "copies" "${CC:-cc}" && "${CC:-cc}" -shared -fPIC -o "$T/nolink.so" "$T/nolink.c" 2>"$T/err"; then
    shim="$T/nolink.so:$shim"
    set_up yes
    touch -d '2001-02-03 04:05:06' "$file"
    attempt env LD_PRELOAD="$shim" FAILIO_COUNT="$T/counts" "$HARMILL" normalize -i --backup "$file"
    expect_status "a copy" 0
    expect_same "a copy: the backup" "$T/old.har" "$file~"
    expect_eq "a copy: its mode" 640 "$(stat -c %a "$file~")"
    expect_files "a copy" "$T/folder" "a.har a.har~"
    while read -r call count; do
        at=$count # what the copy adds stands at the end
        while [ "$at" -ge 1 ] && [ "$at" -gt $((count - 6)) ]; do
            for how in kill ENOSPC; do
                set_up yes
                inject "FAILIO=$call:$at:$how"
                what="a copy, $call $at of $count: $how"
                expect_kept "$what" yes
                left=$(find "$T/folder" -name '.harmill*')
                [ "$how" = kill ] || [ -z "$left" ] || not_ok "$what: nothing is left" "$left"
            done
            at=$((at - 1))
        done
    done <"$T/counts"
fi
finish_faults
