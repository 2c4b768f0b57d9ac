// An HTTP proxy as a company has one: `connect.js PORT FOLDER` prints its address. CONNECT to any host leads to PORT of this
// machine, so that no name is looked up; the user "nobody" gets 407, "mute" no answer, anything but CONNECT 405. FOLDER/heads
// holds the heads of all requests, FOLDER/tunnel the bytes that clients sent through tunnels.
'use strict'
const fs = require('fs')
const http = require('http')
const net = require('net')
const path = require('path')

const [, , port, folder] = process.argv
const keep = (name, bytes) => fs.appendFileSync(path.join(folder, name), bytes)
keep('heads', '')
keep('tunnel', '')

function note (request) {
  const lines = [`${request.method} ${request.url}`]
  for (let i = 0; i < request.rawHeaders.length; i += 2) lines.push(request.rawHeaders[i] + ': ' + request.rawHeaders[i + 1])
  keep('heads', lines.join('\n') + '\n\n')
}

const server = http.createServer((request, response) => {
  note(request)
  response.writeHead(405).end()
})
server.on('connect', (request, client, head) => {
  note(request)
  client.on('error', () => client.destroy())
  const login = Buffer.from((request.headers['proxy-authorization'] || '').replace(/^Basic /, ''), 'base64').toString()
  if (login.startsWith('nobody:')) {
    client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n')
    return
  }
  if (login.startsWith('mute:')) return
  const origin = net.connect(Number(port), '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connected\r\n\r\n')
    client.on('data', bytes => keep('tunnel', bytes))
    keep('tunnel', head)
    origin.write(head)
    client.pipe(origin)
    origin.pipe(client)
  })
  origin.on('error', () => client.destroy())
})
server.listen(0, '127.0.0.1', () => console.log(`proxy: http://127.0.0.1:${server.address().port}`))
