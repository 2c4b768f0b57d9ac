#!/bin/sh
# Puts the npm packages that tests compare with into the node_modules of the folders below, from their lock files. Prints the
# commands, asks on a terminal; does nothing without npm, with NO_INSTALL=1 or DEB_BUILD_OPTIONS (those tests are skipped then).
set -u

folders='
tests/corpus
tests/consumer
'

missing=
for folder in $folders; do
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
failed=0
for folder in $missing; do
    if npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --loglevel=error; then
        cp "$folder/package-lock.json" "$folder/node_modules/.installed"
    else
        echo "npm failed in $folder; tests that need its packages are skipped" >&2
        failed=1
    fi
done
[ "$failed" = 0 ] || [ "${HARMILL_REQUIRE-0}" != 1 ]
