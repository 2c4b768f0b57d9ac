// Visits the site at ADDRESS with Playwright in PROGRAM and lets it write captures into FOLDER, one for each way of recording.
'use strict'
const path = require('path')
const { chromium } = require(require.resolve('playwright-core', { paths: [path.join(__dirname, '../consumer')] }))

const ways = [
  ['full-embed', { mode: 'full', content: 'embed' }],
  ['full-omit', { mode: 'full', content: 'omit' }],
  ['minimal-embed', { mode: 'minimal', content: 'embed' }],
  ['minimal-omit', { mode: 'minimal', content: 'omit' }]
]

async function main (address, executablePath, folder) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  for (const [name, way] of ways) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, recordHar: { path: path.join(folder, `playwright-${name}.har`), ...way } })
    const page = await context.newPage()
    for (const part of ['', 'two.html']) {
      await page.goto(address + part)
      await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 20000 })
    }
    await context.close()
  }
  await browser.close()
}

main(...process.argv.slice(2)).catch(error => { console.error(error); process.exit(1) })
