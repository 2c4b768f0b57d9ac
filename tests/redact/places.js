// Where texts stand in a capture: every member of every object of HAR 1.2 that is a text, the common ones that programs add, and
// names of members. A place is a path; numbers are positions in lists, "*" is the name of a member.
'use strict';

const COOKIE = ['name', 'value', 'path', 'domain', 'expires', 'sameSite', 'comment'];
const PAIR = ['name', 'value', 'comment'];
const CACHED = ['expires', 'lastAccess', 'lastFetched', 'eTag', 'comment'];

// The texts of the specification, by its objects.
const LOG = {
  '': ['version', 'comment'],
  creator: ['name', 'version', 'comment'],
  browser: ['name', 'version', 'comment'],
};
const PAGE = {
  '': ['startedDateTime', 'id', 'title', 'comment'],
  pageTimings: ['comment'],
};
const ENTRY = {
  '': ['pageref', 'startedDateTime', 'serverIPAddress', 'connection', 'comment'],
  request: ['method', 'url', 'httpVersion', 'comment'],
  'request.cookies.0': COOKIE,
  'request.headers.0': PAIR,
  'request.queryString.0': PAIR,
  'request.postData': ['mimeType', 'text', 'encoding', 'comment'],
  'request.postData.params.0': ['name', 'value', 'fileName', 'contentType', 'encoding', 'comment'],
  response: ['statusText', 'httpVersion', 'redirectURL', 'comment'],
  'response.cookies.0': COOKIE,
  'response.headers.0': PAIR,
  'response.content': ['mimeType', 'text', 'encoding', 'comment'],
  cache: ['comment'],
  'cache.beforeRequest': CACHED,
  'cache.afterRequest': CACHED,
  timings: ['comment'],
};

// What browsers, crawlers and proxies add; and what nobody knows, with an underscore and without, at every level.
const ADDED_LOG = ['_note', '_deep.list.1.inner', 'note', '_map.*', 'creator._note', 'creator.*', 'browser._note'];
const ADDED_PAGE = ['_note', '_URL', '_map.*', 'pageTimings._note', 'note'];
const ADDED_ENTRY = [
  '_note', '_deep.list.1.inner', 'note', '_map.*', '_map.deeper.*', '_list.0', '_list.1.0', '_error', '_resourceType', '_priority',
  '_initiator.url', '_initiator.type', '_initiator.stack.callFrames.0.url', '_initiator.stack.callFrames.0.functionName',
  '_initiator.stack.parent.callFrames.0.url', '_initiator.stack.parent.parent.callFrames.0.url', '_initiator.stack.description',
  '_webSocketMessages.0.data', '_webSocketMessages.0._note', '_securityDetails.subjectName', '_securityDetails.sanList.0',
  'request._note', 'request.note', 'request.*', 'request.cookies.0._note', 'request.headers.0._note',
  'request.queryString.0._note', 'request.postData._note', 'request.postData.params.0._note',
  'response._note', 'response.note', 'response._error', 'response.*', 'response.headers.0._note',
  'response.content._note', 'response.content.*', 'cache._note', 'cache.beforeRequest._note', 'cache.afterRequest.*',
  'timings._note',
];

const flat = (table, more) =>
  [...Object.entries(table).flatMap(([path, members]) => members.map(m => (path ? `${path}.${m}` : m))), ...more];

const PLACES = [
  ...flat(LOG, ADDED_LOG).map(path => ({ of: 'log', path })),
  ...flat(PAGE, ADDED_PAGE).map(path => ({ of: 'page', path })),
  ...flat(ENTRY, ADDED_ENTRY).map(path => ({ of: 'entry', path })),
];

const DATE = '2026-03-01T10:00:00.000Z';

const newLog = () => ({
  version: '1.2',
  creator: { name: 'canaries', version: '1' },
  browser: { name: 'browser', version: '1' },
  pages: [],
  entries: [],
});

const newPage = number => ({ startedDateTime: DATE, id: `page_${number}`, title: 'shop', pageTimings: { onLoad: 10 } });

const newEntry = number => ({
  startedDateTime: DATE,
  time: 5,
  request: {
    method: 'GET',
    url: `https://shop.example/item/${number}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    queryString: [],
    headersSize: -1,
    bodySize: -1,
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: '' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  },
  cache: {},
  timings: { send: 1, wait: 2, receive: 2 },
});

// What an object needs besides the text that is put into it.
function blank(parts) {
  const path = parts.join('.');
  if (/(cookies|headers|queryString|params)\.\d+$/.test(path)) return { name: 'plain', value: 'plain' };
  if (/postData$/.test(path)) return { mimeType: 'text/plain', text: 'plain' };
  if (/(before|after)Request$/.test(path)) return { lastAccess: DATE, eTag: '', hitCount: 1 };
  if (/_webSocketMessages\.\d+$/.test(path)) return { type: 'receive', time: 1772359200, opcode: 1, data: 'plain' };
  return {};
}

// Puts a text at the path below an object, and what is missing on the way.
function put(object, path, text) {
  const parts = path.split('.');
  let at = object;
  for (let i = 0; i < parts.length - 1; i++) {
    const key = parts[i];
    const list = /^\d+$/.test(parts[i + 1]);
    if (at[key] === undefined) {
      if (Array.isArray(at)) while (at.length < Number(key)) at.push('plain');
      at[key] = list ? [] : blank(parts.slice(0, i + 1));
    }
    at = at[key];
  }
  const last = parts[parts.length - 1];
  if (last === '*') {
    at[text] = 'plain';
  } else {
    if (Array.isArray(at)) while (at.length < Number(last)) at.push('plain');
    at[last] = text;
  }
}

module.exports = { DATE, ENTRY, LOG, PAGE, PLACES, newEntry, newLog, newPage, put };
