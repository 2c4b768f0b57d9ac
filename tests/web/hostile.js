// Captures whose strings are hostile, made by the tables of the specification: `harmill schema` names every member of every object.
//     hostile.js SCHEMA FOLDER     writes them: square, single, long, bodies and log-N.har, each with a harmless twin
// square.har: as many entries as there are payloads; each place has each payload once. single.har: entries that are right but for
// one place; each place and each payload at least once, with HARMILL_LONG=1 all pairs. log-N.har: what stands once in a capture.
'use strict';
const fs = require('fs');
const path = require('path');
const { payloads, long, tame } = require('./payloads');

// The types of the schema: for each its members [name, kind, type of the member or of the items].
function readSchema(text) {
  const types = {};
  for (const [, name, body] of text.matchAll(/<xs:complexType name="(\w+)"[^>]*>([\s\S]*?)\n {2}<\/xs:complexType>/g)) {
    const members = body.matchAll(/<xs:element name="(\w+)" type="(\w+)"[^/]*?>\s*<xs:annotation><xs:documentation>([^,<]+), /g);
    types[name] = { members: [...members].map(([, name, type, kind]) => ({ name, type, kind })) };
    const item = /<xs:element name="(\w+)" type="\1" maxOccurs="unbounded"\/>/.exec(body);
    if (item && name.endsWith('List')) types[name].item = item[1];
  }
  return types;
}

// Members beside the specification that the report knows, as objects with kinds at the leaves.
const known = {
  entry: {
    _resourceType: 'string',
    _priority: 'string',
    _fromCache: 'string',
    _connectionId: 'string',
    _initiator: { type: 'string', url: 'string', stack: { callFrames: [{ functionName: 'string', url: 'string' }] } },
    _webSocketMessages: [{ type: 'string', time: 'number', opcode: 'number', data: 'string' }]
  },
  response: { _error: 'string', _transferSize: 'number' },
  content: {},
  request: {},
  page: {},
  pageTimings: {}
};

// A value of TYPE: `leaf(place, kind)` gives the values of strings, numbers and booleans; `named(place)` members with odd names.
function build(types, type, place, leaf, named) {
  const form = types[type];
  if (form.item) return [build(types, form.item, `${place}/0`, leaf, named)];
  const value = {};
  for (const { name, type: inner, kind } of form.members) {
    const at = `${place}/${name}`;
    if (inner !== 'value') value[name] = build(types, inner, at, leaf, named);
    else value[name] = leaf(at, kind);
  }
  Object.assign(value, beside(known[type] || {}, place, leaf));
  return named(place, value);
}

function beside(form, place, leaf) {
  if (typeof form === 'string') return leaf(place, form);
  if (Array.isArray(form)) return form.map((inner, n) => beside(inner, `${place}/${n}`, leaf));
  return Object.fromEntries(Object.entries(form).map(([name, inner]) => [name, beside(inner, `${place}/${name}`, leaf)]));
}

// What is right where nothing else is asked for. Dates count up, so that rows stay in the order of the capture.
const right = n => (place, kind) => {
  const last = place.split('/').pop();
  if (kind === 'boolean') return true;
  if (last === 'opcode') return 1;
  if (last === 'status') return 200;
  if (/Size|Compression|compression|^size$|^ssl$|^blocked$|^dns$|^connect$/.test(last)) return -1;
  if (kind === 'number') return 1;
  if (kind !== 'string') return {};
  if (/[dD]ateTime$|expires|lastAccess/.test(last)) return new Date(Date.UTC(2026, 2, 2, 9, 0, 0, n)).toISOString();
  if (last === 'url') return `https://shop.example/page?n=${n}`;
  if (last === 'method') return 'GET';
  if (last === 'httpVersion') return 'HTTP/1.1';
  if (last === 'mimeType') return 'text/plain';
  if (last === 'serverIPAddress') return '192.0.2.1';
  if (last === 'encoding' || last === 'redirectURL') return '';
  if (last === 'pageref' || last === 'id') return 'page_1';
  if (last === '_resourceType') return 'fetch';
  if (last === 'version') return '1.2';
  return 'value';
};

// An address is hostile as a whole, in its host, in its path and query.
const addresses = [
  text => text,
  text => `https://${text}/`,
  text => `https://shop.example/${text}`,
  text => `https://shop.example/a?b=${text}#${text}`
];
const hostile = (place, text, n) => (/\/(url|redirectURL)$/.test(place) ? addresses[n % addresses.length](text) : text);

const without = (place, value) => value;

// An own member of each name, also __proto__.
function withMember(value, name, inner) {
  return Object.defineProperty(value, name, { value: inner, enumerable: true, configurable: true, writable: true });
}

// All places below TYPE, also those of numbers: a string may stand there all the same.
function placesOf(types, type) {
  const places = [];
  build(
    types,
    type,
    '',
    (place, kind) => {
      if (kind !== 'boolean') places.push(place);
    },
    (place, value) => {
      places.push(`${place}/*`);
      return value;
    }
  );
  return places;
}

// One value in which place i has payload (i + n) modulo their number. Dates are right in three of four.
function square(types, type, places, n) {
  const of = place => payloads[(places.indexOf(place) + n) % payloads.length][1];
  const calm = right(n);
  const leaf = (place, kind) =>
    kind === 'boolean' || (kind === 'number' && n % 2) || (/DateTime$/.test(place) && n % 4)
      ? calm(place, kind)
      : hostile(place, of(place), n);
  return build(types, type, '', leaf, (place, value) =>
    withMember(withMember(value, of(`${place}/*`), 'value'), `_${of(`${place}/*`)}`, of(`${place}/*`))
  );
}

// A value that is right but for PLACE.
function single(types, type, place, text, n) {
  const calm = right(n);
  const at = place.slice(0, -2);
  return build(
    types,
    type,
    '',
    (here, kind) => (here === place ? hostile(here, text, n) : calm(here, kind)),
    (here, value) => (place.endsWith('/*') && here === at ? withMember(withMember(value, text, text), `_${text}`, text) : value)
  );
}

const wrap = (types, pages, entries, more = {}) => ({
  log: { version: '1.2', creator: { name: 'hostile.js', version: '1' }, pages, entries, ...more }
});

function squares(types) {
  const [pages, entries] = ['page', 'entry'].map(type => {
    const places = placesOf(types, type);
    return payloads.map((_, n) => square(types, type, places, n));
  });
  return wrap(types, pages, entries);
}

function singles(types, all) {
  const made = { page: [], entry: [] };
  for (const type of ['page', 'entry']) {
    const places = placesOf(types, type);
    for (let n = 0; n < Math.max(places.length, payloads.length); n++) {
      const texts = all ? payloads : [payloads[n % payloads.length]];
      if (all && n >= places.length) break;
      for (const [, text] of texts) made[type].push(single(types, type, places[n % places.length], text, made[type].length));
    }
  }
  return wrap(types, made.page, made.entry);
}

// Long ones where they show: address, header, statusText, body, comment; a page's title.
function longs(types) {
  const places = [
    '/request/url',
    '/request/headers/0/name',
    '/request/headers/0/value',
    '/response/statusText',
    '/response/content/mimeType',
    '/comment',
    '/_resourceType'
  ];
  const entries = long.flatMap(([, text], k) =>
    [0, 1].map(n => single(types, 'entry', places[(2 * k + n) % places.length], text, n))
  );
  return wrap(types, [single(types, 'page', '/title', long[2][1], 0)], entries);
}

// Bodies that would do something if they were more than text: [mimeType, text, encoding].
function bodies(types) {
  const run = '<script hostile>window.ran=1</script>';
  const far = 'https://hostile.invalid';
  const svg = [
    '<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1">',
    `<script>window.ran=1;fetch('${far}/f')</script><image href="${far}/i.png"/>`,
    `<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="${far}/j.png"/></foreignObject></svg>`
  ].join('');
  const base64 = text => Buffer.from(text).toString('base64');
  const texts = [
    ['text/html', `<!doctype html><title>x</title>${run}<img hostile src=https://hostile.invalid/b.png>`],
    ['image/svg+xml', svg],
    ['image/svg+xml', base64(svg), 'base64'],
    ['image/png', base64(run), 'base64'],
    ['text/html', base64(run), 'base64'],
    ['application/json', JSON.stringify({ [run]: run, __proto__: { ran: 1 }, a: ['</script>', '<!--'] })],
    ['application/json', '['.repeat(5000)],
    ['application/json', '{"a":"\\ud800</script>","__proto__":{"ran":1},"constructor":{"prototype":{"ran":1}}}'],
    ['application/json', '{"a":1,]broken</script>'],
    ['application/javascript', 'window.ran=1'],
    ['text/css', '@import "https://hostile.invalid/c.css"'],
    ['application/xml', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
    ['application/xhtml+xml', run],
    ['application/octet-stream', base64(payloads.map(([, text]) => text).join('')), 'base64'],
    ['text/plain', '!!!not base64!!!<b hostile>', 'base64'],
    ['text/plain', run, run],
    ['image/png" onerror="window.ran=1', base64(run), 'base64'],
    ['image/svg+xml;charset=utf-7', base64('+ADw-script+AD4-window.ran=1+ADw-/script+AD4-'), 'base64']
  ];
  const entries = texts.map(([mimeType, text, encoding], n) => {
    const entry = single(types, 'entry', '', '', n);
    entry.response.content = { size: text.length, mimeType, text, encoding };
    entry.request.method = 'POST';
    entry.request.postData = { mimeType, text, params: [{ name: run, value: run, fileName: run, contentType: run }] };
    entry._webSocketMessages = [{ type: 'send', time: 1, opcode: encoding ? 2 : 1, data: text }];
    return entry;
  });
  return wrap(types, [single(types, 'page', '', '', 0)], entries);
}

// What stands once: as many captures as there are payloads.
function logs(types) {
  const places = [];
  const below = (place, type) =>
    build(
      types,
      type,
      place,
      (here, kind) => {
        if (kind !== 'boolean') places.push(here);
      },
      without
    );
  below('/creator', 'creator');
  below('/browser', 'creator');
  places.push('/version', '/comment', '/*');
  return payloads.map((_, n) => {
    const of = place => payloads[(places.indexOf(place) + n) % payloads.length][1];
    const leaf = place => of(place);
    const log = {
      version: n % 4 ? '1.2' : of('/version'),
      comment: of('/comment'),
      creator: build(types, 'creator', '/creator', leaf, without),
      browser: build(types, 'creator', '/browser', leaf, without)
    };
    const page = single(types, 'page', '/title', payloads[n][1], 0);
    const made = wrap(types, [page], [single(types, 'entry', '/request/url', payloads[n][1], n)], log);
    withMember(made.log, `_${of('/*')}`, of('/*'));
    return made;
  });
}

// JSON that keeps lone surrogates as escapes and names as they are.
const toText = value => JSON.stringify(value);

const calmed = value => {
  if (typeof value === 'string') return tame(value);
  if (Array.isArray(value)) return value.map(calmed);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value).reduce((made, [name, inner]) => withMember(made, tame(name), calmed(inner)), {});
};

function main(schema, folder) {
  const types = readSchema(fs.readFileSync(schema, 'utf8'));
  const all = process.env.HARMILL_LONG === '1';
  const captures = { square: squares(types), single: singles(types, all), long: longs(types), bodies: bodies(types) };
  logs(types).forEach((log, n) => {
    captures[`log-${n}`] = log;
  });
  for (const [name, capture] of Object.entries(captures)) {
    fs.writeFileSync(path.join(folder, `${name}.har`), toText(capture));
    fs.writeFileSync(path.join(folder, `${name}.twin.har`), toText(calmed(capture)));
  }
  const [entry, page] = ['entry', 'page'].map(type => placesOf(types, type).length);
  console.log(`places: ${entry} in an entry, ${page} in a page; payloads: ${payloads.length}`);
}

main(...process.argv.slice(2));
