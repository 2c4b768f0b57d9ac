// Captures that are made to cost: `adversarial.js NAME [SIZE]` writes one to stdout, `adversarial.js` prints the names.
'use strict';

const { newEntry, newLog } = require('./places');
const { Values, base64 } = require('./values');

const entryWith = text => {
  const entry = newEntry(0);
  Object.assign(entry.response.content, { mimeType: 'text/plain', text, size: Buffer.byteLength(text) });
  return entry;
};
const capture = entries => JSON.stringify({ log: { ...newLog(), entries } });
const one = text => capture([entryWith(text)]);
const header = (name, value) => {
  const entry = newEntry(0);
  entry.request.headers.push({ name, value });
  return entry;
};
const again = (times, text, wrap) => {
  for (let i = 0; i < times; i++) text = wrap(text);
  return text;
};

// By their names: what makes them of a size.
const CAPTURES = {
  'ey and letters': n => one(`ey${'a'.repeat(n)}`),
  'ey, again and again': n => one('ey'.repeat(n / 2)),
  'ey with points': n => one('eyaaaaaaaaaa.'.repeat(n / 13)),
  'less-than signs': n => one('<'.repeat(n)),
  'tags that do not end': n => one('<input name="token" '.repeat(n / 20)),
  'percent of percent': n => one('%25'.repeat(n / 3)),
  'backslashes': n => one('\\'.repeat(n)),
  'ampersands': n => one('&amp;'.repeat(n / 5)),
  'quotes': n => one('"\''.repeat(n / 2)),
  'equals signs': n => one('token='.repeat(n / 6)),
  'names without values': n => one('"name": "Authorization", '.repeat(n / 25)),
  'names of passwords': n => one('"password": '.repeat(n / 12)),
  'begins of keys': n => one('-----BEGIN PRIVATE KEY-----'.repeat(n / 27)),
  'schemes': n => one('Bearer '.repeat(n / 7)),
  'addresses with users': n => one('a://b:'.repeat(n / 6)),
  'base64 of base64': () => one(again(30, 'token=abcd1234efgh', base64).slice(0, 4e6)),
  'JSON in JSON': () => one(again(14, '{"token":"Vq3k8fWm2Xb9tRv4"}', text => JSON.stringify({ a: text }))),
  'one letter in base64': n => one('A'.repeat(n)),
  'soft breaks': n => one('=\r\n'.repeat(n / 3)),
  'brackets': n => one('['.repeat(n)),
  'cookies in a header': n => capture([header('Cookie', 'a=b; '.repeat(n / 5))]),
  'parts': n => {
    const entry = newEntry(0);
    entry.request.postData = { mimeType: 'multipart/form-data; boundary=x',
      text: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(n / 54) };
    return capture([entry]);
  },
  'parameters': n => {
    const entry = newEntry(0);
    entry.request.url = `https://shop.example/?${'token=abcdefgh9&'.repeat(n / 16)}`;
    return capture([entry]);
  },
  'a long secret': n => capture([header('X-Api-Key', `7${new Values(1).some(n, 'abcdefghijk')}`), entryWith('text')]),
  'a secret of one letter': n => capture([header('X-Api-Key', 'aaaaaaaa'), entryWith('a'.repeat(n))]),
  'a secret that is nearly there': n => capture([header('X-Api-Key', `${'a'.repeat(2000)}b`), entryWith('a'.repeat(n))]),
  'secrets that begin alike': n => capture([
    ...Array.from({ length: 300 }, (_, i) => header('X-Api-Key', `${'a'.repeat(100 + i)}b${i}`)), entryWith('a'.repeat(n))]),
};

// 10,000 secrets and more, each once under a name and once in a text.
function many(count, bytes) {
  const values = new Values(7);
  const secrets = Array.from({ length: count }, (_, i) => `${values.some(20, 'abcdefghjkmnpqrstuvwxyzABCDEFGH23456789')}${i}`);
  const entries = secrets.map(secret => header('X-Api-Key', secret));
  const filler = 'The quick brown fox jumps over 13 lazy dogs. '.repeat(Math.ceil(bytes / count / 45));
  secrets.forEach(secret => entries.push(entryWith(`${filler}${secret} and the rest`)));
  return { text: capture(entries), secrets };
}

module.exports = { capture, entryWith, header, many };

if (require.main === module) {
  const [, , name, size] = process.argv;
  if (!name) console.log(Object.keys(CAPTURES).join('\n'));
  else if (name === 'many') process.stdout.write(many(Number(size), Number(process.argv[4] || 0)).text);
  else process.stdout.write(CAPTURES[name](Number(size)));
}
