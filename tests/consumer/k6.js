// What npm har-to-k6 makes of the captures named on stdin: prints the file, "accepts" or "refuses", and why. A byte order mark is
// skipped, as its program does. `k6.js SECONDS` gives up a file that takes longer, which is printed as "gave-up".
'use strict'
const fs = require('fs')
const { Worker, isMainThread, parentPort } = require('worker_threads')

async function judge (file) {
  const { liHARToK6Script } = require('har-to-k6')
  try {
    await liHARToK6Script(JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '')))
    return 'accepts'
  } catch (error) {
    return `refuses\t${String(error.message).split('\n')[0].slice(0, 100)}`
  }
}

if (!isMainThread) {
  console.warn = () => {}
  parentPort.on('message', async file => parentPort.postMessage(await judge(file)))
} else {
  const limit = Number(process.argv[2] || 20) * 1000
  let worker = new Worker(__filename)
  const ask = file => new Promise(resolve => {
    const timer = setTimeout(async () => {
      await worker.terminate()
      worker = new Worker(__filename)
      resolve('gave-up')
    }, limit)
    worker.once('message', answer => {
      clearTimeout(timer)
      resolve(answer)
    })
    worker.postMessage(file)
  })
  const all = async () => {
    for (const file of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) console.log(`${file}\t${await ask(file)}`)
    await worker.terminate()
  }
  all()
}
