// What can be read of a report without running it, by a parser of HTML5:
//
//     node static.js form report.html                  one script, which the policy names; no style, no handler, no address in
//                                                      attributes; ids once; data blocks are JSON; links lead to something
//     node static.js figures capture.har report.html   tables, rows and columns of the index have the figures of the capture
//     node static.js hostile capture.har               writes a capture whose strings are all markup
//     node static.js shown report.html                 and that its report shows them
//
// capture.har is what `harmill convert -t har` wrote, of usual shape: figures are computed here from its members.
'use strict';

const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');

// All that a report may be made of.
const TAGS = new Set(('html head meta title style body header h1 div p dl dt dd time main ul li strong b bdi span small code a ' +
  'details summary section h2 table caption colgroup col thead tbody tr th td svg rect defs pattern wbr footer script ' +
  // and the skeleton of the application
  'input button label select option aside dialog kbd nav output').split(' '));

const attribute = (node, name) => (node.attrs || []).find(a => a.name === name)?.value;
const textOf = node => node.value ?? (node.childNodes || []).map(textOf).join('');
const seenOf = node => node.value ?? (node.childNodes || []).map(child => child.tagName === 'script' ? '' : seenOf(child)).join('');

function * elements(node) {
  if (node.tagName) yield node;
  for (const child of node.childNodes || []) yield * elements(child);
}

const only = (all, name) => {
  assert.strictEqual(all.length, 1, `${all.length} times ${name}`);
  return all[0];
};

function find(root, tag, test = () => true) {
  return [...elements(root)].filter(e => e.tagName === tag && test(e));
}

const withId = (root, id) => only([...elements(root)].filter(e => attribute(e, 'id') === id), `#${id}`);
const hash = text => `'sha256-${crypto.createHash('sha256').update(text).digest('base64')}'`;

function checkForm(document) {
  const all = [...elements(document)];
  const scripts = find(document, 'script').filter(e => attribute(e, 'type') !== 'application/json');
  const script = only(scripts, 'a script that runs'), style = only(find(document, 'style'), 'a style sheet');
  const head = only(find(document, 'head'), 'a head').childNodes.filter(n => n.tagName);
  assert.strictEqual(attribute(head[0], 'charset'), 'utf-8', 'the charset comes first');
  assert.strictEqual(attribute(head[1], 'http-equiv'), 'Content-Security-Policy', 'then the policy');
  assert.strictEqual(attribute(head[1], 'content'), `default-src 'none'; script-src ${hash(textOf(script))}; style-src ` +
    `${hash(textOf(style))}; img-src data: blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; ` +
    "trusted-types 'none'");
  assert.strictEqual(script, all.at(-1), 'the script is the last element');
  assert.strictEqual(attribute(only(find(document, 'html'), 'a root'), 'lang'), 'en');
  const ids = new Map();
  for (const element of all) {
    assert(TAGS.has(element.tagName), `<${element.tagName}>`);
    for (const { name, value } of element.attrs) {
      assert(!/^on/.test(name), `a handler: ${name}`);
      assert.notStrictEqual(name, 'style');
      assert(!['src', 'srcset', 'action', 'formaction', 'data', 'background', 'ping', 'poster'].includes(name), `${name} loads`);
      if (name === 'href') assert(/^#[a-z0-9]+$/.test(value), `a link to ${value}`);
      if (name === 'title' || name === 'aria-label' || name === 'content') continue;
      assert(!/(https?|javascript|data):\/?\/?[^ ;]/.test(value) || name === 'content', `${name}="${value}"`);
      if (name === 'id') {
        assert(!ids.has(value), `#${value} stands twice`);
        ids.set(value, element);
      }
    }
  }
  for (const { name, value } of all.flatMap(e => e.attrs))
    if (name === 'href' && value !== '#findings' && !/^#e\d+$/.test(value)) assert(ids.has(value.slice(1)), `nothing is ${value}`);
  const blocks = find(document, 'script', e => attribute(e, 'type') === 'application/json');
  for (const block of blocks) JSON.parse(textOf(block));
  for (const id of ['har-index', 'har-log', 'har-found', 'app', 'rows', 'top']) assert(ids.has(id), `no #${id}`);
  // Data must not be where something else is hidden from the parser.
  for (const node of all) for (const child of node.childNodes || []) assert.notStrictEqual(child.nodeName, '#comment', 'a comment');
  const index = JSON.parse(textOf(ids.get('har-index')));
  for (const { name, value } of all.flatMap(e => e.attrs))
    if (name === 'href' && /^#e\d+$/.test(value)) assert(+value.slice(2) >= 1 && +value.slice(2) <= index.entries, value);
  const numbers = find(document, 'tr', e => /^e\d+$/.test(attribute(e, 'id') || '')).map(e => +attribute(e, 'id').slice(1));
  assert.deepStrictEqual(numbers, numbers.map((_, i) => i + 1), 'rows are numbered from 1');
  const more = all.find(e => attribute(e, 'id') === 'more');
  if (numbers.length < index.entries) assert(textOf(more).startsWith((index.entries - numbers.length).toLocaleString('en-US')));
  else assert(!more, 'more rows are promised');
  return index;
}

// ---- figures

const count = n => n.toLocaleString('en-US');

function bytes(n) {
  const unit = n < 1e3 ? 0 : n < 1e6 ? 1 : n < 1e9 ? 2 : 3;
  const value = n / 1e3 ** unit;
  return unit ? `${value.toFixed(value < 10 ? 1 : 0)} ${['', 'kB', 'MB', 'GB'][unit]}` : `${n} B`;
}

const known = n => typeof n === 'number' && n >= 0;

function wireOf({ response }) {
  if (known(response._transferSize)) return response._transferSize;
  if (!known(response.headersSize) && !known(response.bodySize)) return -1;
  return Math.max(0, response.headersSize) + Math.max(0, response.bodySize);
}

// Rows of a table by their first cell: [requests, bytes].
function tableOf(document, id) {
  const rows = find(withId(document, id), 'tr').slice(1);
  return rows.map(row => find(row, 'th').concat(find(row, 'td')).slice(0, 3).map(textOf));
}

function tally(entries, nameOf) {
  const sums = new Map();
  for (const entry of entries) {
    const sum = sums.get(nameOf(entry)) || [0, 0];
    sums.set(nameOf(entry), [sum[0] + 1, sum[1] + Math.max(0, wireOf(entry))]);
  }
  return [...sums].map(([name, sum]) => [name, count(sum[0]), bytes(sum[1])]);
}

const sorted = rows => rows.map(row => row.join('|')).sort();

function facts(document) {
  const list = only(find(document, 'dl', e => attribute(e, 'class') === 'facts'), 'a list of facts');
  return Object.fromEntries(find(list, 'div').map(e => [textOf(find(e, 'dt')[0]), textOf(find(e, 'dd')[0])]));
}

function checkTables(document, log, entries) {
  const classes = ['no answer', '1xx informational', '2xx success', '3xx redirect', '4xx client error', '5xx server error'];
  const classOf = status => status > 0 && (status < 100 || status > 599) ? 'other' : classes[Math.max(0, Math.trunc(status / 100))];
  const told = facts(document), total = of => entries.reduce((sum, e) => sum + Math.max(0, of(e)), 0);
  assert.strictEqual(told.Requests, count(entries.length));
  assert.strictEqual(told.Transferred, bytes(total(wireOf)));
  assert.strictEqual(told.Uncompressed, bytes(total(e => e.response.content.size)));
  const isFailed = ({ response }) => !(response.status > 0 && response.status < 400) || response._error;
  assert.strictEqual(told.Failed, count(entries.filter(isFailed).length));
  assert.strictEqual(told.Pages, count(log.pages.length));
  assert.strictEqual(told['Recorded by'], `${log.creator.name} ${log.creator.version}`);
  assert.deepStrictEqual(sorted(tableOf(document, 'by-status')),
    sorted(tally(entries, e => classOf(e.response.status))));
  assert.deepStrictEqual(sorted(tableOf(document, 'by-host')), sorted(tally(entries, e => new URL(e.request.url).host)));
  assert.strictEqual(tableOf(document, 'by-type').reduce((sum, row) => sum + +row[1], 0), entries.length);
  const top = (id, value) => {
    const numbers = find(withId(document, id), 'a').map(e => +attribute(e, 'href').slice(2) - 1);
    const wanted = entries.map(value).sort((a, b) => b - a).slice(0, 5);
    assert.deepStrictEqual(numbers.map(n => value(entries[n])), wanted, id);
  };
  top('slowest', e => e.time);
  top('largest', e => Math.max(wireOf(e), e.response.content.size));
  const pages = find(withId(document, 'pages'), 'tr').slice(1).map(row => find(row, 'td').map(textOf));
  log.pages.forEach((page, i) => {
    assert.strictEqual(pages[i][0], page.title);
    assert.strictEqual(pages[i][5], count(entries.filter(e => e.pageref === page.id).length));
  });
}

function checkColumns(index, log, entries) {
  const { rows } = index, at = column => i => Array.isArray(column) ? column[i] : column;
  const column = (name, value) => {
    const get = at(rows[name]);
    entries.forEach((entry, i) => assert.strictEqual(get(i), value(entry), `${name} of row ${i + 1}`));
  };
  const word = (name, table, value) => {
    const get = at(rows[name]);
    entries.forEach((entry, i) => assert.strictEqual(index[table][get(i)] ?? '', value(entry), `${name} of row ${i + 1}`));
  };
  const tenths = ms => Math.floor(ms * 10 + 0.5), start = Math.min(...entries.map(e => +new Date(e.startedDateTime)));
  const originOf = e => new URL(e.request.url).origin;
  assert.strictEqual(index.entries, entries.length);
  assert.strictEqual(index.start, start * 10);
  assert.strictEqual(index.duration, Math.max(...entries.map(e => tenths(new Date(e.startedDateTime) - start) + tenths(e.time))));
  column('at', e => (new Date(e.startedDateTime) - start) * 10);
  column('time', e => tenths(e.time));
  column('status', e => e.response.status);
  column('wire', wireOf);
  column('size', e => e.response.content.size);
  column('path', e => e.request.url.slice(originOf(e).length));
  column('page', e => log.pages.findIndex(p => p.id === e.pageref));
  column('origin', e => log.entries.indexOf(e));
  column('value', e => log.entries.indexOf(e));
  word('method', 'methods', e => e.request.method);
  word('host', 'hosts', originOf);
  word('mime', 'mimes', e => e.response.content.mimeType.split(';')[0].trim());
  word('protocol', 'protocols', e => e.response.httpVersion || e.request.httpVersion);
  word('address', 'addresses', e => e.serverIPAddress || '');
  ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'].forEach((name, n) => {
    const get = at(rows.phases[n]);
    entries.forEach((e, i) => {
      const ssl = name === 'connect' ? Math.max(0, e.timings.ssl ?? 0) : 0; // a part of connect in the captures used here
      assert.strictEqual(get(i), tenths(Math.max(0, (e.timings[name] ?? 0) - ssl)), `${name} of row ${i + 1}`);
    });
  });
}

function checkFigures(document, capture) {
  const log = JSON.parse(fs.readFileSync(capture, 'utf8')).log;
  const entries = log.entries.slice().sort((a, b) => new Date(a.startedDateTime) - new Date(b.startedDateTime));
  const index = checkForm(document);
  checkTables(document, log, entries);
  checkColumns(index, log, entries);
  const rows = find(document, 'tr', e => attribute(e, 'id')).map(row => find(row, 'td').map(textOf));
  entries.forEach((entry, i) => {
    assert.strictEqual(rows[i][2], entry.request.method);
    assert.strictEqual(rows[i][3], String(entry.response.status));
    if (entry.request.url.length < 100) assert.strictEqual(rows[i][4], entry.request.url);
    assert.strictEqual(rows[i][6], bytes(entry.response.content.size));
  });
  // Bars lie on their axis and are seen; labels say the times.
  for (const bar of find(document, 'svg', e => attribute(e, 'class') === 'bar')) {
    const rects = find(bar, 'rect').map(e => [+attribute(e, 'x'), +attribute(e, 'width')]);
    assert(rects.length > 0 && rects.every(([x, width]) => x >= 0 && width > 0 && x + width <= 240.01), JSON.stringify(rects));
    assert(Math.max(...rects.map(([x, width]) => x + width)) - rects[0][0] >= 0.99);
    assert(/^starts at [\d.:]+ (ms|s|min), takes [\d.:]+ (ms|s|min)$/.test(attribute(bar, 'aria-label')));
  }
}

// What each string of a hostile capture holds: as it is written, and as it must be shown.
const PAYLOAD = '</script></title></style>--><img src=x onerror=alert(1)>"\'`&lt;&#60;\u202e\u200b\x1b\0<!--<script>';
const SHOWN = '</script></title></style>--><img src=x onerror=alert(1)>"\'`&lt;&#60;' +
  '\u27e8202e\u27e9\u27e8200b\u27e9\u27e8001b\u27e9\u27e80000\u27e9<!--<script>';

function hostile() {
  // The values of cookies are taken out wherever else they stand.
  const pair = { name: PAYLOAD, value: PAYLOAD, [PAYLOAD]: PAYLOAD };
  const date = '2026-03-02T09:14:07.250Z', sizes = { headersSize: -1, bodySize: 5 };
  const message = { httpVersion: PAYLOAD, headers: [pair], cookies: [{ name: PAYLOAD, value: PAYLOAD + 'c' }], comment: PAYLOAD, ...sizes };
  const entry = url => ({
    startedDateTime: date, time: 5, pageref: PAYLOAD, serverIPAddress: PAYLOAD, connection: PAYLOAD, comment: PAYLOAD,
    _resourceType: PAYLOAD, _error: PAYLOAD, _initiator: { type: PAYLOAD }, [PAYLOAD]: PAYLOAD,
    request: {
      method: PAYLOAD, url, queryString: [pair], postData: { mimeType: PAYLOAD, text: PAYLOAD, params: [pair] }, ...message,
    },
    response: {
      status: 200, statusText: PAYLOAD, redirectURL: PAYLOAD, content: { size: 1, mimeType: PAYLOAD, text: PAYLOAD }, ...message,
    },
    cache: { comment: PAYLOAD }, timings: { send: 1, wait: 2, receive: 2, comment: PAYLOAD },
  });
  return { log: {
    version: '1.2', creator: { name: PAYLOAD, version: PAYLOAD }, browser: { name: PAYLOAD, version: PAYLOAD }, comment: PAYLOAD,
    pages: [{ startedDateTime: date, id: PAYLOAD, title: PAYLOAD, pageTimings: { onLoad: 5, [`_${PAYLOAD}`]: 7 } }],
    entries: [`http://a.example/${PAYLOAD}`, `http://${PAYLOAD}.example/`, PAYLOAD, `javascript:${PAYLOAD}`].map(entry),
  } };
}

function checkShown(document) {
  checkForm(document);
  const text = seenOf(only(find(document, 'body'), 'a body')), cells = find(document, 'td').map(textOf);
  assert(!text.includes('\u202e') && !text.includes('\x1b'), 'something is not visible');
  const told = facts(document);
  assert(told['Recorded by'].startsWith(SHOWN), told['Recorded by']);
  assert(told.Browser.startsWith(SHOWN), told.Browser);
  assert(find(document, 'p').some(e => textOf(e) === SHOWN), 'the title of the page');
  assert(cells.some(cell => cell.startsWith(`http://a.example/${SHOWN.slice(0, 40)}`)), 'an address');
  assert(cells.some(cell => cell.startsWith(`javascript:${SHOWN.slice(0, 40)}`)), 'an address without a host');
}

async function main([what, ...files]) {
  const { parse } = await import('parse5');
  const read = file => parse(fs.readFileSync(file, 'utf8'));
  if (what === 'form') files.forEach(file => checkForm(read(file)));
  else if (what === 'figures') checkFigures(read(files[1]), files[0]);
  else if (what === 'hostile') fs.writeFileSync(files[0], JSON.stringify(hostile(), null, 1));
  else checkShown(read(files[0]));
}

main(process.argv.slice(2)).catch(error => {
  console.error(error.message);
  process.exit(1);
});
