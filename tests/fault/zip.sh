#!/bin/sh
# Zip archives that are cut, damaged, lie about themselves, or unpack to too much.
# shellcheck disable=SC2016 # shells further in expand it
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/fault.sh"
. "$ROOT/tests/zip.inc"
begin
need_tool "zip archives" gzip || finish_faults
if ! "$HARMILL" --version | grep -q libzip; then
    echo "this build leaves out zip"
    finish_faults
fi
"$HARMILL" normalize "$SMALL" -o "$T/wanted.har"
zip_begin "$T/good.zip"
zip_add small.har "$SMALL"
zip_end
attempt "$HARMILL" normalize "$T/good.zip" -o "$T/out.har"
expect_same "a good archive" "$T/wanted.har" "$T/out.har"

expect_damaged() { # NAME FILE
    expect_status "$1" 1
    if grep -q "^$2[^:]*:[1-9][0-9]*:[1-9][0-9]*: error: .*zip.*\[compressed-data\]" "$T/out"; then
        ok "$1: told"
    else
        not_ok "$1: told" "$(show_run)"
    fi
}

# ---- cut, and each byte another one

mkdir "$T/folder"
bad=$T/bad.zip
size=$(($(wc -c <"$T/good.zip")))
step=$(stride "$size" 60)
at=4
while [ "$at" -lt "$size" ]; do
    head -c "$at" "$T/good.zip" >"$bad"
    echo old >"$T/folder/out.har"
    attempt "$HARMILL" validate "$bad"
    expect_damaged "cut at $at" "$bad"
    at=$((at + step))
done
# The result is the same, or a finding, or a message; some bytes do not matter. An output is never another one.
at=0
told=0
while [ "$at" -lt "$size" ]; do
    { head -c "$at" "$T/good.zip" && printf '\245' && tail -c +$((at + 2)) "$T/good.zip"; } >"$bad"
    echo old >"$T/folder/out.har"
    attempt "$HARMILL" normalize "$bad" -o "$T/folder/out.har"
    case $status in
    0) expect_same "another byte at $at: the output" "$T/wanted.har" "$T/folder/out.har" ;;
    1 | 3)
        told=$((told + 1))
        expect_eq "another byte at $at: the old output" old "$(cat "$T/folder/out.har")"
        [ -s "$T/err" ] || not_ok "another byte at $at: told"
        ;;
    *) not_ok "another byte at $at" "$(show_run)" ;;
    esac
    expect_files "another byte at $at" "$T/folder" out.har
    at=$((at + step))
done
echo "another byte at $((size / step)) places: $told told"

# ---- lies

one() { # NAME...: an archive of the small capture, after the settings of zip_add
    zip_begin "$bad"
    eval "$1"
    zip_add small.har "$SMALL"
    zip_end
    attempt "$HARMILL" validate "$bad"
}
one 'zip_crc=\\001\\002\\003\\004'
expect_damaged "another checksum" "$bad"
expect_contains "another checksum: told" "$T/out" "its checksum is another one"
one 'zip_size=10'
expect_contains "a size that is too small: why" "$T/out" "its size is another one"
expect_damaged "a size that is too small" "$bad"
one 'zip_size=1000000'
expect_damaged "a size that is too large" "$bad"
one 'zip_size=4294967295'
expect_damaged "a size for zip64 without one" "$bad"
one 'zip_flags=1'
expect_status "encrypted" 3
expect_contains "encrypted: told" "$T/err" "is encrypted; unpack it first"
one 'zip_method=0'
expect_status "stored" 0
zip_begin "$bad"
zip_add small.har "$SMALL"
zip_files=65535
zip_end
attempt "$HARMILL" validate "$bad"
expect_damaged "more files than there are" "$bad"
# A zip64 end record of four thousand million files, which a reader would make room for.
zip_begin "$bad"
zip_add small.har "$SMALL"
at=$(($(wc -c <"$bad")))
{
    printf 'PK\006\006' && zip_little 44 8 && zip_little 45 2 && zip_little 45 2 && zip_little 0 8
    zip_little 4000000000 8 && zip_little 4000000000 8 && zip_little 184000000000 8 && zip_little 0 8
    printf 'PK\006\007' && zip_little 0 4 && zip_little "$at" 8 && zip_little 1 4
    printf 'PK\005\006' && zip_little 0 4 && zip_little 65535 2 && zip_little 65535 2
    zip_little 4294967295 4 && zip_little 4294967295 4 && zip_little 0 2
} >>"$bad"
attempt "$HARMILL" validate "$bad"
expect_damaged "a directory of gigabytes" "$bad"
expect_contains "a directory of gigabytes: why" "$T/out" "holds more than 65535 files"

# ---- bombs

expect_bomb() { # NAME FILE OPTION
    expect_damaged "$1" "$2"
    expect_contains "$1: the option" "$T/out" "$3"
}
large=268435456
[ "${HARMILL_SAMPLE-}" != 1 ] || large=104857600
{ cat "$SMALL" && head -c "$large" /dev/zero | tr '\0' ' '; } >"$T/large"
zip_begin "$T/bomb.zip"
zip_add bomb.har "$T/large"
zip_end
rm "$T/large"
attempt "$HARMILL" validate "$T/bomb.zip"
expect_bomb "a bomb" "$T/bomb.zip" max-decoded-ratio
attempt sh -c '"$HARMILL" validate <"$T/bomb.zip"'
expect_status "a bomb from stdin" 1
expect_contains "a bomb from stdin: the option" "$T/out" max-decoded-ratio
attempt "$HARMILL" validate --max-decoded-ratio 1000000 "$T/bomb.zip"
expect_status "a bomb that is allowed" 0
attempt "$HARMILL" validate --max-decoded-ratio 1000000 --max-decoded-bytes 50M "$T/bomb.zip"
expect_bomb "a bomb that is too large" "$T/bomb.zip" max-decoded-bytes
if [ "${SANITIZE-}" = "" ]; then
    attempt sh -c 'ulimit -v 131072; exec "$HARMILL" validate "$T/bomb.zip"'
    expect_status "a bomb, in 128 MiB" 1
fi
# A file that lies in the archive once and stands in its directory a hundred times.
zip_begin "$bad"
zip_add small.har "$SMALL"
i=0
while [ "$i" -lt 7 ]; do
    cat "$T/zip.directory" "$T/zip.directory" >"$T/doubled"
    mv "$T/doubled" "$T/zip.directory"
    zip_count=$((zip_count * 2))
    i=$((i + 1))
done
zip_end
attempt "$HARMILL" validate "$bad"
expect_damaged "files that overlap" "$bad"
expect_contains "files that overlap: why" "$T/out" "its files overlap"
# A body of 12 MB that packs well, named by many entries.
head -c 12000000 /dev/zero >"$T/zeros"
{
    printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":['
    i=0
    while [ "$i" -lt 200 ]; do
        [ "$i" = 0 ] || printf ,
        printf '{"startedDateTime":"2026-03-01T10:00:00.125Z","time":1,"request":{"method":"GET","url":"https://a.example/%d",' "$i"
        printf '"httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":-1},'
        printf '"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[],'
        printf '"content":{"size":12000000,"mimeType":"font/woff","_file":"zeros"},"redirectURL":"","headersSize":-1,"bodySize":-1},'
        printf '"cache":{},"timings":{"send":0,"wait":1,"receive":0}}'
        i=$((i + 1))
    done
    printf ']}}'
} >"$T/many.har"
zip_begin "$T/many.zip"
zip_add many.har "$T/many.har"
zip_add zeros "$T/zeros"
zip_end
rm "$T/zeros"
attempt "$HARMILL" normalize "$T/many.zip" -o "$T/folder/out.har"
expect_status "one body many times" 3
expect_one_complaint "one body many times" "$T/err"
expect_contains "one body many times: the option" "$T/err" "--max-decoded-ratio"
expect_files "one body many times" "$T/folder" out.har
expect_eq "one body many times: the old output" old "$(cat "$T/folder/out.har")"
# A body that is damaged lets no output be made.
printf '0123456789' >"$T/body"
sed 's/"zeros"/"body"/g' "$T/many.har" >"$T/few.har"
zip_begin "$bad"
zip_add few.har "$T/few.har"
zip_crc='\001\002\003\004'
zip_add body "$T/body"
zip_end
attempt "$HARMILL" normalize "$bad" -o "$T/folder/out.har"
expect_status "a damaged body" 3
expect_one_complaint "a damaged body" "$T/err"
expect_contains "a damaged body: why" "$T/err" "its checksum is another one"
expect_eq "a damaged body: the old output" old "$(cat "$T/folder/out.har")"
finish_faults
