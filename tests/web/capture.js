// Makes captures as the report has them, without the C writer, and runs data.js and filter.js over them outside of a browser.
const vm = require('vm');
const { WEB, readScripts } = require('./assemble.js');

const TYPES = ['document', 'script', 'style', 'image', 'font', 'media', 'data', 'fetch', 'websocket', 'other'];
const COLUMNS = ['at', 'time', 'method', 'host', 'type', 'mime', 'protocol', 'address', 'page', 'path', 'status', 'wire', 'size', 'set', 'flags',
  'source', 'value', 'origin'];
const FLAGS = { failed: 1, redirect: 2, cached: 4, websocket: 8, body: 16, posted: 32 };

/** JSON as the writer escapes it. */
const json = value => JSON.stringify(value).replace(/[<>&\u2028\u2029\x7f]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

/** Numbers of words. */
function numbering() {
  const words = [];
  const number = word => {
    if (word === undefined || word === null) return -1;
    if (!words.includes(word)) words.push(word);
    return words.indexOf(word);
  };
  return { words, number };
}

/** Packs plain values; what is the same is there once. */
function packer() {
  const keys = numbering(), shared = numbering();
  const pack = value => {
    if (value === null || typeof value === 'boolean') return JSON.stringify(value);
    if (typeof value === 'number') return JSON.stringify(String(value));
    if (typeof value === 'string') return String(shared.number(json(value)));
    const list = Array.isArray(value);
    const parts = list ? value.map(pack) : Object.values(value).map(pack);
    const text = '[' + [list ? -1 : keys.number(json(Object.keys(value))), ...parts].join(',') + ']';
    return text.length > 12 ? String(shared.number(text)) : text;
  };
  return { pack, text: value => shared.number(json(value)), block: (values, found = []) =>
    `{"k":[${keys.words}],"s":[${shared.words}],"v":[${values}],"f":${JSON.stringify(found)}}` };
}

/** Data blocks for rows: {url, method, status, type, mime, protocol, address, page, at, time, size, wire, is: [...], rules: [...], source, entry}. */
function blocksOf(rows, { rules = [], pages = [], sources = [['a.har', '0', 1]], perChunk = 3, bodies = 'all', found = [] } = {}) {
  const tables = { method: numbering(), host: numbering(), mime: numbering(), protocol: numbering(), address: numbering() };
  const sets = ['[]'];
  const columns = { phases: [0, 0, 0, 0, 0, 0, 0] };
  for (const name of COLUMNS) columns[name] = [];
  const put = (name, value) => columns[name].push(value);
  const tenths = ms => ms === undefined || ms < 0 ? -1 : Math.round(ms * 10);
  rows.forEach((row, i) => {
    const [, origin, path] = /^([a-z]+:\/\/[^/?#]*)(.*)$/s.exec(row.url) ?? [null, null, row.url];
    const set = JSON.stringify(row.rules ?? []);
    if (!sets.includes(set)) sets.push(set);
    put('host', tables.host.number(origin));
    put('path', path);
    for (const name of ['method', 'mime', 'protocol', 'address']) put(name, tables[name].number(row[name]));
    put('type', TYPES.indexOf(row.type ?? 'other'));
    put('page', row.page ?? -1);
    put('at', tenths(row.at));
    put('time', tenths(row.time));
    for (const name of ['status', 'size', 'wire']) put(name, row[name] ?? -1);
    put('set', sets.indexOf(set));
    put('flags', (row.is ?? []).reduce((sum, name) => sum + FLAGS[name], 0));
    put('source', row.source ?? 0);
    put('value', row.value ?? i);
    put('origin', i);
  });
  const blocks = {}, chunks = [];
  for (let first = 0; first < rows.length; first += perChunk) {
    const { pack, block } = packer();
    const values = rows.map((row, i) => [row.value ?? i, row]).sort((a, b) => a[0] - b[0]).slice(first, first + perChunk);
    blocks['har-c' + chunks.length] = block(values.map(([, row]) => pack(row.entry ?? {})));
    chunks.push(first);
  }
  const { pack, block } = packer();
  blocks['har-log'] = block([pack({ version: '1.2' }), ...pages.map(page => pack({ id: page[0], title: page[1] }))]);
  blocks['har-index'] = json({
    version: 1, harmill: '0', title: 'test', entries: rows.length, cut: 0, start: 17987616000000, duration: 100000, sources, rules,
    options: { bodies, redact: false, custom: 'all', links: false }, sets: sets.map(set => JSON.parse(set)), pages, types: TYPES, chunks,
    methods: tables.method.words, hosts: tables.host.words, mimes: tables.mime.words, protocols: tables.protocol.words,
    addresses: tables.address.words, rows: columns,
  });
  blocks['har-found'] = json(found);
  return blocks;
}

/** The functions of text.js, data.js and filter.js over a page with these blocks; `blocks` shows which elements are still there. */
function open(blocks) {
  const elements = new Map(Object.entries(blocks).map(([id, textContent]) => [id, { textContent, remove: () => elements.delete(id) }]));
  const source = readScripts(WEB, ['text', 'data', 'filter']).map(file => file.text).join('');
  const document = { getElementById: id => elements.get(id) ?? null };
  const names = 'loadCapture, membersOf, memberOf, asList, asText, asNumber, leftOf, toJson, unpack, parseQuery, searchDeep, quantity, SIZES, TIMES';
  const api = vm.runInNewContext(`(() => {'use strict';\n${source}return { ${names} };\n})()`, { document, setTimeout, performance, atob, TextEncoder, TextDecoder });
  return { ...api, elements };
}

module.exports = { json, packer, blocksOf, open, TYPES };
