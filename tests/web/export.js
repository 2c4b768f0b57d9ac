// node export.js CAPTURE OUTPUT: writes what exportHar() makes of every second request, in reverse order, with all
// bodies left out; and OUTPUT.all, everything with everything. Compares both with the capture, member by member. Prints problems.
'use strict';
const fs = require('fs');
const { isDeepStrictEqual } = require('util');
const { load, valueOf } = require('./scripts.js');

const { exportHar, exportName } = load(['text', 'data', 'body', 'curl', 'export'], ['exportHar', 'exportName']);
const [input, output] = process.argv.slice(2);
const { log } = JSON.parse(fs.readFileSync(input, 'utf8'));
const problems = [];

/* What a report leaves out. */
function hide(name, around, value) {
  if (name === 'text' && 'mimeType' in around) return Buffer.byteLength(value);
}

/** A capture as data.js gives it. */
function captureOf(left) {
  const { pages = [], entries, ...rest } = log;
  return {
    count: entries.length, options: { redact: left },
    page: entries.map(entry => pages.findIndex(page => page.id === entry.pageref)),
    log: () => valueOf(rest), pageValues: () => pages.map(page => valueOf(page)),
    entry: row => valueOf(entries[row], left ? hide : undefined),
  };
}

/** The capture's entry as it has to come out: made here on its own, not with the code under test. */
function wantedOf(entry) {
  const copy = structuredClone(entry);
  const post = copy.request.postData;
  if (post && 'text' in post && 'mimeType' in post) {
    if (!post.params?.length) {
      delete copy.request.postData;
      copy.request.comment ??= `The body of ${Buffer.byteLength(post.text)} bytes was left out of the report.`;
    } else {
      delete post.text;
    }
  }
  if (copy.response.content && 'mimeType' in copy.response.content) delete copy.response.content.text;
  return copy;
}

function compare(what, wanted, got) {
  if (!isDeepStrictEqual(wanted, got)) problems.push(`${what}: wanted ${JSON.stringify(wanted).slice(0, 500)}, got ${JSON.stringify(got)?.slice(0, 500)}`);
}

function compareOrder(what, wanted, got) {
  if (wanted === null || typeof wanted !== 'object') return;
  const common = object => Object.keys(object).filter(key => key in wanted && key in got);
  compare('order of members of ' + what, common(wanted), common(got));
  for (const key of common(wanted)) compareOrder(what + '/' + key, wanted[key], got[key]);
}

async function check(what, rows, left, file) {
  const text = await exportHar(captureOf(left), rows).text();
  fs.writeFileSync(file, text);
  if (/[\ud800-\udbff](?![\udc00-\udfff])/.test(text)) problems.push(what + ': half a character');
  const got = JSON.parse(text).log;
  compare(what + ': entries', rows.map(row => left ? wantedOf(log.entries[row]) : log.entries[row]), got.entries);
  got.entries.forEach((entry, i) => compareOrder(what + ' ' + i, log.entries[rows[i]], entry));
  const used = new Set(rows.map(row => log.entries[row].pageref));
  compare(what + ': pages', (log.pages ?? []).filter(page => rows.length === log.entries.length || used.has(page.id)), got.pages ?? []);
  for (const name in log) if (!['pages', 'entries', 'comment'].includes(name)) compare(what + ': ' + name, log[name], got[name]);
  if (!got.comment.includes(`${rows.length} of ${log.entries.length}`) || got.comment.includes('redacted') !== left) problems.push(what + ': comment ' + got.comment);
  if (log.comment && !got.comment.startsWith(log.comment)) problems.push(what + ': the comment is lost');
}

async function main() {
  const all = log.entries.map((_, row) => row);
  await check('some', all.filter(row => row % 2 === 0).reverse(), true, output);
  await check('all', all, false, output + '.all');
  await check('none', [], true, output + '.none');
  for (const [title, name] of [['shop.har', 'shop.har'], ['../../etc/passwd', 'etc_passwd.har'], ['a b\u202e\0"<x>', 'a_b_x_.har'], ['', 'capture.har'],
    ['-rf.HAR', 'rf.har'], ['x'.repeat(200), 'x'.repeat(80) + '.har'], ['\u4f60', 'capture.har']]) compare('name', name, exportName(title));
  for (const problem of problems) console.log(problem.replace(/[^ -~]/g, '?'));
  process.exitCode = problems.length ? 1 : 0;
}

main();
