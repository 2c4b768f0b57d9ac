// The scripts of the report in the order in which they stand in it, as the build puts them together.
const fs = require('fs');
const path = require('path');

const ORDER = ['text', 'data', 'filter', 'view', 'waterfall', 'list', 'detail', 'body', 'curl', 'export', 'main'];
const WEB = path.join(__dirname, '..', '..', 'src', 'web');
const OPEN = "(() => {\n'use strict';\n";
const CLOSE = '})();\n';

/** Texts of the files by name; `names` when not all are wanted. */
const readScripts = (folder = WEB, names = ORDER) => names.map(name => ({ name: name + '.js', text: fs.readFileSync(path.join(folder, name + '.js'), 'utf8') }));

/** One script; and where a line of it comes from. */
function assemble(files) {
  const text = OPEN + files.map(file => file.text).join('') + CLOSE;
  const origin = line => {
    let rest = line - OPEN.split('\n').length + 1;
    for (const file of files) {
      const lines = file.text.split('\n').length - 1;
      if (rest <= lines) return file.name + ':' + rest;
      rest -= lines;
    }
    return 'end:' + rest;
  };
  return { text, origin };
}

module.exports = { ORDER, WEB, readScripts, assemble };
