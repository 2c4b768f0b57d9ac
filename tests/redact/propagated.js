// The same secret once where its name tells, and once elsewhere in each encoding.
'use strict';

const v = require('./values');

const lower = text => text.toLowerCase();
const percentLower = text => v.percent(text).replace(/%[0-9A-F]{2}/g, lower);

// id, shapes, the text that stands elsewhere.
const ENCODINGS = [
  ['raw', v.ANY, s => s],
  ['raw, within a text', v.ANY, s => `a ${s} b`],
  ['raw, right beside letters', ['middle', 'base64url'], s => `ab${s}cd`],
  ['small letters', v.PLAIN, lower],
  ['capitals', v.PLAIN, s => s.toUpperCase()],
  ['percent', v.ANY, v.percent],
  ['percent, small letters', v.ANY, percentLower],
  ['percent, every byte', v.ANY, s => v.percentAll(s)],
  ['percent, every byte, small letters', v.ANY, s => v.percentAll(s, false)],
  ['percent, twice', v.ANY, s => v.percent(v.percent(s))],
  ['percent, three times', ['base64', 'markup', 'letters'], s => v.percent(v.percent(v.percent(s)))],
  ['form', v.ANY, v.form],
  ['base64', v.ANY, v.base64],
  ['base64, second offset', v.ANY, s => v.base64(`{${s}}`)],
  ['base64, third offset', v.ANY, s => v.base64(`{"${s}"}`)],
  ['base64 within more of it', v.ANY, s => v.base64(`The words before it, ${s}, and the words behind.`)],
  ['base64url', v.ANY, v.base64url],
  ['base64 of base64', v.ANY, s => v.base64(v.base64(s))],
  ['base64 of base64 of base64', ['middle', 'hex'], s => v.base64(v.base64(v.base64(s)))],
  ['base64, percent-encoded', v.ANY, s => v.percent(v.base64(`?${s}`))],
  ['user and password', v.ANY, s => `Basic ${v.base64(`user:${s}`)}`],
  ['hexadecimal', v.ANY, v.hex],
  ['hexadecimal, capitals', v.ANY, s => v.hex(s).toUpperCase()],
  ['\\u', v.ANY, v.unicode],
  ['\\x', v.ANY, v.backslashX],
  ['JSON', v.ANY, s => JSON.stringify({ q: s })],
  ['JSON in JSON', v.ANY, s => JSON.stringify({ q: JSON.stringify({ r: s }) })],
  ['JSON in JSON in JSON', v.ANY, s => JSON.stringify({ q: JSON.stringify({ r: JSON.stringify([s]) }) })],
  ['entities', v.ANY, v.entities],
  ['entities, decimal', v.ANY, v.entitiesDecimal],
  ['entities, hexadecimal', v.ANY, v.entitiesHex],
  ['entities in JSON', ['markup', 'quotes'], s => JSON.stringify({ q: v.entities(s) })],
  ['reversed', [...v.PLAIN, 'blanks', 'letters'], v.reversed],
  ['soft breaks', [...v.TOKEN, 'blanks'], v.softBreaks],
  ['gzip in base64', v.ANY, s => v.gzip(`<p>${s}</p>`)],
  ['zlib in base64', v.ANY, s => v.deflate(`<p>${s}</p>`)],
  ['deflate in base64', v.ANY, s => v.deflateRaw(`<p>${s}</p>`)],
  ['gzip in base64, percent-encoded', v.ANY, s => v.percent(v.gzip(`a,${s},b`))],
].map(([id, shapes, make]) => ({ id, shapes, make }));

// Where it is learned.
const LEARNED = [
  ['header', (e, s) => e.request.headers.push({ name: 'X-Api-Key', value: s })],
  ['JSON', (e, s) => Object.assign(e.response.content, { mimeType: 'application/json', text: JSON.stringify({ access_token: s }) })],
  ['cookie', (e, s) => e.request.cookies.push({ name: 'basket', value: s })],
  ['query', (e, s) => e.request.queryString.push({ name: 'api_key', value: s })],
  ['name and password', (e, s) => e.request.headers.push({ name: 'Authorization', value: `Basic ${v.base64(`me:${s}`)}` })],
  ['custom member', (e, s) => { e._secret = s; }],
];

module.exports = { ENCODINGS, LEARNED };
