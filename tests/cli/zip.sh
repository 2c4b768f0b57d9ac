#!/bin/sh
# Captures in zip archives: which of the files in them are taken, how they are called, where their outputs go, and that a name in an
# archive never becomes a path.
# shellcheck disable=SC2016,SC2012 # the inner shells expand them; the names are known ones
. "$(dirname "$0")/../lib.sh"
. "$ROOT/tests/zip.inc"
begin
need_tool "zip archives" gzip || finish
mkdir "$T/inside"
cd "$T/inside" || exit 3

capture() { # NAME: a capture with this creator
    printf '{"log":{"version":"1.2","creator":{"name":"%s","version":"1"},"entries":[]}}\n' "$1"
}
capture one >one.har
capture two >two.har
printf 'hello\n' >note.txt
gzip -nc two.har >two.har.gz
"$HARMILL" normalize one.har >one.wanted
"$HARMILL" normalize two.har >two.wanted

zip_begin one.zip
zip_add note.txt note.txt
zip_add inner.har one.har
zip_end

if ! "$HARMILL" --version | grep -q libzip; then
    run "$HARMILL" validate one.zip
    expect_status "a build without zip" 3
    expect_eq "a build without zip: told" "harmill: one.zip: is a zip archive, and this build leaves out zip; unpack it first" \
        "$(head -n 1 "$T/err")"
    finish
fi
if command -v unzip >/dev/null 2>&1; then
    check_status "unzip finds nothing wrong with such an archive" 0 unzip -tq one.zip
fi

# ---- one capture

run "$HARMILL" validate one.zip
expect_status "one" 0
expect_eq "one: its name" "one.zip/inner.har: HAR 1.2, 0 entries, clean" "$(cat "$T/err")"
run "$HARMILL" normalize one.zip
expect_same "one to stdout" one.wanted "$T/out"
check_status "one to a file" 0 "$HARMILL" normalize one.zip -o out.har
expect_same "one to a file: the output" one.wanted out.har
cp one.zip 'called something'
check_status "known by its bytes" 0 "$HARMILL" normalize 'called something' -o out.har
expect_same "known by its bytes: the output" one.wanted out.har
check_status "info" 0 "$HARMILL" info one.zip
expect_contains "info: the name" "$T/out" "one.zip/inner.har: HAR 1.2"
check_status "convert" 0 "$HARMILL" convert one.zip -o out.xml
expect_contains "convert: the output" out.xml "urn:harmill:har:"
run sh -c '"$HARMILL" normalize - <one.zip'
expect_same "from stdin, a file" one.wanted "$T/out"
run sh -c 'cat one.zip | "$HARMILL" normalize'
expect_same "from a pipe" one.wanted "$T/out"
mkfifo fifo
cat one.zip >fifo &
run "$HARMILL" normalize fifo
wait
expect_same "from a named pipe" one.wanted "$T/out"
mkdir spool
run env TMPDIR="$PWD/spool" sh -c 'cat one.zip | "$HARMILL" normalize'
expect_eq "from a pipe: nothing is left in the spool folder" "" "$(ls spool)"
run "$HARMILL" validate --block-size 1 --report jsonl one.zip
expect_status "small blocks" 0
run "$HARMILL" validate --fail-on error one.zip missing.zip
expect_status "a missing archive" 3
expect_contains "a missing archive: told" "$T/err" "harmill: missing.zip: cannot open: No such file"

# ---- several

zip_begin two.zip
zip_add a/deep.har one.har
zip_method=0
zip_add b.HAR.GZ two.har.gz
zip_usual
zip_add __MACOSX/a/._deep.har note.txt
zip_add folder.har/ /dev/null
zip_end
run "$HARMILL" validate -v two.zip
expect_status "two" 0
expect_eq "two: their names" "two.zip/a/deep.har: HAR 1.2, 0 entries, clean
two.zip/b.HAR.GZ: HAR 1.2, 0 entries, clean
2 files: all clean" "$(cat "$T/err")"
check_status "two into one" 2 "$HARMILL" normalize two.zip -o out.har
expect_contains "two into one: told" "$T/err" "2 inputs and one output"
check_status "two into a folder" 0 "$HARMILL" normalize two.zip -o folder/
expect_eq "two into a folder: names of the archive" "two-1.har two-2.har" "$(ls folder | tr '\n' ' ' | sed 's/ $//')"
expect_same "two into a folder: the first" one.wanted folder/two-1.har
expect_same "two into a folder: the second, which is packed" two.wanted folder/two-2.har
check_status "XML into a folder" 0 "$HARMILL" convert -t xml two.zip one.zip -o xml/
expect_eq "XML into a folder: names" "one.xml two-1.xml two-2.xml" "$(ls xml | tr '\n' ' ' | sed 's/ $//')"
cp one.zip one.har.zip
check_status ".har.zip" 0 "$HARMILL" normalize one.har.zip -o zipped/
expect_eq ".har.zip: its name" one.har "$(ls zipped)"
run sh -c 'cat one.zip | "$HARMILL" normalize --stdin-name there/x.har.zip -o piped/'
expect_eq "a piped archive's name" x.har "$(ls piped)"
check_status "equal names" 2 "$HARMILL" normalize one.har one.zip -o equal/
expect_contains "equal names: told" "$T/err" "two inputs would both be written to equal/one.har"
run sh -c 'cat two.zip | "$HARMILL" validate'
expect_status "two from a pipe" 3
expect_contains "two from a pipe: what to do" "$T/err" "is a zip archive of 2 captures, which are read from a file only: save it and name that"
mkdir in
cp two.zip in/two.har.zip
cp one.zip in/other.zip
run "$HARMILL" validate -v in
expect_eq "a folder: .har.zip is taken, other archives are not" "in/two.har.zip/a/deep.har in/two.har.zip/b.HAR.GZ" \
    "$(sed -n 's/: HAR.*//p' "$T/err" | tr '\n' ' ' | sed 's/ $//')"

# ---- in place: never

for file in one.zip two.zip 'called something'; do
    cp "$file" before
    check_status "-i on $file" 2 "$HARMILL" normalize -i "$file"
    expect_eq "-i on $file: told" "harmill: $file: an archive cannot be changed in place; give --output" "$(cat "$T/err")"
    expect_same "-i on $file: it stays" before "$file"
done

# ---- what is taken

zip_begin json.zip
zip_add sub/ /dev/null
zip_add sub/capture.json one.har
zip_end
run "$HARMILL" normalize json.zip
expect_same "a .json that is alone" one.wanted "$T/out"
zip_begin jsons.zip
zip_add capture.json one.har
zip_add other.json two.har
zip_end
run "$HARMILL" validate jsons.zip
expect_status "no HAR" 1
expect_contains "no HAR: told" "$T/out" "this is a zip archive without a HAR in it"
run sh -c 'cat jsons.zip | "$HARMILL" validate'
expect_contains "no HAR, from a pipe: told" "$T/out" "this is a zip archive without a HAR in it"
zip_begin empty.zip
zip_end
run "$HARMILL" validate empty.zip
expect_status "an empty archive" 1
expect_contains "an empty archive: told" "$T/out" "this is a zip archive without a HAR in it"
zip_begin nested.zip
zip_method=0
zip_add inner.har one.zip
zip_end
run "$HARMILL" validate nested.zip
expect_status "an archive in an archive" 1
expect_contains "an archive in an archive is not entered" "$T/out" "nested.zip/inner.har:1:1: error: this is a zip archive"
if need_tool "a zip of Info-ZIP" zip; then
    zip -q info.zip one.har note.txt
    run "$HARMILL" normalize info.zip
    expect_same "a zip of Info-ZIP" one.wanted "$T/out"
    # From a pipe into a pipe: sizes stand behind the data, in zip64's form.
    { zip -q - one.har | cat; } >streamed.zip
    run "$HARMILL" normalize streamed.zip
    expect_same "a zip written to a pipe" one.wanted "$T/out"
    zip -q -fz wide.zip one.har
    run "$HARMILL" normalize wide.zip
    expect_same "a zip64" one.wanted "$T/out"
    zip -q -P secret secret.zip one.har
    run "$HARMILL" validate secret.zip
    expect_status "an encrypted one" 3
    expect_eq "an encrypted one: told" "harmill: secret.zip/one.har: is encrypted; unpack it first" "$(head -n 1 "$T/err")"
    if zip -q -Z bzip2 bzip2.zip "$DATA/shop.har" 2>/dev/null; then
        run "$HARMILL" validate bzip2.zip
        expect_status "packed by bzip2" 3
        expect_contains "packed by bzip2: told" "$T/err" "is packed in a way that is not read; unpack it first"
    fi
fi

# ---- names that lead elsewhere

mkdir hostile
cd hostile || exit 3
mkdir inside
cp ../one.har secret.har
printf 'secret.har' >target
zip_begin ../names.zip
for name in /etc/passwd.har ../../escape.har ..\\back.har 'C:\drive.har' 'a
b.har' same.har same.har './dot.har' '-o.har' 'con.har' "$(printf 'esc\033[31m.har')" '..har'; do
    zip_add "$name" ../one.har
done
zip_mode=120777
zip_add link.har target
zip_end
cp ../names.zip inside/names.zip
cd inside || exit 3
files() { (cd "$T" && find . ! -name out ! -name err | LC_ALL=C sort); }
files >"$T/out.before"
mv "$T/out.before" "$T/err.before" # neither is counted
: >"$T/err.after"
files >"$T/err.before"
run "$HARMILL" validate names.zip
expect_status "hostile names: the link is no capture" 1
files >"$T/err.after"
expect_same "hostile names: validate makes no file" "$T/err.before" "$T/err.after"
check_status "hostile names: info" 1 "$HARMILL" info names.zip
run "$HARMILL" normalize names.zip -o made/
expect_status "hostile names: normalize" 1
expect_eq "hostile names: numbered" "$(seq 1 12 | sed 's/.*/names-&.har/' | LC_ALL=C sort | tr '\n' ' ')" \
    "$(LC_ALL=C ls made | tr '\n' ' ')"
rm -r made
files >"$T/err.after"
expect_same "hostile names: nothing else was made" "$T/err.before" "$T/err.after"
if grep -q "$(printf '\033')" "$T/out" "$T/err"; then
    not_ok "hostile names: made visible"
else
    ok "hostile names: made visible"
fi
cd ../.. || exit 3

# ---- bodies beside the capture

post=',"postData":{"mimeType":"text/plain","params":[],"text":"","_file":"c.bin"}'
entry() { # CONTENT [POST]
    printf '{"startedDateTime":"2026-03-01T10:00:00.125Z","time":1,"request":{"method":"GET","url":"https://a.example/",'
    printf '"httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[]%s,"headersSize":-1,"bodySize":-1},' "${2-}"
    printf '"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":%s,' "$1"
    printf '"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":1,"receive":0}}'
}
log() { # ENTRIES
    printf '{"log":{"version":"1.2","creator":{"name":"hand","version":"1"},"entries":[%s]}}' "$1"
}
body() { # CONTENT [POST]: of the one entry that came out, its content
    log "$(entry "$@")" >beside.har
    zip_begin beside.zip
    zip_add har.har beside.har
    zip_add a.txt utf8
    zip_add b.bin bytes
    zip_add c.bin bytes
    zip_add sub/d.txt utf8
    zip_add empty /dev/null
    zip_end
    run "$HARMILL" normalize beside.zip -o beside.out
    expect_status "a body: $1" 0
    jq -cS '.log.entries[0].response.content' beside.out
}
printf 'caf\303\251 "\\\n\000' >utf8
printf '\000\377\376' >bytes
if need_tool "bodies beside the capture" jq; then
    expect_eq "a text" '{"mimeType":"text/plain","size":9,"text":"café \"\\\n\u0000"}' \
        "$(body '{"size":9,"mimeType":"text/plain","_file":"a.txt"}')"
    expect_eq "bytes" '{"encoding":"base64","mimeType":"image/png","size":3,"text":"AP/+"}' \
        "$(body '{"size":3,"mimeType":"image/png","_file":"b.bin"}')"
    expect_eq "a text that is none" '{"encoding":"base64","mimeType":"text/html","size":3,"text":"AP/+"}' \
        "$(body '{"size":3,"mimeType":"text/html","_file":"b.bin"}')"
    expect_eq "a type that is no text" "$(printf '{"encoding":"base64","mimeType":"font/woff2","size":9,"text":"%s"}' "$(base64 utf8)")" \
        "$(body '{"size":9,"mimeType":"font/woff2","_file":"a.txt"}')"
    expect_eq "an empty body" '{"mimeType":"application/ld+json; charset=utf-8","size":0,"text":""}' \
        "$(body '{"size":0,"mimeType":"application/ld+json; charset=utf-8","text":"","_file":"empty"}')"
    expect_eq "a file in a folder" '{"mimeType":"text/plain","size":9,"text":"café \"\\\n\u0000"}' \
        "$(body '{"size":9,"mimeType":"text/plain","_file":"sub/d.txt"}')"
    expect_eq "a name with escapes" '{"mimeType":"text/plain","size":9,"text":"café \"\\\n\u0000"}' \
        "$(body '{"size":9,"mimeType":"text/plain","_f\u0069le":"a\u002etxt"}')"
    expect_eq "a posted body" '{"encoding":"base64","mimeType":"text/plain","params":[],"text":"AP/+"}' \
        "$(body '{"size":0,"mimeType":"text/plain"}' "$post" >/dev/null; jq -cS '.log.entries[0].request.postData' beside.out)"
    # Names that are not there: also those that lead to files of this machine.
    for name in missing.txt A.TXT a.txt/ ./a.txt sub/../a.txt d.txt /etc/hostname ../inside/note.txt note.txt 'a.txt\u0000'; do
        expect_eq "no such file: $name" "$(printf '{"_file":"%s","mimeType":"text/plain","size":9}' "$name")" \
            "$(body "{\"size\":9,\"mimeType\":\"text/plain\",\"_file\":\"$name\"}")"
        expect_contains "no such file: $name is told" "$T/err" "[missing-attachment]"
        run "$HARMILL" validate --fail-on warning beside.zip
        expect_contains "no such file: $name is found" "$T/out" "[missing-attachment]"
    done
    # A text that is there stays, whatever _file says.
    expect_eq "a text beside _file" '{"_file":"b.bin","mimeType":"text/plain","size":2,"text":"hi"}' \
        "$(body '{"size":2,"mimeType":"text/plain","text":"hi","_file":"b.bin"}')"
    expect_eq "_file is no text" '{"_file":7,"mimeType":"text/plain","size":2}' "$(body '{"size":2,"mimeType":"text/plain","_file":7}')"
    # Twice is once.
    body '{"size":9,"mimeType":"text/plain","_file":"a.txt"}' >/dev/null
    run "$HARMILL" normalize beside.out
    expect_same "normalized again" beside.out "$T/out"
    run sh -c 'cat beside.zip | "$HARMILL" normalize'
    expect_same "from a pipe, with its bodies" beside.out "$T/out"
    # Nothing beside a plain file is opened; --no-normalize writes what was read.
    cp beside.har a.txt.har
    cp utf8 a.txt
    run "$HARMILL" normalize beside.har
    expect_eq "a plain file: _file stays" a.txt "$(jq -r '.log.entries[0].response.content._file' "$T/out")"
    run "$HARMILL" convert -t har --no-normalize beside.zip
    expect_eq "--no-normalize: _file stays" a.txt "$(jq -r '.log.entries[0].response.content._file' "$T/out")"
    head -c 3000 /dev/zero | tr '\0' x >bytes
    body '{"size":3000,"mimeType":"image/png","_file":"b.bin"}' >/dev/null
    check_status "a body as large as the bound, but not in base64" 3 "$HARMILL" normalize --max-item-bytes 3000 beside.zip -o bound.out
    expect_contains "a body as large as the bound: told" "$T/err" "--max-item-bytes"
    check_status "a body over the bound" 3 "$HARMILL" normalize --max-item-bytes 2999 beside.zip -o bound.out
    expect_eq "a body over the bound: told" \
        "harmill: beside.zip/har.har: a file beside the capture is larger than --max-item-bytes allows" "$(head -n 1 "$T/err")"
    check_status "a body over the bound: no output" 0 test ! -e bound.out
    check_status "a body within the bound" 0 "$HARMILL" normalize --max-item-bytes 9000 beside.zip -o bound.out
fi
finish
