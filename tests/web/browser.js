// Uses reports as a person would, in PROGRAM, a Chromium, from files: `browser.js PROGRAM`. With HARMILL_SCREENS=1 pictures of each
// state are left in tests/screens of the build folder.
'use strict';
const childProcess = require('child_process');
const fs = require('fs');
const http = require('http');
const path = require('path');
const {
  check,
  equal,
  finish,
  folder,
  inventory,
  load,
  open,
  part,
  report,
  running,
  serve,
  shot,
  sleep,
  start,
  tampered,
  toUrl
} = require('./session');
const { capture, clipboard, rowsShown, settles, show, tab, steps } = require('./use');
const { features, write } = require('./make');

const { entries } = capture.log;
const whole = process.env.HARMILL_LONG === '1';

// Elements that reach out of the window to the right although nothing around them scrolls or clips.
function outside() {
  const wide = document.documentElement.clientWidth;
  const clipped = element => {
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== 'visible') return true;
    }
    return false;
  };
  const found = [...document.body.querySelectorAll('*')].filter(element => {
    const { right, left, width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && (right > wide + 1 || left < -1) && !element.closest('svg svg, defs') && !clipped(element);
  });
  return [
    document.documentElement.scrollWidth <= innerWidth ? '' : `wide: ${document.documentElement.scrollWidth}`,
    ...found.slice(0, 5).map(element => `${element.localName}#${element.id}.${element.getAttribute('class')}`)
  ].filter(text => text);
}

// Windows of other sizes, and the colours of who needs high contrast.
const windows = [
  ['zoom-200', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ['narrow-390', { viewport: { width: 390, height: 844 } }],
  ['narrow-320', { viewport: { width: 320, height: 640 } }],
  ['wide', { viewport: { width: 1920, height: 1080 } }],
  ['forced-colors', { forcedColors: 'active' }],
  ['reduced-motion', { reducedMotion: 'reduce', colorScheme: 'dark' }]
];

async function sizes(session, file) {
  for (const [name, options] of windows) {
    const { context, trouble } = await session.context(options);
    const page = await open(context, file);
    equal(`${name}: nothing reaches out`, [], await page.evaluate(outside));
    await shot(page, name);
    await show(page, 4);
    equal(`${name}: nor with the details`, [], await page.evaluate(outside));
    await shot(page, `${name}-detail`);
    equal(`${name}: no trouble`, [], trouble);
    await context.close();
  }
}

async function axe(session, file) {
  const source = load('axe-core').source;
  for (const colorScheme of ['light', 'dark']) {
    const { context } = await session.context({ colorScheme });
    await context.addInitScript(source);
    // Colours are all that a theme changes.
    const rules = colorScheme === 'dark' && !whole ? { runOnly: ['color-contrast'] } : {};
    const judge = async state => {
      const { violations } = await page.evaluate(rules => window.axe.run(document, { ...rules, resultTypes: ['violations'] }), rules);
      equal(
        `axe, ${colorScheme}, ${state}`,
        [],
        violations.map(({ id, nodes }) => `${id} ${nodes.length}: ${nodes[0].target} ${nodes[0].failureSummary}`)
      );
    };
    const page = await open(context, file);
    await judge('start');
    await page.evaluate(() =>
      document.querySelectorAll('details').forEach(each => {
        each.open = true;
      })
    );
    await judge('all open');
    await page.evaluate(() =>
      document.querySelectorAll('details').forEach(each => {
        each.open = false;
      })
    );
    await show(page, 10);
    for (const name of await page.locator('#detail [role=tab]').allTextContents()) {
      await tab(page, name);
      await judge(`details, ${name}`);
    }
    await page.locator('#query').fill('nothing-like-this');
    await settles('none', page, 0, rowsShown);
    await judge('no rows');
    await page.locator('#keys').click();
    await judge('help');
    await context.close();
  }
}

// Without scripts: what is there is there to be read.
async function still(name, page, styled) {
  const seen = await page.evaluate(() => {
    const shown = selector => {
      const found = document.querySelector(selector);
      const box = found && found.getBoundingClientRect();
      return !!box && box.width > 0 && box.height > 0;
    };
    return {
      heading: shown('h1'),
      facts: shown('.facts'),
      findings: shown('#findings'),
      status: shown('#by-status'),
      type: shown('#by-type'),
      host: shown('#by-host'),
      slowest: shown('#slowest'),
      first: shown('#e1'),
      last: shown('#e40'),
      bars: document.querySelectorAll('#rows svg.bar').length,
      bar: shown('#rows svg.bar rect'),
      application: shown('#app'),
      actions: shown('#actions')
    };
  });
  equal(
    name,
    {
      heading: true,
      facts: true,
      findings: true,
      status: true,
      type: true,
      host: true,
      slowest: true,
      first: true,
      last: true,
      bars: entries.length,
      bar: true,
      application: false,
      actions: false
    },
    seen
  );
  equal(
    `${name}: bars have colours`,
    true,
    await page.evaluate(() =>
      [...document.querySelectorAll('#rows svg.bar rect')].every(
        rect => rect.getAttribute('fill') || rect.parentNode.getAttribute('fill')
      )
    )
  );
  if (styled) equal(`${name}: nothing reaches out`, [], await page.evaluate(outside));
  await shot(page, name.replace(/\W+/g, '-').toLowerCase());
}

async function without(session, file) {
  const { context, trouble } = await session.context({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(toUrl(file));
  await still('no JavaScript', page, true);
  await page.setViewportSize({ width: 390, height: 844 });
  await still('no JavaScript, narrow', page, true);
  equal('no JavaScript: no trouble', [], trouble);
  await context.close();
  const policy = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'";
  const server = await serve({ '/report.html': file }, { 'Content-Security-Policy': policy });
  const jenkins = await session.context();
  const there = await jenkins.context.newPage();
  await there.goto(`${server.url}/report.html`);
  await still('policy of Jenkins', there, false);
  equal(
    'policy of Jenkins: no request',
    [],
    jenkins.trouble.filter(text => /^(request|dialog|exception)/.test(text) && !/favicon/.test(text))
  );
  await jenkins.context.close();
  await server.close();
}

async function several(session) {
  const second = features();
  second.log.pages.forEach(page => {
    page.id = `other_${page.id}`;
    page.title = `Other ${page.title}`;
  });
  second.log.entries = second.log.entries.slice(0, 7);
  second.log.entries.forEach(entry => {
    if (entry.pageref) entry.pageref = `other_${entry.pageref}`;
  });
  const file = report('several', [capture, second]);
  const { context, trouble } = await session.context();
  const page = await open(context, file);
  await settles('two inputs: all requests', page, entries.length + 7, rowsShown);
  check('two inputs can be chosen', await page.locator('#source').isVisible());
  await page.locator('#source').selectOption('1');
  await settles('two inputs: the second', page, 7, rowsShown);
  await page.locator('#source').selectOption('-1');
  await page.locator('#query').fill('source:several-1');
  await settles('two inputs: the second by its name', page, 7, rowsShown);
  await page.locator('#query').fill('');
  await settles('two inputs: all again', page, entries.length + 7, rowsShown);
  check('several pages can be chosen', await page.locator('#page').isVisible());
  await page.locator('#page').selectOption('0');
  await settles('the first of several pages', page, entries.filter(e => e.pageref === 'page_1').length, rowsShown);
  await page.locator('#page').selectOption('-2');
  await settles(
    'what is of no page can be chosen',
    page,
    entries.filter(e => !e.pageref).length + second.log.entries.filter(e => !e.pageref).length,
    rowsShown
  );
  await shot(page, 'several');
  equal('several: no trouble', [], trouble);
  await context.close();
}

// The command that is copied, run by sh, asks what the entry asked: method, path, headers, body.
async function curl(session) {
  const asked = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ method: request.method, url: request.url, headers: request.rawHeaders, body: Buffer.concat(chunks).toString() });
      response.end();
    });
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const odd = 'it\'s "x" $HOME `id` $(id) \\ ! * ? [a-c] {1,2} ~ # ; & | < > %41 \u00e4\u{1f600}';
  const one = features();
  one.log.entries = one.log.entries.slice(0, 2);
  const [get, post] = one.log.entries;
  Object.assign(get.request, {
    method: 'GET',
    url: `${base}/a/../b?x=[1-3]&y={a,b}&z=$HOME`,
    httpVersion: 'HTTP/1.1',
    headers: [
      { name: 'X-Odd', value: odd.replace(/[^ -~]/g, '').trim() },
      { name: '@file', value: 'x' }
    ]
  });
  Object.assign(post.request, {
    method: 'POST',
    url: `${base}/post`,
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Content-Type', value: 'text/plain;charset=utf-8' }],
    postData: { mimeType: 'text/plain', text: `@${odd}\nline\t\u0001end` }
  });
  const file = report('curl', [one], ['--bodies', 'all']);
  const { context } = await session.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await open(context, file);
  for (const number of [1, 2]) {
    await show(page, number);
    await page.locator('#detail button', { hasText: /cURL/ }).first().click();
    await settles(`cURL of #${number} is copied`, page, true, async page => /\bcurl /.test(await clipboard(page)));
    const command = await clipboard(page);
    await new Promise(resolve => childProcess.execFile('sh', ['-c', command], { cwd: folder, timeout: 10000 }, resolve));
    await page.evaluate(() => navigator.clipboard.writeText(''));
  }
  equal('cURL: two requests arrive', 2, asked.length);
  if (asked.length === 2) {
    equal('cURL: method and address', ['GET', '/a/../b?x=[1-3]&y={a,b}&z=$HOME'], [asked[0].method, asked[0].url]);
    check('cURL: the header', asked[0].headers.includes(odd.replace(/[^ -~]/g, '').trim()), asked[0].headers);
    equal('cURL: method and body', ['POST', post.request.postData.text], [asked[1].method, asked[1].body]);
  }
  await context.close();
  await new Promise(resolve => server.close(resolve));
}

// One entry, none, and more than the rows that are there without scripts.
async function shapes(session) {
  const few = count => ({ log: { ...capture.log, entries: entries.slice(0, count) } });
  for (const count of [0, 1]) {
    const { context, trouble } = await session.context();
    const page = await open(context, report(`count-${count}`, [few(count)]));
    await settles(`${count} entries`, page, count, rowsShown);
    await shot(page, `count-${count}`);
    equal(`${count} entries: no trouble`, [], trouble);
    await context.close();
  }
  const har = path.join(folder, 'many.har');
  const out = fs.openSync(har, 'w');
  write(700, out);
  fs.closeSync(out);
  const all = await session.context();
  const pdf = await (await open(all.context, report('many', [har]))).pdf();
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length;
  check('what is printed has all 700 rows, at most 100 on a page', pages >= 7, `${pages} pages, ${pdf.length} bytes`);
  await all.context.close();
  for (const [options, shown] of [
    [[], 500],
    [['--static-rows', '10'], 10],
    [['--static-rows', 'all'], 700]
  ]) {
    const { context } = await session.context({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(toUrl(report('many', [har], options)));
    equal(
      `700 entries, ${options.join(' ') || 'by default'}: rows without scripts`,
      shown,
      await page.locator('#rows tr[id]').count()
    );
    equal(
      `700 entries, ${options.join(' ') || 'by default'}: the others are told`,
      shown < 700,
      (await page.locator('#more').count()) > 0 && new RegExp(String(700 - shown)).test(await page.locator('#more').textContent())
    );
    await context.close();
  }
  const custom = text => /custom members .*are not in it/.test(fs.readFileSync(text, 'utf8'));
  equal('custom members by default: that some are left out is told', true, custom(report('custom', [capture])));
  equal('--custom all: nothing is left out', false, custom(report('custom', [capture], ['--custom', 'all'])));
  const titled = await session.context({ javaScriptEnabled: false });
  const page = await titled.context.newPage();
  await page.goto(toUrl(report('titled', [capture], ['--title', 'A title <b>&amp;'])));
  equal('--title', 'A title <b>&amp;', await page.locator('h1').textContent());
  equal('--title, of the window', true, (await page.title()).includes('A title <b>&amp;'));
  await titled.context.close();
}

// What is there of the bodies of #4 (67 bytes of JSON), #2 (a PNG), #5 (565 kB of JSON).
async function bodies(session) {
  const { context, trouble } = await session.context();
  const kinds = { json: /"a": \[/, big: /"item 1"/, image: /Image/, out: /is not in the report/, none: /has no body/ };
  for (const [options, expected] of [
    [[], ['out', 'out', 'out']],
    [['--bodies', 'text'], ['json', 'out', 'big']],
    [['--bodies', 'all'], ['json', 'image', 'big']],
    [['--bodies', 'all', '--max-body', '1000'], ['json', 'image', 'none']]
  ]) {
    const page = await open(context, report('bodies', [capture], options));
    for (const [n, number] of [4, 2, 5].entries()) {
      await show(page, number);
      const text = await tab(page, 'Response');
      check(`${options.join(' ') || 'bodies by default'}: #${number}`, kinds[expected[n]].test(text), [expected[n], text]);
    }
    if (!options.length) await shot(page, 'body-left-out');
  }
  equal('bodies: no trouble', [], trouble);
  await context.close();
}

async function linked(session) {
  const { context, trouble } = await session.context();
  const page = await open(context, report('linked', [capture], ['--links']));
  await show(page, 1);
  const link = page.locator('#detail a[href^="https:"]').first();
  equal(
    '--links: a link that tells nothing',
    ['noopener noreferrer nofollow', 'no-referrer', '_blank'],
    (await link.count()) ? await link.evaluate(element => [element.rel, element.referrerPolicy, element.target]) : 'no link'
  );
  equal('--links: no trouble', [], trouble);
  await context.close();
}

// What the policy is for: another script does not run, and markup does not become elements.
async function policy(session, file) {
  const { context, trouble } = await session.context();
  const page = await context.newPage();
  await page.goto(toUrl(tampered(file, path.join(folder, 'other.html'), false)));
  await sleep(300);
  equal('a script that is not the one does not run', false, await page.locator('#app').isVisible());
  check(
    'the policy tells of the script that does not run',
    trouble.some(text => /policy: script-src/.test(text)),
    trouble
  );
  await page.goto(toUrl(tampered(file, path.join(folder, 'markup.html'), true)));
  await settles('markup cannot become elements', page, 'TypeError', page => page.title());
  await context.close();
}

async function main(program) {
  const session = await start(program);
  const file = report('features', [capture], ['--bodies', 'all']);
  const { context, trouble } = await session.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await open(context, file);
  await part('start', async () => {
    equal('all requests are there', entries.length, await rowsShown(page));
    const { all, wrong } = await page.evaluate(inventory);
    check('at most 2,000 elements', all <= 2000, all);
    equal('in use: nothing that must not be', [], wrong);
    equal('the application shows', true, await running(page));
    await shot(page, 'start');
  });
  for (const [name, step] of Object.entries(steps)) {
    await part(name, () => step(page, file));
    await page.keyboard.press('Escape');
    await page.locator('#query').fill('');
  }
  equal('in use: no trouble', [], trouble);
  await context.close();
  for (const [name, run] of Object.entries({ sizes, axe, without, policy })) await part(name, () => run(session, file));
  for (const [name, run] of Object.entries({ several, bodies, curl, shapes, linked })) await part(name, () => run(session));
  await session.close();
  finish();
}

main(...process.argv.slice(2)).catch(error => {
  check('the suite runs to its end', false, error.stack);
  finish();
});
