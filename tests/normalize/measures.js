// Numbers of captures before and after normalize, each on its own line: name, tab, count.
// measures.js shape BEFORE AFTER: what the documented shape lacks. measures.js cut FULL: FULL without what is to be worked out.
// measures.js truth FULL AFTER: what was worked out beside what it was.
'use strict';
const fs = require('fs');

const read = (name) => JSON.parse(fs.readFileSync(name, 'utf8')).log.entries;
const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
const header = (message, name) => message.headers.filter((h) => h.name.toLowerCase() === name && h.value !== '').pop();
const counts = {};
const count = (name, is) => { counts[name] = (counts[name] || 0) + (is ? 1 : 0); };

// HAR 1.2: time is the sum without ssl and without what is -1.
const sum = (t) => [t.blocked, t.dns, t.connect, t.send, t.wait, t.receive].reduce((a, b) => a + (b > 0 ? b : 0), 0);

function shape(before, after) {
    after.forEach((entry, i) => {
        const t = entry.timings;
        count('entries', true);
        count('send, wait and receive are 0 and more', t.send >= 0 && t.wait >= 0 && t.receive >= 0);
        count('time is the sum', near(sum(t), entry.time));
        count('time is what it was', entry.time === before[i].time);
        count('only the total is claimed', !('blocked' in t || 'dns' in t || 'connect' in t || 'ssl' in t));
        count('the comment says so', /only|nothing is known/.test(t.comment || ''));
        count('sizes and types are there', Number.isInteger(entry.response.content.size) &&
            typeof entry.response.content.mimeType === 'string' && Number.isInteger(entry.response.bodySize));
    });
}

function cut(name) {
    const log = JSON.parse(fs.readFileSync(name, 'utf8'));
    for (const entry of log.log.entries) {
        delete entry.time;
        delete entry.response.content.size;
        delete entry.response.content.mimeType;
        if ([204, 304].includes(entry.response.status)) delete entry.response.bodySize;
    }
    process.stdout.write(JSON.stringify(log));
}

// Worked out here once more: text, Content-Length, bodySize; 0 of bodies that were sent compressed.
function expectedSize({ request, response }) {
    const coding = header(response, 'content-encoding'), length = header(response, 'content-length');
    const bodiless = [204, 304].includes(response.status);
    if (response.content.text) return Buffer.byteLength(response.content.text);
    if (coding && coding.value.trim() !== 'identity') return 0;
    if (length && /^\d+$/.test(length.value) && !bodiless && request.method !== 'HEAD') return Number(length.value);
    return bodiless ? 0 : Math.max(response.bodySize, 0);
}

function truth(full, after) {
    after.forEach((entry, i) => {
        const was = full[i], type = header(was.response, 'content-type');
        count('entries', true);
        count('time as worked out here', near(entry.time, sum(was.timings)));
        count('time as it was', near(entry.time, was.time));
        count('size as worked out here', entry.response.content.size === expectedSize(was));
        count('size as it was', entry.response.content.size === was.response.content.size);
        count('size as it was, of bodies sent uncompressed', !header(was.response, 'content-encoding') &&
            entry.response.content.size === was.response.content.size);
        count('bodies sent uncompressed', !header(was.response, 'content-encoding'));
        count('mimeType as worked out here', entry.response.content.mimeType === (type ? type.value : ''));
        count('mimeType as it was', entry.response.content.mimeType === was.response.content.mimeType);
        count('status 204 and 304', [204, 304].includes(was.response.status));
        count('status 204 and 304: bodySize 0', [204, 304].includes(was.response.status) && entry.response.bodySize === 0);
    });
}

const [what, first, second] = process.argv.slice(2);
if (what === 'cut') {
    cut(first);
} else {
    (what === 'shape' ? shape : truth)(read(first), read(second));
    for (const name of Object.keys(counts)) console.log(`${name}\t${counts[name]}`);
}
