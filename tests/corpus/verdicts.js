// Verdicts on captures. `har-validator`: npm har-validator's, on the files named on stdin; a byte order mark is skipped, as HAR
// 1.2 demands of readers; what is no JSON is invalid. `harmill`: of the jsonl report on stdin; any error makes a file invalid.
// `compare JUDGE THEIRS OURS TABLE`: prints what the table lacks, and what it lists without cause.
'use strict'
const fs = require('fs')

function lines (file) {
  return fs.readFileSync(file, 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t'))
}

async function harValidator () {
  const validator = require('har-validator')
  for (const [file] of lines(0)) {
    let verdict = 'valid'
    try {
      await validator.har(JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '')))
    } catch (error) {
      verdict = 'invalid'
    }
    console.log(`${file}\t${verdict}`)
  }
}

function harmill () {
  const rules = new Map()
  for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const record = JSON.parse(line)
    if (!rules.has(record.source)) rules.set(record.source, new Set())
    if (record.level === 'error') rules.get(record.source).add(record.rule)
  }
  for (const [file, errors] of rules) {
    console.log(`${file}\t${errors.size ? 'invalid' : 'valid'}\t${[...errors].sort().join(',')}`)
  }
}

function compare (judge, theirs, ours, table) {
  const mine = new Map(lines(ours).map(([file, verdict, rules]) => [file, { verdict, rules }]))
  const listed = new Map(lines(table).filter(row => row[0] === judge).map(row => [row[1], row]))
  let agreed = 0
  let explained = 0
  const complain = text => console.log(`${judge}: ${text}`)
  for (const [file, verdict] of lines(theirs)) {
    const own = mine.get(file)
    const row = listed.get(file)
    listed.delete(file)
    if (!own) continue // not read in this run
    if (own.verdict === verdict) {
      agreed++
      if (row) complain(`${file} is listed, but both say ${verdict}`)
      continue
    }
    explained++
    if (!row) complain(`${file}: ${verdict}, harmill says ${own.verdict} (${own.rules}): not listed`)
    else if (row[2] !== verdict || row[3] !== own.verdict || row[4] !== (own.rules || '-') || !row[5]) {
      complain(`${file}: ${verdict}, harmill says ${own.verdict} (${own.rules}): listed otherwise`)
    }
  }
  // A sample leaves files out that are there.
  for (const file of listed.keys()) if (!fs.existsSync(file)) complain(`${file} is listed, but there is no such file`)
  console.log(`${judge}: ${agreed} files with the same verdict, ${explained} with another`)
}

const [command, ...rest] = process.argv.slice(2)
if (command === 'har-validator') harValidator()
else if (command === 'harmill') harmill()
else if (command === 'compare') compare(...rest)
else process.exit(2)
