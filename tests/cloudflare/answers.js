// Answers as bytes: what the scenarios are made of.
'use strict'
const zlib = require('zlib')

const reasons = { 200: 'OK', 302: 'Found', 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway' }
const json = 'application/json'
const page = 'text/html; charset=UTF-8'
const RAY = '8c0ffee0c0ffee00-FRA'

// The head of an answer; `headers` are pairs, behind the usual ones.
function head ({ status = 200, reason, type = json, ray = RAY, headers = [], version = 'HTTP/1.1' }) {
  const lines = [`${version} ${status} ${reason === undefined ? reasons[status] || 'Other' : reason}`]
  if (type) lines.push(`Content-Type: ${type}`)
  if (ray) lines.push(`cf-ray: ${ray}`)
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  return Buffer.from(lines.join('\r\n') + '\r\n\r\n', 'latin1')
}

// A body in `count` chunks of nearly the same size.
function chunks (body, count = 3) {
  const parts = []
  const size = Math.ceil(body.length / count)
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size)
    parts.push(Buffer.from(part.length.toString(16) + '\r\n'), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

// How an answer says where it ends.
const framings = {
  plain: body => ({ headers: [['Content-Length', body.length]], bytes: body }),
  chunked: body => ({ headers: [['Transfer-Encoding', 'chunked']], bytes: chunks(body) }),
  close: body => ({ headers: [['Connection', 'close']], bytes: body, closes: true }),
  gzip: body => {
    const packed = zlib.gzipSync(body)
    return { headers: [['Content-Encoding', 'gzip'], ['Content-Length', packed.length]], bytes: packed }
  },
  'gzip-chunked': body => ({ headers: [['Content-Encoding', 'gzip'], ['Transfer-Encoding', 'chunked']], bytes: chunks(zlib.gzipSync(body)) }),
  'gzip-close': body => ({ headers: [['Content-Encoding', 'gzip'], ['Connection', 'close']], bytes: zlib.gzipSync(body), closes: true })
}

// A whole answer with its head. `body` is text, bytes, or what becomes JSON.
function answer ({ body = '', framing = 'plain', headers = [], ...rest } = {}) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const framed = framings[framing](bytes)
  const whole = Buffer.concat([head({ headers: [...framed.headers, ...headers], ...rest }), framed.bytes])
  return Object.assign(whole, { closes: framed.closes }) // whether the connection ends behind it
}

// The two families of errors.
const envelope = (code, message, more = {}) => ({ success: false, errors: [{ code, message, ...more }], messages: [], result: null })
const bare = (code, message) => ({ success: false, errors: [{ code, message }] })
const scanner = (status, message, title, detail) => ({ message, status, errors: [{ title, status, detail }] })

function unfinished (id, state) {
  return {
    ...scanner(404, 'Scan is not finished yet.', 'Scan is not finished yet.', state),
    task: { uuid: id, url: 'https://shop.example/', time: '2026-03-01T10:00:00.000Z', status: state, visibility: 'public' }
  }
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})

const crc32 = (bytes, before = 0) => {
  let crc = ~before
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8)
  return ~crc >>> 0
}

// 1 GiB of blanks and `body`, packed to about 1 MB: one packed MiB, 1024 times.
const BLANKS_CRC = 0x9ac47fa6 // of 1 GiB of blanks
function bomb (body) {
  const blanks = zlib.deflateRawSync(Buffer.alloc(1 << 20, ' '), { level: 9, finishFlush: zlib.constants.Z_FULL_FLUSH })
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(body, BLANKS_CRC), 0)
  trailer.writeUInt32LE(((1 << 30) + body.length) >>> 0, 4)
  return Buffer.concat([Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 255]), ...Array(1024).fill(blanks), zlib.deflateRawSync(body), trailer])
}

module.exports = { RAY, answer, bare, bomb, chunks, envelope, framings, head, json, page, scanner, unfinished }
