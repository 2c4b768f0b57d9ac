// Verdicts of Firefox's HAR import on the files named on stdin: inside PROGRAM, a Firefox, its own HarImporter imports each file, with
// stand-ins for the lists that it fills. Prints the file, "accepts" or "refuses", and why. PROFILE is an empty folder.
'use strict'
const fs = require('fs')
const path = require('path')
const { launch } = require('./marionette')

// Run inside the browser itself; what it does with a file is what its Network panel does.
const importAll = `const [files, done] = arguments
const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
const { HarImporter } = require('devtools/client/netmonitor/src/har/har-importer')
const actions = { clearRequests () {}, addRequest () {}, updateRequest () {}, addTimingMarker () {} }
const judge = async file => {
  try {
    new HarImporter(actions).import(new TextDecoder().decode(await IOUtils.read(file)))
    return 'accepts'
  } catch (error) {
    return 'refuses\\t' + String(error.message).split('\\n')[0].slice(0, 100)
  }
}
const all = async () => {
  const verdicts = []
  for (const file of files) verdicts.push(await judge(file))
  return verdicts
}
all().then(done, error => done(String(error)))`

async function main (program, profile) {
  const files = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)
  const { inBrowser, quit } = await launch(program, profile)
  for (let at = 0; at < files.length; at += 50) {
    const part = files.slice(at, at + 50)
    const verdicts = await inBrowser(importAll, part.map(file => path.resolve(file)))
    if (!Array.isArray(verdicts)) throw new Error(verdicts)
    part.forEach((file, i) => console.log(`${file}\t${verdicts[i]}`))
  }
  await quit()
  process.exit(0)
}

main(...process.argv.slice(2)).catch(error => { console.error(error); process.exit(1) })
