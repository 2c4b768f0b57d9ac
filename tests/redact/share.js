// The share of all texts that changed only because of their form or because they were learned elsewhere: `share.js MANIFESTS`, a file
// with the manifests of many captures one behind the other. Status 1 above 0.5 %.
'use strict';

const fs = require('fs');

let strings = 0;
let propagated = 0;
let formats = 0;
let values = 0;
let random = 0;
for (const text of fs.readFileSync(process.argv[2], 'utf8').split(/\n(?=\{\n)/)) {
  for (const input of JSON.parse(text).inputs) {
    strings += input.strings;
    values += input.values;
    random += input.suspicious;
    propagated += input.propagated;
    for (const { rule, values: n } of input.counts) if (rule.startsWith('format-')) formats += n;
  }
}
const share = strings ? (100 * (propagated + formats)) / strings : 100;
console.log(`${strings} texts: ${values} values replaced, ${propagated} only as learned elsewhere, ${formats} by their form: ` +
  `${share.toFixed(3)} %; ${random} that look random were left`);
process.exit(share < 0.5 ? 0 : 1);
