// What the official client of the API, npm `cloudflare`, makes of the HARs of scans:
//
//     sdk.js token|key BASE ACCOUNT [SCAN_ID FILE]...   prints a line for each scan: "HAR", or what else was returned or thrown, a
//                                                       tab, and the MiB of memory that the process took at most so far
//     sdk.js same FILE OTHER                            fails unless both hold the same JSON; packed files are unpacked
'use strict'
const assert = require('assert')
const fs = require('fs')
const zlib = require('zlib')

function parsed (file) {
  const bytes = fs.readFileSync(file)
  return JSON.parse(bytes[0] === 0x1f ? zlib.gunzipSync(bytes) : bytes)
}

// An envelope is returned as it came.
function told (result) {
  if (typeof result === 'string') return `returns text, ${result.length} characters`
  if (result === null || typeof result !== 'object') return `returns ${result}`
  if (result.log) return 'HAR'
  if (result.result && (result.result.har || result.result.log)) return 'HAR, in its envelope'
  return 'returns an object without a HAR'
}

async function one (client, account, id, file) {
  try {
    const result = await client.urlScanner.scans.har(id, { account_id: account })
    if (result && typeof result === 'object') fs.writeFileSync(file, JSON.stringify(result))
    return told(result)
  } catch (error) {
    const name = `throws ${error.constructor.name}`
    return error.status ? `${name} ${error.status}` : `${name}: ${String(error.message).split('\n')[0].slice(0, 60)}`
  }
}

async function all (scheme, baseURL, account, ...scans) {
  const Cloudflare = require('cloudflare')
  const credentials = scheme === 'token'
    ? { apiToken: process.env.PLANTED_TOKEN, apiKey: null, apiEmail: null }
    : { apiToken: null, apiKey: process.env.PLANTED_KEY, apiEmail: process.env.PLANTED_EMAIL }
  const client = new Cloudflare({ ...credentials, baseURL, timeout: 5000 })
  for (let i = 0; i < scans.length; i += 2) {
    const line = await one(client, account, scans[i], scans[i + 1])
    console.log(`${line}\t${Math.round(process.resourceUsage().maxRSS / 1024)}`)
  }
  process.exit(0)
}

const [, , word, ...rest] = process.argv
if (word === 'same') assert.deepStrictEqual(parsed(rest[0]), parsed(rest[1]))
else all(word, ...rest)
