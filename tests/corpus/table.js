// The tables of docs/corpus.md, from two reports in the form jsonl: `table.js RULES DEFAULT STRICT MANIFEST`. RULES is what `harmill
// rules --json` prints. Of the files only their producers are named.
'use strict'
const fs = require('fs')

const read = file => fs.readFileSync(file, 'utf8')
const [rulesFile, defaultFile, strictFile, manifestFile] = process.argv.slice(2)
const rules = JSON.parse(read(rulesFile))
const inputs = file => read(file).split('\n').filter(Boolean).map(line => JSON.parse(line)).filter(({ type }) => type === 'input')

function producerName (noted) {
  if (/hand-written/.test(noted)) return 'by hand'
  return noted === '(not a HAR)' ? 'no HAR' : noted.replace(/ \(.*/, '')
}

const producers = new Map(read(manifestFile).split('\n').slice(1).filter(Boolean).map(line => {
  const [path, , , producer] = line.split('\t')
  return [`corpus/${path}`, producerName(producer)]
}))
const producerOf = source => producers.get(source) || (source.startsWith('cloudflare/') ? 'chrome-har' : 'fixtures')

function counts (list) {
  const of = new Map()
  for (const { source, rules } of list) {
    for (const [rule, findings] of Object.entries(rules)) {
      if (!of.has(rule)) of.set(rule, { files: 0, findings: 0, by: new Map() })
      const count = of.get(rule)
      const producer = producerOf(source)
      count.files++
      count.findings += findings
      count.by.set(producer, (count.by.get(producer) || 0) + 1)
    }
  }
  return of
}

// The three that stand behind most files, the most first.
function most (by) {
  const list = [...by].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return list.slice(0, 3).map(([name, files]) => `${name} ${files}`).join(', ') + (list.length > 3 ? ` and ${list.length - 3} more` : '')
}

const byDefault = inputs(defaultFile)
const strict = inputs(strictFile)
const found = counts(byDefault)
const same = ({ source, rules }) => source + JSON.stringify(Object.entries(rules).sort())
if (byDefault.map(same).join('\n') !== strict.map(same).join('\n')) throw new Error('the profiles find different things')

const summary = list => {
  const row = { error: 0, warning: 0, info: 0, nothing: 0 }
  for (const { errors, warnings, infos } of list) row[errors ? 'error' : warnings ? 'warning' : infos ? 'info' : 'nothing']++
  const sum = name => list.reduce((total, input) => total + input[name], 0)
  return [row.error, row.warning, row.info, row.nothing, sum('errors'), sum('warnings'), sum('infos')].join(' | ')
}
console.log(`${byDefault.length} files with ${byDefault.reduce((total, { entries }) => total + entries, 0)} entries, by their gravest finding:

| profile | files with errors | with warnings | with infos only | without any | errors | warnings | infos |
|---|---|---|---|---|---|---|---|
| \`har-1.2\`, the default | ${summary(byDefault)} |
| \`har-1.2-strict\` | ${summary(strict)} |

| rule | default | strict | files | findings | producers (files) |
|---|---|---|---|---|---|`)
const never = []
for (const { id, level, strict, group } of rules) {
  const count = found.get(id)
  if (count) console.log(`| [${id}](rules.md#${id}) | ${level} | ${strict} | ${count.files} | ${count.findings} | ${most(count.by)} |`)
  else if (group !== 'consumer' && group !== 'secret') never.push(id)
}
console.log(`\nIn none of these files: ${never.join(', ')}.`)
