/* Elements and texts: what all other files use. Nothing here takes markup. */

/** Of app.html or the page, so it is there; what kind it is, the caller knows.
 * @param {string} id @returns {HTMLElement & Record<string, any>} */
const byId = id => /** @type {any} */ (document.getElementById(id));

/** An element with a class and children; strings become text.
 * @param {string} tag @param {string} [className] @param {...(Node|string)} children */
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** An SVG element; the names of attributes are ours.
 * @param {string} tag @param {Record<string, string|number>} attributes */
function draw(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const name in attributes) element.setAttribute(name, String(attributes[name]));
  return element;
}

/** Tells of the pointer from press to release, also outside of the element.
 * @param {HTMLElement} element @param {(event: PointerEvent) => void} tell */
function onDrag(element, tell) {
  for (const type of /** @type {const} */ (['pointerdown', 'pointermove', 'pointerup', 'pointercancel'])) {
    element.addEventListener(type, event => {
      if (type === 'pointerdown' && !event.button) element.setPointerCapture(event.pointerId);
      if (element.hasPointerCapture(event.pointerId)) tell(event);
    });
  }
}

/** What cannot be seen, or reorders what is around it, as a token.
 * @param {string} text */
function visible(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    c => '\u27e8' + c.charCodeAt(0).toString(16).padStart(4, '0') + '\u27e9');
}

const numbers = new Intl.NumberFormat('en-US');
/** @param {number} n */
const formatCount = n => numbers.format(n);

/** "12.5 kB" by powers of 1000, as browsers write it; -1: not known.
 * @param {number} n */
function formatBytes(n) {
  if (n < 0) return '\u2013';
  if (n < 1000) return n + ' B';
  const unit = n < 1e6 ? 1 : n < 1e9 ? 2 : 3;
  const value = n / 1000 ** unit;
  return value.toFixed(value < 10 ? 1 : 0) + ' ' + ['', 'kB', 'MB', 'GB'][unit];
}

/** "12 ms", "1.25 s", "2:05 min", "1:02:03 h"; -1: not known.
 * @param {number} ms */
function formatTime(ms) {
  if (ms < 0) return '\u2013';
  if (ms < 10) return +ms.toFixed(1) + ' ms';
  if (ms < 1000) return ms.toFixed(0) + ' ms';
  if (ms < 60000) return (ms / 1000).toFixed(2) + ' s';
  const seconds = Math.round(ms / 1000), minutes = Math.floor(seconds / 60);
  const two = (/** @type {number} */ n) => ':' + String(n % 60).padStart(2, '0');
  return minutes < 60 ? minutes + two(seconds) + ' min' : Math.floor(minutes / 60) + two(minutes) + two(seconds) + ' h';
}
