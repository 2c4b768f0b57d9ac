// What Playwright makes of captures. `lookup`: for each file named on stdin, opens it with the code behind routeFromHAR and looks up
// every entry by its own request; what comes back must also be something that Chromium takes (playwright.js browser shows that it
// does not take the rest). `browser PROGRAM`: the same end to end, by fetching a few entries of each file in a browser. Both print
// the file, "accepts", "refuses" or "unasked" (only entries fail that no page can ask for), and why.
'use strict'
const fs = require('fs')
const path = require('path')
const playwright = require('playwright-core')

const probe = { url: 'http://nobody.example/', method: 'GET', headers: [] }

function files () {
  return fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)
}

function entriesOf (file) {
  try {
    const entries = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '')).log.entries
    return Array.isArray(entries) ? entries : []
  } catch (error) {
    return []
  }
}

// The request by which a browser would ask for an entry; undefined when none would.
function requestOf (entry) {
  const request = entry && entry.request
  if (!request || typeof request.url !== 'string' || typeof request.method !== 'string') return undefined
  const asked = { url: request.url, method: request.method, headers: [] }
  for (const header of Array.isArray(request.headers) ? request.headers : []) {
    if (header && typeof header.name === 'string' && typeof header.value === 'string') {
      asked.headers.push({ name: header.name, value: header.value })
    }
  }
  const post = request.postData
  if (request.method === 'POST' && post && (post.text || post._file)) {
    const encoding = post.encoding === 'base64' ? 'base64' : 'utf-8'
    asked.postData = Buffer.from(typeof post.text === 'string' ? post.text : 'x', encoding)
  }
  return asked
}

// Why Chromium does not take an answer; undefined when it does.
function untaken ({ status, headers }) {
  if (status === -1) return 'status -1 is never answered'
  for (const { name, value } of headers) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return 'a header name that is no token'
    if (/[\0\r]/.test(value) || (/\n/.test(value) && name.toLowerCase() !== 'set-cookie')) return 'a control character in a header'
  }
  return undefined
}

async function lookUpAll (utils, file) {
  const { harId } = await utils.harOpen({ file: path.resolve(file) })
  try {
    for (const asked of [probe, ...entriesOf(file).map(requestOf)]) {
      if (!asked) continue
      const found = await utils.harLookup({ harId, isNavigationRequest: false, ...asked })
      if (found.action === 'error') return found.message
      const why = found.action === 'fulfill' ? untaken(found) : undefined
      if (why) return why
    }
    return undefined
  } finally {
    await utils.harClose({ harId })
  }
}

function print (file, why) {
  const line = why && String(why).split('\n')[0].replace(/\bhttps?:\S*/g, 'URL').slice(0, 100)
  console.log(why ? `${file}\trefuses\t${line}` : `${file}\taccepts`)
}

async function lookup () {
  const utils = playwright._connection.localUtils()
  for (const file of files()) {
    let why
    try {
      why = await lookUpAll(utils, file)
    } catch (error) {
      why = error.message
    }
    print(file, why)
  }
}

// Asks the browser for some entries of a file and compares what it gets with what a lookup with its very headers gives.
async function browse (context, utils, file, wanted) {
  const page = await context.newPage()
  const home = 'http://home.example/'
  const { harId } = await utils.harOpen({ file: path.resolve(file) }).catch(() => ({}))
  try {
    await page.routeFromHAR(path.resolve(file), { notFound: 'abort' })
    await page.route(home, route => route.fulfill({ contentType: 'text/html', body: '' }))
    await page.goto(home)
    const failing = []
    for (const asked of wanted) {
      const method = asked.method
      const [request] = await Promise.all([
        page.waitForEvent('request', { timeout: 5000 }),
        page.evaluate(({ url, method, body }) => { fetch(url, { method, body }).catch(() => {}) },
          { url: asked.url, method, body: asked.postData && asked.postData.toString() })
      ])
      const found = await utils.harLookup({
        harId,
        url: request.url(),
        method: request.method(),
        headers: await request.headersArray(),
        postData: request.postDataBuffer() || undefined,
        isNavigationRequest: false
      }).catch(error => ({ action: 'throws', message: error.message }))
      const why = found.action === 'fulfill' ? untaken(found) : undefined
      const expected = found.action !== 'fulfill' && found.action !== 'throws' ? 'fails' : why || found.action === 'throws' ? 'hangs' : 'comes'
      const seen = await Promise.race([
        request.response().then(response => response ? 'comes' : 'fails'),
        new Promise(resolve => setTimeout(() => resolve('hangs'), expected === 'hangs' ? 700 : 5000))
      ])
      if (seen !== expected) return `differs: an answer that ${expected} in the lookup ${seen} in the browser`
      if (found.action === 'error' || seen === 'hangs') failing.push(why || found.message)
    }
    return failing[0]
  } catch (error) {
    return error.message
  } finally {
    if (harId) await utils.harClose({ harId })
    await page.close()
  }
}

// Whether a page can ask for it, by exactly this address.
function canAsk ({ url, method }) {
  return /^https?:/.test(url) && !url.includes('#') && URL.canParse(url) && new URL(url).href === url && /^(GET|POST)$/.test(method)
}

// The entries that show most: those that cannot be answered, and the first ones. `unasked`: only entries fail that no page asks for.
async function choose (utils, file) {
  const requests = entriesOf(file).map(requestOf).filter(Boolean)
  const failing = []
  const { harId } = await utils.harOpen({ file: path.resolve(file) }).catch(() => ({}))
  for (const one of harId ? requests : []) {
    const found = await utils.harLookup({ harId, isNavigationRequest: false, ...one }).catch(() => ({ action: 'error' }))
    if (found.action === 'error' || (found.action === 'fulfill' && untaken(found))) failing.push(one)
  }
  if (harId) await utils.harClose({ harId })
  const show = failing.filter(canAsk)
  const wanted = [...new Set([...show.slice(0, 2), ...requests.filter(canAsk).slice(0, 2), probe])]
  return { wanted, unasked: failing.length > 0 && !show.length }
}

async function browser (executablePath) {
  const utils = playwright._connection.localUtils()
  const args = ['--no-sandbox', '--disable-web-security']
  const chromium = await playwright.chromium.launch({ executablePath, args, headless: true })
  const context = await chromium.newContext({ serviceWorkers: 'block' })
  const list = files()
  const work = async () => {
    for (let file = list.shift(); file; file = list.shift()) {
      const { wanted, unasked } = await choose(utils, file)
      const why = await browse(context, utils, file, wanted)
      if (!why && unasked) console.log(`${file}\tunasked`)
      else print(file, why)
    }
  }
  await Promise.all([work(), work(), work(), work()])
  await chromium.close()
}

// Answers that Chromium cannot be given reject inside routeFromHAR, where nobody waits for them.
process.on('unhandledRejection', () => {})
const [command, argument] = process.argv.slice(2)
if (command === 'lookup') lookup().then(() => process.exit(0))
else if (command === 'browser') browser(argument).then(() => process.exit(0))
else process.exit(2)
