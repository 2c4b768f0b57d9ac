#!/bin/sh
# Every allocation fails once, then from there on: a message and status 3, or the output of an undisturbed run; no crash,
# nothing left behind.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
. "$ROOT/tests/zip.inc"
begin

if [ "${SANITIZE-}" != "" ]; then
    # No skip: the plain build runs it, here it can never run.
    echo "not under sanitizers, which have allocators and calls of their own"
    finish_faults
fi
shim=$FAULTS/failalloc.so
[ -e "$shim" ] || {
    lacking "short memory" "$shim"
    finish_faults
}
mkdir "$T/folder"
gzip -c "$SMALL" >"$T/small.har.gz" 2>/dev/null || cp "$SMALL" "$T/small.har.gz"
head -c 1200 "$SMALL" >"$T/broken.har"
# Many findings, names that need escapes, deferred ones.
printf '%s' '{"a":0,"log":{"entries":[{"a/b~":1,"time":"x","startedDateTime":"no","request":[],"_x":{"a":1,"a":2}},7,{"request":{"cookies":{"a":1},"queryString":["x"],"url":"a","url":"b"},"ok":1}],"version":"1.1","pages":3},"b":1}' >"$T/odd.har"

# Out of order, one date with an escape, what belongs before the entries behind them.
awk 'BEGIN {
    printf "{\"log\":{\"entries\":["
    for (i = 3; i > 0; i--) {
        printf "%s{\"startedDateTime\":\"2026-03-01T10:0%d\\u003a00Z\",\"time\":0,", i < 3 ? "," : "", i
        printf "\"request\":{\"method\":\"GET\",\"url\":\"http://a/\","
        printf "\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],\"queryString\":[],\"headersSize\":-1,\"bodySize\":0},"
        printf "\"response\":{\"status\":200,\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":[],"
        printf "\"content\":{\"size\":0,\"mimeType\":\"\"},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":0},"
        printf "\"cache\":{},\"timings\":{\"send\":0,\"wait\":0,\"receive\":0}}\n"
    }
    print "],\"creator\":{\"name\":\"a\",\"version\":\"1\"},\"version\":\"1.2\",\"pages\":[]}}" }' >"$T/unsorted.har"
"$HARMILL" validate -q "$T/unsorted.har" || not_ok "the unsorted capture is valid"

# COMMAND...; a word OUT in it is the output's name. Compared are status, stdout and that output.
once() { # AT-SETTING COUNT-FILE COMMAND...
    once_setting=$1
    once_count=$2
    shift 2
    rm -f "$T/folder"/* "$T/folder"/.harmill-*
    # shellcheck disable=SC2086 # settings
    attempt env LD_PRELOAD="$shim" FAILALLOC_COUNT="$once_count" $once_setting "$HARMILL" "$@"
}

# With short memory more is hidden of names and values, which is told: then it is the same but for that.
expect_same_or_hidden() { # NAME WANTED ACTUAL
    if ! cmp -s "$2" "$3" && grep -qE '\[hidden\]|a hidden value|…' "$3" && [ "$(wc -l <"$2")" -eq "$(wc -l <"$3")" ]; then
        ok "$1: hidden"
    else
        expect_same "$@"
    fi
}

sweep() { # NAME MOST COMMAND...
    sweep_name=$1
    sweep_most=$2 # by its own name: others follow with $most
    shift 2
    once FAILALLOC_AT=0 "$T/count" "$@"
    cp "$T/out" "$T/wanted.out"
    wanted_status=$status
    rm -f "$T/wanted.file"
    [ ! -e "$T/folder/out" ] || cp "$T/folder/out" "$T/wanted.file"
    count=$(cat "$T/count")
    expect_eq "$sweep_name: it was counted" yes "$([ "${count:-0}" -gt 5 ] && echo yes)"
    if [ "$wanted_status" -gt 1 ]; then
        not_ok "$sweep_name: undisturbed" "$(show_run)"
        return
    fi
    step=$(stride "$count" "$sweep_most")
    told=0
    for on in "" FAILALLOC_ON=1; do
        at=1
        while [ "$at" -le "$count" ]; do
            once "FAILALLOC_AT=$at $on" /dev/null "$@"
            sweep_case="$sweep_name, allocation $at of $count $on"
            if [ "$status" -eq 3 ]; then
                told=$((told + 1))
                # The report about it may fail as well and say the same.
                sort -u "$T/err" >"$T/told"
                case $sweep_name in
                *odd* | *broken*) expect_one_complaint "$sweep_case" "$T/told" ;;
                *) expect_one_message "$sweep_case" "$T/told" ;;
                esac
                # A report on an input that could not be read says so; it is whole.
                # Findings are printed when the output is in place already: then it is whole.
                if [ ! -e "$T/folder/out" ]; then
                    expect_files "$sweep_case" "$T/folder"
                elif [ "$sweep_name" = "normalize, odd" ]; then
                    expect_same "$sweep_case: output" "$T/wanted.file" "$T/folder/out"
                    expect_files "$sweep_case" "$T/folder" out
                else
                    expect_files "$sweep_case" "$T/folder" out
                    expect_contains "$sweep_case: the report" "$T/folder/out" '"status":"unreadable"'
                fi
            elif [ "$status" -ne "$wanted_status" ]; then
                not_ok "$sweep_case" "expected status $wanted_status or 3, $(show_run)"
            else
                expect_same_or_hidden "$sweep_case: stdout" "$T/wanted.out" "$T/out"
                if [ -e "$T/wanted.file" ]; then
                    expect_same_or_hidden "$sweep_case: output" "$T/wanted.file" "$T/folder/out"
                    expect_files "$sweep_case" "$T/folder" out
                else
                    expect_files "$sweep_case" "$T/folder"
                fi
            fi
            at=$((at + step))
        done
    done
    echo "$sweep_name: $count allocations, step $step, $told runs ended with status 3"
    [ "$told" -gt 0 ] || not_ok "$sweep_name: no failure was told"
}

most=16
[ "${HARMILL_SAMPLE-}" != 1 ] || most=10
sweep "validate" "$most" validate "$SMALL"
sweep "validate, odd" "$most" validate --show info --max-findings 0 "$T/odd.har"
sweep "validate, broken" "$most" validate "$T/broken.har"
sweep "validate, odd, jsonl" "$most" validate --report jsonl "$T/odd.har"
sweep "validate, odd, jsonl to a file" "$most" validate --report "jsonl:$T/folder/out" "$T/odd.har"
for report in json sarif github gitlab junit; do
    sweep "validate, odd, $report" "$most" validate --show info --report "$report" "$T/odd.har"
done
sweep "validate, odd, json to a file" "$most" validate --report "json:$T/folder/out" "$T/odd.har"
echo '{"profile": "har-1.2-strict", "select": ["structure"], "rules": {"wrong-type": "info"}, "baseline": "known.json"}' >"$T/c.json"
"$HARMILL" validate -q --write-baseline "$T/known.json" "$SMALL" "$T/odd.har"
# Each of these: jansson loses a byte when its buffer does not grow, and only then.
sweep "validate, odd, configured" 1000 validate --config "$T/c.json" --fail-on info "$T/odd.har"
sweep "validate, odd, new baseline" 1000 validate --config "$T/c.json" --write-baseline "$T/folder/out" "$T/odd.har"
sweep "info" "$most" info "$SMALL"
sweep "info, odd, json" "$most" info --json "$T/odd.har"
sweep "normalize" "$most" normalize "$SMALL" -o "$T/folder/out"
chosen='url=~"[.]example/" and status in (200, 404) or not header("x")=="\\u00e9"'
sweep "normalize, chosen and stripped" "$most" normalize --filter "$chosen" --dedupe --drop-bodies --max-body 1 --drop-custom "$SMALL" \
    -o "$T/folder/out"
sweep "html" "$most" convert -t html --bodies all --title x "$SMALL" -o "$T/folder/out"
sweep "normalize, blocks of 100" "$most" normalize --block-size 100 "$SMALL" -o "$T/folder/out"
sweep "normalize, unpacked" "$most" normalize "$T/small.har.gz" -o "$T/folder/out"
if "$HARMILL" --version | grep -q libzip; then
    sed 's/"text": "<p>€<.p>"/"_file": "body"/' "$SMALL" >"$T/attached.har"
    zip_begin "$T/attached.zip"
    zip_add small.har "$T/attached.har"
    printf '<p>€</p>' >"$T/body"
    zip_add body "$T/body"
    zip_end
    sweep "normalize, a zip archive" "$most" normalize "$T/attached.zip" -o "$T/folder/out"
    sweep "validate, a zip archive" "$most" validate "$T/attached.zip"
fi
sweep "normalize to stdout" "$most" normalize "$SMALL"
sweep "normalize --check" "$most" normalize --check "$SMALL"
sweep "normalize, out of order" "$most" normalize "$T/unsorted.har" -o "$T/folder/out"
sweep "normalize, out of order, to stdout" "$most" normalize "$T/unsorted.har"
sweep "normalize --check, out of order" "$most" normalize --check "$T/unsorted.har"
sweep "convert" "$most" convert -t har --indent 0 "$SMALL" -o "$T/folder/out"
sweep "convert, larger" "$most" convert -t har "$DATA/shop.har" -o "$T/folder/out"
sweep "normalize, odd" "$most" normalize "$T/odd.har" -o "$T/folder/out"
sweep "normalize, broken" "$most" normalize "$T/broken.har" -o "$T/folder/out"
sweep "rules" "$most" rules --json
sweep "list" "$most" list --json
"$HARMILL" convert -q "$SMALL" -o "$T/small.xml"
if "$HARMILL" validate -q "$T/small.xml" >/dev/null 2>&1; then # a build without libxml2 cannot read it
    sweep "validate, XML" "$most" validate "$T/small.xml"
    sweep "convert from XML" 1000 convert -t har "$T/small.xml" -o "$T/folder/out"
fi
sweep "convert to XML" "$most" convert -t xml "$SMALL" -o "$T/folder/out"
sweep "help" "$most" help validate
sweep "completion" "$most" completion zsh
finish_faults
