# Helpers of the test scripts, POSIX sh. A script sources this file, calls begin, tests, and ends with finish:
#
#     . "$(dirname "$0")/../lib.sh"
#     begin
#     run "$HARMILL" validate "$DATA/shop.har"
#     expect_status "a good capture" 0
#     finish
#
# It gives: ROOT (the project), HARMILL (the program), HARMILL_BUILD, HARMILL_SHARED, DATA (testdata/), T (a fresh folder that is
# removed at the end). With HARMILL_REQUIRE=1 what cannot be tested for want of a tool or of the shared folder fails.
# shellcheck shell=sh

ROOT=$(cd "$(dirname "$0")/../.." && pwd) || exit 3
HARMILL_BUILD=${HARMILL_BUILD:-$ROOT/build}
HARMILL=${HARMILL:-$HARMILL_BUILD/harmill}
HARMILL_SHARED=${HARMILL_SHARED:-$ROOT/../shared}
DATA=$ROOT/testdata
PASSED=0
FAILED=0
SKIPPED=0

begin() {
    T=$(mktemp -d "${TMPDIR:-/tmp}/harmill-test.XXXXXX") || exit 3
    trap 'chmod -R u+rwx "$T" 2>/dev/null; rm -rf "$T"' EXIT
    trap 'exit 3' HUP INT TERM
    LC_ALL=C.UTF-8
    SOURCE_DATE_EPOCH=1798761600 # 2027-01-01: what is in the future must not depend on the day
    export LC_ALL SOURCE_DATE_EPOCH ROOT HARMILL HARMILL_BUILD HARMILL_SHARED DATA T
    unset HARMILL_CONFIG NO_COLOR FORCE_COLOR
    unset CLOUDFLARE_API_TOKEN CLOUDFLARE_API_KEY CLOUDFLARE_EMAIL CLOUDFLARE_ACCOUNT_ID CLOUDFLARE_BASE_URL
}

ok() { # NAME
    PASSED=$((PASSED + 1))
}

not_ok() { # NAME [DETAILS]
    FAILED=$((FAILED + 1))
    echo "not ok: $1"
    if [ $# -gt 1 ]; then
        printf '%s\n' "$2" | head -n 40 | sed 's/^/    /'
    fi
}

skip() { # NAME WHY
    SKIPPED=$((SKIPPED + 1))
    echo "skipped: $1: $2"
}

# Something that only exists elsewhere is missing: a skip here, a failure where everything is required.
lacking() { # NAME WHAT
    if [ "${HARMILL_REQUIRE-0}" = 1 ]; then
        not_ok "$1" "required here but missing: $2"
    else
        skip "$1" "no $2"
    fi
}

need_tool() { # NAME TOOL...; false when one is missing
    need_name=$1
    shift
    for need_what in "$@"; do
        command -v "$need_what" >/dev/null 2>&1 || {
            lacking "$need_name" "$need_what"
            return 1
        }
    done
}

need_shared() { # NAME PATH below the shared folder; false when it is missing
    [ -e "$HARMILL_SHARED/$2" ] || {
        lacking "$1" "$2 of the shared folder"
        return 1
    }
}

# Runs a command; leaves its status in $status and its outputs in $T/out and $T/err. A crash, or a sanitizer's verdict
# (tests/run makes that status 86), is a failure whatever the test expects.
run() {
    status=0
    "$@" >"$T/out" 2>"$T/err" </dev/null || status=$?
    case $status in
    86 | 132 | 134 | 135 | 136 | 139) not_ok "crash: $*" "$(show_run)" ;;
    esac
}

show_run() {
    echo "status $status"
    echo "stdout:"
    head -c 2000 "$T/out"
    echo "stderr:"
    head -c 2000 "$T/err"
}

expect_status() { # NAME EXPECTED; after run
    if [ "$status" -eq "$2" ]; then
        ok "$1"
    else
        not_ok "$1" "expected status $2, $(show_run)"
        return 1
    fi
}

check_status() { # NAME EXPECTED COMMAND...
    check_name=$1
    check_expected=$2
    shift 2
    run "$@"
    expect_status "$check_name" "$check_expected"
}

expect_eq() { # NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" "expected: $2
actual:   $3"
        return 1
    fi
}

expect_contains() { # NAME FILE TEXT
    if grep -qF -e "$3" "$2"; then
        ok "$1"
    else
        not_ok "$1" "does not contain: $3
$(head -c 2000 "$2")"
        return 1
    fi
}

expect_lacks() { # NAME FILE TEXT
    if grep -qF -e "$3" "$2"; then
        not_ok "$1" "must not contain: $3
$(grep -nF -e "$3" "$2" | head -n 5 | cut -c 1-300)"
        return 1
    fi
    ok "$1"
}

expect_empty() { # NAME FILE
    if [ -s "$2" ]; then
        not_ok "$1" "$(head -c 2000 "$2")"
        return 1
    fi
    ok "$1"
}

expect_same() { # NAME EXPECTED-FILE ACTUAL-FILE
    if cmp -s "$2" "$3"; then
        ok "$1"
    else
        not_ok "$1" "$(diff -u "$2" "$3" 2>&1 | cut -c 1-300)"
        return 1
    fi
}

# Compares with a committed file. `make regen` (HARMILL_REGEN=1) shows the difference and writes the file anew.
expect_golden() { # NAME GOLDEN ACTUAL-FILE
    if [ "${HARMILL_REGEN-0}" = 1 ] && ! cmp -s "$2" "$3"; then
        echo "regenerated: $2"
        diff -u "$2" "$3" 2>/dev/null | cut -c 1-300
        mkdir -p "$(dirname "$2")"
        cp "$3" "$2"
    fi
    if [ ! -f "$2" ]; then
        not_ok "$1" "no golden $2 (make regen writes it)"
        return 1
    fi
    expect_same "$1" "$2" "$3"
}

# The last line of every suite; tests/run adds them up.
finish() {
    echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
    [ "$FAILED" -eq 0 ]
    exit
}
