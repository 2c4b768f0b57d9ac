#!/bin/sh
# Executes README.md: every console block, and the C blocks that those compile. Then the examples of the manuals.
# HARMILL_REGEN=1 writes what the commands really print into README.md and shows the difference.
. "$(dirname "$0")/../lib.sh"
begin

cd "$ROOT" || exit 3
make=${MAKE:-make}
cc=$(command -v "${CC:-cc}")
sanitize=${SANITIZE:+-fsanitize=$SANITIZE}
# Makes of the test run must not hand their own flags on.
unset MAKEFLAGS MFLAGS MAKELEVEL
warnings='-Wall -Wextra -Wpedantic -Wshadow -Wvla -Wmissing-prototypes -Wstrict-prototypes -Wformat=2 -Wconversion
    -Wno-sign-conversion -Wcast-qual -Wwrite-strings -Wundef -Werror'

# harmill and cc as a user has them: cc is the compiler under test, the library is installed.
stage=$T/stage
work=$T/work
mkdir -p "$T/bin" "$work" "$T/home"
ln -s "$HARMILL" "$T/bin/harmill"
printf '#!/bin/sh\nexec %s %s "$@"\n' "$cc" "$sanitize" >"$T/bin/cc"
chmod +x "$T/bin/cc"
check_status "make install" 0 "$make" install "B=$HARMILL_BUILD" "CC=$cc" "SANITIZE=${SANITIZE-}" prefix=/usr DESTDIR="$stage"
ln -s "$ROOT/testdata" "$ROOT/include" "$ROOT/docs" "$work"
ln -s "$HARMILL_BUILD" "$work/build"
PATH=$T/bin:$PATH
HOME=$T/home
PKG_CONFIG_PATH=$stage/usr/lib/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$stage
LD_LIBRARY_PATH=$stage/usr/lib
export PATH HOME PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH

# Runs one command as in a session; what it prints goes to $T/actual, its status to $last. $?, for the next command, is kept.
last=0
session() { # COMMAND
    kept=$last
    last=0
    (cd "$work" && sh -c "(exit $kept)
$1") >"$T/actual" 2>&1 </dev/null || last=$?
}

# Runs the command collected in $command, compares with $T/expected, and appends what was printed to the new README.
settle() {
    [ -n "$command" ] || return 0
    session "$command"
    commands=$((commands + 1))
    if [ "$last" -ge 126 ]; then
        not_ok "README: $command" "status $last: $(cat "$T/actual")"
    elif [ "${HARMILL_REGEN-0}" != 1 ]; then
        expect_same "README: $command" "$T/expected" "$T/actual"
    fi
    cat "$T/actual" >>"$T/README.md"
    command=
    : >"$T/expected"
}

# One pass over README.md. A console block: `$ ` starts a command, all other lines are what it prints. A C block is kept under the
# name that its first line gives.
state=text
command=
commands=0
programs=
: >"$T/expected"
: >"$T/README.md"
while IFS= read -r line; do
    case $state in
    text)
        case $line in
        '```console') state=console ;;
        '```c') state=c ;;
        esac
        ;;
    console)
        case $line in
        '```')
            settle
            state=text
            ;;
        '$ '*)
            settle
            command=${line#??}
            ;;
        *)
            printf '%s\n' "$line" >>"$T/expected"
            continue
            ;;
        esac
        ;;
    c | source)
        if [ "$line" = '```' ]; then
            state=text
        else
            if [ "$state" = c ]; then
                program=$(expr "$line" : '/\* \([a-z]*\.c\): ')
                [ -n "$program" ] || not_ok "README: a C block without a name" "$line"
                programs="$programs $program"
                state=source
            fi
            printf '%s\n' "$line" >>"$work/$program"
        fi
        ;;
    esac
    printf '%s\n' "$line" >>"$T/README.md"
done <README.md
expect_eq "README: all blocks end" text "$state"
if [ "$commands" -ge 20 ]; then ok "README: commands"; else not_ok "README: only $commands commands were found"; fi
if [ "${HARMILL_REGEN-0}" = 1 ]; then
    expect_golden "README.md" README.md "$T/README.md"
fi

# The programs are examples: clean under the house's warnings.
for program in $programs; do
    # shellcheck disable=SC2086 # a list of flags
    check_status "README: $program without warnings" 0 "$cc" -std=c11 $warnings -O1 -Iinclude -c -o "$T/example.o" "$work/$program"
done

# The writer built in: the file and two lines of the registry, as README says.
sed -e 's/^\(extern const struct har_writer .*\);/\1, har_writer_urls;/' \
    -e 's/{&har_writer_har\(.*\), NULL}/{\&har_writer_har\1, \&har_writer_urls, NULL}/' src/registry.c >"$T/registry.c"
expect_eq "README: lines of src/registry.c that a writer changes" 2 "$(diff src/registry.c "$T/registry.c" | grep -c '^>')"
# shellcheck disable=SC2046,SC2086 # lists of files and flags
run $cc $sanitize -std=c11 -D_GNU_SOURCE -Iinclude -Isrc "$T/registry.c" "$work/urls.c" "$HARMILL_BUILD"/obj/cli/*.o \
    "$HARMILL_BUILD/libharmill.a" $(sed -n 's/^[A-Z0-9]*_LIBS := //p' "$HARMILL_BUILD/config.mk") -o "$T/with-urls"
expect_status "README: a program with the writer built in" 0
run "$T/with-urls" convert -t urls "$DATA/shop.har"
expect_status "README: convert -t urls" 0
jq -r '.log.entries[] | "\(.response.status) \(.request.url)"' "$DATA/shop.har" >"$T/urls" 2>/dev/null
if need_tool "README: the writer's output" jq; then
    expect_same "README: the writer gives what jq gives" "$T/urls" "$T/out"
fi
cp "$T/out" "$T/out.urls"
check_status "README: -o FILE.urls" 0 "$T/with-urls" convert "$DATA/shop.har" -o "$T/x.urls"
check_status "README: the same writer by the ending" 0 cmp "$T/x.urls" "$T/out.urls"

# What README names must be there.
"$make" -s help >"$T/targets" 2>/dev/null
grep -oE '(^|`|sudo )make [a-z-]+' README.md | sed 's/.*make //' | sort -u >"$T/names"
while read -r target; do
    if grep -q "^$target " "$T/targets"; then ok "make $target"; else not_ok "README: make $target is no target"; fi
done <"$T/names"
for page in README.md docs/*.md tests/README.md testdata/README.md; do
    grep -oE '\]\([^)#]+' "$page" | sed 's/^](//' | grep -v '://' >"$T/names"
    while read -r link; do
        if [ -e "$(dirname "$page")/$link" ]; then ok "$link"; else not_ok "$page: there is no $link"; fi
    done <"$T/names"
done
check_status "make demo" 0 sh src/tools/demo.sh "$HARMILL" "$T/demo"

# harmill(1), EXAMPLES: the command lines as they stand, in a folder that has what they name.
work=$T/manual
mkdir -p "$work/captures" "$HOME/.config/fish/completions"
cp "$DATA"/valid/*.har "$work/captures"
for name in capture a b; do cp "$DATA/shop.har" "$work/$name.har"; done
head -c 32 /dev/urandom | base64 >"$work/key"
chmod 600 "$work/key"
# Scans come from the server of tests/cloudflare.
network=
if ! "$HARMILL" --version | grep -q libcurl; then
    skip "harmill(1): examples with scans" "this build leaves out libcurl"
elif need_tool "harmill(1): examples with scans" node; then
    # shellcheck source=tests/cloudflare/server.inc
    . "$ROOT/tests/cloudflare/server.inc"
    start_server manual
    network="CLOUDFLARE_API_TOKEN=$PLANTED_TOKEN CLOUDFLARE_ACCOUNT_ID=$ACCOUNT CLOUDFLARE_BASE_URL=$URL/s/post-fine/client/v4"
    scan=$(scan_id plain)
    echo "cloudflare:$scan" >"$work/scans.txt"
fi
chmod -R u+w "$work"
sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\.It Li "\(.*\)"$/\1/p' src/man/harmill.1 |
    sed -e 's/\\-/-/g' -e 's/\\(ti/~/g' -e 's/\\(dq/"/g' -e 's/\\e/\\/g' -e 's/\\&//g' >"$T/examples"
examples=0
while IFS= read -r example; do
    examples=$((examples + 1))
    case $example in
    *SCAN_ID* | *scans.txt* | 'harmill scan '*)
        [ -n "$network" ] || continue
        # shellcheck disable=SC2086 # a list of variables
        run env $network sh -c "cd '$work' && $(printf '%s\n' "$example" | sed "s/SCAN_ID/$scan/g")"
        ;;
    *'<('*) run bash -c "cd '$work' && $example" ;;
    *) run sh -c "cd '$work' && $example" ;;
    esac
    # What shows a change has one to show.
    expected=0
    case $example in
    *' --diff '*) expected=1 ;;
    esac
    expect_status "harmill(1): $example" "$expected"
done <"$T/examples"
if [ "$examples" -ge 5 ]; then ok "harmill(1): examples"; else not_ok "harmill(1): only $examples examples were found"; fi

# libharmill(3), EXAMPLES: one program.
sed -n '/^\.Bd -literal/,/^\.Ed/p' src/man/libharmill.3 | sed -e '/^\.[BE]d/d' -e 's/\\e/\\/g' >"$T/manual.c"
# shellcheck disable=SC2086 # a list of flags
check_status "libharmill(3): the example without warnings" 0 "$cc" $sanitize -std=c11 $warnings -Iinclude "$T/manual.c" \
    -L"$HARMILL_BUILD" -lharmill -o "$T/example"
run env LD_LIBRARY_PATH="$HARMILL_BUILD" "$T/example" "$DATA/cloudflare-documented.har"
expect_contains "libharmill(3): what the example prints" "$T/out" "cloudflare-documented.har:1: missing-member"

if need_tool "manuals" mandoc; then
    for page in src/man/*.[1-9]; do
        run mandoc -Tlint -Wwarning "$page"
        expect_empty "mandoc: $page" "$T/out"
    done
fi
finish
