#!/bin/sh
# harmill convert: which writer, where to.
. "$(dirname "$0")/../lib.sh"
begin

cd "$T" || exit 3
printf '{"log":{"entries":[],"pages":[],"creator":{"version":"1","name":"a"},"version":"1.2"}}' >a.json
printf '{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"pages":[],"entries":[]}}\n' >line.har
"$HARMILL" normalize line.har -o wanted.har

run "$HARMILL" convert -t har a.json
expect_status "-t har" 0
expect_same "-t har" wanted.har "$T/out"
run "$HARMILL" convert --to=har --indent 0 a.json -o -
expect_same "--indent 0 to stdout" line.har "$T/out"
for name in out.har out.json OUT.HAR; do
    check_status "by the ending of $name" 0 "$HARMILL" convert a.json -o "$name"
    expect_same "by the ending of $name" wanted.har "$name"
done
check_status "-t wins over the ending" 0 "$HARMILL" convert -t har a.json -o out.txt
expect_same "-t wins over the ending" wanted.har out.txt
if need_tool "by the endings of a coding" gzip; then
    check_status "by the endings of a coding" 0 "$HARMILL" convert a.json -o out.har.gz
    gzip -dc out.har.gz >plain
    expect_same "by the endings of a coding" wanted.har plain
fi
for name in made.foo made.out ''; do
    check_status "no writer for '$name'" 2 "$HARMILL" convert a.json ${name:+-o "$name"}
    expect_contains "no writer for '$name': the option" "$T/err" "-t WRITER"
    expect_empty "no writer for '$name': stdout" "$T/out"
    [ -z "$name" ] || [ ! -e "$name" ] || not_ok "no writer for '$name': it was made"
done
check_status "an unknown writer" 2 "$HARMILL" convert -t hra a.json
expect_eq "an unknown writer: a suggestion" "harmill: unknown writer 'hra'; did you mean 'har'?" "$(cat "$T/err")"
check_status "an unknown format" 2 "$HARMILL" convert -f hat -t har a.json
expect_contains "an unknown format: a suggestion" "$T/err" "did you mean 'har'?"
check_status "-f har" 0 "$HARMILL" convert -f har -t har a.json -o out.har

# Into a folder the ending of the format is replaced by the writer's own.
mkdir in
cp a.json in/one.har
cp a.json in/two.har.gz
cp a.json three.json
check_status "a folder and a file" 0 "$HARMILL" convert -t har in three.json -o made/
expect_eq "a folder and a file: names" "one.har three.har two.har " "$(find made -type f -exec basename {} \; | LC_ALL=C sort | tr '\n' ' ')"
for file in made/*; do
    expect_same "a folder and a file: $file" wanted.har "$file"
done
cp a.json in/three.har
check_status "equal names" 2 "$HARMILL" convert -t har in three.json -o again/
expect_eq "equal names: told" "harmill: two inputs would both be written to again/three.har" "$(cat "$T/err")"
check_status "equal names: before any work" 0 test ! -e again
check_status "several and one file" 2 "$HARMILL" convert a.json three.json -o out.har
check_status "a folder needs -t" 2 "$HARMILL" convert a.json -o made/

# Broken input: status 1 and nothing, or a part and a word about it on stdout.
printf '{"log":{"version":"1.2"' >cut.har
echo old >out.har
check_status "broken" 1 "$HARMILL" convert cut.har -o out.har
expect_eq "broken: the old output" old "$(cat out.har)"
check_status "broken to stdout" 1 "$HARMILL" convert -t har cut.har
expect_contains "broken to stdout: told" "$T/err" "harmill: cut.har: it cannot be read whole, so nothing was written"
expect_empty "broken to stdout: nothing" "$T/out"
check_status "broken to stdout, as it comes" 1 "$HARMILL" convert -t har --keep-order cut.har
expect_contains "broken to stdout, as it comes: told" "$T/err" "cut.har: it cannot be read whole, so the output is not whole either"
check_status "missing" 3 "$HARMILL" convert missing.har -o out.har
expect_eq "missing: the old output" old "$(cat out.har)"
for option in -i --check --diff; do
    check_status "$option belongs to normalize" 2 "$HARMILL" convert "$option" -t har a.json
done
# A report on stdout and the output on stdout.
check_status "two things on stdout" 2 "$HARMILL" convert -t har --report jsonl a.json
expect_contains "two things on stdout: told" "$T/err" "both go to stdout"
check_status "a report on stdout, the output in a file" 0 "$HARMILL" convert --report jsonl a.json -o out.har
expect_contains "a report on stdout, the output in a file" "$T/out" '"type":"input"'
finish
