// Prints ports of this machine that nothing listens on, for a program that cannot let the kernel choose: `ports.js COUNT`.
'use strict'
const net = require('net')

const servers = Array.from({ length: Number(process.argv[2]) }, () => net.createServer().listen(0, '127.0.0.1'))
Promise.all(servers.map(server => new Promise(resolve => server.on('listening', resolve)))).then(() => {
  console.log(servers.map(server => server.address().port).join(' '))
  servers.forEach(server => server.close())
})
