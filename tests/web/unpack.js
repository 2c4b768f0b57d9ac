// An oracle that shares nothing with src/web: checks the data blocks of a report and writes what they hold, a line of JSON for each
// member of the log, page and entry. Members and numbers are as they were; {"left-out":...} stands for what is not there.
//
//     node unpack.js report.html
'use strict';

const fs = require('fs');

const BLOCK = /<script type="application\/json" id="(har-[a-z0-9]+)">/g;

// The blocks by their ids, as text. A block ends at the first "</script", wherever that is.
function blocksOf(page) {
  const blocks = new Map();
  for (const found of page.matchAll(BLOCK)) {
    const from = found.index + found[0].length;
    const to = page.indexOf('</script', from);
    if (to < 0) throw new Error(`${found[1]} has no end`);
    if (blocks.has(found[1])) throw new Error(`${found[1]} is there twice`);
    blocks.set(found[1], page.slice(from, to));
  }
  return blocks;
}

// What must not occur in a block: see docs/html.md.
function checkBlock(id, text) {
  const bad = /[<>&\u007f-\u009f\u2028\u2029\ufffe\uffff]|[^\P{Cc}\n]/u.exec(text);
  if (bad) throw new Error(`${id}: U+${bad[0].codePointAt(0).toString(16)} at ${bad.index}`);
}

const isCount = n => Number.isInteger(n) && n >= 0;

// JSON text with the escapes that JSON.stringify writes; lone surrogates stay escapes.
const textOf = text => JSON.stringify(text);

class Block {
  constructor(id, text) {
    const block = JSON.parse(text);
    this.id = id;
    if (Object.keys(block).join() !== 'k,s,v,f') throw new Error(`${id}: members ${Object.keys(block)}`);
    this.keys = block.k;
    this.shared = [];
    for (const value of block.s) this.shared.push(typeof value === 'string' ? textOf(value) : this.textOf(value));
    this.values = block.v;
    this.notes = block.f;
    for (const [value, rule, pointer, message, done] of this.notes) {
      if (!isCount(value) || value >= this.values.length || !isCount(rule)) throw new Error(`${id}: a finding of ${value}`);
      for (const n of done === -1 ? [pointer, message] : [pointer, message, done])
        if (typeof block.s[n] !== 'string') throw new Error(`${id}: a finding's text ${n}`);
    }
  }

  // A packed value as JSON text.
  textOf(value) {
    if (value === null || typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') {
      if (!isCount(value) || value >= this.shared.length) throw new Error(`${this.id}: s[${value}] does not stand before it`);
      return this.shared[value];
    }
    const [kind, ...rest] = value;
    if (kind === -1) return `[${rest.map(v => this.textOf(v)).join(',')}]`;
    if (kind === -2 && rest.length === 1 && /^\d+$/.test(rest[0])) return `{"left-out":${rest[0]}}`;
    const keys = this.keys[kind];
    if (!keys || keys.length !== rest.length) throw new Error(`${this.id}: ${rest.length} values for keys ${kind}`);
    return `{${keys.map((key, i) => `${textOf(key)}:${this.textOf(rest[i])}`).join(',')}}`;
  }
}

function unpack(page) {
  const entries = [];
  const blocks = blocksOf(page);
  for (const [id, text] of blocks) checkBlock(id, text);
  let chunks = 0;
  for (; blocks.has(`har-c${chunks}`); chunks++) {
    const chunk = new Block(`har-c${chunks}`, blocks.get(`har-c${chunks}`));
    if (!chunk.values.length) throw new Error(`har-c${chunks} is empty`);
    for (const value of chunk.values) entries.push(chunk.textOf(value));
  }
  if ([...blocks.keys()].filter(id => /^har-c\d/.test(id)).length !== chunks) throw new Error('a chunk is missing');
  const log = new Block('har-log', blocks.get('har-log'));
  const [head, ...pages] = log.values;
  return { log: log.keys[head[0]].map((key, i) => [key, log.textOf(head[i + 1])]), pages: pages.map(v => log.textOf(v)), entries };
}

// One line for each member of the log, each page and each entry.
function linesOf({ log, pages, entries }) {
  return [
    ...log.map(([key, value]) => `log ${textOf(key)} ${value}`),
    ...pages.map(value => `page ${value}`),
    ...entries.map(value => `entry ${value}`),
  ];
}

module.exports = { blocksOf, checkBlock, unpack, linesOf };

if (require.main === module) {
  const [, , file] = process.argv;
  process.stdout.write(linesOf(unpack(fs.readFileSync(file, 'utf8'))).map(line => `${line}\n`).join(''));
}
