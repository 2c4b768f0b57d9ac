// Secrets in the places and bodies in which programs put them: headers by their names, cookies, addresses, forms, parts, bodies of all
// kinds, messages, what started a request. Each maker puts one value into an entry under a name.
'use strict';

const {
  ANY, CLEAR, PLAIN, TOKEN, base64, base64url, deflate, entities, form, gzip, inString, percent, unicode,
} = require('./values');
const { element, identifier, json, param, quoted } = require('./texts');
const { put } = require('./places');

// Headers whose value is a secret.
const HEADERS = [
  'X-Api-Key', 'api-key', 'ApiKey', 'X-Auth-Token', 'X-Access-Token', 'X-CSRF-Token', 'x-xsrf-token', 'X-CSRFToken', 'X-Session-Id',
  'x-session-token', 'X-Client-Data', 'DPoP', 'Sec-WebSocket-Protocol', 'X-Forwarded-Client-Cert', 'X-Amz-Security-Token',
  'x-goog-api-key', 'X-Goog-IAP-JWT-Assertion', 'Cf-Access-Jwt-Assertion', 'CF-Access-Client-Secret', 'cf-access-token',
  'Ocp-Apim-Subscription-Key', 'x-functions-key', 'X-MS-TOKEN-AAD-ACCESS-TOKEN', 'X-ZUMO-AUTH', 'X-Vault-Token', 'PRIVATE-TOKEN',
  'JOB-TOKEN', 'X-Shopify-Access-Token', 'X-Hub-Signature', 'X-Hub-Signature-256', 'Stripe-Signature', 'X-Twilio-Signature',
  'X-Subject-Token', 'Refresh-Token', 'X-Firebase-AppCheck', 'X-Parse-Session-Token', 'x-password', 'X-Shop-Secret', 'x-my-credential',
  'X-User-Session', 'x-device-passcode',
];
const ADDRESS_HEADERS = [
  'Location', 'Content-Location', 'Referer', 'Link', 'Refresh', 'Origin', 'X-Original-URL', 'x-rewrite-url', 'X-Forwarded-Uri', ':path',
  'SourceMap', 'Report-To', 'NEL', 'Content-Security-Policy', 'content-security-policy-report-only', 'Reporting-Endpoints',
];

const header = (side, name, value) => e => e[side].headers.push({ name, value });
const body = (e, mimeType, text, encoding) => {
  Object.assign(e.response.content, { mimeType, text, size: Buffer.byteLength(text) });
  if (encoding) e.response.content.encoding = encoding;
};
const post = (e, mimeType, text) => {
  e.request.method = 'POST';
  e.request.postData = { mimeType, text };
};
const multipart = parts =>
  `${parts.map(([head, text]) => `--xBOUNDx7\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`).join('')}--xBOUNDx7--\r\n`;
const message = (e, data, opcode = 1) => {
  e._webSocketMessages = [{ type: 'send', time: 1772359200.5, opcode, data }];
};

function addressHeader(name, address) {
  if (name === 'Link') return `<${address}>; rel="next"`;
  if (name === 'Refresh') return `5; url=${address}`;
  if (/report-to|^nel$/i.test(name)) return `{"group":"a","max_age":60,"endpoints":[{"url":"${address}"}]}`;
  if (/security-policy/i.test(name)) return `default-src 'self'; report-uri ${address}`;
  if (/reporting-endpoints/i.test(name)) return `main="${address}"`;
  return address;
}

// id, names as in texts.js, shapes, how many, maker(entry, name, value).
const SYNTAX = [
  ...HEADERS.flatMap(h => [
    [`request header ${h}`, 'none', PLAIN, 1, (e, n, v) => header('request', h, v)(e)],
    [`response header ${h}`, 'none', PLAIN, 1, (e, n, v) => header('response', h, v)(e)],
  ]),
  ...ADDRESS_HEADERS.map(h => [`header ${h}`, 'param', TOKEN, 4, (e, n, v) =>
    header(/refer|:path|origin|url|uri/i.test(h) ? 'request' : 'response', h,
      addressHeader(h, `https://shop.example/a?x=1&${param(n, v)}`))(e)]),
  ['header by a word of its name', 'header', PLAIN, 30, (e, n, v) => header('request', `X-${n}`, v)(e)],
  ...['Bearer', 'Token', 'Negotiate', 'DPoP', 'SSWS', 'ApiKey', 'Unheard-Of'].flatMap(scheme => [
    [`Authorization: ${scheme}`, 'none', PLAIN, 2, (e, n, v) => header('request', 'Authorization', `${scheme} ${v}`)(e)],
    [`Proxy-Authorization: ${scheme}`, 'none', PLAIN, 1, (e, n, v) => header('request', 'proxy-authorization', `${scheme} ${v}`)(e)],
  ]),
  ['Authorization without a scheme', 'none', PLAIN, 2, (e, n, v) => header('request', 'authorization', v)(e)],
  ['Authorization: Basic', 'none', TOKEN, 4, (e, n, v) => header('request', 'Authorization', `Basic ${base64(`me:${v}`)}`)(e)],
  ['Authorization: Digest', 'none', ['hex'], 4,
    (e, n, v) => header('request', 'Authorization', `Digest username="me", realm="r", uri="/", response="${v}", qop=auth`)(e)],
  ['Authorization: Digest, cnonce', 'none', ['hex'], 2,
    (e, n, v) => header('request', 'Authorization', `Digest username="me", realm="r", cnonce="${v}", nc=00000001`)(e)],
  ['Authorization: AWS4', 'none', ['hex'], 2, (e, n, v) => header('request', 'Authorization',
    `AWS4-HMAC-SHA256 Credential=me/20260301/eu/s3/aws4_request, SignedHeaders=host, Signature=${v}`)(e)],
  ['WWW-Authenticate', 'none', ['hex', 'middle'], 3,
    (e, n, v) => header('response', 'WWW-Authenticate', `Digest realm="r", nonce="${v}", algorithm=MD5`)(e)],
  ['WWW-Authenticate, opaque', 'none', ['hex', 'middle'], 2,
    (e, n, v) => header('response', 'WWW-Authenticate', `Digest realm="r", opaque="${v}"`)(e)],
  ['Authentication-Info', 'none', ['hex'], 2, (e, n, v) => header('response', 'Authentication-Info', `nextnonce="${v}", qop=auth`)(e)],
  ['Cookie', 'none', PLAIN, 6, (e, n, v) => header('request', 'Cookie', `theme=dark1; basket=${v}; lang=en`)(e)],
  ['Cookie, quoted', 'none', PLAIN, 2, (e, n, v) => header('request', 'cookie', `basket="${v}"`)(e)],
  ['Cookie, percent-encoded', 'none', ANY, 4, (e, n, v) => header('request', 'Cookie', `basket=${percent(v)}`)(e)],
  ['Set-Cookie', 'none', PLAIN, 6, (e, n, v) => header('response', 'Set-Cookie', `basket=${v}; Path=/; Secure; HttpOnly`)(e)],
  ['Set-Cookie, lines', 'none', PLAIN, 4,
    (e, n, v) => header('response', 'set-cookie', `theme=dark1; Path=/\nbasket=${v}; Path=/; Max-Age=9`)(e)],
  ['Set-Cookie2', 'none', PLAIN, 2, (e, n, v) => header('response', 'Set-Cookie2', `basket="${v}"; Version=1`)(e)],
  ['cookie of a request', 'none', ANY, 8, (e, n, v) => e.request.cookies.push({ name: 'basket', value: v })],
  ['cookie of a response', 'none', ANY, 8, (e, n, v) => e.response.cookies.push({ name: 'basket', value: v, path: '/' })],
  ['address of the request', 'param', ANY, 20, (e, n, v) => { e.request.url = `https://shop.example/a?q=1&${param(n, v)}`; }],
  ['address of the request, userinfo', 'none', TOKEN, 3, (e, n, v) => { e.request.url = `https://me:${v}@shop.example/`; }],
  ['address of the request, jsessionid', 'none', ['hex', 'middle'], 3,
    (e, n, v) => { e.request.url = `https://shop.example/cart;jsessionid=${v}?q=1`; }],
  ['query string', 'param', ANY, 20, (e, n, v) => e.request.queryString.push({ name: n, value: v })],
  ['query string, encoded', 'param', ANY, 8, (e, n, v) => e.request.queryString.push({ name: percent(n), value: percent(v) })],
  ['redirectURL', 'param', TOKEN, 6, (e, n, v) => { e.response.redirectURL = `/back?${param(n, v)}`; }],
  ['form', 'param', ANY, 20, (e, n, v) => post(e, 'application/x-www-form-urlencoded', `a=1&${form(n)}=${form(v)}&b=2`)],
  ['form, its name encoded', 'any', ANY, 6, (e, n, v) => post(e, 'application/x-www-form-urlencoded;charset=UTF-8',
    `a=1&${n.replace(/[a-z]/, c => `%${c.charCodeAt(0).toString(16)}`)}=${form(v)}`)],
  ['parameter of a form', 'param', ANY, 20, (e, n, v) => {
    e.request.postData = { mimeType: 'application/x-www-form-urlencoded', params: [{ name: n, value: v }] };
  }],
  ['multipart', 'param', ANY, 14, (e, n, v) => post(e, 'multipart/form-data; boundary=xBOUNDx7',
    multipart([['name="a"', '1'], [`name="${n}"`, v], ['name="f"; filename="a.txt"', 'text']]))],
  ['multipart, a file', 'none', PLAIN, 3, (e, n, v) => post(e, 'multipart/form-data; boundary=xBOUNDx7',
    multipart([['name="f"; filename="a.json"', `{"password": "${v}"}`]]))],
  ['JSON posted', 'any', ANY, 14, (e, n, v) => post(e, 'application/json', json(n, v))],
  ['JSON posted, compact', 'any', ANY, 8, (e, n, v) => post(e, 'application/json;charset=utf-8', JSON.stringify({ a: { [n]: v } }))],
  ['JSON posted as text', 'any', ANY, 6, (e, n, v) => post(e, 'text/plain;charset=UTF-8', JSON.stringify({ [n]: v }))],
  ['GraphQL, variables', 'any', ANY, 6, (e, n, v) => post(e, 'application/json',
    JSON.stringify({ query: 'mutation M($i: I!) { m(i: $i) { id } }', variables: { i: { [n]: v } } }))],
  ['GraphQL, literal', 'any', ANY, 6, (e, n, v) => post(e, 'application/json',
    JSON.stringify({ query: `mutation { m(a: "b", ${identifier(n)}: "${inString(v)}") { id } }` }))],
  ['GraphQL as such', 'any', ANY, 4, (e, n, v) => post(e, 'application/graphql', `{ m(${identifier(n)}: "${inString(v)}") { id } }`)],
  ['SOAP', 'none', ANY, 4, (e, n, v) => post(e, 'text/xml; charset=utf-8',
    `<?xml version="1.0"?><s:Envelope xmlns:s="s"><s:Header><w:Security><w:UsernameToken><w:Username>me</w:Username>` +
    `<w:Password Type="t">${entities(v)}</w:Password></w:UsernameToken></w:Security></s:Header><s:Body/></s:Envelope>`)],
  ['XML posted', 'any', ANY, 6, (e, n, v) => post(e, 'application/xml', `<a>\n  <${element(n)}>${entities(v)}</${element(n)}>\n</a>`)],
  ['CDATA', 'any', ['quotes', 'blanks', 'middle'], 3,
    (e, n, v) => body(e, 'application/xml', `<a><${element(n)}><![CDATA[${v}]]></${element(n)}></a>`)],
  ['JSON', 'any', ANY, 14, (e, n, v) => body(e, 'application/json', json(n, v))],
  ['JSON, exact names', 'exact', CLEAR, 20, (e, n, v) => body(e, 'application/json; charset=utf-8', json(n, v))],
  ['JSON, a number', 'any', ['digits'], 8, (e, n, v) => body(e, 'application/json', `{"a": 1, "${inString(n)}": ${v}, "b": [2]}`)],
  ['JSON, many levels', 'any', ANY, 4, (e, n, v) => {
    let text = `{"${inString(n)}": "${inString(v)}"}`;
    for (let i = 0; i < 6; i++) text = JSON.stringify({ a: text });
    body(e, 'application/json', text);
  }],
  ['JSON, an object under the name', 'any', ANY, 4, (e, n, v) => body(e, 'application/json',
    JSON.stringify({ [n]: { a: [{ b: { c: v } }] }, next: 1 }))],
  ['JSON with a name in escapes', 'any', ANY, 4, (e, n, v) => body(e, 'application/json', `{"${unicode(n)}":"${inString(v)}"}`)],
  ['lines of JSON', 'any', ANY, 6, (e, n, v) => body(e, 'application/x-ndjson', `{"a": 1}\n${json(n, v)}\n{"b": 2}\n`)],
  ['events', 'any', ANY, 6, (e, n, v) => body(e, 'text/event-stream', `event: a\ndata: ${json(n, v)}\n\ndata: {"b": 2}\n\n`)],
  ['events, a form', 'param', TOKEN, 3, (e, n, v) => body(e, 'text/event-stream', `data: a=1&${param(n, v)}\n\n`)],
  ...[")]}',\n", 'while(1);', 'for(;;);', '/**/callback('].map(prefix => [`JSON behind ${prefix.trim()}`, 'any', ANY, 3,
    (e, n, v) => body(e, 'application/json', `${prefix}${json(n, v)}`)]),
  ['JSON, cut in the value', 'any', TOKEN, 6, (e, n, v) => body(e, 'application/json', `{"a": [1, 2], "${inString(n)}": "${v}`)],
  ['JSON, cut behind the value', 'any', ANY, 4, (e, n, v) => body(e, 'application/json', `{"${inString(n)}": "${inString(v)}", "b": {"c`)],
  ['page, input', 'any', ANY, 6, (e, n, v) => body(e, 'text/html; charset=utf-8',
    `<!doctype html><form>\n<input type=hidden name="${entities(n)}" id="x" value="${entities(v)}"/></form>`)],
  ['page, input without quotes', 'any', TOKEN, 3,
    (e, n, v) => body(e, 'text/html', `<form><input type=hidden name=${element(n)} value=${v}></form>`)],
  ['page, meta', 'any', ANY, 4, (e, n, v) => body(e, 'text/html', `<head><meta content="${entities(v)}" name="${entities(n)}"></head>`)],
  ['page, data attribute', 'any', ANY, 4, (e, n, v) => body(e, 'text/html', `<div data-${element(n)}="${entities(v)}">a</div>`)],
  ['page, a script', 'any', ANY, 6, (e, n, v) => body(e, 'text/html',
    `<script>window.__CONFIG__ = ${JSON.stringify({ a: 1, [n]: v }).replace(/</g, '\\u003c')};</script>`)],
  ['page, JSON in an attribute', 'any', ANY, 4,
    (e, n, v) => body(e, 'text/html', `<div data-config="${entities(JSON.stringify({ [n]: v }))}"></div>`)],
  ['page, a link', 'param', TOKEN, 4, (e, n, v) => body(e, 'text/html', `<a href="/a?x=1&amp;${param(n, v)}&amp;b=2">a</a>`)],
  ['code', 'any', ANY, 6, (e, n, v) => body(e, 'application/javascript', `var a=1;const ${identifier(n)}="${inString(v)}";go()`)],
  ['code, an object', 'any', ANY, 6, (e, n, v) => body(e, 'text/javascript; charset=utf-8',
    `e.exports={url:"/a",${identifier(n)}:'${quoted(v)}',n:1}`)],
  ['code, a template', 'any', ['middle', 'blanks', 'hex'], 3, (e, n, v) => body(e, 'text/javascript', `x.${identifier(n)} = \`${v}\`;`)],
  ['code, a header', 'none', TOKEN, 3, (e, n, v) => body(e, 'text/javascript', `r.setRequestHeader("Authorization", "Bearer ${v}")`)],
  ['settings', 'any', PLAIN, 4, (e, n, v) => body(e, 'text/plain', `[a]\nb = 1\n${element(n)} = ${v}\nc = 2\n`)],
  ['settings, colons', 'any', PLAIN, 4, (e, n, v) => body(e, 'text/yaml', `a:\n  b: 1\n  ${element(n)}: ${v}\n  c: 2\n`)],
  ['body in base64', 'any', ANY, 6, (e, n, v) => body(e, 'application/json', base64(json(n, v)), 'base64')],
  ['body in base64, a form', 'param', ANY, 3,
    (e, n, v) => body(e, 'application/x-www-form-urlencoded', base64(`a=1&${param(n, v)}`), 'base64')],
  ['body in base64, packed', 'any', ANY, 4, (e, n, v) => body(e, 'application/gzip', gzip(json(n, v)), 'base64')],
  ['body in base64, zlib', 'any', ANY, 3, (e, n, v) => body(e, 'application/octet-stream', deflate(json(n, v)), 'base64')],
  ['posted in base64', 'any', ANY, 3, (e, n, v) => { post(e, 'application/json', base64(json(n, v))); e.request.postData.encoding = 'base64'; }],
  ['body without a type', 'any', ANY, 4, (e, n, v) => body(e, '', json(n, v))],
  ['message', 'any', ANY, 6, (e, n, v) => message(e, json(n, v))],
  ['message of socket.io', 'any', ANY, 4, (e, n, v) => message(e, `42["auth",${json(n, v)}]`)],
  ['message of SockJS', 'any', ANY, 4, (e, n, v) => message(e, `a[${JSON.stringify(json(n, v))}]`)],
  ['message of STOMP', 'header', TOKEN, 3, (e, n, v) => message(e, `CONNECT\naccept-version:1.2\n${n}:${v}\n\n\0`)],
  ['message, a form', 'param', TOKEN, 3, (e, n, v) => message(e, `join?${param(n, v)}`)],
  ['message in base64', 'any', ANY, 4, (e, n, v) => message(e, base64(json(n, v)), 2)],
  ['message in base64url', 'any', ANY, 2, (e, n, v) => message(e, base64url(json(n, v)), 2)],
  ['started by an address', 'param', TOKEN, 4, (e, n, v) => put(e, '_initiator.url', `https://shop.example/?${param(n, v)}`)],
  ['started by a stack', 'param', TOKEN, 4,
    (e, n, v) => put(e, '_initiator.stack.parent.callFrames.0.url', `https://shop.example/a.js?${param(n, v)}`)],
  ['custom member', 'any', ANY, 14, (e, n, v) => { e[`_${n}`] = v; }],
  ['custom member, deep', 'any', ANY, 6, (e, n, v) => { e.response._extra = { list: [{ [n]: v }] }; }],
  ['custom member, a list', 'any', ANY, 4, (e, n, v) => { e._extra = { [n]: [v] }; }],
  ['custom member, name and value', 'any', ANY, 4, (e, n, v) => { e._extra = [{ name: n, value: v }]; }],
  ['custom member, a number', 'any', ['digits'], 4, (e, n, v) => { e._extra = { [n]: Number(v) }; }],
  ['tag of a cache', 'none', TOKEN, 2, (e, n, v) => put(e, 'cache.afterRequest.eTag', `W/"session=${v}"`)],
].map(([id, names, shapes, count, make]) => ({ id, names, shapes, count, make }));

module.exports = { SYNTAX };
