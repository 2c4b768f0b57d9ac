#!/bin/sh
# src/tools/embed.c: what becomes of the files of src/web/, and what it refuses.
. "$(dirname "$0")/../lib.sh"
begin

embed=$HARMILL_BUILD/embed
cd "$T" || exit 3
printf '<div id="app" hidden></div>\n' >app.html
printf 'body { color: red }\n' >report.css
printf 'const a = 1;\n' >a.js
printf 'const b = a;' >b.js # without a line's end

# The bytes of a constant, from its numbers.
bytes_of() { # NAME
    sed -n "/html_web_$1\[\] = {/,/};/p" out.c | grep -v '\[\]' | tr -d '\n};' | tr ',' '\n' | sed '$d' |
        awk '{ printf "%c", $1 + 0 }'
}
text_of() { # NAME
    sed -n "s/^const $1 = \(.*\);\$/\1/p; s/^const char $1\[\] = \"\(.*\)\";\$/\1/p" out.c
}

check_status "embedding" 0 "$embed" out.c app.html report.css a.js b.js
expect_empty "embedding says nothing" "$T/err"
printf '(() => {\n%s\nconst a = 1;\nconst b = a;\n})();\n' "'use strict';" >script
bytes_of script >script.c
bytes_of css >css.c
bytes_of app >app.c
expect_same "scripts, in the order of the command line" script script.c
expect_same "the style sheet" report.css css.c
expect_same "the skeleton" app.html app.c
expect_eq "its length" "$(wc -c <script | tr -d ' ')" "$(text_of 'size_t html_web_script_len')"
if need_tool "hashes" openssl; then
    expect_eq "hash of the scripts" "$(openssl dgst -sha256 -binary script | openssl base64 -A)" "$(text_of html_web_script_hash)"
    expect_eq "hash of the style sheet" "$(openssl dgst -sha256 -binary report.css | openssl base64 -A)" \
        "$(text_of html_web_css_hash)"
fi
"$embed" other.c app.html report.css b.js a.js
expect_eq "another order is another script" 1 "$(cmp -s out.c other.c && echo 0 || echo 1)"

# ---- what it refuses: nothing is left, file and line are told

refuses() { # NAME FILE LINE WHAT
    run "$embed" bad.c app.html report.css a.js b.js
    expect_status "$1" 1
    expect_eq "$1: told" "embed: $2:$3: $4" "$(cat "$T/err")"
    expect_eq "$1: nothing is written" no "$([ -e bad.c ] && echo yes || echo no)"
}
cp b.js good.js
for text in '</script' '<script' '<!--' '</ScRiPt>' 'x<SCRIPT>' 'a<!--b'; do
    printf 'const s = 1;\n\n// %s\n' "$text" >b.js
    word=$(printf '%s' "$text" | tr '[:upper:]' '[:lower:]' | sed 's/^[ax]//; s/[>b]*$//')
    refuses "a script with $text" b.js 3 "a script must not hold $word"
done
printf 'const s = "\303\244";\n' >b.js
refuses "a script that is not ASCII" b.js 1 "a script must not hold bytes that are not ASCII"
printf 'a;\n\tb;\n' >b.js
refuses "a script with a tab" b.js 2 "a script must not hold the control character 09"
printf 'a;\r\nb;\n' >b.js
refuses "a script with CR" b.js 1 "a script must not hold the control character 0d"
printf 'a;\177\n' >b.js
refuses "a script with DEL" b.js 1 "a script must not hold the control character 7f"
printf '//<!' >a.js
printf -- '--\n' >b.js
check_status "nothing comes about where two files meet" 0 "$embed" out.c app.html report.css a.js b.js
# What begins one of them and is none.
printf '<!-\n</scrip\n<scrip\n< script\n<' >b.js
check_status "beginnings are no such strings" 0 "$embed" out.c app.html report.css a.js b.js
cp good.js b.js
printf 'b {\n}\n/* </STYLE> */\n' >report.css
refuses "a style sheet with </STYLE>" report.css 3 "a style sheet must not hold </style"
printf 'b::after { content: "\342\200\224" }\n' >report.css
refuses "a style sheet that is not ASCII" report.css 1 "a style sheet must not hold bytes that are not ASCII"
printf 'b {}\n' >report.css
printf '<div></div>\n<script>1</script>\n' >app.html
refuses "a skeleton with a script" app.html 2 "the skeleton must not hold <script"
printf '<div></div>\n' >app.html
check_status "a missing file" 1 "$embed" bad.c app.html report.css missing.js
expect_eq "a missing file: told" "embed: missing.js: cannot be opened" "$(cat "$T/err")"
head -c 1100000 /dev/zero | tr '\0' 'x' >b.js
check_status "a file that is too large" 1 "$embed" bad.c app.html report.css a.js b.js
expect_eq "a file that is too large: told" "embed: b.js: is too large" "$(cat "$T/err")"
cp good.js b.js
check_status "no scripts" 2 "$embed" bad.c app.html report.css
if [ -w /dev/full ]; then
    check_status "a full disk" 1 "$embed" /dev/full app.html report.css a.js
    expect_eq "a full disk: told" "embed: /dev/full: cannot be written" "$(cat "$T/err")"
fi

# ---- the project's own

cd "$ROOT" || exit 3
scripts=$(sed -n 's/^WEB_SCRIPTS := //p' GNUmakefile | tr ' ' '\n' | sed 's|.*|src/web/&.js|')
expect_eq "all scripts are embedded" "$(printf '%s\n' src/web/*.js)" "$(printf '%s\n' "$scripts" | LC_ALL=C sort)"
# shellcheck disable=SC2086 # names of files
size=$(cat src/web/report.css src/web/detail.css $scripts | wc -c)
expect_eq "style sheet and scripts have at most 118 KB: $size" yes "$([ "$size" -le 120832 ] && echo yes || echo no)"
# shellcheck disable=SC2086 # names of files
check_status "the project's own files" 0 "$embed" "$T/own.c" src/web/app.html src/web/report.css src/web/detail.css $scripts
expect_same "the build embeds them in this order" "$T/own.c" "$HARMILL_BUILD/web.c"
finish
