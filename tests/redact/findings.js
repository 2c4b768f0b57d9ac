// What is found in the second capture, and was not in the first: `findings.js HARMILL BEFORE AFTER`. Rules whose count grew are
// printed, and the status is 1.
'use strict';

const { spawnSync } = require('child_process');

function counts(program, file) {
  const run = spawnSync(program, ['validate', '--report', 'jsonl', '--show', 'info', '--fail-on', 'never', file],
    { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`validate ends with ${run.status}: ${run.stderr}`);
  const found = new Map();
  for (const line of run.stdout.split('\n')) {
    if (!line) continue;
    const { rule, pointer } = JSON.parse(line);
    if (!rule) continue;
    if (!found.has(rule)) found.set(rule, []);
    found.get(rule).push(pointer);
  }
  return found;
}

const [, , program, before, after] = process.argv;
const first = counts(program, before);
let grown = 0;
for (const [rule, pointers] of counts(program, after)) {
  const had = first.get(rule) || [];
  if (pointers.length <= had.length) continue;
  grown++;
  const known = new Set(had);
  console.log(`${rule}: ${had.length}, then ${pointers.length}: ${pointers.filter(p => !known.has(p)).slice(0, 3).join(' ')}`);
}
process.exit(grown ? 1 : 0);
