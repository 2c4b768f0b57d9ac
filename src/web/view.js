/* What is shown and in which order. Nothing here touches the document. */

/** 0, 1, 2 and so on. @param {number} count */
const numbersTo = count => new Uint32Array(count).map((_, i) => i);

/** One number of at least 0 for each row, NaN for what is not known.
 * @param {Capture} capture @param {string} name */
function sortKeys(capture, name) {
  const keys = new Float64Array(capture.count);
  const table = /** @type {Record<string, Table>} */ (capture.tables)[name];
  const words = name === 'path' ? Array.from(keys, (_, row) => capture.path(row)) : table?.words;
  if (words) {
    const rank = new Map([...new Set(words)].sort().map((word, i) => [word, i]));
    return keys.map((_, row) => rank.get(words[table ? table.column[row] : row]) ?? NaN);
  }
  const column = name === 'number' ? numbersTo(keys.length)
    : name === 'level' ? keys.map((_, row) => capture.level(row)) : /** @type {any} */ (capture)[name];
  for (let row = 0; row < keys.length; row++) keys[row] = column[row] < 0 ? NaN : Math.round(column[row] * 10);
  return keys;
}

/** Rows by their keys; equal ones stay in the order of the capture, unknown ones come last. Key and row are packed into one number
 * where they fit, since sorting without a function is several times as fast.
 * @param {Float64Array} keys @param {boolean} down */
function sortRows(keys, down) {
  const count = keys.length, packed = new Float64Array(count), rows = numbersTo(count);
  let most = 0;
  for (const key of keys) if (key > most) most = key;
  const fit = (most + 2) * count < 2 ** 53;
  for (let row = 0; row < count; row++) {
    const key = Number.isNaN(keys[row]) ? most + 1 : down ? most - keys[row] : keys[row];
    packed[row] = fit ? key * count + row : key;
  }
  if (!fit) return rows.sort((a, b) => packed[a] - packed[b] || a - b);
  packed.sort();
  for (let i = 0; i < count; i++) rows[i] = packed[i] % count;
  return rows;
}

/** What an axis has to hold of each row. A time that is out of all proportion would leave a pixel for all others: it does not count, and
 * its bar runs to the edge. @param {Capture} capture */
function endsOf({ at, time, count }) {
  const usual = Float64Array.from(time).sort()[Math.floor(count * 0.9)];
  const most = Math.max(600000, 20 * usual);
  return Float64Array.from(at, (from, row) => from + (time[row] > most ? 0 : Math.max(0, time[row])));
}

/** When a page's timings were, since the start. @param {Capture} capture */
const momentsOf = capture => capture.pages.slice(0, 50).flatMap(({ at, timings }) => at === null ? [] : timings.map(([, ms]) => at + ms));

/** @param {Capture} capture @returns {View} */
function createView(capture) {
  /** @type {((what: string) => void)[]} */
  const listeners = [];
  const tell = (/** @type {string} */ what) => listeners.forEach(listener => listener(what));
  const ends = endsOf(capture);
  const end = ends.reduce((a, b) => Math.max(a, b), 1);
  let order = numbersTo(capture.count);
  /** @type {DeepSearch | null} */
  let search = null;
  /** Without a window, which has a scale of its own. @type {View['scale']} */
  let scaleBefore = 'capture';
  /** Rows that match the deep terms. @type {Set<number>} */
  let deep = new Set();

  /** @param {number} row */
  function inScope(row) {
    const { page, source, window } = view;
    if (page !== -1 && capture.page[row] !== (page < 0 ? -1 : page)) return false;
    if (source >= 0 && capture.source[row] !== source) return false;
    if (!window) return true;
    const at = capture.at[row];
    return at >= 0 && at <= window[1] && at + Math.max(0, capture.time[row]) >= window[0];
  }

  function refresh() {
    const { query } = view;
    const rows = new Uint32Array(order.length);
    let count = 0;
    for (const row of order) if (inScope(row) && query.test(row) && (!query.deep || deep.has(row))) rows[count++] = row;
    view.rows = rows.subarray(0, count);
    tell('rows');
  }

  /** Deep terms read all entries; until that is done, the list stays as it is. */
  async function searchEntries() {
    const { query } = view;
    const mine = search = searchDeep(capture, query, numbersTo(capture.count).filter(row => query.test(row)), (seen, total) => {
      view.busy = Math.ceil(seen / total * 100);
      tell('busy');
    });
    const found = await mine.done;
    if (mine !== search) return;
    view.busy = 0;
    deep = new Set(found);
    refresh();
  }

  /** @type {View} */
  const view = {
    capture, ends, end: Math.max(end, ...momentsOf(capture).filter(at => at < end * 1.5)),
    rows: order, selected: -1, sort: 'number', down: false, text: '', query: parseQuery('', capture),
    page: -1, source: -1, scale: capture.pages.length > 1 ? 'page' : 'capture', window: null, busy: 0,
    set(changes) {
      const { sort, down, text, window } = view;
      Object.assign(view, changes);
      if (view.window && !window) [scaleBefore, view.scale] = [view.scale, 'capture'];
      if (window && !view.window) view.scale = changes.scale ?? scaleBefore;
      if (view.sort !== sort || view.down !== down) order = sortRows(sortKeys(capture, view.sort), view.down);
      if (view.text === text) return refresh();
      search?.cancel();
      search = null;
      view.query = parseQuery(view.text, capture);
      view.busy = view.query.deep ? 1 : 0;
      if (view.query.deep) searchEntries();
      else refresh();
    },
    select(row) {
      view.selected = row;
      tell('selected');
    },
    on(listener) {
      listeners.push(listener);
    },
  };
  return view;
}
