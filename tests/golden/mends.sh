#!/bin/sh
# Every row of what normalize changes has its folder in testdata/normalize/: before.har, or before.har.zip, becomes after.har, which
# stays as it is; the change is counted, and its rule finds nothing any more.
. "$(dirname "$0")/../lib.sh"
begin

sed -n 's/^ *X([A-Z0-9_]*, "\([a-z0-9-]*\)".*/\1/p' "$ROOT"/include/harmill/mends_*.h | LC_ALL=C sort >"$T/rows"
for folder in "$DATA"/normalize/*/; do basename "$folder"; done | LC_ALL=C sort >"$T/folders"
expect_same "one folder per row" "$T/rows" "$T/folders"

zip=
! "$HARMILL" --version | grep -q libzip || zip=yes
for folder in "$DATA"/normalize/*/; do
    folder=${folder%/}
    mend=$(basename "$folder")
    before=$folder/before.har
    [ -f "$before" ] || before=$folder/before.har.zip
    case $before:$zip in
    *.zip:) continue ;; # not in this build
    esac
    rule=$(sed -n "s/^ *X([A-Z0-9_]*, \"$mend\", [A-Z]*, \\([A-Z0-9_]*\\),.*/\\1/p" "$ROOT"/include/harmill/mends_*.h |
        tr 'A-Z_' 'a-z-')
    options=
    [ ! -f "$folder/options" ] || options=$(cat "$folder/options")
    # shellcheck disable=SC2086 # a list of options
    run "$HARMILL" normalize --show info $options "$before"
    expect_status "$mend: normalize" 0
    cp "$T/out" "$T/first"
    expect_same "$mend: before.har becomes after.har" "$folder/after.har" "$T/first"
    case $rule in
    *-refuses) ;; # off by default, and so is what is changed for it
    *) grep -q "\[$mend\]" "$T/err" || not_ok "$mend: the change is told" "$(show_run)" ;;
    esac
    # shellcheck disable=SC2086 # a list of options
    run "$HARMILL" normalize $options "$folder/after.har"
    expect_same "$mend: after.har stays as it is" "$folder/after.har" "$T/out"
    run "$HARMILL" validate --report jsonl --show info --rule "$rule=info" "$before"
    grep -q "\"rule\": *\"$rule\"" "$T/out" || not_ok "$mend: its rule $rule finds it" "$(show_run)"
    case $(sed -n "s/^ *X([A-Z0-9_]*, \"$mend\", \\([A-Z]*\\),.*/\\1/p" "$ROOT"/include/harmill/mends_*.h) in
    KEPT) continue ;; # what is kept under another name may be told again
    esac
    run "$HARMILL" validate --report jsonl --show info --rule "$rule=info" "$folder/after.har"
    ! grep -q "\"rule\": *\"$rule\"" "$T/out" || not_ok "$mend: its rule $rule finds nothing any more" "$(show_run)"
done
finish
