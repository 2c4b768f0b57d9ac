// What other programs leave of the same canaries: `peers.js FOLDER PROGRAM`, where canaries.js has written FOLDER and PROGRAM is
// harmill. Prints a table. Where a program fails on a capture it gets the entries one by one; those on which it fails again are
// counted, and have no output that something could be left in.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { count } = require('./leaks');

const [, , folder, harmill] = process.argv;
const classes = ['named', 'format', 'propagated', 'places'];
const packageOf = name => require(path.join(__dirname, 'node_modules', name));

const everything = {
  scrubAllCookies: true, scrubAllRequestHeaders: true, scrubAllResponseHeaders: true, scrubAllQueryParams: true,
  scrubAllPostParams: true, scrubAllBodyContents: true,
};
// With these no list of names is kept either.
const nothingKept = {
  ...everything, scrubSpecificCookie: [], scrubSpecificHeader: [], scrubSpecificResponseHeader: [], scrubSpecificQueryParam: [],
  scrubSpecificPostParam: [], scrubSpecificMimeTypes: [],
};

// What Chrome's "Export HAR (sanitized)" leaves out, done to a finished capture.
function chrome(har) {
  const without = (headers, names) => headers.filter(({ name }) => !names.includes(String(name).toLowerCase()));
  for (const { request, response } of har.log.entries) {
    request.cookies = [];
    response.cookies = [];
    request.headers = without(request.headers, ['authorization', 'cookie']);
    response.headers = without(response.headers, ['set-cookie']);
  }
  return har;
}

const PEERS = [
  ['har-sanitizer 2.0.0, defaults', har => packageOf('har-sanitizer').sanitize(har)],
  ['har-sanitizer 2.0.0, all obfuscated', har => packageOf('har-sanitizer').sanitize(har, { cookies: 'obfuscate', tokens: 'obfuscate' })],
  ['har-cleaner 0.0.4, defaults', har => packageOf('har-cleaner').sanitizeHar(har, {})],
  ['har-cleaner 0.0.4, all', har => packageOf('har-cleaner').sanitizeHar(har, everything)],
  ['har-cleaner 0.0.4, all, empty lists', har => packageOf('har-cleaner').sanitizeHar(har, nothingKept)],
  ['what Chrome leaves out of "sanitized" captures', async har => chrome(har)],
];

async function byEntries(text, clean) {
  const { log } = JSON.parse(text);
  const around = { ...log, entries: [] };
  const cleaned = [];
  let failed = 0;
  for (const entry of log.entries) {
    try {
      cleaned.push(await clean({ log: { ...structuredClone(around), pages: [], entries: [entry] } }));
    } catch {
      failed++;
    }
  }
  return [{ log: { ...around, entries: cleaned.flatMap(har => har.log.entries) } }, failed];
}

async function main() {
  const planted = {};
  const texts = {};
  let entries = 0;
  for (const name of classes) {
    planted[name] = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'));
    texts[name] = fs.readFileSync(path.join(folder, `${name}.har`), 'utf8');
    entries += JSON.parse(texts[name]).log.entries.length;
  }
  console.log(`| program, options | ${classes.map(name => `${name} /${planted[name].length}`).join(' | ')} | failed entries /${entries} |`);
  console.log('|---|---|---|---|---|---|');
  const out = path.join(folder, 'cleaned.har');
  for (const [name, clean] of PEERS) {
    const row = [];
    let failed = 0;
    for (const one of classes) {
      let result;
      let lost = 0;
      try {
        result = await clean(JSON.parse(texts[one]));
      } catch {
        [result, lost] = await byEntries(texts[one], clean);
      }
      failed += lost;
      fs.writeFileSync(out, JSON.stringify(result));
      row.push(count(planted[one], [out]).length);
    }
    console.log(`| ${name} | ${row.join(' | ')} | ${failed} |`);
  }
  for (const mode of ['default', 'strict']) {
    const row = classes.map(one => {
      fs.rmSync(out, { force: true });
      const run = spawnSync(harmill, ['redact', '-q', '--mode', mode, path.join(folder, `${one}.har`), '-o', out]);
      return run.status === 0 ? count(planted[one], [out]).length : `status ${run.status}`;
    });
    console.log(`| harmill redact --mode ${mode} | ${row.join(' | ')} | 0 |`);
  }
}

main().catch(error => {
  console.error(error.stack);
  process.exit(1);
});
