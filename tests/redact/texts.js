// Names that say that a value is secret, and texts in which a name and its value stand, in one encoding or several.
'use strict';

const {
  ANY, CLEAR, PLAIN, TOKEN, base64, base64url, deflate, deflateRaw, entities, entitiesDecimal, form, gzip, inString, percent,
  percentAll, unicode,
} = require('./values');

// A name for each word of docs/redaction.md that makes a name secret, in the spellings of different programs.
const NAMES = [
  'password', 'user_passwd', 'newPassword', 'PASSPHRASE', 'pass-code', 'pwd', 'client_secret', 'access_token', 'refreshToken',
  'id-token', 'apiKey', 'API_KEY', 'access_key', 'secretKey', 'private_key', 'privkey', 'encryption-key', 'subscriptionKey',
  'functions_key', 'serviceKey', 'account_key', 'dbKey', 'database_key', 'client-key', 'authkey', 'db_pass', 'keypass',
  'authorization', 'user_credential', 'sessionId', 'sess_id', 'csrf_token', 'XSRF-TOKEN', '__RequestVerification', 'my_jwt',
  'bearer', 'client_assertion', 'SAMLResponse', 'auth_cookie', 'x-signature', 'webhook', 'ConnectionString', 'recovery_phrase',
  'sharedAccessValue', 'clientCert', 'mysql_pwd', 'stripeToken', 'code_verifier', 'code_challenge', 'cvv', 'card_cvc',
  'cardNumber', 'otp', 'mfa_value', 'twoFactor', 'sso_ticket', '__VIEWSTATE', 'fb_dtsg', 'userPasswort', 'kennwort', 'mot_de_passe',
  'senha', 'x-amz-security-token', '__EVENTVALIDATION',
];
const NESTED_NAMES = ['user[password]', 'account.login.token', 'data:secret', 'form$apiKey'];
const LETTER_NAMES = ['contraseña', 'пароль', '密码', 'パスワード'];
// Of these the value goes in parameters; elsewhere when it looks like a secret.
const EXACT_NAMES = [
  'code', 'state', 'key', 'nonce', 'hash', 'sig', 'policy', 'pin', 'pass', 'pw', 'response', 'cnonce', 'ticket', 'magic', 'auth',
  'sid', 'appid', 'client_id', 'mac', 'digest', 'claim', 'lsd', 'md5', 'st', 'RelayState', 'wresult', 'usg', 'shdf', 'serverData',
  'fcParams', 'facetID', 'user_code', 'device_code', 'Key-Pair-Id', 'passkey', 'X-Amz-Credential', 'X-Goog-Signature', 'samlart',
];

const identifier = name => name.replace(/ñ/g, 'n').replace(/[^A-Za-z0-9]+(.)?/g, (_, c) => (c || '').toUpperCase()).replace(/^(\d)/, '_$1') || 'secret';
const element = name => name.replace(/ñ/g, 'n').replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^[^A-Za-z_]/, '_');
const json = (n, v) => `{"id": 7, "${inString(n)}": "${inString(v)}", "next": null}`;
const quoted = v => v.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n');
const param = (n, v) => `${percent(n)}=${percent(v)}`;

// id, the names that it is made for (any: also those that must be exact), the shapes of its values, the text.
const TEXTS = [
  ['parameter', 'all', ANY, param],
  ['parameter between others', 'param', ANY, (n, v) => `page=2&${param(n, v)}&sort=up`],
  ['form', 'param', ANY, (n, v) => `page=2&${form(n)}=${form(v)}`],
  ['address', 'param', ANY, (n, v) => `https://shop.example/find?q=tea&${param(n, v)}#top`],
  ['relative address', 'param', ANY, (n, v) => `/find?${param(n, v)}&q=tea`],
  ['fragment', 'param', ANY, (n, v) => `https://shop.example/back#${param(n, v)}&x=1`],
  ['matrix parameter', 'param', TOKEN, (n, v) => `https://shop.example/find;${param(n, v)}?q=tea`],
  ['address in an address', 'param', TOKEN,
    (n, v) => `https://shop.example/go?redirect_uri=${percent(`https://other.example/back?${param(n, v)}`)}`],
  ['address in an address in an address', 'param', TOKEN,
    (n, v) => `/go?next=${percent(`https://b.example/?to=${percent(`https://c.example/?${param(n, v)}`)}`)}`],
  ['userinfo', 'none', TOKEN, (n, v) => `https://user:${percent(v)}@shop.example/`],
  ['JSON', 'any', ANY, json],
  ['JSON, exact names', 'exact', CLEAR, json],
  ['JSON, nested', 'any', ANY, (n, v) => `{"a": [{"b": {"${inString(n)}":"${inString(v)}"}}]}`],
  ['JSON, a list', 'any', ANY, (n, v) => `{"${inString(n)}": ["${inString(v)}"], "a": 1}`],
  ['JSON, an object', 'any', ANY, (n, v) => `{"${inString(n)}": {"inner": "${inString(v)}"}, "a": 1}`],
  ['JSON, name and value', 'any', ANY, (n, v) => `[{"name": "${inString(n)}", "value": "${inString(v)}"}]`],
  ['JSON, value and name', 'any', ANY, (n, v) => `[{"value": "${inString(v)}", "name": "${inString(n)}"}]`],
  ['JSON in JSON', 'any', ANY, (n, v) => `{"a": ${JSON.stringify(json(n, v))}}`],
  ['JSON in JSON in JSON', 'any', ANY, (n, v) => `{"a": ${JSON.stringify(`{"b": ${JSON.stringify(json(n, v))}}`)}}`],
  ['JSON, cut', 'any', TOKEN, (n, v) => `{"items": [{"id": 1}, {"${inString(n)}": "${inString(v)}`],
  ['JSON, percent-encoded', 'any', ANY, (n, v) => percent(json(n, v))],
  ['JSON, all escaped', 'any', ANY, (n, v) => `{"${unicode(n)}": "${unicode(v)}"}`],
  ['JSON, in entities', 'any', ANY, (n, v) => entities(json(n, v))],
  ['JSON in base64', 'any', ANY, (n, v) => base64(json(n, v))],
  ['form in base64url', 'param', ANY, (n, v) => base64url(`page=2&${param(n, v)}`)],
  ['JSON in gzip in base64', 'any', ANY, (n, v) => gzip(json(n, v))],
  ['JSON in zlib in base64', 'any', ANY, (n, v) => deflate(json(n, v))],
  ['XML in deflate in base64', 'any', PLAIN, (n, v) => deflateRaw(`<a><${element(n)}>${entities(v)}</${element(n)}></a>`)],
  ['line of a header', 'header', PLAIN, (n, v) => `${n}: ${v}`],
  ['credential', 'none', PLAIN, (n, v) => `Authorization: Bearer ${v}`],
  ['name and password', 'none', TOKEN, (n, v) => `Authorization: Basic ${base64(`user:${v}`)}`],
  ['line of cookies', 'none', TOKEN, (n, v) => `Cookie: theme=dark; basket=${v}; lang=en`],
  ['Set-Cookie', 'none', TOKEN, (n, v) => `Set-Cookie: basket=${v}; Path=/; HttpOnly`],
  ['document.cookie', 'none', TOKEN, (n, v) => `document.cookie = "basket=${v}; path=/"`],
  ['assignment', 'any', ANY, (n, v) => `var ${identifier(n)} = "${inString(v)}";`],
  ['member in code', 'any', ANY, (n, v) => `setup({a: 1, ${identifier(n)}: '${quoted(v)}', b: 2})`],
  ['line of settings', 'any', PLAIN, (n, v) => `${element(n).replace(/-/g, '_')}=${v}`],
  ['XML', 'any', ANY, (n, v) => `<a><${element(n)}>${entities(v)}</${element(n)}></a>`],
  ['XML, an attribute', 'any', ANY, (n, v) => `<a b="1" ${element(n)}="${entities(v)}"/>`],
  ['XML, in entities', 'any', PLAIN, (n, v) => entitiesDecimal(`<${element(n)}>${v}</${element(n)}>`)],
  ['input', 'any', ANY, (n, v) => `<input type="hidden" name="${entities(n)}" value="${entities(v)}">`],
  ['input, value first', 'any', ANY, (n, v) => `<input value='${entities(v)}' type='hidden' name='${entities(n)}'>`],
  ['meta', 'any', ANY, (n, v) => `<meta name="${entities(n)}" content="${entities(v)}">`],
  ['literal of GraphQL', 'any', ANY, (n, v) => `mutation { enter(name: "a", ${identifier(n)}: "${inString(v)}") { id } }`],
  ['all percent-encoded', 'any', TOKEN, (n, v) => `?x=${percentAll(`${n}=${v}`)}`],
].map(([id, names, shapes, make]) => ({ id, names, shapes, make }));

const namesOf = {
  all: [...NAMES, ...NESTED_NAMES, ...LETTER_NAMES],
  param: [...NAMES, ...EXACT_NAMES, ...NESTED_NAMES, ...LETTER_NAMES],
  any: [...NAMES, ...LETTER_NAMES.slice(0, 1)],
  exact: EXACT_NAMES,
  header: NAMES.filter(n => /^[A-Za-z0-9_-]+$/.test(n)),
  none: [''],
};

module.exports = { EXACT_NAMES, LETTER_NAMES, NAMES, NESTED_NAMES, TEXTS, element, identifier, json, namesOf, param, quoted };
