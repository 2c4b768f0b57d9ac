// Verdicts of Chrome's HAR import on the files named on stdin: DevTools' own HARFormat.ts, from the installed package, builds its
// objects from the parsed file. Texts are read as DevTools reads them: decoded with TextDecoder, files named .gz unpacked before.
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

// What HARFormat.ts uses of other modules; neither can fail.
const { HARRoot } = transpiled('models/har/HARFormat.ts', {
  'common.js': { ParsedURL: { hasWebSafeScheme: () => true } },
  'sdk.js': { NetworkRequest: { InitiatorType: { OTHER: 'other' } } }
})

for (const file of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  let verdict = 'valid'
  let bytes = fs.readFileSync(file)
  try {
    if (file.endsWith('.gz')) bytes = zlib.gunzipSync(bytes)
    new HARRoot(JSON.parse(new TextDecoder().decode(bytes))) // eslint-disable-line no-new
  } catch (error) {
    verdict = 'invalid'
    if (process.env.EXPLAIN) console.error(`${file}: ${error.message}`)
  }
  console.log(`${file}\t${verdict}`)
}
