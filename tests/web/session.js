// What the suites in a browser share: the browser, what they watch for, a counter, reports made by harmill.
'use strict';
const childProcess = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const path = require('path');
const { pathToFileURL } = require('url');

// From the packages of this folder, or of the consumers'.
const load = name => require(require.resolve(name, { paths: [__dirname, path.join(__dirname, '../consumer')] }));

const folder = process.env.T || fs.mkdtempSync(path.join(require('os').tmpdir(), 'harmill-web.'));
const harmill = process.env.HARMILL || path.join(__dirname, '../../build/harmill');
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

// Counts: check(NAME, TRUE, [DETAILS]); equal(NAME, EXPECTED, ACTUAL). The last line is what tests/run reads.
const counts = { passed: 0, failed: 0 };
const ran = [];
function check(name, fine, details) {
  counts[fine ? 'passed' : 'failed']++;
  ran.push(name);
  if (fine) return;
  console.log(`not ok: ${name}`);
  if (details !== undefined)
    console.log(
      String(typeof details === 'string' ? details : JSON.stringify(details))
        .slice(0, 2000)
        .replace(/^/gm, '    ')
    );
}
const equal = (name, expected, actual) =>
  check(
    name,
    JSON.stringify(expected) === JSON.stringify(actual),
    `expected: ${JSON.stringify(expected)}\nactual:   ${JSON.stringify(actual)}`
  );

// A part of a suite: what it throws is a failure, and the other parts run all the same.
async function part(name, run) {
  try {
    await run();
  } catch (error) {
    check(name, false, error.stack);
  }
}

// The names of all checks are left for browser.inc, passed().
function finish() {
  fs.appendFileSync(path.join(folder, 'ran'), ran.map(name => `${name}\n`).join(''));
  console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
  process.exit(counts.failed ? 1 : 0);
}

function run(args, input) {
  const { status, stdout, stderr } = childProcess.spawnSync(harmill, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
}

// A report of these captures (texts or names of files): its name.
let made = 0;
function report(name, captures, options = []) {
  const files = captures.map((capture, n) => {
    if (typeof capture === 'string') return capture;
    const file = path.join(folder, `${name}-${n}.har`);
    fs.writeFileSync(file, JSON.stringify(capture));
    return file;
  });
  const out = path.join(folder, `${name}-${++made}.html`);
  const { status, stderr } = run([
    'convert',
    '-q',
    ...(options.includes('--no-redact') ? [] : ['--allow-unsearched']),
    '--fail-on',
    'never',
    '-t',
    'html',
    ...(files.length > 1 ? ['--merge'] : []),
    ...options,
    ...files,
    '-o',
    out
  ]);
  if (status !== 0 || !fs.existsSync(out))
    throw new Error(`harmill convert -t html ${options.join(' ')}: status ${status}\n${stderr}`);
  return out;
}

const toUrl = (file, hash = '') => pathToFileURL(file).href + hash;

// The browser, and contexts in which nothing may go wrong: `trouble` fills with requests but for reports, dialogs, exceptions,
// messages of the console and of the policy.
async function start(program) {
  const { chromium } = load('playwright-core');
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
  async function context(options = {}, allowed = () => false) {
    const made = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
    const trouble = [];
    made.setDefaultTimeout(5000);
    made.setDefaultNavigationTimeout(60000);
    made.on('request', request => {
      const url = request.url();
      const own =
        request.isNavigationRequest() &&
        request.frame().parentFrame() === null &&
        /^(file:|about:|http:\/\/127\.0\.0\.1:)/.test(url);
      if (!own && !/^blob:/.test(url) && !allowed(url)) trouble.push(`request: ${url.slice(0, 200)}`);
    });
    made.on('console', message => trouble.push(`console: ${message.text().slice(0, 300)}`));
    made.on('weberror', error => trouble.push(`exception: ${error.error().stack || error.error()}`));
    made.on('dialog', dialog => {
      trouble.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    made.on('page', page => {
      if (made.pages().length > (made.most || 1)) trouble.push(`page: ${page.url()}`);
    });
    if (options.javaScriptEnabled !== false) {
      await made.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', event =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
        )
      );
    }
    return { context: made, trouble };
  }
  return { browser, context, close: () => browser.close() };
}

// What FN gives in the page, as soon as it is true; the last thing it gave after SECONDS.
async function until(page, fn, arg, seconds = 10) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const result = await page.evaluate(fn, arg);
    if (result || Date.now() > end) return result;
    await sleep(20);
  }
}

const running = page =>
  until(page, () => {
    const app = document.getElementById('app');
    return !!app && !app.hidden;
  });

// A page in which the application runs.
async function open(context, file, hash) {
  const page = context.pages()[0] || (await context.newPage());
  await page.goto('about:blank');
  await page.goto(toUrl(file, hash));
  if (!(await running(page))) throw new Error(`the application does not start: ${file}`);
  return page;
}

// Serves FILES ({path: name of a file or text}) with HEADERS on this machine; nothing for whatever else a browser asks for.
async function serve(files, headers = {}) {
  const server = http.createServer((request, response) => {
    const found = files[decodeURI(request.url.split('?')[0])];
    response.writeHead(found === undefined ? 204 : 200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    response.end(found === undefined ? '' : found.startsWith('<') ? found : fs.readFileSync(found));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      })
  };
}

// What is in the page, by tag; attributes by name; what must not be.
function inventory() {
  const tags = {};
  const attributes = {};
  const wrong = [];
  const roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      tags[element.localName] = (tags[element.localName] || 0) + 1;
      if (element.shadowRoot) roots.push(element.shadowRoot);
      for (const { name, value } of element.attributes) {
        attributes[name] = (attributes[name] || 0) + 1;
        if (name === 'hostile' || /^on/.test(name)) wrong.push(`${element.localName} ${name}`);
        if (/^(href|src|action|formaction|data|srcdoc|xlink:href)$/.test(name) && !/^(#|blob:)/.test(value))
          wrong.push(`${element.localName} ${name}=${value.slice(0, 80)}`);
      }
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  ids.filter((id, n) => ids.indexOf(id) !== n).forEach(id => wrong.push(`twice: #${id}`));
  if (window.ran) wrong.push('a script ran');
  if ({}.ran) wrong.push('a prototype was changed');
  return { tags, attributes, wrong, all: document.getElementsByTagName('*').length };
}

async function shotInto(name, take) {
  if (process.env.HARMILL_SCREENS !== '1') return;
  const into = path.join(process.env.HARMILL_BUILD || path.join(__dirname, '../../build'), 'tests/screens');
  fs.mkdirSync(into, { recursive: true });
  fs.writeFileSync(path.join(into, `${name}.png`), await take());
}
const shot = (page, name) => shotInto(name, () => page.screenshot());

// The report in FILE with another script, written to INTO: one that the policy does not know, or, when it is to know it, one that
// tries to make elements of markup and leaves what came of it in the title.
function tampered(file, into, known) {
  const text = fs.readFileSync(file, 'utf8');
  const start = text.lastIndexOf('<script>') + 8;
  const end = text.lastIndexOf('</script>');
  const old = text.slice(start, end);
  const script = known
    ? "try { document.body.innerHTML = '<b hostile></b>'; document.title = 'made' } catch (error) { document.title = error.name }"
    : `${old}\n`;
  const sha = text => crypto.createHash('sha256').update(text).digest('base64');
  const head = text.slice(0, start);
  if (!head.includes(sha(old))) throw new Error('the policy does not have the hash of the script');
  fs.writeFileSync(into, (known ? head.replace(sha(old), () => sha(script)) : head) + script + text.slice(end));
  return into;
}

module.exports = {
  check,
  counts,
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
  shot,
  shotInto,
  sleep,
  start,
  tampered,
  toUrl,
  until
};
