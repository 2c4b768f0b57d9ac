// node curl.js FOLDER SHELL...: commands that toCurl() makes of hostile requests, run by each shell with the real curl against
// a server here; what arrives must be what the entry says. Prints problems and a last line with the number of commands.
'use strict';
const fs = require('fs');
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');
const { load, valueOf } = require('./scripts.js');

const { toCurl } = load(['text', 'data', 'body', 'curl'], ['toCurl']);
const [folder, ...shells] = process.argv.slice(2);
const HOSTILE = [
  'it\'s "quoted" \'twice\'\' end\'', '$(id) `id` ${HOME} $HOME $((1))', '; touch pwned & touch pwned | touch pwned', '!! !x !$ ^a^b',
  '\\ \\n \\\' \\\\', '%s %n %% %41', '*? [a-z] {a,b} ~root =ls', '-o pwned', '@/etc/passwd', '#hash', 'tab\there', '!x\t!y !z! %s', 'esc \x1b[201~ \x1b]0;x\x07',
  'p\u0159\u00edli\u0161 \u4f60\u597d \ud83d\ude00', 'c1 \u009b31m', 'bidi \u202etxt', 'del \x7f', '<', '>', '&&', '(a)', "'", '\\',
];

/** name, request, what arrives otherwise than the request says. */
function cases(origin) {
  const list = [];
  const host = origin.replace('http://', '');
  const add = (name, request, expected = {}) => list.push({
    name, expected, request: { method: 'GET', url: origin + '/', headers: [], ...request },
  });
  const headers = pairs => pairs.map(([name, value]) => ({ name, value }));
  add('plain', {});
  add('an empty address', { url: origin }, { target: '/' });
  for (const target of ['/a?b=1&c=%20%zz', '/{a,b}[1-9]/..//./x', '/$(id)`id`"q\'s;|&', '/?a[]=1&{}', '/a?@b!c^d', '/-o', '/%00%0a%1b', '/*?~'])
    add('address ' + target, { url: origin + target }, { target });
  add('characters for the address', { url: origin + '/p \u0159\ud83d\ude00\n\x1b\t?q=\x7f\u202e' },
    { target: '/p%20%C5%99%F0%9F%98%80%0A%1B%09?q=%7F%E2%80%AE' });
  add('half a character', { url: origin + '/\ud83d' }, { target: '/%EF%BF%BD' });
  add('a fragment', { url: origin + '/a#b' }, { target: '/a' });
  add('who in the address', { url: origin.replace('//', '//u:p@') + '/a' }, { target: '/a' });
  for (const value of HOSTILE) add('value ' + JSON.stringify(value), { headers: headers([['X-A', value], ['User-Agent', value]]) });
  for (const value of HOSTILE) add('body ' + JSON.stringify(value), { method: 'POST', postData: { mimeType: 'text/plain', text: value } });
  for (const name of ["X'-`id`", '$HOME', '!x', '-H', '*', '%s', '#a'])
    add('name ' + name, { headers: headers([[name, 'v']]) });
  add('names that are none', { headers: headers([['@/etc/passwd', 'x'], [':path', '/x'], ['', 'x'], ['a b', 'x'], ['a:b', 'x'], ['a\nb', 'x'], ['Ok', 'y']]) },
    { headers: [['Ok', 'y']] });
  add('a header in a value', { headers: headers([['A', 'x\r\nInjected: 1'], ['B', 'x\nInjected: 1'], ['C', 'x\0y'], ['D', 'y']]) }, { headers: [['D', 'y']] });
  add('a value that is empty', { headers: headers([['X-Empty', ''], ['X-Blank', ' '], ['Z', ';']]) }, { headers: [['X-Empty', ''], ['X-Blank', ''], ['Z', ';']] });
  add('twice, in order', { headers: headers([['b', '1'], ['A', '2'], ['b', '3'], ['Cookie', 'a=b; c="d"'], ['Accept', '*/*'], ['accept-encoding', 'gzip, br']]) });
  add('another host', { headers: headers([['Host', 'other.example'], ['Connection', 'keep-alive'], ['A', 'b']]) });
  add('the same host', { headers: headers([['Host', host], ['Accept', 'text/html;q=0.9']]) }, { headers: [['Accept', 'text/html;q=0.9']] });
  add('of HTTP/2', { headers: headers([[':authority', host], [':method', 'GET'], [':path', '/'], [':scheme', 'http'], ['accept', 'a/b']]) }, { headers: [['accept', 'a/b']] });
  add('framing', { method: 'POST', headers: headers([['Content-Length', '999'], ['Transfer-Encoding', 'chunked'], ['Content-Type', 'a/b']]), postData: { text: 'x' } },
    { headers: [['Content-Type', 'a/b']] });
  add('expects', { method: 'PUT', headers: headers([['Expect', '100-continue']]), postData: { text: 'x' } });
  for (const method of ['HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'POST', 'get', '-o', "A'B", '$X', '`id`', '!x', '|', '*'])
    add('method ' + method, { method });
  for (const method of ['A B', 'GET /x HTTP/1.1\r\nX: y', '$(id)', '']) add('no method ' + JSON.stringify(method), { method }, { method: 'GET' });
  for (const method of ['GET', 'PUT', 'DELETE', '$X']) add('body with ' + method, { method, postData: { mimeType: 'a/b', text: 'a=b&c' } });
  add('lines', { method: 'POST', headers: headers([['Content-Type', 'application/json']]), postData: { text: '{\n\t"a": "b\'%s\\n"\r\n}\n\n' } });
  add('all of the first characters', { method: 'POST', postData: { text: String.fromCharCode(...Array(384).keys()) + '7' } });
  const binary = Buffer.from([...Array(256).keys(), ...Array(256).keys()]);
  add('bytes', { method: 'POST', postData: { text: binary.toString('base64'), encoding: 'base64' } }, { body: binary });
  add('text in base64', { method: 'POST', postData: { text: Buffer.from('a \u0159 b').toString('base64'), encoding: 'base64' } }, { body: Buffer.from('a \u0159 b') });
  add('a mark of order', { method: 'POST', postData: { text: '\ufeffx' } });
  add('99 kB', { method: 'POST', postData: { text: "'".repeat(20000) + '\u0159'.repeat(19000) } });
  add('120 kB', { method: 'POST', postData: { text: '-%!\\\'"$(id)x\u0159'.repeat(9000) } });
  add('2 MB', { method: 'POST', postData: { text: 'x'.repeat(2000000) } });
  add('parameters only', { method: 'POST', postData: { mimeType: 'multipart/form-data', params: [{ name: 'a', value: 'b' }] } }, { body: Buffer.alloc(0) });
  return list;
}

/** One request of each connection, by its bytes. */
function parse(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first, ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  const body = bytes.subarray(end + 4);
  const [, method, target] = /^(.*) (\S*) HTTP\/1\.1$/.exec(first) ?? [];
  return body.length < length ? null : { method, target, headers, body };
}

let arrived = [];
const server = net.createServer(socket => {
  let bytes = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', data => {
    bytes = Buffer.concat([bytes, data]);
    const request = parse(bytes);
    if (request) {
      arrived.push(request);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    } else if (/\r\nexpect: 100/i.test(bytes.toString('latin1', 0, 4096))) {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    }
  });
});

function problemsOf({ request, expected }, origin) {
  if (arrived.length !== 1) return [`${arrived.length} requests arrived`];
  const [got] = arrived;
  const text = request.postData?.text ?? '';
  const wanted = {
    method: expected.method ?? request.method,
    target: expected.target ?? request.url.replace(origin, ''),
    body: expected.body ?? Buffer.from(text),
    headers: (expected.headers ?? request.headers.map(({ name, value }) => [name, value]))
      .map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
  };
  const problems = [];
  const same = (what, a, b) => a === b || problems.push(`${what}: wanted ${a.slice(0, 300)}, got ${b?.slice(0, 300)}`);
  same('method', wanted.method, got.method);
  same('target', wanted.target, got.target);
  same('body', wanted.body.toString('latin1'), got.body.toString('latin1'));
  /* Where curl puts these two is its own affair. */
  const others = list => JSON.stringify(list.filter(([name]) => !/^(host|content-length)$/i.test(name)));
  const hostOf = list => list.find(([name]) => name.toLowerCase() === 'host')?.[1];
  same('headers', others(wanted.headers), others(got.headers));
  same('host', hostOf(wanted.headers) ?? origin.replace('http://', ''), hostOf(got.headers));
  return problems;
}

function runShell(shell, command, name) {
  const script = path.join(folder, 'command');
  /* As typed: with the history's expansion, which quotes do not always stop. */
  fs.writeFileSync(script, shell === 'bash' ? 'set -o history\nset -H\n' + command + '\n' : command + '\n');
  return new Promise(resolve => {
    const child = spawn(shell, [script], { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, LC_ALL: process.env.LC_ALL }, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), 20000);
    child.stderr.on('data', data => { errors += data; });
    child.on('close', code => {
      clearTimeout(timer);
      resolve(code ? [`${shell}: ${name}: status ${code} ${errors.split('\n').filter(line => /curl: |command/.test(line)).join(' ').slice(0, 300)}`] : []);
    });
  });
}

async function main() {
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = 'http://127.0.0.1:' + server.address().port;
  const problems = [];
  let count = 0;
  for (const one of cases(origin)) {
    const { text } = toCurl(valueOf({ request: one.request }));
    // eslint-disable-next-line no-control-regex
    if (/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/.test(text)) problems.push(`${one.name}: the command has characters that are not visible`);
    for (const shell of shells) {
      arrived = [];
      problems.push(...await runShell(shell, text, one.name), ...problemsOf(one, origin).map(problem => `${shell}: ${one.name}: ${problem}`));
      count++;
    }
  }
  server.close();
  const files = fs.readdirSync(folder).filter(name => name !== 'command');
  if (files.length) problems.push('files were made: ' + files.join(' '));
  const none = (name, url, wanted) => {
    const { text, notes } = toCurl(valueOf({ request: { method: 'GET', url, headers: [] } }));
    if (text !== wanted || !notes.length) problems.push(`${name}: ${text} ${notes}`);
  };
  for (const url of ['file:///etc/passwd', 'data:text/plain,x', '-o pwned', '', 'http://', 'http:///x', 'http://a\nb/', 'javascript:alert(1)', 'ftp://a/'])
    none('no address for curl', url, '');
  const secret = toCurl(valueOf({ request: { method: 'POST', url: origin, headers: [{ name: 'Cookie', value: 'a=redacted-cookie-1' }, { name: 'A', value: 'b' }], postData: { text: 'body' } } },
    name => name === 'text' ? 4 : undefined));
  if (!secret.text.includes("-H 'Cookie: a=redacted-cookie-1'") || secret.text.includes('body') || secret.notes.length !== 2 || !secret.notes.join().includes('redacted')) problems.push('left out: ' + JSON.stringify(secret));
  for (const problem of problems) console.log(problem.replace(/[^ -~]/g, '?'));
  console.log(count + ' commands');
  process.exitCode = problems.length ? 1 : 0;
}

main();
