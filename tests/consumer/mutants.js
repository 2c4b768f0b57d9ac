// Writes small captures into a folder, each with one value of a whole capture replaced, left out or written twice, and prints
// their names: what importers make of members of other types, of texts that are cast, of formats.
'use strict'
const fs = require('fs')
const path = require('path')

const date = '2024-03-01T12:00:00.000Z'
const capture = () => ({
  log: {
    version: '1.2',
    creator: { name: 'a', version: '1', comment: '' },
    browser: { name: 'b', version: '2' },
    pages: [{ startedDateTime: date, id: 'p', title: 't', pageTimings: { onContentLoad: 1, onLoad: 2, comment: '' }, comment: '' }],
    entries: [{
      pageref: 'p',
      startedDateTime: date,
      time: 6,
      request: {
        method: 'GET',
        url: 'https://shop.example/',
        httpVersion: 'h2',
        cookies: [{ name: 'c', value: '1', path: '/', domain: 'd', expires: date, httpOnly: true, secure: false, comment: '' }],
        headers: [{ name: 'h', value: '1', comment: '' }],
        queryString: [{ name: 'q', value: '1', comment: '' }],
        postData: { mimeType: 'm', text: '', params: [{ name: 'n', value: 'v', fileName: 'f', contentType: 'c' }] },
        headersSize: -1,
        bodySize: -1
      },
      response: {
        status: 200,
        statusText: '',
        httpVersion: 'h2',
        cookies: [],
        headers: [],
        content: { size: 1, compression: 0, mimeType: 'text/plain', text: 'a', encoding: '' },
        redirectURL: '',
        headersSize: -1,
        bodySize: 1,
        _transferSize: 5,
        _error: null
      },
      cache: {
        beforeRequest: { expires: date, lastAccess: date, eTag: '', hitCount: 0, comment: '' },
        afterRequest: null
      },
      timings: { blocked: 0, dns: -1, connect: -1, send: 1, wait: 2, receive: 3, ssl: -1, _blocked_queueing: 0 },
      serverIPAddress: '192.0.2.1',
      connection: '1',
      comment: '',
      _initiator: {
        type: 'script',
        lineNumber: 1,
        stack: {
          callFrames: [{ functionName: 'f', lineNumber: 1, columnNumber: 2 }],
          parent: { callFrames: [], parentId: { id: '1' } }
        }
      },
      _webSocketMessages: [{ type: 'send', time: 1, opcode: 1, data: '' }],
      _eventSourceMessages: [{ time: 1, eventName: '', eventId: '', data: '' }]
    }]
  }
})

const values = ['null', 'true', 'false', '0', '-0.0', '1.5', '1e400', '1e-400', '1.0', '8640000000000000', '8640000000000001', '""',
  '" "', '"1"', '"1.5"', '"x"', '"0x1f"', '"-0x1f"', '"1e5"', '" \\n12\\u00a0"', '"Infinity"', '"1_0"', '[]', '[[]]', '[5]', '["5"]',
  '[[["7"]]]', '[null]', '[true]', '[1,2]', '[{}]', '["2024-03-01"]', '{}', '{"toString":1}', '[[{"toString":1}]]',
  '[{"toString":1},1]', '{"valueOf":1}', '{"a":{"toString":1}}', '[null,5,{}]', '[5,null]']
const dates = ['2024', '2024-03', '2024-03-01', '2024-13-01', '2024-02-30T00:00:00Z', '2024-03-01T12:00', '2024-03-01T12:00:00',
  '2024-03-01T12:00:00+0100', '2024-03-01T12:00:00+01', '2024-03-01T12:00:00+01:00', '2024-03-01t12:00:00z', '2024-03-01 12:00:00Z',
  '2024-03-01\u00a012:00:00Z', '2024-03-01T24:00:00Z', '2024-03-01T29:59:59Z', '2024-03-01T23:59:60Z', '2024-03-01T23:59:61Z',
  '2024-03-01T12:00:00.Z', '2024-03-01T12:00:00.1234567Z', '2024-03-01T12:00:00Z ', ' 2024-03-01T12:00:00Z', '20240301T120000Z',
  '2024-03-01T12:00:00Zx', 'Fri, 01 Mar 2024 12:00:00 GMT', 'Fri, 01-Mar-24 12:00:00 GMT', 'Fri Mar 01 2024 12:00:00 GMT+0100 (CET)',
  'Thu, 01 Jan 1970 00:00:00 GMT', '1 March 2024', 'March 2024', '3/1/2024 12:00 PM', '3/1/2024 13:00 PM', '31/12/2024',
  '12/31/2024', '+275760-09-13T00:00:00Z', '+275760-09-13T00:00:01Z', '-000000-01-01', 'today', '2024-03-01T12:00:00Z\u0000x',
  'Session', '0', '-1', '1709294400000', '1709294400', '2024-03-01 12:00:00 UTC', '2024-03-01T12:00:00.000+0530', '2024-1-1', '24']
const urls = ['', '/', 'a', 'a:', '1:', 'http://a b', 'http://a\u3000', 'http://a\ufeffb', 'ht+t.p-1:x', 'h_t:x', 'data:,x',
  'about:blank', '//a/', 'HTTP://A', 'http://a#f', 'http://a\n', 'http://ä/', 'x:\u0085', 'x:\u200b', ':x']
const addresses = ['', '1.2.3.4', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '001.002.003.004', '0001.2.3.4', '1.2.3.4 ',
  ' 1.2.3.4', '1.2.3.', '::', '::1', '1::', '1::8', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9', '1::3:4:5:6:7:8', '1:2:3:4:5:6::8', '1:2:3:4:5::7:8', '1::4::8', ':::', ':1', '1:', '1:2', '::12345',
  'g::', '[::1]', '::1%eth0', '::1%', '::1%a b', '::1%\n', '::1% \n', '::1%a\n', '::1%a\nb', ' ::1 ', '\u00a0::1\u2028', '::1.2.3.4',
  '::ffff:1.2.3.4', '::FFFF:1.2.3.4', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4', '1:2:3:4:5::1.2.3.4', '1:2:3:4::6:1.2.3.4',
  '1:2:3:4::1.2.3.4', '1::2:3:4:5:1.2.3.4', '1::2:3:4:5:6:1.2.3.4', '::2:3:4:5:6:1.2.3.4', '::01.2.3.4', '::256.2.3.4', '::1.2.3',
  '1.2.3.4:80', '[::1]:80', '::1:1.2.3.4:5', '1:2:3:4:5:6:01.2.3.4', '1:2:3:4:5:6:', '1:2:3:4:5:6', 'fe80::1%25eth0']

const folder = process.argv[2]
let count = 0

function write (text) {
  const name = path.join(folder, `${String(++count).padStart(5, '0')}.har`)
  fs.writeFileSync(name, text)
  console.log(name)
}

const MARK = '@here@'

// Every way to the members and elements of a value.
function * ways (value, way = []) {
  if (value === null || typeof value !== 'object') return
  for (const key of Object.keys(value)) {
    yield [...way, key]
    yield * ways(value[key], [...way, key])
  }
}

function at (document, way) {
  return way.slice(0, -1).reduce((value, key) => value[key], document)
}

function replaced (way, text) {
  const document = capture()
  at(document, way)[way[way.length - 1]] = MARK
  return JSON.stringify(document).replace(`"${MARK}"`, () => text)
}

for (const way of ways(capture())) {
  const key = way[way.length - 1]
  const document = capture()
  const parent = at(document, way)
  const own = JSON.stringify(parent[key])
  if (Array.isArray(parent)) parent.splice(key, 1)
  else delete parent[key]
  write(JSON.stringify(document))
  for (const value of values) write(replaced(way, value))
  // The last one counts. (harmill judges each member of the document and of the log, whichever comes last.)
  if (!Array.isArray(parent) && way.length > 2) {
    const escaped = `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}`
    write(replaced(way, `null,"${escaped}":${own}`))
    write(replaced(way, `${own},"${escaped}":null`))
  }
}
const log = ['log', 'entries', '0']
for (const text of dates.map(text => JSON.stringify(text))) {
  for (const way of [[...log, 'startedDateTime'], ['log', 'pages', '0', 'startedDateTime'], [...log, 'request', 'cookies', '0', 'expires'],
    [...log, 'cache', 'beforeRequest', 'expires'], [...log, 'cache', 'beforeRequest', 'lastAccess']]) write(replaced(way, text))
}
for (const text of urls.map(text => JSON.stringify(text))) write(replaced([...log, 'request', 'url'], text))
for (const text of addresses.map(text => JSON.stringify(text))) write(replaced([...log, 'serverIPAddress'], text))
// Event streams, which Chrome takes apart when nobody did before.
for (const text of ['', '=', '==', '===', 'a=', 'ZGF0YTogYQoK', '\u0000=', '\ud83d\ude00=']) {
  for (const [type, encoding] of [['text/event-stream', 'base64'], ['text/event-stream', ''], ['text/event-stream;charset=x', 'base64']]) {
    for (const messages of [undefined, []]) {
      const document = capture()
      const entry = document.log.entries[0]
      entry._eventSourceMessages = messages
      entry.response.content = { size: 1, mimeType: type, encoding, text }
      write(JSON.stringify(document))
    }
  }
}
const whole = JSON.stringify(capture())
for (const text of ['', 'null', '5', '"x"', '[]', '{}', '{"log":{}}', `{"result":${whole}}`, `{"result":{"har":${whole}}}`, `[${whole}]`,
  `\ufeff${whole}`, `${whole}x`, `f(${whole})`, whole.slice(0, -1), `\u00a0${whole}`, `${whole}\n \t`, whole.replace('"a"', '"a\tb"'),
  whole.replace('"a"', '"\\u0000\\ud800"'), whole.replace('"time":6', '"time":NaN'), whole.replace('"time":6', '"time":06'),
  `${whole.slice(0, -1)},"log":{}}`, `${whole.slice(0, -1)},"log":[]}`, `${whole.slice(0, -1)},"log":{"entries":[]}}`,
  `${whole.slice(0, -1)},${whole.slice(1)}`, `${whole.slice(0, -1)},"result":${whole}}`, `{"result":${whole},${whole.slice(1)}`]) write(text)
write(Buffer.from('\ufeff' + whole, 'utf16le'))
write(Buffer.from(whole, 'utf16le'))
write(Buffer.from(whole.replace('"a"', '"\u00ff"'), 'latin1'))
