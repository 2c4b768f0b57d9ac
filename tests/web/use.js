// What a person does with a report: types, presses keys, clicks, copies. browser.js calls it, with the report of features().
'use strict';
const fs = require('fs');
const path = require('path');
const { check, equal, folder, run, shot, sleep, toUrl, until } = require('./session');
const { features } = require('./make');

const capture = features();
const { entries } = capture.log;
const clipboard = page => page.evaluate(() => navigator.clipboard.readText());
const rowsShown = page => page.evaluate(() => Number(document.getElementById('grid').getAttribute('aria-rowcount')) - 1);
const detailText = page => page.evaluate(() => document.getElementById('detail').innerText);
const detailOpen = page => page.evaluate(() => !document.getElementById('detail').hidden);
// Its number, while the list is neither filtered nor sorted.
const selected = page =>
  page.evaluate(() => {
    const row = document.querySelector('#body [aria-selected=true]');
    return row && String(row.ariaRowIndex - 1);
  });
// Waits until the state is as expected; then it is compared, for the message.
async function settles(name, page, expected, read) {
  let last;
  for (const end = Date.now() + 5000; Date.now() < end; await sleep(20)) {
    last = await read(page);
    if (JSON.stringify(last) === JSON.stringify(expected)) break;
  }
  equal(name, expected, last);
}

const host = entry => /^[a-z]+:\/\/([^/]+)/.exec(entry.request.url)?.[1] || '';
const isFailed = entry =>
  Number(entry.response.status) >= 400 || Number(entry.response.status) === 0 || entry.response._error !== undefined;
// What is typed, and which entries it means.
const typed = [
  ['status:404', e => Number(e.response.status) === 404],
  ['status:4xx', e => Math.floor(e.response.status / 100) === 4],
  ['status:200-299', e => e.response.status >= 200 && e.response.status < 300],
  ['method:POST', e => e.request.method === 'POST'],
  ['-method:POST', e => e.request.method !== 'POST'],
  ['host:cdn', e => host(e).includes('cdn')],
  ['type:image', e => e._resourceType === 'image'],
  ['type:image,font', e => ['image', 'font'].includes(e._resourceType)],
  ['type:image -status:200', e => e._resourceType === 'image' && Number(e.response.status) !== 200],
  ['larger:50k', e => e.response.content.size > 50000],
  ['is:websocket', e => e._webSocketMessages],
  ['is:failed', isFailed],
  ['body:pong', e => e._webSocketMessages],
  ['header:planted', () => false],
  ['any:"net::ERR_CONNECTION_REFUSED"', e => e.response._error === 'net::ERR_CONNECTION_REFUSED'],
  ['nothing-like-this', () => false],
  ['', () => true]
];

async function filters(page) {
  for (const [text, means] of typed) {
    await page.locator('#query').fill('');
    await page.locator('#query').pressSequentially(text);
    const expected = entries.filter(means).length;
    await settles(`filter: ${text || 'none'}`, page, expected, rowsShown);
    await settles(`filter: ${text || 'none'}: it is told how many`, page, `${expected} of ${entries.length}`, page =>
      page.evaluate(() => document.getElementById('count').textContent)
    );
    equal(`filter: ${text || 'none'}: whether none is told`, expected === 0, await page.locator('#none').isVisible());
    equal(`filter: ${text || 'none'}: no problem`, '', await page.locator('#problems').textContent());
  }
  await page.locator('#query').fill('sttaus:404');
  await settles('filter: an unknown word is told, with what was meant', page, true, async page =>
    /status/.test(await page.locator('#problems').textContent())
  );
  await shot(page, 'problem');
  await page.locator('#query').fill('nothing-like-this');
  await settles('filter: none', page, 0, rowsShown);
  await shot(page, 'none');
  await page.locator('#clear').click();
  await settles('the filter is cleared', page, entries.length, rowsShown);
  await page.locator('#chips button', { hasText: 'image' }).click();
  await settles('a chip filters', page, entries.filter(e => e._resourceType === 'image').length, rowsShown);
  equal('a chip says that it is on', 'true', await page.locator('#chips button', { hasText: 'image' }).getAttribute('aria-pressed'));
  await page.locator('#chips button', { hasText: 'image' }).click();
  await settles('a chip filters no longer', page, entries.length, rowsShown);
}

// The bar of #1 has the parts of its timings, as wide as they are long; ssl is a part of connect.
async function waterfall(page) {
  const { time, timings } = entries[0];
  await page.locator('#scale').selectOption('row');
  const widths = {};
  for (const phase of ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive']) widths[phase] = Math.max(0, timings[phase]);
  widths.connect -= widths.ssl;
  const { drawn, room } = await page.evaluate(() => {
    const bar = document.querySelector('#body [role=row] .bar');
    return { drawn: getComputedStyle(bar).backgroundSize.split(',').map(parseFloat), room: bar.clientWidth };
  });
  const scale = (drawn.reduce((all, each) => all + each, 0) + drawn.length) / time;
  check('waterfall: seven phases', drawn.length === 7 && Object.values(widths).every(each => each > 0), { drawn, timings });
  check(
    'waterfall: as wide as they are long, ssl inside connect',
    Object.values(widths).every((each, n) => Math.abs(each * scale - 1 - drawn[n]) < 2),
    { drawn, widths, scale }
  );
  check('waterfall: a row is as wide as there is room', scale * time <= room && scale * time > room * 0.9, [scale * time, room]);
  await shot(page, 'scale-row');
  await page.locator('#scale').selectOption('capture');
  const { marks, words, wide } = await page.evaluate(() => ({
    marks: [...document.querySelectorAll('#overview .mark')].flatMap(one =>
      [...one.getAttribute('d').matchAll(/M([\d.]+) /g)].map(([, x]) => [one.getAttribute('class'), Number(x)])),
    words: [...document.querySelectorAll('#overview text')].map(one => one.textContent),
    wide: document.getElementById('overview').clientWidth
  }));
  equal(
    'page markers: onLoad solid, the others dashed',
    [...Array(2).fill('mark'), ...Array(3).fill('mark dashed')],
    marks.map(([name]) => name).sort()
  );
  check('page markers: in their place', marks.every(([, x]) => x > 0 && x < wide), marks);
  for (const word of ['DOM 1', 'DOM 2', 'load 1', 'firstPaint 1']) check(`page markers: ${word}`, words.includes(word), words);
  await shot(page, 'scale-capture');
  await page.locator('#scale').selectOption('page');
  const columns = page.locator('#head [role=columnheader]', { hasText: 'Type' });
  const before = await columns.count();
  await page.locator('#columns summary').click();
  await page.locator('#columns label', { hasText: /^Type$/ }).locator('input').click();
  await settles('columns: one less, or one more', page, 1, async () => Math.abs((await columns.count()) - before));
  await shot(page, 'columns');
  await page.locator('#columns label', { hasText: /^Type$/ }).locator('input').click();
  await page.locator('#columns summary').click();
}

// How often each value of READ is there, the largest number first.
function tally(read) {
  const counts = {};
  for (const each of entries) counts[read(each)] = (counts[read(each)] || 0) + 1;
  return Object.values(counts).sort((a, b) => b - a);
}

async function summaries(page) {
  const numbers = id =>
    page.evaluate(id => [...document.querySelectorAll(`#${id} tbody tr`)].map(row => Number(row.cells[1].textContent)), id);
  const sorted = async id => (await numbers(id)).sort((a, b) => b - a);
  equal('summary by status', tally(e => Math.floor(e.response.status / 100)), await sorted('by-status'));
  equal('summary by type', tally(e => (e._resourceType === 'xhr' ? 'fetch' : e._resourceType)), await sorted('by-type'));
  const hosts = tally(host);
  const [ten, rest] = [hosts.slice(0, 10), hosts.slice(10).reduce((all, each) => all + each, 0)];
  equal('summary by host, the others in one', [...ten, rest], await numbers('by-host'));
  const linked = id => page.evaluate(id => [...document.querySelectorAll(`#${id} a`)].map(a => a.getAttribute('href')), id);
  const first = read =>
    entries
      .map((each, n) => [read(each), n + 1])
      .sort((a, b) => b[0] - a[0])
      .slice(0, 5)
      .map(([, n]) => `#e${n}`);
  equal('the slowest five', first(e => e.time), await linked('slowest'));
  equal('the largest five', first(e => e.response.content.size), await linked('largest'));
}

async function findings(page) {
  const told = await page.locator('.notes').innerText();
  check('the verdict is in the banner', /3 warnings/.test(told), told);
  check('what was redacted is in the banner', /Redacted: \d+ values of \d+ kinds? \(cookie \d+.*\) were replaced by tokens such as redacted-.* 0 of \d+ secrets? were found/.test(told.replace(/\s+/g, ' ')), told);
  const badge = page.locator('#body [role=row][aria-rowindex="11"] .level');
  equal('a badge on the row', 'W', (await badge.textContent()).trim());
  await show(page, 10);
  const text = await tab(page, 'Findings');
  check('findings of the request', /cookies-mismatch/.test(text), text);
  await page.locator('#detail button.pointer', { hasText: '/request/cookies' }).first().click();
  await settles('the pointer leads into the raw view', page, true, page =>
    page.evaluate(
      () =>
        /^Raw/.test(document.querySelector('#detail [role=tab][aria-selected=true]').textContent) &&
        /cookies/.test(document.querySelector('#detail .marked')?.textContent)
    )
  );
  await shot(page, 'marked');
}

async function keys(page) {
  await page.locator('#grid').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await settles('gg: the first', page, '1', selected);
  await page.keyboard.press('j');
  await settles('j: the next', page, '2', selected);
  await page.keyboard.press('ArrowDown');
  await settles('arrow: the next', page, '3', selected);
  await page.keyboard.press('k');
  await settles('k: the one before', page, '2', selected);
  await page.keyboard.press('Shift+G');
  await settles('G: the last', page, String(entries.length), selected);
  await page.keyboard.press('Enter');
  await settles('Enter opens the details', page, true, detailOpen);
  const tab = page => page.evaluate(() => document.querySelector('#detail [role=tab][aria-selected=true]')?.textContent);
  const before = await tab(page);
  await page.keyboard.press(']');
  await settles(']: another tab', page, true, async page => (await tab(page)) !== before);
  await page.keyboard.press('[');
  await settles('[: back', page, before, tab);
  await page.keyboard.press('Escape');
  await settles('Esc closes the details', page, false, detailOpen);
  equal('after Esc the list has the focus', 'grid', await page.evaluate(() => document.activeElement.id));
  await page.keyboard.press('/');
  equal('/: to the filter', 'query', await page.evaluate(() => document.activeElement.id));
  await page.locator('#grid').focus();
  await page.keyboard.press('?');
  await settles('?: help', page, true, page => page.locator('#help').isVisible());
  await shot(page, 'help');
  await page.keyboard.press('Escape');
  await settles('Esc closes the help', page, false, page => page.locator('#help').isVisible());
}

const show = async (page, number) => {
  await page.evaluate(number => {
    location.hash = `#e${number}`;
  }, number);
  await settles(`#e${number} is shown`, page, String(number), selected);
};

async function tab(page, name) {
  const found = page.locator('#detail [role=tab]', { hasText: name });
  if (!(await found.count())) return null;
  await found.first().click();
  return detailText(page);
}

// What must be seen: [entry from 1, tab, text]
const seen = [
  [1, 'Timing', 'dns'],
  [1, 'Headers', 'user-agent'],
  [1, 'Query', 'id'],
  [13, 'Cookies', 'session'],
  [4, 'Response', '2.50'],
  [7, 'Response', 'Gr\u00fc\u00dfe'],
  [6, 'Response', 'fd fe ff'],
  [8, 'Request', 'M\u00fcller'],
  [9, 'Request', 'M\u00fcller'],
  [11, 'Messages', 'pong'],
  [10, 'Findings', 'cookies'],
  [12, 'Raw', 'ERR_CONNECTION_REFUSED'],
  [5, 'Response', 'item 1']
];

async function details(page) {
  for (const [number, name, text] of seen) {
    await show(page, number);
    const got = await tab(page, name);
    check(
      `#${number}, ${name}: ${text}`,
      got !== null && got.replace(/\s+/g, ' ').toLowerCase().includes(text.toLowerCase()),
      got === null ? 'no such tab' : got
    );
    await shot(page, `detail-${name.toLowerCase()}-${number}`);
  }
  for (const number of [2, 3]) {
    await show(page, number);
    await tab(page, 'Response');
    const image = await until(page, () => {
      const image = document.querySelector('#detail img');
      return image && image.complete && [image.naturalWidth, image.src.slice(0, 5)];
    });
    check(`#${number}: the image is shown`, image && image[0] > 0 && image[1] === 'blob:', image);
    await shot(page, `detail-image-${number}`);
  }
  await show(page, 13);
  const all = [];
  for (const name of await page.locator('#detail [role=tab]').allTextContents()) all.push(await tab(page, name));
  check('what is secret is not shown', !/planted-secret/.test(all.join()), all.join().match(/.{40}planted-secret.*/));
  equal('what is secret is not in the file', false, (await page.content()).includes('planted-secret'));
  check('tokens stand for it', await page.locator('#detail .token').count() > 0 || /redacted-cookie-\d/.test(all.join()), all.join().slice(0, 500));
}

async function copies(page) {
  await show(page, 8);
  await page.locator('#detail button', { hasText: /cURL/ }).first().click();
  await settles('the cURL command is copied', page, true, async page => /\bcurl /.test(await clipboard(page)));
  await page.locator('#detail button', { hasText: /link/i }).first().click();
  await settles('the link is copied', page, true, async page => /#e8$/.test(await clipboard(page)));
  await tab(page, 'Headers');
  const copy = page
    .locator('#detail [role=tabpanel] button')
    .filter({ hasText: /copy/i })
    .or(page.locator('#detail [role=tabpanel] button[aria-label*=opy]'))
    .first();
  if (await copy.count()) {
    await copy.click({ force: true });
    await settles('a value is copied', page, true, async page => {
      const text = await clipboard(page);
      return text !== '' && !/#e8$/.test(text);
    });
  } else check('values can be copied', false);
}

async function sorts(page) {
  await page.keyboard.press('Escape');
  // The list follows what is selected, so it is brought back to its top.
  const first = async page => {
    await page.evaluate(() => document.getElementById('grid').scrollTo(0, 0));
    await sleep(50);
    return page.evaluate(() =>
      [...document.querySelectorAll('#body [role=row]')]
        .sort((a, b) => a.ariaRowIndex - b.ariaRowIndex)
        .slice(0, 5)
        .map(row => row.firstElementChild.textContent)
    );
  };
  const by = key => entries.map((entry, n) => [key(entry), n + 1]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const times = by(entry => entry.time);
  await page.locator('#head button', { hasText: 'Time' }).click();
  await settles(
    'sorted by time, the longest first',
    page,
    times.slice(0, 5).map(([, n]) => String(n)),
    first
  );
  equal(
    'the header says how it is sorted',
    'descending',
    await page.locator('#head [role=columnheader]', { hasText: 'Time' }).getAttribute('aria-sort')
  );
  await shot(page, 'sorted');
  await page.locator('#head button', { hasText: 'Time' }).click();
  await settles(
    'sorted by time, the shortest first',
    page,
    by(entry => -entry.time)
      .slice(0, 5)
      .map(([, n]) => String(n)),
    first
  );
  await page.locator('#head button', { hasText: '#' }).click();
  await settles('sorted by number, as it was', page, ['1', '2', '3', '4', '5'], first);
}

async function exports(page) {
  await page.locator('#query').fill('type:image');
  const images = entries.filter(e => e._resourceType === 'image');
  await settles('images', page, images.length, rowsShown);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()]);
  const file = path.join(folder, 'exported.har');
  await download.saveAs(file);
  check('what is exported has a name of its own', /^[\w.-]+\.har$/.test(download.suggestedFilename()), download.suggestedFilename());
  const exported = JSON.parse(fs.readFileSync(file, 'utf8'));
  equal(
    'what is exported has the requests that were shown',
    images.map(e => e.request.url),
    exported.log.entries.map(e => e.request.url)
  );
  const { status, stdout } = run(['validate', '--fail-on', 'error', file]);
  check('harmill validates what is exported', status === 0, stdout);
  await page.locator('#query').fill('');
}

async function brush(page) {
  await page.locator('#overview').scrollIntoViewIfNeeded();
  const box = await page.locator('#overview').boundingBox();
  await page.mouse.move(box.x + 4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 8, box.y + box.height / 2, { steps: 5 });
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await settles('the brush leaves some', page, true, async page => {
    const n = await rowsShown(page);
    return n > 0 && n < entries.length;
  });
  await shot(page, 'brush');
  await page.locator('#overview').focus();
  await page.keyboard.press('Escape');
  await settles('the brush gives them back', page, entries.length, rowsShown);
}

async function links(page, file) {
  await page.goto('about:blank');
  await page.goto(toUrl(file, '#e17'));
  await settles('#e17 opens it', page, '17', selected);
  equal('#e17 opens its details', true, await detailOpen(page));
  await page.goto('about:blank');
  await page.goto(toUrl(file, '#q=status:404&sort=-time'));
  await settles('#q= filters', page, entries.filter(e => Number(e.response.status) === 404).length, rowsShown);
  equal('#q= is in the box', 'status:404', await page.locator('#query').inputValue());
  await page.locator('#query').fill('host:cdn');
  await settles('what is typed is in the address', page, true, page => page.evaluate(() => /q=host:cdn/.test(location.hash)));
  await page.goto('about:blank');
  await page.goto(toUrl(file, '#e3'));
  await settles('#e3 opens it', page, '3', selected);
  await show(page, 9);
  await page.goBack();
  await settles('Back goes back', page, '3', selected);
  const link = page.locator('#findings a[href^="#e"]').first();
  if (await page.locator('#findings details').count()) {
    await page.locator('#findings summary').first().click();
    const to = (await link.getAttribute('href')).slice(2);
    await link.click();
    await settles('a finding leads to its request', page, to, selected);
  } else check('findings are there', false);
  await page.locator('#by-status .term, #by-status [data-filter] button').first().click();
  await settles('a word of the summary filters', page, true, async page =>
    /^status:/.test(await page.locator('#query').inputValue())
  );
}

async function looks(page) {
  const back = page =>
    page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor
    );
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await back(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await back(page);
  check('dark follows the system', light !== dark, light);
  await shot(page, 'dark');
  await page.locator('#actions button', { hasText: /theme/i }).click();
  equal('the button makes it light', light, await back(page));
  await page.locator('#actions button', { hasText: /theme/i }).click();
  equal('the button makes it dark', dark, await back(page));
  await page.locator('#actions button', { hasText: /theme/i }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('#everything').click();
  await settles('all rows are in the page', page, entries.length, page => page.locator('#body [role=row]').count());
  await page.locator('#everything').click();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  equal('print has all rows', entries.length, await page.locator('#body [role=row]').count());
  await page.emulateMedia({ media: 'print' });
  await shot(page, 'print');
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
}

module.exports = {
  capture,
  clipboard,
  rowsShown,
  selected,
  settles,
  show,
  tab,
  steps: { waterfall, summaries, findings, filters, keys, details, copies, sorts, exports, brush, links, looks }
};
