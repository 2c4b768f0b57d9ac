// Compares reports with captures:
//
//     node roundtrip.js full capture.har report.html      everything is there, as it was written
//     node roundtrip.js safe redacted.har report.html capture.har   ... of the redacted capture, but for bodies and custom members; nothing
//                                                         that redacting changed is in the report
//
// The second leaves out by rules of its own, as docs/html.md tells them for captures of usual shape. capture.har is what
// `harmill convert -t har` wrote. Values are compared as JSON text on one line: numbers as written, members in their order, also
// those that stand twice.
'use strict';

const fs = require('fs');
const { unpack, linesOf, blocksOf } = require('./unpack.js');

const TOKEN = /[\s]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;

// A reader that keeps what JSON.parse loses. Values: {text} for scalars, {list: [value]}, {members: [[key, value]]}.
function read(text) {
  TOKEN.lastIndex = 0;
  let token = null;
  const take = () => (token = TOKEN.exec(text)) && (token[1] ?? token[2] ?? token[3]);
  const value = first => {
    if (first === '[') {
      const list = [];
      for (let next = take(); next !== ']'; next = take()) if (next !== ',') list.push(value(next));
      return { list };
    }
    if (first === '{') {
      const members = [];
      for (let next = take(); next !== '}'; next = take()) {
        if (next === ',') continue;
        const key = JSON.parse(next);
        take();
        members.push([key, value(take())]);
      }
      return { members };
    }
    return first.startsWith('"') ? { text: JSON.stringify(JSON.parse(first)), string: JSON.parse(first) } : { text: first };
  };
  return value(take());
}

function write(value) {
  if (value.text !== undefined) return value.text;
  if (value.list) return `[${value.list.map(write).join(',')}]`;
  return `{${value.members.map(([key, v]) => `${JSON.stringify(key)}:${write(v)}`).join(',')}}`;
}

// The last member of that name.
function memberOf(value, name) {
  const found = value && value.members ? value.members.filter(([key]) => key === name) : [];
  return found.length ? found[found.length - 1][1] : undefined;
}

const elements = value => value && value.list ? value.list : [];

// The lines of unpack.js for a capture.
function capture(har) {
  const log = memberOf(har, 'log');
  const list = name => elements(memberOf(log, name)).map(write);
  const isPlaced = (key, value) => (key === 'pages' || key === 'entries') && value.list;
  const head = log.members.filter(([key, value]) => !isPlaced(key, value)).map(([key, value]) => [key, write(value)]);
  return linesOf({ log: head, pages: list('pages'), entries: list('entries') });
}

const KNOWN = new Set(['_blocked_proxy', '_blocked_queueing', '_connectionId', '_error', '_fetchType', '_file', '_formdata',
  '_fromCache', '_fromServiceWorker', '_http2_stream_id', '_initialPriority', '_initiator', '_initiator_column', '_initiator_line',
  '_priority', '_protocol', '_redaction', '_resourceType', '_serverPort', '_sha1', '_transferSize', '_wasPushed', '_was_pushed',
  '_webSocketMessages']);

// Leaves out of `har` what reports leave out by default.
function makeSafe(har) {
  const replace = (object, name, by) => {
    for (const [key, value] of object.members || []) {
      const empty = ['null', 'true', 'false', '""'].includes(value.text) || (value.list || value.members || [0]).length === 0;
      if (key !== name || empty) continue;
      const text = by(value);
      for (const part of Object.keys(value)) delete value[part];
      value.text = text;
    }
  };
  const bytesOf = (value, object) => {
    if (value.string === undefined) return value.text ? value.text.length : NaN;
    const encoding = (memberOf(object, 'encoding') || {}).string;
    const encoded = /^base64$/i.test(encoding) || (memberOf(object, 'opcode') || {}).text === '2';
    const plain = value.string.replace(/[\s]/g, '');
    if (encoded && /^[A-Za-z0-9+/_-]*={0,2}$/.test(plain)) return Buffer.from(plain, 'base64').length;
    return Buffer.byteLength(value.string);
  };
  const body = (object, name) => replace(object, name, value => `{"left-out":${bytesOf(value, object)}}`);
  for (const entry of elements(memberOf(memberOf(har, 'log'), 'entries'))) {
    for (const side of [memberOf(entry, 'request'), memberOf(entry, 'response')]) {
      const post = memberOf(side, 'postData');
      body(memberOf(side, 'content') || {}, 'text');
      body(post || {}, 'text');
      for (const param of elements(memberOf(post, 'params'))) body(param, 'value');
    }
    for (const message of elements(memberOf(entry, '_webSocketMessages'))) body(message, 'data');
  }
  dropCustom(memberOf(har, 'log'));
}

function dropCustom(value, timings) {
  for (const inner of value.list || []) dropCustom(inner);
  if (!value.members) return;
  if (!timings) value.members = value.members.filter(([key]) => !key.startsWith('_') || KNOWN.has(key));
  for (const [key, inner] of value.members) dropCustom(inner, key === 'pageTimings');
}

// All strings in a value, keys too.
function strings(value) {
  if (value.string !== undefined) return [value.string];
  if (value.list) return value.list.flatMap(strings);
  return (value.members || []).flatMap(([key, inner]) => [key, ...strings(inner)]);
}

function compare(wanted, found) {
  for (let i = 0; i < Math.max(wanted.length, found.length); i++) {
    if (wanted[i] === found[i]) continue;
    const [a, b] = [wanted[i] ?? '(nothing)', found[i] ?? '(nothing)'];
    let at = 0;
    while (a[at] === b[at]) at++;
    const near = text => text.slice(Math.max(0, at - 60), at + 60);
    throw new Error(`line ${i}, character ${at}: wanted ...${near(a)}\nfound ...${near(b)}`);
  }
}

// What redacting changed in the capture may be nowhere in the page, as it was.
function findSecrets(before, har, page) {
  const blocks = [...blocksOf(page).values()];
  const inside = blocks.flatMap(text => strings(read(text))).join('\n');
  const outside = blocks.reduce((rest, text) => rest.replace(text, () => ''), page);
  const kept = strings(har).join('\n');
  let tested = 0;
  for (const text of new Set(strings(before))) {
    if (text.length < 8 || kept.includes(text)) continue;
    tested++;
    if (inside.includes(text) || outside.includes(text)) throw new Error(`a text of ${text.length} characters is in the report`);
  }
  return tested;
}

const [, , mode, harFile, pageFile, beforeFile] = process.argv;
const har = read(fs.readFileSync(harFile, 'utf8'));
const page = fs.readFileSync(pageFile, 'utf8');
if (mode === 'full') {
  compare(capture(har), linesOf(unpack(page)));
} else {
  const tested = findSecrets(read(fs.readFileSync(beforeFile, 'utf8')), har, page);
  makeSafe(har);
  compare(capture(har), linesOf(unpack(page)));
  console.log(`secrets ${tested}`);
}
