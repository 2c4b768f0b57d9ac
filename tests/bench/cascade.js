// Renders captures with npm perf-cascade in PROGRAM, a Chromium, and prints what that took, from the text of the HAR to its second frame:
//     cascade.js PROGRAM HAR...
'use strict';
const fs = require('fs');
const path = require('path');
const { load, start } = require('../web/session');

const limit = 120000;

// Runs in the page, which has the library.
async function render(text) {
  const start = performance.now();
  const { log } = JSON.parse(text);
  // It shows one page at a time; all requests are to be seen.
  log.pages.length = 1;
  for (const entry of log.entries) entry.pageref = log.pages[0].id;
  document.body.append(window.perfCascade.fromHar(log));
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { ms: performance.now() - start, elements: document.getElementsByTagName('*').length, entries: log.entries.length };
}

async function main(program, ...hars) {
  const script = fs.readFileSync(path.join(__dirname, '../web/node_modules/perf-cascade/dist/perf-cascade.js'), 'utf8');
  load('playwright-core');
  const session = await start(program);
  console.log('| entries | program | shown after ms | elements |');
  console.log('|---|---|---|---|');
  for (const har of hars) {
    const { context } = await session.context();
    const page = await context.newPage();
    await page.addScriptTag({ content: script });
    const late = new Promise(resolve => setTimeout(resolve, limit).unref());
    const made = await Promise.race([page.evaluate(render, fs.readFileSync(har, 'utf8')), late]);
    if (made) console.log(`| ${made.entries} | perf-cascade | ${Math.round(made.ms)} | ${made.elements} |`);
    else console.log(`| ${path.basename(har)} | perf-cascade | more than ${limit} | |`);
    await context.close();
  }
  await session.close();
}

main(...process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exit(1);
});
