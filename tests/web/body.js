// Bodies: base64 against node's, JSON as lines against JSON.stringify, hex lines, steps. Prints problems, and the number of checks.
'use strict';
const { randomBytes } = require('crypto');
const { load, valueOf } = require('./scripts.js');

/** As much of an element as the functions need. */
class HTMLElement {
  constructor() { this.parts = []; }
  append(...parts) { this.parts.push(...parts); }
  replaceChildren(...parts) { this.parts = parts; }
  get text() { return this.parts.map(part => part.text ?? part).join(''); }
}
const document = { createElement: () => new HTMLElement() };
const { jsonNodes, jsonTokens, valueTokens, fromBase64, isJson, hexLines, textPieces } = load(['text', 'data', 'body'],
  ['jsonNodes', 'jsonTokens', 'valueTokens', 'fromBase64', 'isJson', 'hexLines', 'textPieces'], { document, HTMLElement });

const problems = [];
let count = 0;
function same(what, wanted, got) {
  count++;
  if (wanted !== got) problems.push(`${what}: wanted ${JSON.stringify(wanted).slice(0, 300)}, got ${JSON.stringify(got)?.slice(0, 300)}`);
}

const hex = bytes => Buffer.from(bytes).toString('hex');
for (let length = 0; length < 100; length++) {
  const bytes = randomBytes(length);
  for (const form of ['base64', 'base64url']) same(`${form} of ${length}`, hex(bytes), hex(fromBase64(bytes.toString(form))));
}
same('lines in base64', 'ABCD', Buffer.from(fromBase64('QU\r\nJD RA==\n')).toString());
same('base64 that is cut', 'AB', Buffer.from(fromBase64('QUJ')).toString());
same('one digit', 0, fromBase64('Q').length);
same('none', 0, fromBase64('====').length);
same('what is no base64', 'AB', Buffer.from(fromBase64('Q\u00e4U\0J\ud83d\ude00*')).toString());

const lines = text => [...jsonNodes(jsonTokens(text))].map(node => node.text ?? node).join('').replace(/^\n/, '');
for (const value of [{}, [], [[]], [{}], { a: {} }, { a: 1, b: [1, 2, { c: 'd' }], e: null, f: [true, false] }, 'x', 12, [1.5, -2e10],
  { 'k"\\': 'v"\\', ',': '{[:', '': '' }, [['\\'], '\\\\', '"']]) {
  const wanted = JSON.stringify(value, null, 2);
  same('lines of ' + wanted, wanted, lines(JSON.stringify(value)));
  same('lines of lines', wanted, lines(wanted));
  same('tokens of ' + wanted, [...jsonTokens(wanted)].join(' '), [...valueTokens(valueOf(value))].join(' '));
}
same('what is left out', '{ "a" : \u27e812 kB left out\u27e9 }', [...valueTokens({ members: [['a', { left: 12000 }]] })].join(' '));
same('numbers as written', '[\n  1.50,\n  1e+400\n]', lines('[1.50,1e+400]'));
same('names that stand twice', '{\n  "a": 1,\n  "a": 2\n}', lines('{"a":1,"a":2}'));
same('a mark', '{\n  "text": \u27e812 kB left out\u27e9\n}', lines('{"text":\u27e812 kB left out\u27e9}'));
same('a string that does not end', '[\n  "ab', lines('["ab'));
same('what turns the text', '"\u27e8202e\u27e9x"', lines('"\u202ex"'));
const long = lines(JSON.stringify(['\\n"'.repeat(3e6), 'end']));
same('a long string is cut', true, long.length < 2000 && long.includes('"end"'));
let deep = 0;
for (const node of jsonNodes(jsonTokens('['.repeat(3000) + ']'.repeat(3000)))) deep += node === '[' ? 1 : 0;
same('deep', 3000, deep);

const marked = (text, pointer) => {
  let last = 'nothing';
  for (const node of jsonNodes(jsonTokens(text), pointer, element => { last = element.text; })) if (node === undefined) throw node;
  return last;
};
const text = '{"a":{"b/c":[1,{"x~":"y"}],"bc":2},"a2":3}';
for (const [pointer, wanted] of [['', '{'], ['/a', '"a"'], ['/a/b~1c', '"b/c"'], ['/a/b~1c/0', '1'], ['/a/b~1c/1/x~0', '"x~"'], ['/a/bc', '"bc"'],
  ['/a2', '"a2"'], ['/a/none', '"a"'], ['/a/b~1c/7', '"b/c"'], ['/zz', '{']]) same('marked ' + pointer, wanted, marked(text, pointer));

for (const [body, wanted] of [['{}', true], [' [1]', true], ['"a"', true], ['12', false], ['{"a":}', false], ['', false], ['<html>', false]])
  same('is JSON: ' + body, wanted, isJson(body));
same('hex', '000000  00 01 41 7e 7f ff                                ..A~..\n', [...hexLines(Buffer.from([0, 1, 0x41, 0x7e, 0x7f, 0xff]))].join(''));
same('second line', '000010  42', [...hexLines(Buffer.alloc(17, 'B'))][1].slice(0, 10));
const faces = '\ud83d\ude00'.repeat(200000);
const pieces = [...textPieces('x' + faces)];
same('pieces', 'x' + faces, pieces.join(''));
same('as many as needed', 2, pieces.length);

for (const problem of problems) console.log(problem.replace(/[^ -~]/g, '?'));
console.log(count + ' checks');
process.exitCode = problems.length ? 1 : 0;
