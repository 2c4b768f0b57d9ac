// Firefox, driven by its own Marionette.
'use strict'
const childProcess = require('child_process')
const fs = require('fs')
const net = require('net')
const path = require('path')

const prefs = {
  'marionette.port': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'devtools.netmonitor.persistlog': true
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

// What comes of a try that gives something, within 30 seconds.
async function until (what, attempt) {
  for (let left = 300; left; left--) {
    const result = await attempt()
    if (result) return result
    await sleep(100)
  }
  throw new Error(`no ${what}`)
}

// Marionette's messages: the length in decimal, a colon, JSON: [0, id, command, parameters] and [1, id, error, result].
function connect (port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1')
    const waiting = new Map()
    let last = 0
    let input = Buffer.alloc(0)
    const send = (command, parameters = {}) => new Promise((resolve, reject) => {
      const text = JSON.stringify([0, ++last, command, parameters])
      waiting.set(last, { resolve, reject })
      socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
    socket.on('error', reject)
    socket.on('data', part => {
      input = Buffer.concat([input, part])
      for (;;) {
        const colon = input.indexOf(58)
        const end = colon + 1 + Number(input.subarray(0, colon))
        if (colon < 0 || input.length < end) return
        const message = JSON.parse(input.subarray(colon + 1, end))
        input = input.subarray(end)
        if (!Array.isArray(message)) { // the greeting
          resolve(send)
          continue
        }
        const { resolve: answer, reject: fail } = waiting.get(message[1])
        if (message[2]) fail(new Error(`${message[2].error}: ${message[2].message}`))
        else answer(message[3])
      }
    })
  })
}

// Starts PROGRAM, a Firefox, with the empty folder `profile`: functions that send a command of WebDriver, that run a script inside
// the browser itself (it calls the last of its arguments with the result), and that end the browser.
async function launch (program, profile) {
  fs.writeFileSync(path.join(profile, 'user.js'),
    Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''))
  const child = childProcess.spawn(program, ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile],
    { stdio: 'ignore' })
  child.on('error', error => { console.error(error); process.exit(1) })
  process.on('exit', () => child.kill())
  const active = path.join(profile, 'MarionetteActivePort')
  const port = await until('port', () => fs.existsSync(active) && Number(fs.readFileSync(active, 'utf8')))
  const send = await connect(port)
  await send('WebDriver:NewSession', { acceptInsecureCerts: true })
  await send('WebDriver:SetTimeouts', { script: 30000, pageLoad: 30000 })
  const inBrowser = async (script, ...args) => {
    await send('Marionette:SetContext', { value: 'chrome' })
    const { value } = await send('WebDriver:ExecuteAsyncScript', { script, args })
    await send('Marionette:SetContext', { value: 'content' })
    return value
  }
  const quit = () => Promise.race([send('Marionette:Quit', { flags: ['eForceQuit'] }), sleep(3000)])
  return { send, inBrowser, quit }
}

module.exports = { launch, sleep, until }
