# A capture that somebody made to be slow: `awk -v shape=NAME -v n=COUNT -f shapes.awk`. Everything not named by the shape is usual.

function many(text, count,    half) {
    if (count < 1)
        return ""
    half = many(text, int(count / 2))
    return count % 2 ? half half text : half half
}

# Elements of an array; every % stands for the number of the element.
function list(element, count,    i, parts, last) {
    parts = split(element, piece, "%")
    for (i = 0; i < count; i++) {
        printf "%s%s", i ? "," : "", piece[1]
        for (last = 2; last <= parts; last++)
            printf "%d%s", i, piece[last]
    }
}

function entry(url, pageref, response_headers, status) {
    printf "{%s\"startedDateTime\":\"%s\",\"time\":0,\"request\":{\"method\":\"%s\",\"url\":\"%s\",", pageref, date, method, url
    if (shape == "duplicates") list("\"comment\":\"%\"", n)
    if (shape == "custom-duplicates") list("\"_a\":%", n)
    if (shape == "custom-names") list("\"a%\":1", n)
    if (shape == "names-with-nul") list("\"\\u0000a%\\ud800\":1", n)
    if (shape == "names-taken") {
        list("\"_a_%\":1", n)
        printf ","
        list("\"a\":%", n)
    }
    if (shape ~ /^duplicates$|^custom-|^names-/) printf ","
    printf "\"httpVersion\":\"HTTP/1.1\",\"cookies\":["
    if (shape == "cookies" || shape == "cookies-differ") list("{\"name\":\"c%\",\"value\":\"v\"}", n)
    if (shape == "strays") list("%", n)
    if (shape == "strays-between") list("{\"name\":\"c%\",\"value\":\"v\"},7", n)
    if (shape == "nameless") list("{\"value\":\"v%\"},{\"name\":\"c\",\"value\":7}", n)
    printf "],\"headers\":["
    if (shape == "headers-odd") list("{\"name\":\"X-%\",\"value\":[\"a\",7]},\"X: %\",{\"name\":\"Y\"}", n)
    if (shape == "content-types") list("{\"name\":\"Content-Type\",\"value\":\"text/plain\"}", n)
    if (shape == "headers") list("{\"name\":\"X-%\",\"value\":\"a\"}", n)
    if (shape == "cookie-headers") list("{\"name\":\"Cookie\",\"value\":\"a%=b\"}", n)
    if (shape == "header-name") printf "{\"name\":\"%s\",\"value\":\"a\"}", many("x y", n * 100 / 3)
    if (shape == "variables") list("{\"name\":\"a\",\"value\":\"${v%}${v%}\"}", n)
    if (shape == "wrong") list("{\"name\":%}", n)
    if (shape == "bad-names") list("{\"name\":\"a b%\",\"value\":\"\\n\"}", n)
    if (shape == "cookies" || shape == "cookies-differ" || shape == "cookie-header") {
        printf "{\"name\":\"Cookie\",\"value\":\""
        for (i = 0; i < n; i++) printf "%sc%d=%s", i ? "; " : "", shape == "cookies-differ" ? n - i : i, "v"
        printf "\"}"
    }
    if (shape == "same-address") list("{\"name\":\"X\",\"value\":\"%\"}", 10)
    printf "],\"queryString\":["
    if (shape == "query" || shape == "query-differs") list("{\"name\":\"q%\",\"value\":\"v\"}", n)
    printf "],"
    if (shape ~ /^params/) {
        printf "\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":["
        list("{\"name\":\"p%\",\"value\":\"v\"}", n)
        printf "],\"text\":\""
        for (i = 0; i < n; i++) printf "%sp%d=%s", i ? "&" : "", shape == "params-differ" ? n - i : i, "v"
        printf "\"},"
    }
    if (shape == "form-percent")
        printf "\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\",\"params\":[{\"name\":\"a\",\"value\":\"%s\"}],\"text\":\"a=%s\"},", many("%25", n), many("%2525", n)
    printf "\"headersSize\":-1,\"bodySize\":0},\"response\":{\"status\":%s,\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[", status
    if (shape == "set-cookie") list("{\"name\":\"s%\",\"value\":\"v\",\"path\":\"/\",\"httpOnly\":true}", n)
    printf "],\"headers\":[%s", response_headers
    if (shape == "set-cookie" || shape == "set-cookie-alone") {
        printf "{\"name\":\"Set-Cookie\",\"value\":\""
        for (i = 0; i < n; i++) printf "%ss%d=v; Path=/a; Secure", i ? "\\n" : "", i
        printf "\"}"
    }
    printf "],\"content\":{\"size\":1,\"mimeType\":\"text/html\""
    if (shape == "base64-size") printf ",\"size\":-1,\"encoding\":\"base64\",\"text\":\"%s\"", many("AAAA", n * 250)
    if (shape == "base64-end") printf ",\"encoding\":\"base64\",\"text\":\"%s=x!\"", many("AAAA", n * 25)
    if (shape == "base64-breaks") printf ",\"encoding\":\"base64\",\"text\":\"%s\"", many("\\n", n * 50)
    if (shape == "base64-slashes") printf ",\"encoding\":\"base64\",\"text\":\"%s\"", many("\\/", n * 50)
    if (shape == "escapes") printf ",\"text\":\"%s\"", many("\\u00e9", n * 50 / 3)
    if (shape == "backslashes") printf ",\"text\":\"%s\"", many("\\\\", n * 50)
    if (shape == "json-in-json") printf ",\"mimeType\":\"application/json\",\"text\":\"%s\"", many("[", n * 100)
    if (shape == "blanks") printf ",\"mimeType\":\"%s\"", many(" ", n * 100)
    printf "},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":0},\"cache\":{},\"timings\":{\"send\":0,\"wait\":0,\"receive\":0}"
    if (shape == "variables" && url !~ /x$/) {
        printf ",\"variables\":["
        list("{\"name\":\"v%\",\"type\":0,\"expression\":\"a\"}", n)
        printf "]"
    }
    printf "}"
}

function entries(    i, to) {
    printf "\"entries\":["
    if (shape ~ /^pages-/) {
        for (i = 0; i < n; i++) {
            if (i) printf ",\n"
            entry("http://a.example/", "\"pageref\":\"p" (shape ~ /unused/ ? "x" : i) "\",", "", 200)
        }
    } else if (shape ~ /^redirects-|^same-address$/) {
        for (i = 0; i < n; i++) {
            if (i) printf ",\n"
            to = shape == "redirects-cycle" ? (i + 1) % n : shape == "redirects-pairs" ? i - i % 2 + (i + 1) % 2 : i + 1
            if (shape ~ /-one$|^same/) entry("http://a.example/", "", "{\"name\":\"Location\",\"value\":\"/\"}", 302)
            else entry("http://a.example/" i, "", "{\"name\":\"Location\",\"value\":\"/" to "\"}", 302)
        }
    } else if (shape == "variables") {
        entry(url, "", "", 200)
        printf ",\n"
        entry(url "x", "", "", 200)
    } else if (shape == "addresses") {
        for (i = 0; i < n; i++) {
            if (i) printf ",\n"
            entry("http://h" i ".example/", "", "{\"name\":7}", 0)
        }
    } else if (shape == "addresses-same") {
        for (i = 0; i < n; i++) {
            if (i) printf ",\n"
            entry("http://a.example/", "", "", 0)
        }
    } else
        entry(url, "", "", 200)
    printf "]"
}

function pages() {
    printf "\"pages\":["
    if (shape ~ /^pages-/)
        list("{\"startedDateTime\":\"2026-03-01T11:00:00Z\",\"id\":\"p" (shape == "pages-equal" ? "" : "%") "\",\"title\":\"\",\"pageTimings\":{}}\n", n)
    printf "]"
}

BEGIN {
    method = shape ~ /^params|^form/ ? "POST" : "GET"
    url = "http://a.example/"
    date = "2026-03-01T10:00:00Z"
    if (shape == "date-digits") date = many("1", n * 100)
    if (shape == "date-blanks") date = "2026-03-01" many(" ", n * 100) "10:00:00Z"
    if (shape == "date-words") date = many("Mar 1, ", n * 10)
    if (shape == "date-fraction") date = "2026-03-01T10:00:00." many("5", n * 100) "+0100"
    if (shape == "ampersands") url = url "?" many("&", n * 10)
    if (shape == "percents") url = url "?a=" many("%25", n)
    if (shape == "plus") url = url "?" many("a+%2B&", n)
    if (shape == "dots") url = url many("../", n * 10)
    if (shape == "at-signs") url = "http://" many("@", n * 10) "/"
    if (shape == "colons") url = many("a:", n * 10) "//"
    if (shape == "host-dots") url = "http://" many("a.", n * 10) "/"
    if (shape == "brackets") url = "http://[" many("0:", n * 10) "]/"
    if (shape == "semicolons") url = url "?" many("a=b;", n)
    if (shape == "long-url") url = url many("a", n * 100)
    if (shape == "query" || shape == "query-differs") {
        url = url "?"
        for (i = 0; i < n; i++) piece_of_url[i % 1000] = piece_of_url[i % 1000] "q" (shape == "query" ? i : n - i) "=v&"
        for (i = 0; i < 1000; i++) url = url piece_of_url[i]
    }
    printf "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"a\",\"version\":\"1\"},\n"
    if (shape ~ /last$/) {
        entries(); printf ",\n"; pages()
    } else {
        pages(); printf ",\n"; entries()
    }
    print "}}"
}
