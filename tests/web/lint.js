// eslint and tsc over the scripts of the report: `lint.js eslint|types|plain|tests|planted [FOLDER]`. Prints FILE:LINE: WHAT; status 1 when there is any.
const fs = require('fs');
const path = require('path');
const { ORDER, WEB, readScripts, assemble } = require('./assemble.js');

const [, , what, folder = WEB] = process.argv;
const MOST = 118 * 1024; // bytes of CSS and JavaScript

function eslint() {
  const { ESLint } = require('eslint');
  return new ESLint({ cwd: __dirname });
}

/** The files share one scope, so they are judged as one. */
async function judge(files) {
  const { text, origin } = assemble(files);
  const [result] = await eslint().lintText(text, { filePath: path.join(__dirname, 'report.js') });
  return result.messages.map(message => `${origin(message.line)}: ${message.ruleId}: ${message.message}`);
}

function types() {
  const ts = require('typescript');
  const files = [path.join(folder, 'types.d.ts'), ...ORDER.map(name => path.join(folder, name + '.js'))];
  const program = ts.createProgram(files, {
    allowJs: true, checkJs: true, strict: true, noEmit: true, skipDefaultLibCheck: true, types: [], target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.es2024.string.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noImplicitReturns: true, noFallthroughCasesInSwitch: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const where = file ? path.basename(file.fileName) + ':' + (file.getLineAndCharacterOfPosition(start).line + 1) : 'types';
    return where + ': ' + ts.flattenDiagnosticMessageText(messageText, ' ');
  });
}

/** What the build refuses too, the size, and the house's form. */
function plain() {
  const files = readScripts(folder).concat(['report.css', 'detail.css'].map(name => ({ name, text: fs.readFileSync(path.join(folder, name), 'utf8') })));
  const found = [];
  let size = 0;
  for (const { name, text } of files) {
    size += Buffer.byteLength(text);
    if (/<\/script|<script|<!--|<\/style/i.test(text)) found.push(name + ': has text that ends or begins a script');
    if (!text.endsWith('\n')) found.push(name + ': has no newline at its end');
    if (!text.startsWith('/*')) found.push(name + ': does not say on its first line what it is');
    text.split('\n').forEach((line, i) => {
      if (/[^\x20-\x7e]/.test(line)) found.push(`${name}:${i + 1}: is not ASCII, or has a tab`);
      if (line.endsWith(' ')) found.push(`${name}:${i + 1}: has a blank at its end`);
    });
    if (/\.css$/.test(name) ? /@import|url\((?!["']?(#|data:image))/i.test(text) : false) found.push(name + ': loads something');
  }
  found.push(...faint(files.find(file => file.name === 'report.css').text));
  if (size > MOST) found.push(`${size} bytes of CSS and JavaScript are more than ${MOST}`);
  return found;
}

/** WCAG 2.2, relative luminance and contrast of #rgb or #rrggbb. */
function luminance(colour) {
  const digits = colour.length === 4 ? colour.replace(/[\da-f]/gi, '$&$&') : colour;
  const [r, g, b] = digits.match(/[\da-f]{2}/gi).map(pair => parseInt(pair, 16) / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (...colours) => {
  const [more, less] = colours.map(luminance).sort((a, b) => b - a);
  return (more + 0.05) / (less + 0.05);
};

/** Colours of either theme that are too near to the background: phases below 3 (SC 1.4.11), texts below 4.5 (SC 1.4.3). */
function faint(css) {
  const themes = [...css.matchAll(/:root\s*\{([^}]*--blocked[^}]*)\}/g)].map(([, rules]) =>
    Object.fromEntries([...rules.matchAll(/--([\w-]+):\s*(#[\da-f]{3,6})\b/gi)].map(([, name, colour]) => [name, colour])));
  const wanted = { 3: ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'], 4.5: ['text', 'dim', 'link', 'error', 'warning', 'info', 'ok'] };
  const found = themes.length >= 2 ? [] : ['report.css: not two themes'];
  for (const [least, names] of Object.entries(wanted))
    for (const name of names)
      for (const [n, theme] of themes.entries())
        if (!theme[name] || !(contrast(theme[name], theme.bg) >= Number(least))) found.push(`report.css: --${name} of theme ${n + 1} is too faint`);
  return found;
}

async function tests() {
  const results = await eslint().lintFiles(['*.js', '*.mjs']);
  return results.flatMap(({ filePath, messages }) => messages.map(one => `${path.basename(filePath)}:${one.line}: ${one.ruleId}: ${one.message}`));
}

/** What must be found where it is planted: [line of JavaScript, what is said]. */
const PLANTS = [
  ["byId('x').innerHTML = 'y';", /no-restricted-properties.*innerHTML/],
  ["byId('x')['outerHTML'] = 'y';", /no-restricted-(properties|syntax)/],
  ["Object.assign(byId('x'), { innerHTML: 'y' });", /no-restricted-syntax/],
  ["const { innerHTML } = byId('x'); innerHTML.trim();", /no-restricted-(properties|syntax)/],
  ["byId('x').insertAdjacentHTML('beforeend', 'y');", /no-restricted-properties.*insertAdjacentHTML/],
  ["document.write('y');", /no-restricted-properties.*write/],
  ["eval('y');", /no-eval/],
  ["new Function('y')();", /no-new-func/],
  ["setTimeout('y', 1);", /no-implied-eval/],
  ["for (const name of ['a']) byId('x').setAttribute(name, 'y');", /no-restricted-syntax.*literal/],
  ["byId('x').setAttribute('onclick', 'y');", /no-restricted-syntax.*runs/],
  ["byId('x').setAttribute('style', 'y');", /no-restricted-syntax.*runs/],
  ["const given = { onload: 'y' }; draw('svg', given);", /no-restricted-syntax.*draw/],
  ["draw('a', { href: 'y' });", /no-restricted-syntax.*runs/],
  ["draw('a', { ['on' + 'x']: 'y' });", /no-restricted-syntax.*literal/],
  ["document.createElement('script');", /no-restricted-syntax/],
  ["make('iframe');", /no-restricted-syntax/],
  ["fetch('/x');", /no-(restricted-globals|undef)/],
  ["localStorage.getItem('x');", /no-(restricted-globals|undef)/],
  ["byId('x').srcdoc = 'y';", /no-restricted-properties/],
  ["const unused = 1;", /no-unused-vars/],
  ["undefinedName();", /no-undef/],
];

/** All of them in one file, a line each. */
async function planted() {
  const lines = [...PLANTS.map(([line]) => line), "byId('x').textContent = 'y'; draw('g', { class: 'a' }); byId('x').setAttribute('role', 'row');"];
  const text = lines.map(line => `{ ${line} }\n`).join('');
  const messages = await judge([...readScripts(folder), { name: 'planted.js', text }]);
  const at = i => messages.filter(message => message.startsWith(`planted.js:${i + 1}: `));
  const missed = PLANTS.filter(([, said], i) => !at(i).some(message => said.test(message))).map(([line]) => 'planted and not found: ' + line);
  missed.push(...at(PLANTS.length).map(message => 'found where nothing is: ' + message));
  if (!missed.length) console.log(PLANTS.length + ' found');
  return missed;
}

(async () => {
  const found = await { eslint: () => judge(readScripts(folder)), types, plain, tests, planted }[what]();
  for (const line of found.slice(0, 50)) console.log(line);
  process.exitCode = found.length ? 1 : 0;
})();
