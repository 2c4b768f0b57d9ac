/* The list of requests: a fixed number of row elements that are filled anew while the list scrolls. */

const ROW = 24;
/** Browsers do not make elements as high as they are told to; above this, the scroll position is a share of the list. */
const HIGHEST = 12e6;
/** "Show all rows" and print. */
const MOST_AT_ONCE = 10000;

/** Columns that are shown only when asked for. */
const EXTRA = 9;

/** @param {'method' | 'mime' | 'protocol' | 'address'} key @param {string} title @param {number} least @param {number} [keep]
 * @returns {ColumnOf} */
const wordColumn = (key, title, least, keep = EXTRA) =>
  ({ key, title, least, keep, name: 'long', text: (capture, row) => visible(capture[key](row)) });

/** @param {'at' | 'time' | 'size' | 'wire'} key @param {string} title @param {number} keep @param {(n: number) => string} format
 * @returns {ColumnOf} */
const numberColumn = (key, title, keep, format) =>
  ({ key, title, least: 76, keep, name: 'number', text: (capture, row) => format(capture[key][row]) });

/** @param {number} value @param {number} add */
const orDash = (value, add) => value < 0 ? '\u2013' : String(value + add);

/** @type {ColumnOf[]} */
const COLUMNS = [
  { key: 'number', title: '#', least: 56, keep: 5, name: 'number', text: (_, row) => formatCount(row + 1) },
  { key: 'level', title: '', least: 28, keep: 4, name: 'badge' },
  wordColumn('method', 'Method', 72, 6),
  { key: 'status', title: 'Status', least: 60, keep: 0, name: 'status', text: (capture, row) => orDash(capture.status[row], 0) },
  { key: 'path', title: 'Path', least: 130, grow: 1, keep: 0, name: 'long path' },
  { key: 'type', title: 'Type', least: 82, keep: 7, name: 'type', text: (capture, row) => capture.types[capture.type[row]] ?? '' },
  wordColumn('mime', 'MIME type', 150),
  wordColumn('protocol', 'Protocol', 80),
  wordColumn('address', 'Address', 130),
  { key: 'page', title: 'Page', least: 64, keep: EXTRA, name: 'number', text: (capture, row) => orDash(capture.page[row], 1) },
  numberColumn('at', 'Start', EXTRA, formatTime),
  numberColumn('wire', 'Received', EXTRA, formatBytes),
  numberColumn('size', 'Size', 3, formatBytes),
  numberColumn('time', 'Time', 1, formatTime),
  { key: 'bar', title: 'Waterfall', least: 90, grow: 1.3, keep: 2, name: 'bar' },
];
/** What is looked at from the top. */
const DOWN_FIRST = ['time', 'size', 'wire', 'level'];
const LEVELS = ['', 'info', 'warning', 'error'];

/** @param {number} status */
const statusClass = status => 's' + (status >= 100 && status < 600 ? Math.floor(status / 100) : 0);

/** What fills a cell; the bar is filled by the list, which has its axis.
 * @param {HTMLElement} cell @param {Capture} capture @param {ColumnOf} column @returns {Fill} */
function fillOf(cell, capture, { key, text }) {
  const node = document.createTextNode('');
  if (key === 'level') return row => {
    const level = LEVELS[capture.level(row)];
    cell.replaceChildren(...level ? [make('span', 'level ' + level, level.charAt(0).toUpperCase())] : []);
    cell.title = capture.rulesOf(row).map(rule => capture.rules[rule].title).join('\n');
  };
  if (key === 'path') {
    const host = make('span', 'host');
    cell.append(Object.assign(make('bdi', '', host, node), { dir: 'ltr' }));
    return row => {
      host.textContent = visible(capture.host(row));
      node.data = visible(capture.path(row));
    };
  }
  cell.append(node);
  return row => {
    node.data = text?.(capture, row) ?? '';
    if (key === 'status') cell.className = 'status ' + statusClass(capture.status[row]);
  };
}

/** @param {View} view @param {(row: number) => void} open */
function createList(view, open) {
  const { capture } = view;
  const grid = byId('grid'), head = byId('head'), body = byId('body');
  const axisSvg = draw('svg', { class: 'axis', 'aria-hidden': 'true' });
  const wanted = new Set(COLUMNS.filter(column => column.keep !== EXTRA).map(column => column.key));
  /** @type {Line[]} */
  let lines = [];
  /** @type {ColumnOf[]} */
  let shown = [];
  let axis = axisOf(view), barWidth = 0, height = 0, wide = 0, all = false, paper = false, frame = 0, current = 0, activeId = '';
  /* As the last event said: to ask for it would cost a layout each time. */
  let scrolled = 0;
  /** @type {unknown[]} */
  let state = [];

  const total = () => Math.min(HIGHEST, view.rows.length * ROW);
  /** Rows that are seen at once. */
  const seen = () => (height - ROW) / ROW;
  const room = () => total() - (height - ROW);
  const isShare = () => total() === HIGHEST && room() > 0;
  /** Where the list stands, in rows. */
  const firstRow = () => isShare() ? Math.min(1, scrolled / room()) * (view.rows.length - seen()) : scrolled / ROW;
  const isSelected = () => view.selected >= 0 && view.rows[current] === view.selected;

  function makeLine() {
    const element = Object.assign(make('div', 'row'), { role: 'row', ariaSelected: 'false', id: 'line' + lines.length });
    const fill = shown.map(column => {
      const cell = Object.assign(make('div', column.name), { role: 'gridcell' });
      element.append(cell);
      if (column.key === 'bar') return (/** @type {number} */ row) => drawBar(cell, capture, row, axis, barWidth);
      return fillOf(cell, capture, column);
    });
    body.append(element);
    lines.push({ element, fill, index: -1, row: -1, top: -1 });
  }

  /** @param {Line} line */
  function mark({ element, row }) {
    const selected = String(row >= 0 && row === view.selected);
    if (element.ariaSelected !== selected) element.ariaSelected = selected;
  }

  /** @param {Line} line @param {number} index */
  function fillLine(line, index) {
    const row = view.rows[index], { element } = line;
    line.index = index;
    element.ariaRowIndex = String(index + 2);
    if (line.row !== row) {
      line.row = row;
      for (const fill of line.fill) fill(row);
      element.classList.toggle('failed', (capture.flags[row] & 1) > 0);
    }
    element.classList.toggle('odd', index % 2 > 0);
    mark(line);
  }

  /** Fills the lines that came into view. Their number is even where it can be: then an odd row stays one. */
  function render() {
    const first = all ? 0 : firstRow(), count = view.rows.length;
    const need = all ? count : Math.min(count, 2 * Math.ceil(seen() / 2) + 6);
    while (lines.length < need) makeLine();
    while (lines.length > need) lines.pop()?.element.remove();
    const shift = isShare() ? scrolled - first * ROW : 0;
    const start = Math.max(0, Math.min(Math.floor(first) - 2, count - need));
    for (let index = start; index < start + need; index++) {
      const line = lines[index % need], top = index * ROW + shift;
      if (line.top !== top) line.element.style.top = all ? '' : `${top}px`; /* half the painting of a transform */
      line.top = top;
      if (line.index !== index || line.row !== view.rows[index]) fillLine(line, index);
    }
    const active = count ? lines[current % need] : null;
    const id = active && active.index === current ? active.element.id : '';
    if (id !== activeId) grid.setAttribute('aria-activedescendant', id);
    activeId = id;
  }

  /** All lines anew: other rows, columns, widths or times. */
  function refill() {
    axis = axisOf(view);
    for (const line of lines) line.index = line.row = -1;
    body.style.height = all ? 'auto' : total() + 'px';
    grid.ariaRowCount = String(view.rows.length + 1);
    byId('none').hidden = view.rows.length > 0;
    if (barWidth) drawAxis(axisSvg, view, axis, barWidth, height);
    render();
  }

  /** @param {ColumnOf} column @param {number} index */
  function makeHeading({ key, title, name }, index) {
    const isBar = key === 'bar', sort = isBar ? 'at' : key;
    const button = make('button', 'sort', isBar ? '' : title);
    const heading = Object.assign(make('div', name, ...isBar ? [axisSvg] : [], button),
      { role: 'columnheader', ariaColIndex: String(index + 1) });
    if (isBar || !title) button.ariaLabel = isBar ? 'Waterfall, by start' : 'Findings';
    if (sort === view.sort) {
      heading.ariaSort = view.down ? 'descending' : 'ascending';
      button.append(make('span', view.down ? 'down' : 'up'));
    }
    button.addEventListener('click', () => {
      view.set({ sort, down: sort === view.sort ? !view.down : DOWN_FIRST.includes(sort) });
      /** @type {HTMLElement | null} */ (head.children[index]?.querySelector('button'))?.focus();
    });
    return heading;
  }

  const putHead = () => head.replaceChildren(...shown.map(makeHeading));

  /** Chooses the columns for the width there is. */
  function layout() {
    [wide, height] = [grid.clientWidth, grid.clientHeight];
    const most = paper ? 680 : wide;
    const fit = COLUMNS.filter(column => wanted.has(column.key));
    for (const column of fit.filter(each => each.keep).sort((a, b) => b.keep - a.keep)) {
      if (fit.reduce((sum, each) => sum + each.least, 20) > most) fit.splice(fit.indexOf(column), 1);
    }
    if (String(fit.map(column => column.key)) !== String(shown.map(column => column.key))) clear();
    shown = fit;
    grid.style.setProperty('--columns', fit.map(({ key, least, grow }) =>
      !grow ? least + 'px' : paper && key === 'bar' ? '200px' : `minmax(${least}px, ${grow}fr)`).join(' '));
    grid.ariaColCount = String(fit.length);
    grid.classList.toggle('narrow', most < 900);
    putHead();
    barWidth = !axisSvg.isConnected ? 0 : paper ? 192 : Math.max(0, /** @type {Element} */ (axisSvg.parentNode).clientWidth - 8);
    axisSvg.setAttribute('width', String(barWidth));
    axisSvg.setAttribute('height', String(height));
    refill();
  }

  function clear() {
    lines = [];
    body.replaceChildren();
  }

  /** Scrolls no further than needed. @param {number} index */
  function reveal(index) {
    if (all) return lines[index]?.element.scrollIntoView({ block: 'nearest' });
    const first = firstRow();
    if (index >= first && index <= first + seen() - 1) return;
    const to = index < first ? index : index - seen() + 1;
    grid.scrollTop = isShare() ? to / (view.rows.length - seen()) * room() : to * ROW;
    scrolled = grid.scrollTop;
    render();
  }

  /** Makes the row at a place of the list the current one. @param {number} index */
  function go(index) {
    if (!view.rows.length) return;
    current = Math.max(0, Math.min(view.rows.length - 1, index));
    view.select(view.rows[current]);
  }

  /** All lines at once; for paper with columns of fixed widths, since nobody tells how wide it is.
   * @param {boolean} on @param {boolean} [onPaper] */
  function showAll(on, onPaper = false) {
    all = on && view.rows.length <= MOST_AT_ONCE;
    paper = onPaper;
    grid.classList.toggle('all', on);
    clear();
    layout();
  }

  grid.addEventListener('scroll', () => {
    scrolled = grid.scrollTop;
    if (!all) frame ||= requestAnimationFrame(() => { frame = 0; render(); });
  }, { passive: true });
  const lineAt = (/** @type {Event} */ event) => {
    const element = /** @type {Element} */ (event.target).closest('.row');
    return lines.find(line => line.element === element);
  };
  body.addEventListener('click', event => {
    const line = lineAt(event);
    if (!line || String(getSelection())) return;
    go(line.index);
    open(line.row);
  });
  body.addEventListener('mouseover', event => {
    const cell = /** @type {Element} */ (event.target).closest('.path'), line = cell && lineAt(event);
    if (line) /** @type {HTMLElement} */ (cell).title = visible(capture.url(line.row));
  });
  new ResizeObserver(() => {
    if (grid.clientWidth === wide && grid.clientHeight === height) return;
    const inView = !all && isSelected() && current >= firstRow() - 1 && current <= firstRow() + seen();
    layout();
    if (inView) reveal(current);
  }).observe(grid);
  view.on(what => {
    if (what === 'busy') return;
    if (!isSelected()) current = Math.max(0, view.rows.indexOf(view.selected));
    if (what === 'selected') {
      lines.forEach(mark);
      if (isSelected()) reveal(current);
      return render();
    }
    const before = state;
    state = [view.sort, view.down, view.text, view.page, view.source, view.window];
    if (state[0] !== before[0] || state[1] !== before[1]) putHead();
    if (all && view.rows.length > MOST_AT_ONCE) return showAll(false);
    if (!isSelected() && state.some((value, i) => value !== before[i])) grid.scrollTop = scrolled = 0;
    refill();
    if (isSelected()) reveal(current);
  });
  layout();
  return {
    wanted, layout, showAll, go,
    /** @param {number} by */
    move: by => go(isSelected() ? current + by : current),
    page: () => Math.max(1, Math.floor(seen())),
    isAll: () => all,
  };
}
