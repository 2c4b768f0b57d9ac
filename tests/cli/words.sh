#!/bin/sh
# Commands that explain, and what happens to words that are none: a suggestion, status 2, nothing is run.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
cp "$ROOT/tests/fault/small.har" x.har
: >validat

refused() { # MESSAGE WORDS...
    message=$1
    shift
    run "$HARMILL" "$@"
    expect_status "refused: $*" 2
    expect_eq "refused: $*" "harmill: $message" "$(cat "$T/err")"
    expect_empty "refused: $*: stdout" "$T/out"
}

# ---- commands

refused "'x.har' is no command; try: harmill info x.har" x.har
refused "'./missing' is no command; try: harmill info ./missing" ./missing
refused "'-' is no command; try: harmill info -" -
refused "unknown command 'vlidate'; did you mean 'validate'?" vlidate x.har
refused "unknown command 'normalise'; did you mean 'normalize'?" normalise x.har
refused "unknown command 'valid'; did you mean 'validate'?" valid x.har
refused "the command comes first: harmill COMMAND --quiet" --quiet validate x.har
refused "unknown option '--frob'; see: harmill --help" --frob
check_status "another command" 2 "$HARMILL" frobnicate
expect_contains "another command: the commands" "$T/err" "validate, normalize, redact, convert, fetch, scan, list, rules, schema, completion, help"
check_status "no command" 2 "$HARMILL"
expect_contains "no command: usage" "$T/err" "Usage: harmill COMMAND"
expect_empty "no command: stdout" "$T/out"

# ---- options

refused "unknown option '--quite'; did you mean '--quiet'?" validate --quite x.har
refused "unknown option '--colour'; did you mean '--color'?" validate --colour never x.har
# Abbreviations become ambiguous when options are added.
for option in --verb --qui --max-find --files; do
    check_status "abbreviated $option" 2 "$HARMILL" validate "$option" x.har
    expect_contains "abbreviated $option" "$T/err" "harmill: unknown option '$option'"
    expect_empty "abbreviated $option: stdout" "$T/out"
done
check_status "abbreviated with an argument" 2 "$HARMILL" validate --sho=info x.har
refused "'validate' has no option '--output'; see: harmill validate --help" validate --output y x.har
refused "'validate' has no option '-i'; see: harmill validate --help" validate -i x.har
refused "'validate' has no option '-x'; see: harmill validate --help" validate -qx x.har
refused "option '--stdin-name' needs PATH" validate --stdin-name
refused "option '--quiet' takes no argument" validate --quiet=yes x.har
refused "option '--max-findings' needs a number, not 'many'" validate --max-findings many x.har
refused "option '--max-findings' needs a number, not '-1'" validate --max-findings -1 x.har
refused "option '--max-findings' needs a number, not '3X'" validate --max-findings 3X x.har
refused "option '--max-findings' needs a number, not '99999999999999999999'" validate --max-findings 99999999999999999999 x.har
refused "--max-depth takes 8 to 65536 levels" validate --max-depth 3 x.har
refused "option '--rule' needs RULE=LEVEL, not 'wrong-type'" validate --rule wrong-type x.har
refused "unknown level 'warn'; did you mean 'warning'?" validate --rule wrong-type=warn x.har
refused "unknown rule 'worng-type'; did you mean 'wrong-type'?" validate --select worng-type x.har
refused "unknown rule 'worng-type'; did you mean 'wrong-type'?" validate --ignore missing-cache,worng-type x.har
refused "unknown rule 'worng-type'; did you mean 'wrong-type'?" validate --rule worng-type=info x.har
refused "unknown rule ''; 'harmill rules' lists them" validate --select '' x.har
refused "unknown rule 'reqest'; did you mean 'request'?" validate --select reqest x.har
check_status "--rule takes no group" 2 "$HARMILL" validate --rule page=info x.har
refused "unknown profile 'har-1.2-stric'; did you mean 'har-1.2-strict'?" validate --profile har-1.2-stric x.har
refused "unknown profile 'x'; there are: har-1.2, har-1.2-strict, har-1.1, chrome, har-validator, playwright, k6, firefox, mitmproxy" \
    normalize --profile x x.har
refused "'list' has no option '--profile'; see: harmill list --help" list --profile chrome
refused "give either --config or --no-config" validate --no-config --config y x.har
refused "'normalize' has no option '--write-baseline'; see: harmill normalize --help" normalize --write-baseline y x.har
refused "unknown level 'eror'; did you mean 'error'?" validate --show eror x.har
refused "unknown level 'off'; there are: error, warning, info" validate --show off x.har
refused "unknown level 'nevr'; did you mean 'never'?" validate --fail-on nevr x.har
refused "unknown choice 'sometimes'; there are: auto, always, never" validate --color sometimes x.har
refused "unknown report 'jsonk'; did you mean 'json'?" validate --report jsonk x.har
refused "unknown report 'checkstyle'; there are: text, brief, json, jsonl, sarif, github, gitlab, junit" validate --report checkstyle x.har
refused "option '--report': no path behind the colon" validate --report jsonl: x.har
refused "unknown format 'hra'; did you mean 'har'?" validate -f hra x.har
# Control characters of a name do not reach the terminal.
refused "unknown option '--a\\x1b[31m'; see: harmill validate --help" validate "--a$(printf '\033')[31m" x.har
check_status "sizes with units" 0 "$HARMILL" validate -q --max-item-bytes 64K --max-kept-bytes 1M --max-decoded-bytes 1G x.har
check_status "letters in one word" 0 "$HARMILL" validate -qv x.har
check_status "a letter with its argument" 0 "$HARMILL" normalize -oy.har x.har
check_status "a letter with its argument: y.har" 0 test -s y.har

# ---- help, version

for words in "--help" "-h" "help"; do
    check_status "$words" 0 "$HARMILL" "$words"
    expect_contains "$words: commands" "$T/out" "  normalize   write captures in canonical form"
    expect_contains "$words: status" "$T/out" "Exit status: 0 done"
    expect_empty "$words: stderr" "$T/err"
done
for command in validate normalize convert list rules completion help; do
    check_status "$command --help" 0 "$HARMILL" "$command" --help
    cp "$T/out" long
    expect_contains "$command --help: usage" long "Usage: harmill $command "
    check_status "$command -h" 0 "$HARMILL" "$command" -h
    expect_same "$command -h" long "$T/out"
    check_status "help $command" 0 "$HARMILL" help "$command"
    expect_same "help $command" long "$T/out"
    expect_eq "$command --help: no line is wider than 82" "" "$(awk 'length($0) > 82' long)"
    expect_lacks "$command --help: no tab" long "$(printf '\t')"
    # Help is given whatever else is wrong behind it.
    check_status "$command --help --frob" 0 "$HARMILL" "$command" --help --frob
done
# Every option that help names is taken, and its examples work.
"$HARMILL" help validate | sed -n 's/^  .*--\([a-z-]*\).*/\1/p' | grep -v '^$' | sort -u >options
expect_eq "help names all options of item 5" "color fail-on files-from ignore max-findings quiet rule select show show-values verbose" \
    "$(grep -x -e select -e ignore -e rule -e show -e fail-on -e max-findings -e show-values -e quiet -e verbose -e color -e files-from options | tr '\n' ' ' | sed 's/ $//')"
refused "unknown command 'validat'; did you mean 'validate'?" help validat
for words in "--version" "-V" "validate --version" "list -V"; do
    # shellcheck disable=SC2086 # words of a command
    check_status "$words" 0 "$HARMILL" $words
    version=$(sed -n 's/^#define HAR_VERSION "\(.*\)"/\1/p' "$ROOT/include/harmill/api.h")
    expect_eq "$words: the version" "harmill $version" "$(head -n 1 "$T/out")"
    expect_contains "$words: libraries" "$T/out" "jansson "
    expect_contains "$words: libraries" "$T/out" "zlib "
done

# ---- list

check_status "list" 0 "$HARMILL" list
cp "$T/out" everything
for title in readers formats writers reports codings profiles; do
    expect_contains "list: $title" everything "$title:"
    check_status "list $title" 0 "$HARMILL" list "$title"
    if [ -s "$T/out" ]; then
        ok "list $title: some"
    else
        not_ok "list $title: none"
    fi
    expect_eq "list $title: one a line" "" "$(grep -v '^[a-z0-9.-]*  *[^ ]' "$T/out")"
    if need_tool "list $title --json" jq; then
        sed 's/ .*//' "$T/out" >names
        check_status "list $title --json" 0 "$HARMILL" list --json "$title"
        jq -r ".${title}[].name" "$T/out" >names.json 2>&1
        expect_same "list $title --json: the same names" names names.json
    fi
done
if need_tool "list --json" jq; then
    check_status "list --json" 0 "$HARMILL" list --json
    expect_eq "list --json: kinds" "codings formats profiles readers reports writers" "$(jq -r 'keys | join(" ")' "$T/out")"
    expect_eq "list --json: endings" ".har .json .zhar" "$(jq -r '.writers[] | select(.name == "har") | .endings | join(" ")' "$T/out")"
fi
if need_tool "list profiles --json" jq; then
    check_status "list profiles --json" 0 "$HARMILL" list profiles --json
    expect_eq "list profiles --json: for whom, and whether that was tried" "Chrome true, mitmproxy false, null true" \
        "$(jq -r '[.profiles[] | select(.name == ("chrome", "mitmproxy", "har-1.1")) | "\(.consumer) \(.tested)"] | sort | join(", ")' "$T/out")"
fi
refused "unknown list 'reader'; did you mean 'readers'?" list reader
refused "unknown list 'everything'; there are: readers, formats, writers, reports, codings, profiles" list everything
refused "unknown list 'profile'; did you mean 'profiles'?" list profile
refused "'list' takes no 'writers'; see: harmill list --help" list readers writers

# ---- rules (what they print: rules.sh)

refused "unknown rule 'json-sintax'; did you mean 'json-syntax'?" rules json-sintax
refused "unknown rule 'frob'; 'harmill rules' lists them" rules frob
refused "unknown rule 'JSON_SYNTAX'; 'harmill rules' lists them" rules JSON_SYNTAX

# ---- completion

for shell in bash zsh fish; do
    check_status "completion $shell" 0 "$HARMILL" completion "$shell"
    case $shell in
    zsh) committed=_harmill ;;
    *) committed=harmill.$shell ;;
    esac
    expect_same "completion $shell is the committed one" "$ROOT/completions/$committed" "$T/out"
done
refused "unknown shell 'fisch'; did you mean 'fish'?" completion fisch
refused "'completion' needs bash|zsh|fish; see: harmill completion --help" completion
finish
