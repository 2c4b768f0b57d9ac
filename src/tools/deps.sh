#!/bin/sh
# Finds what is missing to build, test or bench harmill and installs it: `deps.sh build|test|bench|ci`. The command is printed
# first; on a terminal it asks. With NO_INSTALL=1 or DEB_BUILD_OPTIONS set nothing is ever installed.
set -u

purpose=${1-build}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
missing=

need() {
    case " $missing " in
    *" $1 "*) ;;
    *) missing="$missing $1" ;;
    esac
}

program() { # NAME PACKAGE
    command -v "$1" >/dev/null 2>&1 || need "$2"
}

header() { # HEADER PACKAGE
    printf '#include <%s>\n' "$1" >"$work/t.c"
    "$compiler" -E "$work/t.c" >/dev/null 2>&1 || need "$2"
}

compiler=
for candidate in cc gcc clang; do
    if [ -z "$compiler" ] && command -v "$candidate" >/dev/null 2>&1; then
        compiler=$candidate
    fi
done
if [ -z "$compiler" ]; then
    compiler=cc
    need gcc
fi
program make make
program pkg-config pkg-config
header stdio.h libc6-dev
header jansson.h libjansson-dev
header zlib.h zlib1g-dev
[ -n "${WITHOUT_ZSTD-}" ] || header zstd.h libzstd-dev
# The headers of libxml2 stand in a folder of their own.
[ -n "${WITHOUT_XML-}" ] || pkg-config --exists libxml-2.0 2>/dev/null || header libxml/parser.h libxml2-dev

# Debian keeps curl's headers in a folder of their own, too.
[ -n "${WITHOUT_CURL-}" ] || pkg-config --exists libcurl 2>/dev/null || header curl/curl.h libcurl4-openssl-dev
[ -n "${WITHOUT_ZIP-}" ] || header zip.h libzip-dev
[ -n "${WITHOUT_PCRE2-}" ] || header pcre2posix.h libpcre2-dev
[ -n "${WITHOUT_BROTLI-}" ] || header brotli/decode.h libbrotli-dev

case $purpose in
test | ci)
    header check.h check
    program jq jq
    program mandoc mandoc
    program bash bash
    program zsh zsh
    program fish fish
    program shellcheck shellcheck
    program gzip gzip
    program zstd zstd
    program xmllint libxml2-utils
    program xsltproc xsltproc
    ;;
esac
case $purpose in
ci)
    program clang clang
    program valgrind valgrind
    program g++ g++
    program node nodejs
    program npm npm
    program git git
    program pre-commit pre-commit
    program chromium chromium
    program firefox-esr firefox-esr
    program openssl openssl
    # Debian keeps nginx where a user's own path does not look.
    [ -x /usr/sbin/nginx ] || program nginx nginx-light
    program curl curl
    ;;
bench)
    program jq jq
    program xmllint libxml2-utils
    ;;
esac

[ -n "$missing" ] || exit 0
missing=${missing# }

if [ -n "${NO_INSTALL-}" ] || [ -n "${DEB_BUILD_OPTIONS+set}" ]; then
    echo "not installed here: $missing (nothing is installed under NO_INSTALL or DEB_BUILD_OPTIONS)" >&2
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "To $purpose harmill install these packages with your system's tool (Debian's names): $missing" >&2
    echo "NO_INSTALL=1 goes on with what is there." >&2
    exit 1
fi
sudo=
[ "$(id -u)" -eq 0 ] || sudo="sudo "
command="${sudo}apt-get install -y --no-install-recommends $missing"
echo "Needed to $purpose harmill:" >&2
echo "  $command" >&2
if [ -t 0 ] && [ -t 2 ]; then
    printf 'Run it now? [Y/n] ' >&2
    read -r answer || answer=n
    case $answer in
    '' | y | Y | yes) ;;
    *)
        echo "Nothing was installed; going on without." >&2
        exit 0
        ;;
    esac
fi
if [ -n "$sudo" ] && ! command -v sudo >/dev/null 2>&1; then
    echo "There is no sudo here: run the command above as root." >&2
    exit 1
fi
# A fresh system has no package lists yet.
# shellcheck disable=SC2086 # a list of package names
$command || { ${sudo}apt-get update && $command; }
