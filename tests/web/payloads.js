// Texts that try to become something else than text, each with a name. Whatever runs sets window.ran; whatever becomes an element
// has the attribute `hostile`; whatever asks for something asks hostile.invalid.
'use strict';

const run = 'window.ran=1';
const far = 'https://hostile.invalid/';

// [name, text]
const payloads = [
  ['script', `<script hostile>${run}</script>`],
  ['end of script', `</script><script hostile>${run}</script>`],
  ['end of script, odd', `</SCRIPT\t><ScRiPt hostile src=${far}s.js></sCrIpT >`],
  ['comment and script', '<!--<script>'],
  ['end of comment', `--!><script hostile>${run}</script><!--`],
  ['end of CDATA', `]]><script hostile>${run}</script>`],
  ['image', '<img hostile src=x onerror=window.ran=1>'],
  ['image, from elsewhere', `<img hostile src="${far}p.png" srcset="${far}q.png 2x">`],
  ['SVG', `<svg hostile onload=${run}><animate hostile onbegin=${run} attributeName=x dur=1s></svg>`],
  ['MathML', `<math hostile><mtext><table hostile><mglyph><style><!--</style><img hostile src onerror=${run}>`],
  ['attribute in double quotes', `" hostile autofocus onfocus="${run}" onmouseover="${run}" x="`],
  ['attribute in single quotes', `' hostile autofocus onfocus='${run}' style='background:url(${far}a)' x='`],
  ['attribute without quotes', ` hostile onclick=${run} x=`],
  ['end of title', `</title><img hostile src=x onerror=${run}>`],
  ['end of style', `</style><style hostile>*{background:url(${far}c)}</style>`],
  ['end of textarea', `</textarea></template></noscript></select><b hostile>b</b>`],
  ['end of table', '</bdi></td></tr></table></div></section></main></body></html><b hostile>b</b>'],
  ['plaintext', '<plaintext hostile>'],
  ['refresh', `<meta hostile http-equiv=refresh content="0;url=${far}m">`],
  ['base', `<base hostile href=${far}b/>`],
  ['link', `<link hostile rel=stylesheet href=${far}l.css>`],
  ['frame', `<iframe hostile srcdoc="<script>parent.${run}</script>" src=javascript:parent.${run}></iframe>`],
  ['object', `<object hostile data=${far}o></object><embed hostile src=${far}e>`],
  ['form', '<form hostile id=app name=har-index><input hostile name=detail id=rows></form>'],
  ['clobbering anchors', '<a hostile id=har-index></a><a hostile id=har-index name=textContent>x</a>'],
  ['JavaScript address', `javascript:${run}//`],
  ['JavaScript address, odd', `\tJaVa\nScRiPt:${run}`],
  ['data address', `data:text/html,<script hostile>${run}</script>`],
  ['address from elsewhere', `${far}x.png?a=1&b=<b>`],
  ['address without scheme', '//hostile.invalid/y'],
  ['file address', 'file:///etc/passwd'],
  ['style', `x;background:url(${far}s);}*{display:none}@import "${far}i.css";`],
  ['entities', `&lt;img hostile src=x onerror=${run}&gt;&#60;script&#62;&quot;&amp;&nbsp;&CounterClockwiseContourIntegral;`],
  ['percent', '%3Cscript%3Ewindow.ran=1%3C/script%3E%00%0d%0a%u003cb%u003e%C3%28'],
  ['other character set', '+ADw-script+AD4-window.ran=1+ADw-/script+AD4- \u00bcscript\u00be'],
  ['bidi', 'a\u202egnp.exe\u202c\u2066\u2067b\u2069\u200f\u061c'],
  ['invisible', '\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164'],
  ['control', '\0\u0001\b\t\n\v\f\r\u001b[31m\u001b]0;title\u0007\u007f\u0085\u009b31m'],
  ['end of paste', '\u001b[201~touch ran\n'],
  ['line separators', 'a\u2028b\u2029c'],
  ['surrogate, high', 'a\ud800b<b hostile>'],
  ['surrogates, swapped', '\udc00\ud800</script>'],
  ['noncharacters', '\ufffe\uffff\u{10ffff}\ufdd0'],
  ['combining', 'a' + '\u0300\u0489\u20dd'.repeat(100)],
  ['end of string', `\\";${run};//\\`],
  ['end of array', `"]],"v":[[0]]}</script><script hostile>${run}</script>`],
  ['template', `{{constructor.constructor('${run}')()}}\${${run}}<%=${run}%>#{${run}}{%raw%}`],
  ['replacement', "$&$`$'$1$$ \\1 %s%n%x%1$n{0}@@TITLE@@"],
  ['shell', "'; touch ran; $(touch ran) `touch ran` | touch ran & #"],
  ['option', '-o/tmp/ran'],
  ['file of headers', '@/etc/passwd'],
  ['prototype', '__proto__'],
  ['constructor', 'constructor'],
  ['id of the data', 'har-index'],
  ['id of the application', 'app'],
  ['handler', 'onerror'],
  ['lines', '\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<b hostile>'],
  ['query of the filter', '"unfinished status:( is: -- /re/ ,,, -'],
  ['empty', '']
];

// What is long costs time, so it is not in every place.
const long = [
  ['long', 'x'.repeat(1 << 20)],
  ['long, wide', '\u{1f600}'.repeat(1 << 18)],
  ['long, elements', '<b hostile>'.repeat(1 << 16)],
  ['long, deep', '['.repeat(1 << 16)],
  ['long, escapes', '\u0001<&"'.repeat(1 << 16)]
];

// The same without what could mean something in HTML, of equal length, and alike to whoever parses addresses or tokens.
const tame = text => text.replace(/[<"]/g, '[').replace(/>/g, ']');

module.exports = { payloads, long, tame };
