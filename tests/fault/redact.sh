#!/bin/sh
# harmill redact when the machine fails: each allocation, each call to the system, a signal, a full disk. Status 3 and a message, or
# what an undisturbed run gives; the old output stays, nothing else is left, and nowhere is a secret told.
# shellcheck disable=SC2016,SC2317 # shells further in expand it; run calls functions
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

mkdir "$T/folder" "$T/spools"
TMPDIR=$T/spools
export TMPDIR
cp "$DATA/login.har" "$T/in.har"
sed 's/Tea4two-8Kq!/Milk0one-5Wz?/g' "$DATA/login.har" >"$T/other.har"
printf '%s\n' Tea4two-8Kq! Milk0one-5Wz 6qT0vXb1kPz9 Xy7-22kQ-p0Lm c7Rk2Pq9Xw st_1f9b7c3d >"$T/secrets"
grep -qF -f "$T/secrets" "$T/in.har" || not_ok "the secrets of the test stand in its capture"
echo old >"$T/old"

with_stdin() { # COMMAND...
    "$@" <"$T/in.har"
}

# What follows a disturbance: everything that it may have left. The folder has the old output, and at the end as much.
expect_kept() { # NAME
    kept_name=$1
    expect_files "$kept_name: temporary files" "$T/spools"
    if grep -qF -f "$T/secrets" "$T/out" "$T/err" "$T/folder"/*; then
        not_ok "$kept_name: a secret is told" "$(grep -oF -f "$T/secrets" "$T/out" "$T/err" "$T/folder"/* | sort | uniq -c)"
    fi
}

# The manifest is written behind the output: when it cannot be, the output is in place, whole.
expect_told() { # NAME
    expect_kept "$1"
    case $sweep_name in
    # Each input tells what became of it.
    *merge*) expect_eq "$1: messages" 0 "$(grep -vc '^harmill: .' "$T/err")" ;;
    *) expect_one_message "$1" "$T/err" ;;
    esac
    if cmp -s "$T/folder/out" "$T/old"; then
        expect_files "$1" "$T/folder" out
    else
        case $sweep_name in
        *manifest*)
            expect_same "$1: the output" "$T/wanted.file" "$T/folder/out"
            case $(ls -A "$T/folder") in
            out) ok "$1: no manifest" ;;
            *) expect_same "$1: the manifest" "$T/wanted.manifest" "$T/folder/manifest" ;;
            esac
            ;;
        *) not_ok "$1: the old output" "$(head -c 300 "$T/folder/out")" ;;
        esac
    fi
}

expect_undisturbed() { # NAME
    expect_kept "$1"
    expect_status "$1" "$wanted_status"
    expect_same "$1: stdout" "$T/wanted.out" "$T/out"
    expect_same "$1: the output" "$T/wanted.file" "$T/folder/out"
    [ ! -e "$T/wanted.manifest" ] || expect_same "$1: the manifest" "$T/wanted.manifest" "$T/folder/manifest"
}

disturb() { # SETTINGS COMMAND...
    settings=$1
    shift
    rm -rf "$T/folder"/* "$T/folder"/.harmill-*
    cp "$T/old" "$T/folder/out"
    # shellcheck disable=SC2086 # settings
    case $sweep_name in
    *stdin*) attempt with_stdin env $settings "$HARMILL" redact "$@" ;;
    *) attempt env $settings "$HARMILL" redact "$@" ;;
    esac
}

undisturbed() { # SETTING COMMAND...
    disturb "$@"
    expect_kept "$sweep_name"
    wanted_status=$status
    rm -f "$T/wanted.manifest"
    cp "$T/out" "$T/wanted.out"
    cp "$T/folder/out" "$T/wanted.file"
    [ ! -e "$T/folder/manifest" ] || cp "$T/folder/manifest" "$T/wanted.manifest"
    [ "$status" -le 1 ] || not_ok "$sweep_name: undisturbed" "$(show_run)"
}

allocations() { # NAME MOST COMMAND...
    sweep_name=$1
    sweep_most=$2
    shift 2
    undisturbed "LD_PRELOAD=$FAULTS/failalloc.so FAILALLOC_COUNT=$T/count" "$@"
    count=$(cat "$T/count")
    told=0
    for on in "" FAILALLOC_ON=1; do
        at=1
        while [ "$at" -le "$count" ]; do
            disturb "LD_PRELOAD=$FAULTS/failalloc.so FAILALLOC_AT=$at $on" "$@"
            if [ "$status" -eq 3 ]; then
                told=$((told + 1))
                expect_told "$sweep_name, allocation $at of $count $on"
            else
                expect_undisturbed "$sweep_name, allocation $at of $count $on"
            fi
            at=$((at + $(stride "$count" "$sweep_most")))
        done
    done
    echo "$sweep_name: $count allocations, $told runs ended with status 3"
    [ "$told" -gt 0 ] || not_ok "$sweep_name: no failure was told"
}

calls() { # NAME COMMAND...
    sweep_name=$1
    shift
    undisturbed "LD_PRELOAD=$FAULTS/failio.so FAILIO_COUNT=$T/count" "$@"
    cp "$T/count" "$T/counted"
    for call in read:EIO read:EINTR read:short pread:EIO write:ENOSPC write:short fsync:EIO rename:EACCES mkostemp:EACCES open:EMFILE; do
        count=$(sed -n "s/^${call%:*} //p" "$T/counted")
        at=1
        while [ "$at" -le "$count" ]; do
            disturb "LD_PRELOAD=$FAULTS/failio.so FAILIO=${call%:*}:$at:${call#*:}" "$@"
            what="$sweep_name, ${call%:*} $at of $count: ${call#*:}"
            case $call:$status in
            read:EINTR:* | *:short:*) expect_undisturbed "$what" ;;
            # A folder's flush: the file is in place, but nobody knows for how long.
            fsync:EIO:3)
                expect_kept "$what"
                expect_one_message "$what" "$T/err"
                ;;
            *:3) expect_told "$what" ;;
            # The folder, and the account of the umask, may be out of reach without harm.
            open:*) expect_undisturbed "$what" ;;
            *) not_ok "$what" "$(show_run)" ;;
            esac
            at=$((at + $(stride "$count" 8)))
        done
    done
}

if [ -n "${SANITIZE-}" ]; then
    # No skip: the plain build runs it, here it can never run.
    echo "short memory and failing calls: not under sanitizers, which have allocators and calls of their own"
elif [ ! -e "$FAULTS/failalloc.so" ] || [ ! -e "$FAULTS/failio.so" ]; then
    lacking "short memory and failing calls" "$FAULTS/failalloc.so"
else
    most=4
    [ "${HARMILL_SAMPLE-}" != 1 ] || most=2
    allocations "short memory" $((most * 3)) -q "$T/in.har" -o "$T/folder/out"
    allocations "short memory, strict" "$most" -q --mode strict "$T/in.har" -o "$T/folder/out"
    allocations "short memory, persons, random texts, no bodies" "$most" -q --pii --suspicious --redact-bodies drop "$T/in.har" \
        -o "$T/folder/out"
    allocations "short memory, merge" "$most" -q --merge "$T/in.har" "$T/other.har" -o "$T/folder/out"
    allocations "short memory, stdin" "$most" -q - -o "$T/folder/out"
    allocations "short memory, stdout" "$most" -q "$T/in.har"
    allocations "short memory, a manifest" "$most" -q --manifest "$T/folder/manifest" "$T/in.har" -o "$T/folder/out"
    "$HARMILL" redact -q "$T/in.har" -o "$T/clean.har"
    allocations "short memory, verify" "$most" -q --verify "$T/clean.har"
    calls "calls, stdin with a manifest" -q --manifest "$T/folder/manifest" - -o "$T/folder/out"
    calls "calls, merge" -q --merge "$T/in.har" "$T/other.har" -o "$T/folder/out"
    calls "calls, stdout" -q "$T/in.har"
    allocations "short memory, check" "$most" -q --check "$T/in.har"
    calls "calls, check" -q --check "$T/in.har"
fi

# ---- full disks

sweep_name="a full disk"
if [ -w /dev/full ]; then
    cp "$T/old" "$T/folder/out"
    attempt sh -c '"$HARMILL" redact -q "$T/in.har" >/dev/full'
    expect_status "a full stdout" 3
    expect_one_message "a full stdout" "$T/err"
    expect_kept "a full stdout"
fi
awk 'BEGIN { printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < 2000; i++)
        printf "%s{\"startedDateTime\":\"2026-03-01T10:00:00Z\",\"_password\":\"Tea4two-8Kq!%d\",\"_a\":\"%060d\"}", i ? ",\n" : "", i, i
    print "]}}" }' >"$T/large.har"
for what in file stdin; do
    sweep_name="a limit on files, $what"
    rm -rf "$T/folder"/* "$T/folder"/.harmill-*
    cp "$T/old" "$T/folder/out"
    case $what in
    file) attempt sh -c 'trap "" XFSZ; ulimit -f 16; exec "$HARMILL" redact -q "$T/large.har" -o "$T/folder/out"' ;;
    *) attempt sh -c 'trap "" XFSZ; ulimit -f 16; exec "$HARMILL" redact -q -o "$T/folder/out" <"$T/large.har"' ;;
    esac
    expect_status "$sweep_name" 3
    expect_told "$sweep_name"
done
sweep_name="no folder for what is read once"
rm -rf "$T/folder"/*
cp "$T/old" "$T/folder/out"
attempt env TMPDIR=/dev/null "$HARMILL" redact -q - -o "$T/folder/out"
expect_status "$sweep_name" 3
expect_told "$sweep_name"

# ---- signals: while a pipe is copied, while secrets are learned, while the output is written

mkfifo "$T/fed"
for signal in TERM HUP KILL; do
    rm -rf "$T/folder"/* "$T/folder"/.harmill-*
    cp "$T/old" "$T/folder/out"
    attempt_begins
    "$HARMILL" redact -q - -o "$T/folder/out" >"$T/out" 2>"$T/err" <"$T/fed" &
    child=$!
    exec 9>"$T/fed"
    head -c 3000 "$T/in.har" >&9
    sleep 0.1
    kill -s "$signal" "$child"
    wait "$child" || status=$?
    exec 9>&-
    case $signal in
    TERM) expect_status "SIGTERM while it is copied" 143 ;;
    HUP) expect_status "SIGHUP while it is copied" 129 ;;
    *) expect_status "SIGKILL while it is copied" 137 ;;
    esac
    expect_kept "SIG$signal while it is copied"
    expect_empty "SIG$signal while it is copied: stderr" "$T/err"
    expect_files "SIG$signal while it is copied" "$T/folder" out
    expect_same "SIG$signal while it is copied: the old output" "$T/old" "$T/folder/out"
done
"$HARMILL" redact -q "$T/large.har" -o "$T/wanted.file"
rounds=10
[ "${HARMILL_LONG-}" != 1 ] || rounds=200
round=0
ended=0
while [ "$round" -lt "$rounds" ]; do
    rm -rf "$T/folder"/* "$T/folder"/.harmill-*
    cp "$T/old" "$T/folder/out"
    attempt_begins
    "$HARMILL" redact -q "$T/large.har" -o "$T/folder/out" >"$T/out" 2>"$T/err" </dev/null &
    child=$!
    sleep "0.0$((round * 7 % 10))"
    signal=$([ $((round % 2)) = 0 ] && echo TERM || echo KILL)
    kill -s "$signal" "$child" 2>/dev/null
    wait "$child" || status=$?
    [ "$status" = 0 ] || ended=$((ended + 1))
    # Killed it cannot tidy up: what it leaves has no secret either.
    if [ "$signal" = TERM ]; then
        expect_files "SIGTERM in round $round" "$T/folder" out
    fi
    expect_kept "SIG$signal in round $round"
    if [ "$(grep -lF -f "$T/secrets" -r "$T/folder")" != "" ]; then
        not_ok "SIG$signal in round $round: a secret is left in a file"
    fi
    if ! cmp -s "$T/old" "$T/folder/out" && ! cmp -s "$T/wanted.file" "$T/folder/out"; then
        not_ok "SIG$signal in round $round: neither old nor new"
    fi
    round=$((round + 1))
done
echo "ended in $ended of $rounds rounds"
finish_faults
