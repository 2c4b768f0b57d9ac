#!/bin/sh
# Normalizing every capture and fixture of the shared folder that can be read: what comes out stays as it is when it is normalized
# again, and has no member of another type, none that is null or unknown without an underscore, and no version but 1.2. For what
# is left of the other rules about members, see the list of counts that the suite prints.
. "$(dirname "$0")/../lib.sh"
begin

for folder in corpus fixtures cloudflare; do
    need_shared "normalize" "$folder" || finish
done
cd "$HARMILL_SHARED" || exit 3

# Slow builds leave large files out.
size=
[ "${HARMILL_SAMPLE-0}" != 1 ] || size='-size -600k'
# shellcheck disable=SC2086 # one option and its value, or none
find corpus fixtures cloudflare -type f $size \( -name '*.har' -o -name '*.harp' -o -name '*.json' \) \
    ! -name urlscanner-openapi.json | LC_ALL=C sort >"$T/files"

mkdir "$T/written"
number=0
while IFS= read -r file; do
    number=$((number + 1))
    run "$HARMILL" normalize -q "$file" -o "$T/written/$number.har"
    case $status in
    0) printf '%s\t%s\n' "$number" "$file" >>"$T/names" ;;
    1) check_status "$file is broken: nothing is written" 0 test ! -e "$T/written/$number.har" ;;
    *) not_ok "$file is normalized, or nothing is written" "$(show_run)" ;;
    esac
done <"$T/files"

# All at once: what would change is named.
run "$HARMILL" normalize --check "$T/written"
expect_status "what is normalized stays as it is" 0
expect_empty "what is normalized stays as it is: all of it" "$T/out"

run "$HARMILL" validate --show info --max-findings 0 --report jsonl "$T/written"
case $status in
0 | 1) ok "what is normalized is judged" ;;
*) not_ok "what is normalized is judged" "$(show_run)" ;;
esac
sed -n 's/.*"rule": *"\([a-z0-9-]*\)".*/\1/p' "$T/out" | LC_ALL=C sort | uniq -c | LC_ALL=C sort -rn >"$T/counts"
for rule in wrong-type null-member unknown-member common-custom-member duplicate-key empty-version malformed-version \
    unsupported-version newer-version newer-member envelope incomplete-cache-entry missing-cache negative-page-timing; do
    grep "\"rule\": *\"$rule\"" "$T/out" >"$T/left"
    expect_empty "$rule is mended" "$T/left"
done
echo "$(wc -l <"$T/files") captures, $(wc -l <"$T/names") normalized; findings about members that are left:"
grep -E ' (missing-member|draft-member|empty-timings|malformed-date|impossible-date|date-without-zone|date-form)$' "$T/counts"
finish
