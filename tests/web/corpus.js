// Reports of captures of the shared folder, in PROGRAM, a Chromium: `corpus.js PROGRAM FOLDER`. Of each report some requests are
// opened, with all their tabs and views; their commands are copied, all is exported. A sample of the captures; all with HARMILL_LONG=1.
'use strict'
const fs = require('fs')
const path = require('path')
const { check, equal, finish, folder, run, running, sleep, start, toUrl } = require('./session')

const largest = 3e6
const sample = 6
const rowsOpened = 5
const windows = [
  { width: 1280, height: 800 },
  { width: 420, height: 800 }
]

function capturesOf (corpus) {
  const all = fs
    .readdirSync(corpus, { recursive: true })
    .map(name => path.join(corpus, name))
    .filter(name => /\.(har|json)$/.test(name) && fs.statSync(name).size < largest)
    .sort()
  const step = process.env.HARMILL_LONG === '1' ? 1 : Math.max(1, Math.floor(all.length / sample))
  return all.filter((_, n) => n % step === 0)
}

// In the page: goes through the tabs of the request that is open, and the views of its bodies. What reaches out of the pane.
async function walk () {
  const aside = document.getElementById('detail')
  const found = new Set()
  const odd = new Map()
  const clipped = element => {
    for (let around = element.parentElement; around && around !== aside; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== 'visible') return true
    }
    return false
  }
  const judge = async where => {
    await new Promise(resolve => setTimeout(resolve))
    const box = aside.getBoundingClientRect()
    for (const element of [...aside.querySelectorAll('*')].slice(0, 5000)) {
      const { right, left, width } = element.getBoundingClientRect()
      if (width > 0 && (right > box.right + 1 || left < box.left - 1) && !element.closest('svg svg') && !clipped(element)) {
        found.add(`${where}: ${element.localName}.${element.getAttribute('class')} ${Math.round(right - box.right)}`)
        break
      }
    }
    if (aside.scrollWidth > aside.clientWidth) found.add(`${where}: scrolls sideways`)
    const panel = aside.querySelector('[role=tabpanel]')
    if (!panel.textContent && !panel.querySelector('img, svg')) found.add(`${where}: is empty`)
    for (const cell of panel.querySelectorAll('.pairs td, .phases td')) {
      const [word] = cell.textContent.match(/undefined|\[object|NaN|Infinity/) || []
      if (word) odd.set(word, `${where}: says ${word}`)
    }
  }
  for (const tab of aside.querySelectorAll('[role=tab]')) {
    const name = tab.firstChild.textContent
    tab.click()
    await judge(name)
    for (const view of aside.querySelectorAll('[role=tabpanel] .views button[aria-pressed]')) {
      view.click()
      await judge(`${name}, ${view.textContent}`)
    }
  }
  if (aside.hidden) found.add('the details are closed')
  // The last tab is Raw: what the capture itself says is no mistake.
  const raw = aside.querySelector('[role=tabpanel]').textContent
  return [...found, ...[...odd].filter(([word]) => !raw.includes(word)).map(([, text]) => text)]
}

const clickIn = (page, selector, text) =>
  page.evaluate(
    ([selector, text]) => [...document.querySelectorAll(selector)].find(button => button.textContent.includes(text)).click(),
    [selector, text]
  )

async function exported (page, file) {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 20000 }), clickIn(page, '#export', '')])
  await download.saveAs(file)
  return JSON.parse(fs.readFileSync(file, 'utf8')).log.entries.length
}

async function look (session, name, file) {
  const { context, trouble } = await session.context({ viewport: windows[0] })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const problems = []
  await page.goto(toUrl(file))
  if (!(await running(page))) problems.push('the application does not start')
  const count = problems.length ? 0 : await page.evaluate(() => Number(document.getElementById('grid').getAttribute('aria-rowcount')) - 1)
  const rows = [...new Set(Array.from({ length: rowsOpened }, (_, n) => 1 + Math.round((n * (count - 1)) / (rowsOpened - 1))))]
  for (const row of count ? rows : []) {
    for (const size of row === rows[0] ? windows.slice().reverse() : windows.slice(0, 1)) {
      await page.setViewportSize(size)
      // The page writes its own state there, a moment after it has changed.
      await page.waitForFunction(row => {
        if (document.querySelector('#detail h2')?.textContent.startsWith(`#${row} `)) return true
        location.hash = `#e${row}`
        return false
      }, row)
      problems.push(...(await page.evaluate(walk)).map(text => `#${row}, ${size.width}: ${text}`))
    }
    await clickIn(page, '#detail button', 'Copy cURL')
    await page.waitForFunction(() => document.querySelector('#detail .told')?.textContent)
    if (/does not let/.test(await page.locator('#detail .told').first().textContent())) problems.push(`#${row}: no command is copied`)
  }
  if (count) {
    const got = await exported(page, path.join(folder, 'exported.har'))
    if (got !== count) problems.push(`${got} of ${count} requests are exported`)
  }
  await sleep(20)
  await context.close()
  equal(name, [], [...problems, ...new Set(trouble)].slice(0, 20))
  return count
}

async function main (program, corpus) {
  const session = await start(program)
  let opened = 0
  for (const capture of capturesOf(corpus)) {
    for (const options of [[], ['--bodies', 'all', '--links']]) {
      const file = path.join(folder, 'corpus.html')
      fs.rmSync(file, { force: true })
      const { status, stderr } = run(['convert', '-q', '--fail-on', 'never', '-t', 'html', ...options, capture, '-o', file])
      const name = [path.relative(corpus, capture), ...options].join(' ')
      // What is no capture has no report; that it ends well is all that is asked of it here.
      if (!fs.existsSync(file)) check(`${name}: is refused with a message`, status > 0 && status < 80 && stderr !== '', `status ${status}`)
      else opened += (await look(session, name, file).catch(error => check(name, false, error.stack))) > 0
    }
  }
  check('reports with requests were opened', opened >= sample, opened)
  await session.close()
  finish()
}

main(...process.argv.slice(2)).catch(error => {
  check('the suite runs to its end', false, error.stack)
  finish()
})
