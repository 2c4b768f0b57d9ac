// Visits the site at ADDRESS with PROGRAM, a Chromium whose DevTools are open, and has these DevTools export captures into FOLDER
// by the very functions behind their buttons: one sanitized, one with sensitive data. PROFILE is an empty folder.
'use strict'
const childProcess = require('child_process')
const fs = require('fs')
const http = require('http')
const path = require('path')
const { ws: WebSocket } = require(require.resolve('playwright-core/lib/utilsBundle', { paths: [path.join(__dirname, '../consumer')] }))

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

// What comes of a try that gives something, within 20 seconds.
async function until (what, attempt) {
  for (let left = 200; left; left--) {
    const result = await attempt()
    if (result) return result
    await sleep(100)
  }
  throw new Error(`no ${what}`)
}

function connect (address) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { maxPayload: 256 * 1024 * 1024 })
    const waiting = new Map()
    let last = 0
    socket.on('error', reject)
    socket.on('message', text => {
      const { id, result, error } = JSON.parse(text)
      if (!waiting.has(id)) return
      const { resolve, reject } = waiting.get(id)
      waiting.delete(id)
      if (error) reject(new Error(error.message))
      else resolve(result)
    })
    const send = (method, params = {}) => new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      socket.send(JSON.stringify({ id: last, method, params }))
    })
    const evaluate = async expression => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      if (exceptionDetails) throw new Error(exceptionDetails.exception.description || exceptionDetails.text)
      return result.value
    }
    socket.on('open', () => resolve({ send, evaluate }))
  })
}

const get = address => new Promise((resolve, reject) => {
  http.get(address, response => {
    let text = ''
    response.on('data', part => { text += part }).on('end', () => resolve(JSON.parse(text)))
  }).on('error', reject)
})

const keepLog = `(async () => {
  const common = await import('./core/common/common.js')
  const setting = common.Settings.Settings.instance().moduleSetting('network-log.preserve-log')
  setting.set(true)
  return setting.get()
})()`

// The Network panel exports the requests that are finished, and WebSockets that were opened.
const capture = sanitize => `(async () => {
  const { Writer } = await import('./models/har/har.js')
  const { NetworkLog } = await import('./models/logs/logs.js')
  const common = await import('./core/common/common.js')
  const requests = NetworkLog.NetworkLog.instance().requests().filter(request =>
    request.finished || (request.resourceType().name() === 'websocket' && request.responseReceivedTime))
  let text = ''
  const stream = { write: async part => { text += part }, close: async () => {} }
  await Writer.Writer.write(stream, requests, { sanitize: ${sanitize} }, new common.Progress.Progress())
  return text
})()`

async function main (address, program, folder, profile) {
  const child = childProcess.spawn(program, ['--headless=new', '--no-sandbox', '--no-first-run', '--disable-background-networking',
    `--user-data-dir=${profile}`, '--remote-debugging-port=0', '--auto-open-devtools-for-tabs', '--ignore-certificate-errors',
    'about:blank'], { stdio: 'ignore' })
  child.on('error', error => { console.error(error); process.exit(1) })
  process.on('exit', () => child.kill())
  const active = path.join(profile, 'DevToolsActivePort')
  const port = await until('port', () => fs.existsSync(active) && fs.readFileSync(active, 'utf8').split('\n')[0])
  const target = start => until(`target ${start}`, async () => {
    const found = (await get(`http://127.0.0.1:${port}/json/list`)).find(({ type, url }) => type === 'page' && url.startsWith(start))
    return found && found.webSocketDebuggerUrl
  })
  const tools = await connect(await target('devtools://'))
  await until('DevTools', () => tools.evaluate(keepLog).catch(() => false))
  await until('first target of DevTools', () => tools.evaluate(`(async () => {
    const sdk = await import('./core/sdk/sdk.js')
    return sdk.TargetManager.TargetManager.instance().models(sdk.NetworkManager.NetworkManager).length > 0
  })()`))
  const page = await connect(await target('about:blank'))
  for (const part of ['', 'two.html']) {
    await page.send('Page.navigate', { url: address + part })
    await until('end of the visit', () => page.evaluate('document.title').then(title => title === 'done', () => false))
    await sleep(500)
  }
  for (const [name, sanitize] of [['sanitized', true], ['sensitive', false]]) {
    fs.writeFileSync(path.join(folder, `chrome-${name}.har`), await tools.evaluate(capture(sanitize)))
  }
  await Promise.race([page.send('Browser.close'), sleep(3000)])
  process.exit(0)
}

main(...process.argv.slice(2)).catch(error => { console.error(error); process.exit(1) })
