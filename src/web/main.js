/* Starts the application: toolbar, keys, the state in the address, and what the static page already has. */

/** Options of a select: whoever has more pages filters. */
const MOST_CHOICES = 100;

/** A query with a term switched, and whether it had it: "status:404" is in "status:404,500".
 * @param {string} text @param {string} term @returns {[string, boolean]} */
function switchTerm(text, term) {
  const key = term.slice(0, term.indexOf(':') + 1), value = term.slice(key.length);
  const words = text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];
  const valuesOf = (/** @type {string} */ word) => word.startsWith(key) ? word.slice(key.length).split(',') : [];
  const had = words.findIndex(word => valuesOf(word).includes(value));
  const at = had < 0 ? words.findIndex(word => word.startsWith(key)) : had;
  const others = at < 0 ? [] : valuesOf(words[at]).filter(each => each !== value);
  const values = had < 0 ? [...others, value] : others;
  words.splice(at < 0 ? words.length : at, 1, ...values.length ? [key + values.join(',')] : []);
  return [words.join(' '), had >= 0];
}

/** The colours follow the system until the button says otherwise; the condition of the dark palette is what it changes.
 * @param {HTMLElement} button */
function createTheme(button) {
  const rule = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .find(each => each instanceof CSSMediaRule && each.media.mediaText.includes('color-scheme'));
  if (!(rule instanceof CSSMediaRule)) return button.remove();
  const themes = [['auto', rule.media.mediaText], ['light', 'not all'], ['dark', 'screen']];
  let chosen = 0;
  const show = () => {
    const [name, media] = themes[chosen];
    rule.media.mediaText = media;
    document.documentElement.style.colorScheme = chosen ? name : '';
    button.textContent = 'Theme: ' + name;
  };
  button.addEventListener('click', () => {
    chosen = (chosen + 1) % 3;
    show();
  });
  show();
}

/** The edge between list and details: dragged, or moved with arrow keys. */
function createDivider() {
  const divider = byId('divider'), split = byId('split');
  const below = matchMedia('(max-width: 900px)');
  let share = 45;
  const show = () => {
    share = Math.round(Math.max(20, Math.min(80, share)));
    split.style.setProperty('--detail', share + '%');
    divider.ariaValueNow = String(share);
    divider.ariaOrientation = below.matches ? 'horizontal' : 'vertical';
  };
  onDrag(divider, ({ clientX, clientY }) => {
    const { right, bottom, width, height } = split.getBoundingClientRect();
    share = 100 * (below.matches ? (bottom - clientY) / height : (right - clientX) / width);
    show();
  });
  divider.addEventListener('keydown', event => {
    const step = { ArrowLeft: 5, ArrowUp: 5, ArrowRight: -5, ArrowDown: -5 }[event.key];
    if (!step) return;
    share += step;
    show();
    event.preventDefault();
  });
  below.addEventListener('change', show);
  show();
}

/** Terms of the query that have a button, with the number of their requests. @param {Capture} capture @returns {Map<string, number>} */
function countTerms(capture) {
  const words = [...capture.types.map(type => 'type:' + type), ...[1, 2, 3, 4, 5].map(n => `status:${n}xx`), 'is:failed', 'is:finding'];
  const counts = new Map(words.map(word => [word, 0]));
  const add = (/** @type {string} */ term) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (let row = 0; row < capture.count; row++) {
    add('type:' + capture.types[capture.type[row]]);
    if (capture.status[row] >= 100) add(`status:${Math.floor(capture.status[row] / 100)}xx`);
    if (capture.flags[row] & 1) add('is:failed');
    if (capture.level(row)) add('is:finding');
  }
  return counts;
}

/** Chips, and the words of the summary tables, switch terms of the query. Returns what shows which are on.
 * @param {View} view */
function createTerms(view) {
  /** @type {[HTMLElement, string][]} */
  const buttons = [];
  for (const [term, count] of countTerms(view.capture)) {
    if (count) buttons.push([make('button', 'chip', term.slice(term.indexOf(':') + 1), ' ', make('small', '', formatCount(count))), term]);
  }
  byId('chips').append(...buttons.map(([chip]) => chip));
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-filter]'))) {
    const button = make('button', 'term', ...place.childNodes);
    place.append(button);
    buttons.push([button, place.dataset.filter ?? '']);
  }
  for (const [button, term] of buttons) {
    button.title = 'Filter: ' + visible(term);
    button.addEventListener('click', () => view.set({ text: switchTerm(view.text, term)[0] }));
  }
  return () => {
    for (const [button, term] of buttons) button.ariaPressed = String(switchTerm(view.text, term)[1]);
  };
}

/** A choice of pages or sources, when there are several.
 * @param {string} id @param {string[]} texts @param {(value: number) => void} choose */
function fillSelect(id, texts, choose) {
  const select = byId(id), more = texts.length - MOST_CHOICES;
  byId(id + '-label').hidden = texts.length < 2;
  select.add(new Option('all', '-1'));
  texts.slice(0, MOST_CHOICES).forEach((text, i) => select.add(new Option(`${i + 1} ${visible(text).slice(0, 60)}`, String(i))));
  if (more > 0) select.add(Object.assign(new Option(`and ${formatCount(more)} more, by filter ${id}:`), { disabled: true }));
  select.addEventListener('change', () => choose(Number(select.value)));
  return select;
}

/** The parts of the toolbar that show the state and change it.
 * @param {View} view @param {List} list */
function createToolbar(view, list) {
  const { capture } = view;
  const count = byId('count'), query = byId('query'), scale = byId('scale'), everything = byId('everything');
  const showTerms = createTerms(view);
  const page = fillSelect('page', capture.pages.slice(0, 100).map(each => each.title || each.id), value => view.set({ page: value }));
  if (capture.page.includes(-1)) page.add(new Option('none', '-2'), 1);
  const source = fillSelect('source', capture.sources.map(each => each[0]), value => view.set({ source: value }));
  scale.addEventListener('change', () => view.set({ scale: scale.value }));
  for (const phase of PHASES) {
    const sign = draw('svg', { width: 12, height: 10, 'aria-hidden': 'true' }), thin = phase === 'wait';
    sign.append(draw('rect', { class: phase, y: thin ? 2 : 0, width: 12, height: thin ? 6 : 10 }));
    byId('legend').append(make('li', '', sign, phase));
  }
  let frame = 0;
  query.addEventListener('input', () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      view.set({ text: query.value });
    });
  });
  view.on(what => {
    const searching = view.busy ? `, searching: ${view.busy} %` : '';
    count.textContent = `${formatCount(view.rows.length)} of ${formatCount(capture.count)}${searching}`;
    byId('problems').textContent = view.query.problems.join(' \u00b7 ');
    if (!frame) query.value = view.text;
    if (what !== 'rows') return;
    everything.hidden = view.rows.length > MOST_AT_ONCE;
    everything.ariaPressed = String(list.isAll());
    scale.value = view.scale;
    page.value = String(view.page);
    source.value = String(view.source);
    showTerms();
  });
}

/** The state in the address: #e17, or #q=...&sort=-time&page=2&e=17.
 * @param {View} view */
function writeHash(view) {
  const { sort, down, page, source, window, selected } = view;
  const parts = {
    q: view.text, sort: sort === 'number' && !down ? '' : (down ? '-' : '') + sort,
    page: page === -1 ? '' : page + 1, source: source < 0 ? '' : source + 1,
    scale: window || view.scale === (view.capture.pages.length > 1 ? 'page' : 'capture') ? '' : view.scale,
    time: window ? window.map(Math.round).join('-') : '', e: selected < 0 ? '' : selected + 1,
  };
  const words = Object.entries(parts).filter(([, value]) => value !== '')
    .map(([key, value]) => key + '=' + encodeURIComponent(value).replace(/%3A/g, ':').replace(/%2C/g, ','));
  try {
    history.replaceState(null, '', '#' + (words.length === 1 && parts.e ? 'e' + parts.e : words.join('&')));
  } catch { /* a frame without an origin, or too many changes in a short time */ }
}

/** Its row, -1: none. @param {View} view @param {string} hash */
function readHash(view, hash) {
  const { capture } = view;
  const state = new URLSearchParams(hash.slice(1).replace(/^e(\d+)$/, 'e=$1'));
  const sort = state.get('sort') ?? 'number', key = sort.replace(/^-/, '');
  const number = (/** @type {string} */ name, /** @type {number} */ most, least = -1) => {
    const value = Number(state.get(name) ?? 0) - 1;
    return Number.isInteger(value) && value >= least && value < most ? value : -1;
  };
  const [from, to] = (state.get('time') ?? '').split('-').map(Number);
  const scale = (/** @type {const} */ (['capture', 'page', 'row'])).find(each => each === state.get('scale'));
  view.set({
    ...key !== 'bar' && COLUMNS.some(column => column.key === key) && { sort: key, down: sort !== key },
    ...scale && { scale }, text: state.get('q') ?? '',
    page: number('page', capture.pages.length, capture.page.includes(-1) ? -2 : -1), source: number('source', capture.sources.length),
    window: from >= 0 && to > from && Number.isFinite(to) ? [from, to] : null,
  });
  return number('e', capture.count);
}

/** @param {View} view @param {List} list */
function createButtons(view, list) {
  const { capture } = view, help = byId('help'), everything = byId('everything'), theme = make('button', 'theme');
  const name = capture.title.replace(/\.har$/i, '').replace(/[^\w.-]+/g, '_').slice(0, 80) || 'capture';
  byId('actions').append(theme);
  createTheme(theme);
  const acts = {
    export: () => download(exportHar(capture, view.rows), name + '.har'),
    everything: () => {
      list.showAll(!list.isAll());
      everything.ariaPressed = String(list.isAll());
    },
    keys: () => help.showModal(),
    close: () => help.close(),
    clear: () => view.set({ window: null, text: '' }),
  };
  for (const [id, act] of Object.entries(acts)) byId(id).addEventListener('click', act);
  for (const { key, title, keep } of COLUMNS) {
    if (!keep) continue;
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: list.wanted.has(key) });
    box.addEventListener('change', () => {
      list.wanted[box.checked ? 'add' : 'delete'](key);
      list.layout();
    });
    byId('columns').lastElementChild?.append(make('label', '', box, title || 'Findings'));
  }
}

/** On paper all is open, and all rows are there. @param {List} list */
function createPrint(list) {
  let before = false;
  /** @type {NodeListOf<HTMLDetailsElement> | HTMLDetailsElement[]} */
  let closed = [];
  window.addEventListener('beforeprint', () => {
    before = list.isAll();
    closed = document.querySelectorAll('details:not([open], #columns)');
    for (const each of closed) each.open = true;
    list.showAll(true, true);
  });
  window.addEventListener('afterprint', () => {
    for (const each of closed) each.open = false;
    list.showAll(before);
  });
}

/** Keys of the whole page, and of the list.
 * @param {View} view @param {List} list @param {Detail} detail */
function createKeys(view, list, detail) {
  const grid = byId('grid'), aside = byId('detail'), query = byId('query'), columns = byId('columns'), help = byId('help');
  let before = '';
  const move = (/** @type {number} */ by) => () => {
    if (!aside.contains(document.activeElement)) grid.focus({ preventScroll: true });
    list.move(by);
  };
  const turn = (/** @type {number} */ by) => () => aside.hidden || detail.turn(by);
  /** @type {Record<string, () => unknown>} */
  const anywhere = {
    j: move(1), k: move(-1), G: () => list.go(Infinity), g: () => before === 'g' && list.go(0),
    '/': () => query.focus(), '?': () => help.showModal(), '[': turn(-1), ']': turn(1),
    Escape: () => {
      if (columns.open) {
        columns.open = false;
        columns.querySelector('summary')?.focus();
      } else if (!aside.hidden) {
        detail.hide();
        grid.focus({ preventScroll: true });
      }
    },
  };
  /** @type {Record<string, () => unknown>} */
  const inGrid = {
    ArrowDown: move(1), ArrowUp: move(-1), Home: () => list.go(0), End: () => list.go(Infinity),
    PageDown: () => list.move(list.page()), PageUp: () => list.move(-list.page()),
    Enter: () => {
      if (view.selected < 0) list.go(0);
      if (view.selected >= 0) detail.show(view.selected);
    },
  };
  document.addEventListener('keydown', event => {
    const target = event.target instanceof Element ? event.target : document.body, { key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || help.open) return;
    if (target === query && (key === 'ArrowDown' || key === 'Enter')) grid.focus();
    if (target.closest('input:not([type=checkbox]), select, textarea')) return;
    const act = target === grid && inGrid[key] || anywhere[key];
    if (act) {
      event.preventDefault();
      act();
    }
    before = before === 'g' ? '' : key;
  });
}

/** What the list stands for. It stays in the page until the list is there. */
const STATIC = '#rows, #more';

/** @param {boolean} hidden */
function hideStatic(hidden) {
  byId('app').hidden = byId('actions').hidden = !hidden;
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(STATIC + ', #requests > h2'))) each.hidden = hidden;
}

function start() {
  const capture = loadCapture();
  hideStatic(true);
  document.querySelector('.notes')?.append(...capture.problems.map(text => make('li', 'note error', text)));
  const view = createView(capture);
  const grid = byId('grid'), aside = byId('detail');
  const detail = createDetail(capture, view);
  const list = createList(view, row => detail.show(row));
  createOverview(view);
  createDivider();
  createToolbar(view, list);
  createButtons(view, list);
  createPrint(list);
  createKeys(view, list, detail);

  /** Selects a row, also one that the filter hides. @param {number} row */
  const goTo = row => {
    if (!view.rows.includes(row)) view.set({ window: null, page: -1, source: -1, text: '' });
    view.select(row);
    detail.show(row);
    byId('toolbar').scrollIntoView();
    grid.focus({ preventScroll: true });
  };
  const applyHash = (/** @type {string} */ hash) => {
    const row = readHash(view, hash);
    if (row >= 0) goTo(row);
  };
  document.addEventListener('click', event => {
    const target = /** @type {Element} */ (event.target);
    const row = Number(/^#e(\d+)$/.exec(target.closest('a')?.getAttribute('href') ?? '')?.[1]) - 1;
    if (row >= 0 && row < capture.count) {
      event.preventDefault();
      goTo(row);
    }
    if (!target.closest('#columns')) byId('columns').open = false;
  });
  /* Not `location`: writeHash() may have been there before the event. */
  window.addEventListener('hashchange', event => applyHash(new URL(event.newURL).hash));
  applyHash(location.hash);
  for (const each of document.querySelectorAll(STATIC)) each.remove();

  const pages = document.getElementById('pages');
  if (pages && pages.scrollHeight > pages.clientHeight) pages.tabIndex = 0;

  let late = 0;
  view.on(what => {
    if (what === 'selected' && !aside.hidden && view.selected >= 0) detail.show(view.selected);
    window.clearTimeout(late);
    late = window.setTimeout(writeHash, 200, view);
  });
}

/* The static page stays when anything is wrong with the data. */
try {
  start();
} catch (error) {
  hideStatic(false);
  const told = 'The interactive part of this report does not work here: ' + error;
  document.querySelector('.notes')?.append(make('li', 'note error', told));
}
