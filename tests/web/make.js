// Writes an invented capture to stdout, always the same bytes for the same arguments:
//     make.js COUNT       COUNT entries of about 2.9 kB without bodies: 30 headers, 12 hosts, all types, statuses that go wrong,
//                         a page for each 200 entries, some without one, an error, a warning and an info now and then
//     make.js features    40 entries that have all that the report shows: bodies, images, messages, two pages, orphans, secrets
'use strict';
const fs = require('fs');

// Mulberry32.
function dice(seed) {
  return limit => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

const hosts = [
  'shop.example',
  'static.shop.example',
  'img.shop.example',
  'api.shop.example',
  'cdn.example:8443',
  'fonts.example',
  'ads.example',
  'metrics.example',
  'pay.example',
  'maps.example',
  'video.example',
  '[2001:db8::7]:8080'
];
// What _resourceType says, the MIME type, the end of the path.
const kinds = [
  ['document', 'text/html; charset=utf-8', ''],
  ['script', 'text/javascript; charset=utf-8', '.js'],
  ['script', 'text/javascript', '.mjs'],
  ['stylesheet', 'text/css', '.css'],
  ['image', 'image/webp', '.webp'],
  ['image', 'image/png', '.png'],
  ['image', 'image/svg+xml', '.svg'],
  ['font', 'font/woff2', '.woff2'],
  ['media', 'video/mp4', '.mp4'],
  ['xhr', 'application/json', ''],
  ['fetch', 'application/json', ''],
  ['other', 'text/plain', '.txt']
];
const words = [
  'account',
  'basket',
  'catalog',
  'detail',
  'element',
  'filter',
  'gallery',
  'header',
  'invoice',
  'journal',
  'locale',
  'module',
  'offer',
  'price',
  'render',
  'search'
];
const statuses = [
  [60, 200],
  [4, 204],
  [4, 206],
  [6, 301],
  [4, 302],
  [8, 304],
  [1, 400],
  [2, 401],
  [6, 404],
  [1, 429],
  [3, 500],
  [1, 503]
];
const first = Date.UTC(2026, 2, 2, 9, 14, 7);
const when = ms => new Date(first + ms).toISOString();
const pair = (name, value) => ({ name, value });

function statusOf(roll) {
  for (const [share, status] of statuses) {
    if (roll < share) return status;
    roll -= share;
  }
  return 200;
}

const cookiesOf = n => [
  pair('session', Math.imul(n, 2654435761).toString(16).replace('-', 'f').padStart(8, '0')),
  pair('theme', 'dark'),
  pair('consent', 'necessary.statistics')
];

function requestHeaders(host, path, method, n) {
  return [
    pair(':authority', host),
    pair(':method', method),
    pair(':path', path),
    pair(':scheme', 'https'),
    pair('accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'),
    pair('accept-encoding', 'gzip, deflate, br, zstd'),
    pair('accept-language', 'de-DE,de;q=0.9,en;q=0.8'),
    pair('cache-control', 'no-cache'),
    pair(
      'cookie',
      cookiesOf(n)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ')
    ),
    pair('referer', 'https://shop.example/'),
    pair('sec-ch-ua', '"Chromium";v="146", "Not.A/Brand";v="24"'),
    pair('sec-ch-ua-mobile', '?0'),
    pair('sec-ch-ua-platform', '"Linux"'),
    pair('sec-fetch-dest', 'empty'),
    pair('sec-fetch-mode', 'cors'),
    pair('sec-fetch-site', 'same-site'),
    pair('user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36')
  ];
}

const responseHeaders = (mime, size, n) => [
  pair('content-type', mime),
  pair('content-length', String(size)),
  pair('cache-control', 'public, max-age=31536000'),
  pair('etag', `W/"${((n * 40503) % 16777216).toString(16)}-${n}"`),
  pair('date', 'Mon, 02 Mar 2026 09:14:07 GMT'),
  pair('server', 'shopd'),
  pair('access-control-allow-origin', '*'),
  pair('server-timing', `cache;desc=hit;dur=${n % 90}, edge;dur=${n % 9}`),
  pair('x-request-id', ((n * 2246822519) >>> 0).toString(16).padStart(8, '0')),
  pair('x-content-type-options', 'nosniff'),
  pair('vary', 'accept-encoding'),
  pair('strict-transport-security', 'max-age=31536000; includeSubDomains'),
  pair(
    'content-security-policy',
    "default-src 'self'; img-src 'self' data: https://static.shop.example; style-src 'self' 'unsafe-inline'; base-uri 'none'"
  )
];

// One in 7 begins with a new connection: dns, connect, ssl.
function timingsOf(random) {
  const tenths = limit => random(limit * 10) / 10;
  const fresh = random(7) === 0;
  const ssl = fresh ? 8 + tenths(30) : -1;
  const timings = {
    blocked: tenths(6),
    dns: fresh ? 1 + tenths(20) : -1,
    connect: fresh ? ssl + 4 + tenths(30) : -1,
    ssl,
    send: 0.1 + tenths(1),
    wait: 5 + tenths(180),
    receive: 0.3 + tenths(60)
  };
  if (random(50) === 0) timings.wait += 800 + tenths(3000);
  return timings;
}

const sum = timings =>
  Math.round(
    ['blocked', 'dns', 'connect', 'send', 'wait', 'receive'].reduce((all, name) => all + Math.max(0, timings[name]), 0) * 10
  ) / 10;

// An entry; PER_PAGE entries make a page, the last twentieth of them has none.
function entry(n, random, perPage = 200) {
  const [type, mime, end] = n % perPage === 0 ? kinds[0] : kinds[1 + random(kinds.length - 1)];
  const host = type === 'document' ? hosts[0] : hosts[random(hosts.length)];
  const method = random(19) === 3 ? 'POST' : 'GET';
  const path = `/${words[random(16)]}/${words[random(16)]}-${random(9999)}${end}?id=${n}&v=2`;
  const status = n % perPage === 0 ? 200 : statusOf(random(100));
  const size = status === 204 || status === 304 ? 0 : 200 + random(300) * random(300);
  const timings = timingsOf(random);
  const made = {
    _initiator: { type: 'parser', url: 'https://shop.example/', lineNumber: random(900) },
    _priority: 'High',
    _resourceType: type,
    cache: {},
    connection: String(4000 + random(60)),
    pageref: n % 20 === 19 ? undefined : `page_${Math.floor(n / perPage) + 1}`,
    request: {
      method,
      url: `https://${host}${path}`,
      httpVersion: 'http/2.0',
      headers: requestHeaders(host, path, method, n),
      queryString: [pair('id', String(n)), pair('v', '2')],
      cookies: cookiesOf(n),
      headersSize: -1,
      bodySize: 0
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'http/2.0',
      headers: responseHeaders(mime, size, n),
      cookies: [],
      content: { size, mimeType: mime },
      redirectURL: status === 301 || status === 302 ? `https://${host}/moved` : '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: size + 300
    },
    serverIPAddress: host.startsWith('[') ? '2001:db8::7' : `192.0.2.${1 + hosts.indexOf(host)}`,
    startedDateTime: when(n * 8),
    time: sum(timings),
    timings
  };
  if (made.response.redirectURL) made.response.headers.push(pair('location', made.response.redirectURL));
  // An error, a warning, an info.
  if (n % 97 === 5) made.response.status = String(status);
  if (n % 61 === 7) made.request.headersSize = -7;
  if (n % 41 === 9) made.request.cookies = [{ name: 'a', value: 'b', expires: '' }];
  return made;
}

const page = (n, start, title) => ({
  startedDateTime: when(start),
  id: `page_${n}`,
  title,
  pageTimings: { onContentLoad: 310.5 + n, onLoad: 940.25 + n }
});

function write(count, out, perPage = 200) {
  const random = dice(7);
  let held = `{"log":{"version":"1.2","creator":{"name":"make.js","version":"1"},"pages":[${Array.from(
    { length: Math.ceil(count / perPage) },
    (_, n) => JSON.stringify(page(n + 1, n * perPage * 8, `https://shop.example/?page=${n + 1}`))
  ).join(',')}],"entries":[`;
  for (let n = 0; n < count; n++) {
    held += (n ? ',\n' : '\n') + JSON.stringify(entry(n, random, perPage));
    if (held.length > 1 << 20) {
      fs.writeSync(out, held);
      held = '';
    }
  }
  fs.writeSync(out, held + '\n]}}\n');
}

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#1565c0"/></svg>';
const big = JSON.stringify({
  items: Array.from({ length: 9000 }, (_, id) => ({ id, name: `item ${id}`, price: id * 1.25, tags: ['a', 'b'] }))
});

// The special entries of `features`, by their number: what is other than in entry().
const special = {
  1: made => body(made, 'image/png', dot, 'base64'),
  2: made => body(made, 'image/svg+xml', svg),
  3: made => body(made, 'application/json', '{"a":[1,2.50,true,null,"text"],"b":{"c":"\\u00e4 and \\ud83d\\ude00"}}'),
  4: made => body(made, 'application/json', big),
  5: made => body(made, 'application/octet-stream', Buffer.from([0, 1, 2, 253, 254, 255, 65, 66]).toString('base64'), 'base64'),
  6: made =>
    body(
      made,
      'text/html; charset=utf-8',
      '<!doctype html><title>page</title><script>document.title="no"</script><p>Gr\u00fc\u00dfe'
    ),
  7: made => post(made, 'application/json', '{"user":"M\u00fcller","note":"it\'s \\"quoted\\" $HOME `id` \\\\"}'),
  8: made =>
    post(made, 'application/x-www-form-urlencoded', 'user=M%C3%BCller&note=a+b', [
      pair('user', 'M\u00fcller'),
      pair('note', 'a b')
    ]),
  10: made =>
    Object.assign(made, {
      _resourceType: 'websocket',
      _webSocketMessages: [
        { type: 'send', time: (first + 80) / 1000, opcode: 1, data: 'ping' },
        { type: 'receive', time: (first + 90) / 1000, opcode: 1, data: '{"pong":true}' },
        { type: 'receive', time: (first + 95) / 1000, opcode: 2, data: 'AAEC/w==' }
      ]
    }),
  11: made => Object.assign(made.response, { status: 0, statusText: '', _error: 'net::ERR_CONNECTION_REFUSED' }),
  12: made => {
    made.request.headers.push(pair('authorization', 'Bearer planted-secret-1'));
    made.request.cookies.push({ name: 'session', value: 'planted-secret-2' });
    made.response.headers.push(pair('set-cookie', 'session=planted-secret-3; HttpOnly'));
    made.response.cookies.push({ name: 'session', value: 'planted-secret-3', httpOnly: true, expires: '2027-01-01T00:00:00.000Z' });
  },
  13: made =>
    Object.assign(made, {
      request: { ...made.request, url: 'data:text/plain;charset=utf-8,gr%C3%BCn' },
      serverIPAddress: undefined
    }),
  14: made => Object.assign(made.response, { status: 404 }),
  15: made => Object.assign(made, { _fromCache: 'disk', response: { ...made.response, status: 200, _transferSize: 0 } })
};

function body(made, mimeType, text, encoding) {
  const size = encoding ? Buffer.from(text, 'base64').length : Buffer.byteLength(text);
  Object.assign(made.response, { status: 200, content: { size, mimeType, text, encoding } });
}

function post(made, mimeType, text, params) {
  Object.assign(made.request, { method: 'POST', bodySize: Buffer.byteLength(text), postData: { mimeType, text, params } });
}

function features() {
  const random = dice(11);
  const entries = Array.from({ length: 40 }, (_, n) => {
    const made = entry(n, random, 20);
    if (special[n]) special[n](made);
    return made;
  });
  const pages = [page(1, 0, 'First page'), page(2, 160, 'Second page')];
  pages[0].pageTimings = { onContentLoad: 210.5, onLoad: 350.25, _firstPaint: 150.5 };
  pages[1].pageTimings = { onContentLoad: 212.5, onLoad: 345.25 };
  return {
    log: {
      version: '1.2',
      creator: { name: 'make.js', version: '1' },
      browser: { name: 'a browser', version: '146' },
      pages,
      entries
    }
  };
}

module.exports = { features, write };
if (require.main === module) {
  const [what] = process.argv.slice(2);
  if (what === 'features') fs.writeSync(1, JSON.stringify(features(), null, 1) + '\n');
  else if (Number(what) > 0) write(Number(what), 1);
  else {
    console.error('usage: make.js COUNT|features >FILE');
    process.exit(2);
  }
}
