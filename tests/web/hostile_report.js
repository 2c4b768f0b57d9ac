// Reports of hostile captures (hostile.js wrote them into FOLDER) in PROGRAM, a Chromium: `hostile_report.js PROGRAM FOLDER
// [PART]...`. Nothing runs, nothing is added, nothing is asked for, the policy has nothing to say: from a file, from a server, in a
// frame without an origin; with every tab of every request. What no browser is needed for is told by an HTML parser.
'use strict';
const childProcess = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
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
  run,
  running,
  serve,
  sleep,
  start,
  until
} = require('./session');
const { payloads, tame } = require('./payloads');
const { features } = require('./make');

const whole = process.env.HARMILL_LONG === '1';
// Nothing is mended and nothing left out: what is hostile must arrive.
const all = ['--bodies', 'all', '--no-normalize', '--custom', 'all', '--no-redact'];

// What src/web/text.js, visible() shows as tokens, and so must what is there without scripts.
// eslint-disable-next-line no-control-regex
const unseen = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

// Elements whose number follows from the strings: in them findings are told, and characters that nobody sees are shown.
const told = new Set(['a', 'bdi', 'button', 'code', 'details', 'div', 'li', 'p', 'script', 'small', 'span', 'summary', 'ul', 'wbr']);
const counted = tags => Object.entries(tags).filter(([tag]) => !told.has(tag)).sort(([a], [b]) => (a < b ? -1 : 1));

// Elements of a page by an HTML parser: counts by tag, forms (a tag, with an attribute, with a class, with an id), what is wrong.
function parse(file) {
  const { parse } = load('parse5');
  const text = fs.readFileSync(file, 'utf8');
  const tags = {};
  const forms = new Set();
  const wrong = [];
  const ids = new Set();
  const walk = node => {
    if (node.tagName) {
      tags[node.tagName] = (tags[node.tagName] || 0) + 1;
      for (const { name, value } of node.attrs) {
        forms.add(`${node.tagName} ${name}`);
        if (name === 'class') value.split(/\s+/).forEach(one => forms.add(`.${one}`));
        if (name === 'id') forms.add(`#${value.replace(/\d+$/, '')}`);
        if (/^on|^style$|^hostile$/.test(name)) wrong.push(`${node.tagName} ${name}`);
        if (/^(href|src|action|formaction|data|srcdoc|srcset|xlink:href)$/.test(name) && !value.startsWith('#'))
          wrong.push(`${node.tagName} ${name}=${value.slice(0, 80)}`);
        if (name === 'id' && ids.has(value)) wrong.push(`twice: #${value}`);
        if (name === 'id') ids.add(value);
      }
      if (node.tagName === 'script') scripts(node, wrong, text);
    }
    for (const child of [...(node.childNodes || []), ...(node.content ? [node.content] : [])]) walk(child);
  };
  // Characters are no markup; which of them may stand where is judged by itself.
  const onParseError = ({ code, startLine }) =>
    /character-in-input-stream$/.test(code) || wrong.push(`${code} in line ${startLine}`);
  walk(parse(text, { onParseError }));
  const still = text.replace(/<script type="application\/json"[^>]*>[^<]*<\/script>/g, '');
  if (unseen.test(still))
    wrong.push(`a character that nobody sees, or that turns what is around it: ${JSON.stringify(unseen.exec(still)[0])}`);
  Object.keys(tags).forEach(tag => forms.add(tag));
  return { tags, forms, wrong, text };
}

// Blocks of data are JSON in ASCII or more, without what could end them; the one script is the one that the policy allows.
function scripts(node, wrong, text) {
  const inner = node.childNodes.map(child => child.value).join('');
  const type = node.attrs.find(({ name }) => name === 'type')?.value;
  if (type === 'application/json') {
    if (/[<>&\u2028\u2029\u007f]|[^\n\x20-\u{10ffff}]/u.test(inner))
      wrong.push('a block of data has characters that must be escaped');
    try {
      JSON.parse(inner);
    } catch (error) {
      wrong.push(`a block of data is no JSON: ${error.message}`);
    }
    return;
  }
  const hash = crypto.createHash('sha256').update(inner).digest('base64');
  if (type !== undefined || !text.includes(`script-src 'sha256-${hash}'`))
    wrong.push(`a script that the policy does not allow: ${inner.slice(0, 80)}`);
}

// What there is in harmless reports: by the parser, and in a browser with all tabs.
const harmless = { parsed: new Set(), walked: new Set() };
const beyond = (forms, known) => [...forms].filter(form => !known.has(form)).slice(0, 10);

function judgeText(name, file, twin) {
  const { tags, forms, wrong } = parse(file);
  const calm = twin && parse(twin);
  equal(`${name}: nothing that must not be`, [], wrong.slice(0, 10));
  equal(
    `${name}: no element, attribute, class or id beyond those of harmless reports`,
    [],
    beyond(forms, new Set([...harmless.parsed, ...(calm ? calm.forms : [])]))
  );
  if (calm) equal(`${name}: as many elements as with harmless strings`, counted(calm.tags), counted(tags));
}

// Runs in the page: opens each request, each of its tabs; what was there, and what must not be. LINKS: http and https may be.
async function walk([count, links]) {
  const wrong = [];
  const forms = new Set();
  const tags = {};
  let tabs = 0;
  const grid = document.getElementById('grid');
  const press = key => {
    grid.focus();
    grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  const selected = () => Number(document.querySelector('#body [aria-selected=true]')?.ariaRowIndex) - 1;
  // A turn without the wait that timers have.
  const { port1, port2 } = new MessageChannel();
  const turn = () =>
    new Promise(resolve => {
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  for (const key of ['Home', 'Enter']) press(key);
  for (let n = 1; n <= count; n++) {
    if (n > 1) press('j');
    await turn();
    if (selected() !== n || document.getElementById('detail').hidden) wrong.push(`#${n} is not shown`);
    for (let tab = 0; tab < document.querySelectorAll('#detail [role=tab]').length; tab++, tabs++) {
      document.querySelectorAll('#detail [role=tab]')[tab].click();
      await turn();
      for (const element of document.querySelectorAll('#detail *')) {
        tags[element.localName] = (tags[element.localName] || 0) + 1;
        for (const one of element.classList) forms.add(`.${one}`);
        for (const { name, value } of element.attributes) {
          forms.add(`${element.localName} ${name}`);
          if (name === 'id') forms.add(`#${value}`);
          const leads = /^(href|src|srcdoc|action)$/.test(name) && !/^(#|blob:)/.test(value);
          if (links && element.localName === 'a' && /^https?:\/\//.test(value)) continue;
          if (name === 'hostile' || /^on/.test(name) || leads)
            wrong.push(`#${n}: ${element.localName} ${name}=${value.slice(0, 80)}`);
        }
      }
      if (document.querySelector('[hostile]') || window.ran || {}.ran) wrong.push(`#${n}, tab ${tab}: something ran or is there`);
    }
  }
  Object.keys(tags).forEach(tag => forms.add(tag));
  return { wrong: wrong.slice(0, 10), tags, forms: [...forms], tabs };
}

const entriesOf = har => JSON.parse(fs.readFileSync(har, 'utf8')).log.entries.length;

// All requests of a report that is open in FRAME: counts by tag.
async function judgePage(name, frame, count) {
  check(`${name}: the application starts`, await running(frame));
  const walked = await frame.evaluate(walk, [count]);
  equal(`${name}: nothing that must not be, with any tab`, [], walked.wrong);
  equal(`${name}: no element, attribute, class or id beyond those of harmless reports, with any tab`, [], beyond(walked.forms, harmless.walked));
  check(`${name}: tabs were there`, walked.tabs >= count * 4, walked.tabs);
  const { wrong, tags } = await frame.evaluate(inventory);
  equal(`${name}: nor at the end`, [], wrong.slice(0, 10));
  return { detail: counted(walked.tags), tags: counted(tags) };
}

// In a context that is there, or in one of its own.
async function fromFile(session, name, file, count, shared) {
  const { context, trouble } = shared || (await session.context());
  const page = await open(context, file);
  const made = await judgePage(name, page, count);
  await sleep(50);
  equal(`${name}: no trouble`, [], trouble.splice(0));
  if (!shared) await context.close();
  return made;
}

async function fromServer(session, name, file, count) {
  const server = await serve({
    '/report.html': file,
    '/frame.html': '<!doctype html><iframe sandbox="allow-scripts" src="report.html" width="1200" height="700"></iframe>'
  });
  for (const [how, where] of [
    ['from a server', '/report.html'],
    ['in a frame without an origin', '/frame.html']
  ]) {
    const { context, trouble } = await session.context({}, url => url === `${server.url}/report.html`);
    const page = await context.newPage();
    await page.goto(server.url + where);
    await judgePage(`${name}, ${how}`, page.frames().at(-1), count);
    equal(`${name}, ${how}: no trouble`, [], trouble);
    await context.close();
  }
  await server.close();
}

async function captures(session, hars) {
  const shared = await session.context();
  for (const name of ['square', 'single', 'bodies', 'long']) {
    await part(name, async () => {
      const [har, twin] = [`${name}.har`, `${name}.twin.har`].map(file => path.join(hars, file));
      const file = report(name, [har], all);
      const calm = name === 'long' ? undefined : report(`${name}-twin`, [twin], all);
      judgeText(name, file, calm);
      judgeText(`${name}, without bodies`, report(name, [har]));
      const count = entriesOf(har);
      const made = await fromFile(session, name, file, count, shared);
      if (calm && (whole || name === 'bodies'))
        equal(`${name}: as many elements as with harmless strings, with all tabs`, await fromFile(session, `${name}, harmless`, calm, count, shared), made);
      if (name === 'bodies' || (whole && name === 'square')) await fromServer(session, name, file, count);
    });
  }
  const files = fs.readdirSync(hars).filter(file => /^log-\d+\.har$/.test(file));
  equal('a capture for each payload', payloads.length, files.length);
  for (const [n, har] of files.entries()) {
    const file = report('log', [path.join(hars, har)], all);
    judgeText(har, file);
    if (whole || n % 20 === 0) await part(har, () => fromFile(session, har, file, 1, shared));
  }
  await shared.context.close();
}

// Through the command line: the title, the names of files.
async function commands(session) {
  const one = features();
  one.log.entries = one.log.entries.slice(0, 3);
  const text = JSON.stringify(one);
  const shared = await session.context();
  for (const [n, [name, payload]] of payloads.entries()) {
    if (payload.includes('\0') || payload === '' || Buffer.from(payload).toString() !== payload) continue;
    const file = path.join(folder, `${payload.replace(/\//g, '\u2215').slice(0, 60)}.har`);
    fs.writeFileSync(file, text);
    const titled = report('titled', [file], [...all, `--title=${payload}`]);
    judgeText(`--title: ${name}`, titled);
    const named = report('named', [file, file], all);
    judgeText(`name of a file: ${name}`, named);
    if (whole || n % 20 === 0) {
      await part(name, () => fromFile(session, `--title: ${name}`, titled, 1, shared));
      await part(name, () => fromFile(session, `name of a file: ${name}`, named, 1, shared));
    }
    for (const each of [file, titled, named]) fs.unlinkSync(each);
  }
  await shared.context.close();
}

// Through the address, and through the box of the filter.
async function addresses(session, hars) {
  const { context, trouble } = await session.context();
  const page = await open(context, report('square', [path.join(hars, 'square.har')], all));
  const rows = page => page.evaluate(() => document.getElementById('grid').getAttribute('aria-rowcount'));
  for (const [name, payload] of payloads) {
    for (const form of [
      text => `#q=${encodeURIComponent(text)}`,
      text => `#q=${text}`,
      text => `#e${text}`,
      text => `#${text}`,
      text => `#sort=${text}&page=${text}&scale=${text}&source=${text}&e=${text}`
    ]) {
      await page.evaluate(
        hash => {
          try {
            location.hash = hash;
          } catch {
            /* no address */
          }
          return new Promise(resolve => setTimeout(resolve, 5));
        },
        form(payload.toWellFormed ? payload.toWellFormed() : payload.replace(/[\ud800-\udfff]/g, ''))
      );
    }
    const { wrong } = await page.evaluate(inventory);
    equal(`in the address: ${name}`, [], wrong);
    for (const word of [payload, `header:${payload}`, `any:"${payload}`, `${payload}:${payload}`]) {
      await page.evaluate(text => {
        const box = document.getElementById('query');
        box.value = text;
        box.dispatchEvent(new Event('input', { bubbles: true }));
        return new Promise(resolve => setTimeout(resolve, 20));
      }, word);
    }
    equal(`in the filter: ${name}`, [], (await page.evaluate(inventory)).wrong);
  }
  await page.locator('#query').fill('');
  await until(page, count => document.getElementById('grid').getAttribute('aria-rowcount') === count, String(payloads.length + 1));
  equal('the filter still works', String(payloads.length + 1), await rows(page));
  equal('in the address and the filter: no trouble', [], trouble);
  await context.close();
}

// Instead of curl: only these options, each with its value; no file but the standard input is read, none is written.
const guardedCurl = `curl() {
  while [ $# -gt 0 ]; do
    case $1 in
    --globoff | --path-as-is | --compressed | --head | --http*) shift; continue ;;
    -H) case $2 in @*) exit 9 ;; esac ;;
    --data-binary) [ "$2" = @- ] || exit 9 ;;
    --proto) [ "$2" = '=http,https' ] || exit 9 ;;
    --url) case $2 in http://* | https://*) ;; *) exit 9 ;; esac ;;
    -X) case $2 in -* | @* | *' '*) exit 9 ;; esac ;;
    --data-raw) ;;
    *) exit 9 ;;
    esac
    shift 2 || exit 9
  done
}`;

// Half a surrogate pair is no character: nobody can keep it.
const clean = value => JSON.parse(JSON.stringify(value === undefined ? null : value).replace(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd'));

// Runs in the page: the command of request N; nothing when there is none.
async function copied(n) {
  const turn = ms => new Promise(resolve => setTimeout(resolve, ms));
  location.hash = `#e${n}`;
  for (let i = 0; i < 100 && Number(document.querySelector('#body [aria-selected=true]')?.ariaRowIndex) !== n + 1; i++) await turn(10);
  const button = [...document.querySelectorAll('#detail button')].find(one => /cURL/.test(one.textContent));
  if (!button || button.disabled) return '';
  await navigator.clipboard.writeText('');
  button.click();
  for (let i = 0; i < 50; i++, await turn(10)) {
    const text = await navigator.clipboard.readText();
    if (text.trim()) return text;
  }
  return '';
}

// What is exported is what was there; what is copied runs nothing.
async function outputs(session, hars) {
  const har = path.join(hars, 'square.har');
  const before = JSON.parse(fs.readFileSync(har, 'utf8'));
  const { context, trouble } = await session.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await open(context, report('square', [har], [...all, '--title=../../<b>"; rm -rf x']));
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()]);
  check(
    'the name of what is exported is harmless',
    /^[A-Za-z0-9_][\w.-]*\.har$/.test(download.suggestedFilename()),
    download.suggestedFilename()
  );
  const file = path.join(folder, 'exported.har');
  await download.saveAs(file);
  const after = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const [name, read] of [
    ['addresses', e => e.request.url],
    ['names of headers', e => e.request.headers.map(h => h.name)],
    ['values of headers', e => e.response.headers.map(h => h.value)],
    ['comments', e => e.comment]
  ]) {
    equal(`exported: ${name}`, ...[before, after].map(({ log }) => log.entries.map(entry => clean(read(entry)))));
  }
  check('harmill reads what is exported', [0, 1].includes(run(['validate', '-q', file]).status));
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty, { recursive: true });
  let commands = 0;
  for (let n = 1; n <= payloads.length; n += whole ? 1 : 2) {
    const command = await page.evaluate(copied, n);
    if (!command) continue;
    commands++;
    // eslint-disable-next-line no-control-regex
    check(`cURL of #${n}: nothing that a terminal takes as a key`, !/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(command), command);
    const { status, stderr } = childProcess.spawnSync('sh', ['-c', `${guardedCurl}\n${command}`], { cwd: empty, encoding: 'utf8', timeout: 5000 });
    check(
      `cURL of #${n}: one command`,
      status === 0 && stderr === '' && fs.readdirSync(empty).length === 0,
      `status ${status}\n${stderr}\n${fs.readdirSync(empty)}\n${command}`
    );
  }
  check('commands were copied', commands > payloads.length / (whole ? 2 : 4), commands);
  equal('outputs: no trouble', [], trouble);
  await context.close();
}

// With --links only http and https, and nothing is told to where they lead.
async function linked(session, hars) {
  const { context, trouble } = await session.context();
  const har = path.join(hars, 'square.har');
  const page = await open(context, report('linked', [har], [...all, '--links']));
  const walked = await page.evaluate(walk, [entriesOf(har), true]);
  equal('--links: only http and https', [], walked.wrong);
  const wrong = await page.evaluate(() =>
    [...document.querySelectorAll('a:not([href^="#"])')]
      .filter(a => !/^https?:$/.test(a.protocol) || a.rel !== 'noopener noreferrer nofollow')
      .map(a => a.outerHTML.slice(0, 200))
  );
  equal('--links: and they tell nothing', [], wrong);
  equal('--links: no trouble', [], trouble);
  await context.close();
}

// The harmless reports: all that a report shows, and the harmless twin of the square.
async function gather(session, hars) {
  const { context } = await session.context();
  const twin = path.join(hars, 'square.twin.har');
  const one = features();
  one.log.pages.length = 1;
  for (const [file, count] of [
    [report('features', [features()], all), features().log.entries.length],
    [report('one page', [one], all), 1],
    [report('redacted', [one], []), 1],
    [report('two inputs', [one, one], all), 1],
    [report('twin', [twin], all), entriesOf(twin)]
  ]) {
    parse(file).forms.forEach(form => harmless.parsed.add(form));
    const page = await open(context, file);
    (await page.evaluate(walk, [count])).forms.forEach(form => harmless.walked.add(form));
  }
  await context.close();
}

async function main(program, hars, ...chosen) {
  equal('the harmless twin is harmless', '[script hostile]window.ran=1[/script]', tame(payloads[0][1]));
  const session = await start(program);
  await part('harmless', () => gather(session, hars));
  for (const [name, run] of Object.entries({ captures, commands, addresses, outputs, linked })) {
    if (chosen.length && !chosen.includes(name)) continue;
    const began = Date.now();
    await part(name, () => run(session, hars));
    console.log(`${name}: ${Math.round((Date.now() - began) / 1000)} s`);
  }
  await session.close();
  finish();
}

if (require.main === module)
  main(...process.argv.slice(2)).catch(error => {
    check('the suite runs to its end', false, error.stack);
    finish();
  });
