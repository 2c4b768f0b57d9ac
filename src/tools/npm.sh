#!/bin/sh
# Puts the npm packages that tests compare with into tests/corpus/node_modules, from the lock file. Prints the command, asks on
# a terminal; does nothing without npm, with NO_INSTALL=1 or DEB_BUILD_OPTIONS (those tests are skipped then).
set -u

folder=tests/corpus
if cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed"; then
    exit 0
fi
if [ -n "${NO_INSTALL-}" ] || [ -n "${DEB_BUILD_OPTIONS+set}" ] || ! command -v npm >/dev/null 2>&1; then
    exit 0
fi
echo "Some tests compare with npm packages:" >&2
echo "  npm ci --prefix $folder" >&2
if [ -t 0 ] && [ -t 2 ]; then
    printf 'Run it now? [Y/n] ' >&2
    read -r answer || answer=n
    case $answer in
    '' | y | Y | yes) ;;
    *) exit 0 ;;
    esac
fi
if npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --loglevel=error; then
    cp "$folder/package-lock.json" "$folder/node_modules/.installed"
else
    echo "npm failed; tests that need its packages are skipped" >&2
    [ "${HARMILL_REQUIRE-0}" != 1 ]
fi
