/* Bodies: text, JSON, pictures and bytes, only from what the report holds. HTML is text like any other. */

/** Pictures run no scripts and load nothing. */
const IMAGE = /^image\/(png|jpe?g|gif|webp|avif|x-icon|vnd\.microsoft\.icon|svg\+xml)$/;
const TEXT_STEP = 256 * 1024;
/** Of JSON at first: about 1,600 elements. */
const TOKENS_SHOWN = 4000;
const JSON_TOKEN = /[{}[\],:"]|\u27e8[^\u27e9]*\u27e9|[^\s"{}[\],:]+/g;

/** @param {string} label @param {() => void} act */
const buttonOf = (label, act, title = '', className = '') => Object.assign(make('button', className, label), {
  onclick: act, title, ariaLabel: label.length === 1 ? title : null,
});

/** A place that fills by steps: so many items, and a button for five times as many. `whole`: what the place is in.
 * @param {HTMLElement} target @param {Iterator<Node|string>} items @param {number} step @param {HTMLElement} [whole] */
function unfold(target, items, step, whole = target) {
  let next = items.next(), most = step;
  const button = buttonOf('Show more', () => {
    const some = [];
    for (; some.length < most && !next.done; next = items.next()) some.push(next.value);
    target.append(...some);
    most = 5 * step;
    button.hidden = !!next.done;
  }, '', 'more');
  button.click();
  return make('div', '', whole, button);
}

/** @param {string} text @returns {Generator<string>} */
function* textPieces(text) {
  for (let at = 0, end; at < text.length; at = end) {
    end = at + TEXT_STEP;
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? '')) end++;
    yield visible(text.slice(at, end).replaceAll('\r\n', '\n'));
  }
}

/** @param {Uint8Array} bytes @returns {Generator<string>} */
function* hexLines(bytes) {
  for (let at = 0; at < bytes.length; at += 16) {
    const line = [...bytes.subarray(at, at + 16)];
    const hex = line.map(byte => byte.toString(16).padStart(2, '0')).join(' ');
    yield at.toString(16).padStart(6, '0') + '  ' + hex.padEnd(47) + '  '
      + line.map(byte => byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.').join('') + '\n';
  }
}

/** @param {Uint8Array} bytes @param {number} lines at first, and with each step */
function hexView(bytes, lines) {
  const place = make('pre', 'hex');
  place.tabIndex = 0; /* it scrolls */
  return unfold(place, hexLines(bytes), lines);
}

/** Puts text into an element; long ones are cut.
 * @param {HTMLElement} element @param {string} text */
function longText(element, text) {
  const all = () => element.replaceChildren(visible(text));
  if (text.length < 1200) all();
  else element.append(visible(text.slice(0, 1000)), '\u2026 ', buttonOf('Show all ' + formatBytes(text.length), all, '', 'more'));
  return element;
}

/** Tokens of JSON, and of the marks of toJson(). Ends of strings are sought by hand: long ones are too much for expressions.
 * @param {string} text @returns {Generator<string>} */
function* jsonTokens(text) {
  const pattern = new RegExp(JSON_TOKEN);
  for (let match; (match = pattern.exec(text));) {
    let end = match.index, start;
    if (match[0] === '"') {
      do {
        end = start = text.indexOf('"', end + 1);
        while (text[start - 1] === '\\') start--;
      } while ((end - start) % 2);
      pattern.lastIndex = end < 0 ? text.length : end + 1;
    }
    yield text.slice(match.index, pattern.lastIndex);
  }
}

/** The same of a value, as far as they are asked for. @param {Value} value @returns {Generator<string>} */
function* valueTokens(value) {
  const list = Array.isArray(value), members = membersOf(value);
  if (!list && (value === null || typeof value !== 'object' || !('members' in value))) return yield toJson(value, 0);
  yield list ? '[' : '{';
  for (let i = 0; i < (list ? value : members).length; i++) {
    if (i) yield ',';
    if (!list) yield* [JSON.stringify(members[i][0]), ':'];
    yield* valueTokens(list ? value[i] : members[i][1]);
  }
  yield list ? ']' : '}';
}

/** JSON as lines with colours. `mark`: a JSON Pointer; what is there, or above it, is told to `found`.
 * @param {Iterable<string>} tokens @param {string} [mark] @param {(element: HTMLElement) => void} [found]
 * @returns {Generator<Node|string>} */
function* jsonNodes(tokens, mark, found) {
  /** The containers around: pointer, and the number of the item in an array, -1 in an object.
   * @type {{pointer: string, item: number}[]} */
  const around = [];
  let before = '', pointer = '';
  const line = () => '\n' + '  '.repeat(around.length);
  for (const token of tokens) {
    const top = around.at(-1);
    const starts = before === '{' || before === '[' || before === ',';
    const isKey = starts && top?.item === -1 && token[0] === '"';
    if (token === '}' || token === ']') {
      around.pop();
      yield (starts ? '' : line()) + token;
    } else if (token === ',' || token === ':') {
      if (token === ',' && top && top.item >= 0) top.item++;
      yield token === ':' ? ': ' : ',';
    } else {
      if (starts) yield line();
      if (isKey) pointer = top.pointer + '/' + JSON.parse(token).replaceAll('~', '~0').replaceAll('/', '~1');
      else if (top && top.item >= 0) pointer = top.pointer + '/' + top.item;
      const opens = token === '{' || token === '[';
      const kind = isKey ? 'key' : token[0] === '"' ? 'string' : opens ? '' : token[0] === '\u27e8' ? 'left' : 'word';
      const node = opens && mark === undefined ? token : longText(make('span', kind), token);
      const isAbove = mark !== undefined && (isKey || top?.item !== -1) && (mark + '/').startsWith(pointer + '/');
      if (isAbove && node instanceof HTMLElement) found?.(node);
      if (opens) around.push({ pointer, item: token === '{' ? -1 : 0 });
      yield node;
    }
    before = token;
  }
}

/** @param {string} text */
function isJson(text) {
  if (!/^\s*[[{"]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} mime of the list @param {HTMLElement} told where its size is said */
function picture(bytes, mime, told) {
  const image = /** @type {HTMLImageElement} */ (make('img'));
  /** @param {string} text */
  const end = text => () => {
    told.textContent = text || image.naturalWidth + ' \u00d7 ' + image.naturalHeight + ' pixels';
    URL.revokeObjectURL(image.src);
  };
  image.alt = 'The body as a picture';
  image.onload = end('');
  image.onerror = end('This picture cannot be shown: its bytes are damaged or of another kind.');
  image.src = URL.createObjectURL(new Blob([bytes], { type: mime }));
  return make('div', 'picture', image);
}

/** The ways in which a body can be looked at, the best first.
 * @param {Maybe} body @param {HTMLElement} told @returns {[string, () => Node][]} */
function bodyViews(body, told) {
  const bytes = bodyBytes(body), binary = textIn(body, 'encoding') === 'base64';
  const mime = textIn(body, 'mimeType').split(';')[0].trim().toLowerCase();
  const text = binary ? new TextDecoder().decode(bytes) : textIn(body, 'text');
  /* )]}' before JSON keeps it from being run as a script. */
  const json = text.replace(/^\uFEFF?\)\]\}'?,?[^\n]*\n/, '');
  /** @type {[string, () => Node][]} */
  const views = [['Text', () => unfold(make('pre'), textPieces(text), 1)], ['Hex', () => hexView(bytes, 512)]];
  if (IMAGE.test(mime)) views.unshift(['Image', () => picture(bytes, mime, told)]);
  else if (isJson(json)) views.unshift(['JSON', () => unfold(make('pre', 'json'), jsonNodes(jsonTokens(json)), TOKENS_SHOWN)]);
  // eslint-disable-next-line no-control-regex
  else if (binary && /[\0-\x08\ufffd]/.test(text.slice(0, 4096))) views.reverse();
  return views;
}

/** A body with its switch. @param {Maybe} body postData or content */
function bodyView(body) {
  const left = leftOf(memberOf(body, 'text'));
  if (left !== undefined) {
    return make('p', 'left', 'This body (' + formatBytes(left) + ') is not in the report; harmill convert --bodies all puts it in.');
  }
  const told = make('span', 'told'), place = make('div', 'body');
  const buttons = bodyViews(body, told).map(([name, build]) => {
    const button = buttonOf(name, () => {
      told.textContent = '';
      for (const other of buttons) other.ariaPressed = String(other === button);
      place.replaceChildren(build());
    });
    return button;
  });
  buttons[0].click();
  return make('div', '', make('div', 'views', ...buttons, copyButton(textIn(body, 'text')), told), place);
}
