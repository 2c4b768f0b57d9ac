// Between a client and Prism, which chooses its answers by a header that no client of the API sends: `relay.js ADDRESS FOLDER`
// prints its own address. The first part of a path says what to ask Prism for, the rest is the API's path:
//
//     /as-is/...      as it comes
//     /code-404/...   the example of this status
//     /seed-7/...     an answer made from the schema with this seed
//     /v1/...         the HAR of version 1 of the API, in its envelope; /v1-202/...: its example of this status
//
// FOLDER/body is the last answer's body as it was passed on, FOLDER/log has a line for each request: its method, its path, the
// status of the answer, the names of its headers; FOLDER/posted the last body that was sent.
'use strict'
const fs = require('fs')
const http = require('http')
const path = require('path')

const [, , address, folder] = process.argv
const file = name => path.join(folder, name)

function asked (url) {
  const [, word, number, rest] = /^\/(as-is|code|seed|v1)(?:-(\d+))?(\/.*)$/.exec(url) || []
  const version1 = rest && rest.replace(/\/v2\/har\/([^/]*)$/, '/scan/$1/har')
  switch (word) {
    case 'as-is': return { target: rest }
    case 'code': return { target: rest, prefer: `code=${number}` }
    case 'seed': return { target: rest, prefer: `dynamic=true, seed=${number}` }
    case 'v1': return { target: version1, prefer: number && `code=${number}` }
  }
  return { target: url }
}

const gathered = stream => new Promise((resolve, reject) => {
  const parts = []
  stream.on('data', part => parts.push(part)).on('end', () => resolve(Buffer.concat(parts))).on('error', reject)
})

async function relay (request, response) {
  const { target, prefer } = asked(request.url)
  const sent = await gathered(request)
  const headers = { ...request.headers, ...(prefer && { prefer }) }
  const onward = http.request(new URL(address).origin + target, { method: request.method, headers })
  onward.end(sent)
  const answer = await new Promise((resolve, reject) => onward.on('response', resolve).on('error', reject))
  const body = await gathered(answer)
  fs.writeFileSync(file('body'), body)
  fs.writeFileSync(file('posted'), sent)
  fs.appendFileSync(file('log'), `${request.method} ${target} ${answer.statusCode} ${Object.keys(request.headers).join(' ')}\n`)
  response.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'], 'content-length': body.length })
  response.end(body)
}

const server = http.createServer((request, response) => {
  relay(request, response).catch(error => {
    console.error(error)
    response.destroy()
  })
})
server.listen(0, '127.0.0.1', () => console.log(`relay: http://127.0.0.1:${server.address().port}`))
