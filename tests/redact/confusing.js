// Secrets that look like something else, and captures in which they stand oddly: `confusing.js HARMILL FOLDER` redacts each and looks
// for them. What is left is printed, and the status is 1.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { capture, entryWith, header } = require('./adversarial');
const { count } = require('./leaks');

const [, , program, folder] = process.argv;
const entry = JSON.stringify(entryWith('plain'));
const raw = members => `{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[${entry.slice(0, -1)},${members}}]}}`;

// id, capture, secrets.
const CASES = [
  ['signs of patterns', ['(a+)+$7Kq9x', '[z-a]{9,}w3', '.*?\\d+|x9Qm', '^$^$^$k2Wd', '%s%n%p%d7f'],
    secrets => capture(secrets.flatMap(s => [header('X-Api-Key', s), entryWith(`It says ${s} here`)]))],
  ['signs of patterns in names', ['Hk29fjw0Qp3x', 'Jd83nvlWq01z'],
    ([a, b]) => capture([header('x-token(', a), entryWith(JSON.stringify({ 'token[a-z]+': b, 'x.*': 1 }))])],
  ['secrets within each other', ['k7Fq2mZx9w', 'k7Fq2mZx9wLt4vB8', 'AAk7Fq2mZx9wLt4vB8ZZ'],
    secrets => capture([...secrets.map(s => header('X-Api-Key', s)), ...secrets.map(s => entryWith(`a ${s} b`)),
      entryWith(secrets.join('')), entryWith(secrets.join('-'))])],
  ['a member twice', ['first7Kq9xWm', 'second8Lr0yZ'], ([a, b]) => raw(`"_token":"${a}","_token":"${b}"`)],
  ['a member of a body twice', ['third7Kq9xWm2', 'fourth8Lr0yZ2'],
    ([a, b]) => capture([entryWith(`{"password":"${a}","password":"${b}"}`)])],
  ['U+0000', ['nul9Kq3xWm77', 'zero4Lr0yZ88'], ([a, b]) => raw(`"_token":"${a}\\u0000${b}","_secret":"${b}","_note":"x\\u0000${b}"`)],
  ['lone surrogates', ['sur5Kq9xWm31', 'rog6Lr0yZ42'], ([a, b]) => raw(`"_token":"\\ud800${a}","_note":"\\udc00${a}","_secret":"${b}\\ud83d"`)],
  ['a secret of a megabyte', [`7${'xq9'.repeat(350000)}`],
    ([s]) => capture([header('X-Api-Key', s), entryWith(`a ${s} b`)])],
  ['tokens that were there', ['Tk47Kq9xWm31p'],
    ([s]) => capture([entryWith('{"password":"redacted-password-1","a":"redacted-key-1"}'), header('X-Api-Key', s), entryWith(s)])],
];

let left = 0;
for (const [id, secrets, make] of CASES) {
  const input = path.join(folder, 'confusing.har');
  const output = path.join(folder, 'confused.har');
  fs.writeFileSync(input, make(secrets));
  fs.rmSync(output, { force: true });
  const run = spawnSync(program, ['redact', '-q', input, '-o', output], { timeout: 60000, encoding: 'utf8' });
  if (run.status !== 0) {
    left++;
    console.log(`${id}: status ${run.status}: ${run.stderr.slice(0, 200)}`);
    continue;
  }
  const planted = secrets.map((value, index) => ({ id: `${id}, secret ${index + 1}`, value }));
  const found = value => fs.readFileSync(output, 'utf8').toLowerCase().includes(value.toLowerCase());
  // Within each other they have pieces in common, which leaks.js takes for both; one of a megabyte is looked for as it is.
  const rest = secrets[0].length > 1000 ? planted.filter(({ value }) => found(value.slice(0, 300))).map(p => p.id) : count(planted, [output]);
  rest.forEach(one => console.log(one));
  left += rest.length;
  const again = path.join(folder, 'again.har');
  spawnSync(program, ['redact', '-q', output, '-o', again]);
  if (!fs.existsSync(again) || !fs.readFileSync(output).equals(fs.readFileSync(again))) {
    left++;
    console.log(`${id}: redacted again it is something else`);
  }
}
process.exit(left ? 1 : 0);
