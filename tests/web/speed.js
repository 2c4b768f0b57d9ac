// How fast the report is in PROGRAM, a Chromium: `speed.js PROGRAM COUNT...` opens reports of COUNT entries from files and prints a
// row for each: first paint, until it is interactive (medians of three loads), elements, heap, 120 steps of scrolling, six filters, a sort, opening a
// request.
// Nothing is judged but the number of elements, because times belong to the machine. With details of a request they are some 200 more.
'use strict';
const fs = require('fs');
const path = require('path');
const { check, counts, equal, finish, folder, open, part, report, start, toUrl, until } = require('./session');
const { features, write } = require('./make');

const mostElements = 2000;
const queries = ['status:404', 'host:cdn', '-type:image', 'larger:50k', 'basket', 'is:failed slower:100ms'];

// Runs in the page before it: the moment in which the application is there and has answered a key.
function clock() {
  const look = () => {
    const app = document.getElementById('app');
    const grid = document.getElementById('grid');
    if (!app || app.hidden || !grid) return requestAnimationFrame(look);
    grid.focus();
    grid.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }));
    const answered = () => {
      if (!grid.querySelector('[aria-selected=true]')) return requestAnimationFrame(answered);
      window.interactive = performance.now();
    };
    answered();
  };
  requestAnimationFrame(look);
}

function scroll() {
  const grid = document.getElementById('grid');
  const room = grid.scrollHeight - grid.clientHeight;
  return new Promise(resolve => {
    const frames = [];
    let last = 0;
    const step = now => {
      if (last) frames.push(now - last);
      last = now;
      if (frames.length === 120) return resolve(frames);
      grid.scrollTop = (room * (frames.length + 1)) / 120;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

// Milliseconds until ACT has changed what COUNT or the rows show, laid out.
function timed([what, value]) {
  const grid = document.getElementById('grid');
  const acts = {
    filter: () => {
      const box = document.getElementById('query');
      box.value = value;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    },
    sort: () => [...document.querySelectorAll('#head button')].find(button => button.textContent === value).click(),
    open: () => grid.querySelector(`#body [role=row]:nth-child(${value})`).click()
  };
  const state = () =>
    what === 'open' ? document.getElementById('detail').innerText.slice(0, 500) : document.getElementById('body').innerText;
  const before = state();
  return new Promise(resolve => {
    const start = performance.now();
    acts[what]();
    const look = () => {
      grid.getBoundingClientRect();
      const now = performance.now();
      if (state() !== before || now - start > 3000) return resolve(now - start);
      requestAnimationFrame(look);
    };
    look();
  });
}

const columns = [
  'entries',
  'HAR MB',
  'report MB',
  'first paint ms',
  'interactive ms',
  'elements',
  'heap MB',
  'frame p50/p95/max ms',
  'filter min/max ms',
  'sort ms',
  'open min/max ms'
];
const row = cells => console.log(`| ${cells.join(' | ')} |`);
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const round = values => values.map(value => Math.round(value)).join('/');

async function measure(browser, count) {
  const har = path.join(folder, `${count}.har`);
  const out = fs.openSync(har, 'w');
  write(count, out);
  fs.closeSync(out);
  const file = report(`speed-${count}`, [har]);
  const { context, trouble } = await browser.context();
  const page = await context.newPage();
  await page.addInitScript(clock);
  const loads = [];
  for (let n = 0; n < 3; n++) {
    await page.goto('about:blank');
    await page.goto(toUrl(file), { timeout: 120000 });
    const interactive = await until(page, () => window.interactive, undefined, 60);
    check(`${count} entries: the application answers a key`, interactive);
    const paint = await until(page, () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    loads.push([paint, interactive]);
  }
  const [paint, interactive] = [0, 1].map(which => quantile(loads.map(load => load[which]), 0.5));
  const frames = await page.evaluate(scroll);
  const elements = await page.evaluate(() => document.getElementsByTagName('*').length);
  const filters = [];
  for (const query of queries) filters.push(await page.evaluate(timed, ['filter', query]));
  await page.evaluate(timed, ['filter', '']);
  const sorted = await page.evaluate(timed, ['sort', 'Time']);
  const opened = [];
  for (const row of [3, 5, 7, 9]) opened.push(await page.evaluate(timed, ['open', row]));
  const cdp = await context.newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6;
  check(`${count} entries: at most ${mostElements} elements`, elements <= mostElements, elements);
  equal(`${count} entries: no trouble`, [], trouble);
  const megabytes = name => (fs.statSync(name).size / 1e6).toFixed(2);
  const ends = values => round([Math.min(...values), Math.max(...values)]);
  row([
    count,
    megabytes(har),
    megabytes(file),
    round([paint]),
    round([interactive]),
    elements,
    heap.toFixed(1),
    round([quantile(frames, 0.5), quantile(frames, 0.95), Math.max(...frames)]),
    ends(filters),
    round([sorted]),
    ends(opened)
  ]);
  await context.close();
  fs.unlinkSync(har);
  fs.unlinkSync(file);
}

async function main(program, ...sizes) {
  const browser = await start(program);
  row(columns);
  row(columns.map(() => '---'));
  const first = await browser.context(); // so that the browser's own start is not measured
  await open(first.context, report('first', [features()]));
  await first.context.close();
  for (const size of sizes) await part(`${size} entries`, () => measure(browser, Number(size)));
  await browser.close();
  finish();
}

if (require.main === module)
  main(...process.argv.slice(2)).catch(error => {
    console.error(error);
    counts.failed++;
    finish();
  });
