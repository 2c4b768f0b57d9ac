#!/bin/sh
# Names and values that try to break out, through every report: JSON stays JSON, XML stays XML, a line stays a line, and no line but
# those of the report for GitHub is a command.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "hostile names" jq xmllint || finish

# Files that are named to be believed, with keys that are, too.
mkdir "$T/in"
cp "$DATA"/hostile/*.har "$T/in/"
printf '%s' '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[{"\n::error::x":1,"\r\n::set-output name=a::b":2,
    "::warning::":3,"%0A::debug::":4,"</failure><error>":5,"]]>":6,"\u0000\u001b[2J":7,"\u202e\u2066":8,"\ud800":9,"\u2028":10,
    "a,line=1::x":11,"time":"\n::error::"}]}}' >"$T/in/$(printf 'x\n::error file=a,line=1::named.har')"
cp "$T/in"/x*.har "$T/in/%0A::warning::,title=b.har"
cp "$T/in"/x*.har "$T/in/$(printf '\033[31m\302\233\342\200\256\377"<&>.har')"
cd "$T/in" || exit 3

no_controls() { # NAME
    if LC_ALL=C tr -d '\n' <"$T/out" | LC_ALL=C grep -q '[[:cntrl:]]'; then
        not_ok "$1: control characters" "$(LC_ALL=C grep -n '[[:cntrl:]]' "$T/out" | cat -v | head -n 5)"
    elif LC_ALL=C grep -qaP '\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$T/out"; then
        not_ok "$1: invisible controls" "$(cat -v "$T/out" | head -n 5)"
    else
        ok "$1: no control characters"
    fi
}

for report in $("$HARMILL" list reports --json | jq -r '.reports[].name'); do
    for show in "" --show-values; do
        # shellcheck disable=SC2086 # empty or one option
        run "$HARMILL" validate --report "$report" --show info --max-findings 0 --color never $show .
        name="$report $show"
        if [ "$status" -gt 1 ]; then
            not_ok "$name" "$(show_run)"
            continue
        fi
        expect_contains "$name: something is told" "$T/out" wrong-type
        no_controls "$name"
        case $report in
        github)
            # A command a line: the properties end at the first ::, and the next one is text.
            if grep -v '^harmill: ' "$T/out" | grep -v -E '^::(error|warning|notice) file=[^:,]*,(line=[0-9]+,(col=[0-9]+,)?endLine=[0-9]+,(endColumn=[0-9]+,)?)?title=harmill[ a-z0-9-]*::' >"$T/odd"; then
                not_ok "$name: commands" "$(cat "$T/odd")"
            else
                ok "$name: commands"
            fi
            ;;
        *)
            if grep -q '^[[:space:]]*::' "$T/out"; then
                not_ok "$name: a workflow command" "$(grep -n '^[[:space:]]*::' "$T/out")"
            else
                ok "$name: no workflow command"
            fi
            ;;
        esac
        case $report in
        json | sarif | gitlab) filter=. ;;
        jsonl) filter='select(type == "object")' ;;
        junit)
            if xmllint --nonet --noout "$T/out" 2>"$T/said"; then
                ok "$name: well-formed"
            else
                not_ok "$name: well-formed" "$(cat "$T/said")"
            fi
            continue
            ;;
        *) continue ;;
        esac
        if jq -e "$filter" "$T/out" >/dev/null 2>"$T/said"; then
            ok "$name: JSON"
        else
            not_ok "$name: JSON" "$(cat "$T/said")"
        fi
        if LC_ALL=C grep -q '[^ -~]' "$T/out"; then
            not_ok "$name: not all of it is ASCII"
        else
            ok "$name: ASCII"
        fi
    done
done
finish
