// Files of src/web in one scope, as the report has them, with a document that is not there: for tests of what needs none.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const WEB = path.join(__dirname, '../../src/web');

/** The named functions of the scripts. `more`: globals they may use. */
function load(files, names, more = {}) {
  const text = files.map(name => fs.readFileSync(path.join(WEB, name + '.js'), 'utf8')).join('');
  const context = vm.createContext({ atob, TextEncoder, TextDecoder, Blob, URL, ...more });
  return vm.runInContext(`(() => {'use strict';\n${text}\nreturn {${names.join(',')}};\n})()`, context, { filename: 'src/web' });
}

/** A value of JSON as data.js gives it to the others; what `hide` tells a number for is left out. */
function valueOf(json, hide = () => undefined, name = '', around = {}) {
  const left = hide(name, around, json);
  if (left !== undefined) return { left };
  if (typeof json === 'number') return { number: String(json) };
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(item => valueOf(item, hide, '', json));
  return { members: Object.entries(json).map(([key, value]) => [key, valueOf(value, hide, key, json)]) };
}

module.exports = { load, valueOf };
