#!/bin/sh
# harmill fetch on what needs no network: the bytes of files, stdin and archives arrive as they are, or nothing does.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
begin
cd "$T" || exit 3

mkdir in
cp "$DATA/shop.har" in/shop.har
gzip -nc in/shop.har >in/packed.har.gz
printf 'no HAR at all\r\n\000\377\033[31m' >in/bytes.har
: >in/empty.har
head -c 3000000 /dev/urandom >in/large.har

# ---- bytes

for name in shop.har packed.har.gz bytes.har empty.har large.har; do
    check_status "file $name" 0 "$HARMILL" fetch "in/$name"
    expect_same "bytes of $name on stdout" "in/$name" out
    check_status "file $name to a file" 0 "$HARMILL" fetch "in/$name" -o copy
    expect_same "bytes of $name in a file" "in/$name" copy
    status=0
    "$HARMILL" fetch - -o copy <"in/$name" >out 2>err || status=$?
    expect_status "stdin $name" 0
    expect_same "bytes of $name from stdin" "in/$name" copy
    rm -f copy
done

status=0
"$HARMILL" fetch <in/bytes.har >out 2>err || status=$?
expect_status "no INPUT is stdin" 0
expect_same "bytes of stdin" in/bytes.har out
head -c 3000000 in/large.har | "$HARMILL" fetch -o - >out 2>err
expect_same "bytes of a pipe" in/large.har out

# ---- what the name says

check_status "plain bytes called .gz" 0 "$HARMILL" fetch in/shop.har -o plain.har.gz
expect_same "stay plain" in/shop.har plain.har.gz
expect_contains "which is told" err "plain.har.gz: the bytes are not packed, although the name says gzip"
check_status "packed bytes called .har" 0 "$HARMILL" fetch in/packed.har.gz -o packed.har
expect_same "stay packed" in/packed.har.gz packed.har
expect_contains "which is told, too" err "packed.har: the bytes are packed with gzip, which the name does not say"
check_status "and with --quiet is not" 0 "$HARMILL" fetch -q in/packed.har.gz -o packed.har
expect_empty "quiet" err
check_status "names that fit" 0 "$HARMILL" fetch in/packed.har.gz -o packed.har.gz
expect_empty "need no words" err

check_status "verbose" 0 "$HARMILL" fetch -v in/shop.har -o copy.har
expect_eq "tells the size" "in/shop.har: $(wc -c <in/shop.har) bytes" "$(cat err)"

# ---- several inputs

check_status "several inputs, one output" 2 "$HARMILL" fetch in/shop.har in/bytes.har -o one.har
expect_contains "which is told" err "give -o DIR/"
expect_lacks "without what fetch cannot do" err "--merge"
[ ! -e one.har ]
expect_eq "and nothing is written" 0 $?
check_status "several inputs to stdout" 2 "$HARMILL" fetch in/shop.har in/bytes.har
expect_empty "nothing on stdout" out
check_status "several inputs, a folder" 0 "$HARMILL" fetch in/shop.har in/packed.har.gz in/bytes.har -o new/
expect_eq "names stay" "bytes.har packed.har.gz shop.har" "$(echo new/* | sed 's|new/||g')"
for name in shop.har packed.har.gz bytes.har; do
    expect_same "$name in the folder" "in/$name" "new/$name"
done
check_status "a folder as input" 0 "$HARMILL" fetch in -o all/
expect_eq "all of it" "$(ls in)" "$(ls all)"
cp in/shop.har capture.xml
check_status "another format's name" 0 "$HARMILL" fetch capture.xml -o all/
expect_same "stays" capture.xml all/capture.xml
mkdir other
cp in/bytes.har other/shop.har
check_status "two of one name" 2 "$HARMILL" fetch in/shop.har other/shop.har -o same/
expect_contains "are refused" err "two inputs would both be written to same/shop.har"
printf 'in/shop.har\nin/bytes.har\n' >list
check_status "a list" 0 "$HARMILL" fetch --files-from list -o listed/
expect_eq "of inputs" "bytes.har shop.har" "$(echo listed/* | sed 's|listed/||g')"

# ---- archives

if need_tool "archives" zip; then
    (cd in && zip -q ../two.har.zip shop.har bytes.har)
    (cd in && zip -q ../one.har.zip shop.har)
    if "$HARMILL" --version | grep -q libzip; then
        check_status "an archive with one capture" 0 "$HARMILL" fetch one.har.zip -o -
        expect_same "gives the capture" in/shop.har out
        check_status "an archive with two" 0 "$HARMILL" fetch two.har.zip -o two/
        expect_same "gives both: first" in/shop.har two/two-1.har
        expect_same "gives both: second" in/bytes.har two/two-2.har
    else
        skip "archives" "built without libzip"
    fi
    status=0
    "$HARMILL" fetch - <one.har.zip >out 2>err || status=$?
    expect_same "an archive on stdin stays one" one.har.zip out
fi

# ---- what cannot be

printf old >kept.har
check_status "a file that is not there" 3 "$HARMILL" fetch missing.har -o kept.har
expect_contains "is told" err "missing.har: cannot open"
expect_eq "the old output stays" old "$(cat kept.har)"
check_status "of several one is not there" 3 "$HARMILL" fetch in/shop.har missing.har in/bytes.har -o some/
expect_same "the others are written: first" in/shop.har some/shop.har
expect_same "the others are written: last" in/bytes.har some/bytes.har
expect_eq "and nothing else" "bytes.har shop.har" "$(echo some/* | sed 's|some/||g')"
check_status "a folder that cannot be" 3 "$HARMILL" fetch in/shop.har -o kept.har/x/
if [ -e /dev/full ]; then
    check_status "a full disk" 3 "$HARMILL" fetch in/large.har -o /dev/full
    expect_contains "is told" err "No space left"
    status=0
    "$HARMILL" fetch in/shop.har >/dev/full 2>err || status=$?
    expect_status "a full disk behind stdout" 3
    expect_contains "is told there" err "No space left"
fi
(
    ulimit -f 1000
    trap '' XFSZ
    "$HARMILL" fetch in/large.har -o kept.har 2>err
)
expect_eq "a file that may not grow" 3 $?
expect_eq "the old output stays then, too" old "$(cat kept.har)"
expect_eq "and no part of a new one" "" "$(find . -maxdepth 1 -name '*kept*' ! -name kept.har)"
status=0
{ "$HARMILL" fetch in/large.har || echo "status $?" >&2; } 2>err | head -c 10 >/dev/null
expect_lacks "a closed pipe needs no words" err "harmill:"
chmod 0 in/bytes.har
if [ ! -r in/bytes.har ]; then
    check_status "a file that must not be read" 3 "$HARMILL" fetch in/bytes.har -o copy2
    expect_contains "is told as that" err "Permission denied"
fi
chmod 644 in/bytes.har
chmod 640 kept.har
check_status "an output that exists" 0 "$HARMILL" fetch in/shop.har -o kept.har
expect_eq "keeps its mode" 640 "$(stat -c %a kept.har)"
expect_same "and is new" in/shop.har kept.har

# ---- terminals

if need_tool "terminals" script; then
    script -qec "'$HARMILL' fetch in/bytes.har" /dev/null </dev/null >out 2>&1
    expect_eq "a terminal is refused" 2 $?
    expect_contains "with what to do" out "give -o FILE, or '-o -'"
    expect_lacks "and gets no byte" out "no HAR at all"
    script -qec "'$HARMILL' fetch in/bytes.har -o -" /dev/null </dev/null >out 2>&1
    expect_eq "unless asked for" 0 $?
    expect_contains "gets the bytes" out "no HAR at all"
fi

# ---- options

check_status "no option of others" 2 "$HARMILL" fetch --repair in/shop.har
check_status "help" 0 "$HARMILL" fetch --help
expect_contains "says what a name does" out "NAME.gz"
finish
