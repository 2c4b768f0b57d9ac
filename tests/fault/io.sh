#!/bin/sh
# Every read, write, fsync, rename and open fails in turn: interrupted and short ones change nothing, the others end with status
# 3 and one message, the old output stays, nothing else is left.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
. "$ROOT/tests/zip.inc"
begin

if [ "${SANITIZE-}" != "" ]; then
    # No skip: the plain build runs it, here it can never run.
    echo "not under sanitizers, which have allocators and calls of their own"
    finish_faults
fi
shim=$FAULTS/failio.so
[ -e "$shim" ] || {
    lacking "failing calls" "$shim"
    finish_faults
}
mkdir "$T/folder"
# Pages and version last, so that the head of the output is written anew or kept open; larger than one write. With SECONDS the
# entries are out of order.
make_late() { # COUNT SECONDS
    awk -v count="$1" -v seconds="$2" 'BEGIN {
    printf "{\"log\":{\"entries\":["
    for (i = 0; i < count; i++) {
        printf "%s{\"startedDateTime\":\"2026-03-01T10:00:%02dZ\",\"time\":0,", i ? "," : "", (i * 7) % seconds
        printf "\"request\":{\"method\":\"GET\",\"url\":\"http://a/\","
        printf "\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],\"queryString\":[],\"headersSize\":-1,\"bodySize\":0},"
        printf "\"response\":{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],"
        printf "\"content\":{\"size\":0,\"mimeType\":\"\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":0},"
        printf "\"cache\":{},\"timings\":{\"send\":0,\"wait\":0,\"receive\":0}}\n"
    }
    print "],\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"version\":\"1.2\",\"pages\":[]}}" }'
}
make_late 200 1 >"$T/late.har"
make_late 200 60 >"$T/unsorted.har"
# Too large for a spool's memory.
make_late 2000 60 >"$T/unsorted-large.har"
make_late 2000 1 >"$T/late-large.har"
"$HARMILL" validate -q "$T/late.har" || not_ok "the capture itself is valid"
gzip -n -c "$T/late.har" >"$T/late.har.gz" 2>/dev/null || cp "$T/late.har" "$T/late.har.gz"

calls() { # CALL, from $T/count
    sed -n "s/^$1 //p" "$T/count"
}

# What lies where the output goes: something else, or the input.
echo old >"$T/old"
old=$T/old

inject() { # SETTING COMMAND...
    inject_setting=$1
    shift
    rm -f "$T/folder"/* "$T/folder"/.harmill-*
    cp "$old" "$T/folder/out"
    attempt env LD_PRELOAD="$shim" "$inject_setting" "$HARMILL" "$@"
}

expect_undisturbed() { # NAME
    expect_status "$1" "$wanted_status"
    expect_same "$1: stdout" "$T/wanted.out" "$T/out"
    expect_same "$1: output" "$T/wanted.file" "$T/folder/out"
    expect_files "$1" "$T/folder" out
}

expect_told() { # NAME
    expect_status "$1" 3
    expect_one_message "$1" "$T/err"
    expect_same "$1: the old output" "$old" "$T/folder/out"
    expect_files "$1" "$T/folder" out
}

sweep() { # NAME COMMAND...
    name=$1
    shift
    inject "FAILIO_COUNT=$T/count" "$@"
    cp "$T/out" "$T/wanted.out"
    cp "$T/folder/out" "$T/wanted.file"
    cp "$T/count" "$T/counted"
    wanted_status=$status
    [ "$status" -le 1 ] || not_ok "$name: undisturbed" "$(show_run)"
    echo "$name: $(tr '\n' ',' <"$T/count")"
    for call in $sweep_calls; do
        case $call in
        read | pread) hows='EINTR short EIO' ;;
        write) hows='EINTR short ENOSPC EIO EDQUOT' ;;
        fsync) hows='EIO ENOSPC' ;;
        rename) hows='EXDEV EACCES' ;;
        open) hows='EINTR EMFILE' ;;
        *) hows='EMFILE EACCES' ;;
        esac
        cp "$T/counted" "$T/count"
        count=$(calls "$call")
        step=$(stride "$count" 25)
        for how in $hows; do
            at=1
            while [ "$at" -le "$count" ]; do
                inject "FAILIO=$call:$at:$how" "$@"
                what="$name, $call $at of $count: $how"
                case $call:$how in
                *:EINTR | *:short) expect_undisturbed "$what" ;;
                # The folder's own flush, and the account of the umask, may fail without harm.
                open:* | fsync:ENOSPC)
                    if [ "$status" -eq "$wanted_status" ]; then
                        expect_undisturbed "$what"
                    else
                        expect_told "$what"
                    fi
                    ;;
                fsync:*)
                    # The second is the folder's: the file is in place, but nobody knows for how long.
                    expect_status "$what" 3
                    expect_one_message "$what" "$T/err"
                    [ "$at" -gt 1 ] || expect_same "$what: the old output" "$old" "$T/folder/out"
                    expect_files "$what" "$T/folder" out
                    ;;
                *) expect_told "$what" ;;
                esac
                at=$((at + step))
            done
        done
        # Not only once.
        if [ "$count" -gt 0 ] && [ "$call" != open ] && [ "$call" != fsync ]; then
            how=${hows##* }
            inject "FAILIO=$call:1+:$how" "$@"
            expect_told "$name, every $call: $how"
        fi
    done
    inject "FAILIO=read:1+:short" "$@"
    expect_undisturbed "$name, every read short"
    case $(calls write) in
    0) ;;
    *)
        inject "FAILIO=write:1+:short" "$@"
        expect_undisturbed "$name, every write short"
        ;;
    esac
    inject "FAILIO=copy_file_range:1+:EXDEV" "$@"
    expect_undisturbed "$name, no copy_file_range"
    for how in EXDEV short; do
        inject "FAILIO=sendfile:1+:$how" "$@"
        expect_undisturbed "$name, every sendfile: $how"
    done
    inject "FAILIO=sendfile:2:EINTR" "$@"
    expect_undisturbed "$name, the second sendfile: EINTR"
    inject "FAILIO=pread:1+:short" "$@"
    expect_undisturbed "$name, every pread short"
}

sweep_calls='read write fsync rename open mkostemp pread'
sweep "normalize" normalize "$T/late.har" -o "$T/folder/out"
sweep "normalize, small blocks" normalize --block-size 20000 "$T/late.har" -o "$T/folder/out"
sweep "normalize, unpacked" normalize "$T/late.har.gz" -o "$T/folder/out"
sweep "out of order" normalize "$T/unsorted.har" -o "$T/folder/out"
old=$T/unsorted.har
sweep "out of order, in place" normalize -i "$T/folder/out"
old=$T/old
sweep "out of order, to stdout" normalize "$T/unsorted-large.har"
sweep "in order, to stdout" normalize "$T/late-large.har"
if "$HARMILL" --version | grep -q libzip; then
    zip_begin "$T/late.zip"
    zip_add late.har "$T/late.har"
    zip_end
    sweep "normalize, a zip archive" normalize "$T/late.zip" -o "$T/folder/out"
fi
sweep "convert" convert -t har --indent 0 "$DATA/shop.har" -o "$T/folder/out"
# What is wrong with the input is in the report; what is wrong with the report is told.
sweep_calls='write fsync rename mkostemp'
sweep "a report" validate -q --report "jsonl:$T/folder/out" "$T/late.har"

# Reading alone.
inject "FAILIO_COUNT=$T/count" validate --block-size 5000 "$T/late.har"
count=$(calls read)
at=1
while [ "$at" -le "$count" ]; do
    attempt env LD_PRELOAD="$shim" FAILIO="read:$at:EIO" "$HARMILL" validate --block-size 5000 "$T/late.har"
    expect_status "validate, read $at of $count: EIO" 3
    expect_contains "validate, read $at: why" "$T/err" "harmill: $T/late.har: "
    expect_contains "validate, read $at: why" "$T/err" "Input/output error"
    expect_empty "validate, read $at: stdout" "$T/out"
    at=$((at + $(stride "$count" 25)))
done
# No descriptor left for the second of three inputs: the others are read.
attempt env LD_PRELOAD="$shim" FAILIO=open:2:EMFILE "$HARMILL" validate -v "$SMALL" "$SMALL" "$SMALL"
expect_status "no descriptor for one of three" 3
expect_eq "no descriptor for one of three: the others" 2 "$(grep -c ', clean$' "$T/err")"
finish_faults
