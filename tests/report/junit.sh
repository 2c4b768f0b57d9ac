#!/bin/sh
# The JUnit report against a schema of what its readers have in common (junit.xsd), and its counts.
. "$(dirname "$0")/../lib.sh"
begin
HERE=$ROOT/tests/report

need_tool "JUnit" xmllint || finish
cd "$ROOT" || exit 3

checked() { # NAME ARGUMENT...
    name=$1
    shift
    run "$HARMILL" validate -q --report "junit:$T/report.xml" --show info "$@"
    if xmllint --nonet --noout --schema "$HERE/junit.xsd" "$T/report.xml" >"$T/said" 2>&1; then
        ok "$name"
    else
        not_ok "$name" "$(cat "$T/said")"
    fi
}

value() { # XPATH
    xmllint --nonet --xpath "$1" "$T/report.xml"
}

# The test can fail.
printf '<testsuites><testsuite name="a" tests="1" failures="x" errors="0"/></testsuites>' >"$T/bad.xml"
if xmllint --nonet --noout --schema "$HERE/junit.xsd" "$T/bad.xml" 2>/dev/null; then
    not_ok "a bad report is refused"
fi

checked "all of testdata" testdata
expect_eq "a case for each input" "$(find -L testdata -name '*.har' -o -name '*.har.gz' -o -name '*.har.zst' -o -name '*.zhar' -o -name '*.har.zip' | wc -l)" \
    "$(value 'count(//testcase)')"
checked "values" --show-values testdata/hostile
checked "a clean capture" testdata/shop.har
expect_eq "a clean capture: no failure" 0 "$(value 'count(//failure)')"
checked "errors" --select wrong-type,date-without-zone,unknown-member,missing-member tests/report/small.har
expect_eq "errors: the message" "5 errors, 1 warning" "$(value 'string(//failure/@message)')"
expect_eq "errors: a line each" 6 "$(($(value 'string(//failure)' | grep -c ' \[')))"
checked "infos" --rule unknown-member=info --select unknown-member tests/report/small.har
expect_eq "infos are no failure" "0 1" "$(value 'count(//failure)') $(value 'count(//system-out)')"
checked "what is not there" missing.har
expect_eq "what is not there is an error" "1 1" "$(value 'count(//error)') $(value 'string(//testsuite/@errors)')"

# Inputs that are broken to the bone, named by what XML cannot carry.
mkdir "$T/in"
printf '{"log":{"version":"1.2","\001\002\177\302\205\357\277\277\xed\xa0\x80<![CDATA[]]>&amp;":1' >"$T/in/$(printf 'a\001<\377>"&\047\n.har')"
cd "$T/in" || exit 3
checked "control characters" .
finish
