// Writes captures with secrets planted in them, and the list of what was planted where: `canaries.js FOLDER [SEED]`.
//
// named.har       under a name (or in a place) that tells that it is a secret: every place of a capture x every form of text, and the
//                 places and bodies in which programs put secrets
// format.har      known by its form, in places that say nothing
// propagated.har  once where it is told, and once elsewhere, in each encoding, before and behind that
// places.har      a text that nothing tells about, in every place: only an allow-list takes it out
//
// NAME.json lists {"id", "value"}; `value` is what must not come out in any encoding.
'use strict';

const fs = require('fs');
const path = require('path');
const { PLACES, newEntry, newLog, newPage, put } = require('./places');
const { PLAIN, SHAPES, Values } = require('./values');
const { TEXTS, namesOf } = require('./texts');
const { SYNTAX } = require('./syntax');
const { FORMATS, NEUTRAL } = require('./formats');
const { ENCODINGS, LEARNED } = require('./propagated');

class Capture {
  constructor(values) {
    this.values = values;
    this.log = newLog();
    this.planted = [];
    this.turn = new Map();
  }

  // The next of a list, in turn: each list is gone through from its beginning to its end.
  next(key, list) {
    const at = this.turn.get(key) || 0;
    this.turn.set(key, at + 1);
    return list[at % list.length];
  }

  value(key, shapes) {
    const shape = this.next(`shape ${key}`, shapes);
    return this.values.value(shape, SHAPES[shape]);
  }

  plant(id, value) {
    this.planted.push({ id, value });
    return value;
  }

  entry() {
    const entry = newEntry(this.log.entries.length);
    this.log.entries.push(entry);
    return entry;
  }

  page() {
    const page = newPage(this.log.pages.length);
    this.log.pages.push(page);
    return page;
  }

  // Texts in a place of the log come together in one text; everywhere else each has an object of its own.
  texts(place, texts) {
    if (place.of === 'log' && !place.path.endsWith('*')) put(this.log, place.path, texts.join('\n'));
    else if (place.of === 'log') texts.forEach(text => put(this.log, place.path, text));
    else texts.forEach(text => put(place.of === 'page' ? this.page() : this.entry(), place.path, text));
  }
}

// Places whose text decides whether there is a capture at all.
const FIXED = new Set(['version', 'startedDateTime']);

function named(capture) {
  for (const place of PLACES) {
    if (FIXED.has(place.path)) continue;
    // What stands once in a capture gets some of them.
    const once = place.of === 'log' && !place.path.endsWith('*');
    // What stands behind "#" in an address is put elsewhere before anything is looked for, which cuts an entity.
    const fitting = TEXTS.filter(({ id }) => place.path !== 'request.url' || id !== 'XML, in entities');
    const texts = once ? [1, 2, 3].map(() => capture.next('once', TEXTS)) : fitting;
    capture.texts(place, texts.map(({ id, names, shapes, make }) => {
      const name = capture.next(names, namesOf[names]);
      return make(name, capture.plant(`${place.of} ${place.path}: ${id}`, capture.value(id, shapes)));
    }));
  }
  for (const { id, names, shapes, count, make } of SYNTAX) {
    for (let i = 0; i < count; i++) {
      const name = capture.next(`syntax ${names}`, namesOf[names]);
      make(capture.entry(), name, capture.plant(`${id} (${name})`, capture.value(id, shapes)));
    }
  }
}

function format(capture) {
  for (const { id, count, alphabet, make } of FORMATS) {
    for (const [where, place] of NEUTRAL) {
      const value = capture.values.value(id, v => `${v.some(count - 1, alphabet)}${alphabet[alphabet.length - 1] === '_' ? 'x' : v.some(1, alphabet)}`);
      place(capture.entry(), make(capture.plant(`${where}: ${id}`, value)));
    }
  }
}

function propagated(capture) {
  // Everywhere, but for names of headers and the like, which stay what they are.
  const places = PLACES.filter(({ of, path: at }) => of === 'entry' && !FIXED.has(at));
  for (const { id, shapes, make } of ENCODINGS) {
    for (const before of [true, false]) {
      for (let i = 0; i < 3; i++) {
        const value = capture.value(id, shapes);
        const place = capture.next('place', places);
        const [where, learn] = capture.next('learned', LEARNED);
        const text = make(capture.plant(`${id}, in ${place.path}, ${before ? 'before' : 'behind'} the ${where}`, value));
        if (before) put(capture.entry(), place.path, text);
        learn(capture.entry(), value);
        if (!before) put(capture.entry(), place.path, text);
      }
    }
  }
}

function places(capture) {
  for (const place of PLACES) {
    const shapes = [...PLAIN.filter(s => s !== 'short'), 'blanks'];
    capture.texts(place, [capture.plant(`${place.of} ${place.path}`, capture.value('places', shapes))]);
  }
}

const CLASSES = { named, format, propagated, places };

function write(folder, seed) {
  const values = new Values(seed);
  for (const [name, make] of Object.entries(CLASSES)) {
    const capture = new Capture(values);
    make(capture);
    if (!capture.log.pages.length) capture.page();
    fs.writeFileSync(path.join(folder, `${name}.har`), JSON.stringify({ log: capture.log }, null, 1));
    fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(capture.planted, null, 1));
    console.log(`${name} ${capture.planted.length}`);
  }
}

module.exports = { CLASSES };

if (require.main === module) {
  const [, , folder, seed] = process.argv;
  write(folder, Number(seed || 1));
}
