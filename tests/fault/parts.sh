#!/bin/sh
# Merging and splitting: every write, fsync, rename, open, temporary file and allocation fails in turn, then come signals. A merge leaves the
# old output, a split leaves the folder as it was; nothing else is left.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

cd "$T" || exit 3
mkdir folder
"$HARMILL" normalize -q "$DATA/shop.har" -o a.har || not_ok "the first capture is written"
"$HARMILL" normalize -q --indent 0 "$DATA/ticket.har" -o b.har || not_ok "the second capture is written"

# ---- full disks, the plain way

if [ -w /dev/full ]; then
    attempt "$HARMILL" normalize -q --merge a.har b.har -o /dev/full
    expect_status "merge to /dev/full" 3
    expect_one_message "merge to /dev/full" "$T/err"
    # shellcheck disable=SC2016 # the inner shell expands it
    attempt sh -c '"$HARMILL" normalize -q --merge a.har b.har >/dev/full'
    expect_status "merge to a full stdout" 3
    expect_one_message "merge to a full stdout" "$T/err"
fi
# shellcheck disable=SC2016
attempt sh -c '{ "$HARMILL" normalize -q --merge a.har b.har 2>"$T/err"; echo $? >"$T/status"; } | sleep 0'
case $(cat "$T/status") in
0 | 141) expect_empty "merge to a closed pipe: no message" "$T/err" ;;
*) not_ok "merge to a closed pipe" "$(cat "$T/status" "$T/err")" ;;
esac
# A file may be of 8 blocks: parts fit or not.
# shellcheck disable=SC2016
attempt sh -c 'trap "" XFSZ; ulimit -f 8; "$HARMILL" normalize -q --split 10 a.har -o limited'
expect_status "split below a limit of sizes" 3
expect_one_message "split below a limit of sizes" "$T/err"
check_status "split below a limit of sizes: no folder" 1 test -e limited

# ---- each call

shim=$FAULTS/failio.so
if [ "${SANITIZE-}" != "" ]; then
    echo "not under sanitizers: failing calls"
elif [ ! -e "$shim" ]; then
    lacking "failing calls" "$shim"
else
    reset() { # what the outputs find
        rm -rf folder parts
        mkdir folder
        echo old >folder/out
    }

    inject() { # SETTING COMMAND...
        inject_setting=$1
        shift
        reset
        attempt env LD_PRELOAD="$shim" "$inject_setting" "$HARMILL" "$@"
    }

    whole() { # NAME: as without a fault
        expect_eq "$1: the output" "$wanted" "$(cat folder/out parts/* 2>/dev/null | cksum)"
    }

    untouched() { # NAME
        expect_status "$1" 3
        expect_one_message "$1" "$T/err"
        expect_eq "$1: the old output" old "$(cat folder/out)"
        expect_files "$1" folder out
        check_status "$1: no folder of parts" 1 test -e parts
    }

    sweep() { # NAME COMMAND...
        name=$1
        shift
        inject "FAILIO_COUNT=$T/count" "$@"
        expect_status "$name: undisturbed" 0
        wanted=$(cat folder/out parts/* 2>/dev/null | cksum)
        cp count counted
        for fault in write:EINTR write:short write:ENOSPC fsync:EIO rename:EXDEV open:EMFILE mkostemp:EACCES read:EIO read:short; do
            call=${fault%:*}
            how=${fault#*:}
            count=$(sed -n "s/^$call //p" counted)
            step=$(stride "${count:-0}" 12)
            at=1
            while [ "$at" -le "${count:-0}" ]; do
                inject "FAILIO=$call:$at:$how" "$@"
                what="$name, $call $at of $count: $how"
                case $fault in
                *:EINTR | *:short)
                    expect_status "$what" 0
                    whole "$what"
                    ;;
                # The folder's own flush and the account of the umask may fail without harm; after a failed flush of the folder the
                # file of a merge is in place, but nobody knows for how long.
                open:* | fsync:* | read:*)
                    if [ "$status" -eq 0 ]; then
                        whole "$what"
                    elif [ "$(cat folder/out)" != old ]; then
                        expect_status "$what" 3
                        whole "$what"
                    else
                        untouched "$what"
                    fi
                    ;;
                *) untouched "$what" ;;
                esac
                at=$((at + step))
            done
        done
        inject "FAILIO=write:1+:ENOSPC" "$@"
        untouched "$name, every write: ENOSPC"
    }

    sweep "merge" normalize -q --merge a.har b.har -o folder/out
    sweep "merge, small blocks" normalize -q --block-size 30000 --merge a.har b.har a.har -o folder/out
    sweep "split" normalize -q --split host a.har -o parts
    sweep "split, five to a part" convert -q -t har --split 5 b.har -o parts
    sweep "merge and split" normalize -q --merge --split page a.har b.har -o parts

    # ---- each allocation

    shim=$FAULTS/failalloc.so
    cat >small.har <<'HAR'
{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"_x":1,"pages":[{"startedDateTime":"2026-01-01T00:00:00Z","id":"p",
"title":"","pageTimings":{}}],"entries":[{"pageref":"p","request":{"url":"http://a/"}},{"pageref":"q","request":{"url":"http://b/"}}]}}
HAR
    for words in "normalize -q --merge small.har b.har small.har -o folder/out" "normalize -q --split host small.har -o parts" \
        "normalize -q --merge --split page small.har small.har -o parts" "convert -q -t html --split host small.har -o parts" \
        "convert -q -t html --merge small.har b.har -o folder/out"; do
        # shellcheck disable=SC2086 # words of a command
        inject "FAILALLOC_COUNT=$T/count" $words
        wanted=$(cat folder/out parts/* 2>/dev/null | cksum)
        count=$(cat count)
        expect_eq "$words: it was counted" yes "$([ "${count:-0}" -gt 50 ] && echo yes)"
        step=$(stride "$count" 40)
        at=1
        while [ "$at" -le "$count" ]; do
            # shellcheck disable=SC2086
            inject "FAILALLOC_AT=$at" $words
            if [ "$status" -eq 0 ]; then
                whole "$words, allocation $at of $count"
            else
                untouched "$words, allocation $at of $count"
            fi
            at=$((at + step))
        done
    done
fi

# ---- signals: while stdin is waited for

mkfifo fed
interrupt() { # NAME COMMAND...
    interrupt_name=$1
    shift
    rm -rf folder parts
    mkdir folder
    echo old >folder/out
    attempt_begins
    "$@" >"$T/out" 2>"$T/err" <fed &
    child=$!
    exec 9>fed
    head -c 60000 a.har >&9
    sleep 0.3
    kill -s TERM "$child"
    wait "$child" || status=$?
    exec 9>&-
    expect_status "$interrupt_name: died of the signal" 143
    expect_eq "$interrupt_name: the old output" old "$(cat folder/out)"
    expect_files "$interrupt_name" folder out
    check_status "$interrupt_name: no folder" 1 test -e parts
}
interrupt "SIGTERM in a merge" "$HARMILL" normalize -q --merge b.har - -o folder/out
interrupt "SIGTERM in a split" "$HARMILL" normalize -q --split host - -o parts
interrupt "SIGTERM in both" "$HARMILL" normalize -q --merge --split host b.har - -o parts

# ---- killed while parts are written: all that has a name of a part is whole, and there is no index

awk 'BEGIN {
    printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
    for (i = 0; i < 3000; i++)
        printf "%s{\"time\":%d,\"request\":{\"url\":\"http://h%d.example/\"}}", i ? "," : "", i, i % 1000
    print "]}}" }' >turns.har
for delay in 0.05 0.1 0.2 0.4; do
    for signal in KILL TERM; do
        rm -rf parts
        attempt_begins
        "$HARMILL" convert -q -t har --no-normalize --split host turns.har -o parts >"$T/out" 2>"$T/err" </dev/null &
        child=$!
        sleep $delay
        kill -s $signal "$child" 2>/dev/null
        wait "$child" || status=$?
        what="SIG$signal after $delay s"
        if [ "$status" -eq 0 ]; then
            check_status "$what: too late, all is there" 0 test -e parts/index.json
        elif [ "$signal" = TERM ]; then
            expect_status "$what" 143
            check_status "$what: nothing is left" 1 test -e parts
        elif [ -e parts ]; then
            check_status "$what: no index" 1 test -e parts/index.json
            for part in parts/[0-9]*.har; do
                [ ! -e "$part" ] || [ "$(tail -c 4 "$part" | tr -d '\n ')" = "}}" ] || not_ok "$what: $part is cut"
            done
        fi
    done
done
finish_faults
