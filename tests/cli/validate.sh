#!/bin/sh
# harmill validate: options, streams, exit status.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$ROOT/tests/fault/small.har" ok.har
# Columns counted by hand: 40 for the 7 of line 3 (an emoji is one), and a tab is one column.
cat >bad.har <<'END'
{"log": {
  "version": "1.2",
  "creator": {"name": "é😀", "version": 7},
  "pages": [],
  "entries": [
	{"startedDateTime": "2026-13-01T10:00:00Z", "time": "x"}
  ]
}}
END
cat >bad.text <<'END'
bad.har:3:40: error: creator.version is a number, not a string [wrong-type] (/log/creator/version)
bad.har:6:2: error: entry.request is missing [missing-member] (/log/entries/0)
bad.har:6:2: error: entry.response is missing [missing-member] (/log/entries/0)
bad.har:6:2: warning: entry.cache is missing [missing-cache] (/log/entries/0)
bad.har:6:2: error: entry.timings is missing [missing-member] (/log/entries/0)
bad.har:6:22: error: entry.startedDateTime does not exist in the calendar: a string of 20 bytes [impossible-date] (/log/entries/0/startedDateTime)
bad.har:6:54: error: entry.time is a string, not a number [wrong-type] (/log/entries/0/time)
END
echo 'bad.har: HAR 1.2, 1 entry, 6 errors, 1 warning' >bad.summary
echo 'ok.har: HAR 1.2, 2 entries, clean' >ok.summary

# ---- streams and status

run "$HARMILL" validate bad.har
expect_status "errors" 1
expect_same "findings on stdout" bad.text "$T/out"
expect_same "the summary on stderr" bad.summary "$T/err"
run "$HARMILL" validate ok.har
expect_status "clean" 0
expect_empty "clean: stdout" "$T/out"
expect_same "clean: the summary" ok.summary "$T/err"
run "$HARMILL" validate -q bad.har
expect_status "-q" 1
expect_empty "-q: stdout" "$T/out"
expect_empty "-q: stderr" "$T/err"
check_status "-q, missing" 3 "$HARMILL" validate -q missing.har
expect_eq "-q, missing: errors are still told" "harmill: missing.har: cannot open: No such file or directory" "$(cat "$T/err")"
run "$HARMILL" validate ok.har bad.har
expect_status "several" 1
expect_same "several: findings" bad.text "$T/out"
expect_eq "several: one line on stderr" "2 files: 6 errors, 1 warning (1 file clean)" "$(cat "$T/err")"
run "$HARMILL" validate -v ok.har bad.har
{ cat ok.summary bad.summary && echo "2 files: 6 errors, 1 warning (1 file clean)"; } >wanted
expect_same "several, -v" wanted "$T/err"
run "$HARMILL" validate ok.har ok.har
expect_eq "several clean ones" "2 files: all clean" "$(cat "$T/err")"
run "$HARMILL" validate bad.har missing.har ok.har
expect_status "the worst status wins" 3
expect_same "the worst status wins: findings of the others" bad.text "$T/out"
expect_contains "the worst status wins: told" "$T/err" "3 files: 6 errors, 1 warning, 1 could not be read (1 file clean)"

# ---- stdin

run sh -c '"$HARMILL" validate <bad.har'
expect_status "stdin" 1
sed 's/^bad.har/stdin/' bad.text >wanted
expect_same "stdin: its name" wanted "$T/out"
run sh -c '"$HARMILL" validate - --stdin-name captures/a.har <bad.har'
sed 's|^bad.har|captures/a.har|' bad.text >wanted
expect_same "--stdin-name" wanted "$T/out"
run sh -c '"$HARMILL" validate ok.har - --stdin-name=x <bad.har'
expect_status "stdin among others" 1
expect_contains "stdin among others: its name" "$T/out" "x:3:40: error:"
check_status "stdin twice" 2 "$HARMILL" validate - -
expect_eq "stdin twice: why" "harmill: stdin can be read only once" "$(cat "$T/err")"

# ---- which findings, and what they mean

run "$HARMILL" validate --select missing-cache,wrong-type bad.har
expect_status "--select" 1
grep -e missing-cache -e wrong-type bad.text >wanted
expect_same "--select" wanted "$T/out"
expect_contains "--select: counted" "$T/err" "2 errors, 1 warning"
run "$HARMILL" validate --select missing-cache bad.har
expect_status "--select without errors" 0
run "$HARMILL" validate --ignore missing-member,wrong-type --ignore impossible-date bad.har
expect_status "--ignore" 0
grep missing-cache bad.text >wanted
expect_same "--ignore" wanted "$T/out"
run "$HARMILL" validate --select wrong-type,missing-cache --ignore wrong-type bad.har
expect_same "--ignore wins over --select" wanted "$T/out"
run "$HARMILL" validate --rule missing-cache=error --rule wrong-type=info --rule missing-member=off bad.har
expect_status "--rule" 1
grep -e missing-cache -e impossible-date bad.text | sed 's/: warning: /: error: /' >wanted
expect_same "--rule" wanted "$T/out"
expect_eq "--rule: counted" "bad.har: HAR 1.2, 1 entry, 2 errors, 2 infos" "$(cat "$T/err")"
run "$HARMILL" validate --show error bad.har
grep -v ': warning:' bad.text >wanted
expect_same "--show error" wanted "$T/out"
expect_same "--show error: all are counted" bad.summary "$T/err"
run "$HARMILL" validate --show info --rule wrong-type=info bad.har
expect_eq "--show info" 2 "$(grep -c ': info: ' "$T/out")"
for pair in error:1 warning:1 info:1 never:0; do
    check_status "--fail-on ${pair%:*}" "${pair#*:}" "$HARMILL" validate --fail-on "${pair%:*}" bad.har
done
for pair in error:0 warning:1 info:1 never:0; do
    check_status "a warning, --fail-on ${pair%:*}" "${pair#*:}" "$HARMILL" validate --select missing-cache --fail-on "${pair%:*}" bad.har
done
for pair in error:0 warning:0 info:1 never:0; do
    check_status "an info, --fail-on ${pair%:*}" "${pair#*:}" "$HARMILL" validate --select missing-cache --rule missing-cache=info \
        --fail-on "${pair%:*}" bad.har
done
check_status "--fail-on never does not hide what cannot be read" 3 "$HARMILL" validate --fail-on never missing.har
printf '{' >cut.har
check_status "what is cut fails without its rule, too" 1 "$HARMILL" validate --ignore json-truncated cut.har
run "$HARMILL" validate --max-findings 1 bad.har
{ sed -n '1,2p' bad.text && sed -n '4p;6p' bad.text; } >wanted
{
    echo 'bad.har: and 2 more [missing-member]; --max-findings 0 prints all'
    echo 'bad.har: and 1 more [wrong-type]; --max-findings 0 prints all'
} >wanted.more
grep -v ' more \[' "$T/out" >found
grep ' more \[' "$T/out" >found.more
expect_same "--max-findings 1" wanted found
expect_same "--max-findings 1: the rest" wanted.more found.more
run "$HARMILL" validate --max-findings 0 bad.har
expect_same "--max-findings 0" bad.text "$T/out"
run "$HARMILL" validate --show-values bad.har
expect_contains "--show-values" "$T/out" 'calendar: "2026-13-01T10:00:00Z" [impossible-date]'
expect_contains "--show-values: the line, without what others say" "$T/out" '{"startedDateTime": "2026-13-01T10:00:00Z", "time": "…"}'

# ---- color

color="$(printf '\033')["
run "$HARMILL" validate bad.har
expect_lacks "--color auto, no terminal" "$T/out" "$color"
run "$HARMILL" validate --color always bad.har
sed "s/^\([^ ]*:\) error:/${color}1m\1${color}0m ${color}1;31merror:${color}0m/
    s/^\([^ ]*:\) warning:/${color}1m\1${color}0m ${color}1;35mwarning:${color}0m/" bad.text >wanted
expect_same "--color always" wanted "$T/out"
run env NO_COLOR=1 "$HARMILL" validate --color always bad.har
expect_contains "an option is stronger than NO_COLOR" "$T/out" "$color"
run env FORCE_COLOR=1 "$HARMILL" validate bad.har
expect_contains "FORCE_COLOR" "$T/out" "$color"
# A terminal: values, the line and a caret are shown. Five columns left of the caret: margin 4, cut mark 3, window 30.
if need_tool "a terminal" script && ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    lacking "a terminal" "pseudo terminal"
elif command -v script >/dev/null 2>&1; then
    on_terminal() { # COMMAND
        script -qec "$1" /dev/null </dev/null | tr -d '\r' >"$T/out"
    }
    on_terminal "NO_COLOR=1 '$HARMILL' validate --ignore missing-member,missing-cache bad.har"
    cat >wanted <<'END'
bad.har:3:40: error: creator.version is a number, not a string [wrong-type] (/log/creator/version)
    ...or": {"name": "…", "version": 7}
                                     ^
bad.har:6:22: error: entry.startedDateTime does not exist in the calendar: "2026-13-01T10:00:00Z" [impossible-date] (/log/entries/0/startedDateTime)
    ...{"startedDateTime": "2026-13-01T10:00:00Z", "time": "…"}
                           ^~~~~~~~~~~~~~~~~~~~~~
bad.har:6:54: error: entry.time is a string, not a number [wrong-type] (/log/entries/0/time)
    ...tartedDateTime": "…", "time": "x"}
                                     ^~~
bad.har: HAR 1.2, 1 entry, 3 errors
END
    expect_same "a terminal, NO_COLOR: lines and carets" wanted "$T/out"
    on_terminal "TERM=dumb '$HARMILL' validate bad.har"
    expect_lacks "a dumb terminal" "$T/out" "$color"
    on_terminal "TERM=xterm '$HARMILL' validate bad.har"
    expect_contains "a terminal: color" "$T/out" "${color}1;31merror:"
    on_terminal "TERM=xterm '$HARMILL' validate --color never bad.har"
    expect_lacks "a terminal, --color never" "$T/out" "$color"
    # Without input on a terminal: the command's help.
    script -qec "'$HARMILL' validate" /dev/null </dev/null >"$T/out"
    expect_eq "nothing to read on a terminal: status" 2 "$?"
    expect_contains "nothing to read on a terminal: help" "$T/out" "Usage: harmill validate"
fi

# ---- lists of names, folders

printf 'ok.har\n\nbad.har\r\n' >list
run "$HARMILL" validate --files-from list
expect_status "--files-from" 1
expect_same "--files-from" bad.text "$T/out"
expect_eq "--files-from: an empty line is none" "2 files: 6 errors, 1 warning (1 file clean)" "$(cat "$T/err")"
cp bad.har 'two
lines.har'
printf 'ok.har\0two\nlines.har\0' >list0
run "$HARMILL" validate --files-from list0 -0
expect_status "--files-from -0" 1
expect_contains "--files-from -0: the name in one line" "$T/out" 'two\x0alines.har:3:40: error:'
run sh -c 'printf "ok.har\nbad.har\n" | "$HARMILL" validate --files-from -'
expect_status "--files-from -" 1
run "$HARMILL" validate --files-from list ok.har
expect_contains "--files-from and operands" "$T/err" "3 files: "
check_status "--files-from, NULs without -0" 2 "$HARMILL" validate --files-from list0
expect_contains "--files-from, NULs without -0: why" "$T/err" "-0"
check_status "--files-from, missing" 3 "$HARMILL" validate --files-from missing
: >empty
check_status "--files-from, empty" 0 "$HARMILL" validate --files-from empty
check_status "-0 alone" 2 "$HARMILL" validate -0 ok.har
mkdir -p folder/b/c folder/a
cp ok.har folder/b/c/deep.har
cp bad.har folder/a/bad.har
cp bad.har folder/a/bad.json
gzip -c ok.har >folder/b/packed.HAR.GZ
cp bad.har folder/.hidden.har
ln -s ../folder folder/circle
ln -s ../../bad.har folder/b/linked.har
run "$HARMILL" validate -v folder
expect_status "a folder" 1
expect_eq "a folder: what was read, in order" "folder/.hidden.har folder/a/bad.har folder/b/c/deep.har folder/b/linked.har folder/b/packed.HAR.GZ " \
    "$(sed -n 's/^\(.*\): HAR 1\.2,.*/\1/p' "$T/err" | tr '\n' ' ')"
run "$HARMILL" validate -v folder/
expect_contains "a folder with a slash" "$T/err" "folder/a/bad.har: HAR"

# ---- reports

run "$HARMILL" validate --report jsonl bad.har ok.har
expect_status "jsonl" 1
if need_tool "jsonl" jq; then
    expect_eq "jsonl: places" "3:40 6:2 6:2 6:2 6:2 6:22 6:54" \
        "$(jq -r 'select(.type == "finding") | "\(.line):\(.column)"' "$T/out" | tr '\n' ' ' | sed 's/ $//')"
    expect_eq "jsonl: one record for each input" "bad.har findings 6 1 ok.har clean 0 0" \
        "$(jq -r 'select(.type == "input") | "\(.source) \(.status) \(.errors) \(.warnings)"' "$T/out" | tr '\n' ' ' | sed 's/ $//')"
    expect_eq "jsonl: the offset" 7 "$(jq -r 'select(.line == 3) | .offset' "$T/out" | { read -r at; tail -c "+$((at + 1))" bad.har | head -c 1; })"
fi
run "$HARMILL" validate --report jsonl:report.jsonl bad.har
expect_status "jsonl to a file" 1
expect_same "jsonl to a file: text stays" bad.text "$T/out"
run "$HARMILL" validate --report jsonl bad.har
expect_same "jsonl to a file is jsonl on stdout" "$T/out" report.jsonl
run "$HARMILL" validate --report text:report.text --report jsonl bad.har
expect_same "text to a file" bad.text report.text
expect_lacks "text to a file: not on stdout" "$T/out" "error: "
run "$HARMILL" validate -q --report jsonl bad.har
expect_contains "-q: a report that was asked for" "$T/out" '"type":"finding"'
expect_empty "-q: stderr" "$T/err"
check_status "two reports on stdout" 2 "$HARMILL" validate --report jsonl --report text bad.har
expect_eq "two reports on stdout: why" "harmill: two reports go to stdout; give all but one a file: --report FORMAT:PATH" "$(cat "$T/err")"
expect_empty "two reports on stdout: nothing was done" "$T/out"
run "$HARMILL" validate --report jsonl missing.har
expect_status "jsonl, missing" 3
if need_tool "jsonl, missing" jq; then
    expect_eq "jsonl, missing: its record" "missing.har unreadable" "$(jq -r '"\(.source) \(.status)"' "$T/out")"
fi

# ---- options after the operands, and --

run "$HARMILL" validate bad.har -q
expect_status "options behind operands" 1
expect_empty "options behind operands" "$T/out"
cp ok.har ./-q.har
check_status "--" 0 "$HARMILL" validate -- -q.har
check_status "a name that begins with a dash" 2 "$HARMILL" validate -q.har
finish
