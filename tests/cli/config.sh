#!/bin/sh
# Configuration files: which one is found, what it may say, what comes before what; profiles.
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
repository=$T/repository
mkdir -p "$repository/.git" "$repository/inner/deep" "$T/plain/inner"
# An error [wrong-type], a warning [unknown-member].
sed -e 's/"time": *[0-9.]*/"time": "1"/' -e 's/"cache": *{/"odd": 1, "cache": {/' "$ROOT/tests/fault/small.har" >bad.har
sed 's/"cache": *{/"odd": 1, "cache": {/' "$ROOT/tests/fault/small.har" >warn.har

run "$HARMILL" validate --no-config bad.har
expect_status "the capture of this test" 1
rules_found() { # of the last run, in text
    sed -n 's/.*\[\([a-z0-9-]*\)\] .*/\1/p' "$T/out" | sort -u | tr '\n' ' ' | sed 's/ $//'
}
all=$(rules_found)
expect_contains "the capture of this test: its error" "$T/out" "[wrong-type]"
expect_contains "the capture of this test: its warning" "$T/out" "[unknown-member]"

in_folder() { # FOLDER WORDS...
    folder=$1
    shift
    (cd "$folder" && "$HARMILL" "$@") >"$T/out" 2>"$T/err" </dev/null
    status=$?
}

# ---- which file

echo '{"ignore": ["wrong-type"]}' >"$repository/.harmill.json"
for folder in "$repository" "$repository/inner" "$repository/inner/deep"; do
    in_folder "$folder" validate "$T/bad.har"
    expect_status "found from ${folder#"$T/"}" 0
    expect_lacks "found from ${folder#"$T/"}: the rule is ignored" "$T/out" wrong-type
done
in_folder "$repository/inner" validate -v "$T/bad.har"
expect_contains "-v names it" "$T/err" "harmill: configuration: $repository/.harmill.json"
in_folder "$repository/inner" validate "$T/bad.har"
expect_lacks "without -v nothing names it" "$T/err" .harmill.json
in_folder "$repository/inner" validate --no-config "$T/bad.har"
expect_status "--no-config" 1
echo '{"ignore": ["unknown-member"]}' >"$repository/inner/.harmill.json"
in_folder "$repository/inner/deep" validate "$T/bad.har"
expect_status "the nearest counts" 1
expect_eq "the nearest counts, alone" wrong-type "$(rules_found)"
# Nothing above the repository is looked at, and a .git may be a file, as in a worktree.
echo '{"ignore": ["wrong-type"]}' >"$T/.harmill.json"
rm "$repository/.harmill.json" "$repository/inner/.harmill.json"
in_folder "$repository/inner" validate "$T/bad.har"
expect_status "never above the repository" 1
rmdir "$repository/.git"
: >"$repository/.git"
in_folder "$repository/inner" validate "$T/bad.har"
expect_status "never above the repository, .git a file" 1
# Without a repository only the working directory counts.
in_folder "$T/plain/inner" validate "$T/bad.har"
expect_status "no repository: nothing above" 1
in_folder "$T" validate bad.har
expect_status "no repository: the working directory" 0
rm "$T/.harmill.json"
if [ "$(id -u)" -eq 0 ]; then
    echo '{"ignore": ["wrong-type"]}' >"$repository/.harmill.json"
    chown 1234 "$repository/.harmill.json"
    in_folder "$repository/inner" validate "$T/bad.har"
    expect_status "somebody else's file" 1
    expect_eq "somebody else's file: told" \
        "harmill: $repository/.harmill.json: belongs to another user and is not used; --config names it all the same" \
        "$(head -n 1 "$T/err")"
    in_folder "$repository/inner" validate --config ../.harmill.json "$T/bad.har"
    expect_status "somebody else's file, named" 0
    chown 1234 "$repository/inner"
    in_folder "$repository/inner" validate "$T/bad.har"
    expect_status "somebody else's file in his own folder" 0
    rm "$repository/.harmill.json"
fi
mkfifo "$repository/.harmill.json"
in_folder "$repository" validate "$T/bad.har"
expect_status "a pipe is no configuration" 3
rm "$repository/.harmill.json"
mkdir "$repository/.harmill.json"
in_folder "$repository" validate "$T/bad.har"
expect_status "a folder is no configuration" 3
rmdir "$repository/.harmill.json"

echo '{"ignore": ["wrong-type"]}' >one.json
echo '{"ignore": ["unknown-member"]}' >two.json
check_status "--config" 0 "$HARMILL" validate --config one.json bad.har
check_status "HARMILL_CONFIG" 0 env HARMILL_CONFIG=one.json "$HARMILL" validate bad.har
check_status "--config wins over HARMILL_CONFIG" 1 env HARMILL_CONFIG=one.json "$HARMILL" validate --config two.json bad.har
expect_eq "--config wins over HARMILL_CONFIG: its rules" wrong-type "$(rules_found)"
check_status "--no-config wins over HARMILL_CONFIG" 1 env HARMILL_CONFIG=one.json "$HARMILL" validate --no-config bad.har
expect_eq "--no-config wins over HARMILL_CONFIG: all rules" "$all" "$(rules_found)"
check_status "HARMILL_CONFIG, empty" 1 env HARMILL_CONFIG= "$HARMILL" validate bad.har
check_status "--config, missing" 3 "$HARMILL" validate --config missing.json bad.har
expect_eq "--config, missing: told" "harmill: missing.json: cannot read the configuration: No such file or directory" "$(cat "$T/err")"
# Commands that judge nothing read none.
check_status "list reads none" 0 env HARMILL_CONFIG=missing.json "$HARMILL" list
check_status "rules reads none" 0 env HARMILL_CONFIG=missing.json "$HARMILL" rules

# ---- what is wrong with it

wrong() { # MESSAGE JSON
    printf '%s' "$2" >wrong.json
    run "$HARMILL" validate --config wrong.json bad.har
    expect_status "wrong: $2" 2
    expect_eq "wrong: $2: told" "harmill: wrong.json:$1" "$(cat "$T/err")"
    expect_empty "wrong: $2: nothing is judged" "$T/out"
}
wrong "2:1: string or '}' expected" '{"rules": {},
'
wrong "1:23: duplicate object key" '{"ignore": [], "ignore": []}'
wrong " unknown key 'output'" '{"output": "x"}'
wrong " unknown key 'show-values'" '{"show-values": true}'
wrong " unknown key 'ignored'; did you mean 'ignore'?" '{"ignored": []}'
wrong " 'rules': unknown rule 'worng-type'; did you mean 'wrong-type'?" '{"rules": {"worng-type": "off"}}'
wrong " 'fail-on': unknown level 'errors'; did you mean 'error'?" '{"fail-on": "errors"}'
wrong " 'baseline' takes the path of a file in the folder of the configuration or below it" '{"baseline": "/etc/hostname"}'
wrong "1:1: is no JSON object" '[]'
head -c 1100000 /dev/zero | tr '\0' ' ' >wrong.json
run "$HARMILL" validate --config wrong.json bad.har
expect_status "too large" 2
expect_eq "too large: told" "harmill: wrong.json: has more than 1048576 bytes" "$(cat "$T/err")"
# What a file holds that is no configuration is not repeated.
echo 'root:hush:0:0' >secret
check_status "no configuration at all" 2 "$HARMILL" validate --config secret bad.har
expect_lacks "no configuration at all: nothing of it" "$T/err" hush

# ---- what it says

configure() {
    printf '%s' "$1" >c.json
}
configure '{"rules": {"wrong-type": "info", "unknown-member": "error"}}'
check_status "rules" 1 "$HARMILL" validate --config c.json --show info bad.har
expect_contains "rules: raised" "$T/out" ": error: entry has no member"
check_status "rules: lowered" 0 "$HARMILL" validate --config c.json --rule unknown-member=info bad.har
configure '{"select": ["page", "wrong-type"]}'
run "$HARMILL" validate --config c.json bad.har
expect_eq "select" wrong-type "$(rules_found)"
run "$HARMILL" validate --config c.json --select unknown-member bad.har
expect_eq "--select replaces it" unknown-member "$(rules_found)"
configure '{"fail-on": "warning"}'
check_status "fail-on" 1 "$HARMILL" validate --config c.json warn.har
check_status "--fail-on wins" 0 "$HARMILL" validate --config c.json --fail-on error warn.har
check_status "fail-on is not for commands that write" 0 "$HARMILL" normalize --config c.json warn.har -o y.har
check_status "--fail-on is" 1 "$HARMILL" normalize --config c.json --fail-on warning warn.har -o y.har
configure '{"fail-on": "never"}'
check_status "fail-on never" 0 "$HARMILL" validate --config c.json bad.har
configure '{"max-findings": 1}'
sed 's/"odd": 1/"odd": 1, "odder": 1, "oddest": 1/' warn.har >three.har
run "$HARMILL" validate --config c.json --select unknown-member three.har
expect_eq "max-findings" 2 "$(wc -l <"$T/out")"
run "$HARMILL" validate --config c.json --max-findings 0 --select unknown-member three.har
expect_eq "--max-findings wins" 6 "$(wc -l <"$T/out")"

# ---- profiles and groups

run "$HARMILL" validate --profile chrome --show info bad.har
expect_status "--profile of a consumer: only what it refuses is an error" 0
expect_contains "--profile of a consumer: the rest is no error" "$T/out" ": warning: "
configure '{"profile": "chrome"}'
check_status "profile" 0 "$HARMILL" validate --config c.json bad.har
check_status "--profile replaces it" 1 "$HARMILL" validate --config c.json --profile har-1.2 bad.har
check_status "rules come behind the profile" 1 "$HARMILL" validate --config c.json --rule wrong-type=error bad.har
check_status "--profile for commands that write" 0 "$HARMILL" normalize --profile har-1.2-strict warn.har -o y.har
run "$HARMILL" validate --profile har-1.1 --show info bad.har
expect_status "--profile har-1.1" 1
run "$HARMILL" validate --ignore structure bad.har
expect_status "--ignore of a group" 0
expect_lacks "--ignore of a group" "$T/out" '[wrong-type]'
run "$HARMILL" validate --select page,structure bad.har
expect_eq "--select of groups" "$all" "$(rules_found)"
run "$HARMILL" validate --ignore wrong-type --rule wrong-type=warning bad.har
expect_contains "--rule comes last" "$T/out" "warning: "
expect_contains "--rule comes last: the rule is on" "$T/out" "[wrong-type]"

finish
