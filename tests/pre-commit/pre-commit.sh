#!/bin/sh
# The hooks, run by pre-commit itself, and the wrapper that builds their program.
. "$(dirname "$0")/../lib.sh"
begin

need_tool "hooks" git pre-commit gzip || finish
HOME=$T/home
PRE_COMMIT_HOME=$T/cache
GIT_CONFIG_GLOBAL=$T/home/gitconfig
GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a.example GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@a.example
# The build is under test, not its speed.
CFLAGS=-O0
export HOME PRE_COMMIT_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
    GIT_COMMITTER_EMAIL CFLAGS
# Those of the run that tests, and of a commit that may have started it.
unset MAKEFLAGS MFLAGS MAKELEVEL CI GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE TERM
mkdir "$HOME"

check_status "the manifest" 0 pre-commit validate-manifest "$ROOT/.pre-commit-hooks.yaml"

# ---- a copy of the project, and a repository with captures

hooks=$T/hooks
mkdir "$hooks"
(cd "$ROOT" && tar -cf - GNUmakefile libharmill.map harmill.pc.in src include .pre-commit .pre-commit-hooks.yaml .gitignore) |
    tar -xf - -C "$hooks"
cp -R "$hooks" "$T/cold"
commit() { # FOLDER
    git -C "$1" add -A && git -C "$1" commit -q -m x
}
git init -q "$hooks" && commit "$hooks"

work=$T/work
git init -q "$work"
cd "$work" || exit 3
"$HARMILL" redact -q "$ROOT/tests/fault/small.har" -o good.har && chmod 644 good.har
"$HARMILL" normalize -q good.har -o packed.har.gz
sed 's/"time": *[0-9.]*/"time": "1"/' good.har >'bad one.har'
gzip -c 'bad one.har' >bad.har.gz
cp good.har not-a-capture.har.txt
commit .

# ---- the wrapper: two first runs at once

"$T/cold/.pre-commit/harmill" validate good.har >"$T/first" 2>&1 &
"$T/cold/.pre-commit/harmill" validate packed.har.gz >"$T/second" 2>&1
second=$?
wait $!
expect_eq "two first runs at once" "0 0" "$? $second"
expect_eq "the first says what harmill says" "good.har: HAR 1.2, 2 entries, clean" "$(cat "$T/first")"
expect_eq "and the second" "packed.har.gz: HAR 1.2, 2 entries, clean" "$(cat "$T/second")"
expect_eq "nothing else is left" harmill "$(ls "$T/cold/build/pre-commit")"
expect_lacks "the smallest program" "$T/first" xml
run "$T/cold/.pre-commit/harmill" --version
expect_lacks "no libxml2 in it" "$T/out" libxml2

# ---- no compiler, no library

mkdir "$T/bin"
for tool in sh dirname find head mkdir mktemp rm mv sed tail getconf make git cat; do
    ln -s "$(command -v $tool)" "$T/bin/$tool"
done
run env PATH="$T/bin" "$T/cold/.pre-commit/harmill" validate good.har
expect_status "what is built needs no compiler" 0
touch "$T/cold/src/registry.c"
run env PATH="$T/bin" "$T/cold/.pre-commit/harmill" validate good.har
expect_status "older than its sources: built again, and there is no compiler" 2
expect_contains "no compiler: told" "$T/err" "harmill: cannot be built here: there is no C compiler."
expect_contains "no compiler: the packages" "$T/err" "libjansson-dev"
expect_contains "no compiler: the way out" "$T/err" "harmill-validate-system"
expect_empty "no compiler: stdout" "$T/out"
cat >"$T/cc" <<'CC'
#!/bin/sh
# A compiler on a system without jansson.
for word in "$@"; do
    case $word in
    *jansson*) exit 1 ;;
    *.c) if grep -q jansson "$word"; then exit 1; fi ;;
    esac
done
exec cc "$@"
CC
chmod +x "$T/cc"
run env CC="$T/cc" PKG_CONFIG_LIBDIR="$T" "$T/cold/.pre-commit/harmill" validate good.har
expect_status "no library" 2
expect_contains "no library: told" "$T/err" "harmill: cannot be built here: what is missing is JANSSON."
expect_eq "no library: nothing is left" harmill "$(ls "$T/cold/build/pre-commit")"
# A clone that may only be read. Root's own powers go round that, so it gives them up.
plain=
[ "$(id -u)" -ne 0 ] || plain="setpriv --bounding-set=-dac_override"
# shellcheck disable=SC2086 # words of a command
if [ -z "$plain" ] || $plain true 2>/dev/null; then
    touch "$T/cold/build/pre-commit/harmill"
    chmod -R a-w "$T/cold"
    run $plain "$T/cold/.pre-commit/harmill" validate good.har
    expect_status "who may only read the clone runs what is there" 0
    touch "$T/cold/src/registry.c"
    run $plain "$T/cold/.pre-commit/harmill" validate good.har
    expect_status "who may only read the clone cannot build" 3
    expect_contains "who may only read the clone cannot build: told" "$T/err" "no folder can be made"
else
    lacking "a clone that may only be read" setpriv
fi

# ---- try-repo, without network where that can be had

alone=
if unshare -n true 2>/dev/null; then
    alone="unshare -n"
elif unshare -rn true 2>/dev/null; then
    alone="unshare -rn"
else
    lacking "without network" "unshare -n"
fi
PATH=$HARMILL_BUILD:$PATH
# shellcheck disable=SC2086 # words of a command
run $alone pre-commit try-repo "$hooks" harmill-validate --all-files --verbose
expect_status "try-repo: a bad capture" 1
expect_contains "try-repo: its finding" "$T/out" "[wrong-type] (/log/entries/0/time)"
expect_contains "try-repo: a name with a blank" "$T/out" "bad one.har:"
expect_contains "try-repo: a packed one" "$T/out" "bad.har.gz:"
expect_contains "try-repo: captures only" "$T/out" "4 files: "
expect_lacks "try-repo: no progress, no build log" "$T/out" "CC "

# ---- as users have it

git -C "$work" rm -q 'bad one.har' bad.har.gz
write_config() { # the words behind "- id: ", a line each
    {
        printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n' "$hooks" "$(git -C "$hooks" rev-parse HEAD)"
        printf '  - id: %s\n' "$@"
    } >.pre-commit-config.yaml
}
write_config harmill-validate harmill-normalize harmill-secrets harmill-validate-system harmill-normalize-system harmill-secrets-system
commit .
check_status "the user's configuration" 0 pre-commit validate-config
run pre-commit run --all-files
expect_status "good captures pass all hooks" 0
expect_eq "good captures pass all hooks: told" 6 "$(grep -c Passed "$T/out")"
# A fixable one: the hook changes it, which pre-commit fails, and the next run passes.
tr -d '\n' <good.har >fixable.har
gzip -c fixable.har >fixable.har.gz
git add -A
run pre-commit run harmill-normalize
expect_status "a fixable one" 1
expect_contains "a fixable one: changed" "$T/out" "files were modified by this hook"
expect_same "a fixable one: as normalize writes it" good.har fixable.har
gzip -dc fixable.har.gz >unpacked
expect_same "a fixable packed one: as normalize writes it" good.har unpacked
rm unpacked
git add -A
check_status "a fixable one, again" 0 pre-commit run harmill-normalize
# A broken one is left alone and fails.
head -c 500 good.har >broken.har
cp broken.har "$T/broken"
git add -A
run pre-commit run harmill-normalize-system
expect_status "a broken one" 1
expect_same "a broken one: left alone" "$T/broken" broken.har
git rm -qf broken.har
# The project's own configuration and baseline are found.
sed 's/"time": *[0-9.]*/"time": "1"/' good.har >bad.har
git add -A
check_status "a bad one" 1 pre-commit run harmill-validate
"$HARMILL" validate -q --write-baseline known.json bad.har
echo '{"baseline": "known.json"}' >.harmill.json
git add -A
check_status "a bad one that is known" 0 pre-commit run harmill-validate
check_status "a bad one that is known, all" 0 pre-commit run harmill-validate-system --all-files
git rm -qf .harmill.json
# Secrets are looked for, by both hooks, whatever the project's configuration says.
cp "$DATA/login.har" secret.har
"$HARMILL" redact -q -o clean.har secret.har
echo '{"ignore": ["secret"]}' >.harmill.json
git add -A
for hook in harmill-secrets harmill-secrets-system; do
    run pre-commit run $hook --files secret.har
    expect_status "$hook: secrets" 1
    expect_contains "$hook: secrets: told" "$T/out" "[secret-header] (/log/entries/3/request/headers/2/value)"
    expect_lacks "$hook: secrets: not shown" "$T/out" 'Tea4two-8Kq!'
    check_status "$hook: a redacted one" 0 pre-commit run $hook --files clean.har good.har
done
git rm -qf secret.har .harmill.json
# Secrets stay out of what is printed, with colors in a terminal, too.
if need_tool "colors" script; then
    run script -qec "pre-commit run --color always harmill-validate" /dev/null
    expect_status "colors" 1
    expect_contains "colors: the finding" "$T/out" "[wrong-type]"
    expect_contains "colors: of pre-commit" "$T/out" "$(printf '\033[')"
fi

finish
