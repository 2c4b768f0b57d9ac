// What npm @har-sdk/validator says of the captures named on stdin: prints the file, "accepts" or "refuses", and the first reason.
'use strict'
const fs = require('fs')
const { HarValidator } = require('@har-sdk/validator')

async function judge (validator, file) {
  try {
    const [error] = await validator.verify(JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '')))
    return error ? `refuses\t${error.instancePath} ${error.message}` : 'accepts'
  } catch (error) {
    return `refuses\t${String(error.message).split('\n')[0].slice(0, 100)}`
  }
}

async function all () {
  const validator = new HarValidator()
  for (const file of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) console.log(`${file}\t${await judge(validator, file)}`)
}
all()
