// Secrets that are known by their form alone, whatever they stand under. Texts that look like real keys are put together here, so that
// scanners of repositories do not stop at them.
'use strict';

const { base64, base64url, deflateRaw } = require('./values');

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALNUM = UPPER + LOWER + DIGITS;
const URLSAFE = `${ALNUM}-_`;
const HEX = '0123456789abcdef';

const jwtHead = base64url('{"alg":"HS256","typ":"JWT"}');
const jwt = (claims, signature) => `${jwtHead}.${base64url(JSON.stringify({ iss: 'https://id.example', ...claims }))}.${signature}`;
const saml = (name, text) => `<saml:Assertion xmlns:saml="s"><saml:${name} A="b">${text}</saml:${name}></saml:Assertion>`;

// id, the secret part (a count and an alphabet), the text around it.
const FORMATS = [
  ['JWT, its signature', 43, URLSAFE, s => jwt({ exp: 1772359200 }, s)],
  ['JWT, sub', 20, ALNUM, s => jwt({ sub: s, aud: 'shop' }, 'Q2k9d8f7e6A5b4C3')],
  ['JWT, a claim in a claim', 20, ALNUM, s => jwt({ user: { key: [s] } }, 'Q2k9d8f7e6A5b4C3')],
  ['JWE', 40, URLSAFE, s => [base64url('{"alg":"RSA-OAEP","enc":"A256GCM"}'), s, 'k8fJ2mQp', 'x7Yb2Lq0', 'wW3nC5rT'].join('.')],
  ['JWT in base64', 43, URLSAFE, s => base64(jwt({ exp: 1772359200 }, s))],
  ['Bearer', 32, ALNUM, s => `Bearer ${s}`],
  ['Basic', 18, ALNUM, s => `Basic ${base64(`user:${s}`)}`],
  ['Negotiate', 44, ALNUM, s => `Negotiate ${s}`],
  ['DPoP', 40, URLSAFE, s => `DPoP ${s}`],
  ['SSWS', 30, ALNUM, s => `SSWS ${s}`],
  ['password in an address', 16, ALNUM, s => `ftp://me:${s}@files.example/a`],
  ['password in an address of a database', 16, ALNUM, s => `postgres://me:${s}@db.example:5432/shop`],
  ['private key', 120, ALNUM, s => `-----BEGIN PRIVATE${' '}KEY-----\n${s.slice(0, 64)}\n${s.slice(64)}\n-----END PRIVATE${' '}KEY-----`],
  ['private key, cut', 64, ALNUM, s => `-----BEGIN RSA PRIVATE${' '}KEY-----\n${s}`],
  ['SignatureValue', 60, ALNUM, s => saml('SignatureValue', s)],
  ['X509Certificate', 80, ALNUM, s => saml('X509Certificate', s)],
  ['NameID', 20, ALNUM, s => saml('NameID', s)],
  ['AttributeValue', 20, ALNUM, s => saml('AttributeValue', s)],
  ['SignatureValue in base64', 60, ALNUM, s => base64(saml('SignatureValue', s))],
  ['SignatureValue in deflate', 60, ALNUM, s => deflateRaw(saml('SignatureValue', s))],
  ['AWS', 16, BASE32, s => `AK${'IA'}${s}`],
  ['AWS, a role', 16, BASE32, s => `AS${'IA'}${s}`],
  ['GitHub', 36, ALNUM, s => `gh${'p_'}${s}`],
  ['GitHub, an app', 36, ALNUM, s => `gh${'s_'}${s}`],
  ['GitHub, fine', 82, `${ALNUM}_`, s => `github${'_pat_'}${s}`],
  ['GitLab', 20, URLSAFE, s => `glp${'at-'}${s}`],
  ['Slack', 24, ALNUM, s => `xo${'xb-'}${s}`],
  ['Slack, an address', 24, ALNUM, s => `https://hooks.sl${'ack'}.com/services/T00000000/B00000000/${s}`],
  ['Stripe', 24, ALNUM, s => `sk_li${'ve_'}${s}`],
  ['Stripe, restricted', 24, ALNUM, s => `rk_te${'st_'}${s}`],
  ['Google', 35, URLSAFE, s => `AI${'za'}${s}`],
  ['Google, OAuth', 60, URLSAFE, s => `ya${'29.'}${s}`],
  ['SendGrid', 66, ALNUM, s => `S${'G.'}${s.slice(0, 22)}.${s.slice(22)}`],
  ['npm', 36, ALNUM, s => `np${'m_'}${s}`],
  ['OpenAI', 48, ALNUM, s => `s${'k-'}${s}`],
  ['Shopify', 32, HEX, s => `shp${'at_'}${s}`],
  ['Twilio', 32, HEX, s => `S${'K'}${s}`],
  ['Telegram', 35, URLSAFE, s => `7123456789${':'}${s}`],
].map(([id, count, alphabet, make]) => ({ id, count, alphabet, make }));

// Where they stand: under names that say nothing.
const json = text => JSON.stringify({ id: 7, text, next: null });
const NEUTRAL = [
  ['member of JSON', (e, t) => Object.assign(e.response.content, { mimeType: 'application/json', text: json(t) })],
  ['text of a body', (e, t) => Object.assign(e.response.content, { mimeType: 'text/plain', text: `See ${t} here.` })],
  ['header', (e, t) => e.request.headers.push({ name: 'X-Note', value: t.replace(/\n/g, ' ') })],
  ['comment', (e, t) => { e.comment = t; }],
  ['message', (e, t) => { e._webSocketMessages = [{ type: 'send', time: 1772359200, opcode: 1, data: json(t) }]; }],
  ['base64', (e, t) => { e._data = Buffer.from(json(t)).toString('base64'); }],
  ['parameter', (e, t) => { e.request.url = `https://shop.example/?q=${encodeURIComponent(t)}`; }],
];

module.exports = { FORMATS, NEUTRAL };
