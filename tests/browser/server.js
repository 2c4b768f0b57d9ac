// A small web site on this machine, for browsers to capture: `server.js CERTIFICATE KEY` prints the address of its first page and
// serves until its stdin ends. It has the answers that captures differ in: packed ones, redirects with cookies, 304, 204, 404, 500,
// POST in three forms, queries in odd spellings, other character sets, frames, a WebSocket, events, HTTP/2 over TLS, a closed port.
'use strict'
const crypto = require('crypto')
const fs = require('fs')
const http = require('http')
const http2 = require('http2')
const net = require('net')
const zlib = require('zlib')

const html = 'text/html; charset=utf-8'
const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const ports = {}

// Fetches what is told and says so in the title, whatever came of it.
const script = `'use strict'
async function visit (steps) {
  for (const step of steps) {
    try { await step() } catch (error) { console.log(String(error)) }
  }
  document.title = 'done'
}
const read = async (url, options) => (await fetch(url, options)).text()
const form = new FormData()
form.append('name', 'M\\u00fcller')
form.append('file', new Blob(['a,b\\n1,2\\n'], { type: 'text/csv' }), 'list.csv')
const socket = () => new Promise((resolve, reject) => {
  const to = new WebSocket('ws://' + location.host + '/socket')
  to.onopen = () => to.send('ping')
  to.onmessage = () => { to.close(); resolve() }
  to.onerror = reject
})
const events = () => new Promise(resolve => {
  const from = new EventSource('/events')
  from.onmessage = from.onerror = () => { from.close(); resolve() }
})
const first = [
  () => read('/api/plain'),
  () => read('/api/query?a=1&b=two+words&c=%C3%A4&d=&e&f=%&g=a=b&a=2&&h=%2B+%20&i=[x]|{y}&j=\\u00e9'),
  () => read('/api/query?'),
  () => read('/api/query?plain#fragment'),
  () => read('/api/form', { method: 'POST', body: new URLSearchParams({ user: 'M\\u00fcller & Co', note: 'a+b c%', empty: '' }) }),
  () => read('/api/json', { method: 'POST', body: JSON.stringify({ gr\\u00fcn: [1, 2.5, null, '\\ud83d\\ude00'] }), headers: { 'Content-Type': 'application/json' } }),
  () => read('/api/multipart', { method: 'POST', body: form }),
  () => read('/api/octets', { method: 'POST', body: new Uint8Array([0, 255, 128, 10]) }),
  () => read('/api/empty', { method: 'POST' }),
  () => read('/api/item/7', { method: 'PUT', body: 'text' }),
  () => read('/api/item/7', { method: 'DELETE' }),
  () => read('/api/plain', { method: 'HEAD' }),
  () => read('/none', { method: 'PATCH' }),
  () => read('/missing'),
  () => read('/broken'),
  () => read('/redirect'),
  () => read('/cookies'),
  () => read('/tagged'),
  () => read('/tagged', { cache: 'no-cache' }),
  () => read('/tagged', { cache: 'no-cache' }),
  () => read('/kept'),
  () => read('/kept'),
  () => read('/packed'),
  () => read('/octets'),
  () => read('/part', { headers: { Range: 'bytes=2-5' } }),
  () => read('/silent'),
  () => read('http://127.0.0.1:' + ports.closed + '/refused'),
  () => read('https://localhost:' + ports.tls + '/h2?a=1'),
  () => read('https://localhost:' + ports.tls + '/h2', { method: 'POST', body: '{"over":"h2"}', headers: { 'Content-Type': 'application/json' } }),
  () => read('data:text/plain;charset=utf-8,gr%C3%BCn'),
  () => read(URL.createObjectURL(new Blob(['blob']))),
  () => { const stop = new AbortController(); setTimeout(() => stop.abort(), 50); return read('/slow', { signal: stop.signal }) },
  socket,
  events
]
const second = [() => read('/api/plain?page=2'), () => read('/cookies')]
`

const page = (title, body) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/style.css"><script src="/script.js"></script></head><body>${body}</body></html>`

const answers = {
  '/': () => [200, html, page('Erste Seite: Gr\u00fc\u00dfe, \u4f60\u597d, \u{1f600}', `<h1>\u00c4\u00d6\u00dc</h1><img src="/dot.gif" alt="">
<img src="data:image/gif;base64,${dot.toString('base64')}" alt=""><iframe src="/frame.html"></iframe>
<script>addEventListener('load', () => visit(first))</script>`)],
  '/two.html': () => [200, html, page('Zweite Seite', '<img src="/dot.gif" alt=""><script>addEventListener(\'load\', () => visit(second))</script>')],
  '/frame.html': () => [200, 'text/html; charset=iso-8859-1', Buffer.from('<!doctype html><title>Rahmen</title><p>Gr\u00fc\u00dfe aus dem Rahmen', 'latin1')],
  '/style.css': () => [200, 'text/css', '@font-face { font-family: own; src: url(/own.woff2) } h1 { font-family: own; background: url(/dot.gif?in=css) }\n'],
  '/script.js': () => [200, 'text/javascript; charset=utf-8', `const ports = ${JSON.stringify(ports)}\n${script}`],
  '/dot.gif': () => [200, 'image/gif', dot, { 'Cache-Control': 'max-age=600' }],
  '/own.woff2': () => [200, 'font/woff2', Buffer.from('wOF2 that is none')],
  '/favicon.ico': () => [404, 'text/plain', ''],
  '/none': () => [204],
  '/missing': () => [404, html, '<!doctype html><title>404</title>'],
  '/broken': () => [500, 'application/problem+json', '{"title":"broken"}'],
  '/redirect': () => [302, undefined, '', { Location: '/target?from=redirect', 'Set-Cookie': ['one=1; Path=/', 'two="b c"; Max-Age=3600; HttpOnly; SameSite=Lax', 'three=3; Expires=Wed, 01 Jan 2070 00:00:00 GMT'] }],
  '/target': () => [200, 'text/plain; charset=utf-8', 'target \u00e4'],
  '/cookies': request => [200, 'application/json', JSON.stringify({ cookie: request.headers.cookie || '' })],
  '/tagged': request => request.headers['if-none-match'] === '"v1"' ? [304, undefined, '', { ETag: '"v1"' }] : [200, 'text/plain', 'tagged', { ETag: '"v1"', 'Cache-Control': 'no-cache' }],
  '/kept': () => [200, 'text/plain', 'kept', { 'Cache-Control': 'max-age=600' }],
  '/packed': () => [200, 'text/plain; charset=utf-8', zlib.gzipSync('\u00e4bc '.repeat(2000)), { 'Content-Encoding': 'gzip' }],
  '/octets': () => [200, undefined, Buffer.from([0, 1, 254, 255])],
  '/part': () => [206, 'text/plain', 'cdef', { 'Content-Range': 'bytes 2-5/26' }],
  '/silent': () => [200, 'text/plain', ''],
  '/events': () => [200, 'text/event-stream', 'id: 1\ndata: one\n\n'],
  '/h2': request => [200, 'application/json', JSON.stringify({ version: request.httpVersion })]
}

function serve (request, response) {
  const { pathname } = new URL(request.url, 'http://here')
  const chunks = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    if (pathname === '/slow') return // never answered
    const answer = answers[pathname] || (pathname.startsWith('/api/') && (() => [200, 'application/json', JSON.stringify({ bytes: Buffer.concat(chunks).length })]))
    const [status, type, body, more] = answer ? answer(request) : [404, 'text/plain', 'nothing']
    const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }
    response.writeHead(status, { ...(type && { 'Content-Type': type }), ...cors, ...more })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
}

// The handshake, and one text in answer to the first frame.
function upgrade (request, socket) {
  const accept = crypto.createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  socket.on('error', () => {})
  socket.once('data', () => {
    socket.write(Buffer.from('\x81\x04pong', 'latin1'))
    socket.once('data', () => socket.end(Buffer.from('\x88\x00', 'latin1')))
  })
}

const listen = server => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

async function main (certificate, key) {
  const refusing = net.createServer()
  ports.closed = await listen(refusing)
  await new Promise(resolve => refusing.close(resolve))
  ports.tls = await listen(http2.createSecureServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key), allowHTTP1: true }, serve))
  const plain = http.createServer(serve)
  plain.on('upgrade', upgrade)
  console.log(`http://127.0.0.1:${await listen(plain)}/`)
  process.stdin.resume().on('end', () => process.exit(0))
}

main(...process.argv.slice(2))
