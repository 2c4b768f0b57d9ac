// What the scripts of the report and of these tests may not do. lint.js calls it.
import js from '@eslint/js';

const browser = ['document', 'window', 'navigator', 'location', 'history', 'performance', 'setTimeout', 'clearTimeout', 'requestAnimationFrame',
  'cancelAnimationFrame', 'addEventListener', 'removeEventListener', 'matchMedia', 'getSelection', 'getComputedStyle', 'print', 'innerWidth',
  'innerHeight', 'scrollX', 'scrollY', 'scrollTo', 'devicePixelRatio', 'URL', 'URLSearchParams', 'Blob', 'TextEncoder', 'TextDecoder', 'Node',
  'Element', 'HTMLElement', 'SVGElement', 'HTMLInputElement', 'HTMLButtonElement', 'HTMLSelectElement', 'HTMLTextAreaElement', 'HTMLDetailsElement',
  'HTMLAnchorElement', 'HTMLTableElement', 'HTMLTableRowElement', 'Event', 'KeyboardEvent', 'MouseEvent', 'PointerEvent', 'CustomEvent',
  'ResizeObserver', 'IntersectionObserver', 'MutationObserver', 'atob', 'btoa', 'Intl', 'console', 'queueMicrotask', 'Range', 'CSS', 'CSSMediaRule', 'Option'];
const node = ['process', 'MessageChannel', 'console', 'require', 'module', '__dirname', '__filename', 'Buffer', 'setTimeout', 'clearTimeout', 'setInterval',
  'clearInterval', 'setImmediate', 'performance', 'URL', 'URLSearchParams', 'fetch', 'structuredClone', 'TextEncoder', 'TextDecoder', 'AbortController'];

const globals = names => Object.fromEntries(names.map(name => [name, 'readonly']));
const property = name => ({ property: name, message: 'Text is never markup: use textContent, append, make().' });
const call = (selector, message) => ({ selector, message });

// Text of a capture must not become markup, code or the name of an attribute.
const guarded = {
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-script-url': 'error',
  'no-restricted-properties': ['error', ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'createContextualFragment', 'parseFromString',
    'setHTMLUnsafe', 'parseHTMLUnsafe', 'setHTML', 'srcdoc', 'localStorage', 'sessionStorage', 'sendBeacon', 'setAttributeNS'].map(property),
  { object: 'document', property: 'write' }, { object: 'document', property: 'writeln' }, { object: 'document', property: 'cookie' },
  { object: 'document', property: 'domain' }],
  'no-restricted-globals': ['error', 'eval', 'Function', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker',
    'importScripts', 'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'DOMParser', 'Image'],
  'no-restricted-syntax': ['error',
    call('CallExpression[callee.property.name=/^(setAttribute|toggleAttribute)$/]:not([arguments.0.type="Literal"]):not(FunctionDeclaration[id.name="draw"] *)',
      'The name of an attribute is a literal.'),
    call('CallExpression[callee.name="draw"]:not([arguments.1.type="ObjectExpression"])', 'draw() takes its attributes as they are written there.'),
    call('CallExpression[callee.name="draw"] > ObjectExpression > :matches(SpreadElement, Property[computed=true])', 'The name of an attribute is a literal.'),
    call('CallExpression[callee.name="draw"] > ObjectExpression > Property > :matches(Identifier, Literal).key:matches([name=/^(on|href|style|src)/], [value=/^(on|href|xlink|style|src)/])',
      'This attribute runs or loads something.'),
    call('CallExpression[callee.property.name="setAttribute"][arguments.0.value=/^(on|style$|href$|src|srcdoc$)/i]', 'This attribute runs or loads something.'),
    call('CallExpression[callee.property.name=/^(setAttribute|toggleAttribute)$/][callee.computed=true]', 'Methods are called by their names.'),
    call('Property[key.name=/^(innerHTML|outerHTML|srcdoc)$/]', 'Text is never markup.'),
    call('MemberExpression[computed=true][property.type="Literal"][property.value=/^(innerHTML|outerHTML|insertAdjacentHTML|write|writeln|eval|Function)$/]',
      'Text is never markup.'),
    call('ImportExpression', 'The report is one file.'),
    call('CallExpression[callee.property.name="constructor"]', 'No code from text.'),
    call('CallExpression[callee.name="createElement"][arguments.0.value=/^(script|iframe|object|embed|base|link|meta|form)$/i]', 'Not in a report.'),
    call('CallExpression[callee.property.name="createElement"][arguments.0.value=/^(script|iframe|object|embed|base|link|meta|form)$/i]', 'Not in a report.'),
    call('CallExpression[callee.name="make"][arguments.0.value=/^(script|iframe|object|embed|base|link|meta|form)$/i]', 'Not in a report.')],
};

export default [
  { ignores: ['**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    // The files of the report share one scope: they are put one after another.
    files: ['**/report.js'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'script', globals: globals(browser) },
    rules: { ...guarded, 'no-unused-vars': ['error', { args: 'after-used' }], eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error',
      'max-len': ['error', { code: 160, ignoreRegExpLiterals: true }] },
  },
  {
    files: ['**/*.js'],
    ignores: ['**/report.js'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'commonjs', globals: globals([...node, ...browser]) },
    rules: { 'prefer-const': 'error', 'no-var': 'error' },
  },
];
