#!/bin/sh
# The completions of bash, zsh and fish, as the shells themselves see them. HARMILL names the program.
# The last line counts: N passed, N failed, N skipped.
set -u

harmill=${HARMILL-build/harmill}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
passed=0
failed=0
skipped=0

# check NAME WANTED FOUND: lists of words, each on a line, in any order.
check() {
    wanted=$(printf '%s\n' "$2" | tr ' ' '\n' | sort)
    found=$(printf '%s\n' "$3" | sort)
    if [ "$wanted" = "$found" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s\n  wanted: %s\n  found:  %s\n' "$1" "$(echo "$wanted" | tr '\n' ' ')" "$(echo "$found" | tr '\n' ' ')"
    fi
}

have() {
    command -v "$1" >/dev/null 2>&1 && return
    echo "skipped: $1 is not installed"
    skipped=$((skipped + 1))
    return 1
}

# What the program itself lists, so that a new report or rule changes no test.
names() {
    "$harmill" list "$1" | awk '{ print $1 }'
}
reports=$(names reports | tr '\n' ' ' | sed 's/ $//')
writers=$(names writers | tr '\n' ' ' | sed 's/ $//')
rules=$("$harmill" rules | awk '{ print $1 }' | tr '\n' ' ' | sed 's/ $//')
commands='validate normalize convert list rules completion help'
mkdir "$work/folder"
: >"$work/folder/one.har"
: >"$work/folder/two.har"

# ---- bash: the words are given as bash cuts them, at blanks, = and :

in_bash() {
    HARMILL_SCRIPT="$work/bash" bash --norc -c '
        . "$HARMILL_SCRIPT"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _harmill
        for word in "${COMPREPLY[@]}"; do printf "%s\n" "$word"; done' bash "$@"
}

if have bash; then
    "$harmill" completion bash >"$work/bash"
    check 'bash: syntax' '' "$(bash -n "$work/bash" 2>&1)"
    check 'bash: commands' "$commands --help --version" "$(in_bash harmill '')"
    check 'bash: a command' 'validate' "$(in_bash harmill va)"
    check 'bash: an option' '--report' "$(in_bash harmill validate --rep)"
    check 'bash: options of one command only' '--json' "$(in_bash harmill list --j)"
    check 'bash: no option of another command' '' "$(in_bash harmill validate --in-pl)"
    check 'bash: reports' "$reports" "$(in_bash harmill validate --report '')"
    check 'bash: reports behind =' 'jsonl' "$(in_bash harmill validate --report = j)"
    check 'bash: levels behind = alone' 'error warning info' "$(in_bash harmill validate --show =)"
    check 'bash: a report with a file' "$work/folder/one.har" "$(in_bash harmill validate --report jsonl : "$work/folder/o")"
    check 'bash: rules' "$rules" "$(in_bash harmill validate --ignore '')"
    check 'bash: the second rule of a list' 'json-syntax,wrong-type' "$(in_bash harmill validate --ignore json-syntax,wrong-)"
    check 'bash: a rule' 'wrong-type' "$(in_bash harmill validate --rule wrong)"
    check 'bash: its level' 'warning' "$(in_bash harmill validate --rule wrong-type = w)"
    check 'bash: its level, all in one word' 'off' "$(in_bash harmill validate --rule = wrong-type = of)"
    check 'bash: writers' "$writers" "$(in_bash harmill convert -t '')"
    check 'bash: limits' 'never' "$(in_bash harmill validate --fail-on n)"
    check 'bash: colors' 'auto always never' "$(in_bash harmill validate --color '')"
    check 'bash: files' "$work/folder/one.har $work/folder/two.har" "$(in_bash harmill validate "$work/folder/")"
    check 'bash: a file for -o' "$work/folder/two.har" "$(in_bash harmill normalize -o "$work/folder/t")"
    check 'bash: no options behind --' '' "$(in_bash harmill validate -- --rep)"
    check 'bash: rules as operands' 'json-syntax' "$(in_bash harmill rules json-s)"
    check 'bash: shells' 'bash zsh fish' "$(in_bash harmill completion '')"
    check 'bash: kinds' 'readers reports' "$(in_bash harmill list re)"
    check 'bash: commands of help' "$commands" "$(in_bash harmill help '')"
    check 'bash: nothing for numbers' '' "$(in_bash harmill validate --max-findings '')"
    check 'bash: an option without argument does not swallow' "$work/folder/one.har" \
        "$(in_bash harmill validate --quiet "$work/folder/o")"
fi

# ---- fish: asked through its own complete -C

in_fish() {
    HARMILL_SCRIPT="$work/fish" HOME="$work" XDG_CONFIG_HOME="$work" XDG_DATA_HOME="$work" \
        fish --no-config -c 'source $HARMILL_SCRIPT; complete -C"$argv"' -- "$*" 2>&1 | cut -f 1
}

if have fish; then
    "$harmill" completion fish >"$work/fish"
    check 'fish: syntax' '' "$(fish --no-config -n "$work/fish" 2>&1)"
    check 'fish: commands' "$commands" "$(in_fish 'harmill ')"
    check 'fish: an option' '--report' "$(in_fish 'harmill validate --rep')"
    check 'fish: no option of another command' '' "$(in_fish 'harmill validate --in-pl')"
    check 'fish: reports' "$reports" "$(in_fish 'harmill validate --report ')"
    check 'fish: reports behind =' '--report=jsonl' "$(in_fish 'harmill validate --report=j')"
    check 'fish: a report with a file' "jsonl:$work/folder/one.har" "$(in_fish "harmill validate --report jsonl:$work/folder/o")"
    check 'fish: rules' "$rules" "$(in_fish 'harmill validate --ignore ')"
    check 'fish: the second rule of a list' 'json-syntax,wrong-type' "$(in_fish 'harmill validate --ignore json-syntax,wrong-')"
    check 'fish: a rule' 'wrong-type=' "$(in_fish 'harmill validate --rule wrong')"
    check 'fish: its level' 'wrong-type=warning' "$(in_fish 'harmill validate --rule wrong-type=w')"
    check 'fish: writers' "$writers" "$(in_fish 'harmill convert -t ')"
    check 'fish: files' "$work/folder/one.har $work/folder/two.har" "$(in_fish "harmill validate $work/folder/")"
    check 'fish: shells' 'bash zsh fish' "$(in_fish 'harmill completion ')"
    check 'fish: kinds' 'readers reports' "$(in_fish 'harmill list re')"
fi

# ---- zsh: a real one in a pseudo terminal whose compadd prints what it is given

in_zsh() {
    HARMILL_SCRIPT="$work/zsh" ZDOTDIR="$work" zsh -f "$work/ask.zsh" "$1"
}

if have zsh; then
    "$harmill" completion zsh >"$work/zsh"
    check 'zsh: syntax' '' "$(zsh -n "$work/zsh" 2>&1)"
    cat >"$work/ask.zsh" <<'ZSH'
# Types a line into a zsh in a pseudo terminal and prints the words that its completion offers.
zmodload zsh/zpty || exit 2
zpty shell zsh -f -i
zpty -w shell "PS1= PS2= RPS1=; unset zle_bracketed_paste; stty -echo -onlcr 2>/dev/null"
zpty -w shell "autoload -Uz compinit; compinit -u -D; source ${(q)HARMILL_SCRIPT}"
zpty -w shell 'compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd "$@"; return; fi
    local -a __found
    builtin compadd -O __found "$@"
    local __word
    for __word in $__found; do print -r -- "<$IPREFIX$__word>"; done
    builtin compadd "$@"
}'
zpty -w shell 'ask() { print "<<begin>>"; zle complete-word; print "<<end>>"; zle kill-buffer; }; zle -N ask; bindkey "^T" ask'
zpty -w -n shell "$1"$'\C-t'
text= line=
integer tries=0
while ((tries++ < 400)) && [[ $text != *'<<end>>'* ]]; do
    zpty -r -t shell line && text+=$line || sleep 0.02
done
zpty -d shell
text=${text##*'<<begin>>'}
text=${text%%'<<end>>'*}
print -r -- "$text" | tr -d '\r' | sed -n 's/^.*<\([^<>]*\)>.*$/\1/p' | sort -u
ZSH
    if [ "$(in_zsh 'harmill completion f')" = fish ]; then
        check 'zsh: commands' "$commands" "$(in_zsh 'harmill ')"
        check 'zsh: reports' "$reports" "$(in_zsh 'harmill validate --report ')"
        check 'zsh: rules' "$rules" "$(in_zsh 'harmill rules ')"
        check 'zsh: levels' 'error warning info' "$(in_zsh 'harmill validate --show=')"
        check 'zsh: writers' "$writers" "$(in_zsh 'harmill convert -t ')"
        check 'zsh: kinds' 'readers reports' "$(in_zsh 'harmill list re')"
    else
        echo 'skipped: zsh: no answer from a pseudo terminal'
        skipped=$((skipped + 1))
    fi
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
