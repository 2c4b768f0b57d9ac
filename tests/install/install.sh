#!/bin/sh
# make install into an empty DESTDIR: the files, harmill.pc, a program that links against the installed library, uninstall.
. "$(dirname "$0")/../lib.sh"
begin

cd "$ROOT" || exit 3
make=${MAKE:-make}
cc=${CC:-cc}
# Makes of the test run must not hand their own flags on.
unset MAKEFLAGS MFLAGS MAKELEVEL
stage=$T/stage
set -- "B=$HARMILL_BUILD" "CC=$cc" "SANITIZE=${SANITIZE-}" prefix=/usr DESTDIR="$stage"

check_status "make install" 0 "$make" install "$@"
version=$(sed -n 's/^#define HAR_VERSION "\(.*\)"/\1/p' include/harmill/api.h)
for file in bin/harmill lib/libharmill.a "lib/libharmill.so.$version" lib/libharmill.so.0 lib/libharmill.so \
    lib/pkgconfig/harmill.pc include/harmill/harmill.h share/man/man1/harmill.1 share/man/man7/harmill-rules.7 \
    share/bash-completion/completions/harmill share/zsh/site-functions/_harmill share/fish/vendor_completions.d/harmill.fish; do
    if [ -f "$stage/usr/$file" ]; then
        ok "$file"
    else
        not_ok "$file is not installed"
    fi
done
expect_eq "soname" libharmill.so.0 \
    "$(objdump -p "$stage/usr/lib/libharmill.so" 2>/dev/null | sed -n 's/^ *SONAME *//p')"
expect_eq "version of the installed program" "harmill $version" "$("$stage/usr/bin/harmill" --version 2>&1 | head -n 1)"
expect_eq "paths of DESTDIR inside harmill.pc" 0 "$(grep -c "$T" "$stage/usr/lib/pkgconfig/harmill.pc")"

if need_tool "link against the installed library" pkg-config; then
    cat >"$T/use.c" <<'PROGRAM'
#include <harmill/harmill.h>
#include <string.h>
int main(void)
{
    return strcmp(har_version(), HAR_VERSION) == 0 ? 0 : 1;
}
PROGRAM
    PKG_CONFIG_PATH=$stage/usr/lib/pkgconfig
    PKG_CONFIG_SYSROOT_DIR=$stage
    export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
    sanitize=${SANITIZE:+-fsanitize=$SANITIZE}
    # shellcheck disable=SC2046,SC2086 # lists of flags
    run $cc $sanitize "$T/use.c" -o "$T/use" $(pkg-config --cflags --libs harmill)
    expect_status "link the shared library" 0
    run env LD_LIBRARY_PATH="$stage/usr/lib" "$T/use"
    expect_status "run with the shared library" 0
    # Our library static, what it needs shared: static ones of all others would want theirs in turn.
    # shellcheck disable=SC2046,SC2086 # lists of flags
    run $cc $sanitize "$T/use.c" -o "$T/use" $(pkg-config --cflags harmill) "$stage/usr/lib/libharmill.a" \
        $(PKG_CONFIG_SYSROOT_DIR='' pkg-config --libs $(pkg-config --print-requires-private harmill)) -lm
    expect_status "link the static library" 0
    check_status "run with the static library" 0 "$T/use"
    unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
fi

check_status "make uninstall" 0 "$make" uninstall "$@"
expect_eq "left after uninstall" "" "$(find "$stage" ! -type d)"
finish
