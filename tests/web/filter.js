// data.js and filter.js: values, damaged files, the language of the filter box, searches in entries. filter.sh runs it.
const { blocksOf, open, json, TYPES } = require('./capture.js');

let passed = 0, failed = 0;
function check(name, expected, actual) {
  const [want, have] = [JSON.stringify(expected), JSON.stringify(actual)];
  if (want === have) passed++;
  else {
    failed++;
    console.log(`not ok: ${name}\n    expected: ${want}\n    actual:   ${have}`);
  }
}
const refused = action => {
  try {
    action();
    return 'nothing thrown';
  } catch (error) {
    return error.message;
  }
};
const matching = (query, count) => Array.from({ length: count }, (_, row) => row).filter(row => query.test(row) && query.testDeep(row));

/* Values. */

function values() {
  const block = `{"k":[["name","value","name"],["__proto__","constructor"],["text","size","headers"],[]],
    "s":["a","b\\ud800c","\\u003c/script\\u003e",[0,0,1,2],[-1,3,"1.0"],"\\u2028"],
    "v":[3,4,[1,0,"12.50"],[2,[-2,"1234"],"-1e400",[-1,[0,0,[-2,"7"],null]]],[3],[-1],true,"0.10",[-1,[-2,"0"],5],2],"f":[]}`;
  const api = open({ ...blocksOf([{ url: 'http://a/' }]), 'har-c0': block });
  const parsed = JSON.parse(block);
  const value = n => api.unpack(parsed, parsed.v[n]);
  const text = n => api.toJson(value(n), 0, false);
  check('an object with a name that stands twice', { members: [['name', 'a'], ['value', 'b\ud800c'], ['name', '</script>']] }, value(0));
  check('the last of a name', '</script>', api.memberOf(value(0), 'name'));
  check('no such member', undefined, api.memberOf(value(0), 'nothing'));
  check('no members', [undefined, undefined, undefined, undefined],
    [null, 'a', [], undefined].map(one => api.memberOf(one, 'length')));
  check('both are written', '{"name":"a","value":"b\\ud800c","name":"</script>"}', text(0));
  check('what is shared holds what is shared', '[{"name":"a","value":"b\\ud800c","name":"</script>"},1.0]', text(1));
  check('__proto__ is a name as others', { members: [['__proto__', 'a'], ['constructor', { number: '12.50' }]] }, value(2));
  check('a number as it was written', '12.50', api.asText(api.memberOf(value(2), 'constructor')));
  check('its value', 12.5, api.asNumber(api.memberOf(value(2), 'constructor')));
  check('a member that objects have by themselves', undefined, api.memberOf(value(2), 'toString'));
  check('what was left out, to be seen', '{"text":\u27e81.2 kB left out\u27e9,"size":-1e400,"headers":[{"name":"a","value":\u27e87 B left out\u27e9,"name":null}]}', text(3));
  check('what was left out, to be used', '{"size":-1e400,"headers":[{"name":"a","name":null}]}', api.toJson(value(3), 0, true));
  check('bytes that were left out', [1234, undefined, 7], [api.memberOf(value(3), 'text'), api.memberOf(value(3), 'size'),
    api.membersOf(api.memberOf(value(3), 'headers')[0])[1][1]].map(api.leftOf));
  check('texts of what is no text', ['', '', '', '', ''], [null, true, [], value(4), { left: 3 }].map(api.asText));
  check('numbers of what is no number', [true, true, true, true], [null, '12', [], value(0)].map(one => Number.isNaN(api.asNumber(one))));
  check('empty', ['{}', '[]', 'true', '0.10'], [4, 5, 6, 7].map(text));
  check('a separator of lines', '[\u27e80 B left out\u27e9,"\u2028"]', text(8));
  check('text', '"</script>"', text(9));
  check('lists', [[], [], 1], [api.asList(null), api.asList(value(0)), api.asList(api.memberOf(value(3), 'headers')).length]);
  check('with indent', '[\n  {\n    "name": "a",\n    "value": "b\\ud800c",\n    "name": "</script>"\n  },\n  1.0\n]', api.toJson(value(1), 2, false));
  check('an empty one with indent', '{}', api.toJson(value(4), 2, false));
  check('a body in a list, to be used', '["[left out]","\\u2028"]'.replace('\\u2028', '\u2028'), api.toJson(value(8), 0, true));
  check('an object without the body that was left out', '{}', api.toJson({ members: [['text', { left: 5 }]] }, 2, true));
  let deep = null;
  for (let i = 0; i < 1000; i++) deep = [-1, deep];
  check('deep', 2000 + 4, api.toJson(api.unpack(parsed, deep), 0, false).length);
}

/* The capture. */

const RULES = [['bad-status', 'error', 'A status that is none', 2], ['missing-member', 'warning', 'A member is missing', 2], ['null-cookie', 'info', 'A cookie', 1]];
const PAGES = [['p1', 'Shop', 0, [['onLoad', 812.5]], 0], ['p2', 'Checkout', 5000, [], 1]];
const entry = (request, response, more = {}) => ({ request, response: { ...response }, ...more });
const header = (name, value) => ({ name, value });
const ROWS = [
  { url: 'https://shop.example/', method: 'GET', status: 200, type: 'document', mime: 'text/html', protocol: 'h2', address: '192.0.2.1', page: 0, at: 0, time: 120,
    size: 5000, wire: 2000, entry: entry({ headers: [header('Accept', 'text/html')] }, { headers: [header('X-Cache', 'HIT <b>')], content: { text: 'Welcome "you" & me', mimeType: 'text/html' } }) },
  { url: 'https://cdn.shop.example:8443/app.js?v=1', method: 'GET', status: 200, type: 'script', mime: 'application/javascript', protocol: 'HTTP/2.0',
    address: '192.0.2.2', page: 0, at: 130, time: 30, size: 150000, wire: 40000, rules: [1],
    entry: entry({ headers: [] }, { headers: [header('x-cache', 'MISS')], content: { text: 'aGl0', encoding: 'base64', mimeType: 'application/javascript' } }) },
  { url: 'https://api.example/v1/orders', method: 'POST', status: 404, type: 'fetch', mime: 'application/json', protocol: 'http/1.1', address: '192.0.2.3',
    page: 1, at: 1000, time: 1500, size: 100, wire: 300, is: ['failed', 'posted'], rules: [0, 1],
    entry: entry({ headers: [header('Accept', 'a=b')], postData: { text: 'colour=red', params: [header('colour', 'red')] } }, { headers: [], content: { text: 'not\nfound' } }) },
  { url: 'https://shop.example/old', method: 'GET', status: 301, type: 'document', mime: 'text/html', protocol: 'h3-29', address: '192.0.2.1', page: 1, at: 2000, time: 0.5,
    size: 0, wire: 180, is: ['redirect'], source: 1,
    entry: entry({ headers: [] }, { headers: [header('Location', '/new')], content: { text: 'aGl0', encoding: 'base64', mimeType: 'image/png' } }) },
  { url: 'https://cdn.shop.example:8443/Hero.PNG', method: 'GET', status: 304, type: 'image', mime: 'image/png', protocol: 'h2', page: 1, at: 2000.1, time: 60001,
    wire: 90, is: ['cached'], rules: [2] },
  { url: 'wss://live.example/socket', method: 'GET', status: 101, type: 'websocket', protocol: 'http/1.1', page: 1, at: 3000, time: 9000, is: ['websocket'], source: 1,
    entry: { _webSocketMessages: [{ type: 'send', data: 'ping \u2028 pong' }] } },
  { url: 'data:text/plain,hi', method: 'GET', status: 0, is: ['failed'] },
  { url: 'http://[::1]:3000/a,b%20c', method: 'PUT', status: 503, type: 'other', mime: 'text/plain', protocol: 'HTTP/3', address: '::1', page: 0, at: 4000, time: 500,
    size: 1024, wire: 1000, is: ['failed'] },
];
const SOURCES = [['monday.har', '0', 1], ['tuesday.har', '1', 2]];
const BLOCKS = blocksOf(ROWS, { rules: RULES, pages: PAGES, sources: SOURCES, found: [[-1, 1, '/log/creator', 'no creator', null], [2, 0, '/response', 'late', 'mended']] });

function capture() {
  const { loadCapture, elements, toJson } = open(BLOCKS);
  const c = loadCapture();
  check('rows', [8, 'test', 1798761600000, 10000], [c.count, c.title, c.start, c.duration]);
  check('addresses are whole again', ROWS.map(row => row.url), ROWS.map((_, i) => c.url(i)));
  check('hosts', ['shop.example', 'cdn.shop.example:8443', '', '[::1]:3000'], [0, 1, 6, 7].map(c.host));
  check('origins', ['https://shop.example', 'wss://live.example', ''], [0, 5, 6].map(c.origin));
  check('paths', ['/', '/app.js?v=1', 'data:text/plain,hi'], [0, 1, 6].map(c.path));
  check('words', ['POST', 'application/json', 'http/1.1', '192.0.2.3', '', '', ''],
    [c.method(2), c.mime(2), c.protocol(2), c.address(2), c.mime(6), c.protocol(6), c.address(6)]);
  check('times are milliseconds', [0, 130, 1000, 2000, 2000.1, 3000, -1, 4000], Array.from(c.at));
  check('and may be unknown', [120, 30, 1500, 0.5, 60001, 9000, -1, 500], Array.from(c.time));
  check('a column with one value', [0, 0, 0, 0, 0, 0, 0, 0], Array.from(c.phases[6]));
  check('sizes', [5000, 150000, 100, 0, -1, -1, -1, 1024], Array.from(c.size));
  check('status', [200, 200, 404, 301, 304, 101, 0, 503], Array.from(c.status));
  check('levels', [0, 2, 3, 0, 1, 0, 0, 0], ROWS.map((_, i) => c.level(i)));
  check('rules', [[], [1], [0, 1]], [0, 1, 2].map(c.rulesOf));
  check('pointers', '/log/entries/7', c.pointer(7));
  check('chunks', [0, 0, 0, 1, 1, 1, 2, 2], ROWS.map((_, i) => c.chunkOf(i)));
  check('pages', [{ id: 'p1', title: 'Shop', at: 0, timings: [['onLoad', 812.5]], source: 0 }, { id: 'p2', title: 'Checkout', at: 500, timings: [], source: 1 }], c.pages);
  check('findings of none', [{ rule: 1, pointer: '/log/creator', message: 'no creator', done: null }], c.general);
  check('a finding that came late', [{ rule: 0, pointer: '/response', message: 'late', done: 'mended' }], c.found(2));
  check('no findings', [], c.found(0));
  check('an entry', JSON.stringify(ROWS[2].entry), toJson(c.entry(2), 0, false));
  check('an entry of the last chunk', '{}', toJson(c.entry(7), 0, false));
  check('the log', '{"version":"1.2"}', toJson(c.log(), 0, false));
  check('values of pages', ['{"id":"p1","title":"Shop"}', '{"id":"p2","title":"Checkout"}'], c.pageValues().map(page => toJson(page, 0, false)));
  check('the log again', '{"version":"1.2"}', toJson(c.log(), 0, false));
  check('nothing is missing', [], c.problems);
  check('what was read is released', ['har-c0', 'har-c1', 'har-c2'], [...elements.keys()]);
  const noted = open({ ...BLOCKS, 'har-c0': '{"k":[[]],"s":["/a","text","done"],"v":[[0],[0],[0]],"f":[[0,1,0,1,-1],[2,0,0,1,2]]}' }).loadCapture();
  check('findings of a chunk', [{ rule: 1, pointer: '/a', message: 'text', done: null }], noted.found(0));
  check('of a chunk and late', [{ rule: 0, pointer: '/a', message: 'text', done: 'done' }, { rule: 0, pointer: '/response', message: 'late', done: 'mended' }], noted.found(2));
  const turned = open(blocksOf(ROWS.map((row, i) => ({ ...row, value: 7 - i })), { rules: RULES, pages: PAGES })).loadCapture();
  check('rows in another order than values', ROWS.map(row => JSON.stringify(row.entry ?? {})), ROWS.map((_, i) => toJson(turned.entry(i), 0, false)));
  const late = open(blocksOf(ROWS.map((row, i) => ({ ...row, value: 7 - i })), { rules: RULES, pages: PAGES, found: [[2, 0, '/a', 'b', null]] })).loadCapture();
  check('a late finding names a value', [5], ROWS.flatMap((_, i) => late.found(i).length ? [i] : []));
  const moved = open(blocksOf(ROWS, { rules: RULES, pages: [['a', '', null, [], 0], ['b', '', -25, [], 0]] })).loadCapture();
  check('a page whose start is not known, and one before the first request', [null, -2.5], moved.pages.map(page => page.at));
  const empty = open(blocksOf([])).loadCapture();
  check('no rows', [0, 0, []], [empty.count, empty.at.length, empty.problems]);
}

function damaged() {
  const without = id => Object.fromEntries(Object.entries(BLOCKS).filter(([name]) => name !== id));
  const index = change => ({ ...BLOCKS, 'har-index': json({ ...JSON.parse(BLOCKS['har-index']), ...change }) });
  check('no index', 'The list of requests is missing or damaged: this file was cut or changed.', refused(() => open(without('har-index')).loadCapture()));
  check('nothing at all', 'The list of requests is missing or damaged: this file was cut or changed.', refused(() => open({}).loadCapture()));
  check('half an index', 'The list of requests is missing or damaged: this file was cut or changed.',
    refused(() => open({ ...BLOCKS, 'har-index': BLOCKS['har-index'].slice(0, 200) }).loadCapture()));
  check('another version', 'The data of this report has version 2, the script reads version 1.', refused(() => open(index({ version: 2 })).loadCapture()));
  const cut = open(without('har-c1')), c = cut.loadCapture();
  check('a chunk is missing', ['This report is cut: 5 of 8 requests have their details.'], c.problems);
  check('its entries', [null, null, null], [3, 4, 5].map(c.entry));
  check('their findings', [], c.found(3));
  check('the others', JSON.stringify(ROWS[2].entry), cut.toJson(c.entry(2), 0, false));
  check('searches go on', [0], matching(cut.parseQuery('header:x-cache=hit', c), 8));
  check('and what is missing has nothing', [3, 4, 5, 6, 7], matching(cut.parseQuery('-header:accept -any:aGl0', c), 8));
  const broken = open({ ...BLOCKS, 'har-c0': BLOCKS['har-c0'].slice(0, -30) }), b = broken.loadCapture();
  check('a damaged chunk', [null, ['This report is cut: 5 of 8 requests have their details.']], [b.entry(0), b.problems]);
  check('searches in it', [], matching(broken.parseQuery('any:welcome', b), 8));
  check('no late findings', ['This report is cut: some findings are missing.'], open(without('har-found')).loadCapture().problems);
  const values = list => open({ ...BLOCKS, 'har-c0': `{"k":[],"s":[],"v":[${list}],"f":[]}` }).loadCapture();
  check('nested too deeply', null, values('[-1,'.repeat(1e5) + '0' + ']'.repeat(1e5)).entry(0));
  check('keys that are not there', null, values('null,[7],null').entry(1));
  check('a value that is not there', null, values('null').entry(2));
  const nolog = open(without('har-log')).loadCapture();
  check('no log', [{ members: [] }, []], [nolog.log(), nolog.pageValues()]);
}

/* Queries, and the rows that they must show. */

const ALL = [0, 1, 2, 3, 4, 5, 6, 7];
const QUERIES = [
  ['', ALL], ['   ', ALL], ['-', ALL], ['status:', ALL], ['-status:', ALL], ['""', ALL], ['status:,', ALL],
  ['status:404', [2]], ['status:4xx', [2]], ['STATUS:4XX', [2]], ['status:4', [2]], ['status:30', [3, 4]], ['status:30x', [3, 4]], ['status:0', [6]], ['status:1-99', []], ['status:1-99,600-32767', []], ['status:503-32767', [7]],
  ['status:300-304', [3, 4]], ['status:404,503', [2, 7]], ['-status:2xx', [2, 3, 4, 5, 6, 7]], ['-status:2xx,3xx', [2, 5, 6, 7]],
  ['method:post', [2]], ['method:P', [2, 7]], ['method:OST', []], ['-method:GET', [2, 7]],
  ['host:cdn', [1, 4]], ['host:https', []], ['host:8443', [1, 4]], ['host:shop.example', [0, 1, 3, 4]], ['host:[::1]', [7]], ['-host:example', [6, 7]],
  ['type:image', [4]], ['type:im,s', [1, 4]], ['type:document', [0, 3]], ['type:IMAGE', [4]], ['-type:document', [1, 2, 4, 5, 6, 7]],
  ['mime:json', [2]], ['mime:text/', [0, 3, 7]], ['mime:javascript,png', [1, 4]],
  ['url:shop.example/old', [3]], ['url:HERO.png', [4]], ['url:8443/a', [1]], ['url:https://shop', [0, 3]], ['url:"a,b"', [7]], ['url:a,socket', ALL],
  ['path:example', []], ['path:/v1', [2]], ['path:"a,b"', [7]], ['path:hero', [4]],
  ['page:shop', [0, 1, 7]], ['page:p2', [2, 3, 4, 5]], ['page:none', [6]], ['page:checkout', [2, 3, 4, 5]], ['-page:none', [0, 1, 2, 3, 4, 5, 7]],
  ['ip:192.0.2.1', [0, 3]], ['ip:::1', [7]], ['protocol:h2', [0, 1, 4]], ['protocol:HTTP/2', [0, 1, 4]], ['protocol:h3', [3, 7]], ['protocol:http/1.1', [2, 5]],
  ['larger:100k', [1]], ['larger:1000', [0, 1, 7]], ['larger:1kb', [0, 1, 7]], ['larger:1KiB', [0, 1]], ['larger:0.15MB', []], ['larger:.149M', [1]],
  ['smaller:100', [3, 4]], ['smaller:101', [2, 3, 4]], ['-larger:0', [3, 5, 6]],
  ['slower:1s', [2, 4, 5]], ['slower:1500', [4, 5]], ['slower:1min', [4]], ['slower:1499ms', [2, 4, 5]], ['faster:30', [3]], ['faster:1', [3]], ['faster:30.5', [1, 3]],
  ['-slower:0', [6]], ['after:2000', [3, 4, 5, 7]], ['after:2s before:3s', [3, 4]], ['before:130', [0]], ['before:130.1', [0, 1]],
  ['is:failed', [2, 6, 7]], ['is:redirect', [3]], ['is:cached', [4]], ['is:websocket', [5]], ['is:finding', [1, 2, 4]], ['is:error', [2]], ['is:warning', [1, 2]],
  ['is:info', [4]], ['is:redirect,cached', [3, 4]], ['-is:finding -is:failed', [0, 3, 5]], ['rule:missing-member', [1, 2]], ['rule:status', [2]],
  ['source:tuesday', [3, 5]], ['source:monday -status:2xx', [2, 4, 6, 7]],
  ['shop', [0, 1, 3, 4]], ['SHOP old', [3]], ['post', [2]], ['404', [2]], ['30', [3, 4, 7]], ['json', [2]], ['https://shop.example/', [0, 3]], ['example/v1', [2]],
  ['a,b', [7]], ['example/orders', []], ['"a,b"', [7]], ['-shop -data:text', [2, 5, 7]], ['data:text', [6]], ['"-shop"', []], ['hero image', [4]], ['[::1]:3000', [7]], ['.', ALL.slice(0, 6)],
  ['api.example/v1/orders', [2]], ['cdn.shop.example:8443/app', [1]], ['"status:404"', []], ['(', []], ['\\', []], ['*', []], ['$&', []],
  ['header:x-cache', [0, 1]], ['header:x-cache=hit', [0]], ['header:X-CACHE=miss', [1]], ['header:a=b', [2]], ['header:accept', [0, 2]], ['header:"<b>"', [0]],
  ['header:cache=hit', []], ['-header:accept', [1, 3, 4, 5, 6, 7]], ['header:accept -status:404', [0]], ['header:location,miss', [1, 3]],
  ['body:welcome', [0]], ['body:"\\"you\\" & me"', [0]], ['body:agl0', []], ['body:HIT', [1]], ['-body:hit -body:welcome', [2, 3, 4, 5, 6, 7]], ['header:x-ca=hit', []], ['header:accept=', []], ['body:red', [2]], ['body:colour', [2]], ['body:"t\nf"', [2]], ['body:"\u2028"', [5]],
  ['body:html', []], ['any:html', [0]], ['any:aGl0', [1, 3]], ['any:ping', [5]], ['-any:html -any:ping', [1, 2, 3, 4, 6, 7]], ['any:postData', []],
];
const PROBLEMS = [
  ['stauts:404', ['stauts: is not a key and is searched for as text; did you mean status:?'], []],
  ['colour:red', ['colour: is not a key and is searched for as text.'], []],
  ['constructor:x', ['constructor: is not a key and is searched for as text.'], []],
  ['status:abc', ['status:abc is not like 404, 4xx or 400-499.'], ALL],
  ['status:4000', ['status:4000 is not like 404, 4xx or 400-499.'], ALL],
  ['status:404x', ['status:404x is not like 404, 4xx or 400-499.'], ALL],
  ['status:abc,404', ['status:abc is not like 404, 4xx or 400-499.'], [2]],
  ['type:imgae', ['type:imgae is none of ' + TYPES.join(', ') + '; did you mean image?'], ALL],
  ['is:brokn', ['is:brokn is none of failed, redirect, cached, websocket, finding, error, warning, info.'], ALL],
  ['is:eror', ['is:eror is none of failed, redirect, cached, websocket, finding, error, warning, info; did you mean error?'], ALL],
  ['larger:big', ['larger:big is not like 100k or 1.5MB.'], ALL],
  ['larger:10parsec', ['larger:10parsec is not like 100k or 1.5MB.'], ALL],
  ['larger:1constructor', ['larger:1constructor is not like 100k or 1.5MB.'], ALL],
  ['slower:fast', ['slower:fast is not like 500 or 1.5s.'], ALL],
  ['rule:bad-statis', ['rule:bad-statis is no rule that found something; did you mean bad-status?'], ALL],
];

function queries() {
  const { loadCapture, parseQuery, quantity, SIZES, TIMES } = open(BLOCKS);
  const c = loadCapture();
  for (const [text, rows] of QUERIES) {
    const query = parseQuery(text, c);
    check('query ' + JSON.stringify(text), rows, matching(query, 8));
  }
  for (const [text, problems, rows] of PROBLEMS) {
    const query = parseQuery(text, c);
    check('problem of ' + text, [problems, rows], [query.problems, matching(query, 8)]);
  }
  check('no problems', [], QUERIES.filter(([text]) => !/^(-shop -)?data:|^cdn|\[/.test(text)).flatMap(([text]) => parseQuery(text, c).problems));
  check('deep or not', [false, true, true, true, false], ['shop', 'header:a', 'x -body:b', 'any:c', 'any:'].map(text => parseQuery(text, c).deep));
  const long = 'a'.repeat(990) + ' '.repeat(10) + 'z'.repeat(2e6);
  check('a long text', [['Only the first 1000 characters are read.'], [], long.length], [parseQuery(long, c).problems, matching(parseQuery(long, c), 8), parseQuery(long, c).text.length]);
  check('the text is kept', ' a  b ', parseQuery(' a  b ', c).text);
  const none = open(blocksOf(ROWS, { rules: RULES, pages: PAGES, bodies: 'none' }));
  check('bodies that are not there', ['The bodies are not in this report; harmill convert --bodies text puts them in.'], none.parseQuery('body:x', none.loadCapture()).problems);
  check('sizes', [1, 1000, 1000, 1024, 1500000, 1048576, 2e9], ['1', '1k', '1 kB', '1KiB', '1.5M', '1MiB', '2GB'].map(text => quantity(text, SIZES)));
  check('times', [500, 500, 1500, 120000, 3600000], ['500', '500ms', '1.5s', '2min', '1h'].map(text => quantity(text, TIMES)));
}

/* Searches in slices. */

async function slices() {
  const { loadCapture, parseQuery, searchDeep } = open(BLOCKS);
  const c = loadCapture(), rows = Uint32Array.from([7, 5, 2, 0, 1]), seen = [];
  const found = await searchDeep(c, parseQuery('any:/html|/ header:accept', c), rows, (done, total) => seen.push([done, total])).done;
  check('none of them', [], Array.from(found));
  check('progress ends at the end', [5, 5], seen.at(-1));
  check('in the order given', [2, 0], Array.from(await searchDeep(c, parseQuery('header:accept', c), rows).done));
  check('of these rows only', [1], Array.from(await searchDeep(c, parseQuery('-header:accept', c), Uint32Array.from([0, 1])).done));
  check('no rows', [], Array.from(await searchDeep(c, parseQuery('any:a', c), new Uint32Array(0)).done));
  const search = searchDeep(c, parseQuery('any:a', c), rows, () => seen.push('late'));
  search.cancel();
  check('cancelled', [null, false], [await search.done, seen.includes('late')]);
}

/* Random captures and queries, beside a plain implementation. */

function random(seed) {
  let state = seed;
  const next = n => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  return { next, pick: list => list[next(list.length)] };
}

const PARTS = ['a', 'B', 'Cart', '/', '<b>', '&', '"', '\\', '\u00c9', '\u00e9t\u00e9', '\ud83d\ude00', '\ud800', '\u2028', '\n', '\t', '\x7f', ' ', '=', ',', '-', '404', '.*', '\u00df', '\u0416', '\u0436'];
const has = (text, part) => typeof text === 'string' && text.toLowerCase().includes(part.toLowerCase());

function randomRow({ next, pick }) {
  const words = n => Array.from({ length: next(n) }, () => pick(PARTS)).join('');
  const headers = () => Array.from({ length: next(3) }, () => header(pick(['Accept', 'x-A', 'X-b']), words(4)));
  return {
    url: pick(['http://a.example', 'https://B.example:81', 'https://cart', 'data:']) + pick(['', '/']) + words(5).replace(/[\s\ud800]/g, ''),
    method: pick(['GET', 'POST', undefined]), status: pick([200, 404, 0, 500, -1]), type: pick(TYPES), mime: pick(['text/html', 'image/png', undefined]),
    time: pick([-1, 0, 5, 999.9, 1000, 2000]), size: pick([-1, 0, 999, 1000, 1001, 50000]), wire: pick([-1, 0, 500, 2000]), at: pick([-1, 0, 100, 5000]),
    is: pick([[], ['failed'], ['cached', 'redirect']]), rules: pick([[], [0], [1, 2]]),
    entry: entry({ headers: headers(), postData: { text: words(6) } }, { status: next(1000), headers: headers(), content: { text: words(8), size: next(9) } }),
  };
}

const strings = value => typeof value === 'string' || typeof value === 'number' ? [String(value)]
  : value && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
const headersOf = row => [...row.entry.request.headers, ...row.entry.response.headers];
const quoted = text => '"' + text.replace(/[\\"]/g, '\\$&') + '"';

/** A term as text, and what it means. */
function randomTerm({ next, pick }) {
  const part = Array.from({ length: 1 + next(2) }, () => pick(PARTS)).join('');
  const size = row => row.size >= 0 ? row.size : row.wire;
  const [text, test] = pick([
    () => [quoted(part), row => has(row.url, part) || has(row.method, part) || has(row.mime, part) || (/^\d{3}$/.test(part) && row.status === Number(part))],
    () => ['url:' + quoted(part), row => has(row.url, part)],
    () => ['header:' + quoted(part.replace(/=/g, '')) , row => headersOf(row).some(one => has(one.name, part.replace(/=/g, '')) || has(one.value, part.replace(/=/g, '')))],
    () => ['header:' + quoted('x-a=' + part), row => headersOf(row).some(one => (one.name === 'x-A' && has(one.value, part)) || has(one.value, 'x-a=' + part))],
    () => ['body:' + quoted(part), row => [row.entry.request.postData.text, row.entry.response.content.text].some(body => has(body, part))],
    () => ['any:' + quoted(part), row => strings(row.entry).some(one => has(one, part))],
    () => ['status:404,5xx', row => row.status === 404 || row.status === 500],
    () => ['status:0', row => row.status <= 0],
    () => ['larger:1k', row => size(row) > 1000],
    () => ['smaller:1k', row => size(row) >= 0 && size(row) < 1000],
    () => ['slower:1s', row => row.time > 1000],
    () => ['before:100', row => row.at >= 0 && row.at < 100],
    () => ['is:failed,redirect', row => row.is.includes('failed') || row.is.includes('redirect')],
    () => ['rule:missing', row => row.rules.includes(1)],
    () => ['type:image,font', row => row.type === 'image' || row.type === 'font'],
  ])();
  if (/:""$/.test(text)) return ['', () => true];
  return next(4) ? [text, test] : ['-' + text, row => !test(row)];
}

async function properties() {
  for (let seed = 1; seed <= 40; seed++) {
    const chance = random(seed * 7919), rows = Array.from({ length: 12 }, () => randomRow(chance));
    const { loadCapture, parseQuery, searchDeep, toJson } = open(blocksOf(rows, { rules: RULES, perChunk: 1 + chance.next(4) }));
    const c = loadCapture();
    check(`seed ${seed}: entries`, rows.map(row => JSON.stringify(row.entry)), rows.map((_, i) => toJson(c.entry(i), 0, true)));
    for (let round = 0; round < 40; round++) {
      const terms = Array.from({ length: 1 + chance.next(3) }, () => randomTerm(chance)), text = terms.map(term => term[0]).join(' ');
      const expected = rows.flatMap((row, i) => terms.every(term => term[1](row)) ? [i] : []);
      const query = parseQuery(text, c);
      check(`seed ${seed}: ${JSON.stringify(text)}`, [expected, []], [matching(query, rows.length), query.problems]);
      if (round === 0) {
        const shown = Uint32Array.from(rows.keys()).filter(row => query.test(row));
        check(`seed ${seed}: in slices`, expected, Array.from(await searchDeep(c, query, shown).done));
      }
    }
  }
}

(async () => {
  values();
  capture();
  damaged();
  queries();
  await slices();
  await properties();
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed ? 1 : 0;
})();
