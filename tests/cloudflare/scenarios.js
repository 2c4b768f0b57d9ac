// What the server of the tests answers: a table of scenarios by name. A scan's id chooses one by its number; `n`, the last twelve
// digits of the id, says more where a row mentions it.
'use strict'
const zlib = require('zlib')
const { answer, bare, bomb, chunks, envelope, framings, head, json, page, scanner, unfinished } = require('./answers')
const { captures: { small, big } } = require('./captures')
const { headers, posts } = require('./posts')

const scenarios = {}

// A row that always answers with the same bytes, or with what a function makes of the exchange. An answer that ends with the
// connection closes it.
const row = (name, make) => {
  scenarios[name] = async x => {
    const bytes = typeof make === 'function' ? await make(x) : make
    if (!bytes) return
    await x.send(bytes)
    if (bytes.closes) x.fin()
  }
}

const fine = (body = small, framing = 'plain') => answer({ body, framing })
const closing = bytes => Object.assign(Buffer.from(bytes), { closes: true })

// ---- whole answers
for (const framing of Object.keys(framings)) {
  row(framing, fine(small, framing))
  row(framing + '-big', () => fine(big, framing))
}
scenarios.fine = scenarios.plain
row('http10', closing(Buffer.concat([head({ version: 'HTTP/1.0' }), small])))
row('no-reason', answer({ reason: '', body: small }))
row('text-type', answer({ type: 'text/plain', body: small }))
row('no-type', answer({ type: '', body: small }))
row('identity', answer({ body: small, headers: [['Content-Encoding', 'identity']] }))
row('gzip-members', () => {
  const packed = Buffer.concat([zlib.gzipSync(small.subarray(0, 700)), zlib.gzipSync(small.subarray(700))])
  return answer({ body: packed, headers: [['Content-Encoding', 'gzip']] })
})
row('x-gzip', answer({ body: zlib.gzipSync(small), headers: [['Content-Encoding', 'x-gzip']] }))
row('cookies', answer({ body: small, headers: [['Set-Cookie', '__cf_bm=abc; path=/; HttpOnly'], ['Set-Cookie', '__cfruid=def']] }))
row('early-hints', Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), fine()]))
row('hints-only', closing(Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'))) // and no answer behind them
row('hints-once', x => x.before ? fine() : closing(Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')))
row('many-chunks', () => Buffer.concat([head({ headers: [['Transfer-Encoding', 'chunked']] }), chunks(big, 10000)]))
row('many-headers', answer({ body: small, headers: Array.from({ length: 10000 }, (_, i) => ['X-' + i, i]) }))
scenarios.slow = async x => {
  const bytes = fine()
  for (let at = 0; at < bytes.length; at += 200) {
    await x.send(bytes.subarray(at, at + 200))
    await x.pause(50)
  }
}
scenarios['closed-silently'] = async x => { await x.send(fine()); await x.pause(20); x.fin() } // without having said so

// ---- broken off at byte n of the answer: fin ends the connection as it should be, cut does so without saying it in TLS
for (const how of ['reset', 'fin', 'cut']) {
  for (const framing of Object.keys(framings)) {
    for (const [size, body] of Object.entries({ small, big })) {
      let bytes
      const broken = async x => {
        bytes = bytes || fine(body, framing)
        await x.send(bytes.subarray(0, x.n))
        x[how]()
      }
      scenarios[`${how}-${framing}-${size}`] = broken
      scenarios[`${how}-once-${framing}-${size}`] = x => x.before ? scenarios[size === 'small' ? framing : framing + '-big'](x) : broken(x)
    }
  }
}
scenarios.hang = async x => x.hang()
scenarios['hang-head'] = async x => { await x.send(fine().subarray(0, 40)); x.hang() }
scenarios['hang-body'] = async x => { await x.send(fine(big).subarray(0, 500000)); x.hang() }
scenarios['hang-late'] = async x => { await x.send(fine(sized(16 << 20)).subarray(0, 15 << 20)); x.hang() } // when much is there
scenarios.drip = async x => {
  for (const byte of fine()) {
    if (!x.open) return x.hang()
    await x.send(Buffer.from([byte]))
    await x.pause(1000)
  }
}
scenarios['hints-flood'] = async x => {
  while (x.open) {
    await x.send(Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n'))
    await x.pause(5)
  }
}

// ---- packed wrongly
const gzipped = (body, rest = {}) => answer({ body, headers: [['Content-Encoding', 'gzip']], ...rest })
const packed = zlib.gzipSync(small)
const wrong = (at, bytes = packed) => { const copy = Buffer.from(bytes); copy[copy.length - at] ^= 1; return copy }
row('bomb', () => gzipped(bomb(small)))
row('bomb-chunked', () => gzipped(bomb(small), { framing: 'chunked' }))
row('short-gzip', x => gzipped(packed.subarray(0, x.n))) // n bytes of the packed body, and a length that fits
row('short-gzip-chunked', x => gzipped(packed.subarray(0, x.n), { framing: 'chunked' }))
row('short-gzip-close', x => gzipped(packed.subarray(0, x.n), { framing: 'close' }))
row('gzip-crc', gzipped(wrong(6)))
row('gzip-length', gzipped(wrong(2)))
row('gzip-garbage', gzipped(Buffer.concat([packed, Buffer.from('garbage')])))
row('gzip-middle', gzipped(wrong(400)))
row('gzip-not', gzipped(small)) // not packed at all
row('gzip-empty', gzipped(''))
row('gzip-twice', answer({ body: zlib.gzipSync(packed), headers: [['Content-Encoding', 'gzip, gzip']] }))
row('br', answer({ body: zlib.brotliCompressSync(small), headers: [['Content-Encoding', 'br']] }))
row('deflate', answer({ body: zlib.deflateSync(small), headers: [['Content-Encoding', 'deflate']] }))
row('br-not', answer({ body: small, headers: [['Content-Encoding', 'br']] }))

// ---- lengths, chunks and heads that lie
const raw = (...lines) => Buffer.concat([Buffer.from(lines.join('\r\n') + '\r\n\r\n'), small])
const said = (length, ...more) => raw('HTTP/1.1 200 OK', 'Content-Type: application/json', 'Content-Length: ' + length, ...more)
const chunky = text => Buffer.concat([head({ headers: [['Transfer-Encoding', 'chunked']] }), Buffer.from(text)])
const firstChunk = `${small.length.toString(16)}\r\n${small}\r\n`
row('length-small', said(small.length - 500))
row('length-large', closing(said(small.length + 1)))
row('length-huge', closing(said('99999999999999999999')))
row('length-negative', closing(said('-1')))
row('length-text', closing(said('much')))
row('length-two', closing(said(small.length, 'Content-Length: ' + (small.length - 1))))
row('length-early', () => { const bytes = said('300000000'); return closing(bytes) }) // over the bound, known early
row('chunk-bad', closing(chunky('zz\r\n' + small)))
row('chunk-huge', closing(chunky('ffffffffffffffffff\r\n' + small)))
row('chunk-no-end', closing(chunky(firstChunk)))
row('chunk-short', closing(chunky(`${(small.length - 1).toString(16)}\r\n${small}\r\n0\r\n\r\n`)))
row('chunk-trailer', chunky(firstChunk + '0\r\nX-Trailer: 1\r\n\r\n'))
row('head-huge', closing(said(small.length, 'X-Huge: ' + 'h'.repeat(1 << 20))))
row('head-nul', closing(said(small.length, 'X-Nul: a\0b')))
row('head-no-colon', closing(said(small.length, 'no colon here')))
row('garbage', closing(Buffer.from('garbage that is no HTTP\r\n\r\n' + small)))
row('http09', closing(small))
row('http3', closing(Buffer.concat([Buffer.from('HTTP/3.7 200 OK\r\n\r\n'), small])))
row('status-text', closing(Buffer.from(`HTTP/1.1 abc OK\r\n\r\n${small}`)))
row('status-0', closing(Buffer.from(`HTTP/1.1 000 OK\r\nContent-Length: ${small.length}\r\n\r\n${small}`)))
row('behind', closing(Buffer.concat([fine(), Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}\n')]))) // a second answer, unasked

// ---- status 200, and what is a HAR in another shape or none
const texts = {
  v1: [json, `{"success":true,"errors":[],"messages":[{"message":"OK"}],"result":{"har":${small}}}`], // these three are HARs
  'v1-log': [json, `{"success":true,"errors":[],"messages":[],"result":${small}}`],
  'v1-last': [json, `{"result":{"har":${small}},"messages":[],"errors":[],"success":true}`],
  html: [page, '<!doctype html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>'],
  'html-as-json': [json, '<html><body>Please sign in.</body></html>'],
  'plain-text': ['text/plain', 'all is well'],
  'other-json': [json, '{"uuid":"0","status":"ok"}'],
  'null-log': [json, '{"log":null}'],
  'null-result': [json, '{"success":true,"errors":[],"messages":[],"result":null}'],
  'not-success': [json, JSON.stringify(bare(10000, 'Authentication error'))],
  array: [json, '[]'],
  null: [json, 'null'],
  string: [json, '"log"'],
  empty: [json, ''],
  blanks: [json, '   \r\n'],
  open: [json, small.subarray(0, small.length - 2)],
  'open-in-text': [json, small.subarray(0, 900)],
  twice: [json, Buffer.concat([small, small])],
  trailing: [json, Buffer.concat([small, Buffer.from('garbage')])],
  deep: [json, '{"log":{"a":' + '['.repeat(200000) + ']'.repeat(200000) + '}}'],
  'failed-200': [json, '{"task":{"uuid":"0","status":"Finished","success":false,"errors":["net::ERR_NAME_NOT_RESOLVED"]},"message":"Scan failed."}']
}
for (const [name, [type, body]] of Object.entries(texts)) row(name, answer({ type, body }))
row('empty-close', answer({ framing: 'close' }))
row('open-close', answer({ framing: 'close', body: small.subarray(0, small.length - 2) }))
row('trailing-close', answer({ framing: 'close', body: Buffer.concat([small, Buffer.from('garbage')]) }))

// ---- sizes: exactly n bytes of body, a HAR and blanks
const sized = n => Buffer.concat([small, Buffer.alloc(Math.max(0, n - small.length), ' ')])
for (const framing of Object.keys(framings)) row('sized-' + framing, x => fine(sized(x.n), framing))

// ---- scans that are not finished, and those that failed
const pending = (x, state) => answer({ status: 404, body: unfinished(x.id, state) })
const sequence = (...steps) => x => steps[Math.min(x.before, steps.length - 1)](x)
const queued = x => pending(x, 'Queued')
const working = x => pending(x, 'InProgress')
const limited = after => () => answer({ status: 429, body: envelope(10100, 'More than 1200 requests per 300 seconds reached. Please wait and consider throttling your request speed'), headers: after === undefined ? [] : [['Retry-After', after]] })
row('pending', queued)
row('pending-twice', sequence(queued, working, () => fine()))
row('pending-limited', sequence(queued, working, limited(1), () => fine()))
row('pending-reset', async x => { // the connection breaks between two polls
  if (x.before === 1) return x.reset()
  return x.before ? fine() : queued(x)
})
row('v1-pending', x => answer({ status: 202, body: { success: true, errors: [], messages: [{ message: 'In Progress' }], result: { scan: { task: { uuid: x.id, url: 'https://shop.example/', status: 'InProgress', success: false, errors: [] } } } } }))
row('pending-failed', sequence(queued, x => answer({ status: 404, body: { ...scanner(404, 'Scan failed.', 'Scan failed.', 'net::ERR_NAME_NOT_RESOLVED'), task: { uuid: x.id, status: 'Finished', success: false } } })))
row('failed', x => answer({ status: 404, body: { ...scanner(404, 'Scan failed.', 'Scan failed.', 'net::ERR_NAME_NOT_RESOLVED'), task: { uuid: x.id, status: 'Finished', success: false } } }))
row('failed-task', x => answer({ status: 404, body: { ...scanner(404, 'No HAR.', 'No HAR.', ''), task: { uuid: x.id, status: 'Finished', success: false, errors: [{ message: 'net::ERR_CERT_DATE_INVALID' }, { message: 'second' }] } } }))

// ---- errors as the API and the edge before it tell them
const errors = {
  6003: [400, envelope(6003, 'Invalid request headers', { error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }] })],
  6103: [400, envelope(6003, 'Invalid request headers', { error_chain: [{ code: 6103, message: 'Invalid format for X-Auth-Key header' }] })],
  6102: [400, envelope(6003, 'Invalid request headers', { error_chain: [{ code: 6102, message: 'Invalid format for X-Auth-Email header' }] })],
  9106: [400, bare(9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers')],
  10000: [403, bare(10000, 'Authentication error')],
  9109: [403, bare(9109, 'Unauthorized to access requested resource')],
  '9109-token': [403, envelope(9109, 'Invalid access token')],
  401: [401, bare(10000, 'Unauthorized')],
  7003: [404, { result: null, success: false, errors: [{ code: 7003, message: 'Could not route to /client/v4/accounts/0, perhaps your object identifier is invalid?' }, { code: 7000, message: 'No route for that URI' }], messages: [] }],
  'not-found': [404, scanner(404, 'No such scan submission', 'No such scan submission', '')],
  'v1-not-found': [404, { success: false, errors: [{ message: 'Scan not found.' }], messages: [] }],
  'v1-uuid': [400, { success: false, errors: [{ message: 'Scan ID is not a valid uuid.' }], messages: [] }],
  'invalid-url': [400, scanner(400, 'Invalid request', 'Invalid url', 'the scan id is no uuid')],
  prism: [401, { type: 'https://stoplight.io/prism/errors#UNAUTHORIZED', title: 'Invalid security scheme used', status: 401, detail: 'Your request does not fullfil the security requirements' }],
  'empty-403': [403, ''],
  'empty-object': [403, {}],
  'odd-types': [403, '{"success":0,"errors":{"code":"x"},"message":[1],"status":"y"}'],
  route: [404, { type: 'https://stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR', title: 'Route not resolved, no path matched', status: 404, detail: 'The route /v2 hasn\'t been found in the specification file' }],
  'other-404': [404, '{"timestamp":"2026-03-01","error":"Not Found","path":"/"}'],
  'text-404': [404, '404 page not found'],
  'cut-json': [403, '{"success":false,"errors":[{"code":9109,"message":"Unautho'],
  'deep-error': [403, '{"errors":' + '['.repeat(30000)],
  410: [410, { message: 'gone' }]
}
for (const [name, [status, body]] of Object.entries(errors)) row('error-' + name, answer({ status, body }))
row('error-html', answer({ status: 403, type: page, body: '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1></body></html>' }))
row('error-html-404', answer({ status: 404, type: page, body: '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center>nginx</center>\r\n</body>\r\n</html>' }))
row('error-502-text', answer({ status: 502, type: 'text/plain', body: 'error code: 502' }))
row('error-502-once', sequence(() => answer({ status: 502, type: 'text/plain', body: 'error code: 502' }), () => fine()))
row('error-large', () => answer({ status: 403, type: 'text/plain', body: 'large '.repeat(1666667) }))
row('error-gzip', answer({ status: 403, body: bare(9109, 'Unauthorized to access requested resource'), framing: 'gzip' }))
row('error-bomb', () => gzipped(bomb(small), { status: 403 }))
row('error-short-gzip', gzipped(zlib.gzipSync(JSON.stringify(bare(9109, 'Unauthorized'))).subarray(0, 30), { status: 403 }))
scenarios['error-hang'] = async x => { await x.send(answer({ status: 403, body: bare(9109, 'Unauthorized') }).subarray(0, 150)); x.hang() }
scenarios['error-reset'] = async x => { await x.send(answer({ status: 403, body: bare(9109, 'Unauthorized') }).subarray(0, 150)); x.reset() }
row('status', x => answer({ status: x.n, type: 'text/plain', body: [204, 304].includes(x.n) ? '' : 'error code: ' + x.n })) // n is the status
row('status-once', sequence(x => answer({ status: x.n, type: 'text/plain', body: 'error code: ' + x.n }), () => fine()))
row('status-after', sequence(x => answer({ status: x.n, type: 'text/plain', body: 'error code: ' + x.n, headers: [['Retry-After', 1]] }), () => fine()))

row('late', sequence(...Array(2).fill(() => answer({ status: 404, body: errors['not-found'][1] })), () => fine())) // as if there were none

// ---- too many requests
const afters = { none: undefined, 0: 0, 1: 1, 300: 300, huge: 99999999, longer: '9'.repeat(40), negative: -5, garbage: 'soon', past: 'Sun, 01 Mar 2020 10:00:00 GMT', far: 'Thu, 01 Mar 2096 10:00:00 GMT' }
for (const [name, after] of Object.entries(afters)) {
  row('limited-' + name, limited(after))
  row('limited-once-' + name, sequence(limited(after), () => fine()))
}
row('limited-once-date', sequence(() => limited(new Date(Date.now() + 2000).toUTCString())(), () => fine()))

// ---- redirects to another server; n is the status
row('redirect', x => answer({ status: x.n || 302, headers: [['Location', `${x.other}/elsewhere${x.request.target}`]] }))
row('redirect-self', x => answer({ status: 302, headers: [['Location', x.request.target]] }))
row('redirect-file', answer({ status: 302, headers: [['Location', 'file:///etc/passwd']] }))
row('refresh', x => answer({ type: page, headers: [['Refresh', `0; url=${x.other}/elsewhere`]], body: '<meta http-equiv="refresh" content="0">' }))

// ---- credentials sent back, and escapes for terminals
const secrets = x => ['authorization', 'x-auth-key', 'x-auth-email'].map(name => x.request.headers[name]).filter(Boolean)
const told = x => secrets(x).map(value => `your header ${value} and ${value.replace(/^Bearer /, '')} is wrong`).join(', ')
const escaped = text => text.replace(/[^"\\]/g, char => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'))
row('echo-message', x => answer({ status: 403, body: bare(9109, told(x)) }))
row('echo-title', x => answer({ status: 400, body: scanner(400, told(x), told(x), told(x)) }))
row('echo-chain', x => answer({ status: 400, body: envelope(6003, 'Invalid request headers', { error_chain: [{ code: 6111, message: told(x) }] }) }))
row('echo-escaped', x => answer({ status: 403, body: `{"success":false,"errors":[{"code":9109,"message":"${escaped(told(x))}"}]}` }))
row('echo-lower', x => answer({ status: 403, body: bare(9109, told(x).toLowerCase()) }))
row('echo-base64', x => answer({ status: 403, body: bare(9109, secrets(x).map(value => Buffer.from(value.replace(/^Bearer /, '')).toString('base64')).join(' ')) }))
row('echo-percent', x => answer({ status: 403, body: bare(9109, secrets(x).map(value => value.replace(/[^A-Za-z0-9]/g, char => '%' + char.charCodeAt(0).toString(16))).join(' ')) }))
// Of an address a part is often a company's name: it is hidden as a whole only.
row('echo-part', x => answer({ status: 403, body: bare(9109, secrets(x).filter(value => !value.includes('@')).map(value => value.replace(/^Bearer /, '').slice(5, 30)).join(' ')) }))
row('echo-html', x => answer({ status: 403, type: page, body: `<html><head><title>${told(x)}</title></head><body>${told(x)}</body></html>` }))
row('echo-html-200', x => answer({ type: page, body: `<html><head><title>${told(x)}</title></head><body>${told(x)}</body></html>` }))
row('echo-text', x => answer({ status: 500, type: 'text/plain', body: told(x) }))
row('echo-ray', x => answer({ status: 403, ray: secrets(x)[0].replace(/^Bearer /, ''), body: bare(9109, 'no') }))
row('echo-type', x => answer({ type: secrets(x)[0].replace(/^Bearer /, ''), body: 'x' }))
row('echo-encoding', x => answer({ headers: [['Content-Encoding', secrets(x)[0].replace(/^Bearer /, '').slice(0, 30)]], body: 'x' }))
row('echo-reason', x => answer({ status: 403, reason: told(x), body: '' }))
row('echo-location', x => answer({ status: 302, headers: [['Location', `https://${secrets(x)[0].replace(/^Bearer /, '')}.example/${secrets(x)[0]}`]] }))
row('echo-state', x => answer({ status: 404, body: unfinished(x.id, told(x)) }))
row('echo-after', x => answer({ status: 429, headers: [['Retry-After', secrets(x)[0]]], body: told(x) }))
// The secret stands behind n characters, so that cutting the text to a size would leave a part of it.
row('echo-headers', x => answer({ status: 404, body: unfinished(x.id, (headers[x.id] || []).join(' and ')) })) // of the submission
row('echo-cut', x => answer({ status: 403, body: bare(9109, 'x'.repeat(x.n) + secrets(x)[0].replace(/^Bearer /, '')) }))
row('echo-cut-text', x => answer({ status: 403, type: 'text/plain', body: 'x'.repeat(x.n) + secrets(x)[0].replace(/^Bearer /, '') }))
row('echo-cut-ray', x => answer({ status: 403, ray: 'x'.repeat(x.n) + secrets(x)[0].replace(/^Bearer /, ''), body: '' }))
row('echo-split', x => answer({ status: 403, body: bare(9109, secrets(x)[0].replace(/^Bearer /, '').replace(/^(.{9})/, '$1\n')) }))

const ESCAPES = 'a\u001b]0;owned\u0007b\u001b[2J\u001b[31mc\u009b31md\re\nf\u0000g\u202eh\u200bi\u007fj\u0085k\u2028l'
row('escapes', answer({ status: 403, body: bare(9109, ESCAPES) }))
row('escapes-title', answer({ status: 400, body: scanner(400, ESCAPES, ESCAPES, ESCAPES) }))
row('escapes-state', x => answer({ status: 404, body: unfinished(x.id, ESCAPES) }))
row('escapes-html', answer({ status: 403, type: page, body: `<title>${ESCAPES}</title>` }))
row('escapes-text', answer({ status: 403, type: 'text/plain', body: Buffer.from(ESCAPES + '\xff\xfe', 'latin1') }))
row('escapes-heads', answer({ status: 403, reason: '\u001b[31mred', type: 'text/\u001b[31mred', ray: '\u001b[31mred', headers: [['Server', '\u001b]0;owned\u0007']], body: '' }))
row('escapes-location', answer({ status: 302, headers: [['Location', 'https://\u001b[31mred.example/\u001b[31m']] }))

scenarios.unknown = async x => x.send(answer({ status: 404, body: { success: false, errors: [{ code: 7003, message: 'Could not route to ' + x.request.target }], messages: [], result: null } }))

// The id of a scan, for answers to POST.
const numbers = {}
const idOf = (name, instance) => {
  const number = Object.keys(numbers).find(key => numbers[key] === name)
  return `${Number(number).toString(16)}-${instance.toString(16).padStart(4, '0')}-4000-8000-000000000000`
}
Object.assign(scenarios, posts(idOf))

// Numbers by place in the table: ids are made while the tests run, so they need not stay the same.
for (const [index, name] of Object.keys(scenarios).entries()) numbers[0x5ca00000 + index] = name

// How many bytes the answers have that break off at byte n.
const sizes = () => Object.fromEntries(Object.entries({ small, big }).flatMap(([size, body]) =>
  Object.keys(framings).map(framing => [`${framing}-${size}`, fine(body, framing).length])))

module.exports = { numbers, scenarios, sizes, texts }
