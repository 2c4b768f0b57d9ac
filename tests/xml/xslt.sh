#!/bin/sh
# What docs/xml.md shows of other tools: the stylesheet docs/slow-requests.xsl and XPath on the XML of the bundled shop capture
# give what jq says about the capture itself.
. "$(dirname "$0")/../lib.sh"
begin

check_status "the shop capture as XML" 0 "$HARMILL" convert "$DATA/shop.har" -o "$T/shop.xml"
if need_tool "slow requests" xsltproc jq; then
    for least in 0 100 1000000; do
        run xsltproc --stringparam least "$least" "$ROOT/docs/slow-requests.xsl" "$T/shop.xml"
        expect_status "the stylesheet runs, $least ms" 0
        # One decimal as format-number() rounds it is not jq's business: times are compared as whole tenths below.
        jq -r --argjson least "$least" '.log.entries | map(select(.time >= $least)) | sort_by(-.time)[] |
            [.response.status, .request.method, .request.url] | @tsv' "$DATA/shop.har" >"$T/wanted"
        cut -f 2- "$T/out" >"$T/found"
        expect_same "requests of $least ms and more" "$T/wanted" "$T/found"
        jq -r --argjson least "$least" '.log.entries | map(select(.time >= $least)) | sort_by(-.time)[].time' \
            "$DATA/shop.har" >"$T/times"
        cut -f 1 "$T/out" | paste - "$T/times" | awk '{ if ($1 - $2 > 0.0501 || $2 - $1 > 0.0501) bad++ } END { exit bad > 0 }'
        expect_eq "their times" 0 $?
    done
fi
if need_tool "XPath" xmllint jq; then
    run xmllint --xpath 'count(//*[local-name() = "status"][. >= 400])' "$T/shop.xml"
    expect_eq "failed requests" "$(jq '[.log.entries[] | select(.response.status >= 400)] | length' "$DATA/shop.har")" "$(cat "$T/out")"
fi
finish
