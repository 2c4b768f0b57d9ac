# Counts faults for the scripts of this folder, POSIX sh; they source it behind ../lib.sh and end with finish_faults.
# shellcheck shell=sh disable=SC2034

SMALL=$ROOT/tests/fault/small.har
FAULTS=$HARMILL_BUILD/tests
TRIED=0
SURVIVED=0
LOST=0
CRASHED=0
faults_open=0
faults_failed=0

# A fault begins: all checks up to the next one belong to it. COMMAND... is run.
attempt() {
    settle
    faults_open=1
    faults_failed=$FAILED
    run "$@"
}

# The same for what is not one command: the caller sets $status, $T/out and $T/err itself.
attempt_begins() {
    settle
    faults_open=1
    faults_failed=$FAILED
    status=0
    : >"$T/out"
    : >"$T/err"
}

settle() {
    [ "$faults_open" = 1 ] || return 0
    faults_open=0
    TRIED=$((TRIED + 1))
    case $status in
    86 | 132 | 134 | 135 | 136 | 139) CRASHED=$((CRASHED + 1)) ;;
    *)
        if [ "$FAILED" -gt "$faults_failed" ]; then
            LOST=$((LOST + 1))
        else
            SURVIVED=$((SURVIVED + 1))
        fi
        ;;
    esac
}

# Adds what a program counted: the line "faults: ..." in FILE.
add_faults() { # FILE
    settle
    # shellcheck disable=SC2046 # four numbers
    set -- $(sed -n 's/^faults: \([0-9]*\) tried, \([0-9]*\) survived, \([0-9]*\) lost, \([0-9]*\) crashed$/\1 \2 \3 \4/p' "$1")
    TRIED=$((TRIED + ${1-0}))
    SURVIVED=$((SURVIVED + ${2-0}))
    LOST=$((LOST + ${3-0}))
    CRASHED=$((CRASHED + ${4-0}))
}

finish_faults() {
    settle
    echo "faults: $TRIED tried, $SURVIVED survived, $LOST lost, $CRASHED crashed"
    finish
}

# A step for loops over counts: 1 with HARMILL_LONG, else what visits at most MOST of COUNT, odd so that it meets all cases.
stride() { # COUNT MOST
    if [ "${HARMILL_LONG-}" = 1 ] || [ "$1" -le "$2" ]; then
        echo 1
    else
        echo $(((($1 + $2 - 1) / $2) | 1))
    fi
}

# One message: a line of harmill's own; findings that were made before it may stand there too.
expect_one_complaint() { # NAME FILE
    expect_eq "$1: one message" 1 "$(grep -c '^harmill: .' "$2")"
}

# Sweeps ask these thousands of times, so that they start no processes.

# One message, and nothing else.
expect_one_message() { # NAME FILE
    message_lines=0
    while IFS= read -r message_line || [ -n "$message_line" ]; do
        message_lines=$((message_lines + 1))
        case $message_line in 'harmill: '?*) ;; *) message_lines=9 ;; esac
    done <"$2"
    if [ "$message_lines" -eq 1 ]; then
        ok "$1: one message"
    else
        not_ok "$1: one message" "$(head -c 2000 "$2")"
    fi
}

# Nothing lies in FOLDER but NAMES, in the order of the alphabet.
expect_files() { # NAME FOLDER [NAMES]
    files_found=
    for files_path in "$2"/.[!.]* "$2"/..?* "$2"/*; do
        if [ -e "$files_path" ] || [ -L "$files_path" ]; then files_found="$files_found ${files_path##*/}"; fi
    done
    expect_eq "$1: files" "${3-}" "${files_found# }"
}
