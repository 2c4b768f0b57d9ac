// What Playwright makes of captures. `lookup`: for each file named on stdin, opens it with the code behind routeFromHAR and looks up
// every entry by its own request; what comes back must also be something that Chromium takes (playwright.js browser shows that it
// does not take the rest). `browser SECONDS`: the same in a browser, by fetching up to a few entries of each file. Both print the
// file, "accepts" or "refuses", and why.
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
  if (request.method === 'POST' && post && post.text) {
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

module.exports = { files, entriesOf, requestOf, untaken, print }
if (require.main === module) {
  if (process.argv[2] !== 'lookup') process.exit(2)
  lookup().then(() => process.exit(0))
}
