// Checks a code quality report on stdin against what GitLab documents: an array of issues with these members, fingerprints all
// different, paths relative. Prints what is wrong, nothing when all is well.
'use strict';
const severities = ['info', 'minor', 'major', 'critical', 'blocker'];
const problems = [];

function string(value, where) {
    if (typeof value !== 'string' || value === '')
        problems.push(`${where}: no string, or an empty one`);
}

function members(value, names, where) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        problems.push(`${where}: no object`);
        return false;
    }
    const found = Object.keys(value).sort().join(' ');
    if (found !== names.slice().sort().join(' '))
        problems.push(`${where}: members ${found}`);
    return true;
}

const seen = new Set();
function issue(value, where) {
    if (!members(value, ['description', 'check_name', 'fingerprint', 'severity', 'location'], where))
        return;
    string(value.description, `${where}.description`);
    string(value.check_name, `${where}.check_name`);
    if (!/^[0-9a-f]{16}$/.test(value.fingerprint))
        problems.push(`${where}.fingerprint: ${value.fingerprint}`);
    if (seen.has(value.fingerprint))
        problems.push(`${where}.fingerprint: again`);
    seen.add(value.fingerprint);
    if (!severities.includes(value.severity))
        problems.push(`${where}.severity: ${value.severity}`);
    if (!members(value.location, ['path', 'lines'], `${where}.location`))
        return;
    string(value.location.path, `${where}.location.path`);
    if (/^\.?\//.test(value.location.path))
        problems.push(`${where}.location.path: ${value.location.path}`);
    if (members(value.location.lines, ['begin'], `${where}.location.lines`) &&
        !(Number.isInteger(value.location.lines.begin) && value.location.lines.begin > 0))
        problems.push(`${where}.location.lines.begin`);
}

const report = JSON.parse(require('fs').readFileSync(0, 'utf8'));
if (Array.isArray(report))
    report.forEach((value, index) => issue(value, `[${index}]`));
else
    problems.push('no array');
problems.slice(0, 20).forEach(problem => console.log(problem));
