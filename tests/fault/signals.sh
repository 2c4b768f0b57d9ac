#!/bin/sh
# Signals midway: temporary files are removed, the old output stays, and the program dies of the signal.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
begin

mkdir "$T/folder"
fed=$T/fed
mkfifo "$fed"

# Starts COMMAND... with a pipe as stdin, gives it the beginning of a capture, waits for the temporary file, sends SIGNAL.
interrupt() { # SIGNAL COMMAND...
    signal=$1
    shift
    attempt_begins
    "$@" >"$T/out" 2>"$T/err" <"$fed" &
    child=$!
    exec 9>"$fed"
    head -c 150000 "$DATA/shop.har" >&9
    tries=0
    while [ "$tries" -lt 100 ] && [ -z "$(find "$T/folder" -name '.harmill-*')" ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    temporary=$(find "$T/folder" -name '.harmill-*' | wc -l)
    temporary_mode=$(find "$T/folder" -name '.harmill-*' -exec stat -c %a {} \;)
    kill -s "$signal" "$child"
    wait "$child" || status=$?
    exec 9>&-
}

# The shell that runs this started its background processes with SIGINT ignored, so env sets it back where it can.
reset=
if env --default-signal=INT true 2>/dev/null; then
    reset="env --default-signal=INT,QUIT"
fi

for signal in TERM INT HUP; do
    case $signal in
    TERM) expected=143 ;;
    HUP) expected=129 ;;
    *)
        expected=130
        if [ -z "$reset" ]; then
            lacking "SIGINT" "env --default-signal"
            continue
        fi
        ;;
    esac
    echo old >"$T/folder/out.har"
    # shellcheck disable=SC2086 # two words or none
    interrupt "$signal" $reset "$HARMILL" normalize - -o "$T/folder/out.har"
    expect_eq "SIG$signal: a temporary file was there" "1 600" "$temporary $temporary_mode"
    expect_status "SIG$signal: died of it" "$expected"
    expect_eq "SIG$signal: the old output" old "$(cat "$T/folder/out.har")"
    expect_files "SIG$signal" "$T/folder" out.har
    expect_empty "SIG$signal: stderr" "$T/err"
    rm "$T/folder/out.har"
    # shellcheck disable=SC2086 # two words or none
    interrupt "$signal" $reset "$HARMILL" normalize - -o "$T/folder/out.har"
    expect_status "SIG$signal without an old output: died of it" "$expected"
    expect_files "SIG$signal without an old output" "$T/folder"
done

# SIGKILL cannot be caught: the target is the old one all the same.
echo old >"$T/folder/out.har"
interrupt KILL "$HARMILL" normalize - -o "$T/folder/out.har"
expect_status "SIGKILL" 137
expect_eq "SIGKILL: the old output" old "$(cat "$T/folder/out.har")"
rm -f "$T/folder"/.harmill-*

# Killed at any time while it writes in place: the old bytes or the new ones, whole.
"$HARMILL" normalize --indent 3 "$DATA/shop.har" -o "$T/three.har"
"$HARMILL" normalize "$DATA/shop.har" -o "$T/two.har"
rounds=40
[ "${HARMILL_LONG-}" != 1 ] || rounds=400
round=0
killed=0
while [ "$round" -lt "$rounds" ]; do
    cp "$T/three.har" "$T/folder/out.har"
    attempt_begins
    "$HARMILL" normalize -i "$T/folder/out.har" >"$T/out" 2>"$T/err" </dev/null &
    child=$!
    sleep "0.00$((round % 10))"
    kill -s KILL "$child" 2>/dev/null
    wait "$child" || status=$?
    [ "$status" -ne 137 ] || killed=$((killed + 1))
    if cmp -s "$T/folder/out.har" "$T/three.har" || cmp -s "$T/folder/out.har" "$T/two.har"; then
        ok "killed in round $round"
    else
        not_ok "killed in round $round: neither old nor new" "$(wc -c "$T/folder/out.har")"
    fi
    rm -f "$T/folder"/.harmill-*
    round=$((round + 1))
done
echo "killed in $killed of $rounds rounds"

# While the entries are put in order, when the whole capture is written already: slowed down by failio.so.
shim=$FAULTS/failio.so
if [ -z "${SANITIZE-}" ] && [ -e "$shim" ]; then
    mkdir "$T/order"
    awk 'BEGIN {
        printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"entries\":["
        for (i = 0; i < 5000; i++)
            printf "%s{\"startedDateTime\":\"2026-03-01T10:00:%02dZ\",\"_a\":\"%0200d\"}", i ? ",\n" : "", i % 60, i
        print "]}}" }' >"$T/unsorted.har"
    for signal in TERM KILL; do
        echo old >"$T/order/out.har"
        attempt_begins
        LD_PRELOAD="$shim" FAILIO=pread:1+:slow "$HARMILL" normalize -q "$T/unsorted.har" -o "$T/order/out.har" \
            >"$T/out" 2>"$T/err" </dev/null &
        child=$!
        tries=0
        while [ "$tries" -lt 200 ] && [ "$(find "$T/order" -name '.harmill-*' | wc -l)" -lt 2 ]; do
            sleep 0.02
            tries=$((tries + 1))
        done
        temporary=$(find "$T/order" -name '.harmill-*' | wc -l)
        sleep 0.1
        kill -s "$signal" "$child"
        wait "$child" || status=$?
        expect_eq "SIG$signal while ordering: it was ordering" 2 "$temporary"
        expect_eq "SIG$signal while ordering: the old output" old "$(cat "$T/order/out.har")"
        if [ "$signal" = TERM ]; then
            expect_status "SIG$signal while ordering: died of it" 143
            expect_files "SIG$signal while ordering" "$T/order" out.har
            expect_empty "SIG$signal while ordering: stderr" "$T/err"
        fi
        rm -f "$T/order"/.harmill-*
    done
    # The same to stdout, where a beginning may have left.
    attempt_begins
    LD_PRELOAD="$shim" FAILIO=pread:1+:slow "$HARMILL" normalize -q "$T/unsorted.har" >"$T/out" 2>"$T/err" </dev/null &
    child=$!
    tries=0
    while [ "$tries" -lt 200 ] && [ ! -s "$T/out" ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    kill -s TERM "$child"
    wait "$child" || status=$?
    expect_status "SIGTERM while ordering to stdout: died of it" 143
    expect_empty "SIGTERM while ordering to stdout: stderr" "$T/err"
fi

# harmill info normalizes what other programs refuse in a child, and judges what comes out of it. The signal goes to the parent
# alone; the child does not outlive it.
{
    printf '\357\273\277{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"pages":[],"entries":['
    awk 'BEGIN { for (i = 0; i < 400000; i++) printf "%s{\"_a\":\"%0100d\"}", i ? ",\n" : "", i; print "]}}" }'
} >"$T/large.har"
children() { # PID: of its children, where ps knows them
    ps -o pid= --ppid "$1" 2>/dev/null | tr -d ' '
}
if need_tool "a child" ps; then
    for signal in TERM KILL; do
        attempt_begins
        "$HARMILL" info "$T/large.har" >"$T/out" 2>"$T/err" </dev/null &
        parent=$!
        tries=0
        child=
        while [ -z "$child" ] && [ "$tries" -lt 500 ] && kill -0 "$parent" 2>/dev/null; do
            child=$(children "$parent")
            tries=$((tries + 1))
        done
        [ -n "$child" ] || echo "SIG$signal: the child came and went unseen"
        kill -s "$signal" "$parent"
        wait "$parent" || status=$?
        if [ "$signal" = TERM ]; then
            expect_status "info, SIG$signal: died of it" 143
            expect_empty "info, SIG$signal: stdout" "$T/out"
            expect_empty "info, SIG$signal: stderr" "$T/err"
        else
            # Nobody reads what the child writes: it ends by itself.
            tries=0
            while [ -n "$child" ] && kill -0 "$child" 2>/dev/null && [ "$tries" -lt 500 ]; do
                sleep 0.02
                tries=$((tries + 1))
            done
        fi
        if [ -n "$child" ] && kill -0 "$child" 2>/dev/null; then
            not_ok "info, SIG$signal: a child is left" "$(ps -o pid,args -p "$child")"
        else
            ok "info, SIG$signal: no child is left"
        fi
    done
fi
# Where the one who started it ignores the ends of children, they are known all the same.
printf '\357\273\277' | cat - "$SMALL" >"$T/mark.har"
attempt "$HARMILL" info --json "$T/mark.har"
cp "$T/out" "$T/wanted.out"
attempt sh -c 'trap "" CHLD; exec "$HARMILL" info --json "$T/mark.har"'
expect_status "info, SIGCHLD ignored" 0
expect_same "info, SIGCHLD ignored: the output" "$T/wanted.out" "$T/out"
finish_faults
