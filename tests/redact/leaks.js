// Counts what is left of planted secrets in a file, in any encoding: `leaks.js LIST.json FILE [FILE]...` prints
// "PLANTED LEFT" and then the id of each that is left; `--quiet` leaves the ids out, `--texts` takes the files as plain text.
//
// It decodes by itself and shares nothing with harmill: JSON, percent, backslashes, entities, soft breaks, base64 at each offset,
// hexadecimal, gzip, zlib and deflate, again and again, forwards and backwards. A secret is left when half of it, and eight
// characters in a row at least, can be read.
'use strict';

const fs = require('fs');
const zlib = require('zlib');
const { WINDOW, fold } = require('./values');

const DEPTH = 7; // encodings in each other
const PRIME = 0x01000193;
const DROP = (() => {
  let power = 1;
  for (let i = 0; i < WINDOW; i++) power = Math.imul(power, PRIME);
  return power;
})();

// All pieces of all secrets, by their hash.
class Secrets {
  constructor(planted) {
    this.planted = planted;
    this.left = new Set();
    this.bits = new Uint8Array(1 << 19);
    this.table = new Map();
    planted.forEach(({ value }, index) => {
      const text = fold(value);
      this.add(index, text);
      this.add(index, [...text].reverse().join(''));
    });
  }

  add(index, text) {
    const need = Math.max(WINDOW, Math.ceil(text.length / 2));
    for (let i = 0; i + WINDOW <= text.length; i++) {
      let hash = 0;
      for (let j = i; j < i + WINDOW; j++) hash = (Math.imul(hash, PRIME) + text.charCodeAt(j)) | 0;
      this.bits[(hash >>> 10) >> 3] |= 1 << ((hash >>> 10) & 7);
      const list = this.table.get(hash);
      const piece = { index, text, at: i, need };
      if (list) list.push(piece);
      else this.table.set(hash, [piece]);
    }
  }

  scan(raw) {
    if (raw.length < WINDOW) return;
    const text = fold(raw);
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      hash = (Math.imul(hash, PRIME) + text.charCodeAt(i)) | 0;
      if (i >= WINDOW) hash = (hash - Math.imul(text.charCodeAt(i - WINDOW), DROP)) | 0;
      if (i < WINDOW - 1) continue;
      const bit = hash >>> 10;
      if (!(this.bits[bit >> 3] & (1 << (bit & 7)))) continue;
      for (const piece of this.table.get(hash) || []) this.extend(piece, text, i - WINDOW + 1);
    }
  }

  // As many characters in a row as there are.
  extend({ index, text: secret, at, need }, text, from) {
    let start = 0;
    let end = 0;
    while (at - start > 0 && from - start > 0 && secret[at - start - 1] === text[from - start - 1]) start++;
    while (at + end < secret.length && from + end < text.length && secret[at + end] === text[from + end]) end++;
    if (end >= WINDOW && start + end >= need) this.left.add(index);
  }
}

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const BACKSLASH = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

// Bytes that may be text, or packed.
function* textsOf(bytes, first) {
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const inflate = (bytes[0] & 0x0f) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;
  // Deflate without a head may begin with anything; what does is looked at from its beginning.
  const ways = [gzip && zlib.gunzipSync, inflate && zlib.inflateSync, first && zlib.inflateRawSync];
  for (const unpack of ways) {
    try {
      if (!unpack) continue;
      const plain = unpack(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 24 });
      if (plain.length) yield plain.toString('utf8');
    } catch {
      // It is not packed that way.
    }
  }
  let readable = 0;
  for (const b of bytes) if (b > 31 && b < 127) readable++;
  if (readable * 2 >= bytes.length || readable >= 64) yield bytes.toString('utf8');
}

function* decoded(text, seen) {
  if (/%[0-9a-f]{2}/i.test(text))
    yield text.replace(/(?:%[0-9a-f]{2})+/gi, run => Buffer.from(run.replace(/%/g, ''), 'hex').toString('utf8'));
  if (text.includes('\\')) {
    yield text.replace(/(?:\\x[0-9a-f]{2})+/gi, run => Buffer.from(run.replace(/\\x/gi, ''), 'hex').toString('utf8'))
      .replace(/\\(?:u([0-9a-f]{4})|([^]))/gi, (all, unit, one) => (unit ? String.fromCharCode(parseInt(unit, 16)) : BACKSLASH[one] || one));
  }
  if (text.includes('&')) {
    yield text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));?/gi, (all, hexadecimal, decimal, name) => {
      const point = hexadecimal ? parseInt(hexadecimal, 16) : Number(decimal);
      if (name) return NAMED[name.toLowerCase()] || all;
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    });
  }
  if (/=\r?\n/.test(text)) yield text.replace(/=\r?\n/g, '');
  for (const [stretch] of text.matchAll(/[A-Za-z0-9+/_-]{10,}/g)) {
    if (seen.has(stretch) && stretch !== text) continue;
    seen.add(stretch);
    for (let offset = 0; offset < 4 && offset + 8 < stretch.length; offset++)
      yield* textsOf(Buffer.from(stretch.slice(offset), 'base64'), offset === 0);
  }
  for (const [stretch] of text.matchAll(/(?:[0-9a-f]{2}){8,}[0-9a-f]?/gi)) {
    yield Buffer.from(stretch, 'hex').toString('utf8');
    yield Buffer.from(stretch.slice(1), 'hex').toString('utf8');
  }
}

function look(secrets, text, depth, seen) {
  if (text.length < WINDOW || seen.has(text)) return;
  seen.add(text);
  secrets.scan(text);
  if (depth === 0) return;
  for (const plain of decoded(text, seen)) if (plain !== text) look(secrets, plain, depth - 1, seen);
}

// Texts and names of members of a JSON value.
function* textsIn(value) {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number') yield String(value);
  else if (value && typeof value === 'object') {
    for (const [name, one] of Object.entries(value)) {
      if (!Array.isArray(value)) yield name;
      yield* textsIn(one);
    }
  }
}

function* textsOfFile(file, plain) {
  const whole = fs.readFileSync(file, 'utf8');
  if (!plain) {
    try {
      yield* textsIn(JSON.parse(whole.replace(/^\uFEFF/, '')));
      // Numbers as they are written.
      for (const [number] of whole.matchAll(/\d{10,}/g)) yield number;
      return;
    } catch {
      // Not JSON: its lines are texts.
    }
  }
  yield* whole.split(/(?<!=\r?)\n/);
}

function count(planted, files, plain = false) {
  const secrets = new Secrets(planted);
  const seen = new Set();
  for (const file of files) {
    // What goes over its lines is looked for as it stands there only: all of a large file cannot be decoded in every order.
    secrets.scan(fs.readFileSync(file, 'utf8'));
    for (const text of textsOfFile(file, plain)) look(secrets, text, DEPTH, seen);
  }
  return [...secrets.left].sort((a, b) => a - b).map(index => planted[index].id);
}

module.exports = { DEPTH, Secrets, count, look, textsIn };

if (require.main === module) {
  const options = process.argv.slice(2).filter(word => word.startsWith('--'));
  const [list, ...files] = process.argv.slice(2).filter(word => !word.startsWith('--'));
  const planted = JSON.parse(fs.readFileSync(list, 'utf8'));
  const left = count(planted, files, options.includes('--texts'));
  console.log(`${planted.length} ${left.length}`);
  if (!options.includes('--quiet')) left.forEach(id => console.log(id));
}
