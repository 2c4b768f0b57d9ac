// What the secrets of the tests look like, and the encodings in which they travel. The same seed gives the same values.
'use strict';

const zlib = require('zlib');

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SYLLABLES = ['kor', 'vat', 'mil', 'une', 'dro', 'zib', 'pex', 'lur', 'wam', 'tos', 'gri', 'hev', 'jun', 'fal', 'qim', 'byd'];
const LETTERS = ['ä', 'ö', 'ß', 'é', 'ñ', 'Ω', 'ж', '茶', 'ł', 'ø'];

// Two values have no eight characters in a row in common, in any case of letters: what is left of one is not taken for another.
const WINDOW = 8;

// `-` and `+` and blank, `_` and `/` are one: they stand for each other in the two alphabets of base64 and in forms.
const fold = text => text.toLowerCase().replace(/[+ ]/g, '-').replace(/_/g, '/');

class Values {
  constructor(seed) {
    this.state = seed >>> 0;
    this.windows = new Set();
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  some(count, alphabet) {
    let text = '';
    for (let i = 0; i < count; i++) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  word() {
    return this.pick(SYLLABLES) + this.pick(SYLLABLES) + this.pick(SYLLABLES);
  }

  // A value of a shape that no other value resembles. `make` may build one of its own.
  value(shape, make = SHAPES[shape]) {
    for (let tries = 0; tries < 1000; tries++) {
      const text = make(this);
      const folded = fold(text);
      const own = [];
      for (let i = 0; i + WINDOW <= folded.length; i++) own.push(folded.slice(i, i + WINDOW));
      if (own.length && !own.some(one => this.windows.has(one))) {
        own.forEach(one => this.windows.add(one));
        return text;
      }
    }
    throw new Error(`no value of the shape ${shape} is left`);
  }
}

// All have a digit, small and capital letters, or both; the shortest have eight characters.
const SHAPES = {
  hex: v => `${v.some(8 + 2 * v.below(21), '0123456789abcdef')}${v.below(10)}${v.some(7, '0123456789abcdef')}`,
  base64url: v => `${v.some(9, ALNUM)}-${v.some(8 + v.below(12), ALNUM)}_${v.below(10)}${v.some(5, ALNUM)}`,
  words: v => [v.word(), v.word(), `${1000 + v.below(9000)}`, v.word()].join(v.pick(['-', '.', '_'])),
  long: v => `${v.below(10)}${v.some(199, ALNUM)}`,
  short: v => `${v.some(4, ALNUM)}${v.below(10)}${v.some(3, ALNUM)}`,
  middle: v => `${v.below(10)}k${v.some(14 + v.below(30), ALNUM)}`,
  base64: v => `${v.some(10, ALNUM)}+${v.some(7, ALNUM)}/${v.some(4, ALNUM)}7${v.some(1, ALNUM)}=`,
  quotes: v => `${v.some(5, ALNUM)}"${v.some(4, ALNUM)}'${v.some(6, ALNUM)}`,
  backslashes: v => `${v.some(6, ALNUM)}\\${v.some(4, ALNUM)}\\\\${v.some(5, ALNUM)}`,
  percent: v => `${v.some(6, ALNUM)}%${v.some(5, 'ghijkmpqr')}%zz${v.some(5, ALNUM)}`,
  letters: v => `${v.some(4, ALNUM)}${v.pick(LETTERS)}${v.some(5, ALNUM)}${v.pick(LETTERS)}${v.pick(LETTERS)}${v.some(4, ALNUM)}`,
  blanks: v => `${v.word()} ${v.word()} ${10 + v.below(90)} ${v.word()}`,
  markup: v => `${v.some(6, ALNUM)}&${v.some(5, ALNUM)}<${v.some(4, ALNUM)}>${v.some(3, ALNUM)}`,
  digits: v => `${1 + v.below(8)}${v.some(9 + v.below(6), '0123456789')}`,
};

// Where a value ends at a blank, a quote or a sign; where syntax or an encoding holds it together.
const TOKEN = ['hex', 'base64url', 'words', 'long', 'middle', 'short'];
const PLAIN = [...TOKEN, 'base64'];
const ANY = [...PLAIN, 'quotes', 'backslashes', 'percent', 'letters', 'blanks', 'markup'];
// Of names that alone do not tell enough: twelve characters or more, with a digit, without blanks.
const CLEAR = ['hex', 'base64url', 'long', 'middle'];

const bytesOf = text => [...Buffer.from(text)];
const hex2 = n => n.toString(16).padStart(2, '0');
const units = text => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

// Everything but the unreserved characters of RFC 3986.
const percent = text => bytesOf(text).map(b => (/[A-Za-z0-9._~-]/.test(String.fromCharCode(b)) && b < 128 ?
  String.fromCharCode(b) : `%${hex2(b).toUpperCase()}`)).join('');
const percentAll = (text, upper = true) =>
  bytesOf(text).map(b => `%${upper ? hex2(b).toUpperCase() : hex2(b)}`).join('');
const form = text => percent(text).replace(/%20/g, '+');
const base64 = text => Buffer.from(text).toString('base64');
const base64url = text => Buffer.from(text).toString('base64url');
const hex = text => Buffer.from(text).toString('hex');
const unicode = text => units(text).map(u => `\\u${u.toString(16).padStart(4, '0')}`).join('');
const backslashX = text => bytesOf(text).map(b => `\\x${hex2(b)}`).join('');
const inString = text => JSON.stringify(text).slice(1, -1);
const entitiesDecimal = text => [...text].map(c => `&#${c.codePointAt(0)};`).join('');
const entitiesHex = text => [...text].map(c => `&#x${c.codePointAt(0).toString(16)};`).join('');
const entities = text =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
const reversed = text => [...text].reverse().join('');
const softBreaks = text => text.replace(/.{5}/gsu, part => `${part}=\r\n`);
const gzip = text => zlib.gzipSync(Buffer.from(text)).toString('base64');
const deflate = text => zlib.deflateSync(Buffer.from(text)).toString('base64');
const deflateRaw = text => zlib.deflateRawSync(Buffer.from(text)).toString('base64');

module.exports = {
  ANY, CLEAR, PLAIN, SHAPES, TOKEN, Values, WINDOW, backslashX, base64, base64url, deflate, deflateRaw, entities, entitiesDecimal,
  entitiesHex, fold, form, gzip, hex, inString, percent, percentAll, reversed, softBreaks, unicode,
};
