// A URL Scanner of the tests that answers as it is told, right or wrong, byte for byte: `server.js FOLDER [OPTION]...` listens on
// 127.0.0.1, writes its address to FOLDER/address, and serves until its stdin ends.
//
//     --tls CERTIFICATE KEY   https with this certificate (PEM)
//     --old                   no TLS newer than 1.1
//     --other ADDRESS         where redirects lead
//
// `server.js --names` prints the scenarios and their numbers, `server.js --sizes` the bytes of the answers that break off (reset-...).
//
// README.md says how a request chooses its scenario (scenarios.js) and what FOLDER/log holds. The expected credentials come from
// PLANTED_TOKEN, PLANTED_EMAIL and PLANTED_KEY; what a request holds is compared with them and never written down.
'use strict'
const fs = require('fs')
const net = require('net')
const path = require('path')
const tls = require('tls')
const { numbers, scenarios, sizes, texts } = require('./scenarios')
const { captures } = require('./captures')

const HEAD_MOST = 1 << 20
const planted = { token: process.env.PLANTED_TOKEN, email: process.env.PLANTED_EMAIL, key: process.env.PLANTED_KEY }
const hits = new Map()
let connections = 0
let log

// Written at once, so that it is whole when the client has its answer.
const note = (...words) => fs.writeSync(log, words.join(' ') + '\n')

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

// "-" for a header that is not there, "yes" for the planted value, "no" for any other.
const compared = (value, expected) => value === undefined ? '-' : value === expected ? 'yes' : 'no'

// The first request in the bytes, and how many of them it takes; nothing as long as its head is not whole.
function parse (bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) {
    if (bytes.length > HEAD_MOST) throw new Error('a head without an end')
    return undefined
  }
  const [first, ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const [method, target, version] = first.split(' ')
  const headers = {}
  const names = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    if (colon < 1 || name in headers) throw new Error('a header twice, or none')
    names.push(name)
    headers[name] = line.slice(colon + 1).trim()
  }
  return { method, target, version, headers, names, start: end + 4, length: Number(headers['content-length'] || 0) }
}

// The scenario of a request: by the number in the scan's id, or by the name in /s/NAME[.INSTANCE]/ before the API's path.
function choose (target) {
  const id = /\/(?:har|result|scan)\/([0-9a-fA-F]{8})-([0-9a-fA-F]{4})-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-([0-9a-fA-F]{12})(?:[/?]|$)/.exec(target)
  const named = /^\/s\/([a-z0-9-]+)(?:\.[0-9]+)?\//.exec(target)
  const name = id ? numbers[parseInt(id[1], 16)] : named ? named[1] : undefined
  return {
    name: name in scenarios ? name : 'unknown',
    key: id ? id[0] : named ? named[0] : target,
    id: id ? id[0].replace(/^\/[a-z]+\//, '').replace(/[/?]$/, '') : undefined,
    n: id ? parseInt(id[3], 16) : 0
  }
}

// What a scenario can do with one request. `raw` is the connection below TLS, `socket` the one on top.
class Exchange {
  constructor (raw, socket, request, chosen, other) {
    Object.assign(this, { raw, socket, request, other, ...chosen })
    this.before = hits.get(this.key) || 0 // requests for the same before this one
    hits.set(this.key, this.before + 1)
    this.captures = captures
    this.keep = true
  }

  get open () {
    return !this.socket.destroyed && this.socket.writable
  }

  send (bytes) {
    return new Promise(resolve => this.open ? this.socket.write(bytes, () => setImmediate(resolve)) : resolve())
  }

  // Ends the connection: as it should be, without saying so in TLS, or with a reset.
  fin () {
    this.keep = false
    this.socket.end()
  }

  cut () {
    this.keep = false
    this.raw.end()
    this.raw.destroySoon()
  }

  reset () {
    this.keep = false
    this.raw.resetAndDestroy()
  }

  hang () {
    this.keep = false
  }

  pause (ms) {
    return sleep(ms)
  }

  // The body of the request, once it is there.
  async body () {
    const { start, length, bytes } = this.request
    while (this.open && bytes().length < start + length) await sleep(1)
    return bytes().subarray(start, start + length).toString()
  }
}

// One request after another, in their order.
async function serve (number, raw, socket, other) {
  let bytes = Buffer.alloc(0)
  let wake = () => {}
  socket.on('data', data => { bytes = Buffer.concat([bytes, data]); wake() })
  socket.on('close', () => { note('closed', number); wake() })
  while (!socket.destroyed) {
    const request = parse(bytes)
    if (!request) {
      await new Promise(resolve => { wake = resolve })
      continue
    }
    const chosen = choose(request.target)
    const { headers } = request
    note('request', number, request.method, request.target, chosen.name, 'bearer=' + compared(headers.authorization, 'Bearer ' + planted.token),
      'email=' + compared(headers['x-auth-email'], planted.email), 'key=' + compared(headers['x-auth-key'], planted.key),
      'names=' + request.names.join(','))
    request.bytes = () => bytes
    const exchange = new Exchange(raw, socket, request, chosen, other)
    await scenarios[chosen.name](exchange)
    if (!exchange.keep) return
    await exchange.body()
    note('body', number, bytes.toString('utf8', request.start, request.start + request.length))
    if (/close/i.test(headers.connection || '')) return socket.end()
    bytes = bytes.subarray(request.start + request.length)
  }
}

function accept (raw, context, other) {
  const number = ++connections
  note('connection', number)
  raw.setNoDelay(true)
  const socket = context ? new tls.TLSSocket(raw, { isServer: true, secureContext: context }) : raw
  for (const one of new Set([raw, socket])) one.on('error', error => note('error', number, error.code))
  serve(number, raw, socket, other).catch(error => { note('failed', number, error.message); raw.destroy() })
}

function main (folder, ...options) {
  let context
  let other
  const limits = {}
  if (folder === '--names') {
    for (const [number, name] of Object.entries(numbers)) console.log(name, Number(number).toString(16).padStart(8, '0'))
    return
  }
  if (folder === '--sizes') {
    for (const [name, size] of Object.entries(sizes())) console.log(name, size)
    return
  }
  while (options.length) {
    const option = options.shift()
    if (option === '--tls') context = { cert: fs.readFileSync(options.shift()), key: fs.readFileSync(options.shift()) }
    else if (option === '--old') Object.assign(limits, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    else if (option === '--other') other = options.shift()
    else throw new Error('unknown option ' + option)
  }
  if (context) context = tls.createSecureContext({ ...context, ...limits })
  log = fs.openSync(path.join(folder, 'log'), 'a')
  for (const [name, bytes] of Object.entries(captures)) fs.writeFileSync(path.join(folder, name + '.har'), bytes)
  fs.mkdirSync(path.join(folder, 'texts'), { recursive: true })
  for (const [name, [, text]] of Object.entries(texts)) fs.writeFileSync(path.join(folder, 'texts', name), text)
  const server = net.createServer(raw => accept(raw, context, other))
  server.listen(0, '127.0.0.1', () => {
    const address = `${context ? 'https' : 'http'}://127.0.0.1:${server.address().port}`
    fs.writeFileSync(path.join(folder, 'address.part'), address + '\n')
    fs.renameSync(path.join(folder, 'address.part'), path.join(folder, 'address'))
  })
  process.stdin.resume().on('end', () => process.exit(0)).on('error', () => process.exit(0))
}

main(...process.argv.slice(2))
