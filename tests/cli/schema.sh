#!/bin/sh
# harmill schema: what it prints, and how it is called wrongly.
. "$(dirname "$0")/../lib.sh"
begin

check_status "without an option" 0 "$HARMILL" schema
cp "$T/out" "$T/plain"
check_status "for xsd" 0 "$HARMILL" schema --for xsd
expect_same "both print the same" "$T/plain" "$T/out"
expect_empty "nothing on stderr" "$T/err"
expect_contains "the name space" "$T/out" 'targetNamespace="urn:harmill:har:1"'
if need_tool "the schema is XML" xmllint; then
    check_status "the schema is XML" 0 xmllint --noout "$T/plain"
fi
check_status "a schema that nobody has" 2 "$HARMILL" schema --for nothing
expect_contains "there is a list" "$T/err" "unknown schema 'nothing'; there are: xsd"
check_status "an operand" 2 "$HARMILL" schema capture.har
expect_contains "it is named" "$T/err" "'schema' takes no 'capture.har'"
# shellcheck disable=SC2016 # the inner shell expands it
check_status "a full disk" 3 sh -c '"$0" schema >/dev/full' "$HARMILL"
finish
