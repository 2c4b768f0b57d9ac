// Writes small captures into a folder, each with one value replaced or left out, and prints their names: `odd.js FOLDER
// STEP`, only every STEPth. What they start from is what the replaying programs look at: forms, parts, redirects, several entries for one address.
'use strict'
const fs = require('fs')
const path = require('path')

const date = '2024-03-01T12:00:00.000Z'
const answer = (status, headers) => ({
  status,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers,
  content: { size: 1, mimeType: 'text/plain', text: 'a' },
  redirectURL: '',
  headersSize: -1,
  bodySize: 1
})
const entry = (method, url, headers, more, response) => ({
  pageref: 'p',
  startedDateTime: date,
  time: 0,
  request: { method, url, httpVersion: 'HTTP/1.1', cookies: [], headers, queryString: [], headersSize: -1, bodySize: -1, ...more },
  response: response || answer(200, [{ name: 'a', value: 'b' }]),
  cache: {},
  timings: { send: 0, wait: 0, receive: 0 }
})
const log = (...entries) => ({
  log: {
    version: '1.2',
    creator: { name: 'a', version: '1' },
    pages: [{ startedDateTime: date, id: 'p', title: 't', pageTimings: {} }, { startedDateTime: date, id: 'q', title: 't', pageTimings: {} }],
    entries
  }
})
const type = value => [{ name: 'Content-Type', value }]
const form = 'application/x-www-form-urlencoded'
const parts = 'multipart/form-data; boundary=x'

const starts = [
  () => log(entry('POST', 'http://a.example/?q=1', type(form), {
    queryString: [{ name: 'q', value: '1' }, { name: 'r', value: '2' }],
    cookies: [{ name: 'c', value: '1', path: '/', domain: 'd', expires: date, httpOnly: true, secure: true }],
    postData: { mimeType: form, params: [{ name: 'n', value: 'v' }], text: 'n=v' }
  })),
  () => log(entry('POST', 'http://a.example/', type(parts), {
    postData: { mimeType: parts, params: [{ name: 'n', value: 'v', fileName: 'f', contentType: 'text/plain', comment: 'c' }] }
  })),
  () => log(
    entry('GET', 'http://a.example/', [{ name: 'x', value: '1' }], {}, answer(302, [{ name: 'Location', value: '/b' }])),
    entry('GET', 'http://a.example/b', [], {}, answer(200, [])),
    entry('GET', 'http://a.example/', [{ name: 'x', value: '2' }], {}, answer(200, []))
  ),
  () => log(
    entry('POST', 'http://a.example/', type('text/plain'), { postData: { mimeType: 'text/plain', text: 'a' } }),
    entry('POST', 'http://a.example/', type('text/plain'), { postData: { mimeType: 'text/plain', text: 'b' } })
  ),
  () => {
    const capture = log(entry('GET', 'http://a.example/', [], {}), entry('GET', 'http://a.example/', [{ name: 'a', value: '${v}' }], {}))
    const { pages, entries } = capture.log
    capture.log.options = { vus: 1 }
    pages[0].sleep = [{ before: 1, after: 2 }, 5]
    entries[0].sleep = [{ after: 500 }]
    entries[0].variables = [{ name: 'v', type: 0, expression: 'a' }]
    return capture
  }
]

const values = ['null', 'true', 'false', '0', '-0.0', '-1', '200', '303', '308', '1.5', '1e300', '""', '"x"', '"a b"', '"%"', '"%41"', '"%4"',
  '"%ff"', '"%c3%a9"', '"%ed%a0%80"', '"%24%7bx%7d"', '"$x"', '"${x}"', '"${v}"', '"\\u0024{x"', '"${a\\nb}"', '"${}"', '"\\ud800"', '"a\\nb"',
  '"\\u0000"', '":a"', '"Content-Type"', '"content-type"', '"CONTENT-TYPE"', '"location"', '"set-cookie"', '"GET"', '"HEAD"',
  '"OPTIONS"', '"post"', '"text/plain"', `"${form};a"`, `" ${form}"`, `"${parts}"`, '"multipart/form-data"', '"p"', '[]', '[5]', '["a"]', '[null]',
  '[{}]', '{}', '{"name":"a"}', '{"name":"a","value":"b"}', '{"text":5}', '{"_file":"../a"}', '{"_file":5}', '{"text":"a","encoding":"base64"}']
const urls = ['/', '//a.example/', 'http://a.example', 'HTTP://A.example:80/', 'http://a.example/b', '../b', './/b', '?b', '#b', 'b/../', 'b/%2E%2e/',
  'http://', 'http:///a.example/', 'http:a', 'http:/b', 'http://a b/', 'http://a%41/', 'http://a%zz/', 'http://a.example:99999/', 'http://a:b/',
  'http://[::1]/', 'http://[::1', 'http://[g::1]/', 'http://1.2.3.4/', 'http://1.2.3.256/', 'http://1.2.3.4.5/', 'http://0x7f.1/', 'http://1..2/',
  'http://a.1/', 'http://u:p@a.example/', 'http://@/', 'http://a^b/', 'http://a|b/', 'foo://a b/', 'foo://', 'foo:///x', 'file:///x', 'ws://a/', '1a://b/',
  ' http://a.example/ ', 'http://a.exa\tmple/', '\\\\a.example\\', 'data:,x', '${x}/a', '${v}/a', '${v}://a', 'a${v}', 'http://${v}/', 'mailto:a',
  'javascript:0', '://a', 'a:://b']
const dates = ['2024', '2024-03', '202403', '20240301', '2024-03-01', '2024-0301', '2024-13-01', '2024-02-31', '2024-W10', '2024-W10-5', '2024W105',
  '2024-W53', '2024-061', '2024360', '2024-367', '2024-03-01T12', '2024-03-01T12Z', '2024-03-01T12:00', '2024-03-01T1200', '2024-03-01T12:00:00',
  '2024-03-01T120000', '2024-03-01T12:0000', '2024-03-01T12:00:00+01', '2024-03-01T12:00:00+0100', '2024-03-01T12:00:00+01:', '2024-03-01T12,5Z',
  '2024-03-01T12:00.5Z', '2024-03-01T12:00:00.Z', '2024-03-01T24:00Z', '2024-03-01T2400', '2024-03-01T24:00:00Z', '2024-03-01T24:01Z', '2024-03-01 12:00z',
  '2024-03-01T', '2024-03-01TZ', '2024-03-01T12:00:60Z', '+2024-03-01', '-2024', '12024-03-01', '2024-03-01T12:00:00Zx', ' 2024', '2024-03-01T30',
  '2024-03-01T12:00:00.5+01:30', 'Fri, 01 Mar 2024 12:00:00 GMT', 'Session', '0']

const [folder, step] = process.argv.slice(2)
const mark = '@here@'
let count = 0

function write (text) {
  if (count++ % step) return
  const name = path.join(folder, `${String(count).padStart(5, '0')}.har`)
  fs.writeFileSync(name, text)
  console.log(name)
}

// Every way to the members and elements of a value.
function * ways (value, way = []) {
  if (value === null || typeof value !== 'object') return
  for (const key of Object.keys(value)) {
    yield [...way, key]
    yield * ways(value[key], [...way, key])
  }
}

// startedDateTime: har-to-k6 sorts by it, the rule does not; names and comments: what follows a CR in them becomes code.
const unread = new Set(['startedDateTime', 'creator', 'comment', 'timings', 'cache', 'pageTimings', 'time', 'statusText', 'httpVersion', 'redirectURL', 'size', 'headersSize', 'bodySize'])

for (const start of starts) {
  write(JSON.stringify(start()))
  for (const way of ways(start())) {
    const key = way[way.length - 1]
    if (unread.has(key) || unread.has(way[way.length - 2])) continue
    const parentOf = document => way.slice(0, -1).reduce((value, step) => value[step], document)
    const document = start()
    if (Array.isArray(parentOf(document))) parentOf(document).splice(key, 1)
    else delete parentOf(document)[key]
    write(JSON.stringify(document))
    const more = key === 'expires' ? dates : key === 'url' || key === 'value' ? urls : []
    for (const value of [...values, ...more.map(text => JSON.stringify(text))]) {
      const changed = start()
      parentOf(changed)[key] = mark
      write(JSON.stringify(changed).replace(`"${mark}"`, () => value))
    }
  }
}
