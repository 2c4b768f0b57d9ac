/* The shown requests as a HAR again. */

/** postData whose text was left out goes as a whole, when it has no parameters; a comment tells it.
 * @param {Value} entry @returns {Value} */
function exported(entry) {
  const request = memberOf(entry, 'request'), left = leftOf(memberOf(request, 'postData', 'text'));
  if (left === undefined || listIn(request, 'postData', 'params').length) return entry;
  const members = membersOf(request).filter(([name]) => name !== 'postData');
  if (memberOf(request, 'comment') === undefined) members.push(['comment', 'The body of ' + left + ' bytes was left out of the report.']);
  return { members: membersOf(entry).map(([name, value]) => [name, name === 'request' ? { members } : value]) };
}

/** In pieces: the whole text may be longer than a string can be.
 * @param {Capture} capture @param {ArrayLike<number>} rows in this order @returns {Blob} */
function exportHar(capture, rows) {
  const log = capture.log().members.slice(), isAll = rows.length === capture.count;
  const comment = log.findIndex(member => member[0] === 'comment');
  const own = `Exported from a report of harmill: ${rows.length} of ${capture.count} requests`
    + (capture.options.redact ? '; secrets are redacted.' : '.');
  if (comment < 0) log.push(['comment', own]);
  else if (typeof log[comment][1] === 'string') log[comment] = ['comment', (log[comment][1] + '\n' + own).trim()];
  const used = new Set(Array.from(rows, row => capture.page[row]));
  const pages = capture.pageValues().filter((_, page) => isAll || used.has(page));
  if (pages.length) log.push(['pages', pages]);
  /** @type {BlobPart[]} */
  const parts = [];
  let text = '{"log":{' + log.map(([name, value]) => JSON.stringify(name) + ':' + toJson(value, 0, true) + ',\n').join('') + '"entries":[';
  for (let i = 0, between = '\n'; i < rows.length; i++) {
    const entry = capture.entry(rows[i]);
    if (!entry) continue; /* the report was cut */
    text += between + toJson(exported(entry), 0, true);
    between = ',\n';
    if (text.length > 1e6) {
      parts.push(new Blob([text]));
      text = '';
    }
  }
  return new Blob([...parts, text, '\n]}}\n'], { type: 'application/json' });
}

/** @param {string} title */
const exportName = title => (title.replace(/\.har$/i, '').replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._-]+/, '').slice(0, 80)
  || 'capture') + '.har';

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = exportName(name);
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
