// A capture whose only body is packed: `node packed.js make FORM [HEADER]` reads the text from stdin; `node packed.js open FORM
// FILE` prints the body's text. zstd comes and goes packed, through another program.
'use strict';
const fs = require('fs');
const zlib = require('zlib');

const swapped = bytes => Buffer.from(bytes).swap16();
const FORMS = {
  plain: [b => b, b => b],
  zstd: [b => b, b => b],
  gzip: [b => zlib.gzipSync(b), b => zlib.gunzipSync(b)],
  brotli: [b => zlib.brotliCompressSync(b), b => zlib.brotliDecompressSync(b)],
  'brotli, cut': [b => zlib.brotliCompressSync(b).subarray(0, -20), b => b],
  'gzip twice': [b => zlib.gzipSync(zlib.gzipSync(b)), b => b],
  utf16: [b => Buffer.from('\ufeff' + b, 'utf16le'), b => b.toString('utf16le')],
  'utf16, big': [b => swapped(Buffer.from('\ufeff' + b, 'utf16le')), b => swapped(b).toString('utf16le')],
  'utf16, no mark': [b => Buffer.from(b.toString(), 'utf16le'), b => b.toString('utf16le')],
  'utf16, cut': [b => Buffer.from('\ufeff' + b, 'utf16le').subarray(0, -1), b => b],
};

const [way, form, more = ''] = process.argv.slice(2);
if (way === 'open') {
  const { text } = JSON.parse(fs.readFileSync(more, 'utf8')).log.entries[0].response.content;
  process.stdout.write(FORMS[form][1](Buffer.from(text, 'base64')));
} else {
  const body = FORMS[form][0](fs.readFileSync(0));
  const message = { httpVersion: 'HTTP/1.1', headers: [], cookies: [], headersSize: -1, bodySize: -1 };
  const headers = more ? [{ name: 'Content-Encoding', value: more }] : [];
  const content = { size: body.length, mimeType: 'application/octet-stream', encoding: 'base64', text: body.toString('base64') };
  const entry = {
    startedDateTime: '2024-01-01T00:00:00.000Z', time: 1,
    request: { method: 'GET', url: 'https://example.com/', ...message, queryString: [] },
    response: { status: 200, statusText: 'OK', ...message, headers, content, redirectURL: '' },
    cache: {}, timings: { send: 0, wait: 1, receive: 0 },
  };
  process.stdout.write(JSON.stringify({ log: { version: '1.2', creator: { name: 'a', version: '1' }, entries: [entry] } }));
}
