// `record PROGRAM ARCHIVE`: a page of a small site, recorded by Playwright into an archive with its bodies beside the capture; prints
// the site's address. `replay PROGRAM CAPTURE ADDRESS`: asks for all of it again, answered from the capture alone, and prints each
// body. `site`: prints what the site has; Chromium tells texts in UTF-8 only, so latin.txt is another one in each capture.
'use strict'
const http = require('http')
const { chromium } = require('playwright-core')

const page = '<!DOCTYPE html><meta charset="utf-8"><title>x</title><img src="dot.gif"><script src="s.js"></script>'
const script = `document.title = "grün";
Promise.all([fetch("api", { method: "POST", headers: { "content-type": "application/json" }, body: '{"a":"ü"}' }),
  fetch("bytes", { method: "POST", body: new Uint8Array([0, 1, 254, 255]) })]).then(() => { document.title = "done" })`
const site = {
  '/': ['text/html', Buffer.from(page)],
  '/s.js': ['text/javascript; charset=utf-8', Buffer.from(script)],
  '/dot.gif': ['image/gif', Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')],
  '/latin.txt': ['text/plain; charset=iso-8859-1', Buffer.from([0x63, 0x61, 0x66, 0xe9])],
  '/empty.css': ['text/css', Buffer.alloc(0)],
  '/api': ['application/json', Buffer.from('{"ok":true}')],
  '/bytes': ['application/octet-stream', Buffer.from([0, 159, 146, 150])]
}
const posted = { '/api': Buffer.from('{"a":"ü"}'), '/bytes': Buffer.from([0, 1, 254, 255]) }

function print (path, body) {
  console.log(`${path}: ${Array.isArray(body) || Buffer.isBuffer(body) ? Buffer.from(body).toString('hex') : body}`)
}

async function record (executablePath, archive) {
  const server = http.createServer((request, response) => {
    const [type, body] = site[request.url] || ['text/plain', Buffer.from('missing')]
    response.writeHead(site[request.url] ? 200 : 404, { 'content-type': type })
    response.end(body)
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${server.address().port}/`
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const context = await browser.newContext({ recordHar: { path: archive } })
  const tab = await context.newPage()
  await tab.goto(address)
  await tab.waitForFunction(() => document.title === 'done', undefined, { timeout: 20000 })
  await tab.evaluate(async () => { for (const part of ['latin.txt', 'empty.css']) await (await fetch(part)).arrayBuffer() })
  await context.close()
  await browser.close()
  server.close()
  server.closeAllConnections()
  console.log(address)
}

async function replay (executablePath, capture, address) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const tab = await context.newPage()
  await tab.routeFromHAR(capture, { notFound: 'abort' })
  await tab.goto(address)
  await tab.waitForFunction(() => document.title === 'done', undefined, { timeout: 20000 })
  for (const path of Object.keys(site)) {
    const body = posted[path] && [...posted[path]]
    const got = await tab.evaluate(async ({ path, body }) => {
      const options = body ? { method: 'POST', body: new Uint8Array(body) } : {}
      return [...new Uint8Array(await (await fetch(path, options)).arrayBuffer())]
    }, { path, body }).catch(error => error.message)
    print(path, got)
  }
  await browser.close()
}

const [command, ...words] = process.argv.slice(2)
const commands = {
  record,
  replay,
  site: async () => { for (const [path, [, body]] of Object.entries(site)) print(path, body) }
}
commands[command](...words).catch(error => { console.error(error); process.exit(1) })
