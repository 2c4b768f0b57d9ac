// Reports in PROGRAM, a Firefox driven by its Marionette, from files: `firefox.js PROGRAM PROFILE`, PROFILE an empty folder. It
// loads, filters, opens a request, keeps its policy, and hostile strings stay strings.
'use strict';
const path = require('path');
const { launch, sleep } = require('../browser/marionette');
const { check, equal, finish, folder, inventory, report, shotInto, tampered, toUrl } = require('./session');
const { features } = require('./make');

const capture = features();
const { entries } = capture.log;

async function main(program, profile, har) {
  const { send, quit } = await launch(program, profile);
  const ask = async (fn, ...args) => (await send('WebDriver:ExecuteScript', { script: `return (${fn})(...arguments)`, args })).value;
  const settles = async (name, expected, fn, ...args) => {
    let last;
    for (let left = 100; left && ((last = await ask(fn, ...args)), JSON.stringify(last) !== JSON.stringify(expected)); left--)
      await sleep(50);
    equal(name, expected, last);
  };
  const rows = () => document.getElementById('grid').getAttribute('aria-rowcount') - 1;
  const hidden = () => document.getElementById('app').hidden;
  const go = async (file, hash) => {
    await send('WebDriver:Navigate', { url: 'about:blank' });
    await send('WebDriver:Navigate', { url: toUrl(file, hash) });
  };
  const element = async selector => {
    const { value } = await send('WebDriver:FindElement', { using: 'css selector', value: selector });
    return Object.values(value)[0];
  };
  const type = async (selector, text) => send('WebDriver:ElementSendKeys', { id: await element(selector), text });

  const file = report('firefox', [capture], ['--bodies', 'all']);
  await go(file, '');
  await settles('Firefox: the application shows', false, hidden);
  await settles('Firefox: all requests', entries.length, rows);
  await type('#query', 'type:image');
  await settles('Firefox: filter', entries.filter(e => e._resourceType === 'image').length, rows);
  await go(file, '#e4');
  await settles('Firefox: #e4 is opened', false, () => document.getElementById('detail').hidden);
  await type('#grid', 'j');
  await settles('Firefox: j: the next', 5, () => Number(document.querySelector('#body [aria-selected=true]')?.ariaRowIndex) - 1);
  equal('Firefox: nothing that must not be', [], (await ask(inventory)).wrong);
  equal('Firefox: nothing reaches out', true, await ask(() => document.documentElement.scrollWidth <= innerWidth));
  await shotInto('firefox', async () => Buffer.from((await send('WebDriver:TakeScreenshot', { full: false })).value, 'base64'));

  await go(tampered(file, path.join(folder, 'other.html'), false), '');
  await sleep(500);
  equal('Firefox: a script that is not the one does not run', true, await ask(hidden));
  await go(tampered(file, path.join(folder, 'markup.html'), true), '');
  await settles('Firefox: markup cannot become elements', 'TypeError', () => document.title);

  await go(report('firefox-square', [har], ['--bodies', 'all']), '#e1');
  await settles('Firefox: hostile strings: the application shows', false, hidden);
  const { wrong } = await ask(inventory);
  equal('Firefox: hostile strings: nothing that must not be', [], wrong);
  await quit();
  finish();
}

main(...process.argv.slice(2)).catch(error => {
  check('the suite runs to its end', false, error.stack);
  finish();
});
