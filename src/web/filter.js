/* The language of the filter box: status:404,5xx host:cdn -type:image "any words". All terms must pass, one of a term's values. */

const LONGEST = 1000;
/** Minus, key, values; quotes may be open. */
const TERM = /(-?)(?:([a-z]+):(?!\/\/))?((?:"(?:\\.|[^"\\])*"?|[^\s"])*)/gis;
const SIZES = { '': 1, b: 1, k: 1e3, kb: 1e3, kib: 1024, m: 1e6, mb: 1e6, mib: 1024 ** 2, g: 1e9, gb: 1e9, gib: 1024 ** 3 };
const TIMES = { '': 1, ms: 1, s: 1e3, min: 6e4, m: 6e4, h: 36e5 };
const STATES = ['failed', 'redirect', 'cached', 'websocket', 'finding', ...WORST_FIRST];
const TEXTUAL = /^text\/|json|xml|script|form-urlencoded|csv|yaml/i;

/** @param {string} c */
const escaped = c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0');

/** The source of a regular expression for this text. @param {string} text */
const literally = text => text.replace(/\W/g, escaped);

/** @param {string} text */
const containing = (text, before = '') => new RegExp(before + literally(text), 'i');

/** The same in a block as it stands, where JSON writes some characters in another way. @param {string} text */
const containingRaw = (text, or = '') => new RegExp(text.replace(/\W/g, c =>
  '(?:' + [c, JSON.stringify(c).slice(1, -1), escaped(c)].map(literally).join('|') + ')') + or, 'i');

/** A number with a unit; NaN.
 * @param {string} text @param {Record<string, number>} units */
function quantity(text, units) {
  const [, number, unit] = /^(\d+\.?\d*|\.\d+) ?([a-z]*)$/.exec(text.toLowerCase()) ?? ['', 'none', ''];
  return Object.hasOwn(units, unit) ? Number(number) * units[unit] : NaN;
}

/** "404", "4xx", "40", "400-499" as the least and the most, "0" only as that; null.
 * @param {string} text */
function statusRange(text) {
  const [, from, to] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  if (from) return [Number(from), Number(to)];
  if (text === '0') return [0, 0];
  if (!/^\d{1,3}x*$/i.test(text) || text.length > 3) return null;
  return ['0', '9'].map(rest => Number(text.replace(/x+$/i, '').padEnd(3, rest)));
}

/** How many letters must be changed, at least.
 * @param {string} a @param {string} b @returns {number} */
function distance(a, b) {
  let line = [...b, ''].map((_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) next.push(Math.min(line[j] + Number(a[i] !== b[j]), line[j + 1] + 1, next[j] + 1));
    line = next;
  }
  return line[b.length];
}

/** The end of a sentence about a word that is not known.
 * @param {string} word @param {string[]} known */
function suggestion(word, known) {
  const near = known.map(one => ({ one, far: distance(word.toLowerCase(), one) })).sort((a, b) => a.far - b.far)[0];
  return near && near.far < 3 ? '; did you mean ' + near.one + '?' : '.';
}

/** Names of protocols as they are written and as ALPN has them.
 * @param {string} name */
const protocolName = name => name.toLowerCase().replace(/^http\/([23])(\.0)?/, 'h$1');

/** Rows whose word passes: each word is tried once.
 * @param {Table} table @param {(word: string) => boolean} test @returns {Test} */
function among({ words, column }, test) {
  const marks = Uint8Array.from(['', ...words], word => Number(word !== '' && test(word)));
  return row => marks[column[row] + 1] === 1;
}

/** The text of a body, also when it is written as base64. @param {Maybe} body */
const bodyText = body => textIn(body, 'encoding') !== 'base64' ? textIn(body, 'text')
  : TEXTUAL.test(textIn(body, 'mimeType')) ? new TextDecoder().decode(bodyBytes(body)) : '';

/** Texts of the bodies and messages that are in the report. @param {Value} entry */
const bodiesOf = entry => [
  bodyText(memberOf(entry, 'request', 'postData')), bodyText(memberOf(entry, 'response', 'content')),
  ...listIn(entry, 'request', 'postData', 'params').flatMap(field => [textIn(field, 'name'), textIn(field, 'value')]),
  ...listIn(entry, '_webSocketMessages').map(message => textIn(message, 'data')),
];

/** @param {Value} value @param {RegExp} part @returns {boolean} */
const anywhere = (value, part) => Array.isArray(value) ? value.some(inner => anywhere(inner, part))
  : membersOf(value).some(member => anywhere(member[1], part)) || part.test(asText(value));

/** Terms that need the entries. @type {Record<string, (text: string) => Deep>} */
const DEEP = {
  header(text) {
    const part = containing(text), [, name, rest] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const pair = name && new RegExp(`^${literally(name)}=[^]*${literally(rest)}`, 'i');
    return {
      may: (name ? [name, rest] : [text]).map(word => containingRaw(word)),
      test: entry => ['request', 'response'].some(side => listIn(entry, side, 'headers').some(header => {
        const own = textIn(header, 'name'), held = textIn(header, 'value');
        return part.test(own) || part.test(held) || (pair && pair.test(own + '=' + held));
      })),
    };
  },
  body(text) {
    const part = containing(text);
    return { may: [containingRaw(text, '|"base64"')], test: entry => bodiesOf(entry).some(body => part.test(body)) };
  },
  any(text) {
    const part = containing(text);
    return { may: [containingRaw(text)], test: entry => anywhere(entry, part) };
  },
};

/** Tests by key, from one value; a string says what is wrong with it.
 * @param {Capture} capture @returns {Record<string, Compile>} */
function keysOf(capture) {
  const { tables, types, flags, rulesOf, rules, status, page, source, size, wire, time, at } = capture;
  /** @type {(table: Table, as?: (word: string) => string) => Compile} */
  const inTable = (table, as = String) => text => {
    const part = containing(as(text));
    return among(table, word => part.test(as(word)));
  };
  /** @type {(textOf: (row: number) => string) => Compile} */
  const inText = textOf => text => {
    const part = containing(text);
    return row => part.test(textOf(row));
  };
  /** A beginning of one of these words. @type {(words: string[], compile: (found: number[]) => Test) => Compile} */
  const oneOf = (words, compile) => text => {
    const found = [...words.keys()].filter(i => words[i].startsWith(text.toLowerCase()));
    return found.length ? compile(found) : 'is none of ' + words.join(', ') + suggestion(text, words);
  };
  /** `other`: where the first is not known. @type {(passes: (value: number, bound: number) => boolean, column: Column,
   *   units?: Record<string, number>, other?: Column) => Compile} */
  const compared = (passes, column, units = TIMES, other = column) => text => {
    const bound = quantity(text, units);
    return Number.isNaN(bound) ? `is not like ${units === TIMES ? '500 or 1.5s' : '100k or 1.5MB'}.` : row => {
      const value = column[row] < 0 ? other[row] : column[row];
      return value >= 0 && passes(value, bound);
    };
  };
  const above = (/** @type {number} */ a, /** @type {number} */ b) => a > b;
  const below = (/** @type {number} */ a, /** @type {number} */ b) => a < b;
  const onPages = inTable({ words: capture.pages.map(one => one.id + '\n' + one.title), column: page });
  return {
    status(text) {
      const range = statusRange(text);
      return range ? row => Math.max(0, status[row]) >= range[0] && Math.max(0, status[row]) <= range[1] : 'is not like 404, 4xx or 400-499.';
    },
    method(text) {
      const part = containing(text, '^');
      return among(tables.method, word => part.test(word));
    },
    host: inTable(tables.origin, hostOf),
    type: oneOf(types, found => row => found.includes(capture.type[row])),
    mime: inTable(tables.mime),
    url: inText(capture.url),
    path: inText(capture.path),
    page: text => text === 'none' ? row => page[row] < 0 : onPages(text),
    ip: inTable(tables.address),
    protocol: inTable(tables.protocol, protocolName),
    larger: compared(above, size, SIZES, wire),
    smaller: compared(below, size, SIZES, wire),
    slower: compared(above, time),
    faster: compared(below, time),
    after: compared((a, b) => a >= b, at),
    before: compared(below, at),
    source: inTable({ words: capture.sources.map(one => one[0]), column: source }),
    rule(text) {
      const part = containing(text), ids = rules.map(rule => rule.id);
      return ids.some(id => part.test(id)) ? row => rulesOf(row).some(rule => part.test(ids[rule]))
        : 'is no rule that found something' + suggestion(text, ids);
    },
    is: oneOf(STATES, ([state]) => state < 4 ? row => (flags[row] & 1 << state) !== 0
      : row => rulesOf(row).some(rule => state === 4 || rules[rule].level === STATES[state])),
  };
}

/** Without its quotes. @param {string} text */
const unquoted = text => text.replace(/"((?:\\.|[^"\\])*)"?/gs, (_, inner) => inner.replace(/\\(.)/gs, '$1'));

/** @param {string} text @param {Capture} capture @returns {Query} */
function parseQuery(text, capture) {
  /** @type {string[]} */
  const problems = [];
  /** @type {Test[][]} */
  const [tests, deepTests] = [[], []];
  const keys = keysOf(capture), names = Object.keys({ ...keys, ...DEEP }), keyed = names.map(name => name + ':');
  /** The entry that was decoded last: terms share it. @type {Value} */
  let entry = null, entryRow = -1;

  /** @param {Deep} deep @returns {Test} */
  function deepTest({ may, test }) {
    /** @type {boolean[]} */
    const chunks = [];
    return row => {
      const chunk = capture.chunkOf(row);
      if (!(chunks[chunk] ??= may.every(part => part.test(capture.chunkText(chunk))))) return false;
      if (entryRow !== row) entry = capture.entry(row);
      entryRow = row;
      return test(entry);
    };
  }

  /** A word without a key. @param {string} word @returns {Test} */
  function plain(word) {
    const any = [keys.method, keys.mime, keys.url, ...(/^\d+$/.test(word) ? [keys.status] : [])]
      .map(compile => compile(word)).filter(test => typeof test !== 'string');
    return row => any.some(test => test(row));
  }

  if (text.length > LONGEST) problems.push(`Only the first ${LONGEST} characters are read.`);
  for (const [token, minus, given, rest] of text.slice(0, LONGEST).matchAll(TERM)) {
    const lower = (given ?? '').toLowerCase(), key = names.includes(lower) ? lower : '', isDeep = Object.hasOwn(DEEP, key);
    if (given && !key) problems.push(given + ': is not a key and is searched for as text' + suggestion(lower + ':', keyed));
    if (key === 'body' && capture.options.bodies === 'none') {
      problems.push('The bodies are not in this report; harmill convert --bodies text puts them in.');
    }
    const values = key ? rest.match(/(?:"(?:\\.|[^"\\])*"?|[^,"])+/gs) ?? [] : [token.slice(minus.length)];
    /** @type {Test[]} */
    const any = [];
    for (const value of values.map(unquoted).filter(Boolean)) {
      const test = !key ? plain(value) : isDeep ? deepTest(DEEP[key](value)) : keys[key](value);
      if (typeof test === 'string') problems.push(key + ':' + value + ' ' + test);
      else any.push(test);
    }
    if (any.length) (isDeep ? deepTests : tests).push(row => any.some(test => test(row)) !== (minus === '-'));
  }
  return {
    text, problems, deep: deepTests.length > 0,
    test: row => tests.every(test => test(row)),
    testDeep: row => deepTests.every(test => test(row)),
  };
}

/** Runs testDeep() over rows, chunk by chunk.
 * @param {Capture} capture @param {Query} query @param {Uint32Array} rows @param {OnProgress} [onProgress] @returns {DeepSearch} */
function searchDeep(capture, query, rows, onProgress) {
  let cancelled = false;
  /** @type {number[][]} */
  const places = [];
  rows.forEach((row, i) => (places[capture.chunkOf(row) + 1] ??= []).push(i));
  const order = places.flat(), matches = new Uint8Array(rows.length);
  const run = async () => {
    for (let next = 0; next < order.length;) {
      await new Promise(resolve => setTimeout(resolve));
      if (cancelled) return null;
      const end = performance.now() + 10;
      do {
        matches[order[next]] = Number(query.testDeep(rows[order[next]]));
      } while (++next < order.length && performance.now() < end);
      onProgress?.(next, order.length);
    }
    return cancelled ? null : rows.filter((_, i) => matches[i]);
  };
  return { done: run(), cancel: () => { cancelled = true; } };
}
