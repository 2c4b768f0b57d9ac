/* The capture, from the data blocks of the page: docs/html.md tells their form. */

/** Levels of findings. @type {string[]} */
const WORST_FIRST = ['error', 'warning', 'info'];

/** What stands where a secret was. */
const REDACTED = /\b(redacted-[a-z]+-(?:[0-9a-f]{10}|\d+))\b/;

/** @param {any} value @returns {[string, Value][]} */
const membersOf = value => value?.members ?? [];

/** The member of that name, or further inside; the last, when a name stands twice.
 * @param {Maybe} value @param {string[]} names */
const memberOf = (value, ...names) => names.reduce(
  (/** @type {Maybe} */ around, name) => membersOf(around).findLast(member => member[0] === name)?.[1], value);

/** Text, or a number as it was written; '' when it is neither.
 * @param {any} value @returns {string} */
const asText = value => typeof value === 'string' ? value : value?.number ?? '';

/** NaN when it is no number.
 * @param {any} value */
const asNumber = value => Number(value?.number ?? NaN);

/** Bytes of a body that is not in the report; undefined: the value is there.
 * @param {any} value @returns {number|undefined} */
const leftOf = value => value?.left;

/** @param {Maybe} value @returns {Value[]} */
const asList = value => Array.isArray(value) ? value : [];

/** @param {Maybe} value @param {string[]} names */
const listIn = (value, ...names) => asList(memberOf(value, ...names));

/** @param {Maybe} value @param {string[]} names */
const textIn = (value, ...names) => asText(memberOf(value, ...names));

/** JSON text. `clean`, for export: no member for a body that was left out; else a token stands for it.
 * @param {Value} value @param {number} indent blanks; 0: one line @param {boolean} [clean] @returns {string} */
function toJson(value, indent, clean, line = '\n') {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if ('number' in value) return value.number;
  if ('left' in value) return clean ? '"[left out]"' : '\u27e8' + formatBytes(value.left) + ' left out\u27e9';
  const deeper = indent ? line + ' '.repeat(indent) : '';
  /** @param {Value} inner */
  const text = inner => toJson(inner, indent, clean, deeper);
  const parts = Array.isArray(value) ? value.map(text)
    : value.members.filter(member => !clean || leftOf(member[1]) === undefined)
      .map(([name, inner]) => JSON.stringify(name) + (indent ? ': ' : ':') + text(inner));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return open + (parts.length ? deeper + parts.join(',' + deeper) + (indent ? line : '') : '') + close;
}

/** What base64 stands for; characters that do not belong there are skipped.
 * @param {string} text */
function fromBase64(text) {
  const digits = text.replace(/[^\w+/-]+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits), c => c.charCodeAt(0));
}

/** @param {Maybe} body postData or content */
const bodyBytes = body => textIn(body, 'encoding') === 'base64' ? fromBase64(textIn(body, 'text'))
  : new TextEncoder().encode(textIn(body, 'text'));

/** @param {Block} block @param {any} packed @returns {Value} */
function unpack(block, packed) {
  if (typeof packed === 'number') {
    const shared = block.s[packed];
    return typeof shared === 'string' ? shared : unpack(block, shared);
  }
  if (typeof packed === 'string') return { number: packed };
  if (!Array.isArray(packed)) return packed ?? null;
  const [kind, ...inner] = packed;
  if (kind === -1) return inner.map(value => unpack(block, value));
  if (kind < 0) return { left: Number(inner[0]) };
  return { members: block.k[kind].map((name, i) => [name, unpack(block, inner[i])]) };
}

/** @param {number} chunk */
const chunkText = chunk => document.getElementById('har-c' + chunk)?.textContent ?? '';

/** What a block holds; null: it is missing or damaged. But for chunks its text is not kept.
 * @param {string} id */
function readBlock(id) {
  const element = document.getElementById(id);
  try {
    return JSON.parse(element?.textContent ?? 'null');
  } catch {
    return null;
  } finally {
    if (!id.startsWith('har-c')) element?.remove();
  }
}

/** A column as an array that is small; tenths become milliseconds.
 * @param {number[]|number} values @param {number} count @param {boolean} [tenths] @returns {Column} */
function columnOf(values, count, tenths) {
  const all = Array.isArray(values) ? values : [values];
  let most = 0;
  for (const n of all) most = Math.max(most, n, -n);
  const Kind = tenths || most >= 2 ** 31 ? Float64Array : most < 128 ? Int8Array : most < 32768 ? Int16Array : Int32Array;
  const column = new Kind(count).fill(all[0] ?? -1);
  if (all === values) column.set(values);
  return tenths ? column.map(n => n < 0 ? -1 : n / 10) : column;
}

/** What of the index is by rows. Nothing here keeps the arrays that were parsed.
 * @param {any} index */
function readColumns(index) {
  const { path, phases, ...rest } = index.rows, count = index.entries;
  index.rows = null;
  return {
    paths: /** @type {string[]} */ (Array.isArray(path) ? path : new Array(count).fill(path)),
    phases: /** @type {Column[]} */ (phases.map((/** @type {any} */ phase) => columnOf(phase, count, true))),
    columns: /** @type {Columns} */ (Object.fromEntries(Object.entries(rest).map(
      ([name, values]) => [name, columnOf(values, count, name === 'at' || name === 'time')]))),
  };
}

/** Where the values of rows are.
 * @param {number[]} firsts the first value of each chunk @param {Column} value of each row */
function openChunks(firsts, value) {
  /** @param {number} row */
  function chunkOf(row) {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= value[row]) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Chunks that were parsed: up to 4 MB of text, and always the last. @type {Map<number, [Block|null, number]>} */
  const parsed = new Map();
  let held = 0;
  /** The chunk of a row, and the number of its value in there. @param {number} row @returns {[Block|null, number]} */
  function locate(row) {
    const chunk = chunkOf(row);
    const known = parsed.get(chunk) ?? [readBlock('har-c' + chunk), chunkText(chunk).length];
    if (!parsed.delete(chunk)) held += known[1];
    parsed.set(chunk, known);
    for (const [old, [, bytes]] of parsed) {
      if (held <= 4e6 || old === chunk) break;
      parsed.delete(old);
      held -= bytes;
    }
    return [known[0], value[row] - firsts[chunk]];
  }
  return { chunkOf, locate };
}

/** What a file that was cut lacks, for people.
 * @param {any} index @param {boolean} hasFound */
function problemsOf({ chunks, entries }, hasFound) {
  const problems = [];
  let details = 0;
  chunks.forEach((/** @type {number} */ first, /** @type {number} */ chunk) => {
    if (chunkText(chunk).trimEnd().endsWith('}')) details += (chunks[chunk + 1] ?? entries) - first;
  });
  const [some, all] = [details, entries].map(formatCount);
  if (details < entries) problems.push(`This report is cut: ${some} of ${all} requests have their details.`);
  if (!hasFound) problems.push('This report is cut: some findings are missing.');
  return problems;
}

/** Throws an Error with a text for people when there is nothing to show.
 * @returns {Capture} */
function loadCapture() {
  const index = readBlock('har-index');
  if (!index) throw new Error('The list of requests is missing or damaged: this file was cut or changed.');
  if (index.version !== 1) throw new Error(`The data of this report has version ${index.version}, the script reads version 1.`);
  const { columns, phases, paths } = readColumns(index);
  const { chunkOf, locate } = openChunks(index.chunks, columns.value);
  const tables = {
    method: { words: index.methods, column: columns.method }, origin: { words: index.hosts, column: columns.host },
    mime: { words: index.mimes, column: columns.mime }, protocol: { words: index.protocols, column: columns.protocol },
    address: { words: index.addresses, column: columns.address },
  };
  /** @param {Table} table @returns {(row: number) => string} */
  const word = ({ words, column }) => row => words[column[row]] ?? '';
  const origin = word(tables.origin);
  /** @type {Capture['rules']} */
  const rules = index.rules.map((/** @type {any[]} */ [id, level, title, count]) => ({ id, level, title, count }));
  /** @type {number[][]} */
  const sets = index.sets;
  const worst = sets.map(set => Math.max(0, ...set.map(rule => 3 - WORST_FIRST.indexOf(rules[rule].level))));

  const late = readBlock('har-found');
  /** @type {Record<number, Found[]>} by the number of the value */
  const lateOf = {};
  for (const [at, rule, pointer, message, done] of late ?? []) (lateOf[at] ??= []).push({ rule, pointer, message, done });

  /** @type {Value[]} */
  let log = [];
  function logValues() {
    const block = readBlock('har-log'); // only once
    if (block) log = block.v.map((/** @type {any} */ packed) => unpack(block, packed));
    return log;
  }

  return {
    ...columns, count: index.entries, phases, rules, tables, chunkOf, chunkText, origin, problems: problemsOf(index, !!late),
    title: index.title, options: index.options, sources: index.sources, types: index.types,
    start: index.start === null ? null : index.start / 10, duration: index.duration / 10,
    pages: index.pages.map((/** @type {any[]} */ [id, title, at, timings, source]) => (
      { id, title, at: at === null ? null : at / 10, timings, source })),
    method: word(tables.method), mime: word(tables.mime), protocol: word(tables.protocol), address: word(tables.address),
    host: row => hostOf(origin(row)),
    path: row => paths[row],
    url: row => origin(row) + paths[row],
    level: row => /** @type {0|1|2|3} */ (worst[columns.set[row]]),
    rulesOf: row => sets[columns.set[row]],
    entry(row) {
      const [block, at] = locate(row);
      try {
        return block && unpack(block, block.v[at]);
      } catch {
        return null; // damaged, or nested too deeply
      }
    },
    found(row) {
      const [block, at] = locate(row);
      const { f, s } = block ?? { f: [], s: [] };
      return f.filter(note => note[0] === at)
        .map(([, rule, pointer, message, done]) => ({ rule, pointer: s[pointer], message: s[message], done: s[done] ?? null }))
        .concat(lateOf[columns.value[row]] ?? []);
    },
    pointer: row => '/log/entries/' + columns.origin[row],
    general: lateOf[-1] ?? [],
    log: () => /** @type {Members} */ (logValues()[0] ?? { members: [] }),
    pageValues: () => logValues().slice(1),
  };
}

/** @param {string} origin */
const hostOf = origin => origin.replace(/^[^/]*:\/\//, '');
