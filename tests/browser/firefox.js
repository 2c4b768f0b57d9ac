// Visits the site at ADDRESS with PROGRAM, a Firefox whose Network Monitor is open, and has it export a capture into FOLDER: what
// extensions get from devtools.network.getHAR(). PROFILE is an empty folder.
'use strict'
const fs = require('fs')
const path = require('path')
const { launch, sleep, until } = require('./marionette')

// Run inside the browser itself.
const open = `const [done] = arguments
const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
const { gDevTools } = require('devtools/client/framework/devtools')
gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'netmonitor' }).then(() => done('open'), error => done(String(error)))`

const capture = `const [done] = arguments
const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
const { gDevTools } = require('devtools/client/framework/devtools')
gDevTools.getToolboxForTab(gBrowser.selectedTab).getHARFromNetMonitor()
  .then(log => done(JSON.stringify({ log: log.log || log }, null, 2)), error => done('error ' + error))`

async function main (address, program, folder, profile) {
  const { send, inBrowser, quit } = await launch(program, profile)
  const opened = await inBrowser(open)
  if (opened !== 'open') throw new Error(opened)
  for (const part of ['', 'two.html']) {
    await send('WebDriver:Navigate', { url: address + part })
    await until('end of the visit', () => send('WebDriver:GetTitle').then(({ value }) => value === 'done'))
    await sleep(1000)
  }
  const text = await inBrowser(capture)
  if (!text.startsWith('{')) throw new Error(text)
  fs.writeFileSync(path.join(folder, 'firefox.har'), text)
  await quit()
  process.exit(0)
}

main(...process.argv.slice(2)).catch(error => { console.error(error); process.exit(1) })
