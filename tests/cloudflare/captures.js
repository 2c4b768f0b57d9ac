// The captures that the scenarios serve: `small`, about 2 KB as an answer, and `big`, about 1 MB. They are as Cloudflare documents
// them: entries have no timings, no cookies, no query strings. Made, not stored, and the same each time.
'use strict'

// A generator of numbers that look random enough not to pack to nothing.
function * random (seed) {
  let x = seed
  for (;;) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    yield x >>> 0
  }
}

function entry (index, numbers) {
  const next = () => numbers.next().value
  const url = `https://shop.example/part/${index}/${next().toString(36)}?item=${next() % 1000}`
  const size = next() % 50000
  return {
    _initialPriority: 'High',
    _initiator_type: 'parser',
    _requestId: `${next() % 10000}.${index}`,
    _resourceType: 'script',
    cache: {},
    connection: String(next() % 1000),
    pageref: 'page_1',
    request: {
      bodySize: 0,
      headers: [{ name: 'Accept', value: '*/*' }],
      headersSize: -1,
      httpVersion: 'h2',
      method: 'GET',
      url
    },
    response: {
      _transferSize: size,
      bodySize: size,
      content: { mimeType: 'text/javascript', size },
      headers: [{ name: 'ETag', value: `"${next().toString(16)}${next().toString(16)}"` }],
      headersSize: -1,
      httpVersion: 'h2',
      redirectURL: '',
      status: 200,
      statusText: ''
    },
    serverIPAddress: `192.0.2.${index % 250 + 1}`,
    startedDateTime: new Date(Date.UTC(2026, 2, 1, 10) + index * 7).toISOString(),
    time: next() % 1000
  }
}

function capture (count) {
  const numbers = random(20260301)
  return Buffer.from(JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'chrome-har', version: '0.13.1' },
      pages: [{ id: 'page_1', startedDateTime: '2026-03-01T10:00:00.000Z', title: 'Shop', pageTimings: { onContentLoad: 310, onLoad: 420 } }],
      entries: Array.from({ length: count }, (_, index) => entry(index, numbers))
    }
  }))
}

exports.captures = { small: capture(2), big: capture(1650) }
