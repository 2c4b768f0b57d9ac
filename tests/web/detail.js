// The details of requests that have very much of something: what a tab makes at first, and that all of it can be had; addresses as the
// entry has them. With as much of a document as that needs. Prints problems, and the number of checks.
'use strict';
const { load, valueOf } = require('./scripts.js');

class Node {
  constructor(name) {
    Object.assign(this, { nodeName: name.toUpperCase(), parts: [] });
    Node.made++;
  }
  append(...parts) { this.parts.push(...parts.map(part => part instanceof Node ? part : String(part))); }
  replaceChildren(...parts) {
    this.parts = [];
    this.append(...parts);
  }
  set textContent(text) { this.replaceChildren(text); }
  get textContent() { return this.parts.map(part => part.textContent ?? part).join(''); }
  get all() { return this.parts.flatMap(part => part instanceof Node ? [part, ...part.all] : []); }
  get classList() { return { add() {} }; }
  click() { this.onclick(); }
  setAttribute(name, value) { this[name] = value; }
  querySelector() { return null; }
  contains() { return false; }
  addEventListener() {}
  focus() {}
}
const byId = { detail: new Node('aside') };
const document = { createElement: name => new Node(name), createElementNS: (_, name) => new Node(name), getElementById: id => byId[id] };
const { createDetail } = load(['text', 'data', 'waterfall', 'list', 'detail', 'body', 'curl'], ['createDetail'],
  { document, Node, HTMLElement: Node, URLSearchParams, location: { href: 'file:///report.html' } });

/** About so many; cookies of both sides are a few more than 2,000. */
const MOST = 2100;
const MANY = 3000;
const problems = [];
let count = 0;
function check(what, wanted, got) {
  count++;
  if (wanted !== got) problems.push(`${what}: wanted ${JSON.stringify(wanted).slice(0, 300)}, got ${JSON.stringify(got)?.slice(0, 300)}`);
}

/** A capture of one request. */
function captureOf(entry, more) {
  const one = value => [value];
  return {
    count: 1, options: { links: false }, sources: [['a.har', '0', 1]], pages: [], types: ['other'], start: 0,
    rules: [{ id: 'a-rule', level: 'warning', title: 'A rule' }], phases: Array.from({ length: 7 }, () => one(1)),
    at: one(0), time: one(7), status: one(200), wire: one(1), size: one(1), flags: one(0), page: one(-1), source: one(0), type: one(0),
    method: () => 'GET', url: () => 'http://host.example/cut\u2026', address: () => '', protocol: () => '', pointer: () => '/log/entries/0',
    entry: () => valueOf(entry), found: () => [], ...more,
  };
}

/** The details, and what opens a tab. */
function opened(entry, more = {}) {
  createDetail(captureOf(entry, more), { rows: [0] }).show(0);
  const { all } = byId.detail, panel = all.find(element => element.id === 'panel');
  return {
    panel, heading: all.find(element => element.nodeName === 'H2'),
    tab: name => all.find(element => element.role === 'tab' && element.textContent.startsWith(name)),
  };
}

const list = make => Array.from({ length: MANY }, (_, i) => make(i));
const pair = i => ({ name: 'name-' + i, value: 'value-' + i });
const cookie = i => ({ ...pair(i), path: '/', httpOnly: true });
const message = opcode => i => ({ type: i % 2 ? 'send' : 'receive', time: i, opcode, data: opcode === 2 ? 'AAECAwQF'.repeat(100) : 'text-' + i });
const entryOf = (request, response = {}, more = {}) => ({ request: { url: 'http://host.example/', ...request }, response, ...more });
const found = list(i => ({ rule: 0, pointer: '/log/entries/0/request/headers/' + i, message: 'text-' + i, done: 'done-' + i }));
/** Tab, what it must begin with and end with, entry. */
const LARGE = [
  ['Headers', 'name-', entryOf({ headers: list(pair) }, { headers: list(pair) })],
  ['Cookies', 'value-', entryOf({ cookies: list(cookie) }, { cookies: list(cookie) })],
  ['Query', 'value-', entryOf({ url: 'http://host.example/?' + list(i => `name-${i}=value-${i}`).join('&') })],
  ['Query', 'value-', entryOf({ queryString: list(pair) })],
  ['Request', 'value-', entryOf({ postData: { mimeType: 'a/b', params: list(i => ({ ...pair(i), fileName: 'f', contentType: 'c/d' })) } })],
  ['Response', '', entryOf({}, { content: { mimeType: 'application/json', text: JSON.stringify(list(pair)) } })],
  ['Response', '', entryOf({}, { content: { mimeType: 'text/plain', text: 'a line\n'.repeat(MANY) } })],
  ['Messages', 'text-', entryOf({}, {}, { _webSocketMessages: list(message(1)) })],
  ['Messages', '', entryOf({}, {}, { _webSocketMessages: list(message(2)) })],
  ['Findings', 'text-', entryOf({}), { found: () => found }],
];

/** Shows more until there is no more. @returns {number} how often */
function unfolded(panel) {
  for (let times = 0; ; times++) {
    const more = panel.all.find(element => element.className === 'more' && element.parts[0] === 'Show more' && !element.hidden);
    if (!more || times > MANY) return times;
    more.click();
  }
}

for (const [name, text, entry, more] of LARGE) {
  const { panel, tab } = opened(entry, more);
  for (const one of [name, 'Raw']) {
    Node.made = 0;
    tab(one).click();
    if (Node.made > 1.1 * MOST) problems.push(`${one} of much in ${name}: makes ${Node.made} elements`);
    check(`${one} of much in ${name}: at most ${MOST} elements are there`, true, panel.all.length > 2 && panel.all.length <= MOST);
  }
  if (!text) continue;
  tab(name).click();
  check(`${name}: the first is there`, true, panel.textContent.includes(text + 0));
  check(`${name}: the last is not`, false, panel.textContent.includes(text + (MANY - 1)));
  check(`${name}: there is more`, true, unfolded(panel) > 1);
  check(`${name}: all of it`, MANY - 1, Math.max(...Array.from(panel.textContent.matchAll(new RegExp(text + '(\\d+)', 'g')), match => match[1])));
}

const few = opened(entryOf({ headers: [pair(1)] }));
few.tab('Headers').click();
check('few rows have no button', 0, unfolded(few.panel));
const long = 'http://user:pass@host.example/' + 'x'.repeat(5000) + '?a=b#c';
const { panel, heading, tab } = opened(entryOf({ url: long }));
tab('Headers').click();
panel.all.find(element => element.parts[0]?.startsWith?.('Show all')).click();
check('the address is that of the entry', true, panel.textContent.includes(long));
check('and in the heading', true, heading.textContent.includes('user:pass@'));
check('so is the query', true, tab('Query') !== undefined);
check('an entry that is missing has that of the list', true, opened(null).heading.textContent.endsWith('/cut\u2026'));

for (const problem of problems) console.log(problem.replace(/[^ -~]/g, '?'));
console.log(count + ' checks');
process.exitCode = problems.length ? 1 : 0;
