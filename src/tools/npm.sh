#!/bin/sh
# Puts the npm packages that tests compare with into tests/FOLDER/node_modules, from the lock file there: `npm.sh [FOLDER]...`, all
# of them without arguments. Prints the commands, asks on a terminal; does nothing without npm, with NO_INSTALL=1 or
# DEB_BUILD_OPTIONS (those tests are skipped then).
set -u

if [ $# -eq 0 ]; then
    for lock in tests/*/package-lock.json; do
        [ ! -f "$lock" ] || set -- "$@" "$(dirname "$lock")"
    done
fi
missing=
for folder in "$@"; do
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed" || missing="$missing $folder"
done
if [ -z "$missing" ] || [ -n "${NO_INSTALL-}" ] || [ -n "${DEB_BUILD_OPTIONS+set}" ] || ! command -v npm >/dev/null 2>&1; then
    exit 0
fi
echo "Some tests compare with npm packages:" >&2
for folder in $missing; do
    echo "  npm ci --prefix $folder" >&2
done
if [ -t 0 ] && [ -t 2 ]; then
    printf 'Run it now? [Y/n] ' >&2
    read -r answer || answer=n
    case $answer in
    '' | y | Y | yes) ;;
    *) exit 0 ;;
    esac
fi
status=0
for folder in $missing; do
    if npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --loglevel=error; then
        cp "$folder/package-lock.json" "$folder/node_modules/.installed"
    else
        echo "npm failed; tests that need the packages of $folder are skipped" >&2
        [ "${HARMILL_REQUIRE-0}" != 1 ] || status=1
    fi
done
exit "$status"
