// harmill's verdicts about one consumer, of the jsonl report on stdin: `refused.js RULE`. A file is refused when the rule found
// something, or when it is no JSON in UTF-8.
'use strict'
const fs = require('fs')

const noJson = new Set(['json-syntax', 'json-truncated', 'json-control-character', 'json-escape', 'json-wrapper', 'not-a-number',
  'compressed-data', 'xml-syntax', 'xml-vocabulary', 'not-a-har'])
const rule = process.argv[2]
const files = new Map()
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const record = JSON.parse(line)
  if (!files.has(record.source)) files.set(record.source, new Set())
  if (record.type !== 'finding') continue
  const other = record.rule === 'not-utf-8' && record.pointer === '' // all of it is in another encoding
  if (record.rule === rule || noJson.has(record.rule) || other) files.get(record.source).add(record.rule)
}
for (const [file, rules] of files) console.log(`${file}\t${rules.size ? 'refuses' : 'accepts'}\t${[...rules].sort().join(',')}`)
