#!/bin/sh
# The completions of bash, zsh and fish, as the shells themselves see them.
set -u
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
begin

# check NAME WANTED FOUND: lists of words, each on a line, in any order.
check() {
    wanted=$(printf '%s\n' "$2" | tr ' ' '\n' | sort)
    found=$(printf '%s\n' "$3" | sort)
    if [ "$wanted" = "$found" ]; then
        ok "$1"
    else
        not_ok "$1" "wanted: $(echo "$wanted" | tr '\n' ' ')
found:  $(echo "$found" | tr '\n' ' ')"
    fi
}

# What the program itself lists, so that a new report or rule changes no test.
names() {
    "$HARMILL" list "$1" | awk '{ print $1 }'
}
reports=$(names reports | tr '\n' ' ' | sed 's/ $//')
writers=$(names writers | tr '\n' ' ' | sed 's/ $//')
rules=$("$HARMILL" rules | awk '/^  / { print $1 }' | tr '\n' ' ' | sed 's/ $//')
profiles=$(names profiles | tr '\n' ' ' | sed 's/ $//')
groups='file structure page time request response consumer secret'
commands='info validate normalize redact convert fetch scan list rules schema completion help'
mkdir "$T/folder"
: >"$T/folder/one.har"
: >"$T/folder/two.har"

# ---- bash: the words are given as bash cuts them, at blanks, = and :

in_bash() {
    HARMILL_SCRIPT="$T/bash" bash --norc -c '
        . "$HARMILL_SCRIPT"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _harmill
        for word in "${COMPREPLY[@]}"; do printf "%s\n" "$word"; done' bash "$@"
}

if need_tool bash bash; then
    "$HARMILL" completion bash >"$T/bash"
    check 'bash: syntax' '' "$(bash -n "$T/bash" 2>&1)"
    check 'bash: commands' "$commands --help --version" "$(in_bash harmill '')"
    check 'bash: a command' 'validate' "$(in_bash harmill va)"
    check 'bash: an option' '--report' "$(in_bash harmill validate --rep)"
    check 'bash: options of one command only' '--json' "$(in_bash harmill list --j)"
    check 'bash: no option of another command' '' "$(in_bash harmill validate --in-pl)"
    check 'bash: reports' "$reports" "$(in_bash harmill validate --report '')"
    check 'bash: reports behind =' 'jsonl' "$(in_bash harmill validate --report = jsonl)"
    check 'bash: levels behind = alone' 'error warning info' "$(in_bash harmill validate --show =)"
    check 'bash: a report with a file' "$T/folder/one.har" "$(in_bash harmill validate --report jsonl : "$T/folder/o")"
    check 'bash: rules and groups' "$rules $groups" "$(in_bash harmill validate --ignore '')"
    check 'bash: the second rule of a list' 'json-syntax,wrong-type' "$(in_bash harmill validate --ignore json-syntax,wrong-)"
    check 'bash: a rule' 'wrong-type' "$(in_bash harmill validate --rule wrong)"
    check 'bash: its level' 'warning' "$(in_bash harmill validate --rule wrong-type = w)"
    check 'bash: its level, all in one word' 'off' "$(in_bash harmill validate --rule = wrong-type = of)"
    check 'bash: schemas' 'xsd' "$(in_bash harmill schema --for '')"
    check 'bash: no operands' '' "$(in_bash harmill schema '')"
    check 'bash: groups of rules' 'json-syntax,consumer' "$(in_bash harmill validate --select json-syntax,consu)"
    check 'bash: profiles' "$profiles" "$(in_bash harmill validate --profile '')"
    check 'bash: a baseline' "$T/folder/one.har" "$(in_bash harmill validate --baseline "$T/folder/o")"
    check 'bash: writers' "$writers" "$(in_bash harmill convert -t '')"
    check 'bash: bodies of a report' 'none text all' "$(in_bash harmill convert --bodies '')"
    check 'bash: rows of a report' 'all' "$(in_bash harmill convert --static-rows '')"
    check 'bash: modes' 'default strict' "$(in_bash harmill redact --mode '')"
    check 'bash: bodies of redact' 'search keep drop' "$(in_bash harmill redact --redact-bodies '')"
    check 'bash: members of a report' 'known' "$(in_bash harmill convert --custom = k)"
    check 'bash: limits' 'never' "$(in_bash harmill validate --fail-on n)"
    check 'bash: colors' 'auto always never' "$(in_bash harmill validate --color '')"
    check 'bash: files' "$T/folder/one.har $T/folder/two.har" "$(in_bash harmill validate "$T/folder/")"
    check 'bash: a file for -o' "$T/folder/two.har" "$(in_bash harmill normalize -o "$T/folder/t")"
    check 'bash: no options behind --' '' "$(in_bash harmill validate -- --rep)"
    check 'bash: rules as operands' 'json-syntax' "$(in_bash harmill rules json-s)"
    check 'bash: shells' 'bash zsh fish' "$(in_bash harmill completion '')"
    check 'bash: kinds' 'readers reports' "$(in_bash harmill list re)"
    check 'bash: commands of help' "$commands" "$(in_bash harmill help '')"
    check 'bash: nothing for numbers' '' "$(in_bash harmill validate --max-findings '')"
    check 'bash: an option without argument does not swallow' "$T/folder/one.har" \
        "$(in_bash harmill validate --quiet "$T/folder/o")"
fi

# ---- fish: asked through its own complete -C

in_fish() {
    # shellcheck disable=SC2016 # fish expands it
    HARMILL_SCRIPT="$T/fish" HOME="$T" XDG_CONFIG_HOME="$T" XDG_DATA_HOME="$T" \
        fish --no-config -c 'source $HARMILL_SCRIPT; complete -C"$argv"' -- "$*" 2>&1 | cut -f 1
}

if need_tool fish fish; then
    "$HARMILL" completion fish >"$T/fish"
    check 'fish: syntax' '' "$(fish --no-config -n "$T/fish" 2>&1)"
    check 'fish: commands' "$commands" "$(in_fish 'harmill ')"
    check 'fish: an option' '--report' "$(in_fish 'harmill validate --rep')"
    check 'fish: no option of another command' '' "$(in_fish 'harmill validate --in-pl')"
    check 'fish: reports' "$reports" "$(in_fish 'harmill validate --report ')"
    check 'fish: reports behind =' '--report=jsonl' "$(in_fish 'harmill validate --report=jsonl')"
    check 'fish: a report with a file' "jsonl:$T/folder/one.har" "$(in_fish "harmill validate --report jsonl:$T/folder/o")"
    check 'fish: rules and groups' "$rules $groups" "$(in_fish 'harmill validate --ignore ')"
    check 'fish: the second rule of a list' 'json-syntax,wrong-type' "$(in_fish 'harmill validate --ignore json-syntax,wrong-')"
    check 'fish: a rule' 'wrong-type=' "$(in_fish 'harmill validate --rule wrong')"
    check 'fish: its level' 'wrong-type=warning' "$(in_fish 'harmill validate --rule wrong-type=w')"
    check 'fish: profiles' "$profiles" "$(in_fish 'harmill normalize --profile ')"
    check 'fish: writers' "$writers" "$(in_fish 'harmill convert -t ')"
    check 'fish: bodies of a report' 'none text all' "$(in_fish 'harmill convert --bodies ')"
    check 'fish: modes' 'default strict' "$(in_fish 'harmill redact --mode ')"
    check 'fish: bodies of redact' 'search keep drop' "$(in_fish 'harmill redact --redact-bodies ')"
    check 'fish: files' "$T/folder/one.har $T/folder/two.har" "$(in_fish "harmill validate $T/folder/")"
    check 'fish: shells' 'bash zsh fish' "$(in_fish 'harmill completion ')"
    check 'fish: kinds' 'readers reports' "$(in_fish 'harmill list re')"
fi

# ---- zsh: a real one in a pseudo terminal whose compadd prints what it is given

in_zsh() {
    rm -f "$T/offered"
    HARMILL_SCRIPT="$T/zsh" HARMILL_ASKED="$T/asked.zsh" HARMILL_OFFERED="$T/offered" ZDOTDIR="$T" \
        zsh -f "$T/ask.zsh" "$1"
}

if need_tool zsh zsh; then
    "$HARMILL" completion zsh >"$T/zsh"
    check 'zsh: syntax' '' "$(zsh -n "$T/zsh" 2>&1)"
    # What the asked shell runs: its completions, and a compadd that writes down the words that would be offered.
    cat >"$T/asked.zsh" <<'ZSH'
PS1= PS2= RPS1=
autoload -Uz compinit
compinit -u -D
source $HARMILL_SCRIPT
compadd() {
    [[ ${@[1,(i)(-|--)]} == *-[OAD]* ]] && { builtin compadd "$@"; return; }
    local -a found
    builtin compadd -O found "$@"
    ((${#found})) && print -rl -- $IPREFIX${^found} >>$HARMILL_OFFERED
    builtin compadd "$@"
}
ask() {
    zle complete-word
    print answered
}
zle -N ask
bindkey '^T' ask
print ready
ZSH
    cat >"$T/ask.zsh" <<'ZSH'
# Types a line into a zsh in a pseudo terminal and prints the words that its completion offered.
zmodload zsh/zpty || exit 2
integer tries=0
await() { # MARK
    local text= line=
    while ((tries++ < 500)) && [[ $text != *$1* ]]; do
        zpty -r -t shell line && text+=$line || sleep 0.02
    done
}
zpty shell zsh -f -i
zpty -w shell 'source $HARMILL_ASKED'
await ready
zpty -w -n shell "$1"$'\C-t'
await answered
zpty -d shell
[[ ! -f $HARMILL_OFFERED ]] || sort -u $HARMILL_OFFERED
ZSH
    if [ "$(in_zsh 'harmill completion f')" = fish ]; then
        check 'zsh: commands' "$commands" "$(in_zsh 'harmill ')"
        check 'zsh: reports' "$reports" "$(in_zsh 'harmill validate --report ')"
        check 'zsh: rules' "$rules" "$(in_zsh 'harmill rules ')"
        check 'zsh: levels behind =' '--show=error --show=warning --show=info' "$(in_zsh 'harmill validate --show=')"
        check 'zsh: the second rule of a list' 'json-syntax,wrong-type' "$(in_zsh 'harmill validate --ignore json-syntax,wrong-')"
        check 'zsh: the level of a rule' 'wrong-type=warning' "$(in_zsh 'harmill validate --rule wrong-type=w')"
        check 'zsh: a report with a file' 'jsonl:one.har jsonl:two.har' "$(in_zsh "harmill validate --report jsonl:$T/folder/")"
        check 'zsh: options of one command only' '--in-place' "$(in_zsh 'harmill normalize --in-pl')"
        check 'zsh: no option of another command' '' "$(in_zsh 'harmill validate --in-pl')"
        check 'zsh: groups of rules' 'json-syntax,consumer' "$(in_zsh 'harmill validate --select json-syntax,consu')"
        check 'zsh: profiles' "$profiles" "$(in_zsh 'harmill validate --profile ')"
        check 'zsh: writers' "$writers" "$(in_zsh 'harmill convert -t ')"
        check 'zsh: bodies of a report' 'none text all' "$(in_zsh 'harmill convert --bodies ')"
        check 'zsh: modes' 'default strict' "$(in_zsh 'harmill redact --mode ')"
        check 'zsh: bodies of redact' 'search keep drop' "$(in_zsh 'harmill redact --redact-bodies ')"
        check 'zsh: kinds' 'readers reports' "$(in_zsh 'harmill list re')"
    else
        lacking 'zsh: what it offers' 'answer from a pseudo terminal'
    fi
fi

finish
