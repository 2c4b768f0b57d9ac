// What the server of the tests answers to POST /scan: a table like that of scenarios.js. The name stands in the base of the API:
// /s/NAME[.INSTANCE]/client/v4, where another instance begins anew.
'use strict'
const zlib = require('zlib')
const { answer, bare, envelope, page, scanner } = require('./answers')

// The values of headers that came with a submission, by the id of its scan.
const headers = exports.headers = {}

// The answer to a submission: the scan's id is that of the scenario `next`, and the rest repeats what was asked for.
async function submitted (x, idOf, next, more = {}) {
  const asked = JSON.parse(await x.body())
  const uuid = idOf(next, x.before)
  headers[uuid] = Object.values(asked.customHeaders || {})
  const visibility = String(asked.visibility || 'Public').toLowerCase()
  return {
    uuid,
    api: `https://api.example/client/v4/accounts/0/urlscanner/v2/result/${uuid}`,
    visibility,
    url: asked.url,
    result: `https://radar.cloudflare.com/scan/${uuid}`,
    message: 'Submission successful',
    options: { useragent: asked.customagent || '' },
    ...more
  }
}

const recently = { description: 'Scan request denied: hostname was recently scanned', errors: [{ title: 'Conflict', status: 409, detail: 'hostname was recently scanned' }], message: 'Scan prevented ...', status: 409 }
const unresolved = { description: 'Scan request denied', errors: [{ title: 'DNS Error - Could not resolve domain.', status: 400, detail: 'Could not resolve domain.' }], message: 'DNS Error - Could not resolve domain.', status: 400 }
const fast = { description: 'Scan request denied: too many requests', errors: [{ title: 'Too Many Requests', status: 429, detail: 'one scan in 10 seconds' }], message: 'Rate limited', status: 429 }
const unlisted = scanner(400, 'Unlisted scans are not available on this plan', 'Invalid visibility', 'Unlisted scans are not available on this plan')

exports.posts = idOf => {
  const posts = {}
  const row = (name, make) => {
    posts['post-' + name] = async x => {
      const bytes = await make(x)
      if (bytes) await x.send(bytes)
    }
  }
  const fine = (x, next = 'fine', more = {}) => submitted(x, idOf, next, more).then(body => answer({ body }))
  const fixed = (name, status, body, more = []) => row(name, async x => { await x.body(); return answer({ status, body, headers: more }) })
  const once = (name, first) => row(name, async x => { if (!x.before) return first(x); return fine(x) })

  row('fine', x => fine(x))
  row('gzip', async x => answer({ body: await submitted(x, idOf, 'fine'), framing: 'gzip-chunked' }))
  row('gzip-bomb', async x => { await x.body(); return answer({ body: zlib.gzipSync(Buffer.alloc(30 << 20, ' ')), headers: [['Content-Encoding', 'gzip']] }) })
  row('gzip-short', async x => {
    const packed = zlib.gzipSync(JSON.stringify(await submitted(x, idOf, 'fine')))
    return answer({ body: packed.subarray(0, 40), headers: [['Content-Encoding', 'gzip']] })
  })
  row('envelope', async x => answer({ body: { success: true, errors: [], messages: [], result: await submitted(x, idOf, 'fine') } }))
  row('pending', x => fine(x, 'pending-twice'))
  row('never', x => fine(x, 'pending'))
  row('public', x => fine(x, 'fine', { visibility: 'public' })) // whatever was asked for
  row('late', x => fine(x, 'late'))
  row('failed', x => fine(x, 'pending-failed'))
  row('failed-task', x => fine(x, 'failed-task'))
  row('echo-later', x => fine(x, 'echo-headers'))
  row('echo', async x => { // the submission's own headers come back in an error
    const body = await x.body()
    return answer({ status: 400, body: scanner(400, body, body, `${x.request.headers.authorization} ${body}`) })
  })
  row('echo-fine', x => { // and the credentials in an answer that is fine otherwise
    const secret = x.request.headers.authorization.replace(/^Bearer /, '')
    return fine(x, 'fine', { url: `https://shop.example/?${secret}`, result: `https://radar.cloudflare.com/scan/${secret}`, visibility: secret })
  })
  fixed('400', 400, unresolved)
  fixed('400-unlisted', 400, unlisted)
  fixed('401', 401, bare(10000, 'Unauthorized'))
  fixed('403', 403, bare(10000, 'Authentication error'))
  fixed('409', 409, recently)
  fixed('429', 429, fast)
  fixed('429-far', 429, fast, [['Retry-After', 99999999]])
  fixed('429-envelope', 429, envelope(10100, 'More than 1200 requests per 300 seconds reached.'))
  fixed('500', 500, envelope(1000, 'Internal error'))
  fixed('502', 502, 'error code: 502')
  fixed('503-after', 503, 'error code: 503', [['Retry-After', 1]])
  fixed('html', 200, '<html><body>Please sign in.</body></html>')
  fixed('no-uuid', 200, { message: 'Submission successful' })
  fixed('bad-uuid', 200, { uuid: '../../../etc/passwd', result: 'https://radar.cloudflare.com/scan/\u001b[31m', url: '\u001b]0;owned\u0007', visibility: '\u001b[31m' })
  fixed('empty', 200, '')
  fixed('redirect', 302, '', [['Location', '/elsewhere']])
  row('redirect-other', async x => { await x.body(); return answer({ status: 307, headers: [['Location', `${x.other}/elsewhere`]] }) })
  row('sign-in', async x => { await x.body(); return answer({ type: page, body: '<html><title>Sign in</title></html>' }) })
  row('escapes', x => fine(x, 'fine', { message: '\u001b[31m', url: 'https://\u001b[31mred.example/', visibility: '\u001b]0;owned\u0007', result: 'https://\u009b31m/' }))
  row('long', x => fine(x, 'fine', { url: 'https://shop.example/' + 'l'.repeat(20000), result: 'https://shop.example/' + 'r'.repeat(20000) }))
  once('429-once', async x => { await x.body(); return answer({ status: 429, body: fast, headers: [['Retry-After', 1]] }) })
  // Broken off: before the body was read, behind it, in the answer. A second request would be answered.
  once('reset-before', x => x.reset())
  once('fin-before', x => x.fin())
  once('reset-after', async x => { await x.body(); x.reset() })
  once('fin-after', async x => { await x.body(); x.fin() })
  once('reset-answer', async x => { await x.send((await fine(x)).subarray(0, 200)); x.reset() })
  once('fin-answer', async x => { await x.send((await fine(x)).subarray(0, 200)); x.fin() })
  once('hang', async x => { await x.body(); x.hang() })
  return posts
}
