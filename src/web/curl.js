/* A request as a command for sh, bash and zsh. Every text is quoted, and nothing a terminal could take as a key is in it. */

const TOKEN = /^[!#$%&'*+.^`|~\w-]+$/;
/** curl writes these itself, from the address and the body. */
const FRAMING = ['content-length', 'transfer-encoding'];
/** curl would add these; without a value it does not. */
const ADDED = ['User-Agent', 'Accept'];

/** Bytes as the format of printf: ASCII as it is, all else in octal; no quotes, no history.
 * @param {Uint8Array} bytes */
function printfOf(bytes) {
  const parts = Array.from(bytes, (byte, i) => {
    const c = String.fromCharCode(byte);
    if (c === '%' || c === '\\') return c + c;
    const plain = byte > 31 && byte < 127 && c !== "'" && c !== '!' && (c !== '-' || i > 0);
    return plain ? c : '\\' + byte.toString(8).padStart(3, '0');
  });
  return "printf '" + parts.join('') + "'";
}

/** @param {string} text */
const hasControls = text => /[\t\n]/.test(text) || visible(text) !== text;

/** One argument. dash has no $'...'; texts that end in a line break do not come here, $() would drop it.
 * @param {string} text */
const shellQuote = text => hasControls(text) ? '"$(' + printfOf(new TextEncoder().encode(text)) + ')"'
  : "'" + text.replaceAll("'", "'\\''") + "'";

/** The arguments for the headers, in their order.
 * @param {Value} request @param {string} host @param {boolean} hasBody @param {string[]} notes */
function curlHeaders(request, host, hasBody, notes) {
  const args = [], dropped = [], seen = new Set();
  for (const header of listIn(request, 'headers')) {
    const name = textIn(header, 'name'), text = textIn(header, 'value').trim(), key = name.toLowerCase();
    if (name.startsWith(':') || FRAMING.includes(key) || key === 'host' && text.toLowerCase() === host) continue;
    if (!TOKEN.test(name) || /[\r\n\0]/.test(text)) {
      dropped.push(visible(name) || '(no name)');
      continue;
    }
    args.push('-H ' + shellQuote(text ? name + ': ' + text : name + ';'));
    if (key === 'accept-encoding' && text && !args.includes('--compressed')) args.push('--compressed');
    seen.add(key);
  }
  if (dropped.length) notes.push('These headers are not in the command, they are not valid: ' + dropped.join(', '));
  const added = hasBody ? [...ADDED, 'Content-Type', 'Expect'] : ADDED;
  return [...args, ...added.filter(name => !seen.has(name.toLowerCase())).map(name => '-H ' + shellQuote(name + ':'))];
}

/** The body; null: none.
 * @param {Maybe} post @param {string} method @param {string[]} notes */
function curlBody(post, method, notes) {
  if (leftOf(memberOf(post, 'text')) !== undefined) notes.push('The body is not in this report: the command sends none.');
  else if (!textIn(post, 'text')) {
    if (listIn(post, 'params').length) notes.push('Of the body only the parameters are known: the command sends none.');
  } else if (method === 'HEAD') notes.push('curl cannot send HEAD with a body: the command sends none.');
  else return bodyBytes(post);
  return null;
}

/** @param {Value} entry @returns {{text: string, notes: string[]}} text '': there is no command for it */
function toCurl(entry) {
  const request = memberOf(entry, 'request') ?? null, method = textIn(request, 'method');
  const parts = /^(https?:\/\/)(?:[^/?#]*@)?([^\0-\x20\x7f/?#\\]+)((?:[/?#].*)?)$/is.exec(textIn(request, 'url'));
  if (!parts) return { text: '', notes: ['Only requests with an http or https address can be copied as cURL.'] };
  const [, scheme, host, rest] = parts;
  /** @type {string[]} */
  const notes = [];
  const body = curlBody(memberOf(request, 'postData'), method, notes);
  const args = ["curl --globoff --path-as-is --proto '=http,https'"];
  if (method === 'HEAD') args.push('--head');
  else if (!TOKEN.test(method)) notes.push('The method is not valid and not in the command.');
  else if (method !== (body ? 'POST' : 'GET')) args.push('-X ' + shellQuote(method));
  args.push('--url ' + shellQuote(scheme + host + rest.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent)));
  args.push(...curlHeaders(request, host.toLowerCase(), !!body, notes));
  if (body) {
    /* An argument has an end: at 128 kB on Linux, and before a NUL. */
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
    if (body.length < 1e5 && !hasControls(text) && !text.includes('\ufffd')) args.push('--data-raw', shellQuote(text));
    else {
      args.unshift(printfOf(body), '|');
      args.push('--data-binary @-');
    }
  }
  const text = args.join(' ');
  if (REDACTED.test(text)) notes.push('Secrets in the command are redacted: it says redacted-... where they were.');
  return { text, notes };
}
