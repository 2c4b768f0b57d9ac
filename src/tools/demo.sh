#!/bin/sh
# Shows what harmill does with the bundled captures: `demo.sh PROGRAM FOLDER`, called by `make demo`.
set -eu

program=$1
folder=$2
mkdir -p "$folder"

run() {
    printf '\n$ %s\n' "$*"
    status=0
    "$@" || status=$?
    # Findings (1) are part of the show; being unable to work (2, 3) is not.
    if [ "$status" -gt 1 ]; then
        echo "demo: the command failed with status $status" >&2
        exit 1
    fi
}

echo "A capture of an invented shop, as a browser exports it:"
run "$program" info testdata/shop.har
run "$program" normalize testdata/shop.har -o "$folder/shop.har"
printf '\nAn answer of a URL scanner, which leaves out members that HAR requires, so that some programs do not open it:\n'
run "$program" info testdata/cloudflare-documented.har
printf '\nEach mistake is named with its place; a rule explains itself:\n'
run "$program" validate testdata/cloudflare-documented.har
run "$program" rules missing-member
run "$program" normalize testdata/cloudflare-documented.har -o "$folder/cloudflare-documented.har"
printf '\nThe shop again, as XML from which the same HAR can be read back:\n'
run "$program" convert testdata/shop.har -o "$folder/shop.xml"
echo '$ sed -n 1,20p '"$folder/shop.xml"
sed -n 1,20p "$folder/shop.xml"
if command -v xsltproc >/dev/null 2>&1; then
    printf '\nIts requests of 100 ms and more, by a stylesheet:\n'
    run xsltproc --stringparam least 100 docs/slow-requests.xsl "$folder/shop.xml"
fi
printf '\nA login, as it must not be passed on, and without its secrets:\n'
run "$program" redact testdata/login.har -o "$folder/login.har"
printf '\n$ grep -n callback %s\n' "$folder/login.har"
grep -n callback "$folder/login.har"
run "$program" redact --verify "$folder/login.har"
printf '\nThe shop as a report, one file for any browser, which is redacted, too:\n'
run "$program" convert testdata/shop.har -o "$folder/shop.html"
printf '\nAll that was written lies in %s/:\n' "$folder"
ls -l "$folder"
printf '\nOpen %s/shop.html in a browser.\n' "$folder"
