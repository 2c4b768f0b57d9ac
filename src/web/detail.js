/* What is known of one request: a heading and tabs. */

/** Rows of a table at first: nobody waits for 100,000 headers. */
const ROWS_SHOWN = 100;

/** What buttons copy. @type {WeakMap<Element, string | (() => string)>} */
const copies = new WeakMap();

/** Copies to the clipboard; where there is none (file:, frames of others), through a field.
 * @param {string} text @returns {Promise<string>} what came of it */
async function copyText(text) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = /** @type {HTMLTextAreaElement} */ (make('textarea', 'unseen'));
    const before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    done = document.execCommand('copy');
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
  return done ? 'Copied.' : 'The browser does not let this page copy.';
}

/** @param {string | (() => string)} text a function: asked when it is copied @param {string} [label] */
function copyButton(text, label = '') {
  const button = make('button', label ? '' : 'copy', label);
  if (!label) {
    button.title = button.ariaLabel = 'Copy';
    const icon = draw('svg', { width: 12, height: 12, 'aria-hidden': 'true' });
    icon.append(draw('path', { d: 'M4.5 3.5v-2h6v7h-2M1.5 3.5h6v7h-6z', fill: 'none', stroke: 'currentColor' }));
    button.append(icon);
  }
  copies.set(button, text);
  return button;
}

/** Text of the capture, in its own direction; what stands for secrets is told from it. @param {string} text */
const isolated = text => Object.assign(REDACTED.test(text) && text.length < 1200
  ? make('bdi', '', ...text.split(REDACTED).map((part, i) => i % 2 ? make('span', 'token', part) : visible(part)))
  : longText(make('bdi'), text), { dir: 'ltr' });

/** @param {Capture} capture @param {string} url */
function linkTo(capture, url) {
  if (!capture.options.links || !/^https?:/i.test(url) || !URL.canParse(url)) return isolated(url);
  const rel = 'noopener noreferrer nofollow', referrerPolicy = 'no-referrer';
  return Object.assign(make('a', '', isolated(url)), { href: url, target: '_blank', rel, referrerPolicy });
}

/** @param {Maybe} value */
const textOf = value => value === undefined || value === '' ? '' : asText(value) || toJson(value, 0);

/** @param {Maybe|Node} value */
function cellOf(value) {
  if (value instanceof Node) return value.nodeName === 'TD' ? value : make('td', '', value);
  if (leftOf(value) !== undefined) return make('td', '', make('em', 'left', 'left out'));
  return make('td', '', ...(textOf(value) ? [isolated(textOf(value)), copyButton(textOf(value))] : []));
}

/** A row, named by its first cell. @param {string} name @param {(Maybe|Node)[]} values */
const rowOf = (name, ...values) =>
  make('tr', '', Object.assign(make('th', '', isolated(name)), { scope: 'row' }), ...values.map(cellOf));

/** What functions make, when it is its turn. @template T @param {(T | (() => T))[]} items @returns {Generator<T>} */
function* built(items) {
  for (const item of items) yield typeof item === 'function' ? /** @type {() => T} */ (item)() : item;
}

/** A table, or its beginning; nothing when it has no rows.
 * @param {string} title @param {string[]} heads none: no head @param {(HTMLElement | (() => HTMLElement))[]} rows */
function tableOf(title, heads, rows, className = 'pairs') {
  if (!rows.length) return make('div');
  const head = heads.length ? make('thead', '', make('tr', '', ...heads.map(text => make('th', '', text)))) : '';
  const body = make('tbody'), table = make('table', className, make('caption', '', title), head, body);
  const whole = unfold(body, built(rows), ROWS_SHOWN, table);
  return rows.length > ROWS_SHOWN ? whole : table;
}

/** Only what has a value. @param {string} title @param {[string, Maybe|Node][]} facts */
const factsOf = (title, facts) => tableOf(title, [],
  facts.filter(([, value]) => value instanceof Node || textOf(value)).map(fact => rowOf(...fact)));

/** Rows for objects with a name and a value; `more`: a third cell.
 * @param {Value[]} list @param {(item: Value) => string} [more] */
const pairsOf = (list, more) => list.map(item => () =>
  rowOf(textIn(item, 'name'), memberOf(item, 'value'), ...(more ? [isolated(more(item))] : [])));

/** @param {string} between @param {(string|undefined)[]} parts those that are there */
const joined = (between, ...parts) => parts.filter(Boolean).join(between);

/** Bytes as people read them, and exactly; '' when they are not known. @param {number} n */
const exactBytes = n => n >= 1000 ? formatBytes(n) + ' (' + formatCount(n) + ' B)' : n >= 0 ? n + ' B' : '';

/** @param {Maybe} around @param {string} name */
const bytesIn = (around, name) => exactBytes(asNumber(memberOf(around, name)));

/** The phases one below the other, each where it is in time. @param {Opened} opened */
function phasesTable({ capture, row }) {
  const lengths = capture.phases.map(phase => phase[row]);
  const whole = Math.max(0.1, capture.time[row], lengths.reduce((sum, ms) => sum + ms, 0));
  let at = 0;
  const rows = PHASES.map((phase, i) => {
    const ms = phase === 'connect' ? lengths[i] + lengths[i + 1] : lengths[i];
    const bar = draw('svg', { class: 'bar', width: '100%', height: 12, 'aria-hidden': 'true' });
    const [y, height] = phase === 'wait' || phase === 'ssl' ? [3, 6] : [0, 12];
    const x = at / whole * 98 + '%', width = Math.max(1, ms / whole * 98) + '%';
    if (ms) bar.append(draw('rect', { class: phase, x, y, width, height }));
    const cells = [at, ms].map(n => make('td', 'number', ms ? n.toFixed(1) : '\u2013'));
    at += lengths[i];
    return rowOf(phase === 'ssl' ? 'ssl, in connect' : phase, ...cells, bar);
  });
  return tableOf('Total: ' + formatTime(capture.time[row]), ['Phase', 'Offset, ms', 'Length, ms', 'Bar'], rows, 'phases');
}

/** @param {Opened} opened */
function timingTab(opened) {
  const { capture, row, entry, request, response } = opened;
  const own = (/** @type {string[]} */ ...names) => memberOf(entry, ...names);
  const page = capture.pages[capture.page[row]], size = capture.size[row];
  const saved = asNumber(memberOf(response, 'content', 'compression'));
  return [
    entry ? '' : make('p', 'left', 'The rest of this request is missing: this file was cut.'),
    phasesTable(opened),
    factsOf('Facts', [
      ['Error', own('_error') ?? memberOf(response, '_error')],
      ['Started', own('startedDateTime')],
      ['After the first', capture.at[row] < 0 ? '' : formatTime(capture.at[row])],
      ['Page', page ? joined(' \u2013 ', page.id, page.title) : own('pageref')],
      ['Input', capture.sources.length > 1 ? capture.sources[capture.source[row]][0] : ''],
      ['Server', capture.address(row)],
      ['Connection', own('connection')],
      ['Protocol', capture.protocol(row)],
      ['Initiator', asText(own('_initiator')) || joined(' ', textIn(entry, '_initiator', 'type'),
        joined(':', textIn(entry, '_initiator', 'url'), textIn(entry, '_initiator', 'lineNumber')))],
      ['Priority', own('_priority')],
      ['Kind', capture.types[capture.type[row]]],
      ['From a cache', own('_fromCache') ?? (capture.flags[row] & 4 ? 'yes' : '')],
      ['Cache', membersOf(own('cache')).length ? own('cache') : ''],
      ['Comment', own('comment')],
    ]),
    factsOf('Sizes', [
      ['Transferred', exactBytes(capture.wire[row])],
      ['Request headers', bytesIn(request, 'headersSize')],
      ['Request body', bytesIn(request, 'bodySize')],
      ['Response headers', bytesIn(response, 'headersSize')],
      ['Response body', bytesIn(response, 'bodySize')],
      ['Content', exactBytes(size)],
      ['Compression', size > 0 && saved > 0 ? (saved / size * 100).toFixed(0) + ' % saved' : ''],
    ]),
  ];
}

/** @param {Opened} opened */
function headersTab({ capture, url, request, response }) {
  return [
    factsOf('General', [
      ['Address', make('span', '', linkTo(capture, url), copyButton(url))],
      ['Method', memberOf(request, 'method')],
      ['Status', joined(' ', textIn(response, 'status'), textIn(response, 'statusText'))],
      ['Redirect', memberOf(response, 'redirectURL')],
    ]),
    ...[request, response].map((side, i) => {
      const list = listIn(side, 'headers');
      return tableOf(`${i ? 'Response' : 'Request'} headers (${list.length})`, [], pairsOf(list));
    }),
  ];
}

/** @param {Value} cookie */
const attributesOf = cookie => membersOf(cookie)
  .filter(([name, value]) => name !== 'name' && name !== 'value' && value !== false && textOf(value))
  .map(([name, value]) => value === true ? name : name + '=' + textOf(value)).join('; ');

/** @param {Opened} opened */
const cookiesTab = ({ request, response }) => [request, response].map((side, i) => tableOf(i ? 'Set by the response' : 'Sent',
  ['Name', 'Value', 'Attributes'], pairsOf(listIn(side, 'cookies'), attributesOf)));

/** The query of the address; what its list says only when the address has none. @param {string} url @param {Value} request */
function queryOf(url, request) {
  const raw = /^[^?#]*\?([^#]*)/.exec(url)?.[1];
  const pairs = () => Array.from(new URLSearchParams(raw), pair => () => rowOf(...pair));
  return { raw, rows: raw ? pairs() : pairsOf(listIn(request, 'queryString')) };
}

/** @param {Opened} opened */
const queryTab = ({ query: { raw, rows } }) =>
  [tableOf('Parameters, decoded', ['Name', 'Value'], rows), factsOf('As sent', [['Query', raw]])];

/** Of postData or content. @param {string} title @param {Maybe} body */
function bodyTab(title, body) {
  const text = memberOf(body, 'text'), params = listIn(body, 'params');
  const fileOf = (/** @type {Value} */ item) => joined(', ', textIn(item, 'fileName'), textIn(item, 'contentType'));
  const none = params.length ? '' : make('p', 'left', 'The capture has no body here.');
  return [
    factsOf(title, [['MIME type', memberOf(body, 'mimeType')], ['Size', bytesIn(body, 'size')], ['Comment', memberOf(body, 'comment')]]),
    tableOf('Parameters', ['Name', 'Value', 'File'], pairsOf(params, fileOf)),
    leftOf(text) !== undefined || asText(text) ? bodyView(body) : none,
  ];
}

/** @type {Record<string, string>} */
const OPCODES = { 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };

/** @param {Opened} opened @param {Value} message */
function messageRow({ capture, row }, message) {
  const data = memberOf(message, 'data'), text = asText(data), left = leftOf(data), code = textIn(message, 'opcode');
  const sent = textIn(message, 'type') === 'send', bytes = code === '2' ? fromBase64(text) : new TextEncoder().encode(text);
  const at = asNumber(memberOf(message, 'time')) * 1000 - (capture.start ?? 0) - capture.at[row];
  const kind = [OPCODES[code] ?? visible(code), ' ', make('small', '', formatBytes(left ?? bytes.length))];
  const time = Math.abs(at) < 1e9 ? formatTime(Math.max(0, at)) : '\u2013';
  const isHex = code === '2' && left === undefined;
  const element = rowOf(sent ? '\u2191 sent' : '\u2193 received', make('td', 'number', time), make('td', '', ...kind),
    isHex ? make('td', '', hexView(bytes, 16), copyButton(text)) : data);
  element.className = sent ? 'sent' : 'received';
  return element;
}

/** @param {Opened} opened */
const messagesTab = opened => [tableOf('Messages', ['Direction', 'Time', 'Kind', 'Data'],
  listIn(opened.entry, '_webSocketMessages').map(message => () => messageRow(opened, message)), 'messages')];

/** The worst first. @param {Opened} opened */
function findingsTab({ capture, row, found, jump }) {
  const entry = capture.pointer(row);
  const sorted = WORST_FIRST.flatMap(level => found.filter(({ rule }) => capture.rules[rule].level === level));
  return [unfold(make('div'), built(sorted.map(({ rule, pointer, message, done }) => () => {
    const { id, level, title } = capture.rules[rule];
    const below = pointer.startsWith(entry) ? pointer.slice(entry.length) : pointer;
    const where = buttonOf('', () => jump(below), 'Show it in Raw', 'pointer');
    where.append(isolated(entry + below));
    return make('div', 'found', make('p', '', make('span', 'level ' + level, level), ' ', make('code', '', id), ' ', title),
      make('p', '', isolated(message)), done ? make('p', 'done', 'Done: ', isolated(done)) : '', where);
  })), ROWS_SHOWN)];
}

/** @param {Opened} opened */
function rawTab({ capture, row, entry, mark }) {
  /** @type {HTMLElement|undefined} */
  let marked;
  const pre = unfold(make('pre', 'json'), jsonNodes(valueTokens(entry), mark, element => { marked = element; }),
    mark === undefined ? TOKENS_SHOWN : 5 * TOKENS_SHOWN);
  marked?.classList.add('marked');
  return [make('p', 'views', make('code', '', capture.pointer(row)), copyButton(() => toJson(entry, 2, true), 'Copy JSON')), pre];
}

/** @param {string} name @returns {(opened: Opened) => number} */
const countIn = name => ({ request, response }) => listIn(request, name).length + listIn(response, name).length;

/** Name, how much there is (0: no tab; -1: no number), what it shows. @type {[string, (opened: Opened) => number, TabFill][]} */
const TABS = [
  ['Timing', () => -1, timingTab],
  ['Headers', opened => countIn('headers')(opened) || -1, headersTab],
  ['Cookies', countIn('cookies'), cookiesTab],
  ['Query', ({ query }) => query.rows.length, queryTab],
  ['Request', ({ post }) => post ? -1 : 0, ({ post }) => bodyTab('Request body', post)],
  ['Response', ({ content }) => content ? -1 : 0, ({ content }) => bodyTab('Response body', content)],
  ['Messages', ({ entry }) => listIn(entry, '_webSocketMessages').length, messagesTab],
  ['Findings', ({ found }) => found.length, findingsTab],
  ['Raw', () => -1, rawTab],
];

/** @param {Capture} capture @param {View} view @returns {Detail} */
function createDetail(capture, view) {
  const aside = byId('detail'), title = make('h2');
  const told = Object.assign(make('p', 'told'), { role: 'status' });
  const list = Object.assign(make('div', 'tabs'), { role: 'tablist', ariaLabel: 'Parts of the request' });
  const panel = Object.assign(make('div', 'panel'), { role: 'tabpanel', id: 'panel', tabIndex: 0 });
  /** @type {Opened} */
  let opened;
  /** Those of this request. @type {{name: string, button: HTMLElement, fill: TabFill}[]} */
  let tabs = [];
  let current = 0;
  const hasFocus = () => list.contains(document.activeElement);

  /** @param {number} at before the first is the last, and the other way round */
  function open(at, focus = hasFocus()) {
    current = (at + tabs.length) % tabs.length;
    tabs.forEach(({ button }, i) => {
      button.ariaSelected = String(i === current);
      button.tabIndex = i === current ? 0 : -1;
    });
    const { name, button, fill } = tabs[current];
    if (focus) button.focus();
    panel.ariaLabel = name;
    panel.replaceChildren(...fill(opened));
    aside.scrollTop = 0;
    panel.querySelector('.marked')?.scrollIntoView({ block: 'center' });
    opened.mark = undefined;
  }

  /** @param {string} pointer */
  function jump(pointer) {
    opened.mark = pointer;
    open(-1, true);
  }

  /** @param {{name: string, fill: TabFill, count: number}} tab @param {number} at */
  function tabOf({ name, fill, count }, at) {
    const button = Object.assign(buttonOf(name, () => open(at, true)), { role: 'tab' });
    button.setAttribute('aria-controls', 'panel');
    if (count > 0) button.append(make('small', '', ' ' + formatCount(count)));
    return { name, fill, button };
  }

  /** @param {number} row */
  function show(row) {
    const entry = capture.entry(row), status = capture.status[row], focus = hasFocus(), before = tabs[current]?.name;
    const [request, response] = ['request', 'response'].map(name => memberOf(entry, name) ?? null);
    const url = textIn(request, 'url') || capture.url(row);
    opened = { capture, row, url, entry, request, response, query: queryOf(url, request), post: memberOf(request, 'postData'),
      content: memberOf(response, 'content'), found: capture.found(row), mark: undefined, jump };
    title.replaceChildren(make('small', '', '#' + (row + 1) + ' '), make('b', '', visible(capture.method(row))), ' ',
      make('span', statusClass(status), status > 0 ? String(status) : 'no answer'), ' ', linkTo(capture, url));
    told.textContent = '';
    copies.set(link, location.href.split('#')[0] + '#e' + (row + 1));
    tabs = TABS.map(([name, countOf, fill]) => ({ name, fill, count: countOf(opened) })).filter(tab => tab.count).map(tabOf);
    list.replaceChildren(...tabs.map(tab => tab.button));
    aside.hidden = false;
    open(Math.max(0, tabs.findIndex(tab => tab.name === before)), focus);
  }

  /** @param {number} by */
  function step(by) {
    const row = view.rows[view.rows.indexOf(opened.row) + by];
    if (row !== undefined) view.select(row);
  }

  function hide() {
    aside.hidden = true;
    byId('grid').focus();
  }

  async function copyCurl() {
    const { text, notes } = toCurl(opened.entry);
    told.textContent = joined(' ', text && await copyText(text), ...notes);
  }

  const link = copyButton('', 'Copy link');
  aside.replaceChildren(make('div', 'heading', make('div', 'tools', buttonOf('\u2191', () => step(-1), 'The request before'),
    buttonOf('\u2193', () => step(1), 'The next request'), buttonOf('Copy cURL', copyCurl, 'As a command for a shell'), link,
    buttonOf('\u2715', hide, 'Close')), title, told, list), panel);
  aside.addEventListener('click', async event => {
    const text = copies.get(/** @type {Element} */ (event.target).closest('button') ?? aside);
    if (text !== undefined) told.textContent = await copyText(typeof text === 'string' ? text : text());
  });
  list.addEventListener('keydown', event => {
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    open(to);
  });
  return { show, hide, turn: by => open(current + by) };
}
