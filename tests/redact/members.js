// Whether each member that is a text in the schema of harmill has a place in places.js: `members.js HARMILL`.
'use strict';

const { execFileSync } = require('child_process');
const { ENTRY, LOG, PAGE } = require('./places');

const schema = execFileSync(process.argv[2], ['schema', '--for', 'xsd'], { encoding: 'utf8' });
const ours = new Set([LOG, PAGE, ENTRY].flatMap(table =>
  Object.entries(table).flatMap(([path, members]) => members.map(member => {
    const object = path.replace(/\.\d+/g, '').split('.').pop();
    return `${object} ${member}`;
  }))));
// Types of the schema and the last part of their places.
const objects = {
  log: [''], creator: ['creator', 'browser'], page: [''], pageTimings: ['pageTimings'], entry: [''], request: ['request'],
  response: ['response'], cookie: ['cookies'], header: ['headers'], query: ['queryString'], postData: ['postData'],
  param: ['params'], content: ['content'], cache: ['cache'], cacheEntry: ['beforeRequest', 'afterRequest'], timings: ['timings'],
};
let texts = 0;
let missing = 0;
for (const [, type, inner] of schema.matchAll(/<xs:complexType name="(\w+)"[^>]*>([^]*?)\n {2}<\/xs:complexType>/g)) {
  for (const [, member] of inner.matchAll(/<xs:element name="(\w+)" type="value"[^>]*>\s*<xs:annotation><xs:documentation>string/g)) {
    texts++;
    if (!objects[type]) console.log(`the object ${type} is not known here`);
    for (const object of objects[type] || []) {
      if (ours.has(`${object} ${member}`)) continue;
      missing++;
      console.log(`${object || type} ${member} has no place`);
    }
    if (!objects[type]) missing++;
  }
}
console.log(`${texts} texts in the schema`);
process.exit(missing || texts < 40 ? 1 : 0);
