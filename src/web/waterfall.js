/* The picture of time: bars, the axis, marks of pages, and the strip that shows the whole capture. */

/** In the order in which they happen, and always drawn in it. */
const PHASES = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'];
const WAIT = 5;

/** A row's page, or the one that was there when it began. @param {Capture} capture @param {number} row */
const pageOf = (capture, row) => capture.pages[capture.page[row]] ??
  capture.pages.findLast(({ at }) => at !== null && at <= capture.at[row]);

/** @param {View} view @returns {Axis} */
function axisOf(view) {
  const { capture, scale, window } = view;
  if (scale === 'row') return { from: 0, to: 1, base: row => Math.max(0, capture.at[row]), ofRow: true };
  const [from, to] = window ?? [0, view.end];
  if (scale === 'capture') return { from, to, base: () => 0, ofRow: false };
  const base = (/** @type {number} */ row) => pageOf(capture, row)?.at ?? 0;
  /** @type {Set<Capture['pages'][0] | undefined>} */
  const pages = new Set();
  let last = 1;
  for (const row of view.rows) {
    const page = pageOf(capture, row), until = view.ends[row] - (page?.at ?? 0);
    pages.add(page);
    if (until > last) last = until;
  }
  const times = [...pages].flatMap(page => page?.timings ?? []).map(([, ms]) => ms * 1.02).filter(ms => ms < last * 2);
  return { from: 0, to: times.reduce((a, b) => Math.max(a, b), last), base, ofRow: false, marks: true };
}

/** A part of a bar is a layer of the cell's background: no elements, and half the time that SVG takes while the list scrolls.
 * @param {string} fill @param {number} x @param {number} y @param {number} width */
const layer = (fill, x, y, width) => `${fill} ${x.toFixed(1)}px ${y}px / ${width.toFixed(1)}px ${24 - 2 * y}px no-repeat`;
const FILLS = PHASES.map((phase, i) => i ? `linear-gradient(var(--${phase}) 0 0)`
  : 'repeating-linear-gradient(135deg, var(--blocked) 0 2px, transparent 2px 4px)');
/** @type {[string, string][]} */
const MARKS = [
  ['onContentLoad', 'repeating-linear-gradient(var(--link) 0 4px, transparent 4px 6px)'],
  ['onLoad', 'linear-gradient(var(--error) 0 0)'],
];

/** Parts have a gap of 1 px between them; what would be below 2 px as a whole is 2 px of its longest phase.
 * @param {HTMLElement} cell @param {Capture} capture @param {number} row @param {Axis} axis @param {number} width */
function drawBar(cell, capture, row, axis, width) {
  const layers = [], parts = capture.phases.map(phase => phase[row]);
  const time = Math.max(0, capture.time[row]);
  const perMs = width / (axis.ofRow ? Math.max(time, 0.1) : axis.to - axis.from);
  const sum = parts.reduce((a, b) => a + b), longest = sum ? parts.indexOf(Math.max(...parts)) : WAIT;
  if (!sum) parts[WAIT] = time;
  let x = axis.ofRow ? 0 : (capture.at[row] - axis.base(row) - axis.from) * perMs;
  const tiny = Math.max(time, sum) * perMs < 2;
  if (tiny) x = Math.min(x, width - 2);
  for (let i = 0; i < parts.length && (capture.at[row] >= 0 || axis.ofRow); i++) {
    const wide = parts[i] * perMs;
    const drawn = tiny ? i === longest ? 2 : 0 : wide > 2 ? wide - 1 : wide;
    const from = Math.max(0, x), to = Math.min(width, x + drawn);
    if (to > from) layers.push(layer(FILLS[i], from + 4, i === WAIT ? 9 : 6, to - from));
    x += tiny ? 0 : wide;
  }
  for (const [name, fill] of axis.marks ? MARKS : []) {
    const timing = pageOf(capture, row)?.timings.find(each => each[0] === name);
    if (timing && timing[1] < axis.to) layers.push(layer(fill, timing[1] * perMs + 4, 0, 1.5));
  }
  cell.style.background = layers.join();
}

/** Steps of 1, 2 or 5 times a power of ten, about 90 px apart.
 * @param {number} from @param {number} to @param {number} width */
function ticksOf(from, to, width) {
  const raw = (to - from) / Math.max(1, width / 90);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (/** @type {number} */ ([1, 2, 5, 10].find(n => n * power >= raw)));
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to && ticks.length < 50; at += step) ticks.push(at);
  return ticks;
}

/** Pages' moments on an axis of the whole capture: [place, label, dashed]. Those of many pages would hide what is below them.
 * @param {View} view @param {(ms: number) => number} place @returns {[number, string, boolean][]} */
function marksOf({ capture, page }, place) {
  /** @type {[number, string, boolean][]} */
  const marks = [];
  if (page === -1 && capture.pages.length > 12) return marks;
  capture.pages.forEach(({ at, timings }, i) => {
    if (at === null || (page !== -1 && page !== i)) return;
    const number = page === -1 && capture.pages.length > 1 ? ' ' + (i + 1) : '';
    for (const [key, ms] of timings.slice(0, 12)) {
      const label = key === 'onContentLoad' ? 'DOM' : key === 'onLoad' ? 'load' : visible(key.replace(/^_/, '').slice(0, 24));
      marks.push([place(at + ms), label + number, key !== 'onLoad']);
    }
  });
  return marks;
}

/** Upright lines. @param {string} name @param {number[]} places @param {number} from @param {number} to */
const upright = (name, places, from, to) => draw('path', { class: name, d: places.map(x => `M${x} ${from}V${to}`).join('') });

/** All that is in `marks`, as two elements. @param {[number, string, boolean][]} marks @param {number} from @param {number} to */
const drawMarks = (marks, from, to) => [false, true].map(dashed =>
  upright(dashed ? 'mark dashed' : 'mark', marks.filter(mark => mark[2] === dashed).map(([x]) => x), from, to));

/** @param {string} label @param {number} x @param {number} y @param {boolean} [before] whether it ends there */
function writeAt(label, x, y, before) {
  const text = draw('text', { x: before ? x - 4 : x + 4, y, 'text-anchor': before ? 'end' : 'start' });
  text.textContent = label;
  return text;
}

/** The axis in the header of the list, and lines over all rows below it.
 * @param {Element} svg @param {View} view @param {Axis} axis @param {number} width @param {number} height */
function drawAxis(svg, view, axis, width, height) {
  const place = (/** @type {number} */ ms) => +((ms - axis.from) / (axis.to - axis.from) * width).toFixed(1);
  const ticks = ticksOf(axis.from, axis.to, width);
  const labels = ticks.filter(at => place(at) <= width - 40).map(at => {
    const time = at < 1000 ? +at.toFixed(2) + ' ms' : +(at / 1000).toFixed(3) + ' s';
    return writeAt(axis.ofRow ? Math.round(at * 100) + '%' : time, place(at), 16);
  });
  const marks = view.scale === 'capture' ? marksOf(view, place).filter(([x]) => x >= 0 && x <= width) : [];
  svg.replaceChildren(upright('tick', ticks.map(place), 0, height), ...labels, ...drawMarks(marks, 24, height));
}

/** The strip: density over time, marks, and the window that the brush cuts out.
 * @param {View} view */
function createOverview(view) {
  const { capture, end } = view;
  const strip = byId('overview');
  const paths = ['all', 'shown', 'failed'].map(name => draw('path', { class: name }));
  const marks = draw('g', {}), brush = draw('rect', { class: 'brush', y: 0, height: 44 });
  const svg = draw('svg', { height: 44, 'aria-hidden': 'true' });
  svg.append(...paths, marks, brush);
  strip.append(svg);
  let width = 0, peak = 1;

  /** Requests that start in each slice of 3 px. @param {ArrayLike<number>} rows @param {boolean} failed */
  function densityOf(rows, failed) {
    const counts = new Uint32Array(Math.max(1, Math.ceil(width / 3)));
    const perMs = counts.length / end;
    for (let i = 0; i < rows.length; i++) {
      const at = capture.at[rows[i]];
      if (at >= 0 && (!failed || capture.flags[rows[i]] & 1)) counts[Math.min(counts.length - 1, Math.floor(at * perMs))]++;
    }
    return counts;
  }

  /** @param {Element} path @param {Uint32Array} counts */
  function drawDensity(path, counts) {
    const bars = Array.from(counts, (count, i) => count ? `M${i * 3} 44v${-(2 + 26 * Math.sqrt(count / peak)).toFixed(1)}h2V44z` : '');
    path.setAttribute('d', bars.join(''));
  }

  /** Labels that do not overlap. @param {[number, string, boolean][]} list */
  function labelsOf(list) {
    let free = 0;
    return list.sort((a, b) => a[0] - b[0]).flatMap(([x, label]) => {
      const wide = 8 + label.length * 6, before = x > width - wide;
      if ((before ? x - wide : x) < free) return [];
      free = before ? x : x + wide;
      return [writeAt(label, x, 11, before)];
    });
  }

  function redraw() {
    drawDensity(paths[1], densityOf(view.rows, false));
    drawDensity(paths[2], densityOf(view.rows, true));
    const list = marksOf(view, ms => +(ms / end * width).toFixed(1));
    marks.replaceChildren(...drawMarks(list, 0, 44), ...labelsOf(list));
    const [from, to] = view.window ?? [0, 0];
    brush.setAttribute('x', String(from / end * width));
    brush.setAttribute('width', String((to - from) / end * width));
    strip.ariaValueNow = String(Math.round(from));
    strip.ariaValueText = view.window ? formatTime(from) + ' to ' + formatTime(to) : 'the whole capture';
  }

  /** @param {number} a @param {number} b */
  function setWindow(a, b) {
    const from = Math.max(0, Math.min(a, b)), to = Math.min(end, Math.max(a, b));
    view.set({ window: to > from ? [from, to] : null });
  }

  let start = 0;
  onDrag(strip, event => {
    const at = (event.clientX - strip.getBoundingClientRect().left) / width * end;
    if (event.type === 'pointerdown') start = at;
    else if (Math.abs(at - start) > end / width * 3) setWindow(start, at);
    else if (event.type === 'pointerup') setWindow(0, 0);
  });
  strip.addEventListener('keydown', event => {
    const [from, to] = view.window ?? [0, end], { key } = event;
    const step = end / 50, wide = to - from;
    const at = Math.max(0, Math.min(end - wide, from + (key === 'ArrowLeft' ? -step : step)));
    if (key === 'ArrowLeft' || key === 'ArrowRight') setWindow(at, at + wide);
    else if (key === 'ArrowUp') setWindow(from, to + step);
    else if (key === 'ArrowDown') setWindow(from, from + Math.max(step, wide - step));
    else if (key === 'Escape') setWindow(0, 0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  strip.ariaValueMax = String(Math.round(end));
  new ResizeObserver(() => {
    width = strip.clientWidth;
    svg.setAttribute('width', String(width));
    const all = densityOf(numbersTo(capture.count), false);
    peak = all.reduce((a, b) => Math.max(a, b), 1);
    drawDensity(paths[0], all);
    redraw();
  }).observe(strip);
  view.on(what => { if (what === 'rows') redraw(); });
}
