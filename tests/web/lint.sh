#!/bin/sh
# The scripts and the style of the HTML report: eslint with rules against markup and code that is made of text, types (tsc), size,
# characters. What is planted must be found.
. "$(dirname "$0")/../lib.sh"
begin

here=$ROOT/tests/web
need_tool "scripts" node || finish
for package in eslint typescript; do
    [ -d "$here/node_modules/$package" ] || {
        lacking "scripts" "$package (npm ci in tests/web)"
        finish
    }
done

clean() { # NAME ARGUMENT...
    name=$1
    shift
    run node "$here/lint.js" "$@"
    expect_status "$name" 0
}

# What stands in a copy of the scripts at their end, and what must be said of it.
planted() { # NAME KIND FILE TEXT SAID
    rm -rf "$T/web"
    cp -R "$ROOT/src/web" "$T/web"
    printf '%s\n' "$4" >>"$T/web/$3"
    run node "$here/lint.js" "$2" "$T/web"
    expect_status "planted, $1: status" 1
    expect_contains "planted, $1" "$T/out" "$5"
}

clean "eslint" eslint
clean "types" types
clean "form and size" plain
clean "the tests' own scripts" tests
clean "what is planted is found" planted

planted "markup" eslint text.js "byId('x').innerHTML = 'y';" "innerHTML"
planted "a wrong type" types text.js "formatBytes('12');" "not assignable"
planted "an unknown member" types filter.js "parseQuery('', loadCapture()).colour;" "does not exist"
planted "a script's end" plain text.js "/* </script> */" "ends or begins a script"
planted "a faint phase" plain report.css ":root { --blocked: #eee; --bg: #fff; }" "blocked of theme 3 is too faint"
planted "a letter" plain report.css "/* $(printf '\303\251') */" "not ASCII"
awk 'BEGIN { for (i = 0; i < 2600; i++) print "/* what makes it larger, what makes it larger */" }' >"$T/large"
planted "117 KB" plain report.css "$(cat "$T/large")" "are more than 120832"
finish
