// Verdicts of Chrome's HAR import on the files named on stdin: DevTools' own HARFormat.ts and Importer.ts, from the installed
// package, build their objects from the parsed file. Texts are read as DevTools reads them: decoded with TextDecoder, files named
// .gz unpacked before.
'use strict'
const fs = require('fs')
const path = require('path')
const vm = require('vm')
const zlib = require('zlib')
const typescript = require('typescript')

const folder = path.join(path.dirname(require.resolve('chrome-devtools-frontend/package.json')), 'front_end')

function transpiled (file, imports) {
  const source = fs.readFileSync(path.join(folder, file), 'utf8')
  const { outputText } = typescript.transpileModule(source, {
    compilerOptions: { module: typescript.ModuleKind.CommonJS, target: typescript.ScriptTarget.ES2022 }
  })
  const module = { exports: {} }
  const load = name => {
    if (!(path.basename(name) in imports)) throw new Error(`${file} imports ${name}, for which there is no stand-in`)
    return imports[path.basename(name)]
  }
  vm.runInThisContext(`(function (exports, require, module) {${outputText}\n})`, { filename: file })(module.exports, load, module)
  return module.exports
}

// Stands for what cannot fail, whatever is read of it or called in it; what is set in it is kept.
function anything () {
  const kept = new Map()
  return new Proxy(function () {}, {
    get: (target, name) => kept.has(name) ? kept.get(name) : name === Symbol.toPrimitive ? () => '' : anything(),
    set: (target, name, value) => kept.set(name, value) && true,
    apply: () => anything(),
    construct: () => anything()
  })
}

function standIn (parts) {
  const other = anything()
  return new Proxy(parts, { get: (target, name) => name in target ? target[name] : other[name] })
}

const base64 = transpiled('core/common/Base64.ts', {})
const mimeType = transpiled('core/platform/MimeType.ts', {})
const events = transpiled('core/sdk/ServerSentEventsProtocol.ts', {})
const imports = {
  'common.js': standIn({ Base64: base64, ParsedURL: { hasWebSafeScheme: () => true } }),
  'platform.js': standIn({ MimeType: mimeType }),
  'sdk.js': standIn({ ServerSentEventProtocol: events, NetworkRequest: standIn({ InitiatorType: { OTHER: 'other' } }) }),
  'text_utils.js': anything(),
  'protocol.js': anything()
}
const { HARRoot } = transpiled('models/har/HARFormat.ts', imports)
const { Importer } = transpiled('models/har/Importer.ts', imports)

for (const file of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  let verdict = 'valid'
  let bytes = fs.readFileSync(file)
  try {
    if (file.endsWith('.gz')) bytes = zlib.gunzipSync(bytes)
    Importer.requestsFromHARLog(new HARRoot(JSON.parse(new TextDecoder().decode(bytes))).log)
  } catch (error) {
    verdict = 'invalid'
    if (process.env.EXPLAIN) console.error(`${file}: ${error.message}`)
  }
  console.log(`${file}\t${verdict}`)
}
