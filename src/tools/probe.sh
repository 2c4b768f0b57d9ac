#!/bin/sh
# Finds out what the compiler and the system can do and writes it as make variables to FILE; does nothing when FILE was
# written for the same compiler, libraries and choices. Called by GNUmakefile:
#     probe.sh FILE CC PKG_CONFIG NAME:PC_NAME:HEADER:LIBRARY...
# A NAME that was left out on purpose comes as "-NAME:...".
set -u

file=$1
cc=$2
pkg_config=$3
shift 3

compiler=$($cc --version 2>/dev/null | head -n 1)
versions=
for part in "$@"; do
    pc=${part#*:}
    pc=${pc%%:*}
    versions="$versions $part=$($pkg_config --modversion "$pc" 2>/dev/null)"
done
key="# $cc|$compiler|$(cksum <"$0")|$versions"
if [ -f "$file" ] && [ "$(head -n 1 "$file")" = "$key" ]; then
    # A library that pkg-config does not know may have come since: only files that found everything are final.
    grep -q '^MISSING_.*:= 1' "$file" || exit 0
fi

mkdir -p "$(dirname "$file")"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# $1: text of a C file; the rest: flags. Warnings count as failure, so that flags which are only ignored are not taken.
compiles() {
    printf '%s\n' "$1" >"$work/t.c"
    shift
    $cc "$work/t.c" -o "$work/t" -Werror "$@" >/dev/null 2>&1
}

accepted() {
    taken=
    for flag in "$@"; do
        # Fortification needs optimization, and tells so only when a C library header is read.
        if compiles '#include <stdio.h>
int main(void) { return puts("x") < 0; }' -O2 "$flag"; then
            taken="$taken $flag"
        fi
    done
    printf '%s' "$taken"
}

{
    printf '%s\n' "$key"
    if [ -z "$compiler" ]; then
        echo "MISSING_CC := 1"
    fi
    fortify=$(accepted -D_FORTIFY_SOURCE=3)
    [ -n "$fortify" ] || fortify=$(accepted -D_FORTIFY_SOURCE=2)
    echo "FORTIFY := $fortify"
    echo "HARDENING := $(accepted -fstack-protector-strong -fstack-clash-protection -fcf-protection)"
    echo "PIC := $(accepted -fPIC -fno-semantic-interposition)"
    echo "HARDENING_LINK := $(accepted -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed)"
    echo "PIE := $(accepted -pie)"
    echo "SYMBOLIC := $(accepted -Wl,-Bsymbolic-functions)"
    echo "PREFIX_MAP_WORKS := $(accepted -ffile-prefix-map=/x=y)"
    for part in "$@"; do
        name=${part%%:*}
        rest=${part#*:}
        pc=${rest%%:*}
        rest=${rest#*:}
        header=${rest%%:*}
        library=${rest#*:}
        case $name in
        -*)
            echo "HAVE_${name#-} :="
            continue
            ;;
        esac
        if $pkg_config --exists "$pc" 2>/dev/null; then
            cflags=$($pkg_config --cflags "$pc")
            libs=$($pkg_config --libs "$pc")
        else
            cflags=
            libs=$library
        fi
        # shellcheck disable=SC2086 # lists of flags
        if compiles "#include <$header>
int main(void) { return 0; }" $cflags $libs; then
            echo "HAVE_$name := 1"
            echo "${name}_CFLAGS := $cflags"
            echo "${name}_LIBS := $libs"
            if $pkg_config --exists "$pc" 2>/dev/null; then
                echo "${name}_PC := $pc"
            fi
        else
            echo "HAVE_$name :="
            echo "MISSING_$name := 1"
        fi
    done
} >"$work/config" && mv "$work/config" "$file"
