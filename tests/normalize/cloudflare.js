// What normalize derives for the documented shape, beside the captures that the shape was taken from.
// node cloudflare.js NORMALIZED-FOLDER FULL-FOLDER: a line for each member, "request.cookies 1674 1677".
'use strict';

const fs = require('fs');
const path = require('path');

const [normalized, full] = process.argv.slice(2);
const entries = (folder, name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')).log.entries;
const pairs = (list) => JSON.stringify((list || []).map(({ name, value }) => [name, value]));

// Attributes count where the whole capture has them.
const attributes = ['path', 'domain', 'expires', 'httpOnly', 'secure'];

function sameCookies(ours, truth) {
    if (pairs(ours) !== pairs(truth)) return false;
    return truth.every((cookie, i) => attributes.every((name) => !(name in cookie) || cookie[name] === ours[i][name]));
}

const members = {
    'request.cookies': { same: (o, t) => pairs(o.request.cookies) === pairs(t.request.cookies), counts: () => true },
    'response.cookies': {
        same: (o, t) => sameCookies(o.response.cookies || [], t.response.cookies),
        counts: () => true,
    },
    queryString: {
        same: (o, t) => pairs(o.request.queryString) === pairs(t.request.queryString),
        counts: (t) => /\?./.test(t.request.url.split('#')[0]),
    },
};

const counts = {};
for (const name of Object.keys(members)) counts[name] = [0, 0];
for (const name of fs.readdirSync(full).sort()) {
    const truth = entries(full, name);
    const ours = entries(normalized, name);
    if (ours.length !== truth.length) throw new Error(`${name}: ${ours.length} entries, not ${truth.length}`);
    truth.forEach((entry, i) => {
        for (const [member, { same, counts: wanted }] of Object.entries(members)) {
            if (!wanted(entry)) continue;
            counts[member][1]++;
            if (same(ours[i], entry)) counts[member][0]++;
            else if (process.env.SHOW) console.error(name, i, member);
        }
    });
}
for (const [name, [same, of]] of Object.entries(counts)) console.log(`${name}\t${same}\t${of}`);
