// npm har-validator's verdict on each file named on stdin: "valid" or "invalid", a tab, the file. A byte order mark is skipped, as
// HAR 1.2 demands of readers; what is no JSON is invalid.
'use strict'
const fs = require('fs')
const validator = require('har-validator')

async function verdict (file) {
  try {
    await validator.har(JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '')))
    return 'valid'
  } catch (error) {
    return 'invalid'
  }
}

async function main () {
  for (const file of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    console.log(`${await verdict(file)}\t${file}`)
  }
}
main()
